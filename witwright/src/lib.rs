//! WIT in, Rust out, on any engine: write and host WebAssembly components.
