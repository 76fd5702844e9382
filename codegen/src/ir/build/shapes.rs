//! The structure of types, which decides whether two are equal.

use std::collections::BTreeMap;

use witwright_resolver::model::{Type, TypeDefKind, TypeRef};

use super::{Build, TypeKey};
use crate::ir::Direction;

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
        let key = if ty.name.is_some() { cx.type_key(direction, id) } else { (direction, id) };
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
