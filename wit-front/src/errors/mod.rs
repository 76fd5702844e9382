//! Every mistake that the front end reports: one code, one constructor, and the only home of its text.
//!
//! `E01xx` are lexical (`lexical.rs`), `E02xx` syntactic (`syntax.rs`; `foreign.rs` for forms of other languages);
//! `W02xx` warn of forms that the specification does not have and other tools accept.

pub(crate) mod advice;
pub(crate) mod attributes;
pub(crate) mod foreign;
pub(crate) mod leniency;
pub(crate) mod lexical;
pub(crate) mod place;
pub(crate) mod syntax;
