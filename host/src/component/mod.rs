//! Components: decoded, validated and compiled once, instantiated any number of times.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::engine::{CoreEngine, DefaultEngine};
use crate::error::Error;

mod decode;
mod inline;
mod limits;
mod options;
pub(crate) mod plan;

pub use limits::ComponentLimits;
pub use options::{Gate, Options};

pub(crate) use decode::ModuleIndex;

/// A component for the engine `E`. Cloning it is cheap.
pub struct Component<E: CoreEngine = DefaultEngine> {
    inner: Arc<Inner<E>>,
}

struct Inner<E: CoreEngine> {
    plan: plan::Plan,
    modules: Vec<E::Module>,
    limits: ComponentLimits,
}

impl<E: CoreEngine> Component<E> {
    /// Decodes, validates and compiles a component, with the default [`Options`].
    ///
    /// # Errors
    /// When the bytes are no valid component, or it goes beyond a limit.
    pub fn new(engine: &E, bytes: &[u8]) -> Result<Component<E>, Error> {
        Component::with_options(engine, bytes, &Options::default())
    }

    /// Decodes, validates and compiles a component.
    ///
    /// # Errors
    /// When the bytes are no valid component, or it goes beyond a limit.
    pub fn with_options(engine: &E, bytes: &[u8], options: &Options) -> Result<Component<E>, Error> {
        let decoded = decode::decode(bytes, options)?;
        let mut modules = Vec::with_capacity(decoded.modules.len());
        let mut imports = Vec::with_capacity(decoded.modules.len());
        for bytes in decoded.modules {
            let module = engine.compile(bytes)?;
            imports.push(E::imports(&module).into_iter().map(|import| (import.module, import.name)).collect());
            modules.push(module);
        }
        let plan = inline::inline(&decoded.root, &imports, options)?;
        Ok(Component { inner: Arc::new(Inner { plan, modules, limits: options.limits.clone() }) })
    }

    /// The names of what the component imports, in order: interfaces, and functions of the world itself.
    pub fn imports(&self) -> impl Iterator<Item = &str> {
        self.plan().imports.iter().map(|(name, _)| name.as_str())
    }

    /// The names of what the component exports, in order: interfaces, and functions of the world itself.
    pub fn exports(&self) -> impl Iterator<Item = &str> {
        self.plan().exports.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn plan(&self) -> &plan::Plan {
        &self.inner.plan
    }

    pub(crate) fn module(&self, index: ModuleIndex) -> &E::Module {
        &self.inner.modules[index.0 as usize]
    }

    pub(crate) fn limits(&self) -> &ComponentLimits {
        &self.inner.limits
    }
}

impl<E: CoreEngine> Clone for Component<E> {
    fn clone(&self) -> Self {
        Component { inner: self.inner.clone() }
    }
}

impl<E: CoreEngine> core::fmt::Debug for Component<E> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let imports: Vec<&str> = self.imports().collect();
        let exports: Vec<&str> = self.exports().collect();
        f.debug_struct("Component").field("imports", &imports).field("exports", &exports).finish()
    }
}

/// The names of a plan's items that are instances, for messages.
pub(crate) fn display_name(interface: Option<&str>, name: &str) -> String {
    match interface {
        Some(interface) => alloc::format!("`{interface}` function `{name}`"),
        None => alloc::format!("function `{name}`"),
    }
}
