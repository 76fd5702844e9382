//! Readings of texts that are not WIT: forms of other languages, and slips.
//!
//! A production reads its plain form. If that does not fit, it calls a function of these modules, which recognizes
//! the intended form, reports it, and leaves the parser at a token from which the production can go on; or reports that something else
//! was expected. On a text without mistakes these functions report and skip nothing.

pub(super) mod block;
pub(super) mod field;
pub(super) mod function;
pub(super) mod item;
pub(super) mod keyword;
pub(super) mod name;
pub(super) mod path;
pub(super) mod receiver;
pub(super) mod ty;
pub(super) mod use_;
