//! The integration tests, as one binary.

mod generated_form;
mod hostile;
mod resources;
mod round_trip;
mod vector_types;
mod vectors;
