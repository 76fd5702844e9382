//! The integration tests, as one binary.

mod generated_form;
mod hostile;
mod machine;
mod random_values;
mod replay;
mod resources;
mod round_trip;
mod scenarios;
mod traces;
mod vector_types;
mod vectors;
mod visit;
