//! Binary → Model: WIT packages, `component-type` sections, the worlds of components (`WIT.md#package-format`).
//!
//! The type of a binary is validated first, so that later steps handle only well-formed types; they refuse what WIT
//! cannot express. Function bodies, data and names are skipped unread.

mod bytes;
mod copy;
mod docs;
mod error;
mod funcs;
mod interfaces;
mod json;
mod order;
mod read;
mod sections;
#[cfg(feature = "std")]
mod stream;
mod types;
mod worlds;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use wasmparser::component_types::{ComponentAnyTypeId, ComponentEntityType, ComponentType};
use wasmparser::types::TypesRef;

pub use error::{DecodeError, DecodeErrorKind, Inexpressible};

use super::ModuleEncoding;
use crate::model::{InterfaceId, Model, PackageId, PackageName, TypeId, TypeOwner, WorldId};
use bytes::ByteSource;
use read::{Binary, read};
#[cfg(feature = "std")]
use stream::Stream;
use types::Shape;

/// The meaning of a binary in WIT.
#[derive(Clone, Debug)]
pub enum Decoded {
    /// The binary is a WIT package.
    Package(Model, PackageId),
    /// The binary is a component: a world `root:component/root` with its imports and exports.
    Component(Model, WorldId),
}

/// A `component-type` section of a core module.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ComponentTypeSection {
    /// The section's name; it begins with `component-type`.
    pub name: String,
    /// The Model with the world.
    pub model: Model,
    /// The world that the module's bindings are for.
    pub world: WorldId,
    /// The encoding of strings in the module's memory.
    pub string_encoding: ModuleEncoding,
}

/// Decodes a WIT package or a component.
///
/// # Errors
/// If the binary is not a valid component, or WIT cannot express its type.
pub fn decode(mut binary: &[u8]) -> Result<Decoded, DecodeError> {
    decode_source(&mut binary)
}

/// The same as [`decode`], from a reader. It reads only the small part of a component that its type needs: function
/// bodies, data and names are skipped.
///
/// # Errors
/// As for [`decode`], and if the reader fails.
#[cfg(feature = "std")]
pub fn decode_reader(reader: impl std::io::Read + std::io::Seek) -> Result<Decoded, DecodeError> {
    decode_source(&mut Stream::new(reader)?)
}

fn decode_source(source: &mut dyn ByteSource) -> Result<Decoded, DecodeError> {
    let binary = read(source)?;
    if is_package(&binary) {
        let (model, package) = package(&binary)?;
        Ok(Decoded::Package(model, package))
    } else {
        let (model, world) = component(&binary)?;
        Ok(Decoded::Component(model, world))
    }
}

/// Decodes a WIT package.
///
/// # Errors
/// If the binary is not a valid WIT package.
pub fn decode_package(mut binary: &[u8]) -> Result<(Model, PackageId), DecodeError> {
    let binary = read(&mut binary)?;
    if is_package(&binary) { package(&binary) } else { Err(DecodeErrorKind::NotAPackage.into()) }
}

/// Decodes the imports and exports of a component, as a world `root:component/root`.
///
/// # Errors
/// If the binary is not a valid component, or WIT cannot express its type.
pub fn decode_component(mut binary: &[u8]) -> Result<(Model, WorldId), DecodeError> {
    component(&read(&mut binary)?)
}

/// Decodes the payload of a `component-type` section.
///
/// # Errors
/// If the payload is malformed.
pub fn decode_world(mut payload: &[u8]) -> Result<(Model, WorldId, ModuleEncoding), DecodeError> {
    let binary = read(&mut payload)?;
    let Some(string_encoding) = binary.string_encoding else {
        return Err(DecodeErrorKind::StringEncoding.into());
    };
    if !is_package(&binary) {
        return Err(DecodeErrorKind::NotAWorld.into());
    }
    let (model, package) = package(&binary)?;
    match model.packages[package].worlds[..] {
        [world] => Ok((model, world, string_encoding)),
        [] | [_, ..] => Err(DecodeErrorKind::NotAWorld.into()),
    }
}

/// Decodes the `component-type` sections of a core module, in order.
///
/// # Errors
/// If the module or a section is malformed.
pub fn component_types(mut module: &[u8]) -> Result<Vec<ComponentTypeSection>, DecodeError> {
    component_types_source(&mut module)
}

/// The same as [`component_types`], from a reader; other sections are skipped.
///
/// # Errors
/// As for [`component_types`], and if the reader fails.
#[cfg(feature = "std")]
pub fn component_types_reader(
    reader: impl std::io::Read + std::io::Seek,
) -> Result<Vec<ComponentTypeSection>, DecodeError> {
    component_types_source(&mut Stream::new(reader)?)
}

fn component_types_source(source: &mut dyn ByteSource) -> Result<Vec<ComponentTypeSection>, DecodeError> {
    let mut sections = Vec::new();
    for section in read::component_type_sections(source)? {
        let decoded = decode_world(&section.data).map_err(|error| error.moved(section.data_offset));
        let (model, world, string_encoding) = decoded?;
        sections.push(ComponentTypeSection { name: section.name, model, world, string_encoding });
    }
    Ok(sections)
}

/// Whether all items of the component are exports of component types.
fn is_package(binary: &Binary) -> bool {
    !binary.externs.is_empty() && binary.externs.iter().all(|e| e.exported && exported_component(e).is_some())
}

