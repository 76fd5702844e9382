//! Dependences of exports: an interface whose types an export uses is exported before it, if the world exports it, and
//! is imported otherwise. The dependences of imports are imported.
//!
//! An interface that one export needs as an import and another as an export would exist twice, with two copies of its
//! types. Such a world is an error.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::mem;

use witwright_front::{Diagnostic, Span};

use super::imports::implied;
use super::{Items, used_by};
use crate::errors::worlds as errors;
use crate::model::{InterfaceId, Model, WorldId, WorldItem, WorldItemKind, WorldKey};

/// The exports of a world in their order; interfaces that they need are added to the exports or imports.
pub(super) fn with_dependences(
    model: &mut Model,
    world: WorldId,
    imports: &mut Items,
    diagnostics: &mut Vec<Diagnostic>,
) -> Items {
    let stated = mem::take(&mut model.worlds[world].exports);
    let is_interface = |item: &WorldItem| matches!(item.kind, WorldItemKind::Interface { .. });
    let (interfaces, others): (Vec<WorldItem>, Vec<WorldItem>) = stated.into_iter().partition(is_interface);
    let mut closure = Closure {
        model,
        exported: interfaces.iter().map(|item| (item.key.clone(), item.span)).collect(),
        stated: interfaces.iter().map(|item| (item.key.clone(), item.clone())).collect(),
        imports,
        exports: others.into_iter().collect(),
        imported_for: BTreeMap::new(),
        reported: BTreeSet::new(),
        diagnostics,
    };
    for item in interfaces {
        closure.add(item);
    }
    closure.exports
}

struct Closure<'c> {
    model: &'c Model,
    /// The interfaces that the world exports, with their places.
    exported: BTreeMap<WorldKey, Option<Span>>,
    stated: BTreeMap<WorldKey, WorldItem>,
    imports: &'c mut Items,
    exports: Items,
    /// Interfaces that exports need as imports, each with the interface that needs it.
    imported_for: BTreeMap<InterfaceId, InterfaceId>,
    reported: BTreeSet<InterfaceId>,
    diagnostics: &'c mut Vec<Diagnostic>,
}

/// An interface on the path from an export to its dependences.
struct Step {
    item: WorldItem,
    id: InterfaceId,
    is_export: bool,
    needs: vec::IntoIter<InterfaceId>,
}

impl Closure<'_> {
    /// Adds an export after the interfaces that it needs. Chains of interfaces may be long, so that the path is kept in
    /// a list.
    fn add(&mut self, root: WorldItem) {
        let mut way: Vec<Step> = Vec::new();
        let root_span = root.span;
        way.extend(self.step(root, true, None, &[]));
        while let Some(step) = way.last_mut() {
            let Some(need) = step.needs.next() else {
                if let Some(step) = way.pop() {
                    self.leave(step, root_span);
                }
                continue;
            };
            let key = WorldKey::Interface(need);
            let is_export = step.is_export && self.exported.contains_key(&key);
            let item = match self.stated.get(&key) {
                Some(item) if is_export => item.clone(),
                Some(_) | None => implied(need, &step.item.gate, &step.item),
            };
            let next = self.step(item, is_export, root_span, &way);
            way.extend(next);
        }
    }

    /// Enters an interface, unless it has been added already.
    fn step(&mut self, item: WorldItem, is_export: bool, root: Option<Span>, way: &[Step]) -> Option<Step> {
        let WorldItemKind::Interface { id, .. } = item.kind else { return None };
        if self.exports.has(&item.key) {
            if !is_export {
                let chain: Vec<InterfaceId> = way.iter().map(|step| step.id).chain([id]).collect();
                self.report(&chain, root);
            }
            return None;
        }
        if !is_export {
            if self.imported_for.contains_key(&id) {
                return None;
            }
            if let Some(step) = way.last() {
                self.imported_for.insert(id, step.id);
            }
        }
        let needs = used_by(self.model, id).into_iter();
        Some(Step { item, id, is_export, needs })
    }

    fn leave(&mut self, step: Step, root: Option<Span>) {
        if !step.is_export {
            self.imports.add(step.item);
            return;
        }
        if self.imported_for.contains_key(&step.id) {
            let mut chain = vec![step.id];
            let mut id = step.id;
            while let Some(&by) = self.imported_for.get(&id) {
                chain.push(by);
                id = by;
            }
            chain.reverse();
            self.report(&chain, self.exported.get(&WorldKey::Interface(chain[0])).copied().flatten().or(root));
        }
        self.exports.add(step.item);
    }

    /// Reports that the last interface of a chain is exported, and imported for the first one.
    fn report(&mut self, chain: &[InterfaceId], first: Option<Span>) {
        let (Some(&last), Some(first)) = (chain.last(), first) else { return };
        if !self.reported.insert(last) {
            return;
        }
        let names: Vec<String> = chain.iter().map(|id| self.name(*id)).collect();
        // The first interface is exported, maybe written in place.
        let missing = chain.iter().skip(1).position(|id| !self.exported.contains_key(&WorldKey::Interface(*id)));
        let missing = missing.map(|i| names[i + 1].as_str());
        let second = self.exported.get(&WorldKey::Interface(last)).copied().flatten();
        self.diagnostics.push(errors::imported_and_exported(first, second, &names, missing));
    }

    /// The name of an interface; for one written in place, its name in the world.
    fn name(&self, id: InterfaceId) -> String {
        let is_it = |item: &&WorldItem| matches!(item.kind, WorldItemKind::Interface { id: other, .. } if other == id);
        let key = || self.stated.values().find(is_it).map(|item| self.model.key_name(&item.key));
        self.model.interface_name(id).or_else(key).unwrap_or_default()
    }
}
