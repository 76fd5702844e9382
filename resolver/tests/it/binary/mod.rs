//! The binary form, held against `wit-component`'s, for every package and world of the corpora.

pub(crate) mod bridge;
pub(crate) mod corpus;
mod decode;
pub(crate) mod dump;
mod encode;
mod malformed;
