//! Start functions of core modules: they run after the instantiation, by a call of their own, which may be suspended.
//!
//! Engines call a start function themselves, in a call that nothing can suspend. So a module is compiled without its start
//! function, which it exports under a name of its own instead.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use wasmparser::{BinaryReader, ExportSectionReader};

use super::{ExportType, ExternType, Fault, FaultKind, FuncType};

/// A compiled module.
#[derive(Clone, Debug)]
pub struct Module<M> {
    /// The engine's module, without a start function.
    pub(super) raw: M,
    /// The name under which it exports its start function.
    pub(super) start: Option<Arc<str>>,
}

/// The ids of sections that this file changes.
const EXPORTS: u8 = 7;
const START: u8 = 8;

/// The sections that may precede the start section, but for custom ones: up to the exports, and the tags.
const BEFORE: [u8; 9] = [0, 1, 2, 3, 4, 5, 6, EXPORTS, 13];

/// The kind of an export that is a function.
const FUNC: u8 = 0;

impl<M> Module<M> {
    /// Validates and compiles a module.
    ///
    /// # Errors
    /// Those of the engine; a start function of another type.
    pub(super) fn compile(
        bytes: &[u8],
        compile: impl FnOnce(&[u8]) -> Result<M, Fault>,
        exports: impl FnOnce(&M) -> Vec<ExportType>,
    ) -> Result<Module<M>, Fault> {
        // The engine says what is wrong with a binary that cannot be read.
        let Some((bytes, name)) = export_start(bytes).unwrap_or_default() else {
            return Ok(Module { raw: compile(bytes)?, start: None });
        };
        let raw = compile(&bytes)?;
        let start = exports(&raw).into_iter().find(|export| export.name == name);
        if start.is_none_or(|start| start.ty != ExternType::Func(FuncType::new([], []))) {
            return Err(Fault::new(FaultKind::Compile, "the start function has parameters or results"));
        }
        Ok(Module { raw, start: Some(name.into()) })
    }

    /// Whether an export is the module's own.
    pub(super) fn exports(&self, name: &str) -> bool {
        self.start.as_deref() != Some(name)
    }
}

/// The same module with an export of its start function instead of the start section, and the name of that export. `None` if it
/// has no start section where one may be.
fn export_start(bytes: &[u8]) -> wasmparser::Result<Option<(Vec<u8>, String)>> {
    let mut reader = BinaryReader::new(bytes, 0);
    let mut changed = reader.read_bytes(8)?.to_vec();
    let mut sections = Vec::new();
    while !reader.eof() {
        let (id, len) = (reader.read_u8()?, reader.read_var_u32()?);
        sections.push((id, reader.read_bytes(len as usize)?));
    }
    let Some(at) = sections.iter().position(|(id, _)| *id == START) else { return Ok(None) };
    let (before, after) = (&sections[..at], &sections[at + 1..]);
    let is_in_order = before.iter().all(|(id, _)| BEFORE.contains(id)) && after.iter().all(|(id, _)| *id != START);
    let at_exports = before.iter().position(|(id, _)| *id == EXPORTS);
    if !is_in_order || after.iter().any(|(id, _)| *id != 0 && BEFORE.contains(id)) {
        return Ok(None);
    }
    let exports = at_exports.map_or(&[0][..], |at| before[at].1);
    let (exports, name) = with_export(exports, sections[at].1)?;
    for (index, (id, content)) in sections.iter().enumerate() {
        if index == at_exports.unwrap_or(at) {
            push_section(&mut changed, EXPORTS, &exports);
        } else if index != at {
            push_section(&mut changed, *id, content);
        }
    }
    Ok(Some((changed, name)))
}

/// The contents of an export section with one more function, and its name.
fn with_export(section: &[u8], func: &[u8]) -> wasmparser::Result<(Vec<u8>, String)> {
    let exports = ExportSectionReader::new(BinaryReader::new(section, 0))?;
    let count = exports.count();
    let names = exports.into_iter().map(|export| Ok(export?.name)).collect::<wasmparser::Result<Vec<&str>>>()?;
    let mut name = String::from("start");
    while names.contains(&name.as_str()) {
        name = format!("{name}'");
    }
    let mut reader = BinaryReader::new(section, 0);
    reader.read_var_u32()?;
    let known = reader.read_bytes(reader.bytes_remaining())?;
    let mut changed = Vec::with_capacity(section.len() + name.len() + func.len() + 4);
    push_number(&mut changed, count.saturating_add(1));
    changed.extend_from_slice(known);
    push_number(&mut changed, name.len() as u32);
    changed.extend_from_slice(name.as_bytes());
    changed.push(FUNC);
    changed.extend_from_slice(func);
    Ok((changed, name))
}

fn push_section(module: &mut Vec<u8>, id: u8, content: &[u8]) {
    module.push(id);
    push_number(module, content.len() as u32);
    module.extend_from_slice(content);
}

/// Appends a number in LEB128.
fn push_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
