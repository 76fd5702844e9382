//! The option `merge_structurally_equal_types`: of types with one structure, all but the first become aliases of it.

use std::collections::BTreeMap;

use witwright_resolver::model::Type;

use super::Build;
use super::shapes::{Shape, Shapes};
use crate::ir::{DefId, DefKind, RustType};

impl Build<'_> {
    /// Makes an alias of each type that an earlier one equals.
    pub(super) fn merge_equal(&mut self) {
        if !self.options.merge_structurally_equal_types {
            return;
        }
        let mut shapes = Shapes::default();
        let mut first: BTreeMap<Shape, DefId> = BTreeMap::new();
        for (key, def) in self.by_declaration() {
            if !self.defs[def.0].printed || !self.is_new_type(key) {
                continue;
            }
            let earlier = *first.entry(shapes.of(self, key.0, Type::Id(key.1))).or_insert(def);
            if earlier != def {
                self.defs[def.0].is_error = false;
                self.defs[def.0].kind = DefKind::Alias(RustType::Def(earlier));
            }
        }
    }

    /// Whether both types are the same in Rust.
    pub(super) fn types(&self, a: &RustType, b: &RustType) -> bool {
        let (a, b) = (self.followed(a), self.followed(b));
        match (a, b) {
            (RustType::Vec(a), RustType::Vec(b))
            | (RustType::Slice(a), RustType::Slice(b))
            | (RustType::Option(a), RustType::Option(b))
            | (RustType::Ref(a), RustType::Ref(b)) => self.types(a, b),
            (RustType::Array(a, len), RustType::Array(b, other)) => len == other && self.types(a, b),
            (RustType::Map(key, value), RustType::Map(other_key, other_value)) => {
                self.types(key, other_key) && self.types(value, other_value)
            }
            (RustType::Tuple(a), RustType::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.types(a, b))
            }
            (RustType::Result(ok, err), RustType::Result(other_ok, other_err)) => {
                self.options_of(ok.as_deref(), other_ok.as_deref())
                    && self.options_of(err.as_deref(), other_err.as_deref())
            }
            (RustType::Stream(a), RustType::Stream(b)) | (RustType::Future(a), RustType::Future(b)) => {
                self.options_of(a.as_deref(), b.as_deref())
            }
            (RustType::Own(a), RustType::Own(b)) | (RustType::Borrow(a), RustType::Borrow(b)) => {
                self.resource(*a) == self.resource(*b)
            }
            (a, b) => a == b,
        }
    }

    /// Whether both types are the same, or absent.
    pub(super) fn options_of(&self, a: Option<&RustType>, b: Option<&RustType>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => self.types(a, b),
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

    fn resource(&self, id: DefId) -> DefId {
        match self.defs[id.0].kind {
            DefKind::ResourceAlias(target) => self.resource(target),
            DefKind::Record(_)
            | DefKind::Variant(_)
            | DefKind::Enum(_)
            | DefKind::Flags(_)
            | DefKind::Alias(_)
            | DefKind::Resource => id,
        }
    }
}
