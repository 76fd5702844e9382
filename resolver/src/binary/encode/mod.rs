//! Model → binary: WIT packages and worlds as component types (`WIT.md#package-format`).

#[cfg(feature = "decode")]
mod composition;
mod docs;
mod package;
mod types;
mod world;

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

use wasm_encoder::{
    ComponentBuilder, ComponentExportKind, ComponentType, ComponentTypeRef, CustomSection, Encode, ProducersField,
    ProducersSection,
};

#[cfg(feature = "decode")]
pub(crate) use composition::{Argument, Composition, Provider};

use super::{DOCS_SECTION, DOCS_VERSION, ENCODING_SECTION, ENCODING_VERSION};
use crate::model::{Model, PackageId, WorldId};

/// The properties of a `component-type` section besides its world.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct EncodingOptions {
    /// The encoding of strings in the memory of the core module.
    pub string_encoding: ModuleEncoding,
}

impl EncodingOptions {
    /// Sets the encoding of strings.
    #[must_use]
    pub fn with_string_encoding(mut self, encoding: ModuleEncoding) -> EncodingOptions {
        self.string_encoding = encoding;
        self
    }
}

/// The encoding of strings in the memory of a core module, as its `component-type` section states it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ModuleEncoding {
    /// `utf8`
    #[default]
    Utf8,
    /// `utf16`
    Utf16,
    /// `latin1+utf16`
    Latin1OrUtf16,
}

/// Encodes a world as the payload of a `component-type` section.
///
/// The payload is a component that exports one type: a component type that exports the world's component type under the
/// world's qualified name.
///
/// # Panics
/// If the world is not elaborated: an item uses a type of an interface that is not imported before it.
#[must_use]
pub fn encode_world(model: &Model, world: WorldId, options: EncodingOptions) -> Vec<u8> {
    let encoding = match options.string_encoding {
        ModuleEncoding::Utf8 => 0,
        ModuleEncoding::Utf16 => 1,
        ModuleEncoding::Latin1OrUtf16 => 2,
    };
    let mut component = ComponentBuilder::default();
    component.custom_section(&CustomSection {
        name: ENCODING_SECTION.into(),
        data: Cow::Borrowed(&[ENCODING_VERSION, encoding]),
    });
    let ty = component.type_component(None, &named_world(model, world));
    component.export(&model.worlds[world].name, ComponentExportKind::Type, ty, None);
    finish(component)
}

/// Encodes a package as a WIT package binary, with documentation and gates.
///
/// Interfaces and worlds are exports of types; packages that they use are not included.
///
/// # Panics
/// If a world is not elaborated: an item uses a type of an interface that is not imported before it.
#[must_use]
pub fn encode_package(model: &Model, package: PackageId) -> Vec<u8> {
    let mut component = ComponentBuilder::default();
    let mut export = |name: &str, ty: &ComponentType| {
        let ty = component.type_component(Some(name), ty);
        component.export(name, ComponentExportKind::Type, ty, None);
    };
    for id in package::in_order(model, package) {
        let name = model.interfaces[id].name.as_deref().expect("an interface of a package has a name");
        export(name, &package::interface_type(model, id));
    }
    for &id in &model.packages[package].worlds {
        export(&model.worlds[id].name, &named_world(model, id));
    }
    let mut data = vec![DOCS_VERSION];
    data.extend(docs::package_docs(model, package).into_bytes());
    component.custom_section(&CustomSection { name: DOCS_SECTION.into(), data: data.into() });
    finish(component)
}

/// A component type that exports a world's component type under the world's qualified name.
fn named_world(model: &Model, id: WorldId) -> ComponentType {
    let world = &model.worlds[id];
    let mut ty = ComponentType::new();
    ty.ty().component(&world::world_type(model, id));
    ty.export(model.packages[world.package].name.qualify(&world.name), ComponentTypeRef::Component(0));
    ty
}

fn finish(mut component: ComponentBuilder) -> Vec<u8> {
    let mut processed_by = ProducersField::new();
    processed_by.value("witwright", env!("CARGO_PKG_VERSION"));
    let mut producers = ProducersSection::new();
    producers.field("processed-by", &processed_by);
    let mut section = Vec::new();
    producers.encode(&mut section);
    component.raw_custom_section(&section);
    component.finish()
}
