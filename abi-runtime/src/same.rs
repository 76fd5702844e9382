//! Comparison of type descriptions while bindings are compiled: a Rust type that stands for a type of WIT has to be it.
//!
//! Types with one structure have one identity, a number. That of a type is made of its own names and of the identities of its parts,
//! so it takes no longer if a type has many paths to one part.

use crate::desc::{CaseDesc, FieldDesc, ResourceDesc, TypeDesc};

/// The identity of a type whose parts are not added yet ([`add`]). The names of records, variants, enums, flags and aliases do not
/// count; those of their parts, and of resources, do.
pub(crate) const fn identity(ty: &TypeDesc) -> u64 {
    match ty {
        TypeDesc::Alias(alias) => identity(alias.ty),
        TypeDesc::Bool => add(0, 1),
        TypeDesc::S8 => add(0, 2),
        TypeDesc::U8 => add(0, 3),
        TypeDesc::S16 => add(0, 4),
        TypeDesc::U16 => add(0, 5),
        TypeDesc::S32 => add(0, 6),
        TypeDesc::U32 => add(0, 7),
        TypeDesc::S64 => add(0, 8),
        TypeDesc::U64 => add(0, 9),
        TypeDesc::F32 => add(0, 10),
        TypeDesc::F64 => add(0, 11),
        TypeDesc::Char => add(0, 12),
        TypeDesc::String => add(0, 13),
        TypeDesc::ErrorContext => add(0, 14),
        TypeDesc::List(_) => add(0, 15),
        TypeDesc::FixedList(_, len) => add(add(0, 16), *len as u64),
        TypeDesc::Map(..) => add(0, 17),
        TypeDesc::Tuple(_) => add(0, 18),
        TypeDesc::Option(_) => add(0, 19),
        TypeDesc::Result(..) => add(0, 20),
        TypeDesc::Record(desc) => add_fields(add(0, 21), desc.fields),
        TypeDesc::Variant(desc) => add_cases(add(0, 22), desc.cases),
        TypeDesc::Enum(desc) => add_labels(add(0, 23), desc.labels),
        TypeDesc::Flags(desc) => add_labels(add(0, 24), desc.labels),
        TypeDesc::Own(resource) => add_resource(add(0, 25), resource),
        TypeDesc::Borrow(resource) => add_resource(add(0, 26), resource),
        TypeDesc::Stream(_) => add(0, 27),
        TypeDesc::Future(_) => add(0, 28),
    }
}

/// Adds a number to an identity: that of a part, or one of its own.
pub(crate) const fn add(identity: u64, number: u64) -> u64 {
    let mixed = (identity ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 32)
}

const fn add_text(mut identity: u64, text: &str) -> u64 {
    identity = add(identity, text.len() as u64);
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        identity = add(identity, *first as u64);
        rest = others;
    }
    identity
}

const fn add_fields(mut identity: u64, mut fields: &[FieldDesc]) -> u64 {
    while let [first, rest @ ..] = fields {
        identity = add_text(identity, first.name);
        fields = rest;
    }
    identity
}

const fn add_cases(mut identity: u64, mut cases: &[CaseDesc]) -> u64 {
    while let [first, rest @ ..] = cases {
        identity = add_text(identity, first.name);
        cases = rest;
    }
    identity
}

const fn add_labels(mut identity: u64, mut labels: &[&str]) -> u64 {
    while let [first, rest @ ..] = labels {
        identity = add_text(identity, first);
        labels = rest;
    }
    identity
}

const fn add_resource(identity: u64, resource: &ResourceDesc) -> u64 {
    match resource {
        ResourceDesc::World { name, interface: Some(interface) } => {
            add_text(add_text(add(identity, 1), interface), name)
        }
        ResourceDesc::World { name, interface: None } => add_text(add(identity, 2), name),
        // A host compares them when it links.
        ResourceDesc::Rust { .. } => add(identity, 3),
    }
}
