//! Every mistake that the front end reports: one code, one constructor, and the only home of its text.
//!
//! `E01xx` are lexical (`lexical.rs`), `E02xx` syntactic (`syntax.rs`).

pub(crate) mod lexical;
pub(crate) mod syntax;
