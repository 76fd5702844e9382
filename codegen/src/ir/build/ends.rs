//! The types of streams and futures that functions mention, and the names of their built-ins.
//!
//! wit-component finds the type of a built-in by a function that mentions it, and by its place among the streams and futures of
//! that function: parameters first, then the result, each type after those within it.

use std::collections::{BTreeMap, BTreeSet};

use witwright_resolver::Model;
use witwright_resolver::model::{Func, Type, TypeDefKind, TypeId, TypeRef};

use super::Build;
use super::same::Numbers;
use crate::ir::{Direction, End, EndKind};

/// The streams and futures that a function mentions.
#[derive(Default)]
struct Found {
    /// The kind of each, its element type and its place.
    ends: Vec<(EndKind, Option<TypeRef>, usize)>,
    seen: BTreeSet<TypeId>,
    /// The number of mentions so far.
    mentions: usize,
}

/// The number of times that each type mentions streams and futures, itself included: once for each path to one.
pub(super) fn mentions_of(model: &Model) -> BTreeMap<TypeId, usize> {
    let mut known = BTreeMap::new();
    // A type comes after its parts.
    for (id, ty) in model.types.iter() {
        let itself = usize::from(matches!(ty.kind, TypeDefKind::Stream(_) | TypeDefKind::Future(_)));
        let parts = ty.kind.parts().filter_map(|part| part.ty.id());
        known.insert(id, parts.map(|part| known[&part]).fold(itself, usize::saturating_add));
    }
    known
}

impl Build<'_> {
    /// Adds the types of streams and futures that a function mentions to those of the world. Returns whether there are any.
    pub(super) fn add_ends(&mut self, direction: Direction, module: &str, func_name: &str, func: &Func) -> bool {
        let mut found = Found::default();
        for param in &func.params {
            self.find(param.ty.ty, &mut found);
        }
        if let Some(result) = func.result {
            self.find(result.ty, &mut found);
        }
        for (kind, element, index) in &found.ends {
            let element = element.map(|element| self.owned(direction, element));
            let number = element.as_ref().map(|element| self.number(element));
            if self.known_ends.insert((*kind, number)) {
                let (module, func) = (module.to_owned(), func_name.to_owned());
                self.ends.push(End { kind: *kind, element, module, func, index: *index });
            }
        }
        !found.ends.is_empty()
    }

    /// Whether the types of streams and futures are still distinct in Rust if strings are bytes.
    pub(super) fn ends_differ_if_raw(&self) -> bool {
        let mut numbers = Numbers::with_raw_strings();
        let mut known = BTreeSet::new();
        self.ends.iter().all(|End { kind, element, .. }| {
            known.insert((*kind, element.as_ref().map(|element| numbers.of(&self.defs, element))))
        })
    }

    /// The number of times that a type mentions streams and futures.
    pub(super) fn mentions(&self, ty: Type) -> usize {
        ty.id().map_or(0, |id| self.mentions[&id])
    }

    /// Finds each stream and future once, at the place where it is first mentioned.
    fn find(&self, ty: Type, found: &mut Found) {
        let mentions = self.mentions(ty);
        let Type::Id(id) = ty else { return };
        if mentions == 0 {
            return;
        }
        if !found.seen.insert(id) {
            found.mentions = found.mentions.saturating_add(mentions);
            return;
        }
        let kind = &self.model.types[id].kind;
        for part in kind.parts() {
            self.find(part.ty, found);
        }
        let (end, element) = match kind {
            TypeDefKind::Stream(element) => (EndKind::Stream, *element),
            TypeDefKind::Future(element) => (EndKind::Future, *element),
            TypeDefKind::Alias(_)
            | TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..) => return,
        };
        found.ends.push((end, element, found.mentions));
        found.mentions = found.mentions.saturating_add(1);
    }
}
