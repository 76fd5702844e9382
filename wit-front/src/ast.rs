//! The syntax tree. Nodes are the productions of `WIT.md`, in CamelCase.
//!
//! The tree shows the text as written: names are not resolved, and there is no desugaring. Where the parser recovered from
//! a mistake, a node is missing or a list is shorter; a diagnostic reports it.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::lexer::written;
pub use crate::name::Name;
use crate::span::Span;

/// A whole file: `wit-file ::= (package-decl ';')? (package-items | nested-package-definition)*`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct WitFile {
    /// The `package` header, with its documentation.
    pub package: Option<PackageDecl>,
    /// All other items, in the order of the text.
    pub items: Vec<Item>,
    /// The whole text.
    pub span: Span,
}

/// `package-decl`, as a header or at the head of a nested package.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct PackageDecl {
    /// Documentation before it.
    pub docs: Docs,
    /// The name.
    pub name: PackageName,
    /// From `package` to the name's end.
    pub span: Span,
}

/// `ns:name@version`; more than one namespace or name part only with nested namespaces.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct PackageName {
    /// `wasi` in `wasi:http`; never empty.
    pub namespaces: Vec<Ident>,
    /// `http` in `wasi:http`; never empty.
    pub names: Vec<Ident>,
    /// `0.2.0` in `wasi:http@0.2.0`.
    pub version: Option<Version>,
    /// Its place in the text.
    pub span: Span,
}

/// A name as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ident {
    /// The spelling, without the `%` of an escaped name. Empty if this part of a path could not be read; a diagnostic reports that.
    pub name: Name,
    /// Whether it was written with `%`.
    pub escaped: bool,
    /// Its place in the text, with the `%`.
    pub span: Span,
}

impl Ident {
    /// The name as WIT writes it: with `%` if it was written so, or if it is a keyword.
    #[must_use]
    pub fn written(&self) -> Cow<'_, str> {
        if self.escaped { Cow::Owned(format!("%{}", self.name)) } else { written(&self.name) }
    }
}

/// A semantic version.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Version {
    /// The parsed version.
    pub value: semver::Version,
    /// Its place in the text, without the `@`.
    pub span: Span,
}

/// The documentation of an item: each doc comment line, markers and common indentation removed, joined with `\n`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Docs {
    /// The text, if any.
    pub text: Option<String>,
}

/// `gate` and other attributes before an item.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Attributes {
    /// The attributes, in the order of the text.
    pub list: Vec<Attribute>,
}

/// One attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Attribute {
    /// `@since(version = 0.2.0)`
    Since {
        /// The version.
        version: Version,
        /// From `@` to `)`.
        span: Span,
    },
    /// `@unstable(feature = name)`
    Unstable {
        /// The feature's name.
        feature: Ident,
        /// From `@` to `)`.
        span: Span,
    },
    /// `@deprecated(version = 0.2.0)`
    Deprecated {
        /// The version.
        version: Version,
        /// From `@` to `)`.
        span: Span,
    },
    /// `@external-id("text")`
    ExternalId {
        /// The string's value, escapes resolved.
        id: String,
        /// From `@` to `)`.
        span: Span,
    },
}

impl Attribute {
    /// From `@` to `)`.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Attribute::Since { span, .. }
            | Attribute::Unstable { span, .. }
            | Attribute::Deprecated { span, .. }
            | Attribute::ExternalId { span, .. } => *span,
        }
    }
}

/// An item at the top level of a file or of a nested package.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// `toplevel-use-item`
    Use(ToplevelUse),
    /// `interface-item`
    Interface(InterfaceItem),
    /// `world-item`
    World(WorldDecl),
    /// `nested-package-definition`
    Package(NestedPackage),
}

/// `toplevel-use-item ::= 'use' use-path ('as' id)? ';'`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ToplevelUse {
    /// Attributes before it.
    pub attributes: Attributes,
    /// The interface or world that is brought into scope.
    pub path: UsePath,
    /// Its name in this file.
    pub as_: Option<Ident>,
    /// Its place in the text.
    pub span: Span,
}

