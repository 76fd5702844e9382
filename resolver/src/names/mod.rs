//! Names of interfaces and worlds, and the resolution of each `use-path` (`WIT.md#use-path`).
//!
//! A plain name is looked up in the file, where top-level `use`s bring names into scope, and then in the package. A name
//! with a package is looked up in the package of exactly that version.

mod references;
mod unknown;

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::ast::{
    Ident, InterfaceItem, Item as AstItem, PackageName as AstPackageName, UsePath, WorldDecl, WorldMember,
};
use witwright_front::{Diagnostic, Span};

use crate::errors::names::ItemSort;
use crate::errors::{candidates, gates as gate_errors, names as errors};
use crate::files::Searched;
use crate::gates::{Closed, View};
use crate::load::{PackageSource, package_name};
use crate::misspelt::Misspelt;
use crate::model::PackageName;
use crate::options::Options;
use crate::versions;
use unknown::Unknown;

/// An interface or a world, by position in [`Names::items`].
pub(crate) type ItemIndex = usize;
/// A package, by position in [`Names::packages`].
pub(crate) type PackageIndex = usize;

/// The top-level items of all packages, and the references to them.
#[derive(Default)]
pub(crate) struct Names<'a> {
    pub(crate) packages: Vec<Package<'a>>,
    pub(crate) items: Vec<Item<'a>>,
    /// The item that each `use-path` resolves to, by the place of the path. Paths that a diagnostic has reported are
    /// absent.
    paths: BTreeMap<Span, ItemIndex>,
    /// The references from one package to another, with their places.
    pub(crate) package_edges: Vec<(PackageIndex, PackageIndex, Span)>,
    /// The `use`s of interfaces by interfaces, and the `include`s of worlds by worlds, with their places.
    pub(crate) item_edges: Vec<(ItemIndex, ItemIndex, Span)>,
}

/// A package's names.
pub(crate) struct Package<'a> {
    pub(crate) source: &'a PackageSource<'a>,
    /// Its items in the order of the text.
    pub(crate) items: Vec<ItemIndex>,
    by_name: BTreeMap<&'a str, ItemIndex>,
}

/// An interface or a world.
pub(crate) struct Item<'a> {
    pub(crate) package: PackageIndex,
    pub(crate) kind: ItemKind<'a>,
    pub(crate) name: &'a Ident,
    /// The reason why it is not enabled; `None` if it is.
    pub(crate) closed_by: Option<Closed<'a>>,
}

/// The declaration of an item.
#[derive(Clone, Copy)]
pub(crate) enum ItemKind<'a> {
    Interface(&'a InterfaceItem),
    World(&'a WorldDecl),
}

/// The names that top-level `use`s bring into a file; `None` for those that do not resolve.
type FileScope<'a> = BTreeMap<&'a str, Option<ItemIndex>>;

/// Declares every item and resolves every `use-path`.
pub(crate) fn resolve<'a>(
    packages: &'a [PackageSource<'a>],
    searched: &'a Searched,
    options: &'a Options,
    misspelt: &Misspelt,
    diagnostics: &mut Vec<Diagnostic>,
) -> Names<'a> {
    let mut names = Names::default();
    let mut by_package_name = BTreeMap::new();
    for (index, source) in packages.iter().enumerate() {
        names.packages.push(Package { source, items: Vec::new(), by_name: BTreeMap::new() });
        by_package_name.insert(source.name.clone(), index);
    }
    // A package with a target version has the name of that version too, unless another package has that name.
    for (index, source) in packages.iter().enumerate() {
        by_package_name.entry(source.seen_as()).or_insert(index);
    }
    let unknown_packages = Unknown::default();
    let unknown_items = BTreeMap::new();
    let mut resolver =
        Resolver { names, by_package_name, unknown_packages, unknown_items, searched, options, misspelt, diagnostics };
    let declared: Vec<Vec<Vec<ItemIndex>>> = (0..packages.len()).map(|package| resolver.declare(package)).collect();
    for (package, parts) in declared.iter().enumerate() {
        for (part, items) in parts.iter().enumerate() {
            let scope = resolver.toplevel_uses(package, part, items);
            for &item in items {
                resolver.follow(&scope, item);
            }
        }
    }
    resolver.report_unknown();
    resolver.names
}

impl Names<'_> {
    /// The item that a `use-path` resolves to; `None` if a diagnostic has reported the path.
    pub(crate) fn target(&self, path: &UsePath) -> Option<ItemIndex> {
        self.paths.get(&path.span()).copied()
    }
}

impl ItemKind<'_> {
    pub(crate) fn sort(self) -> ItemSort {
        match self {
            ItemKind::Interface(_) => ItemSort::Interface,
            ItemKind::World(_) => ItemSort::World,
        }
    }
}

