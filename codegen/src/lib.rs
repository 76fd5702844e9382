//! Turns a WIT world into Rust bindings for guests and hosts.
