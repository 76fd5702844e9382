//! The structure of types, which decides whether two are equal.

use std::collections::{BTreeMap, BTreeSet};

use witwright_resolver::model::{InterfaceId, Type, TypeDefKind, TypeId, TypeOwner, TypeRef, WorldItemKind};

use super::usage::Uses;
use super::{Build, TypeKey};
use crate::ir::{DefId, Direction};

/// The structure of a type, in which names of types do not count.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Primitive(Type),
    /// A type that equals itself alone: a resource.
    Unique(TypeKey),
    /// An index of [`Shapes::structures`].
    Compound(usize),
}

/// The structure of a type by those of its parts.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Structure<'m> {
    constructor: Constructor,
    /// Fields, cases or flags.
    names: Vec<&'m str>,
    parts: Vec<Option<Shape>>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Constructor {
    Record,
    Variant,
    Enum,
    Flags,
    Borrow,
    Tuple,
    List(Option<u32>),
    Map,
    Option,
    Result,
    Stream,
    Future,
}

/// The structures of the types of a world.
#[derive(Default)]
pub(super) struct Shapes<'m> {
    structures: BTreeMap<Structure<'m>, usize>,
    known: BTreeMap<TypeKey, Shape>,
}

impl<'m> Shapes<'m> {
    /// The structure of a type that is mentioned from this direction.
    pub(super) fn of(&mut self, cx: &Build<'m>, direction: Direction, ty: Type) -> Shape {
        let Type::Id(id) = ty else { return Shape::Primitive(ty) };
        let ty = &cx.model.types[id];
        // A type without a name is mentioned once.
        if ty.name.is_none() {
            return self.of_kind(cx, (direction, id), &ty.kind);
        }
        let key = cx.type_key(direction, id);
        if let Some(shape) = self.known.get(&key) {
            return shape.clone();
        }
        let shape = self.of_kind(cx, key, &ty.kind);
        self.known.insert(key, shape.clone());
        shape
    }

    fn of_kind(&mut self, cx: &Build<'m>, key: TypeKey, kind: &'m TypeDefKind) -> Shape {
        let mut part = |ty: TypeRef| Some(self.of(cx, key.0, ty.ty));
        let mut names = Vec::new();
        let (constructor, parts) = match kind {
            TypeDefKind::Alias(target) => return self.of(cx, key.0, target.ty),
            TypeDefKind::Own(resource) => return self.of(cx, key.0, Type::Id(*resource)),
            TypeDefKind::Resource => return Shape::Unique(key),
            TypeDefKind::Borrow(resource) => (Constructor::Borrow, vec![Some(self.of(cx, key.0, Type::Id(*resource)))]),
            TypeDefKind::Record(fields) => {
                names.extend(fields.iter().map(|field| &*field.name));
                (Constructor::Record, fields.iter().map(|field| part(field.ty)).collect())
            }
            TypeDefKind::Variant(cases) => {
                names.extend(cases.iter().map(|case| &*case.name));
                (Constructor::Variant, cases.iter().map(|case| case.ty.and_then(&mut part)).collect())
            }
            TypeDefKind::Enum(cases) => {
                names.extend(cases.iter().map(|case| &*case.name));
                (Constructor::Enum, Vec::new())
            }
            TypeDefKind::Flags(flags) => {
                names.extend(flags.iter().map(|flag| &*flag.name));
                (Constructor::Flags, Vec::new())
            }
            TypeDefKind::Tuple(types) => (Constructor::Tuple, types.iter().copied().map(part).collect()),
            TypeDefKind::List(element, len) => (Constructor::List(*len), vec![part(*element)]),
            TypeDefKind::Map(key, value) => (Constructor::Map, vec![part(*key), part(*value)]),
            TypeDefKind::Option(some) => (Constructor::Option, vec![part(*some)]),
            TypeDefKind::Result(ok, err) => (Constructor::Result, vec![ok.and_then(&mut part), err.and_then(part)]),
            TypeDefKind::Stream(element) => (Constructor::Stream, vec![element.and_then(part)]),
            TypeDefKind::Future(value) => (Constructor::Future, vec![value.and_then(part)]),
        };
        let next = self.structures.len();
        Shape::Compound(*self.structures.entry(Structure { constructor, names, parts }).or_insert(next))
    }
}

