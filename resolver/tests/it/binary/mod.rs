//! The binary form, held against `wit-component`'s, for every package and world of the corpora.

pub(crate) mod bridge;
mod corpus;
mod decode;
mod dump;
mod encode;
mod malformed;
