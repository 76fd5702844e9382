//! Bindings compiled and run natively, one module a subject.

mod functions;
mod resources;
mod types;