impl Build<'_> {
    /// Counts the use of each type for all that are the same in Rust, as `wit_bindgen` does: for its aliases, and for lists,
    /// tuples, options and results of its structure. Of several equal records, the first is taken to be the same as their
    /// aliases; if they are merged, all are.
    pub(super) fn share_uses(&self, uses: &mut Uses) {
        let mut shapes = Shapes::default();
        let mut same: BTreeMap<Shape, Vec<TypeKey>> = BTreeMap::new();
        for key in self.world_types() {
            let keys = same.entry(shapes.of(self, key.0, Type::Id(key.1))).or_default();
            if keys.is_empty() || self.options.merge_structurally_equal_types || !self.is_new_type(key) {
                keys.push(key);
            }
        }
        for keys in same.values().filter(|keys| keys.len() > 1) {
            for used in [&mut uses.taken, &mut uses.given, &mut uses.errors] {
                if keys.iter().any(|key| used.contains(key)) {
                    used.extend(keys);
                    keys.iter().for_each(|(direction, id)| self.use_type(&mut uses.shown, *direction, Type::Id(*id)));
                }
            }
        }
    }

    /// The named types of the world, in the order of its items.
    fn world_types(&self) -> impl Iterator<Item = TypeKey> {
        let imports = self.world.imports.iter().map(|item| (Direction::Import, item));
        let exports = self.world.exports.iter().map(|item| (Direction::Export, item));
        imports.chain(exports).flat_map(|(direction, item)| {
            let types = match &item.kind {
                WorldItemKind::Func(_) => &[],
                WorldItemKind::Interface { id, .. } => &self.model.interfaces[*id].types[..],
                WorldItemKind::Type(id) => core::slice::from_ref(id),
            };
            types.iter().map(move |id| (direction, *id))
        })
    }

    /// The definitions in the order in which their types are declared, those that exist because the world exports an interface
    /// again after all others.
    pub(super) fn by_declaration(&self) -> Vec<(TypeKey, DefId)> {
        let again = self.exported_again();
        let mut ids: Vec<_> = self.ids.iter().map(|(key, def)| (*key, *def)).collect();
        ids.sort_by_key(|(key, _)| (self.is_of(&again, *key), key.1));
        ids
    }

    /// The exported interfaces whose types exist twice: the world imports them too, or they use types of such an interface.
    pub(super) fn exported_again(&self) -> BTreeSet<InterfaceId> {
        let mut again = BTreeSet::new();
        for item in &self.world.exports {
            let WorldItemKind::Interface { id, .. } = item.kind else { continue };
            let uses_such = |ty: &TypeId| {
                let kind = &self.model.types[*ty].kind;
                matches!(kind, TypeDefKind::Alias(target)
                    if target.ty.id().is_some_and(|target| self.is_of(&again, (Direction::Export, target))))
            };
            if self.interfaces.contains_key(&(Direction::Import, id))
                || self.model.interfaces[id].types.iter().any(uses_such)
            {
                again.insert(id);
            }
        }
        again
    }

    /// Whether a type is of one of these exported interfaces.
    pub(super) fn is_of(&self, exported: &BTreeSet<InterfaceId>, key: TypeKey) -> bool {
        let owner = self.model.types[key.1].owner;
        key.0 == Direction::Export && matches!(owner, Some(TypeOwner::Interface(owner)) if exported.contains(&owner))
    }

    /// Whether a type is a new one in Rust.
    pub(super) fn is_new_type(&self, key: TypeKey) -> bool {
        matches!(
            self.model.types[key.1].kind,
            TypeDefKind::Record(_)
                | TypeDefKind::Variant(_)
                | TypeDefKind::Enum(_)
                | TypeDefKind::Flags(_)
                | TypeDefKind::Resource
        )
    }
}
