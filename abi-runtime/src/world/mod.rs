//! A world as `static` tables, compiled ahead of time from WIT: its interfaces, types and functions, and their documentation
//! if it was asked for. Nothing is parsed or allocated at run time.
//!
//! `witwright precompile` writes them, and so does `witwright::build::tables` in a build script. The descriptions of types and
//! functions among them are those of [`desc`](crate::desc), so that a host links and layouts are computed from them. Their text
//! is WIT again:
//!
//! ```
//! use witwright_abi_runtime::world::{About, FieldDesc, FuncDesc, FunctionDesc, ItemDesc, ItemKind, PackageDesc, TypeDesc, WorldDesc};
//!
//! static NOW: FunctionDesc = FunctionDesc {
//!     about: About::NONE,
//!     desc: FuncDesc { name: "now", async_: false, params: &[], result: Some(&TypeDesc::U64) },
//! };
//! static CLOCK: WorldDesc = WorldDesc {
//!     name: "clock",
//!     about: About::NONE,
//!     packages: &[PackageDesc { name: "demo:time", docs: "", interfaces: &[] }],
//!     types: &[],
//!     imports: &[ItemDesc { name: "now", about: About::NONE, stated: true, kind: ItemKind::Func(&NOW) }],
//!     exports: &[],
//!     escaped: &[],
//! };
//!
//! assert_eq!(CLOCK.import("now").map(|item| item.name), Some("now"));
//! assert_eq!(CLOCK.to_string(), "package demo:time;\n\nworld clock {\n  import now: func() -> u64;\n}\n");
//! ```
//!
//! Their sizes in words of the machine, texts apart:
//!
//! | table | words |
//! |---|---|
//! | world | 16 |
//! | package | 6, and 1 for each interface |
//! | interface | 10 |
//! | import, export | 9 |
//! | function | 10, and 3 for each parameter |
//! | type that has a name | 13, and its description |
//! | description of a type | 3 |
//! | of a record, of a variant | 4 more, and 3 for each field or case |
//! | of an enum, of flags | 4 more, and 2 for each label |
//! | of a tuple | 1 more for each part |
//! | of a type by a name | 3 more |
//! | resource | 4 |

mod text;
mod types;

pub use crate::desc::{AliasDesc, CaseDesc, FieldDesc, FuncDesc, LabelsDesc, RecordDesc, ResourceDesc, VariantDesc};

// An alias: for a crate that depends on one with an enum whose case is called `String`, the compiler's messages write
// `std::string::String` instead of `String`.
/// The form of a type.
pub type TypeDesc = crate::desc::TypeDesc;

/// A world.
#[derive(Debug)]
pub struct WorldDesc {
    /// Its name in its package.
    pub name: &'static str,
    /// The lines before it.
    pub about: About,
    /// Its package, and those of the other interfaces that it mentions, with these interfaces.
    pub packages: &'static [PackageDesc],
    /// The types that it defines itself.
    pub types: &'static [TypeDefDesc],
    /// Its imports, in order.
    pub imports: &'static [ItemDesc],
    /// Its exports, in order.
    pub exports: &'static [ItemDesc],
    /// The names that are keywords of WIT: its text has `%` before them.
    pub escaped: &'static [&'static str],
}

/// A package.
#[derive(Debug)]
pub struct PackageDesc {
    /// Its name, `ns:name@version`.
    pub name: &'static str,
    /// Its documentation, `""` if it has none.
    pub docs: &'static str,
    /// Its interfaces, in order.
    pub interfaces: &'static [&'static InterfaceDesc],
}

/// The lines before a definition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct About {
    /// Its documentation, `""` if it has none or it was not asked for.
    pub docs: &'static str,
    /// Its attributes, a line for each: `@since(version = 1.0.0)`.
    pub attributes: &'static str,
}

impl About {
    /// No documentation and no attributes.
    pub const NONE: About = About { docs: "", attributes: "" };
}

