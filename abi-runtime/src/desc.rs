//! Type descriptions: the types of a world as `static` tables.
//!
//! Generated code has one for each type. Layouts are computed from them ([`TypeAbi::of`](crate::layout::TypeAbi::of)),
//! and the host compares them with a component's types when it links. Names are those of WIT.

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

impl TypeDesc {
    /// Whether values may hold owned handles, or ends of streams and futures, which have one owner.
    #[must_use]
    pub const fn has_handles(&self) -> bool {
        self.may_hold(Held::Handle)
    }

    /// Whether values may hold addresses: those of strings, lists and maps.
    #[must_use]
    pub const fn has_addresses(&self) -> bool {
        self.may_hold(Held::Address)
    }

    const fn may_hold(&self, held: Held) -> bool {
        match self {
            TypeDesc::Own(_) | TypeDesc::Stream(_) | TypeDesc::Future(_) => matches!(held, Held::Handle),
            TypeDesc::String => matches!(held, Held::Address),
            TypeDesc::List(part) => matches!(held, Held::Address) || part.may_hold(held),
            TypeDesc::Map(key, value) => matches!(held, Held::Address) || key.may_hold(held) || value.may_hold(held),
            TypeDesc::FixedList(part, _) | TypeDesc::Option(part) => part.may_hold(held),
            TypeDesc::Alias(alias) => alias.ty.may_hold(held),
            TypeDesc::Result(ok, err) => some_may_hold(*ok, held) || some_may_hold(*err, held),
            TypeDesc::Tuple(parts) => {
                let mut parts = *parts;
                while let [first, rest @ ..] = parts {
                    if first.may_hold(held) {
                        return true;
                    }
                    parts = rest;
                }
                false
            }
            TypeDesc::Record(record) => {
                let mut fields = record.fields;
                while let [first, rest @ ..] = fields {
                    if first.ty.may_hold(held) {
                        return true;
                    }
                    fields = rest;
                }
                false
            }
            TypeDesc::Variant(variant) => {
                let mut cases = variant.cases;
                while let [first, rest @ ..] = cases {
                    if some_may_hold(first.ty, held) {
                        return true;
                    }
                    cases = rest;
                }
                false
            }
            TypeDesc::Bool
            | TypeDesc::S8
            | TypeDesc::U8
            | TypeDesc::S16
            | TypeDesc::U16
            | TypeDesc::S32
            | TypeDesc::U32
            | TypeDesc::S64
            | TypeDesc::U64
            | TypeDesc::F32
            | TypeDesc::F64
            | TypeDesc::Char
            | TypeDesc::ErrorContext
            | TypeDesc::Enum(_)
            | TypeDesc::Flags(_)
            | TypeDesc::Borrow(_) => false,
        }
    }
}

/// A part that values of a type may have.
#[derive(Clone, Copy)]
enum Held {
    Handle,
    Address,
}

const fn some_may_hold(ty: Option<&TypeDesc>, held: Held) -> bool {
    match ty {
        Some(ty) => ty.may_hold(held),
        None => false,
    }
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
