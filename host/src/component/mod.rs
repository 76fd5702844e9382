//! Components: decoded, validated and compiled once, instantiated any number of times.

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
pub(crate) mod subtype;
mod supply;

pub use decode::validate;
pub use limits::ComponentLimits;
pub use options::{Gate, Options};

pub(crate) use decode::ModuleIndex;
use subtype::TypeSource;
use supply::Source;
pub(crate) use supply::{SuppliedModule, Supply};

/// A component for the engine `E`. Cloning it is cheap.
pub struct Component<E: CoreEngine = DefaultEngine> {
    inner: Arc<Inner<E>>,
}

struct Inner<E: CoreEngine> {
    plan: plan::Plan,
    modules: Vec<E::Module>,
    limits: ComponentLimits,
    /// Where it comes from; kept of a component that imports or exports core modules or components, or is supplied.
    source: Option<Source<E>>,
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
        let component = Component::planned(engine, Source::new(bytes, options), &[], false);
        component.map_err(|error| name_gate(error, bytes, options))
    }

    /// A component that a linker supplies.
    ///
    /// # Errors
    /// When the bytes are no valid component, or it goes beyond a limit.
    pub(crate) fn to_supply(engine: &E, bytes: &[u8]) -> Result<Component<E>, Error> {
        Component::planned(engine, Source::new(bytes, &Options::default()), &[], true)
    }

    /// The same component, with what its plan wants.
    ///
    /// # Errors
    /// When the component goes beyond a limit then.
    pub(crate) fn supplied(&self, engine: &E, supplies: Vec<(plan::Place, Supply<E>)>) -> Result<Component<E>, Error> {
        let Some(source) = &self.inner.source else { return Ok(self.clone()) };
        Component::planned(engine, source.with(supplies), &self.inner.modules, true)
    }

    /// A component that this one exports, by the names that lead to it.
    ///
    /// # Errors
    /// When it goes beyond a limit.
    pub(crate) fn exported(&self, engine: &E, path: &[String]) -> Result<Option<Component<E>>, Error> {
        let Some(source) = &self.inner.source else { return Ok(None) };
        Component::planned(engine, source.inner(path), &self.inner.modules, true).map(Some)
    }

    /// Decodes, compiles and plans. `compiled` are the core modules of the binary when they are compiled already.
    fn planned(
        engine: &E,
        source: Source<E>,
        compiled: &[E::Module],
        keep_source: bool,
    ) -> Result<Component<E>, Error> {
        let mut modules = Vec::new();
        let decoded = supply::decode(engine, &source, compiled, &mut modules)?;
        let names = |import: ImportType| (import.module, import.name);
        let imports: Vec<Vec<_>> =
            modules.iter().map(|module| E::imports(module).into_iter().map(names).collect()).collect();
        let plan = inline::inline(&decoded, &imports, &source.options)?;
        drop(decoded);
        let limits = source.options.limits.clone();
        let keep_source = keep_source || !plan.wants.is_empty() || exports_definitions(&plan.exports);
        let source = keep_source.then_some(source);
        Ok(Component { inner: Arc::new(Inner { plan, modules, limits, source }) })
    }

    /// Where its type stands, or that of an export, by the names that lead to it.
    pub(crate) fn type_source(&self, export: Option<&[String]>) -> Option<TypeSource> {
        self.inner.source.as_ref().map(|source| source.type_source(export))
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

/// Names the gate behind which a component would be valid, when the validator says that it is for want of a feature.
#[cold]
fn name_gate(error: Error, bytes: &[u8], options: &Options) -> Error {
    let ErrorKind::Invalid { message, offset } = error.kind() else { return error };
    if !message.contains("not enabled") {
        return error;
    }
    let admits = |(gate, options): (Gate, Options)| validate(bytes, &options).is_ok().then_some(gate);
    match options.with_one_more().find_map(admits) {
        Some(gate) => Error::invalid(alloc::format!("{message}; the feature `{}` admits it", gate.name()), *offset),
        None => error,
    }
}

/// Whether there are core modules or components among exports.
fn exports_definitions(exports: &[(String, plan::ExportItem)]) -> bool {
    exports.iter().any(|(_, item)| match item {
        plan::ExportItem::Module(_) | plan::ExportItem::Component => true,
        plan::ExportItem::Instance(items) => exports_definitions(items),
        plan::ExportItem::Func(..)
        | plan::ExportItem::Resource(_)
        | plan::ExportItem::Type(_)
        | plan::ExportItem::Other => false,
    })
}

/// The names of a plan's items that are instances, for messages.
pub(crate) fn display_name(interface: Option<&str>, name: &str) -> String {
    match interface {
        Some(interface) => alloc::format!("`{interface}` function `{name}`"),
        None => alloc::format!("function `{name}`"),
    }
}
