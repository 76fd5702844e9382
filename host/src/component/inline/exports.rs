//! The exports of the root, without the symbols that only the inliner needs.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::frame::{Exports, Item, TypeSymbol};
use crate::component::decode::{Body, Definition};
use crate::component::plan::{ExportItem, FuncDef, ImportIndex};

/// The names of a component's exports.
pub(super) fn exported_names(root: &Body<'_>) -> Vec<(String, ExportItem)> {
    let name = |definition: &Definition<'_>| match definition {
        Definition::Export(export) => Some((String::from(export.name.full_name()), ExportItem::Other)),
        Definition::CoreModule(_)
        | Definition::CoreInstance(_)
        | Definition::Component(_)
        | Definition::Instance(_)
        | Definition::Alias(_)
        | Definition::Type(_)
        | Definition::Canon(_)
        | Definition::Import(_)
        | Definition::Start(_) => None,
    };
    root.definitions.iter().filter_map(name).collect()
}

/// The exports of the root.
pub(super) fn export_items(exports: &Exports<'_, '_>) -> Vec<(String, ExportItem)> {
    let export_item = |item: &Item<'_, '_>| match item {
        Item::Func(func) => ExportItem::Func(func.def, func.ty),
        Item::Type(TypeSymbol::Resource(slot)) => ExportItem::Resource(*slot),
        Item::Type(TypeSymbol::Val(ty)) => ExportItem::Type(*ty),
        Item::Instance(instance) => ExportItem::Instance(export_items(instance)),
        Item::Module(Some(module)) => ExportItem::Module(*module),
        Item::Component(Some(_)) => ExportItem::Component,
        Item::Type(TypeSymbol::Func(_) | TypeSymbol::Instance(..) | TypeSymbol::Component)
        | Item::Component(None)
        | Item::Module(None) => ExportItem::Other,
    };
    exports.items.iter().map(|(name, item)| (name.clone(), export_item(item))).collect()
}

/// The imported functions among exports.
pub(super) fn reexports(exports: &[(String, ExportItem)]) -> Vec<ImportIndex> {
    let mut found = Vec::new();
    for (_, item) in exports {
        match item {
            ExportItem::Func(FuncDef::Import(import), _) => found.push(*import),
            ExportItem::Instance(items) => found.extend(reexports(items)),
            ExportItem::Func(FuncDef::Lifted(_), _)
            | ExportItem::Resource(_)
            | ExportItem::Type(_)
            | ExportItem::Module(_)
            | ExportItem::Component
            | ExportItem::Other => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Names resource types by the exports that show them.
pub(super) fn name_resources(names: &mut [Arc<str>], name: &str, item: &Item<'_, '_>) {
    match item {
        Item::Type(TypeSymbol::Resource(slot)) => {
            let known = &mut names[slot.0 as usize];
            if known.is_empty() {
                *known = Arc::from(name);
            }
        }
        Item::Instance(instance) => {
            for (name, item) in &instance.items {
                name_resources(names, name, item);
            }
        }
        Item::Func(_)
        | Item::Type(TypeSymbol::Val(_) | TypeSymbol::Func(_) | TypeSymbol::Instance(..) | TypeSymbol::Component)
        | Item::Component(_)
        | Item::Module(_) => {}
    }
}
