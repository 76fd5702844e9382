//! The checked Model: the meaning of a graph of WIT packages.
//!
//! Definitions are kept in arenas and refer to each other by typed ids; every definition and every reference has its
//! place in the text. Names are resolved, gates are applied, worlds are elaborated, functions of resources are
//! desugared (`WIT.md#item-resource`).
//!
//! Structs can get more fields in a later version, so a `new` makes each with its necessary parts. Enums are complete: a new
//! form of types is a change that every match should notice.

mod constructors;
mod names;
mod parts;
mod queries;

use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::Span;

use crate::arena::{Arena, Id};
pub use parts::Member;

/// A [`Package`]'s id.
pub type PackageId = Id<Package>;
/// A [`World`]'s id.
pub type WorldId = Id<World>;
/// An [`Interface`]'s id.
pub type InterfaceId = Id<Interface>;
/// A [`TypeDef`]'s id.
pub type TypeId = Id<TypeDef>;

/// The packages of a graph with their definitions.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Model {
    /// The packages in topological order: each comes after those that it uses.
    pub packages: Arena<Package>,
    /// The worlds.
    pub worlds: Arena<World>,
    /// The interfaces; each comes after those whose types it uses.
    pub interfaces: Arena<Interface>,
    /// The types, named or not; each comes after those that it consists of.
    pub types: Arena<TypeDef>,
}

/// A package.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Package {
    /// Its name.
    pub name: PackageName,
    /// Documentation of its header.
    pub docs: Option<String>,
    /// Its interfaces, in the order of the text.
    pub interfaces: Vec<InterfaceId>,
    /// Its worlds, in the order of the text.
    pub worlds: Vec<WorldId>,
    /// The place of the name in the header; `None` for a package decoded from a binary.
    pub span: Option<Span>,
}

/// `ns:name@version`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct PackageName {
    /// `wasi`; several joined with `:` under the gate of nested namespaces.
    pub namespace: String,
    /// `http`; several joined with `/` under the gate of nested namespaces.
    pub name: String,
    /// `0.2.0`
    pub version: Option<Version>,
}

/// An elaborated world: its transitive imports are stated.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct World {
    /// Its name in its package.
    pub name: String,
    /// Its package.
    pub package: PackageId,
    /// Documentation.
    pub docs: Option<String>,
    /// Its gate.
    pub gate: Gate,
    /// Its imports, and the types defined in it; each item comes after those that it depends on.
    pub imports: Vec<WorldItem>,
    /// Its exports; each item comes after those that it depends on.
    pub exports: Vec<WorldItem>,
    /// Its name's place.
    pub span: Option<Span>,
}

/// An import or an export.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WorldItem {
    /// Its name in the world.
    pub key: WorldKey,
    /// Its form.
    pub kind: WorldItemKind,
    /// Documentation of the `import` or `export`.
    pub docs: Option<String>,
    /// Its gate.
    pub gate: Gate,
    /// Its `@external-id`.
    pub external_id: Option<String>,
    /// Whether the text states it; otherwise elaboration added it, because another item uses its types.
    pub stated: bool,
    /// The place where it is stated, or the place of the item that needs it.
    pub span: Option<Span>,
}

/// The side of a world that an item is on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Direction {
    /// Among the imports.
    Import,
    /// Among the exports.
    Export,
}

/// A name in a world.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WorldKey {
    /// A plain name.
    Name(String),
    /// The interface's own name, `ns:package/interface@version`.
    Interface(InterfaceId),
}

/// The form of an import or export.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "a world has few items")]
pub enum WorldItemKind {
    /// An interface: one of a package, one written in place, or a copy of one under a plain name.
    Interface {
        /// The interface; it has types of its own if it was written in place or has a plain name in the world.
        id: InterfaceId,
        /// For `id: use-path`, the interface that it is a copy of.
        implements: Option<InterfaceId>,
    },
    /// A function.
    Func(Func),
    /// A type, defined in the world or brought in by `use`; only among imports.
    Type(TypeId),
}

/// An interface.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Interface {
    /// Its name in its package; `None` if it was written in place in a world.
    pub name: Option<String>,
    /// Its package.
    pub package: PackageId,
    /// Documentation.
    pub docs: Option<String>,
    /// Its gate.
    pub gate: Gate,
    /// Its named types: each comes after those that it uses; otherwise in the order of the text.
    pub types: Vec<TypeId>,
    /// Its functions, those of resources among them, in the order of the text.
    pub funcs: Vec<Func>,
    /// Its name's place.
    pub span: Option<Span>,
}

