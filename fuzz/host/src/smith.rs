//! The target `smith`: components that `wasm-smith` makes of the input's bytes.

use arbitrary::Unstructured;
use wasm_smith::{Component, Config};

use crate::component;

/// What was said of the component that the bytes stand for.
pub fn run(bytes: &[u8]) -> String {
    let config = Config { max_components: 4, max_modules: 3, max_instances: 4, ..Config::default() };
    match Component::new(config, &mut Unstructured::new(bytes)) {
        Ok(component) => component::run(&component.to_bytes()),
        Err(_) => "no component".to_owned(),
    }
}
