//! Wires: the exports that satisfy imports.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::similar::closest;

use super::{Component, ComposeError, GivenWire, OpenImport};
use crate::model::{PackageName, WorldItem, WorldItemKind, WorldKey};
use crate::versions;

/// An export that satisfies an import. The components are indices into the parts.
pub(super) struct Wire {
    pub(super) socket: usize,
    pub(super) import: String,
    pub(super) plug: usize,
    pub(super) export: String,
}

/// Finds the exports that satisfy the imports of each component, among all others; `given` are wires that the user states.
///
/// # Errors
/// If two of them export the same, or no export of one is imported, or a given wire names what does not exist.
pub(super) fn wires(components: &[Component<'_>], given: &[GivenWire<'_>]) -> Result<Vec<Wire>, ComposeError> {
    let given = given.iter().map(|wire| stated(components, wire)).collect::<Result<Vec<_>, _>>()?;
    let mut wires: Vec<Wire> = Vec::new();
    for (socket, component) in components.iter().enumerate() {
        for item in component.imports() {
            let import = component.name(item);
            if let Some((_, _, plug, export)) = given.iter().find(|wire| (wire.0, &wire.1) == (socket, &import)) {
                wires.push(Wire { socket, import, plug: *plug, export: export.clone() });
                continue;
            }
            let others = components.iter().enumerate().filter(|(plug, _)| *plug != socket);
            let found = others.filter_map(|(plug, other)| Some((plug, export_for(component, item, other)?)));
            let mut found: Vec<(usize, String)> = found.collect();
            // Of two that export it, the one that imports it from the other stands between.
            if found.len() > 1 {
                let inner: Vec<usize> = found.iter().map(|(plug, _)| *plug).collect();
                let is_between = |plug: usize| exports_what_it_imports(component, item, &components[plug]);
                if inner.iter().filter(|plug| is_between(**plug)).count() == 1 {
                    found.retain(|(plug, _)| is_between(*plug));
                }
            }
            let Some((plug, export)) = found.first().cloned() else { continue };
            // Types are the same wherever they come from.
            if let Some((other, _)) = found.get(1)
                && !is_of_types(component, item)
            {
                let plugs = [plug, *other].map(|plug| components[plug].part.name.into());
                return Err(ComposeError::Ambiguous { socket: component.part.name.into(), import, plugs });
            }
            wires.push(Wire { socket, import, plug, export });
        }
    }
    Ok(wires)
}

/// The parts in the order in which each takes only from those after it; the first is the socket.
///
/// # Errors
/// If parts take from one another in a circle, or no export of one is imported.
pub(super) fn order(components: &[Component<'_>], wires: &[Wire]) -> Result<Vec<usize>, ComposeError> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < components.len() {
        let is_free = |part: &usize| {
            !order.contains(part) && wires.iter().all(|wire| wire.plug != *part || order.contains(&wire.socket))
        };
        let Some(next) = (0..components.len()).find(is_free) else {
            let left = (0..components.len()).filter(|part| !order.contains(part));
            return Err(ComposeError::Circle { parts: left.map(|part| components[part].part.name.into()).collect() });
        };
        order.push(next);
    }
    let idle = |part: &&usize| wires.iter().all(|wire| wire.plug != **part);
    match order.iter().skip(1).find(idle) {
        Some(plug) => Err(fits_nowhere(components, wires, order[0], *plug)),
        None => Ok(order),
    }
}

/// The parts and names of a wire that the user states.
fn stated(components: &[Component<'_>], wire: &GivenWire<'_>) -> Result<(usize, String, usize, String), ComposeError> {
    let part = |name: &str| {
        let found = components.iter().position(|component| component.part.name == name);
        found.ok_or_else(|| ComposeError::UnknownPart {
            part: name.into(),
            parts: components.iter().map(|component| component.part.name.into()).collect(),
        })
    };
    let (socket, plug) = (part(wire.socket)?, part(wire.plug)?);
    let component = &components[socket];
    let item = component.imports().iter().find(|item| component.name(item) == wire.import);
    let lacks = |part: usize, items: &[WorldItem], imports: bool| ComposeError::NoSuchItem {
        part: components[part].part.name.into(),
        name: wire.import.into(),
        imports,
        names: items.iter().map(|item| components[part].name(item)).collect(),
    };
    let Some(item) = item else { return Err(lacks(socket, component.imports(), true)) };
    match export_for(component, item, &components[plug]) {
        Some(export) => Ok((socket, wire.import.into(), plug, export)),
        None => Err(lacks(plug, components[plug].exports(), false)),
    }
}

/// Whether a part imports, under a compatible name, what it exports for an import.
fn exports_what_it_imports(socket: &Component<'_>, item: &WorldItem, plug: &Component<'_>) -> bool {
    let imports = |import: &WorldItem| {
        plug.name(import) == socket.name(item) || compatible_version(socket, item, plug, import).is_some()
    };
    plug.imports().iter().any(imports)
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

fn fits_nowhere(components: &[Component<'_>], wires: &[Wire], first: usize, plug: usize) -> ComposeError {
    let names = |component: &Component<'_>, items: &[WorldItem]| -> Vec<String> {
        items.iter().map(|item| component.name(item)).collect()
    };
    let exports = names(&components[plug], components[plug].exports());
    let mut open = Vec::new();
    for (socket, component) in components.iter().enumerate().filter(|(part, _)| *part == first || *part < plug) {
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
