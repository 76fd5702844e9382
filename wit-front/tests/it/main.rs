//! The tests of the front end.

mod codes;
mod docs;
mod expansion;
mod fixtures;
mod rendering;
mod robustness;
mod tree;