impl ToplevelUse {
    /// The name that it brings into the scope of its file.
    #[must_use]
    pub fn name(&self) -> &Ident {
        self.as_.as_ref().unwrap_or(self.path.name())
    }
}

/// `nested-package-definition ::= package-decl '{' package-items* '}'`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NestedPackage {
    /// The head.
    pub decl: PackageDecl,
    /// The contents; never another nested package.
    pub items: Vec<Item>,
    /// Its place in the text.
    pub span: Span,
}

/// `use-path`
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UsePath {
    /// `name`: in the file's scope or in this package.
    Local(Ident),
    /// `ns:package/name@version`
    Package {
        /// The package; its version is the one written at the end of the path.
        package: PackageName,
        /// The interface or world.
        name: Ident,
        /// Its place in the text.
        span: Span,
    },
}

impl UsePath {
    /// The name of the interface or world.
    #[must_use]
    pub const fn name(&self) -> &Ident {
        match self {
            UsePath::Local(name) | UsePath::Package { name, .. } => name,
        }
    }

    /// Its place in the text.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            UsePath::Local(name) => name.span,
            UsePath::Package { span, .. } => *span,
        }
    }
}

/// `interface-item ::= gate 'interface' id '{' interface-items* '}'`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct InterfaceItem {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// Its name.
    pub name: Ident,
    /// The members between the braces.
    pub items: Vec<InterfaceMember>,
    /// Its place in the text.
    pub span: Span,
}

/// `interface-items`
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InterfaceMember {
    /// `use-item`
    Use(UseItem),
    /// `typedef-item`
    Type(TypedefItem),
    /// `func-item`
    Func(FuncItem),
}

/// `world-item ::= gate 'world' id '{' world-items* '}'`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct WorldDecl {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// Its name.
    pub name: Ident,
    /// The members between the braces.
    pub items: Vec<WorldMember>,
    /// Its place in the text.
    pub span: Span,
}

/// `world-items`
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WorldMember {
    /// `import-item`
    Import(ExternItem),
    /// `export-item`
    Export(ExternItem),
    /// `use-item`
    Use(UseItem),
    /// `typedef-item`
    Type(TypedefItem),
    /// `include-item`
    Include(IncludeItem),
}

/// An import or an export of a world.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ExternItem {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// The import or export itself.
    pub kind: ExternKind,
    /// Its place in the text.
    pub span: Span,
}

/// The forms of imports and exports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExternKind {
    /// `use-path`: an interface under its own name.
    Path(UsePath),
    /// `id ':' func-type`
    Func(Ident, FuncType),
    /// `id ':' 'interface' '{' … '}'`
    Interface(Ident, Vec<InterfaceMember>),
    /// `id ':' use-path`: an interface under a plain name.
    Named(Ident, UsePath),
}

/// `include-item ::= 'include' use-path ('with' '{' include-names-list '}')? ';'`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct IncludeItem {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// The world.
    pub path: UsePath,
    /// The renamings.
    pub with: Vec<AsName>,
    /// Its place in the text.
    pub span: Span,
}

/// `use-item ::= 'use' use-path '.' '{' use-names-list '}' ';'`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct UseItem {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// The interface.
    pub path: UsePath,
    /// The types.
    pub names: Vec<AsName>,
    /// Its place in the text.
    pub span: Span,
}

/// `id ('as' id)?`; in an `include`, always with the second name.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct AsName {
    /// The name in the used interface or included world.
    pub name: Ident,
    /// The new name.
    pub as_: Option<Ident>,
}

/// `typedef-item`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TypedefItem {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// Its name.
    pub name: Ident,
    /// Its form.
    pub kind: TypedefKind,
    /// Its place in the text.
    pub span: Span,
}

