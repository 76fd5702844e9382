//! Where a component comes from: its binary, and the core modules and components that are supplied for its imports.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::component::decode::ModuleIndex;
use crate::component::inline::{Supplied, SuppliedComponent};
use crate::component::options::Options;
use crate::component::plan::Place;
use crate::component::subtype::TypeSource;
use crate::component::{Component, decode};
use crate::engine::CoreEngine;
use crate::error::{Error, Unsupported};

/// A core module or a component for an import.
pub(crate) enum Supply<E: CoreEngine> {
    Module(SuppliedModule<E>),
    Component(Component<E>),
}

/// A core module, and where its type stands.
pub(crate) struct SuppliedModule<E: CoreEngine> {
    pub(crate) module: E::Module,
    pub(crate) ty: TypeSource,
}

/// Where a component comes from.
pub(super) struct Source<E: CoreEngine> {
    bytes: Arc<[u8]>,
    /// The components that export this one: the binary's first, none when it is that.
    outer: Vec<Outer<E>>,
    pub(super) options: Options,
    /// What this component imports, in part or all of it.
    supplies: Vec<(Place, Supply<E>)>,
}

/// A component that exports another one.
#[derive(Clone)]
struct Outer<E: CoreEngine> {
    supplies: Vec<(Place, Supply<E>)>,
    /// The names of the export.
    path: Vec<String>,
}

impl<E: CoreEngine> Source<E> {
    pub(super) fn new(bytes: &[u8], options: &Options) -> Source<E> {
        Source { bytes: bytes.into(), outer: Vec::new(), options: options.clone(), supplies: Vec::new() }
    }

    /// The same with more that is supplied.
    pub(super) fn with(&self, supplies: Vec<(Place, Supply<E>)>) -> Source<E> {
        let supplies = self.supplies.iter().cloned().chain(supplies).collect();
        Source { supplies, ..self.clone() }
    }

    /// A component that this one exports.
    pub(super) fn inner(&self, path: &[String]) -> Source<E> {
        let path = path.to_vec();
        let outer = self.outer.iter().cloned().chain([Outer { supplies: self.supplies.clone(), path }]).collect();
        Source { outer, supplies: Vec::new(), ..self.clone() }
    }

    /// Where the type of this component stands, or that of an export.
    pub(super) fn type_source(&self, export: Option<&[String]>) -> TypeSource {
        let outer = self.outer.iter().map(|outer| outer.path.as_slice());
        TypeSource::Component {
            bytes: self.bytes.clone(),
            paths: outer.chain(export).map(<[String]>::to_vec).collect(),
            features: self.options.features(),
        }
    }
}

/// Decodes a binary and what is supplied for it. All core modules are put to `modules`; those of the binary itself are
/// `compiled`, or compiled now.
///
/// # Errors
/// When a binary is not valid, or an engine refuses a core module.
pub(super) fn decode<'a, E: CoreEngine>(
    engine: &E,
    source: &'a Source<E>,
    compiled: &[E::Module],
    modules: &mut Vec<E::Module>,
) -> Result<SuppliedComponent<'a>, Error> {
    let decoded = decode::decode(&source.bytes, &source.options, modules.len())?;
    for (i, bytes) in decoded.modules.iter().enumerate() {
        modules.push(match compiled.get(i) {
            Some(module) => module.clone(),
            None => engine.compile(bytes)?,
        });
    }
    let mut outer = Vec::with_capacity(source.outer.len());
    for Outer { supplies, path } in &source.outer {
        outer.push((decode_supplies(engine, supplies, modules)?, path.as_slice()));
    }
    let supplies = decode_supplies(engine, &source.supplies, modules)?;
    Ok(SuppliedComponent { root: decoded.root, outer, supplies })
}

fn decode_supplies<'a, E: CoreEngine>(
    engine: &E,
    supplies: &'a [(Place, Supply<E>)],
    modules: &mut Vec<E::Module>,
) -> Result<BTreeMap<Place, Supplied<'a>>, Error> {
    let mut decoded = BTreeMap::new();
    for (place, supply) in supplies {
        let supplied = match supply {
            Supply::Module(SuppliedModule { module, .. }) => {
                modules.push(module.clone());
                Supplied::Module(ModuleIndex(modules.len() as u32 - 1))
            }
            Supply::Component(component) => match &component.inner.source {
                Some(source) => Supplied::Component(decode(engine, source, &component.inner.modules, modules)?),
                None => return Err(Unsupported::Construct { name: "a component without its binary" }.into()),
            },
        };
        decoded.insert(place.clone(), supplied);
    }
    Ok(decoded)
}

impl<E: CoreEngine> Clone for Source<E> {
    fn clone(&self) -> Self {
        Source {
            bytes: self.bytes.clone(),
            outer: self.outer.clone(),
            options: self.options.clone(),
            supplies: self.supplies.clone(),
        }
    }
}

impl<E: CoreEngine> Clone for Supply<E> {
    fn clone(&self) -> Self {
        match self {
            Supply::Module(module) => Supply::Module(module.clone()),
            Supply::Component(component) => Supply::Component(component.clone()),
        }
    }
}

impl<E: CoreEngine> Clone for SuppliedModule<E> {
    fn clone(&self) -> Self {
        SuppliedModule { module: self.module.clone(), ty: self.ty.clone() }
    }
}
