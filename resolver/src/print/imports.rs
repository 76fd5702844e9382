//! The imports that the text of a world states.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use crate::model::{Model, World, WorldItemKind};

/// Whether the text of a world states each of its imports. Those that elaboration adds are left out, unless the order of imports
/// would change: where one that is stated comes after others that it does not use, they were added before it for a third.
#[must_use]
pub fn stated_imports(model: &Model, world: &World) -> Vec<bool> {
    // The imports that the next stated import adds before itself; `None` after the last one.
    let mut added: Option<BTreeSet<_>> = None;
    let is_stated = world.imports.iter().rev().map(|item| {
        let WorldItemKind::Interface { id, .. } = item.kind else { return item.stated };
        let is_stated = item.stated || added.as_ref().is_some_and(|added| !added.contains(&id));
        if is_stated {
            added = Some(BTreeSet::new());
        }
        if let Some(added) = &mut added {
            added.extend(model.direct_uses(id));
        }
        is_stated
    });
    let mut stated: Vec<bool> = is_stated.collect();
    stated.reverse();
    stated
}