/// An import or an export.
#[derive(Debug)]
pub struct ItemDesc {
    /// Its name in a component.
    pub name: &'static str,
    /// The lines before it. A function has its own.
    pub about: About,
    /// Whether the text of the world states it. It does not if something else needs it.
    pub stated: bool,
    /// Its kind.
    pub kind: ItemKind,
}

/// The kinds of imports and exports.
#[derive(Clone, Copy, Debug)]
pub enum ItemKind {
    /// An interface.
    Interface(&'static InterfaceDesc),
    /// A function.
    Func(&'static FunctionDesc),
}

/// An interface.
#[derive(Debug)]
pub struct InterfaceDesc {
    /// Its name in a component, `ns:package/interface@version`; `""` for one that a world defines in place. An interface that a
    /// world imports or exports under a label, `label: interface`, has tables of its own with this name, since its
    /// resources are of their own.
    pub name: &'static str,
    /// The lines before it.
    pub about: About,
    /// Its types, in order.
    pub types: &'static [TypeDefDesc],
    /// Its functions, in order, those of resources among them.
    pub funcs: &'static [FunctionDesc],
}

/// A function.
#[derive(Debug)]
pub struct FunctionDesc {
    /// The lines before it.
    pub about: About,
    /// Its name and its type.
    pub desc: FuncDesc,
}

/// A name for a type.
#[derive(Debug)]
pub struct TypeDefDesc {
    /// The name.
    pub name: &'static str,
    /// The lines before it.
    pub about: About,
    /// The documentation of fields, cases and flags, in order; empty if none has any.
    pub members: &'static [&'static str],
    /// The type; an owned handle for a resource.
    pub ty: &'static TypeDesc,
    /// The place of its definition.
    pub origin: Origin,
}

/// The origin of a type that has a name.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// It is defined here: a record, a variant, an enum, flags or a resource.
    Here,
    /// It is another name for a type: `type name = ..`.
    Alias,
    /// It is another name for a resource, and not for an owned handle of it.
    Resource,
    /// It is a type of another interface, with its name there: `use`.
    Used(&'static InterfaceDesc, &'static str),
}

impl WorldDesc {
    /// The import of a name in a component.
    #[must_use]
    pub fn import(&self, name: &str) -> Option<&'static ItemDesc> {
        self.imports.iter().find(|item| item.name == name)
    }

    /// The export of a name in a component.
    #[must_use]
    pub fn export(&self, name: &str) -> Option<&'static ItemDesc> {
        self.exports.iter().find(|item| item.name == name)
    }
}

impl InterfaceDesc {
    /// The function of a name, for one of a resource `[method]r.f` or the like.
    #[must_use]
    pub fn func(&self, name: &str) -> Option<&'static FuncDesc> {
        self.funcs.iter().map(|func| &func.desc).find(|desc| desc.name == name)
    }
}

const _: () = {
    const WORD: usize = size_of::<usize>();
    assert!(size_of::<WorldDesc>() == 16 * WORD);
    assert!(size_of::<PackageDesc>() == 6 * WORD);
    assert!(size_of::<InterfaceDesc>() == 10 * WORD);
    assert!(size_of::<ItemDesc>() == 9 * WORD);
    assert!(size_of::<FunctionDesc>() == 10 * WORD);
    assert!(size_of::<TypeDefDesc>() == 13 * WORD);
    assert!(size_of::<TypeDesc>() == 3 * WORD);
    assert!(size_of::<RecordDesc>() == 4 * WORD && size_of::<FieldDesc>() == 3 * WORD);
    assert!(size_of::<VariantDesc>() == 4 * WORD && size_of::<CaseDesc>() == 3 * WORD);
    assert!(size_of::<LabelsDesc>() == 4 * WORD && size_of::<&str>() == 2 * WORD);
    assert!(size_of::<AliasDesc>() == 3 * WORD);
    assert!(size_of::<ResourceDesc>() == 4 * WORD);
};