/// A function.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Func {
    /// Its name as written; that of a constructor is `constructor`. [`Func::extern_name`] is the name in a component.
    pub name: String,
    /// Its owner, and how it is called.
    pub kind: FuncKind,
    /// Whether it reads or writes a property, under the gate of getters and setters.
    pub accessor: Option<Accessor>,
    /// Whether its type is `async`.
    pub async_: bool,
    /// Its parameters, `self` among them.
    pub params: Vec<Param>,
    /// Its result.
    pub result: Option<TypeRef>,
    /// Documentation.
    pub docs: Option<String>,
    /// Its gate.
    pub gate: Gate,
    /// Its `@external-id`.
    pub external_id: Option<String>,
    /// Its name's place.
    pub span: Option<Span>,
}

/// The owner of a function, and how it is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FuncKind {
    /// A function of the interface or world.
    Free,
    /// A method of this resource; its first parameter is a `borrow` of the resource.
    Method(TypeId),
    /// A static function of this resource.
    Static(TypeId),
    /// A constructor of this resource.
    Constructor(TypeId),
}

/// The role of a getter or setter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accessor {
    /// It reads the property.
    Get,
    /// It writes the property.
    Set,
}

/// A parameter.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Its name's place.
    pub span: Option<Span>,
}

/// A reference to a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TypeRef {
    /// The type.
    pub ty: Type,
    /// The place of the reference.
    pub span: Option<Span>,
}

/// A type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(missing_docs, reason = "the names are the types' own")]
pub enum Type {
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
    /// A compound or named type.
    Id(TypeId),
}

/// A compound or named type.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TypeDef {
    /// Its name; `None` for a type that is written where it is used.
    pub name: Option<String>,
    /// Its interface or world; `None` for a type without a name.
    pub owner: Option<TypeOwner>,
    /// Its form.
    pub kind: TypeDefKind,
    /// Documentation.
    pub docs: Option<String>,
    /// Its gate.
    pub gate: Gate,
    /// Its `@external-id`.
    pub external_id: Option<String>,
    /// The place of its name; if it has none, that of the whole type.
    pub span: Option<Span>,
}

/// The interface or world in which a type is defined.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TypeOwner {
    /// An interface.
    Interface(InterfaceId),
    /// A world.
    World(WorldId),
}

/// The forms of types.
#[derive(Clone, Debug)]
pub enum TypeDefKind {
    /// `type a = b`, and a type that `use` brings in.
    Alias(TypeRef),
    /// `record`
    Record(Vec<Field>),
    /// `variant`
    Variant(Vec<Case>),
    /// `enum`
    Enum(Vec<Label>),
    /// `flags`
    Flags(Vec<Label>),
    /// `resource`; its functions are among those of its interface or world.
    Resource,
    /// `own<r>`, and `r` as the type of a value. The id is that of a resource or of an alias of one.
    Own(TypeId),
    /// `borrow<r>`. The id is that of a resource or of an alias of one.
    Borrow(TypeId),
    /// `tuple<…>`
    Tuple(Vec<TypeRef>),
    /// `list<t>`, and `list<t, n>`
    List(TypeRef, Option<u32>),
    /// `option<t>`
    Option(TypeRef),
    /// `result<ok, err>`
    Result(Option<TypeRef>, Option<TypeRef>),
    /// `map<k, v>`
    Map(TypeRef, TypeRef),
    /// `future<t>`
    Future(Option<TypeRef>),
    /// `stream<t>`
    Stream(Option<TypeRef>),
}

/// A record's field.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Documentation.
    pub docs: Option<String>,
    /// Its name's place.
    pub span: Option<Span>,
}

/// A variant's case.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its payload.
    pub ty: Option<TypeRef>,
    /// Documentation.
    pub docs: Option<String>,
    /// Its name's place.
    pub span: Option<Span>,
}

/// A case of an `enum`, or a flag.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Label {
    /// Its name.
    pub name: String,
    /// Documentation.
    pub docs: Option<String>,
    /// Its name's place.
    pub span: Option<Span>,
}

/// The feature gate of an item: its version or feature, and its deprecation (`WIT.md#feature-gates`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Gate {
    /// `@since` or `@unstable`, if either is stated.
    pub stability: Option<Stability>,
    /// `@deprecated`
    pub deprecated: Option<Version>,
}

/// `@since` or `@unstable`
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stability {
    /// `@since(version = …)`
    Since(Version),
    /// `@unstable(feature = …)`
    Unstable(String),
}
