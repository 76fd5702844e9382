//! Runs WebAssembly components on existing core engines.
