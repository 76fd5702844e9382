//! Bytes → validated types, with the names of what the outermost component imports and exports.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use wasmparser::component_types::ComponentItem;
use wasmparser::types::Types;
use wasmparser::{CustomSectionReader, Encoding, Parser, Payload, ValidPayload, Validator, WasmFeatures};

use super::error::{DecodeError, DecodeErrorKind};
use crate::binary::{DOCS_SECTION, ENCODING_SECTION, ENCODING_VERSION, StringEncoding};

/// A valid component.
pub(super) struct Binary<'a> {
    pub(super) types: Types,
    /// Imports and exports, in the order of the binary.
    pub(super) externs: Vec<Extern>,
    /// The docs section and its offset.
    pub(super) docs: Option<(&'a [u8], u64)>,
    pub(super) string_encoding: Option<StringEncoding>,
}

/// An import or export of the outermost component.
pub(super) struct Extern {
    pub(super) name: String,
    pub(super) exported: bool,
    pub(super) item: ComponentItem,
    pub(super) offset: u64,
}

/// Reads and validates a component; function bodies are passed over.
pub(super) fn read(bytes: &[u8]) -> Result<Binary<'_>, DecodeError> {
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let mut names = Vec::new();
    let mut docs = None;
    let mut string_encoding = None;
    let mut depth = 0_u32;
    let mut outermost = None;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Payload::Version { encoding: Encoding::Module, .. } = payload
            && depth == 0
        {
            return Err(DecodeErrorKind::CoreModule.into());
        }
        let at_root = depth == 0;
        match validator.payload(&payload)? {
            ValidPayload::Parser(_) => depth += 1,
            ValidPayload::End(types) if at_root => outermost = Some(types),
            ValidPayload::End(_) => depth -= 1,
            ValidPayload::Ok | ValidPayload::Func(..) => {}
        }
        if !at_root {
            continue;
        }
        if let Payload::ComponentImportSection(section) = payload {
            for import in section.into_iter_with_offsets() {
                let (offset, import) = import?;
                names.push((import.name.name, false, offset));
            }
        } else if let Payload::ComponentExportSection(section) = payload {
            for export in section.into_iter_with_offsets() {
                let (offset, export) = export?;
                names.push((export.name.name, true, offset));
            }
        } else if let Payload::CustomSection(section) = payload {
            match section.name() {
                DOCS_SECTION => docs = Some((section.data(), section.data_offset())),
                ENCODING_SECTION => string_encoding = decode_string_encoding(section.data()),
                _ => {}
            }
        }
    }
    let types = outermost.ok_or(DecodeErrorKind::NotAPackage)?;
    let externs = names.into_iter().filter_map(|(name, exported, offset)| {
        let types = types.as_ref();
        let item = match exported {
            true => types.component_item_for_export(name),
            false => types.component_item_for_import(name),
        };
        Some(Extern { name: name.to_string(), exported, item: item?.clone(), offset })
    });
    Ok(Binary { externs: externs.collect(), types, docs, string_encoding })
}

fn decode_string_encoding(data: &[u8]) -> Option<StringEncoding> {
    match data {
        [ENCODING_VERSION, 0] => Some(StringEncoding::Utf8),
        [ENCODING_VERSION, 1] => Some(StringEncoding::Utf16),
        [ENCODING_VERSION, 2] => Some(StringEncoding::Latin1Utf16),
        _ => None,
    }
}

/// A core module's `component-type` sections.
pub(super) fn component_type_sections(module: &[u8]) -> Result<Vec<CustomSectionReader<'_>>, DecodeError> {
    let mut sections = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::CustomSection(section) = payload?
            && section.name().starts_with("component-type")
        {
            sections.push(section);
        }
    }
    Ok(sections)
}
