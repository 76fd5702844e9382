//! Readings of what is not WIT: forms of other languages, and slips.
//!
//! A production reads its plain form. Where that does not fit, it asks here. A function of these modules recognizes what
//! was meant, reports it, and leaves the parser where the production can go on; or it reports that something else was
//! expected. Nothing here is called on a text without mistakes, but to decline.

pub(super) mod block;
pub(super) mod field;
pub(super) mod function;
pub(super) mod item;
pub(super) mod keyword;
pub(super) mod name;
pub(super) mod path;
pub(super) mod ty;
pub(super) mod use_;
