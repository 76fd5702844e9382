//! A component that renders Markdown, asking its host about links.
//!
//! `cargo build --target wasm32-wasip2` makes the component; `cargo test` runs the same code natively, with the
//! imports that the test provides.

mod document;
mod render;

/// The bindings of the world `acme:text/plugin`.
#[witwright::guest(path = "../../packages/acme/text", world = "plugin")]
pub mod bindings {}

use bindings::exports::acme::text::render::Guest;

/// The component.
#[derive(Debug)]
pub struct Plugin;

impl Guest for Plugin {
    type Document = document::Text;

    fn limit() -> u64 {
        render::LIMIT_BYTES
    }
}

bindings::export!(Plugin with_types_in bindings);
