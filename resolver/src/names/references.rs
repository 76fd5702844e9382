//! The `use-path`s of an enabled item.

use witwright_front::ast::{ExternItem, ExternKind, InterfaceMember, UsePath, WorldMember};

use super::ItemKind;
use crate::errors::names::ItemSort;
use crate::gates::View;

/// A `use-path` and its role.
pub(super) struct Reference<'a> {
    pub(super) path: &'a UsePath,
    /// The sort of item that it must resolve to.
    pub(super) wanted: ItemSort,
    /// Whether the other item must be elaborated first: for a `use` in an interface, and for an `include` in a world.
    pub(super) orders: bool,
}

/// Calls `found` for each `use-path` in an item, in the order of the text.
pub(super) fn each<'a>(item: &ItemKind<'a>, view: View<'_>, found: &mut dyn FnMut(Reference<'a>)) {
    match item {
        ItemKind::Interface(interface) => members(&interface.items, true, view, found),
        ItemKind::World(world) => {
            for member in &world.items {
                world_member(member, view, found);
            }
        }
    }
}

fn world_member<'a>(member: &'a WorldMember, view: View<'_>, found: &mut dyn FnMut(Reference<'a>)) {
    match member {
        WorldMember::Import(item) | WorldMember::Export(item) => extern_item(item, view, found),
        WorldMember::Use(item) => {
            if view.shows(&item.attributes) {
                found(Reference { path: &item.path, wanted: ItemSort::Interface, orders: false });
            }
        }
        WorldMember::Include(item) => {
            if view.shows(&item.attributes) {
                found(Reference { path: &item.path, wanted: ItemSort::World, orders: true });
            }
        }
        WorldMember::Type(_) => {}
    }
}

fn extern_item<'a>(item: &'a ExternItem, view: View<'_>, found: &mut dyn FnMut(Reference<'a>)) {
    if !view.shows(&item.attributes) {
        return;
    }
    match &item.kind {
        ExternKind::Path(path) | ExternKind::Named(_, path) => {
            found(Reference { path, wanted: ItemSort::Interface, orders: false });
        }
        ExternKind::Interface(_, items) => members(items, false, view, found),
        ExternKind::Func(..) => {}
    }
}

fn members<'a>(items: &'a [InterfaceMember], orders: bool, view: View<'_>, found: &mut dyn FnMut(Reference<'a>)) {
    for item in items {
        match item {
            InterfaceMember::Use(item) => {
                if view.shows(&item.attributes) {
                    found(Reference { path: &item.path, wanted: ItemSort::Interface, orders });
                }
            }
            InterfaceMember::Type(_) | InterfaceMember::Func(_) => {}
        }
    }
}
