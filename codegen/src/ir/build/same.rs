//! Types that are the same in Rust.
//!
//! `Shape` compares types of the Model: there are none in Rust yet when their uses are counted, and records of the same fields
//! have one shape. `is_same` compares types in Rust: an alias is the type that it stands for, and a record is the same as itself
//! alone.

use super::Build;
use crate::ir::{DefKind, RustType, resource_of};

impl Build<'_> {
    /// Whether both types are the same in Rust.
    pub(super) fn is_same(&self, a: &RustType, b: &RustType) -> bool {
        let (a, b) = (self.followed(a), self.followed(b));
        match (a, b) {
            (RustType::Vec(a), RustType::Vec(b))
            | (RustType::Slice(a), RustType::Slice(b))
            | (RustType::Option(a), RustType::Option(b))
            | (RustType::Ref(a), RustType::Ref(b)) => self.is_same(a, b),
            (RustType::Array(a, len), RustType::Array(b, other)) => len == other && self.is_same(a, b),
            (RustType::Map(key, value), RustType::Map(other_key, other_value)) => {
                self.is_same(key, other_key) && self.is_same(value, other_value)
            }
            (RustType::Tuple(a), RustType::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.is_same(a, b))
            }
            (RustType::Result(ok, err), RustType::Result(other_ok, other_err)) => {
                self.are_same(ok.as_deref(), other_ok.as_deref()) && self.are_same(err.as_deref(), other_err.as_deref())
            }
            (RustType::Stream(a), RustType::Stream(b)) | (RustType::Future(a), RustType::Future(b)) => {
                self.are_same(a.as_deref(), b.as_deref())
            }
            (RustType::Own(a), RustType::Own(b)) | (RustType::Borrow(a), RustType::Borrow(b)) => {
                resource_of(&self.defs, *a) == resource_of(&self.defs, *b)
            }
            (a, b) => a == b,
        }
    }

    /// Whether both types are the same, or absent.
    pub(super) fn are_same(&self, a: Option<&RustType>, b: Option<&RustType>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => self.is_same(a, b),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// The type that an alias stands for.
    pub(super) fn followed<'t>(&'t self, ty: &'t RustType) -> &'t RustType {
        match ty {
            RustType::Def(id) => match &self.defs[id.0].kind {
                DefKind::Alias(target) => self.followed(target),
                DefKind::Record(_)
                | DefKind::Variant(_)
                | DefKind::Enum(_)
                | DefKind::Flags(_)
                | DefKind::Resource
                | DefKind::ResourceAlias(_) => ty,
            },
            RustType::Primitive(_)
            | RustType::String
            | RustType::Str
            | RustType::Vec(_)
            | RustType::Slice(_)
            | RustType::Array(..)
            | RustType::Map(..)
            | RustType::Tuple(_)
            | RustType::Option(_)
            | RustType::Result(..)
            | RustType::Ref(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::Stream(_)
            | RustType::Future(_)
            | RustType::ErrorContext => ty,
        }
    }
}
