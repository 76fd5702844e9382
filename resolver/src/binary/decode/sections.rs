//! The sections of modules and components (`Binary.md#component-definitions`), one after another.
//!
//! They are framed here and not by wasmparser, which needs every section whole: skipped sections are not read.

use core::ops::Range;

use wasmparser::{BinaryReader, Chunk, Encoding, Parser, Payload, SectionLimited, Validator};

use super::bytes::ByteSource;
use super::error::{DecodeError, DecodeErrorKind};

/// `\0asm`, the version and the layer.
const HEADER_BYTES: usize = 8;

/// The largest number of bytes that a section's id and length take, or the needed start of a custom section's name.
const HEAD_BYTES: usize = 64;

/// The id of custom sections.
pub(super) const CUSTOM: u8 = 0;

/// The bytes of a binary, section by section.
pub(super) struct Sections<'s> {
    source: &'s mut dyn ByteSource,
    position: u64,
}

/// A section: its id, and the place of its contents.
pub(super) struct Section {
    pub(super) id: u8,
    pub(super) contents: Range<u64>,
}

/// The header of a module or component.
pub(super) struct Version {
    pub(super) number: u16,
    pub(super) encoding: Encoding,
    pub(super) place: Range<u64>,
}

impl<'s> Sections<'s> {
    pub(super) fn new(source: &'s mut dyn ByteSource) -> Self {
        Sections { source, position: 0 }
    }

    /// The position in the binary, in bytes.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// The end of the binary, in bytes.
    pub(super) fn end(&self) -> u64 {
        self.position + self.source.remaining()
    }

    /// Reads the header of a module or component.
    pub(super) fn version(&mut self) -> Result<Version, DecodeError> {
        let bytes = self.source.peek(HEADER_BYTES)?;
        let header = &bytes[..bytes.len().min(HEADER_BYTES)];
        let Chunk::Parsed { payload: Payload::Version { num, encoding, range }, .. } =
            Parser::new(self.position).parse(header, true)?
        else {
            unreachable!("a parser begins with the header, and needs no more than what there is")
        };
        self.pass(range.end)?;
        Ok(Version { number: num, encoding, place: range })
    }

    /// Reads the id and the length of the next section in a module or component that ends at `end`.
    pub(super) fn next(&mut self, end: u64) -> Result<Section, DecodeError> {
        let mut reader = BinaryReader::new(self.source.peek(HEAD_BYTES)?, self.position);
        let id = reader.read_u8()?;
        let len = reader.read_var_u32()?;
        let start = reader.original_position();
        let contents = start..start + u64::from(len);
        if contents.end > end {
            return Err(DecodeError::from(DecodeErrorKind::Truncated).at(self.position));
        }
        self.pass(start)?;
        Ok(Section { id, contents })
    }

    /// The contents of the section that [`Sections::next`] has just returned.
    pub(super) fn contents(&mut self, section: &Section) -> Result<BinaryReader<'_>, DecodeError> {
        let Range { start, end } = section.contents;
        let len = usize::try_from(end - start).unwrap_or(usize::MAX);
        let bytes = self.source.peek(len)?;
        let bytes = bytes.get(..len).ok_or(DecodeError::from(DecodeErrorKind::Truncated).at(start))?;
        Ok(BinaryReader::new(bytes, start))
    }

    /// Whether the name of the custom section that [`Sections::next`] has just returned begins with `prefix`.
    pub(super) fn is_named(&mut self, section: &Section, prefix: &str) -> Result<bool, DecodeError> {
        let len = HEAD_BYTES.min(usize::try_from(section.contents.end - section.contents.start).unwrap_or(usize::MAX));
        let bytes = self.source.peek(len)?;
        let mut reader = BinaryReader::new(&bytes[..bytes.len().min(len)], section.contents.start);
        let Ok(name_len) = reader.read_var_u32() else { return Ok(false) };
        let name = &bytes[reader.current_position()..];
        Ok(name_len as usize >= prefix.len() && name.starts_with(prefix.as_bytes()))
    }

    /// Skips to a position.
    pub(super) fn pass(&mut self, place: u64) -> Result<(), DecodeError> {
        self.source.skip(place - self.position).map_err(|error| error.at(self.position))?;
        self.position = place;
        Ok(())
    }
}

/// Whether a section may matter to the type of its module or component. Function bodies, data, names and start sections
/// do not.
pub(super) fn is_typed(encoding: Encoding, id: u8) -> bool {
    match encoding {
        Encoding::Module => !matches!(id, CUSTOM | 8..=12),
        Encoding::Component => id != CUSTOM,
    }
}

/// The rank of a section that [is typed](is_typed) in a module: tags come before globals.
pub(super) fn rank(id: u8) -> u8 {
    if id == 13 { 11 } else { id.saturating_mul(2) }
}

/// Validates the contents of a section that [is typed](is_typed) and contains no module or component.
pub(super) fn validate(
    validator: &mut Validator,
    encoding: Encoding,
    section: &Section,
    mut contents: BinaryReader<'_>,
) -> wasmparser::Result<()> {
    match (encoding, section.id) {
        (Encoding::Module, 1) => validator.type_section(&SectionLimited::new(contents)?),
        (Encoding::Module, 2) => validator.import_section(&SectionLimited::new(contents)?),
        (Encoding::Module, 3) => validator.function_section(&SectionLimited::new(contents)?),
        (Encoding::Module, 4) => validator.table_section(&SectionLimited::new(contents)?),
        (Encoding::Module, 5) => validator.memory_section(&SectionLimited::new(contents)?),
        (Encoding::Module, 6) => validator.global_section(&SectionLimited::new(contents)?),
        (Encoding::Module, 7) => validator.export_section(&SectionLimited::new(contents)?),
        (Encoding::Module, 13) => validator.tag_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 2) => validator.instance_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 3) => validator.core_type_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 5) => validator.component_instance_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 6) => validator.component_alias_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 7) => validator.component_type_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 8) => validator.component_canonical_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 9) => validator.component_start_section(&contents.read()?, &section.contents),
        (Encoding::Component, 10) => validator.component_import_section(&SectionLimited::new(contents)?),
        (Encoding::Component, 11) => validator.component_export_section(&SectionLimited::new(contents)?),
        (Encoding::Module | Encoding::Component, id) => validator.unknown_section(id, &section.contents),
    }
}
