//! Type descriptions: the types of a world as `static` tables.
//!
//! Generated code has one for each type. A description and the layouts of the type's parts decide its layout
//! ([`TypeLayout::of`](crate::form::TypeLayout::of)). The host compares descriptions with a component's types when it links. Names
//! are those of WIT.

use core::any::TypeId;

/// A value type (`Explainer.md#type-definitions`).
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the primitive types' names are their own")]
pub enum TypeDesc {
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
    /// `list<t>`
    List(&'static TypeDesc),
    /// `list<t, n>`
    FixedList(&'static TypeDesc, u32),
    /// `map<k, v>`
    Map(&'static TypeDesc, &'static TypeDesc),
    /// `tuple<…>`
    Tuple(&'static [&'static TypeDesc]),
    /// `option<t>`
    Option(&'static TypeDesc),
    /// `result<ok, err>`
    Result(Option<&'static TypeDesc>, Option<&'static TypeDesc>),
    /// `record`
    Record(&'static RecordDesc),
    /// `variant`
    Variant(&'static VariantDesc),
    /// `enum`
    Enum(&'static LabelsDesc),
    /// `flags`
    Flags(&'static LabelsDesc),
    /// `own<r>`
    Own(&'static ResourceDesc),
    /// `borrow<r>`
    Borrow(&'static ResourceDesc),
    /// `stream<t>`
    Stream(Option<&'static TypeDesc>),
    /// `future<t>`
    Future(Option<&'static TypeDesc>),
    /// Another type by a name: the same type in all but its text.
    Alias(&'static AliasDesc),
}

/// A name for a type.
#[derive(Debug)]
pub struct AliasDesc {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub ty: &'static TypeDesc,
}

/// A `record`.
#[derive(Debug)]
pub struct RecordDesc {
    /// Its name.
    pub name: &'static str,
    /// Its fields, in order.
    pub fields: &'static [FieldDesc],
}

/// A field of a record, or a parameter of a function.
#[derive(Debug)]
pub struct FieldDesc {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: &'static TypeDesc,
}

/// A `variant`.
#[derive(Debug)]
pub struct VariantDesc {
    /// Its name.
    pub name: &'static str,
    /// Its cases, in order.
    pub cases: &'static [CaseDesc],
}

/// A case of a variant.
#[derive(Debug)]
pub struct CaseDesc {
    /// Its name.
    pub name: &'static str,
    /// Its payload.
    pub ty: Option<&'static TypeDesc>,
}

/// An `enum` or `flags`.
#[derive(Debug)]
pub struct LabelsDesc {
    /// Its name.
    pub name: &'static str,
    /// Its cases or flags, in order.
    pub labels: &'static [&'static str],
}

/// A resource type.
#[derive(Debug)]
pub enum ResourceDesc {
    /// One of a world. Its identity is its address: each is one `static`.
    World {
        /// Its name.
        name: &'static str,
        /// The import or export that defines it, or `None` if the world itself does.
        interface: Option<&'static str>,
    },
    /// The one for whose handles a host has a Rust type.
    Rust {
        /// The Rust type.
        ty: &'static TypeId,
        /// Its name.
        name: fn() -> &'static str,
    },
}

impl ResourceDesc {
    /// Whether both are the same resource type.
    #[must_use]
    pub fn is(&'static self, other: &'static ResourceDesc) -> bool {
        match (self, other) {
            (ResourceDesc::Rust { ty, .. }, ResourceDesc::Rust { ty: other, .. }) => ty == other,
            (ResourceDesc::World { .. }, _) | (_, ResourceDesc::World { .. }) => core::ptr::eq(self, other),
        }
    }

    /// Its name, in WIT or in Rust.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            ResourceDesc::World { name, .. } => name,
            ResourceDesc::Rust { name, .. } => name(),
        }
    }
}

/// A function type and its name in its interface. The name of a resource's function has a prefix, such as `[method]r.f`.
#[derive(Debug)]
pub struct FuncDesc {
    /// Its name.
    pub name: &'static str,
    /// Whether its type is `async`.
    pub async_: bool,
    /// Its parameters, `self` among them.
    pub params: &'static [FieldDesc],
    /// Its result.
    pub result: Option<&'static TypeDesc>,
}
