//! The integration tests, as one binary.

mod generated_form;
