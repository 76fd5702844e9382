//! Readings of texts that are not WIT: forms of other languages, and slips.
//!
//! A production reads its plain form. Where that does not fit, it asks here. A function of these modules recognizes
//! the intended form, reports it, and leaves the parser where the production can go on; or it reports that something else
//! was expected. On a text without mistakes these functions report and skip nothing.

pub(super) mod block;
pub(super) mod field;
pub(super) mod function;
pub(super) mod item;
pub(super) mod keyword;
pub(super) mod name;
pub(super) mod path;
pub(super) mod ty;
pub(super) mod union;
pub(super) mod use_;
