//! Wires: the exports that satisfy imports.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;
use witwright_front::similar::closest;

use super::{Component, ComposeError, Connection, OpenImport};
use crate::model::{PackageName, WorldItem, WorldItemKind, WorldKey};
use crate::versions;

/// An export that satisfies an import. The components are indices into the parts.
pub(super) struct Wire {
    pub(super) importer: usize,
    pub(super) import: String,
    pub(super) exporter: usize,
    pub(super) export: String,
}

/// The wire of a part's import. `None` if no part satisfies it.
pub(super) fn wire_of<'a>(wires: &'a [Wire], part: usize, import: &str) -> Option<&'a Wire> {
    wires.iter().find(|wire| wire.importer == part && wire.import == import)
}

/// Finds the exports that satisfy the imports of each component, among all others; `given` are connections that the user states.
///
/// # Errors
/// If two of them export the same, or no export of one is imported, or a stated connection names what does not exist.
pub(super) fn wires(components: &[Component<'_>], given: &[Connection<'_>]) -> Result<Vec<Wire>, ComposeError> {
    let given = given.iter().map(|wire| stated(components, wire)).collect::<Result<Vec<_>, _>>()?;
    let mut wires: Vec<Wire> = Vec::new();
    for (importer, component) in components.iter().enumerate() {
        for item in component.imports() {
            let import = component.name(item);
            if let Some((_, _, exporter, export)) = given.iter().find(|wire| (wire.0, &wire.1) == (importer, &import)) {
                wires.push(Wire { importer, import, exporter: *exporter, export: export.clone() });
                continue;
            }
            let others = components.iter().enumerate().filter(|(exporter, _)| *exporter != importer);
            let found = others.filter_map(|(exporter, other)| Some((exporter, export_for(component, item, other)?)));
            let mut found: Vec<(usize, &WorldItem)> = found.collect();
            // An earlier version may lack what the import has.
            let is_earlier =
                |(part, export): &(usize, &WorldItem)| is_earlier(component, item, &components[*part], export);
            if !found.iter().all(is_earlier) {
                found.retain(|found| !is_earlier(found));
            }
            // Of two that export it, the one that imports it from the other is between the importer and that one.
            if found.len() > 1 {
                let inner: Vec<usize> = found.iter().map(|(exporter, _)| *exporter).collect();
                let is_between = |exporter: usize| exports_what_it_imports(component, item, &components[exporter]);
                if inner.iter().filter(|exporter| is_between(**exporter)).count() == 1 {
                    found.retain(|(exporter, _)| is_between(*exporter));
                }
            }
            let Some((exporter, export)) = found.first().copied() else { continue };
            // Types are the same wherever they come from.
            if let Some((other, _)) = found.get(1)
                && !is_of_types(component, item)
            {
                let exporters = [exporter, *other].map(|exporter| components[exporter].part.name.into());
                return Err(ComposeError::Ambiguous { importer: component.part.name.into(), import, exporters });
            }
            wires.push(Wire { importer, import, exporter, export: components[exporter].name(export) });
        }
    }
    Ok(wires)
}

/// The parts in the order in which each takes only from those after it; the first is the main part.
///
/// # Errors
/// If parts import from one another in a cycle, or no export of one is imported.
pub(super) fn order(components: &[Component<'_>], wires: &[Wire]) -> Result<Vec<usize>, ComposeError> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < components.len() {
        let is_free = |part: &usize| {
            !order.contains(part) && wires.iter().all(|wire| wire.exporter != *part || order.contains(&wire.importer))
        };
        let Some(next) = (0..components.len()).find(is_free) else {
            let left = (0..components.len()).filter(|part| !order.contains(part));
            return Err(ComposeError::Cycle { parts: left.map(|part| components[part].part.name.into()).collect() });
        };
        order.push(next);
    }
    let idle = |part: &&usize| wires.iter().all(|wire| wire.exporter != **part);
    match order.iter().skip(1).find(idle) {
        Some(exporter) => Err(fits_nowhere(components, wires, order[0], *exporter)),
        None => Ok(order),
    }
}