/// The forms of type definitions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TypedefKind {
    /// `type-item ::= 'type' id '=' ty ';'`
    Alias(Ty),
    /// `record-item`
    Record(Vec<RecordField>),
    /// `variant-items`
    Variant(Vec<VariantCase>),
    /// `enum-items`
    Enum(Vec<Label>),
    /// `flags-items`
    Flags(Vec<Label>),
    /// `resource-item`
    Resource(Vec<ResourceMethod>),
}

/// `record-field ::= id ':' ty`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct RecordField {
    /// Documentation before it.
    pub docs: Docs,
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: Ty,
    /// Its place in the text.
    pub span: Span,
}

/// `variant-case ::= id ('(' ty ')')?`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct VariantCase {
    /// Documentation before it.
    pub docs: Docs,
    /// Its name.
    pub name: Ident,
    /// Its payload.
    pub ty: Option<Ty>,
    /// Its place in the text.
    pub span: Span,
}

/// `enum-case` and the fields of `flags`.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Label {
    /// Documentation before it.
    pub docs: Docs,
    /// Its name.
    pub name: Ident,
}

/// `resource-method`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ResourceMethod {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// Whether it is a method, a static function or a constructor.
    pub kind: ResourceMethodKind,
    /// Parameters and result, without `self`.
    pub func: FuncType,
    /// Its place in the text.
    pub span: Span,
}

/// The sorts of functions of a resource.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ResourceMethodKind {
    /// `id ':' func-type`
    Method(Ident),
    /// `id ':' 'static' func-type`
    Static(Ident),
    /// `'constructor' param-list`; the span is that of the keyword.
    Constructor(Span),
}

/// `func-item ::= id ':' func-type ';'`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct FuncItem {
    /// Documentation before it.
    pub docs: Docs,
    /// Attributes before it.
    pub attributes: Attributes,
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub func: FuncType,
    /// Its place in the text.
    pub span: Span,
}

/// `func-type ::= 'async'? 'func' param-list ('->' ty)?`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct FuncType {
    /// Whether it is a function, a getter or a setter.
    pub kind: FuncKind,
    /// The `async` keyword's place.
    pub async_: Option<Span>,
    /// The parameters.
    pub params: Vec<Param>,
    /// The result.
    pub result: Option<Ty>,
    /// Its place in the text.
    pub span: Span,
}

/// The word that begins a `func-type`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FuncKind {
    /// `func`; a constructor has this kind, without a word.
    Func,
    /// `get`: a gated part of the language.
    Get,
    /// `set`: a gated part of the language.
    Set,
}

/// `named-type ::= id ':' ty`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Param {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: Ty,
}

/// `ty`
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Ty {
    /// Its form.
    pub kind: TyKind,
    /// Its place in the text.
    pub span: Span,
}

/// The forms of `ty`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TyKind {
    /// A primitive type or `string`.
    Prim(PrimTy),
    /// `tuple<…>`
    Tuple(Vec<Ty>),
    /// `list<ty>`, and `list<ty, n>` with its gated length.
    List(Box<Ty>, Option<ListLength>),
    /// `option<ty>`
    Option(Box<Ty>),
    /// `result`, `result<ty>`, `result<_, ty>`, `result<ty, ty>`
    Result(Option<Box<Ty>>, Option<Box<Ty>>),
    /// `map<key, ty>`
    Map(Box<Ty>, Box<Ty>),
    /// `future`, `future<ty>`
    Future(Option<Box<Ty>>),
    /// `stream`, `stream<ty>`
    Stream(Option<Box<Ty>>),
    /// `borrow<id>`
    Borrow(Ident),
    /// `own<id>`, which other tools accept.
    Own(Ident),
    /// `error-context`: a gated part of the language.
    ErrorContext,
    /// A type's name.
    Name(Ident),
    /// Something that the parser could not read; a diagnostic reports it.
    Error,
}

/// The length of a fixed-length list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ListLength {
    /// The number.
    pub value: u32,
    /// Its place in the text.
    pub span: Span,
}

/// The primitive types and `string`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are the types' own")]
pub enum PrimTy {
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
}