fn exported_component(item: &read::Extern) -> Option<wasmparser::component_types::ComponentTypeId> {
    match item.item.ty {
        ComponentEntityType::Type { created: ComponentAnyTypeId::Component(id), .. } => Some(id),
        ComponentEntityType::Type { .. }
        | ComponentEntityType::Module(_)
        | ComponentEntityType::Func(_)
        | ComponentEntityType::Value(_)
        | ComponentEntityType::Instance(_)
        | ComponentEntityType::Component(_) => None,
    }
}

/// Decodes a WIT package: each export is a component type that exports an interface's instance or a world's component.
fn package(binary: &Binary) -> Result<(Model, PackageId), DecodeError> {
    let types = binary.types.as_ref();
    let mut decoder = Decoder::new(types);
    let mut package = None;
    for export in &binary.externs {
        decoder.offset = export.offset;
        let Some(ty) = exported_component(export) else { return Err(decoder.fail(DecodeErrorKind::NotAPackage)) };
        let of = decoder.package_export(&export.name, &types[ty])?;
        if *package.get_or_insert(of) != of {
            return Err(decoder.inexpressible(&export.name, Inexpressible::OtherPackage));
        }
    }
    let Some(package) = package else { return Err(DecodeErrorKind::NotAPackage.into()) };
    let (mut model, ids) = order::finish(decoder.model)?;
    let package = ids[package.index()];
    if let Some((json, offset)) = &binary.docs {
        docs::apply(&mut model, package, json).map_err(|error| error.at(*offset))?;
    }
    Ok((model, package))
}

fn component(binary: &Binary) -> Result<(Model, WorldId), DecodeError> {
    let mut decoder = Decoder::new(binary.types.as_ref());
    let name = PackageName { namespace: "root".into(), name: "component".into(), version: None };
    let package = decoder.package(name);
    let world = decoder.new_world("root", package);
    for item in &binary.externs {
        decoder.offset = item.offset;
        decoder.world_item(world, &item.name, &item.item, item.exported)?;
    }
    decoder.check_uses(world)?;
    let (mut model, ids) = order::finish(decoder.model)?;
    if let Some((json, offset)) = &binary.docs {
        docs::apply(&mut model, ids[package.index()], json).map_err(|error| error.at(*offset))?;
    }
    Ok((model, world))
}

/// Builds a Model from validated types.
struct Decoder<'a> {
    types: TypesRef<'a>,
    model: Model,
    packages: BTreeMap<PackageName, PackageId>,
    /// Interfaces by qualified name.
    interfaces: BTreeMap<String, InterfaceId>,
    /// Named types, by their owners and names.
    names: BTreeMap<(TypeOwner, String), TypeId>,
    /// The types of the binary that have been decoded.
    defined: BTreeMap<ComponentAnyTypeId, TypeId>,
    /// Types without a name; equal ones are added once.
    shapes: BTreeMap<Shape, TypeId>,
    /// The types that interfaces and worlds bring in by `use`.
    brought: BTreeMap<(TypeOwner, TypeId), TypeId>,
    /// For each type of an interface under a plain name, the type of the interface that it implements.
    originals: BTreeMap<TypeId, TypeId>,
    /// The offset of the current import or export.
    offset: u64,
}

impl<'a> Decoder<'a> {
    fn new(types: TypesRef<'a>) -> Self {
        Decoder {
            types,
            model: Model::default(),
            packages: BTreeMap::new(),
            interfaces: BTreeMap::new(),
            names: BTreeMap::new(),
            defined: BTreeMap::new(),
            shapes: BTreeMap::new(),
            brought: BTreeMap::new(),
            originals: BTreeMap::new(),
            offset: 0,
        }
    }

    /// Decodes an interface or a world of a WIT package, and returns the package in its name.
    fn package_export(&mut self, export: &str, wrapper: &ComponentType) -> Result<PackageId, DecodeError> {
        let types = self.types;
        for (name, item) in &wrapper.imports {
            let interface = self.named_interface(&item.full_name(name))?;
            self.view(interface, name, item)?;
        }
        let mut exports = wrapper.exports.iter();
        let (Some((name, item)), None) = (exports.next(), exports.next()) else {
            return Err(self.fail(DecodeErrorKind::NotAPackage));
        };
        let (package, own_name) = self.qualified_name(&item.full_name(name))?;
        if own_name != export {
            return Err(self.fail(DecodeErrorKind::NotAPackage));
        }
        let package = self.package(package);
        match item.ty {
            ComponentEntityType::Instance(_) => {
                let interface = self.named_interface(&item.full_name(name))?;
                self.view(interface, name, item)?;
                Ok(package)
            }
            ComponentEntityType::Component(world) => {
                self.world(&own_name, package, &types[world])?;
                Ok(package)
            }
            ComponentEntityType::Module(_)
            | ComponentEntityType::Func(_)
            | ComponentEntityType::Value(_)
            | ComponentEntityType::Type { .. } => Err(self.fail(DecodeErrorKind::NotAPackage)),
        }
    }

    fn fail(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::from(kind).at(self.offset)
    }

    fn inexpressible(&self, item: &str, why: Inexpressible) -> DecodeError {
        self.fail(DecodeErrorKind::Inexpressible { item: item.to_string(), why })
    }
}
