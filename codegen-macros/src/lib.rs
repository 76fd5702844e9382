//! The procedural macros of Witwright; use the witwright crate.
