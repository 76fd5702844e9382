//! Types (`WIT.md#item-typedef`, `WIT.md#types`).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use witwright_front::Span;
use witwright_front::ast::{self, Ident, PrimTy, Ty, TyKind, TypedefItem, TypedefKind};

use super::Elaborator;
use super::scope::{NameKind, Scope};
use crate::errors::{candidates, gates as gate_errors, names as name_errors, types as errors};
use crate::misspelt::Misspelt;
use crate::model::{Case, Field, Label, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, TypeRef};
use crate::{gates, graph, order};

/// The names of primitive types, for "did you mean".
const PRIMITIVES: [&str; 13] =
    ["bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string"];

impl<'a> Elaborator<'a, '_> {
    /// Reserves the names of definitions, so that they may be used before they are elaborated.
    pub(super) fn reserve(&mut self, scope: &mut Scope<'a>, items: &[&'a TypedefItem]) {
        for item in items {
            let kind = match self.view.closed_by(&item.attributes) {
                Some(closed) => NameKind::Closed(closed),
                None => NameKind::Pending,
            };
            scope.define(&item.name.name, kind, item.name.span, self.misspelt);
        }
    }

    /// Elaborates definitions, each after those that it consists of. Reports recursive types.
    pub(super) fn typedefs(
        &mut self,
        scope: &mut Scope<'a>,
        owner: TypeOwner,
        items: &[&'a TypedefItem],
    ) -> Vec<TypeId> {
        let view = self.view;
        let there = |item: &&&TypedefItem| view.shows(&item.attributes);
        let items: Vec<&TypedefItem> = items.iter().filter(there).copied().collect();
        let edges = dependencies(&items, self.misspelt);
        let order = match order::sort(items.len(), edges.iter().map(|(from, to, _)| (*from, *to))) {
            Ok(order) => order,
            Err(order) => {
                for cycle in graph::cycles(items.len(), &edges) {
                    let name = |i: usize| String::from(&items[i].name.name);
                    let steps: Vec<(String, Span)> = cycle.into_iter().map(|(i, span)| (name(i), span)).collect();
                    self.diagnostics.push(errors::recursive_type(&steps));
                }
                order
            }
        };
        let mut types = Vec::with_capacity(items.len());
        for i in order {
            let item = items[i];
            self.defining = Some(&item.name.name);
            let kind = self.typedef_kind(scope, &item.kind);
            self.defining = None;
            let id = self.named(TypeDef {
                name: Some((&item.name.name).into()),
                owner: Some(owner),
                kind,
                docs: item.docs.text.clone(),
                gate: self.view.gate(&item.attributes),
                external_id: gates::external_id(&item.attributes),
                span: Some(item.name.span),
            });
            scope.settle(&item.name.name, id, item.name.span);
            types.push(id);
        }
        types
    }

    fn typedef_kind(&mut self, scope: &Scope<'a>, kind: &'a TypedefKind) -> TypeDefKind {
        match kind {
            TypedefKind::Alias(ty) => self.alias(scope, ty),
            TypedefKind::Record(fields) => TypeDefKind::Record(
                fields
                    .iter()
                    .map(|field| Field {
                        name: (&field.name.name).into(),
                        ty: self.ty(scope, &field.ty),
                        docs: field.docs.text.clone(),
                        span: Some(field.name.span),
                    })
                    .collect(),
            ),
            TypedefKind::Variant(cases) => TypeDefKind::Variant(
                cases
                    .iter()
                    .map(|case| Case {
                        name: (&case.name.name).into(),
                        ty: case.ty.as_ref().map(|ty| self.ty(scope, ty)),
                        docs: case.docs.text.clone(),
                        span: Some(case.name.span),
                    })
                    .collect(),
            ),
            TypedefKind::Enum(labels_) => TypeDefKind::Enum(labels(labels_)),
            TypedefKind::Flags(labels_) => TypeDefKind::Flags(labels(labels_)),
            TypedefKind::Resource(_) => TypeDefKind::Resource,
        }
    }

    /// The right side of `type a = …`: a name is an alias, even of a resource; any other type gets the name.
    fn alias(&mut self, scope: &Scope<'a>, ty: &Ty) -> TypeDefKind {
        let target = match &ty.kind {
            TyKind::Name(name) => Type::Id(self.type_name(scope, name)),
            TyKind::Error => Type::Id(self.error_type()),
            TyKind::Prim(prim) => primitive(*prim),
            TyKind::ErrorContext => Type::ErrorContext,
            TyKind::Tuple(_)
            | TyKind::List(..)
            | TyKind::Option(_)
            | TyKind::Result(..)
            | TyKind::Map(..)
            | TyKind::Future(_)
            | TyKind::Stream(_)
            | TyKind::Borrow(_)
            | TyKind::Own(_) => match self.compound(scope, ty) {
                Some(kind) => return kind,
                None => Type::Id(self.error_type()),
            },
        };
        TypeDefKind::Alias(TypeRef { ty: target, span: Some(ty.span) })
    }

    /// The type of a value: the name of a resource means an owned handle.
    pub(super) fn ty(&mut self, scope: &Scope<'a>, ty: &Ty) -> TypeRef {
        let found = match &ty.kind {
            TyKind::Prim(prim) => primitive(*prim),
            TyKind::ErrorContext => Type::ErrorContext,
            TyKind::Error => Type::Id(self.error_type()),
            TyKind::Name(name) => {
                let id = self.type_name(scope, name);
                if self.is_resource(id) { self.anonymous(TypeDefKind::Own(id), ty.span) } else { Type::Id(id) }
            }
            TyKind::Tuple(_)
            | TyKind::List(..)
            | TyKind::Option(_)
            | TyKind::Result(..)
            | TyKind::Map(..)
            | TyKind::Future(_)
            | TyKind::Stream(_)
            | TyKind::Borrow(_)
            | TyKind::Own(_) => match self.compound(scope, ty) {
                Some(kind) => self.anonymous(kind, ty.span),
                None => Type::Id(self.error_type()),
            },
        };
        TypeRef { ty: found, span: Some(ty.span) }
    }

    /// A compound type; `None` for a handle of a type that is not a resource, which is reported.
    fn compound(&mut self, scope: &Scope<'a>, ty: &Ty) -> Option<TypeDefKind> {
        Some(match &ty.kind {
            TyKind::Tuple(types) => TypeDefKind::Tuple(types.iter().map(|ty| self.ty(scope, ty)).collect()),
            TyKind::List(element, length) => {
                TypeDefKind::List(self.ty(scope, element), length.map(|length| length.value))
            }
            TyKind::Option(inner) => TypeDefKind::Option(self.ty(scope, inner)),
            TyKind::Result(ok, err) => {
                TypeDefKind::Result(self.optional(scope, ok.as_deref()), self.optional(scope, err.as_deref()))
            }
            TyKind::Map(key, value) => TypeDefKind::Map(self.ty(scope, key), self.ty(scope, value)),
            TyKind::Future(inner) => TypeDefKind::Future(self.optional(scope, inner.as_deref())),
            TyKind::Stream(inner) => TypeDefKind::Stream(self.optional(scope, inner.as_deref())),
            TyKind::Borrow(name) => TypeDefKind::Borrow(self.resource_name(scope, name)?),
            TyKind::Own(name) => TypeDefKind::Own(self.resource_name(scope, name)?),
            TyKind::Prim(_) | TyKind::ErrorContext | TyKind::Name(_) | TyKind::Error => {
                unreachable!("these are not made of other types")
            }
        })
    }

    fn optional(&mut self, scope: &Scope<'a>, ty: Option<&Ty>) -> Option<TypeRef> {
        ty.map(|ty| self.ty(scope, ty))
    }

    fn resource_name(&mut self, scope: &Scope<'a>, name: &Ident) -> Option<TypeId> {
        let id = self.type_name(scope, name);
        if self.is_resource(id) {
            return Some(id);
        }
        if !self.is_error(id) {
            let definition = self.model.types[self.dealias_id(id)].span;
            self.diagnostics.push(errors::handle_of_no_resource(name.span, &name.name, definition));
        }
        None
    }

    fn is_resource(&self, id: TypeId) -> bool {
        self.model.types[self.dealias_id(id)].kind.is_resource()
    }

    /// The type of a name. A name that does not resolve is reported, and has the error type.
    fn type_name(&mut self, scope: &Scope<'a>, name: &Ident) -> TypeId {
        let diagnostic = match scope.get(&name.name).map(|found| (found.kind, found.span)) {
            Some((NameKind::Type(id), _)) => return id,
            // The type is in a cycle, which has been reported.
            Some((NameKind::Pending, _)) => return self.error_type(),
            Some((NameKind::Func, definition)) => name_errors::func_as_type(name.span, &name.name, definition),
            Some((NameKind::Closed(closed), definition)) => {
                gate_errors::closed(name.span, &name.name, closed, definition)
            }
            // A name that could not be read is empty.
            None if name.name.is_empty() => return self.error_type(),
            None => {
                if let Some(&reported) = self.unknown_types.get(name.name.as_str()) {
                    name_errors::also_here(&mut self.diagnostics[reported], name.span);
                    return self.error_type();
                }
                // Nothing is reported at the place of a name that the parser has reported.
                if !self.misspelt.has(name.span) {
                    self.unknown_types.insert(String::from(&name.name), self.diagnostics.len());
                }
                let defining = self.defining;
                let defined = candidates(self.diagnostics, scope.types().filter(move |name| Some(*name) != defining));
                let primitives = candidates(self.diagnostics, PRIMITIVES.into_iter());
                name_errors::unknown_type(name.span, &name.name, defined, primitives)
            }
        };
        self.diagnostics.push(diagnostic);
        self.error_type()
    }
}

