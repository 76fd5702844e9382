//! The tests of the front end.

mod expansion;
