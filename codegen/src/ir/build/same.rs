//! Types that are the same in Rust: they have one number.
//!
//! `Shape` compares types of the Model: there are none in Rust yet when their uses are counted, and records of the same fields
//! have one shape. A number compares types in Rust: an alias is the type that it stands for, and a record is the same as itself
//! alone.

use std::collections::BTreeMap;

use super::Build;
use crate::ir::{Def, DefId, DefKind, Primitive, RustType, resource_of};

/// The numbers of types. Each alias is followed once, however often types mention it.
#[derive(Default)]
pub(super) struct Numbers {
    /// Whether strings are lists of bytes.
    are_strings_raw: bool,
    /// By the type, in which a definition `n` stands for the part with the number `n`.
    known: BTreeMap<RustType, usize>,
    of_aliases: BTreeMap<DefId, usize>,
}

impl Numbers {
    /// Numbers by which strings are lists of bytes.
    pub(super) fn with_raw_strings() -> Numbers {
        Numbers { are_strings_raw: true, ..Numbers::default() }
    }

    /// The number of a type.
    pub(super) fn of(&mut self, defs: &[Def], ty: &RustType) -> usize {
        if let RustType::Def(id) = ty
            && let DefKind::Alias(target) = &defs[id.0].kind
        {
            if let Some(number) = self.of_aliases.get(id) {
                return *number;
            }
            let number = self.of(defs, target);
            self.of_aliases.insert(*id, number);
            return number;
        }
        if self.are_strings_raw && *ty == RustType::String {
            return self.of(defs, &RustType::Vec(Box::new(RustType::Primitive(Primitive::U8))));
        }
        let mut ty = ty.with_parts(|part| RustType::Def(DefId(self.of(defs, part))));
        if let RustType::Own(id) | RustType::Borrow(id) = &mut ty {
            *id = resource_of(defs, *id);
        }
        let next = self.known.len();
        *self.known.entry(ty).or_insert(next)
    }
}

impl Build<'_> {
    /// The number of a type: that of all types that are the same in Rust.
    pub(super) fn number(&mut self, ty: &RustType) -> usize {
        self.numbers.of(&self.defs, ty)
    }

    /// The type that an alias stands for.
    pub(super) fn followed<'t>(&'t self, ty: &'t RustType) -> &'t RustType {
        if let RustType::Def(id) = ty
            && let DefKind::Alias(target) = &self.defs[id.0].kind
        {
            return self.followed(target);
        }
        ty
    }
}
