//! Elaboration of trees to a Model: types, functions, interfaces, and worlds as stated.
//!
//! Each item is elaborated after those that it needs. A name that does not resolve is reported once and becomes the
//! error type, which suppresses follow-up errors.

mod funcs;
mod interfaces;
mod order;
mod scope;
mod types;
mod worlds;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use witwright_front::{Diagnostic, Span};

use crate::arena::Id;
use crate::gates::View;
use crate::misspelt::Misspelt;
use crate::model::{InterfaceId, Model, Package, PackageId, Type, TypeDef, TypeDefKind, TypeId, TypeRef, WorldId};
use crate::names::{ItemIndex, ItemKind, Names, PackageIndex};
use crate::options::Options;
use crate::worlds::Include;
use order::Order;
pub(crate) use order::order;
use scope::Scope;
pub(crate) use types::each_name;

/// A Model whose worlds lack included and transitive items.
#[derive(Default)]
pub(crate) struct Elaborated<'a> {
    pub(crate) model: Model,
    /// The packages of the inputs.
    pub(crate) main: Vec<PackageId>,
    /// The worlds with their `include`s; included worlds come first.
    pub(crate) worlds: Vec<(WorldId, Vec<Include<'a>>)>,
    /// The error type, if anything needed it.
    pub(crate) error: Option<TypeId>,
}

/// Elaborates every enabled item.
pub(crate) fn elaborate<'a>(
    names: &Names<'a>,
    order: &Order,
    options: &Options,
    misspelt: &Misspelt,
    diagnostics: &mut Vec<Diagnostic>,
) -> Elaborated<'a> {
    let Some(first) = names.packages.first() else { return Elaborated::default() };
    let mut elaborator = Elaborator {
        names,
        options,
        view: first.source.view(options),
        misspelt,
        defining: None,
        unknown_types: BTreeMap::new(),
        diagnostics,
        model: Model::default(),
        packages: vec![None; names.packages.len()],
        interfaces: vec![None; names.items.len()],
        scopes: names.items.iter().map(|_| None).collect(),
        worlds: vec![None; names.items.len()],
        includes: Vec::new(),
        aliases: BTreeMap::new(),
        error: None,
    };
    for &package in &order.packages {
        elaborator.package(package, &order.items[package]);
    }
    let is_main = |package: &PackageIndex| names.packages[*package].source.main;
    let main = (0..names.packages.len()).filter(is_main).filter_map(|package| elaborator.packages[package]).collect();
    Elaborated { model: elaborator.model, main, worlds: elaborator.includes, error: elaborator.error }
}

struct Elaborator<'a, 'e> {
    names: &'e Names<'a>,
    options: &'e Options,
    /// The enabled items of the current package.
    view: View<'e>,
    misspelt: &'e Misspelt,
    /// The name of the type that is elaborated; no part of it can be of that type.
    defining: Option<&'a str>,
    /// The place of the diagnostic about each type that the current interface or world lacks.
    unknown_types: BTreeMap<String, usize>,
    diagnostics: &'e mut Vec<Diagnostic>,
    model: Model,
    packages: Vec<Option<PackageId>>,
    /// The interfaces by [`ItemIndex`]; `None` if not yet elaborated or not enabled.
    interfaces: Vec<Option<InterfaceId>>,
    /// The names of each interface, by [`ItemIndex`].
    scopes: Vec<Option<Scope<'a>>>,
    /// The worlds by [`ItemIndex`]; `None` if not yet elaborated or not enabled.
    worlds: Vec<Option<WorldId>>,
    includes: Vec<(WorldId, Vec<Include<'a>>)>,
    /// The definition at the end of each alias, so that long chains of aliases are followed once.
    aliases: BTreeMap<TypeId, TypeId>,
    error: Option<TypeId>,
}

impl<'a> Elaborator<'a, '_> {
    fn package(&mut self, index: PackageIndex, items: &[ItemIndex]) {
        let source = self.names.packages[index].source;
        self.view = source.view(self.options);
        let package = self.model.packages.add(Package {
            name: source.seen_as(),
            docs: source.docs.map(ToString::to_string),
            interfaces: Vec::new(),
            worlds: Vec::new(),
            span: source.name_span,
        });
        self.packages[index] = Some(package);
        let there = items.iter().filter(|item| self.names.items[**item].closed_by.is_none());
        for &item in there.clone() {
            if let ItemKind::Interface(interface) = self.names.items[item].kind {
                let id = self.interface(package, item, interface);
                self.model.packages[package].interfaces.push(id);
            }
        }
        for &item in there {
            if let ItemKind::World(world) = self.names.items[item].kind {
                let id = self.world(package, item, world);
                self.model.packages[package].worlds.push(id);
            }
        }
    }

    /// Adds a type with a name.
    fn named(&mut self, def: TypeDef) -> TypeId {
        let target =
            if let TypeDefKind::Alias(TypeRef { ty: Type::Id(target), .. }) = def.kind { Some(target) } else { None };
        let id = self.model.types.add(def);
        if let Some(target) = target {
            self.aliases.insert(id, self.dealias_id(target));
        }
        id
    }

    /// The definition at the end of a type's aliases.
    fn dealias_id(&self, id: TypeId) -> TypeId {
        self.aliases.get(&id).copied().unwrap_or(id)
    }

    /// Adds a type that is written where it is used.
    fn anonymous(&mut self, kind: TypeDefKind, span: Span) -> Type {
        Type::Id(self.model.types.add(TypeDef::anonymous(kind, Some(span))))
    }

    /// The error type: the type of everything that has been reported.
    fn error_type(&mut self) -> TypeId {
        let types = &mut self.model.types;
        *self.error.get_or_insert_with(|| types.add(TypeDef::anonymous(TypeDefKind::Tuple(Vec::new()), None)))
    }

    /// Whether this is the error type.
    fn is_error(&self, id: Id<TypeDef>) -> bool {
        self.error == Some(self.dealias_id(id))
    }
}
