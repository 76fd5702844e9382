//! The tests of the front end.

mod codes;
mod docs;
mod expansion;
mod fixtures;
mod formatting;
mod rendering;
mod robustness;
mod spans;
mod tree;
