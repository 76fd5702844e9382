//! The grammar by itself, and against the parser: over the texts of others, and over mutations of them.

mod agreement;
mod corpora;
mod words;
