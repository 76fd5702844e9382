//! The target `smith`: components that `wasm-smith` generates from the bytes of the input.

use arbitrary::Unstructured;
use wasm_smith::{Component, Config};

use crate::component;

/// The facts about the component that is generated from the bytes.
pub fn run(bytes: &[u8]) -> String {
    let config = Config { max_components: 4, max_modules: 3, max_instances: 4, ..Config::default() };
    match Component::new(config, &mut Unstructured::new(bytes)) {
        Ok(component) => component::run(&component.to_bytes()),
        Err(_) => "no component".to_owned(),
    }
}
