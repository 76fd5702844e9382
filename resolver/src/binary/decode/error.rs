//! The reasons why a binary could not be decoded.

use alloc::string::String;
use core::fmt;

/// The reason why a binary could not be decoded, and the place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DecodeError {
    kind: DecodeErrorKind,
    offset: Option<u64>,
}

/// The reasons why a binary could not be decoded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// It is not a valid WebAssembly binary.
    Invalid(wasmparser::Error),
    /// It ends within a section, or a section is longer than its container.
    Truncated,
    /// The sections of a core module are out of order.
    SectionOrder,
    /// The reader failed.
    #[cfg(feature = "std")]
    Read(std::io::ErrorKind),
    /// It is a core module, not a component.
    CoreModule,
    /// It is not a WIT package.
    NotAPackage,
    /// It does not describe one world.
    NotAWorld,
    /// It does not state its string encoding, or states an unknown one.
    StringEncoding,
    /// The documentation has a format of an unknown version.
    DocsVersion,
    /// The documentation is malformed.
    Docs,
    /// The documentation is for an item that does not exist.
    DocsOf(String),
    /// An import, an export or a type is valid, but WIT cannot express it.
    Inexpressible {
        /// The name of the item.
        item: String,
        /// The reasons why WIT cannot express an item.
        why: Inexpressible,
    },
}

/// The reasons why WIT cannot express an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Inexpressible {
    /// An import or export of a world is neither a function nor an instance; an import may also be a type.
    WorldItem,
    /// An item of an interface is neither a function nor a type.
    InterfaceItem,
    /// The item is in another package than the items before it.
    OtherPackage,
    /// Another type has the name.
    NameTaken,
    /// The name does not have the form of an interface's, `ns:package/interface`.
    Name,
    /// A record, variant, enum, flags or resource has no name.
    UnnamedType,
    /// The item uses a type that is not defined in an interface of a package.
    LocalType,
    /// The item uses a type of an interface that is not imported or exported before it under its own name.
    NotImported,
    /// A function belongs to a resource that is defined elsewhere.
    ForeignResource,
    /// Interfaces or packages use each other.
    Cycle,
}

impl DecodeError {
    /// The reason.
    #[must_use]
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.kind
    }

    /// The offset in the binary in bytes, if the reason has one place.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }

    pub(super) fn at(self, offset: u64) -> Self {
        DecodeError { offset: self.offset.or(Some(offset)), ..self }
    }

    /// The same error in a binary that contains this one at `start`.
    pub(super) fn moved(self, start: u64) -> Self {
        DecodeError { offset: Some(self.offset.map_or(start, |offset| start + offset)), ..self }
    }
}

impl From<DecodeErrorKind> for DecodeError {
    fn from(kind: DecodeErrorKind) -> Self {
        DecodeError { kind, offset: None }
    }
}

impl From<wasmparser::Error> for DecodeError {
    fn from(error: wasmparser::Error) -> Self {
        let offset = Some(error.offset());
        DecodeError { kind: DecodeErrorKind::Invalid(error), offset }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            DecodeErrorKind::Invalid(error) => f.write_str(error.message())?,
            DecodeErrorKind::Truncated => f.write_str("unexpected end-of-file")?,
            DecodeErrorKind::SectionOrder => f.write_str("a section is out of order")?,
            #[cfg(feature = "std")]
            DecodeErrorKind::Read(error) => write!(f, "reading failed: {error}")?,
            DecodeErrorKind::CoreModule => {
                f.write_str("this is a core module, not a component; ")?;
                f.write_str("build it for `wasm32-wasip2`, or make a component of it with `witwright componentize`")?;
            }
            DecodeErrorKind::NotAPackage => f.write_str("this is not a WIT package")?,
            DecodeErrorKind::NotAWorld => f.write_str("this does not describe a world")?,
            DecodeErrorKind::StringEncoding => f.write_str("the string encoding is missing or unknown")?,
            DecodeErrorKind::DocsVersion => f.write_str("the documentation has an unknown format")?,
            DecodeErrorKind::Docs => f.write_str("the documentation is malformed")?,
            DecodeErrorKind::DocsOf(item) => write!(f, "the documentation has an item `{item}`, which does not exist")?,
            DecodeErrorKind::Inexpressible { item, why } => write!(f, "WIT cannot express `{item}`: {why}")?,
        }
        match self.offset {
            Some(offset) => write!(f, " (at offset {offset:#x})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Inexpressible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Inexpressible::WorldItem => "it is neither a function nor an instance",
            Inexpressible::InterfaceItem => "it is neither a function nor a type",
            Inexpressible::OtherPackage => "it is in another package than the items before it",
            Inexpressible::NameTaken => "another type that must be named has this name",
            Inexpressible::Name => "its name does not have the form of an interface's",
            Inexpressible::UnnamedType => "it uses a type that needs a name and has none",
            Inexpressible::LocalType => "it uses a type that is not defined in an interface of a package",
            Inexpressible::NotImported => "it uses a type of an interface that is not imported before it",
            Inexpressible::ForeignResource => "it belongs to a resource that is defined elsewhere",
            Inexpressible::Cycle => "it uses itself",
        })
    }
}

impl core::error::Error for DecodeError {}
