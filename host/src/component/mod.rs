//! Components: decoded, validated and compiled once, instantiated any number of times.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::engine::{CoreEngine, DefaultEngine, ImportType};
use crate::error::{Error, ErrorKind, Unsupported};

mod decode;
mod inline;
mod limits;
mod options;
pub(crate) mod plan;
mod rules;

pub use decode::validate;
pub use limits::ComponentLimits;
pub use options::{Gate, Options};

pub(crate) use decode::ModuleIndex;
pub(crate) use inline::Place;
use inline::Supplied;

/// A component for the engine `E`. Cloning it is cheap.
pub struct Component<E: CoreEngine = DefaultEngine> {
    inner: Arc<Inner<E>>,
}

struct Inner<E: CoreEngine> {
    plan: plan::Plan,
    modules: Vec<E::Module>,
    limits: ComponentLimits,
    /// The binary, of a component that imports core modules or components.
    source: Option<Source>,
}

struct Source {
    bytes: Vec<u8>,
    options: Options,
}

/// A core module or a component for an import.
pub(crate) enum Supply<E: CoreEngine> {
    Module(E::Module),
    Component(Arc<[u8]>),
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
        if let Some((runs, names)) = options.of_what_runs() {
            let component = Component::with_options(engine, bytes, &runs);
            return match component {
                Err(error) if matches!(error.kind(), ErrorKind::Invalid { .. }) => {
                    validate(bytes, options)?;
                    Err(Unsupported::Gate { names: names.join(", ") }.into())
                }
                component => component,
            };
        }
        let component = Component::planned(engine, bytes, options, Vec::new(), &[])?;
        Ok(Component { inner: Arc::new(component) })
    }

    /// The same component, with what its plan wants.
    ///
    /// # Errors
    /// When a component that is supplied is not valid.
    pub(crate) fn supplied(&self, engine: &E, supplies: &[(inline::Place, Supply<E>)]) -> Result<Component<E>, Error> {
        let Some(Source { bytes, options }) = &self.inner.source else { return Ok(self.clone()) };
        let component = Component::planned(engine, bytes, options, self.inner.modules.clone(), supplies)?;
        Ok(Component { inner: Arc::new(component) })
    }

    /// Decodes, compiles and plans. `modules` are the core modules of the binary when they are compiled already.
    fn planned(
        engine: &E,
        bytes: &[u8],
        options: &Options,
        mut modules: Vec<E::Module>,
        supplies: &[(inline::Place, Supply<E>)],
    ) -> Result<Inner<E>, Error> {
        let root = decode::decode(bytes, options, 0)?;
        for bytes in root.modules.iter().skip(modules.len()) {
            modules.push(engine.compile(bytes)?);
        }
        modules.truncate(root.modules.len());
        let mut decoded = Vec::new();
        let mut compiled = Vec::new();
        for (place, supply) in supplies {
            match supply {
                Supply::Module(module) => {
                    compiled.push((place.clone(), ModuleIndex(modules.len() as u32)));
                    modules.push(module.clone());
                }
                Supply::Component(bytes) => {
                    let component = decode::decode(bytes, options, modules.len())?;
                    for bytes in &component.modules {
                        modules.push(engine.compile(bytes)?);
                    }
                    decoded.push((place.clone(), component));
                }
            }
        }
        let components = decoded.iter().map(|(place, component)| (place.clone(), Supplied::Component(&component.root)));
        let supplied = compiled.into_iter().map(|(place, index)| (place, Supplied::Module(index)));
        let supplied: BTreeMap<_, _> = supplied.chain(components).collect();
        let names = |import: ImportType| (import.module, import.name);
        let imports: Vec<Vec<_>> =
            modules.iter().map(|module| E::imports(module).into_iter().map(names).collect()).collect();
        let plan = inline::inline(&root.root, &imports, &supplied, options)?;
        let wants = !plan.wants.is_empty() || !supplies.is_empty();
        let source = wants.then(|| Source { bytes: bytes.to_vec(), options: options.clone() });
        Ok(Inner { plan, modules, limits: options.limits.clone(), source })
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
