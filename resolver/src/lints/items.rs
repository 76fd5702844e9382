//! The items of a package in one list, as written, for lints about gates, documentation and names.

use alloc::vec::Vec;

use witwright_front::Span;
use witwright_front::ast::{
    self, Attributes, Docs, ExternItem, ExternKind, Ident, InterfaceMember, ResourceMethod, ResourceMethodKind,
    TypedefItem, TypedefKind, WorldMember,
};

use crate::load::PackageSource;

/// A part of a text with a name, a gate or documentation.
pub(super) struct Item<'a> {
    pub(super) sort: Sort,
    /// Its name; `None` for a reference that gives no name.
    pub(super) name: Option<&'a Ident>,
    /// Its place in diagnostics.
    pub(super) place: Span,
    /// Its attributes; `None` if it cannot be gated.
    pub(super) attributes: Option<&'a Attributes>,
    /// Its documentation; `None` if it needs none of its own.
    pub(super) docs: Option<&'a Docs>,
    /// The item around it, by its place in the list.
    pub(super) container: Option<usize>,
}

/// The sorts of items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sort {
    Interface,
    World,
    Import,
    Export,
    Use,
    Include,
    Func,
    Type,
    Record,
    Variant,
    Enum,
    Flags,
    Resource,
    Field,
    Case,
    Flag,
    Method,
    Static,
    Constructor,
}

impl Sort {
    /// The word in messages.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Sort::Interface => "interface",
            Sort::World => "world",
            Sort::Import => "import",
            Sort::Export => "export",
            Sort::Use => "`use`",
            Sort::Include => "`include`",
            Sort::Func => "function",
            Sort::Type => "type",
            Sort::Record => "record",
            Sort::Variant => "variant",
            Sort::Enum => "enum",
            Sort::Flags => "flags",
            Sort::Resource => "resource",
            Sort::Field => "field",
            Sort::Case => "case",
            Sort::Flag => "flag",
            Sort::Method => "method",
            Sort::Static => "static function",
            Sort::Constructor => "constructor",
        }
    }
}

/// The items of a package; each comes after its container.
pub(super) fn of_package<'a>(package: &'a PackageSource<'_>) -> Vec<Item<'a>> {
    let mut list = List { items: Vec::new() };
    for item in package.parts.iter().flat_map(|part| &part.items) {
        match item {
            ast::Item::Use(_) | ast::Item::Package(_) => {}
            ast::Item::Interface(interface) => {
                let place =
                    list.add(None, Sort::Interface, &interface.name, Some(&interface.attributes), &interface.docs);
                list.members(place, &interface.items);
            }
            ast::Item::World(world) => {
                let place = list.add(None, Sort::World, &world.name, Some(&world.attributes), &world.docs);
                for member in &world.items {
                    list.world_member(place, member);
                }
            }
        }
    }
    list.items
}

struct List<'a> {
    items: Vec<Item<'a>>,
}

impl<'a> List<'a> {
    fn add(
        &mut self,
        container: Option<usize>,
        sort: Sort,
        name: &'a Ident,
        attributes: Option<&'a Attributes>,
        docs: &'a Docs,
    ) -> usize {
        let item = Item { sort, name: Some(name), place: name.span, attributes, docs: Some(docs), container };
        self.items.push(item);
        self.items.len() - 1
    }

    /// Adds an item that refers to another one and gives it no name.
    fn reference(&mut self, container: usize, sort: Sort, place: Span, attributes: &'a Attributes) {
        let attributes = Some(attributes);
        self.items.push(Item { sort, name: None, place, attributes, docs: None, container: Some(container) });
    }

    fn world_member(&mut self, world: usize, member: &'a WorldMember) {
        match member {
            WorldMember::Import(item) => self.extern_item(world, Sort::Import, item),
            WorldMember::Export(item) => self.extern_item(world, Sort::Export, item),
            WorldMember::Use(item) => self.reference(world, Sort::Use, item.path.span(), &item.attributes),
            WorldMember::Type(item) => self.typedef(world, item),
            WorldMember::Include(item) => self.reference(world, Sort::Include, item.path.span(), &item.attributes),
        }
    }

    fn extern_item(&mut self, world: usize, sort: Sort, item: &'a ExternItem) {
        match &item.kind {
            ExternKind::Path(path) => self.reference(world, sort, path.span(), &item.attributes),
            ExternKind::Func(name, _) | ExternKind::Named(name, _) => {
                self.add(Some(world), sort, name, Some(&item.attributes), &item.docs);
            }
            ExternKind::Interface(name, members) => {
                let place = self.add(Some(world), sort, name, Some(&item.attributes), &item.docs);
                self.members(place, members);
            }
        }
    }

    fn members(&mut self, container: usize, members: &'a [InterfaceMember]) {
        for member in members {
            match member {
                InterfaceMember::Use(item) => {
                    self.reference(container, Sort::Use, item.path.span(), &item.attributes);
                }
                InterfaceMember::Type(item) => self.typedef(container, item),
                InterfaceMember::Func(item) => {
                    self.add(Some(container), Sort::Func, &item.name, Some(&item.attributes), &item.docs);
                }
            }
        }
    }

    fn typedef(&mut self, container: usize, item: &'a TypedefItem) {
        let sort = match item.kind {
            TypedefKind::Alias(_) => Sort::Type,
            TypedefKind::Record(_) => Sort::Record,
            TypedefKind::Variant(_) => Sort::Variant,
            TypedefKind::Enum(_) => Sort::Enum,
            TypedefKind::Flags(_) => Sort::Flags,
            TypedefKind::Resource(_) => Sort::Resource,
        };
        let place = self.add(Some(container), sort, &item.name, Some(&item.attributes), &item.docs);
        match &item.kind {
            TypedefKind::Alias(_) => {}
            TypedefKind::Record(fields) => {
                for field in fields {
                    self.add(Some(place), Sort::Field, &field.name, None, &field.docs);
                }
            }
            TypedefKind::Variant(cases) => {
                for case in cases {
                    self.add(Some(place), Sort::Case, &case.name, None, &case.docs);
                }
            }
            TypedefKind::Enum(labels) => self.labels(place, Sort::Case, labels),
            TypedefKind::Flags(labels) => self.labels(place, Sort::Flag, labels),
            TypedefKind::Resource(methods) => methods.iter().for_each(|method| self.method(place, method)),
        }
    }

    fn labels(&mut self, container: usize, sort: Sort, labels: &'a [ast::Label]) {
        for label in labels {
            self.add(Some(container), sort, &label.name, None, &label.docs);
        }
    }

    fn method(&mut self, resource: usize, method: &'a ResourceMethod) {
        let attributes = Some(&method.attributes);
        match &method.kind {
            ResourceMethodKind::Method(name) => {
                self.add(Some(resource), Sort::Method, name, attributes, &method.docs);
            }
            ResourceMethodKind::Static(name) => {
                self.add(Some(resource), Sort::Static, name, attributes, &method.docs);
            }
            ResourceMethodKind::Constructor(place) => {
                let (docs, container) = (Some(&method.docs), Some(resource));
                self.items.push(Item {
                    sort: Sort::Constructor,
                    name: None,
                    place: *place,
                    attributes,
                    docs,
                    container,
                });
            }
        }
    }
}
