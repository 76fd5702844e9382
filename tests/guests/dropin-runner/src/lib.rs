//! Programs for `wit_bindgen::generate!`, one a feature or an option. Each is a function `run-..` of the component, which
//! panics if the functions that it calls return wrong values.

pub mod bits {
    pub use wit_bindgen::rt::bitflags::*;
}

mod fixed;
mod floats;
mod keywords;
mod options;
mod ownership;
mod resources;
mod values;
mod versions;
