//! What the command `witwright` can do for tests too: run component scripts.

pub mod script;