fn labels(labels: &[ast::Label]) -> Vec<Label> {
    let label = |label: &ast::Label| Label {
        name: (&label.name.name).into(),
        docs: label.docs.text.clone(),
        span: Some(label.name.span),
    };
    labels.iter().map(label).collect()
}

/// A primitive type or `string`.
fn primitive(prim: PrimTy) -> Type {
    match prim {
        PrimTy::Bool => Type::Bool,
        PrimTy::S8 => Type::S8,
        PrimTy::U8 => Type::U8,
        PrimTy::S16 => Type::S16,
        PrimTy::U16 => Type::U16,
        PrimTy::S32 => Type::S32,
        PrimTy::U32 => Type::U32,
        PrimTy::S64 => Type::S64,
        PrimTy::U64 => Type::U64,
        PrimTy::F32 => Type::F32,
        PrimTy::F64 => Type::F64,
        PrimTy::Char => Type::Char,
        PrimTy::String => Type::String,
    }
}

/// The references from definitions to those that they consist of, with their places. A resource has none.
fn dependencies(items: &[&TypedefItem], misspelt: &Misspelt) -> Vec<(usize, usize, Span)> {
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        let entry = by_name.entry(&item.name.name).or_insert(i);
        if misspelt.has(items[*entry].name.span) && !misspelt.has(item.name.span) {
            *entry = i;
        }
    }
    let mut edges = Vec::new();
    for (from, item) in items.iter().enumerate() {
        let mut mention = |name: &Ident| {
            if let Some(&to) = by_name.get(name.name.as_str()) {
                edges.push((from, to, name.span));
            }
        };
        match &item.kind {
            TypedefKind::Alias(ty) => each_name(ty, &mut mention),
            TypedefKind::Record(fields) => fields.iter().for_each(|field| each_name(&field.ty, &mut mention)),
            TypedefKind::Variant(cases) => {
                cases.iter().filter_map(|case| case.ty.as_ref()).for_each(|ty| each_name(ty, &mut mention));
            }
            TypedefKind::Enum(_) | TypedefKind::Flags(_) | TypedefKind::Resource(_) => {}
        }
    }
    edges
}

/// Calls `mention` for each name in a type. The parser limits how deeply types nest.
pub(crate) fn each_name<'t>(ty: &'t Ty, mention: &mut dyn FnMut(&'t Ident)) {
    match &ty.kind {
        TyKind::Name(name) | TyKind::Borrow(name) | TyKind::Own(name) => mention(name),
        TyKind::Tuple(types) => types.iter().for_each(|ty| each_name(ty, mention)),
        TyKind::List(inner, _) | TyKind::Option(inner) => each_name(inner, mention),
        TyKind::Result(first, second) => first.iter().chain(second).for_each(|ty| each_name(ty, mention)),
        TyKind::Map(key, value) => {
            each_name(key, mention);
            each_name(value, mention);
        }
        TyKind::Future(inner) | TyKind::Stream(inner) => inner.iter().for_each(|ty| each_name(ty, mention)),
        TyKind::Prim(_) | TyKind::ErrorContext | TyKind::Error => {}
    }
}
