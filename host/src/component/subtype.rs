//! The types of core modules and components, compared with those that they are imported as (`Subtyping.md`).
//!
//! The validator compares types of one validation. So the binary that imports and those of its arguments are put side by
//! side into one component, which is validated, and the types of its parts are compared before it ends.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use wasmparser::component_types::{
    ComponentEntityType, ComponentInstanceTypeId, ComponentItem, ComponentTypeId, SubtypeCx,
};
use wasmparser::types::TypesRef;
use wasmparser::{Parser, Payload, Validator, WasmFeatures};

use crate::component::plan::ImportPath;
use crate::error::Error;

/// The binary that states a type.
#[derive(Clone, Debug)]
pub(crate) enum TypeSource {
    /// A core module.
    Module(Arc<[u8]>),
    /// A component, or an export of it. Each path leads to an export of the component before: that of the binary first.
    Component { bytes: Arc<[u8]>, paths: Vec<Vec<String>>, features: WasmFeatures },
}

/// Compares the arguments for a component's imports with the types of these imports: the difference of each, if any.
///
/// # Errors
/// When a binary is not valid.
pub(crate) fn compare(
    importer: &TypeSource,
    arguments: &[(&ImportPath, &TypeSource)],
) -> Result<Vec<Option<String>>, Error> {
    let mut bytes = COMPONENT_HEADER.to_vec();
    let mut features = WasmFeatures::default() | WasmFeatures::COMPONENT_MODEL;
    for source in core::iter::once(importer).chain(arguments.iter().map(|(_, source)| *source)) {
        features |= source.features();
        source.append(&mut bytes);
    }
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut depth = 0_u32;
    for payload in parser.parse_all(&bytes) {
        let payload = payload?;
        if let Payload::Version { .. } = &payload {
            depth += 1;
        } else if let Payload::End(_) = &payload {
            depth -= 1;
        }
        if depth == 0 {
            break;
        }
        validator.payload(&payload)?;
    }
    match validator.types(0) {
        Some(types) => Ok(compare_parts(types, importer, arguments)),
        None => unreachable!("the validator has types while a component has not ended"),
    }
}

/// `preamble`, of a component (`Binary.md#component-definitions`).
const COMPONENT_HEADER: [u8; 8] = *b"\0asm\x0d\0\x01\0";

impl TypeSource {
    fn features(&self) -> WasmFeatures {
        match self {
            TypeSource::Module(_) => WasmFeatures::empty(),
            TypeSource::Component { features, .. } => *features,
        }
    }

    /// Appends a section that holds the binary (`Binary.md#component-definitions`).
    fn append(&self, to: &mut Vec<u8>) {
        let (section, bytes) = match self {
            TypeSource::Module(bytes) => (1, bytes),
            TypeSource::Component { bytes, .. } => (4, bytes),
        };
        to.push(section);
        let mut len = bytes.len();
        while len >= 0x80 {
            to.push(len as u8 | 0x80);
            len >>= 7;
        }
        to.push(len as u8);
        to.extend_from_slice(bytes);
    }
}

/// Compares the parts of the component in the order in which they were appended.
fn compare_parts(
    types: TypesRef<'_>,
    importer: &TypeSource,
    arguments: &[(&ImportPath, &TypeSource)],
) -> Vec<Option<String>> {
    let (mut modules, mut components) = (0, 0);
    let mut next = |source: &TypeSource| match source {
        TypeSource::Module(_) => {
            modules += 1;
            Some(ComponentEntityType::Module(types.module_at(modules - 1)))
        }
        TypeSource::Component { paths, .. } => {
            components += 1;
            let component = ComponentEntityType::Component(types.component_at(components - 1));
            paths.iter().try_fold(component, |ty, path| {
                let ComponentEntityType::Component(component) = ty else { return None };
                let (first, rest) = path.split_first()?;
                follow(types, export_of(types, component, first)?, rest)
            })
        }
    };
    let Some(ComponentEntityType::Component(importer)) = next(importer) else { return Vec::new() };
    let problem = |(path, source): &(&ImportPath, &TypeSource)| {
        let (first, rest) = path.0.split_first()?;
        let imported = follow(types, import_of(types, importer, first)?, rest);
        let (Some(expected), Some(found)) = (imported, next(source)) else {
            return Some("its type is not known".into());
        };
        let compared = SubtypeCx::new_with_refs(types, types).component_entity_type(&found, &expected, 0);
        compared.err().map(|error| one_line(error.message()))
    };
    arguments.iter().map(problem).collect()
}

/// The validator's message on one line. It has a line for each part that differs.
fn one_line(message: &str) -> String {
    let mut line = String::new();
    for part in message.lines().map(str::trim) {
        let (separator, part) = match (part.strip_prefix("expected:"), part.strip_prefix("found:")) {
            (Some(expected), _) => (": expected ", expected),
            (None, Some(found)) => (", found ", found),
            (None, None) => (": ", part),
        };
        line += if line.is_empty() { separator.trim_start_matches([':', ',', ' ']) } else { separator };
        line += part.trim();
    }
    line
}

fn import_of(types: TypesRef<'_>, component: ComponentTypeId, name: &str) -> Option<ComponentEntityType> {
    named(types.get(component)?.imports.iter(), name)
}

fn export_of(types: TypesRef<'_>, component: ComponentTypeId, name: &str) -> Option<ComponentEntityType> {
    named(types.get(component)?.exports.iter(), name)
}

fn export_of_instance(
    types: TypesRef<'_>,
    instance: ComponentInstanceTypeId,
    name: &str,
) -> Option<ComponentEntityType> {
    named(types.get(instance)?.exports.iter(), name)
}

/// The type of the export that names lead to, through instances.
fn follow(types: TypesRef<'_>, mut ty: ComponentEntityType, path: &[String]) -> Option<ComponentEntityType> {
    for name in path {
        let ComponentEntityType::Instance(instance) = ty else { return None };
        ty = export_of_instance(types, instance, name)?;
    }
    Some(ty)
}

fn named<'t>(
    mut items: impl Iterator<Item = (&'t String, &'t ComponentItem)>,
    name: &str,
) -> Option<ComponentEntityType> {
    items.find(|(key, item)| item.full_name(key) == name).map(|(_, item)| item.ty)
}