/// The parts and names of a connection that the user states.
fn stated(components: &[Component<'_>], wire: &Connection<'_>) -> Result<(usize, String, usize, String), ComposeError> {
    let part = |name: &str| {
        let found = components.iter().position(|component| component.part.name == name);
        found.ok_or_else(|| ComposeError::UnknownPart {
            part: name.into(),
            parts: components.iter().map(|component| component.part.name.into()).collect(),
        })
    };
    let (importer, exporter) = (part(wire.importer)?, part(wire.exporter)?);
    let component = &components[importer];
    let item = component.imports().iter().find(|item| component.name(item) == wire.import);
    let lacks = |part: usize, items: &[WorldItem], imports: bool| ComposeError::NoSuchItem {
        part: components[part].part.name.into(),
        name: wire.import.into(),
        imports,
        names: items.iter().map(|item| components[part].name(item)).collect(),
    };
    let Some(item) = item else { return Err(lacks(importer, component.imports(), true)) };
    match export_for(component, item, &components[exporter]) {
        Some(export) => Ok((importer, wire.import.into(), exporter, components[exporter].name(export))),
        None => Err(lacks(exporter, components[exporter].exports(), false)),
    }
}

/// Whether a part imports, under a compatible name, what it exports for an import.
fn exports_what_it_imports(importer: &Component<'_>, item: &WorldItem, exporter: &Component<'_>) -> bool {
    let imports = |import: &WorldItem| {
        exporter.name(import) == importer.name(item) || compatible_version(importer, item, exporter, import).is_some()
    };
    exporter.imports().iter().any(imports)
}

/// The export for an import: of its name, or else of the latest compatible version.
fn export_for<'c>(importer: &Component<'_>, item: &WorldItem, exporter: &'c Component<'_>) -> Option<&'c WorldItem> {
    let name = importer.name(item);
    let mut exports = BTreeMap::<_, &WorldItem>::new();
    for export in exporter.exports() {
        if exporter.name(export) == name {
            return Some(export);
        }
        if let Some(version) = compatible_version(importer, item, exporter, export) {
            exports.insert(version, export);
        }
    }
    exports.last_key_value().map(|(_, export)| *export)
}

/// Whether an export is of an earlier version than an import.
fn is_earlier(importer: &Component<'_>, import: &WorldItem, exporter: &Component<'_>, export: &WorldItem) -> bool {
    match (interface_of(importer, import), interface_of(exporter, export)) {
        (Some((wanted, _)), Some((found, _))) => found.version < wanted.version,
        (None, _) | (_, None) => false,
    }
}

/// The version of an exported interface, if it is compatible with the imported one.
fn compatible_version<'p>(
    importer: &Component<'_>,
    import: &WorldItem,
    exporter: &'p Component<'_>,
    export: &WorldItem,
) -> Option<&'p Version> {
    let (import, export) = (interface_of(importer, import)?, interface_of(exporter, export)?);
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

fn fits_nowhere(components: &[Component<'_>], wires: &[Wire], first: usize, exporter: usize) -> ComposeError {
    let names = |component: &Component<'_>, items: &[WorldItem]| -> Vec<String> {
        items.iter().map(|item| component.name(item)).collect()
    };
    let exports = names(&components[exporter], components[exporter].exports());
    let mut open = Vec::new();
    for (importer, component) in components.iter().enumerate().filter(|(part, _)| *part == first || *part < exporter) {
        for import in names(component, component.imports()) {
            if wires.iter().any(|wire| wire.importer == importer && wire.import == import) {
                continue;
            }
            let nearest = closest(&import, exports.iter().map(String::as_str)).map(String::from);
            open.push(OpenImport { part: component.part.name.into(), import, nearest });
        }
    }
    ComposeError::FitsNowhere { part: components[exporter].part.name.into(), exports, open }
}
