//! The known differences between `wit-parser` and the specification; `docs/language.md` lists them too.

use std::collections::BTreeSet;

use serde_json::Value;
use witwright_front::Diagnostic;
use witwright_resolver::model::{InterfaceId, PackageId, WorldItemKind};
use witwright_resolver::{Model, Resolution, print};

use super::{FEATURES, Sample, Verdict};

/// Whether a dispute is about a known difference.
pub(super) fn is_known(sample: &Sample, ours: &Resolution, how: &str, reason: &str) -> bool {
    let is_only =
        |code: &str| ours.diagnostics.iter().filter(|found| found.is_error()).all(|found| found.code.0 == code);
    match how {
        super::ONLY_THEY_REFUSE => {
            is_behind_a_gate(sample, ours, reason)
                || is_about_copies(&ours.model)
                // The specification has no such keyword (`WIT.md#keywords`).
                || reason.contains("found keyword `error-context`")
        }
        super::ONLY_WE_REFUSE => {
            is_use_behind_definition(ours)
                || is_about_closed_gates(sample, ours)
                // The name of an interface has its package in lower case (`Explainer.md#import-and-export-definitions`). The
                // validator checks this only if the package has an interface.
                || is_only("E0324")
                // `@external-id` is only for items with a plain name (`WIT.md#item-world`).
                || is_only("E0211")
        }
        _ => is_about_copies(&ours.model),
    }
}

/// `wit-parser` also checks items whose gate is closed, and rejects correct ones: it does not find items that other packages
/// leave out too, types of worlds, and types that are also written elsewhere. But gates replace "maintaining two copies of a
/// single WIT document" (`WIT.md#package-format`), so an item whose gate is closed does not exist.
fn is_behind_a_gate(sample: &Sample, ours: &Resolution, reason: &str) -> bool {
    let Some(opened) = opened(sample) else { return false };
    let left = Sample { text: print::document(&ours.model, ours.main[0]), features: FEATURES.to_vec() };
    let is_lost = reason.contains("not found in package") || reason.contains("is excluded due to its feature");
    matches!(opened.verdict(), Verdict::Refused)
        || is_lost && matches!(left.verdict(), Verdict::Accepted | Verdict::Known)
}

/// The same sample with all features, if some are off.
fn opened(sample: &Sample) -> Option<Sample> {
    let opened = Sample { text: sample.text.clone(), features: FEATURES.to_vec() };
    (sample.features.len() < FEATURES.len()).then_some(opened)
}

/// `wit-parser` ignores the gates inside an item whose gate is closed. They are part of the document, and must be correct
/// whether they are open or closed (`WIT.md#rules-for-feature-gate-usage`).
fn is_about_closed_gates(sample: &Sample, ours: &Resolution) -> bool {
    let Some(opened) = opened(sample) else { return false };
    let mut errors = ours.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors.all(|error| error.code.0.starts_with("E05")) && matches!(opened.verdict(), Verdict::Refused)
}

/// If an interface is imported or exported as `id: use-path`, and another item uses its types, `wit-parser` treats the copy
/// as the interface itself. But "each copy implements a unique version of the interface in question"
/// (`WIT.md#package-format`).
fn is_about_copies(model: &Model) -> bool {
    model.worlds.iter().any(|(_, world)| {
        let items = || world.imports.iter().chain(&world.exports);
        let copied = items().filter_map(|item| match item.kind {
            WorldItemKind::Interface { implements, .. } => implements,
            WorldItemKind::Func(_) | WorldItemKind::Type(_) => None,
        });
        let copied: BTreeSet<InterfaceId> = copied.collect();
        items().any(|item| match item.kind {
            WorldItemKind::Interface { id, .. } => uses_any(model, id, &copied),
            WorldItemKind::Type(ty) => model.used_from(ty).is_some_and(|used| copied.contains(&used)),
            WorldItemKind::Func(_) => false,
        })
    })
}

/// Whether an interface uses one of these interfaces, directly or through others.
fn uses_any(model: &Model, id: InterfaceId, others: &BTreeSet<InterfaceId>) -> bool {
    let mut used = model.interfaces[id].types.iter().filter_map(|ty| model.used_from(*ty));
    used.any(|used| others.contains(&used) || uses_any(model, used, others))
}

/// In `wit-parser`, a `use` replaces a type of the same name that is defined before it. But the names in a scope must differ
/// (`Explainer.md#name-uniqueness`).
fn is_use_behind_definition(ours: &Resolution) -> bool {
    let is_it = |diagnostic: &Diagnostic| {
        let Some(second) = diagnostic.labels.iter().map(|label| label.span).max() else { return false };
        let (line, _) = ours.sources.line_column(second);
        let line = ours.sources.file(second.file).text.lines().nth(line - 1).unwrap_or_default();
        matches!(diagnostic.code.0, "E0313" | "E0314" | "E0602") && line.trim_start().starts_with("use ")
    };
    // It does not check the type that it replaces.
    ours.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).any(is_it)
}

/// `wit-parser` orders interfaces and worlds also by uses whose gate is closed. Ours are put into its order.
pub(super) fn order_as_theirs(ours: &mut Model, id: PackageId, theirs: &wit_parser::Package) {
    let mut package = ours.packages[id].clone();
    package.interfaces.sort_by_key(|id| theirs.interfaces.get_index_of(ours.interfaces[*id].name.as_ref().unwrap()));
    package.worlds.sort_by_key(|id| theirs.worlds.get_index_of(&ours.worlds[*id].name));
    ours.packages[id] = package;
}

/// If an import or export comes before an interface on its side that it needs, `wit-parser` gives its gate to that interface, for
/// an export also to the imports that the interface needs. But an item has only the gate that it states
/// (`WIT.md#feature-gates`).
pub(super) fn leave_out_gates_of_needed(expected: &mut Value, found: &mut Value) {
    const SIDES: [&str; 2] = ["interface_import_stability", "interface_export_stability"];
    let keys = |docs: &Value| -> BTreeSet<String> {
        docs["worlds"].as_object().into_iter().flat_map(|worlds| worlds.keys().cloned()).collect()
    };
    for world in &keys(expected) | &keys(found) {
        if SIDES.iter().all(|side| expected["worlds"][&world][side] == found["worlds"][&world][side]) {
            continue;
        }
        for docs in [&mut *expected, &mut *found] {
            if let Some(world) = docs["worlds"][&world].as_object_mut() {
                world.retain(|key, _| !SIDES.contains(&key.as_str()));
            }
            let is_empty = docs["worlds"][&world].as_object().is_none_or(|world| world.is_empty());
            docs["worlds"].as_object_mut().filter(|_| is_empty).map(|worlds| worlds.remove(&world));
            let is_empty = docs["worlds"].as_object().is_none_or(|worlds| worlds.is_empty());
            docs.as_object_mut().filter(|_| is_empty).map(|docs| docs.remove("worlds"));
        }
    }
}
