//! Bytes → definitions: each component as the list of its definitions, in order (`Binary.md`).
//!
//! The binary is valid already, so what follows may rely on indices and sorts. Core modules are kept as bytes.

use alloc::boxed::Box;
use alloc::vec::Vec;

use wasmparser::{
    CanonicalFunction, ComponentAlias, ComponentExport, ComponentImport, ComponentInstance, ComponentType, Instance,
    Parser, Payload,
};

use crate::component::options::Options;
use crate::error::{Error, LimitKind, Unsupported};
use crate::gate::Gate;

/// The definitions of a component in order, each of which extends an index space.
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
    /// The start function by its index. It has neither parameters nor results.
    Start(u32),
}

/// A core module of a component, by its place among all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ModuleIndex(pub(crate) u32);

/// A decoded binary.
pub(super) struct Decoded<'a> {
    pub(super) root: Box<Body<'a>>,
    /// The core modules, nested ones included.
    pub(super) modules: Vec<&'a [u8]>,
}

/// Decodes a valid component. Its first core module gets the index `first_module`.
///
/// # Errors
/// When components are nested too deeply, or it uses component values.
pub(super) fn decode<'a>(bytes: &'a [u8], options: &Options, first_module: usize) -> Result<Decoded<'a>, Error> {
    let mut decoder = Decoder { first_module, modules: Vec::new(), open: Vec::new(), finished: None, in_module: false };
    let mut parser = Parser::new(0);
    parser.set_features(options.features());
    for payload in parser.parse_all(bytes) {
        decoder.payload(payload?, bytes, options)?;
    }
    let Some(root) = decoder.finished else { unreachable!("a valid component ends") };
    Ok(Decoded { root, modules: decoder.modules })
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
    /// Whether the payload is within a core module, which nests nothing.
    in_module: bool,
}

impl<'a> Decoder<'a> {
    fn payload(&mut self, payload: Payload<'a>, bytes: &'a [u8], options: &Options) -> Result<(), Error> {
        if self.in_module {
            self.in_module = !matches!(payload, Payload::End(_));
            return Ok(());
        }
        #[expect(clippy::wildcard_enum_match_arm, reason = "the payloads of core modules are skipped above")]
        match payload {
            Payload::Version { .. } => {
                if self.open.len() >= options.limits.nesting as usize {
                    return Err(LimitKind::Nesting.into());
                }
                self.open.push(Body::default());
            }
            Payload::ModuleSection { unchecked_range, .. } => {
                let range = unchecked_range.start as usize..unchecked_range.end as usize;
                self.push(Definition::CoreModule(ModuleIndex((self.first_module + self.modules.len()) as u32)));
                self.modules.push(&bytes[range]);
                self.in_module = true;
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
            // Custom sections and core types do not matter here, a nested component begins with its version, and the rest
            // occurs only in core modules.
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
