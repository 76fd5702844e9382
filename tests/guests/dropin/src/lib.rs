//! Implementations of the functions that the programs of `dropin-runner` call.

mod fixed;
mod floats;
mod keywords;
mod options;
mod ownership;
mod resources;
mod values;
mod versions;
