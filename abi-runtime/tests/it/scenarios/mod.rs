//! The scenarios of the specification's own tests of its reference code (`canonical-abi/run_tests.py`), each as a test of ours.
//!
//! `mirrors.txt` says which of our tests mirrors which of its; `tests/it/suites` of the workspace holds that none is missing. Guests
//! are native ([`world`]) and written as the reference's are: a core function is a future, and calls built-ins ([`guest`]).

mod cancel;
mod guest;
mod host_end;
mod streams;
mod tasks;
mod threads;
mod values;
mod world;
