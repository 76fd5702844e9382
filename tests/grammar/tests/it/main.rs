//! Tests of the grammar, and its comparison with the parser, on published texts and on mutations of them.

mod agreement;
mod corpora;
mod words;
