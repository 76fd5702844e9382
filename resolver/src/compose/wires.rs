//! Wires: the exports that satisfy imports.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::similar::closest;

use super::{Component, ComposeError, OpenImport};
use crate::model::{PackageName, WorldItem, WorldItemKind, WorldKey};
use crate::versions;

/// An export that satisfies an import. The components are indices into the parts.
pub(super) struct Wire {
    pub(super) socket: usize,
    pub(super) import: String,
    pub(super) plug: usize,
    pub(super) export: String,
}

/// Finds the exports that satisfy the imports of each component, among the components after it.
///
/// # Errors
/// If two of them export the same, or no export of one is imported.
pub(super) fn wires(components: &[Component<'_>]) -> Result<Vec<Wire>, ComposeError> {
    let mut wires: Vec<Wire> = Vec::new();
    for (socket, component) in components.iter().enumerate() {
        for item in component.imports() {
            let import = component.name(item);
            let behind = components.iter().enumerate().skip(socket + 1);
            let mut found = behind.filter_map(|(plug, other)| Some((plug, export_for(component, item, other)?)));
            let Some((plug, export)) = found.next() else { continue };
            // Types are the same wherever they come from.
            if let Some((other, _)) = found.next()
                && !is_of_types(component, item)
            {
                let plugs = [plug, other].map(|plug| components[plug].part.name.into());
                return Err(ComposeError::Ambiguous { socket: component.part.name.into(), import, plugs });
            }
            wires.push(Wire { socket, import, plug, export });
        }
    }
    match (1..components.len()).find(|plug| wires.iter().all(|wire| wire.plug != *plug)) {
        Some(plug) => Err(out_of_order(components, plug).unwrap_or_else(|| fits_nowhere(components, &wires, plug))),
        None => Ok(wires),
    }
}

/// The export for an import: of its name, or else of the latest compatible version.
fn export_for(socket: &Component<'_>, item: &WorldItem, plug: &Component<'_>) -> Option<String> {
    let name = socket.name(item);
    let mut exports = BTreeMap::<_, &WorldItem>::new();
    for export in plug.exports() {
        if plug.name(export) == name {
            return Some(name);
        }
        if let Some(version) = compatible_version(socket, item, plug, export) {
            exports.insert(version, export);
        }
    }
    exports.last_key_value().map(|(_, export)| plug.name(export))
}

/// The version of an exported interface, if it is compatible with the imported one.
fn compatible_version<'p>(
    socket: &Component<'_>,
    import: &WorldItem,
    plug: &'p Component<'_>,
    export: &WorldItem,
) -> Option<&'p Version> {
    let (import, export) = (interface_of(socket, import)?, interface_of(plug, export)?);
    let ((a, a_interface), (b, b_interface)) = (import, export);
    let is_same = (&a.namespace, &a.name, a_interface) == (&b.namespace, &b.name, b_interface);
    let (earlier, later) = (a.version.as_ref()?, b.version.as_ref()?);
    (is_same && versions::compatible(earlier, later)).then_some(later)
}

/// The package and the name of a package's interface.
fn interface_of<'c>(component: &'c Component<'_>, item: &WorldItem) -> Option<(&'c PackageName, &'c str)> {
    let WorldKey::Interface(id) = item.key else { return None };
    let interface = &component.model.interfaces[id];
    Some((&component.model.packages[interface.package].name, interface.name.as_deref()?))
}

/// Whether an import is an interface that has only types, none of them a resource.
fn is_of_types(component: &Component<'_>, item: &WorldItem) -> bool {
    let WorldItemKind::Interface { id, .. } = item.kind else { return false };
    let interface = &component.model.interfaces[id];
    let is_resource = |id: &_| component.model.types[*id].kind.is_resource();
    interface.funcs.is_empty() && !interface.types.iter().any(is_resource)
}

/// The error for a plug that imports an export of a part before it.
fn out_of_order(components: &[Component<'_>], plug: usize) -> Option<ComposeError> {
    let component = &components[plug];
    let exporter = |item: &WorldItem| {
        let part = components[..plug].iter().find(|other| export_for(component, item, other).is_some())?;
        Some((component.name(item), part.part.name.into()))
    };
    let (import, part) = component.imports().iter().find_map(exporter)?;
    Some(ComposeError::Order { plug: component.part.name.into(), import, part })
}

fn fits_nowhere(components: &[Component<'_>], wires: &[Wire], plug: usize) -> ComposeError {
    let names = |component: &Component<'_>, items: &[WorldItem]| -> Vec<String> {
        items.iter().map(|item| component.name(item)).collect()
    };
    let exports = names(&components[plug], components[plug].exports());
    let mut open = Vec::new();
    for (socket, component) in components.iter().enumerate().take(plug) {
        for import in names(component, component.imports()) {
            if wires.iter().any(|wire| wire.socket == socket && wire.import == import) {
                continue;
            }
            let nearest = closest(&import, exports.iter().map(String::as_str)).map(String::from);
            open.push(OpenImport { part: component.part.name.into(), import, nearest });
        }
    }
    ComposeError::FitsNowhere { plug: components[plug].part.name.into(), exports, open }
}
