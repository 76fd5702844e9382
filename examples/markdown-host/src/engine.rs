//! The core engines that this program is built with: the only file that names one.

use crate::Failure;
use crate::plugin::{self, Rendered};

#[cfg(not(any(feature = "wasmi", feature = "wasmtime")))]
compile_error!("a component needs an engine: enable the feature `wasmi` or `wasmtime`");

/// A core engine, if its feature is enabled.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Engine {
    /// An interpreter: small, starts at once.
    #[cfg(feature = "wasmi")]
    Wasmi,
    /// A compiler: fast.
    #[cfg(feature = "wasmtime")]
    Wasmtime,
}

impl Engine {
    /// The engine with this name, if the program is built with it.
    pub(crate) fn named(name: &str) -> Option<Engine> {
        match name {
            #[cfg(feature = "wasmi")]
            "wasmi" => Some(Engine::Wasmi),
            #[cfg(feature = "wasmtime")]
            "wasmtime" => Some(Engine::Wasmtime),
            _ => None,
        }
    }

    /// Renders a text with a component on this engine.
    pub(crate) fn render(self, component: &[u8], text: &str) -> Result<Rendered, Failure> {
        match self {
            #[cfg(feature = "wasmi")]
            Engine::Wasmi => plugin::render(&witwright::wasmi::Engine::default(), component, text),
            #[cfg(feature = "wasmtime")]
            Engine::Wasmtime => plugin::render(&witwright::wasmtime::Engine::default(), component, text),
        }
    }
}
