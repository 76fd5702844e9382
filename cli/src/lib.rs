//! The part of the command `witwright` that tests use too: it runs component scripts.

pub mod script;
