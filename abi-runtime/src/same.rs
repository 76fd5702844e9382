//! Comparison of type descriptions while bindings are compiled: a Rust type that stands for a type of WIT has to be it.

use crate::desc::{CaseDesc, FieldDesc, ResourceDesc, TypeDesc};

impl TypeDesc {
    /// Whether both describe one type of WIT. The names of records, variants, enums, flags and aliases may differ; those of their
    /// parts, and of resources, may not.
    #[must_use]
    pub const fn is_same(&self, other: &TypeDesc) -> bool {
        match (self, other) {
            (TypeDesc::Alias(alias), _) => alias.ty.is_same(other),
            (_, TypeDesc::Alias(alias)) => self.is_same(alias.ty),
            (TypeDesc::Bool, TypeDesc::Bool)
            | (TypeDesc::S8, TypeDesc::S8)
            | (TypeDesc::U8, TypeDesc::U8)
            | (TypeDesc::S16, TypeDesc::S16)
            | (TypeDesc::U16, TypeDesc::U16)
            | (TypeDesc::S32, TypeDesc::S32)
            | (TypeDesc::U32, TypeDesc::U32)
            | (TypeDesc::S64, TypeDesc::S64)
            | (TypeDesc::U64, TypeDesc::U64)
            | (TypeDesc::F32, TypeDesc::F32)
            | (TypeDesc::F64, TypeDesc::F64)
            | (TypeDesc::Char, TypeDesc::Char)
            | (TypeDesc::String, TypeDesc::String)
            | (TypeDesc::ErrorContext, TypeDesc::ErrorContext) => true,
            (TypeDesc::List(a), TypeDesc::List(b)) | (TypeDesc::Option(a), TypeDesc::Option(b)) => a.is_same(b),
            (TypeDesc::FixedList(a, len), TypeDesc::FixedList(b, other)) => *len == *other && a.is_same(b),
            (TypeDesc::Map(key, value), TypeDesc::Map(other_key, other_value)) => {
                key.is_same(other_key) && value.is_same(other_value)
            }
            (TypeDesc::Result(ok, err), TypeDesc::Result(other_ok, other_err)) => {
                some_are_same(*ok, *other_ok) && some_are_same(*err, *other_err)
            }
            (TypeDesc::Stream(a), TypeDesc::Stream(b)) | (TypeDesc::Future(a), TypeDesc::Future(b)) => {
                some_are_same(*a, *b)
            }
            (TypeDesc::Tuple(a), TypeDesc::Tuple(b)) => parts_are_same(a, b),
            (TypeDesc::Record(a), TypeDesc::Record(b)) => fields_are_same(a.fields, b.fields),
            (TypeDesc::Variant(a), TypeDesc::Variant(b)) => cases_are_same(a.cases, b.cases),
            (TypeDesc::Enum(a), TypeDesc::Enum(b)) | (TypeDesc::Flags(a), TypeDesc::Flags(b)) => {
                labels_are_same(a.labels, b.labels)
            }
            (TypeDesc::Own(a), TypeDesc::Own(b)) | (TypeDesc::Borrow(a), TypeDesc::Borrow(b)) => {
                resources_are_same(a, b)
            }
            _ => false,
        }
    }
}

const fn some_are_same(a: Option<&TypeDesc>, b: Option<&TypeDesc>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

const fn parts_are_same(mut a: &[&TypeDesc], mut b: &[&TypeDesc]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if !first.is_same(other) {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}

const fn fields_are_same(mut a: &[FieldDesc], mut b: &[FieldDesc]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if !texts_are_same(first.name, other.name) || !first.ty.is_same(other.ty) {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}

const fn cases_are_same(mut a: &[CaseDesc], mut b: &[CaseDesc]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if !texts_are_same(first.name, other.name) || !some_are_same(first.ty, other.ty) {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}

const fn labels_are_same(mut a: &[&str], mut b: &[&str]) -> bool {
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if !texts_are_same(first, other) {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}

/// Whether both have one name in one interface.
pub(crate) const fn resources_are_same(a: &ResourceDesc, b: &ResourceDesc) -> bool {
    match (a, b) {
        (
            ResourceDesc::World { name, interface },
            ResourceDesc::World { name: other_name, interface: other_interface },
        ) => {
            let are_of_one_interface = match (interface, other_interface) {
                (Some(interface), Some(other)) => texts_are_same(interface, other),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            are_of_one_interface && texts_are_same(name, other_name)
        }
        // A host compares them when it links.
        (ResourceDesc::Rust { .. }, _) | (_, ResourceDesc::Rust { .. }) => true,
    }
}

const fn texts_are_same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        if *first != *other {
            return false;
        }
        (a, b) = (rest, others);
    }
    a.is_empty() && b.is_empty()
}
