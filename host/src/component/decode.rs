//! Bytes → definitions: each component as the list of its definitions, in order (`Binary.md`).
//!
//! The validator sees every section before it is decoded, so that what follows may rely on indices and sorts. Function
//! bodies are left to the engine, which validates each core module as it compiles it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use wasmparser::{
    CanonicalFunction, ComponentAlias, ComponentExport, ComponentImport, ComponentInstance, ComponentType, Encoding,
    FuncValidatorAllocations, Instance, Parser, Payload, ValidPayload, Validator,
};

use crate::component::options::{Gate, Options};
use crate::component::rules;
use crate::error::{Error, LimitKind, Unsupported};

/// What every binary begins with (`Binary.md`, `magic`).
const MAGIC: &[u8] = b"\0asm";

/// A component as it is written: definitions that extend the index spaces one after the other.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    pub(super) definitions: Vec<Definition<'a>>,
}

/// One definition.
#[derive(Debug)]
pub(super) enum Definition<'a> {
    CoreModule(ModuleIndex),
    CoreInstance(Instance<'a>),
    Component(Box<Body<'a>>),
    Instance(ComponentInstance<'a>),
    Alias(ComponentAlias<'a>),
    Type(ComponentType<'a>),
    Canon(CanonicalFunction),
    Import(ComponentImport<'a>),
    Export(ComponentExport<'a>),
    /// The start function, by its index; it takes and gives no values.
    Start(u32),
}

/// A core module of the binary, by its place among all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ModuleIndex(pub(crate) u32);

/// A decoded binary.
pub(super) struct Decoded<'a> {
    pub(super) root: Box<Body<'a>>,
    /// The core modules, nested ones included.
    pub(super) modules: Vec<&'a [u8]>,
}

/// Decodes and validates a binary, whose first core module gets the index `first_module`.
///
/// # Errors
/// What the decoder or the validator finds, and what this host does not run.
pub(super) fn decode<'a>(bytes: &'a [u8], options: &Options, first_module: usize) -> Result<Decoded<'a>, Error> {
    if !bytes.starts_with(MAGIC) {
        return Err(Error::invalid("this is no WebAssembly binary, which begins with `\\0asm`", 0));
    }
    let mut decoder = Decoder { first_module, modules: Vec::new(), open: Vec::new(), finished: None, in_module: 0 };
    each_payload(bytes, options, |payload, _| decoder.payload(payload, bytes, options))?;
    match decoder.finished {
        Some(root) => Ok(Decoded { root, modules: decoder.modules }),
        None => Err(Error::invalid("unexpected end", bytes.len() as u64)),
    }
}

/// Validates a component or a core module, the bodies of core functions too, and compiles nothing.
///
/// Bodies are validated last: the error is that of the component, if it has one.
///
/// # Errors
/// What the decoder or the validator finds.
pub fn validate(bytes: &[u8], options: &Options) -> Result<(), Error> {
    let mut bodies = Vec::new();
    each_payload(bytes, options, |_, valid| {
        if let ValidPayload::Func(func, body) = valid {
            bodies.push((func, body));
        }
        Ok(())
    })?;
    let mut allocations = FuncValidatorAllocations::default();
    for (func, body) in bodies {
        let mut validator = func.into_validator(allocations);
        validator.validate(&body)?;
        allocations = validator.into_allocations();
    }
    Ok(())
}

/// Visits the payloads of a component in order, each validated before.
fn each_payload<'a>(
    bytes: &'a [u8],
    options: &Options,
    mut visit: impl FnMut(Payload<'a>, ValidPayload<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    let features = options.features();
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    for payload in parser.parse_all(bytes) {
        let payload = payload?;
        let valid = validator.payload(&payload)?;
        rules::check(&payload)?;
        visit(payload, valid)?;
    }
    Ok(())
}

/// Component values, which this host does not run.
#[cold]
pub(super) fn values() -> Error {
    Unsupported::Gate { names: Gate::Values.name().into() }.into()
}

struct Decoder<'a> {
    first_module: usize,
    modules: Vec<&'a [u8]>,
    /// The components that are being decoded, innermost last.
    open: Vec<Body<'a>>,
    finished: Option<Box<Body<'a>>>,
    /// 1 within a core module, which nests nothing.
    in_module: u32,
}

impl<'a> Decoder<'a> {
    fn payload(&mut self, payload: Payload<'a>, bytes: &'a [u8], options: &Options) -> Result<(), Error> {
        if self.in_module > 0 {
            if let Payload::End(_) = payload {
                self.in_module = 0;
            }
            return Ok(());
        }
        #[expect(clippy::wildcard_enum_match_arm, reason = "the payloads of core modules are skipped above")]
        match payload {
            Payload::Version { encoding: Encoding::Module, .. } => return Err(Unsupported::CoreModule.into()),
            Payload::Version { .. } => {
                if self.open.len() >= options.limits.nesting as usize {
                    return Err(LimitKind::Nesting.into());
                }
                self.open.push(Body::default());
            }
            Payload::ModuleSection { unchecked_range, .. } => {
                let range = unchecked_range.start as usize..unchecked_range.end as usize;
                let Some(module) = bytes.get(range) else {
                    return Err(Error::invalid("a core module ends beyond the binary", unchecked_range.end));
                };
                self.push(Definition::CoreModule(ModuleIndex((self.first_module + self.modules.len()) as u32)));
                self.modules.push(module);
                self.in_module = 1;
            }
            Payload::InstanceSection(section) => self.section(section, Definition::CoreInstance)?,
            Payload::ComponentInstanceSection(section) => self.section(section, Definition::Instance)?,
            Payload::ComponentAliasSection(section) => self.section(section, Definition::Alias)?,
            Payload::ComponentTypeSection(section) => self.section(section, Definition::Type)?,
            Payload::ComponentCanonicalSection(section) => self.section(section, Definition::Canon)?,
            Payload::ComponentImportSection(section) => self.section(section, Definition::Import)?,
            Payload::ComponentExportSection(section) => self.section(section, Definition::Export)?,
            Payload::ComponentStartSection { start, .. } => {
                if !start.arguments.is_empty() || start.results > 0 {
                    return Err(values());
                }
                self.push(Definition::Start(start.func_index));
            }
            Payload::End(_) => self.end(),
            // Custom sections and core types say nothing that matters here; a nested component begins with its version; the rest
            // occurs in core modules alone, or was refused by the validator.
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, definition: Definition<'a>) {
        if let Some(body) = self.open.last_mut() {
            body.definitions.push(definition);
        }
    }

    fn section<T: wasmparser::FromReader<'a>>(
        &mut self,
        section: wasmparser::SectionLimited<'a, T>,
        definition: impl Fn(T) -> Definition<'a>,
    ) -> Result<(), Error> {
        for item in section {
            let item = item?;
            self.push(definition(item));
        }
        Ok(())
    }

    fn end(&mut self) {
        let Some(body) = self.open.pop() else { return };
        let body = Box::new(body);
        if self.open.is_empty() {
            self.finished = Some(body);
        } else {
            self.push(Definition::Component(body));
        }
    }
}
