//! Bytes → validated types, with the names of the imports and exports of the outermost component.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use wasmparser::component_types::ComponentItem;
use wasmparser::types::Types;
use wasmparser::{
    BinaryReader, ComponentExportSectionReader, ComponentImportSectionReader, CustomSectionReader, Encoding, Validator,
    WasmFeatures,
};

use super::bytes::ByteSource;
use super::error::{DecodeError, DecodeErrorKind};
use super::sections::{CUSTOM, Section, Sections, is_typed, rank, validate};
use crate::binary::{DOCS_SECTION, ENCODING_SECTION, ENCODING_VERSION, ModuleEncoding};

/// A valid component.
pub(super) struct Binary {
    pub(super) types: Types,
    /// Imports and exports, in the order of the binary.
    pub(super) externs: Vec<Extern>,
    /// The docs section and its offset.
    pub(super) docs: Option<(Vec<u8>, u64)>,
    pub(super) string_encoding: Option<ModuleEncoding>,
}

/// An import or export of the outermost component.
pub(super) struct Extern {
    pub(super) name: String,
    pub(super) exported: bool,
    pub(super) item: ComponentItem,
    pub(super) offset: u64,
}

/// A custom section.
pub(super) struct CustomSection {
    pub(super) name: String,
    pub(super) data: Vec<u8>,
    pub(super) data_offset: u64,
}

/// A module or component whose sections are being read.
struct Container {
    encoding: Encoding,
    end: u64,
    /// The rank of its latest section.
    rank: u8,
}

/// The sections of the outermost component itself.
#[derive(Default)]
struct Outermost {
    /// The imports and exports: names, whether they are exports, and offsets.
    names: Vec<(String, bool, u64)>,
    docs: Option<(Vec<u8>, u64)>,
    string_encoding: Option<ModuleEncoding>,
}

/// Reads a component and validates its type.
pub(super) fn read(source: &mut dyn ByteSource) -> Result<Binary, DecodeError> {
    let mut sections = Sections::new(source);
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let mut outermost = Outermost::default();
    let end = sections.end();
    let mut open = vec![start(&mut sections, &mut validator, end)?];
    if open[0].encoding == Encoding::Module {
        return Err(DecodeErrorKind::CoreModule.into());
    }
    loop {
        let depth = open.len();
        let Some(current) = open.last_mut() else { unreachable!("the loop ends with the outermost component") };
        if sections.position() == current.end {
            let types = validator.end(current.end)?;
            if depth == 1 {
                return Ok(outermost.finish(types));
            }
            open.pop();
            continue;
        }
        let section = sections.next(current.end)?;
        match (current.encoding, section.id) {
            (Encoding::Component, 1) => validator.module_section(&section.contents)?,
            (Encoding::Component, 4) => validator.component_section(&section.contents)?,
            (encoding @ (Encoding::Module | Encoding::Component), id) => {
                if depth == 1 {
                    outermost.section(&mut sections, &section)?;
                }
                if is_typed(encoding, id) {
                    current.order(&section)?;
                    validate(&mut validator, encoding, &section, sections.contents(&section)?)?;
                }
                sections.pass(section.contents.end)?;
                continue;
            }
        }
        open.push(start(&mut sections, &mut validator, section.contents.end)?);
    }
}

/// Reads the header of a module or component that ends at `end`.
fn start(sections: &mut Sections<'_>, validator: &mut Validator, end: u64) -> Result<Container, DecodeError> {
    let version = sections.version()?;
    validator.version(version.number, version.encoding, &version.place)?;
    if version.place.end > end {
        return Err(DecodeError::from(DecodeErrorKind::Truncated).at(version.place.start));
    }
    Ok(Container { encoding: version.encoding, end, rank: 0 })
}

impl Container {
    /// Checks the order of a module's sections.
    fn order(&mut self, section: &Section) -> Result<(), DecodeError> {
        let rank = rank(section.id);
        if self.encoding == Encoding::Module && rank <= self.rank {
            return Err(DecodeError::from(DecodeErrorKind::SectionOrder).at(section.contents.start));
        }
        self.rank = rank;
        Ok(())
    }
}

impl Outermost {
    fn section(&mut self, sections: &mut Sections<'_>, section: &Section) -> Result<(), DecodeError> {
        match section.id {
            CUSTOM if sections.is_named(section, DOCS_SECTION)? => {
                let custom = custom_section(sections.contents(section)?)?;
                if custom.name == DOCS_SECTION {
                    self.docs = Some((custom.data, custom.data_offset));
                }
            }
            CUSTOM if sections.is_named(section, ENCODING_SECTION)? => {
                let custom = custom_section(sections.contents(section)?)?;
                if custom.name == ENCODING_SECTION {
                    self.string_encoding = decode_string_encoding(&custom.data);
                }
            }
            10 => {
                for import in ComponentImportSectionReader::new(sections.contents(section)?)?.into_iter_with_offsets() {
                    let (offset, import) = import?;
                    self.names.push((import.name.name.to_string(), false, offset));
                }
            }
            11 => {
                for export in ComponentExportSectionReader::new(sections.contents(section)?)?.into_iter_with_offsets() {
                    let (offset, export) = export?;
                    self.names.push((export.name.name.to_string(), true, offset));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self, types: Types) -> Binary {
        let externs = self.names.into_iter().filter_map(|(name, exported, offset)| {
            let types = types.as_ref();
            let item = match exported {
                true => types.component_item_for_export(&name),
                false => types.component_item_for_import(&name),
            };
            let item = item?.clone();
            Some(Extern { name, exported, item, offset })
        });
        Binary { externs: externs.collect(), types, docs: self.docs, string_encoding: self.string_encoding }
    }
}

fn custom_section(contents: BinaryReader<'_>) -> Result<CustomSection, DecodeError> {
    let section = CustomSectionReader::new(contents)?;
    let (name, data_offset) = (section.name().to_string(), section.data_offset());
    Ok(CustomSection { name, data: section.data().to_vec(), data_offset })
}

fn decode_string_encoding(data: &[u8]) -> Option<ModuleEncoding> {
    match data {
        [ENCODING_VERSION, 0] => Some(ModuleEncoding::Utf8),
        [ENCODING_VERSION, 1] => Some(ModuleEncoding::Utf16),
        [ENCODING_VERSION, 2] => Some(ModuleEncoding::Latin1OrUtf16),
        _ => None,
    }
}

/// A core module's `component-type` sections.
pub(super) fn component_type_sections(source: &mut dyn ByteSource) -> Result<Vec<CustomSection>, DecodeError> {
    let mut sections = Sections::new(source);
    let end = sections.end();
    sections.version()?;
    let mut found = Vec::new();
    while sections.position() < end {
        let section = sections.next(end)?;
        if section.id == CUSTOM && sections.is_named(&section, "component-type")? {
            found.push(custom_section(sections.contents(&section)?)?);
        }
        sections.pass(section.contents.end)?;
    }
    Ok(found)
}
