//! The parts of a component: its binary, and the core modules and components that a linker passes for its imports.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::component::decode::ModuleIndex;
use crate::component::inline::{DecodedArgument, DecodedComponent};
use crate::component::options::Options;
use crate::component::plan::ImportPath;
use crate::component::subtype::TypeSource;
use crate::component::{Component, decode};
use crate::engine::CoreEngine;
use crate::error::Error;

/// A core module or a component that a linker passes for an import.
pub(crate) enum Argument<E: CoreEngine> {
    Module(TypedModule<E>),
    Component(Component<E>),
}

/// A core module and its type.
pub(crate) struct TypedModule<E: CoreEngine> {
    pub(crate) module: E::Module,
    pub(crate) ty: TypeSource,
}

/// The parts of a component.
pub(super) struct Source<E: CoreEngine> {
    pub(super) bytes: Arc<[u8]>,
    /// The components that export this one, that of the binary first. Empty if this one is the binary's.
    outer: Vec<Outer<E>>,
    pub(super) options: Options,
    /// The known arguments.
    arguments: Vec<(ImportPath, Argument<E>)>,
}

/// A component that exports another one.
#[derive(Clone)]
struct Outer<E: CoreEngine> {
    arguments: Vec<(ImportPath, Argument<E>)>,
    /// The names that lead to the export.
    path: Vec<String>,
}

/// A core module, compiled or not.
pub(super) enum CoreModule<'a, M> {
    Binary(&'a [u8]),
    Compiled(M),
}

impl<E: CoreEngine> Source<E> {
    pub(super) fn new(bytes: &[u8], options: &Options) -> Source<E> {
        Source { bytes: bytes.into(), outer: Vec::new(), options: options.clone(), arguments: Vec::new() }
    }

    /// The same component with more arguments.
    pub(super) fn with(&self, arguments: Vec<(ImportPath, Argument<E>)>) -> Source<E> {
        let arguments = self.arguments.iter().cloned().chain(arguments).collect();
        Source { arguments, ..self.clone() }
    }

    /// A component that this one exports.
    pub(super) fn exported(&self, path: &[String]) -> Source<E> {
        let outer = Outer { arguments: self.arguments.clone(), path: path.to_vec() };
        let outer = self.outer.iter().cloned().chain([outer]).collect();
        Source { outer, arguments: Vec::new(), ..self.clone() }
    }

    /// The type of this component, or of an export.
    pub(super) fn type_source(&self, export: Option<&[String]>) -> TypeSource {
        let outer = self.outer.iter().map(|outer| outer.path.as_slice());
        TypeSource::Component {
            bytes: self.bytes.clone(),
            paths: outer.chain(export).map(<[String]>::to_vec).collect(),
            features: self.options.features(),
        }
    }
}

/// Decodes a component with its arguments, and appends all core modules to `modules`. Those of its own binary are in
/// `compiled` unless it is decoded for the first time.
///
/// # Errors
/// When a component uses a feature that this host does not run.
pub(super) fn decode<'a, E: CoreEngine>(
    source: &'a Source<E>,
    compiled: &[E::Module],
    modules: &mut Vec<CoreModule<'a, E::Module>>,
) -> Result<DecodedComponent<'a>, Error> {
    let decoded = decode::decode(&source.bytes, &source.options, modules.len())?;
    modules.extend(decoded.modules.iter().enumerate().map(|(i, bytes)| match compiled.get(i) {
        Some(module) => CoreModule::Compiled(module.clone()),
        None => CoreModule::Binary(bytes),
    }));
    let mut outer = Vec::with_capacity(source.outer.len());
    for Outer { arguments, path } in &source.outer {
        outer.push((decode_arguments(arguments, modules)?, path.as_slice()));
    }
    let arguments = decode_arguments(&source.arguments, modules)?;
    Ok(DecodedComponent { root: decoded.root, outer, arguments })
}

fn decode_arguments<'a, E: CoreEngine>(
    arguments: &'a [(ImportPath, Argument<E>)],
    modules: &mut Vec<CoreModule<'a, E::Module>>,
) -> Result<BTreeMap<ImportPath, DecodedArgument<'a>>, Error> {
    let mut decoded = BTreeMap::new();
    for (path, argument) in arguments {
        let argument = match argument {
            Argument::Module(TypedModule { module, .. }) => {
                modules.push(CoreModule::Compiled(module.clone()));
                DecodedArgument::Module(ModuleIndex(modules.len() as u32 - 1))
            }
            Argument::Component(component) => {
                let Some(source) = &component.inner.source else {
                    unreachable!("arguments are made with their source")
                };
                DecodedArgument::Component(decode(source, &component.inner.modules, modules)?)
            }
        };
        decoded.insert(path.clone(), argument);
    }
    Ok(decoded)
}

impl<E: CoreEngine> Clone for Source<E> {
    fn clone(&self) -> Self {
        Source {
            bytes: self.bytes.clone(),
            outer: self.outer.clone(),
            options: self.options.clone(),
            arguments: self.arguments.clone(),
        }
    }
}

impl<E: CoreEngine> Clone for Argument<E> {
    fn clone(&self) -> Self {
        match self {
            Argument::Module(module) => Argument::Module(module.clone()),
            Argument::Component(component) => Argument::Component(component.clone()),
        }
    }
}

impl<E: CoreEngine> Clone for TypedModule<E> {
    fn clone(&self) -> Self {
        TypedModule { module: self.module.clone(), ty: self.ty.clone() }
    }
}
