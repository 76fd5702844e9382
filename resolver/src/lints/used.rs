//! The names that items refer to, by the text: items that are not enabled count too.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use witwright_front::ast::{
    ExternKind, FuncType, Ident, InterfaceMember, Item, ResourceMethodKind, ToplevelUse, TypedefItem, TypedefKind,
    UseItem, UsePath, WorldDecl, WorldMember,
};

use crate::elaborate::each_name;
use crate::load::{PackageSource, Part};

/// The names of an interface, of a world, or of an interface written in place.
#[derive(Default)]
pub(super) struct Scope<'a> {
    /// The name of the interface in `use`s; `None` if it has none.
    pub(super) interface: Option<&'a str>,
    pub(super) uses: Vec<&'a UseItem>,
    pub(super) types: Vec<&'a TypedefItem>,
    /// The names of types that its items mention.
    pub(super) mentioned: BTreeSet<&'a str>,
}

/// Every scope of a part.
pub(super) fn scopes<'a>(part: &'a Part<'_>) -> Vec<Scope<'a>> {
    let mut scopes = Vec::new();
    for item in &part.items {
        match item {
            Item::Interface(interface) => scopes.push(Scope::of(Some(&interface.name.name), &interface.items)),
            Item::World(world) => of_world(world, &mut scopes),
            Item::Use(_) | Item::Package(_) => {}
        }
    }
    scopes
}

fn of_world<'a>(world: &'a WorldDecl, scopes: &mut Vec<Scope<'a>>) {
    let mut scope = Scope::default();
    for member in &world.items {
        match member {
            WorldMember::Import(item) | WorldMember::Export(item) => match &item.kind {
                ExternKind::Func(_, func) => scope.func(func, None),
                ExternKind::Interface(_, members) => scopes.push(Scope::of(None, members)),
                ExternKind::Path(_) | ExternKind::Named(..) => {}
            },
            WorldMember::Use(item) => scope.uses.push(item),
            WorldMember::Type(item) => scope.typedef(item),
            WorldMember::Include(_) => {}
        }
    }
    scopes.push(scope);
}

impl<'a> Scope<'a> {
    fn of(interface: Option<&'a str>, members: &'a [InterfaceMember]) -> Scope<'a> {
        let mut scope = Scope { interface, ..Scope::default() };
        for member in members {
            match member {
                InterfaceMember::Use(item) => scope.uses.push(item),
                InterfaceMember::Type(item) => scope.typedef(item),
                InterfaceMember::Func(item) => scope.func(&item.func, None),
            }
        }
        scope
    }

    fn typedef(&mut self, item: &'a TypedefItem) {
        self.types.push(item);
        let mut mention = |name: &'a Ident| {
            self.mentioned.insert(&name.name);
        };
        match &item.kind {
            TypedefKind::Alias(ty) => each_name(ty, &mut mention),
            TypedefKind::Record(fields) => fields.iter().for_each(|field| each_name(&field.ty, &mut mention)),
            TypedefKind::Variant(cases) => {
                cases.iter().filter_map(|case| case.ty.as_ref()).for_each(|ty| each_name(ty, &mut mention));
            }
            TypedefKind::Enum(_) | TypedefKind::Flags(_) => {}
            TypedefKind::Resource(methods) => {
                for method in methods {
                    // A resource that only its own methods mention cannot be obtained.
                    let is_method = matches!(method.kind, ResourceMethodKind::Method(_));
                    self.func(&method.func, is_method.then_some(&item.name.name));
                    if !is_method {
                        self.mentioned.insert(&item.name.name);
                    }
                }
            }
        }
    }

    fn func(&mut self, func: &'a FuncType, but_not: Option<&str>) {
        let mut mention = |name: &'a Ident| {
            if Some(name.name.as_str()) != but_not {
                self.mentioned.insert(&name.name);
            }
        };
        let types = func.params.iter().map(|param| &param.ty).chain(&func.result);
        types.for_each(|ty| each_name(ty, &mut mention));
    }
}

/// The types that the `use`s of all packages bring in, each with the name of its interface.
pub(super) struct UsedNames<'a> {
    names: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> UsedNames<'a> {
    /// Interfaces are told apart by their own names alone, so that too many types may count as used, but never too few.
    pub(super) fn of(packages: &'a [PackageSource<'a>]) -> UsedNames<'a> {
        let mut names = BTreeSet::new();
        for part in packages.iter().flat_map(|package| &package.parts) {
            let aliases: BTreeMap<&str, &str> =
                toplevel(part).map(|use_| (use_.name().name.as_str(), use_.path.name().name.as_str())).collect();
            for use_ in scopes(part).into_iter().flat_map(|scope| scope.uses) {
                let interface = use_.path.name().name.as_str();
                let interface = aliases.get(interface).copied().unwrap_or(interface);
                names.extend(use_.names.iter().map(|name| (interface, name.name.name.as_str())));
            }
        }
        UsedNames { names }
    }

    /// Whether an item of the scope, or a `use` elsewhere, mentions this type of the scope.
    pub(super) fn has(&self, scope: &Scope<'_>, ty: &str) -> bool {
        scope.mentioned.contains(ty) || scope.interface.is_some_and(|interface| self.names.contains(&(interface, ty)))
    }
}

/// The top-level `use`s of a part.
pub(super) fn toplevel<'a>(part: &'a Part<'_>) -> impl Iterator<Item = &'a ToplevelUse> {
    part.items.iter().filter_map(|item| match item {
        Item::Use(use_) => Some(use_),
        Item::Interface(_) | Item::World(_) | Item::Package(_) => None,
    })
}

/// The plain names of interfaces and worlds in the paths of a part.
pub(super) fn local_paths<'a>(part: &'a Part<'_>) -> BTreeSet<&'a str> {
    let mut found: BTreeSet<&str> =
        scopes(part).iter().flat_map(|scope| &scope.uses).filter_map(|use_| local(&use_.path)).collect();
    for item in &part.items {
        let Item::World(world) = item else { continue };
        for member in &world.items {
            let path = match member {
                WorldMember::Import(item) | WorldMember::Export(item) => match &item.kind {
                    ExternKind::Path(path) | ExternKind::Named(_, path) => path,
                    ExternKind::Func(..) | ExternKind::Interface(..) => continue,
                },
                WorldMember::Include(item) => &item.path,
                WorldMember::Use(_) | WorldMember::Type(_) => continue,
            };
            found.extend(local(path));
        }
    }
    found
}

fn local(path: &UsePath) -> Option<&str> {
    match path {
        UsePath::Local(name) => Some(&name.name),
        UsePath::Package { .. } => None,
    }
}
