//! Components: loaded once, instantiated any number of times.
//!
//! ```text
//!  bytes ──► validate ──► source, decode ──► compile ──► inline ──► plan
//!            refuse       definitions        by the      symbols    steps that
//!            or accept    in order           engine                 instantiate it
//! ```
//!
//! An import of a core module or a component is *unresolved* until a linker passes an argument for it. The plan is then
//! made again, with the definitions of the argument in place of the import.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::engine::{CoreEngine, DefaultEngine, Fault, FaultKind, ImportType};
use crate::error::Error;

mod limits;
mod options;
mod validate;

mod decode;
mod exports;
mod inline;
pub(crate) mod plan;
mod source;
pub(crate) mod subtype;

pub use limits::ComponentLimits;
pub use options::Options;
pub use validate::validate;

pub(crate) use decode::ModuleIndex;
pub(crate) use source::{Argument, TypedModule};
use source::{CoreModule, Source};
use subtype::TypeSource;

/// A component for the engine `E`. Cloning it is cheap.
pub struct Component<E: CoreEngine = DefaultEngine> {
    inner: Arc<ComponentInner<E>>,
}

struct ComponentInner<E: CoreEngine> {
    engine: E,
    plan: plan::Plan,
    modules: Vec<E::Module>,
    limits: ComponentLimits,
    /// The binary and its arguments, kept for a component that imports or exports core modules or components, or is itself
    /// an argument.
    source: Option<Source<E>>,
}

/// Whether a component keeps its binary after it is planned.
enum Keep {
    Always,
    /// It does if it imports or exports core modules or components.
    IfNeeded,
}

impl<E: CoreEngine> Component<E> {
    /// Validates, decodes, compiles and plans a component, with the default [`Options`].
    ///
    /// # Errors
    /// When the bytes are not a valid component, or it exceeds a limit.
    #[doc(alias("from_binary", "from_file"))]
    pub fn new(engine: &E, bytes: &[u8]) -> Result<Component<E>, Error> {
        Component::with_options(engine, bytes, &Options::default())
    }

    /// Validates, decodes, compiles and plans a component.
    ///
    /// # Errors
    /// When the bytes are not a valid component, or it exceeds a limit.
    pub fn with_options(engine: &E, bytes: &[u8], options: &Options) -> Result<Component<E>, Error> {
        validate::accept(bytes, options)?;
        Component::plan_source(engine, Source::new(bytes, options), &[], Keep::IfNeeded)
    }

    /// A component that can be linked into others: it keeps its binary.
    ///
    /// # Errors
    /// When the bytes are not a valid component, or it exceeds a limit.
    pub(crate) fn with_source(engine: &E, bytes: &[u8]) -> Result<Component<E>, Error> {
        let options = Options::default();
        validate::accept(bytes, &options)?;
        Component::plan_source(engine, Source::new(bytes, &options), &[], Keep::Always)
    }

    /// The same component with arguments for its unresolved imports.
    ///
    /// # Errors
    /// When the component and its arguments together exceed a limit.
    pub(crate) fn with_arguments(
        &self,
        engine: &E,
        arguments: Vec<(plan::ImportPath, Argument<E>)>,
    ) -> Result<Component<E>, Error> {
        let Some(source) = &self.inner.source else { return Ok(self.clone()) };
        Component::plan_source(engine, source.with(arguments), &self.inner.modules, Keep::Always)
    }

    /// A component that this one exports, by the names that lead to it. `None` if this one exports no component.
    ///
    /// # Errors
    /// When it exceeds a limit.
    pub(crate) fn exported(&self, engine: &E, path: &[String]) -> Result<Option<Component<E>>, Error> {
        let Some(source) = &self.inner.source else { return Ok(None) };
        Component::plan_source(engine, source.exported(path), &self.inner.modules, Keep::Always).map(Some)
    }

    /// Decodes, compiles and plans a valid component. `compiled` holds the core modules of its binary if they are compiled
    /// already.
    fn plan_source(engine: &E, source: Source<E>, compiled: &[E::Module], keep: Keep) -> Result<Component<E>, Error> {
        let mut modules = Vec::new();
        let decoded = source::decode(&source, compiled, &mut modules)?;
        let modules = compile(engine, modules).map_err(|fault| not_compiled(fault, &source))?;
        let plan = inline::inline(&decoded, &module_imports::<E>(&modules), &source.options)?;
        drop(decoded);
        let limits = source.options.limits.clone();
        let source = match keep {
            Keep::IfNeeded if plan.unresolved.is_empty() && !exports_definitions(&plan.exports) => None,
            Keep::IfNeeded | Keep::Always => Some(source),
        };
        let engine = engine.clone();
        Ok(Component { inner: Arc::new(ComponentInner { engine, plan, modules, limits, source }) })
    }

    /// The type of the component, or of an export, by the names that lead to it. `None` if it has not kept its binary.
    pub(crate) fn type_source(&self, export: Option<&[String]>) -> Option<TypeSource> {
        self.inner.source.as_ref().map(|source| source.type_source(export))
    }

    /// The engine that it was compiled for.
    #[must_use]
    pub fn engine(&self) -> &E {
        &self.inner.engine
    }

    /// Checks that it was compiled for the engine of a store or a linker.
    ///
    /// # Errors
    /// When that is another one.
    pub(crate) fn check_engine(&self, engine: &E, of: &str) -> Result<(), Fault> {
        if self.engine().is_same(engine) {
            return Ok(());
        }
        let message = alloc::format!(
            "the component was compiled for another engine than the {of}'s: use one engine, or clones of it, for both"
        );
        Err(Fault::misuse(&message))
    }

    /// The names of the component's imports of every sort, in order.
    pub fn imports(&self) -> impl Iterator<Item = &str> {
        self.plan().imports.iter().map(|(name, _)| name.as_str())
    }

    /// The names of the component's exports of every sort, in order.
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

/// Compiles the core modules that are not compiled yet.
fn compile<E: CoreEngine>(engine: &E, modules: Vec<CoreModule<'_, E::Module>>) -> Result<Vec<E::Module>, Fault> {
    let mut compiled = Vec::with_capacity(modules.len());
    for module in modules {
        compiled.push(match module {
            CoreModule::Compiled(module) => module,
            CoreModule::Binary(bytes) => engine.compile(bytes)?,
        });
    }
    Ok(compiled)
}

/// The error for a core module that cannot be compiled: if a body is not valid, that of the validator, with its place in the component.
#[cold]
fn not_compiled<E: CoreEngine>(fault: Fault, source: &Source<E>) -> Error {
    let invalid =
        if fault.kind() == FaultKind::Compile { validate(&source.bytes, &source.options).err() } else { None };
    invalid.unwrap_or_else(|| fault.into())
}

/// The names of each core module's imports, in order.
fn module_imports<E: CoreEngine>(modules: &[E::Module]) -> Vec<Vec<(String, String)>> {
    let names = |import: ImportType| (import.module, import.name);
    modules.iter().map(|module| E::imports(module).into_iter().map(names).collect()).collect()
}

/// Whether core modules or components are among the exports.
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

/// A function's name in messages.
pub(crate) fn display_name(interface: Option<&str>, name: &str) -> String {
    match interface {
        Some(interface) => alloc::format!("`{interface}` function `{name}`"),
        None => alloc::format!("function `{name}`"),
    }
}
