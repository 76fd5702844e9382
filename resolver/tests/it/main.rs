//! The tests of the resolver that need other crates' word, or files.

mod binary;