struct Resolver<'a, 'd> {
    names: Names<'a>,
    by_package_name: BTreeMap<PackageName, PackageIndex>,
    unknown_packages: Unknown,
    /// The place of the diagnostic about each interface or world that a package lacks.
    unknown_items: BTreeMap<(PackageIndex, String, ItemSort), usize>,
    searched: &'a Searched,
    options: &'a Options,
    misspelt: &'d Misspelt,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Resolver<'a, '_> {
    fn view(&self, package: PackageIndex) -> View<'a> {
        self.names.packages[package].source.view(self.options)
    }

    /// The items of a package, by part.
    fn declare(&mut self, package: PackageIndex) -> Vec<Vec<ItemIndex>> {
        let source = self.names.packages[package].source;
        let parts = source.parts.iter();
        parts.map(|part| part.items.iter().filter_map(|item| self.declare_item(package, item)).collect()).collect()
    }

    fn declare_item(&mut self, package: PackageIndex, item: &'a AstItem) -> Option<ItemIndex> {
        let (kind, name, attributes) = match item {
            AstItem::Interface(item) => (ItemKind::Interface(item), &item.name, &item.attributes),
            AstItem::World(item) => (ItemKind::World(item), &item.name, &item.attributes),
            AstItem::Use(_) => return None,
            AstItem::Package(_) => unreachable!("nested packages are packages of their own after loading"),
        };
        let closed_by = self.view(package).closed_by(attributes);
        let index = self.names.items.len();
        self.names.items.push(Item { package, kind, name, closed_by });
        let has_name = self.names.packages[package].by_name.entry(name.name.as_str()).or_insert(index);
        let first = *has_name;
        let first_span = self.names.items[first].name.span;
        if self.misspelt.has(first_span) && !self.misspelt.has(name.span) {
            *has_name = index;
        }
        self.names.packages[package].items.push(index);
        // A name that could not be read is empty.
        if first != index && !name.name.is_empty() {
            self.diagnostics.push(errors::defined_twice(first_span, name.span, "interface or world", &name.name));
        }
        Some(index)
    }

    fn toplevel_uses(&mut self, package: PackageIndex, part: usize, items: &[ItemIndex]) -> FileScope<'a> {
        let source = self.names.packages[package].source;
        let mut scope = FileScope::new();
        let mut places: BTreeMap<&str, Span> = BTreeMap::new();
        for &item in items {
            let name = self.names.items[item].name;
            places.insert(&name.name, name.span);
        }
        for item in &source.parts[part].items {
            let AstItem::Use(use_) = item else { continue };
            let name = use_.name();
            if let Some(&first) = places.get(name.name.as_str()).filter(|_| !name.name.is_empty()) {
                let (first, second) = (first.min(name.span), first.max(name.span));
                self.diagnostics.push(errors::defined_twice(first, second, "the name", &name.name));
                continue;
            }
            places.insert(&name.name, name.span);
            let target = self.look_up(None, package, &use_.path, ItemSort::Interface, None);
            // Gates are checked where the name is used: that item may be gated too.
            let target = target.filter(|target| self.is_sort(*target, use_.path.span(), ItemSort::Interface));
            if let Some(target) = target {
                self.connect(package, target, use_.path.span());
            }
            scope.insert(&name.name, target);
        }
        scope
    }

    fn follow(&mut self, scope: &FileScope<'a>, item: ItemIndex) {
        let Item { package, kind, closed_by, .. } = self.names.items[item];
        if closed_by.is_some() {
            return;
        }
        references::each(&kind, self.view(package), &mut |reference| {
            let found = self.look_up(Some(scope), package, reference.path, reference.wanted, Some(item));
            let Some(target) = found else { return };
            let span = reference.path.span();
            if !self.is_usable(target, span, reference.wanted) {
                return;
            }
            self.connect(package, target, span);
            if reference.orders {
                self.names.item_edges.push((item, target, span));
            }
            self.names.paths.insert(span, target);
        });
    }

    fn connect(&mut self, package: PackageIndex, target: ItemIndex, span: Span) {
        let other = self.names.items[target].package;
        if other != package {
            self.names.package_edges.push((package, other, span));
        }
    }

    fn is_usable(&mut self, target: ItemIndex, span: Span, wanted: ItemSort) -> bool {
        if !self.is_sort(target, span, wanted) {
            return false;
        }
        let item = &self.names.items[target];
        let Some(closed) = item.closed_by else { return true };
        self.diagnostics.push(gate_errors::closed(span, &item.name.name, closed, item.name.span));
        false
    }

    fn is_sort(&mut self, target: ItemIndex, span: Span, wanted: ItemSort) -> bool {
        let item = &self.names.items[target];
        let found = item.kind.sort();
        if found != wanted {
            self.diagnostics.push(errors::wrong_sort(span, &item.name.name, wanted, found, item.name.span));
        }
        found == wanted
    }

    /// The item at a path, of which an interface or a world is wanted. `from` is the item that refers to it: it is never
    /// proposed instead of a misspelt name.
    fn look_up(
        &mut self,
        scope: Option<&FileScope<'a>>,
        from_package: PackageIndex,
        path: &UsePath,
        wanted: ItemSort,
        from: Option<ItemIndex>,
    ) -> Option<ItemIndex> {
        let (package, name) = match path {
            UsePath::Local(name) => {
                if let Some(target) = scope.and_then(|scope| scope.get(name.name.as_str())) {
                    return *target;
                }
                (from_package, name)
            }
            UsePath::Package { package: written, name, .. } => (self.look_up_package(written, from_package)?, name),
        };
        if let Some(item) = self.item_of(package, name) {
            if let (UsePath::Package { .. }, true) = (path, package == from_package) {
                let itself = &self.names.packages[package].source.name;
                self.diagnostics.push(errors::own_package(path.span(), name, itself));
            }
            return Some(item);
        }
        let names = &self.names.packages[package];
        if name.name.is_empty() {
            return None;
        }
        let key = (package, name.name.to_string(), wanted);
        if let Some(&reported) = self.unknown_items.get(&key) {
            errors::also_here(&mut self.diagnostics[reported], name.span);
            return None;
        }
        // Nothing is reported at the place of a name that the parser has reported.
        if !self.misspelt.has(name.span) {
            self.unknown_items.insert(key, self.diagnostics.len());
        }
        if let (UsePath::Local(_), Some(definition)) = (path, from.and_then(|from| self.type_of_world(from, name))) {
            self.diagnostics.push(errors::type_of_world(name.span, &name.name, wanted, definition));
            return None;
        }
        let items = &self.names.items;
        let fits = |(_, index): &(&&str, &ItemIndex)| Some(**index) != from && items[**index].kind.sort() == wanted;
        let there = candidates(self.diagnostics, names.by_name.iter().filter(fits).map(|(name, _)| *name));
        self.diagnostics.push(match path {
            UsePath::Local(_) => {
                // The `use`s at the top level of a file are of interfaces.
                let in_file = scope.filter(|_| wanted == ItemSort::Interface).into_iter().flatten();
                let there = there.chain(in_file.map(|(name, _)| *name));
                errors::unknown_item(name.span, &name.name, there, self.searched)
            }
            UsePath::Package { .. } => {
                let source = names.source;
                errors::not_in_package(name.span, &name.name, &source.name, source.name_span, wanted, there)
            }
        });
        None
    }

    /// The place of a type's name, if the item is a world that defines it.
    fn type_of_world(&self, item: ItemIndex, name: &Ident) -> Option<Span> {
        let ItemKind::World(world) = self.names.items[item].kind else { return None };
        world.items.iter().find_map(|member| match member {
            WorldMember::Type(ty) if ty.name.name == name.name => Some(ty.name.span),
            WorldMember::Type(_) | WorldMember::Use(_) => None,
            WorldMember::Import(_) | WorldMember::Export(_) | WorldMember::Include(_) => None,
        })
    }

    /// An item of a package. Packages that share a directory by mistake may have been meant to be one.
    fn item_of(&self, package: PackageIndex, name: &Ident) -> Option<ItemIndex> {
        let found = |package: &Package<'_>| package.by_name.get(name.name.as_str()).copied();
        let this = &self.names.packages[package];
        if self.misspelt.has(name.span) {
            let is_same = |item: &&ItemIndex| self.misspelt.is_same(self.names.items[**item].name.span, name.span);
            if let Some(item) = this.items.iter().find(is_same) {
                return Some(*item);
            }
        }
        let directory = this.source.shared_directory;
        let mut others = self.names.packages.iter().filter(|other| other.source.shared_directory == directory);
        found(this).or_else(|| directory.and_then(|_| others.find_map(found)))
    }

    /// The package of a path. The name without a version means the package itself, if no other has this name.
    fn look_up_package(&mut self, name: &AstPackageName, from: PackageIndex) -> Option<PackageIndex> {
        let wanted = package_name(name);
        let itself = &self.names.packages[from].source.name;
        let is_itself =
            wanted.version.is_none() && (&wanted.namespace, &wanted.name) == (&itself.namespace, &itself.name);
        let found = self.by_package_name.get(&wanted).copied().or_else(|| self.compatible(&wanted));
        let found = found.or(is_itself.then_some(from));
        let was_read = name.namespaces.iter().chain(&name.names).all(|part| !part.name.is_empty());
        if found.is_none() && was_read {
            let version = name.version.as_ref().map(|version| version.span);
            self.unknown_packages.add(wanted, place(name), version, from);
        }
        found
    }
}

impl Resolver<'_, '_> {
    /// The latest package that is compatible with a missing version.
    fn compatible(&self, wanted: &PackageName) -> Option<PackageIndex> {
        let version = wanted.version.as_ref().filter(|_| self.options.compatible_versions)?;
        let fits = |name: &PackageName| {
            let is_same = name.namespace == wanted.namespace && name.name == wanted.name;
            is_same
                && name.version.as_ref().is_some_and(|other| other > version && versions::compatible(other, version))
        };
        let fitting = self.by_package_name.iter().filter(|(name, _)| fits(name));
        fitting.max_by_key(|(name, _)| name.version.clone()).map(|(_, index)| *index)
    }
}

/// The place of the namespaces and names of a package in a `use-path`; the version comes after the item's name.
fn place(name: &AstPackageName) -> Span {
    match (name.namespaces.first(), name.names.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        (None, _) | (_, None) => name.span,
    }
}
