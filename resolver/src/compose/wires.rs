//! Wires: the exports that satisfy imports.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use semver::Version;

use super::error::{TakenImport, UnusedPart, nearest};
use super::{Component, ComposeError, Connection, OpenImport};
use crate::model::{PackageName, WorldItem, WorldItemKind, WorldKey};
use crate::versions;

/// An export that satisfies an import. The components are indices into the parts.
#[derive(Clone)]
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

/// An import that several parts export.
struct Ambiguity {
    importer: usize,
    import: String,
    /// The parts, and the names of their exports.
    found: Vec<(usize, String)>,
}

/// Finds the exports that satisfy the imports of each component, among all others; `given` are connections that the user states.
///
/// # Errors
/// If two of them export the same, or a stated connection names what does not exist.
pub(super) fn wires(components: &[Component<'_>], given: &[Connection<'_>]) -> Result<Vec<Wire>, ComposeError> {
    let mut stated: Vec<Wire> = Vec::new();
    for connection in given {
        let wire = stated_wire(components, connection)?;
        if wire_of(&stated, wire.importer, &wire.import).is_some() {
            let importer = connection.importer.into();
            return Err(ComposeError::SameConnection { importer, import: wire.import });
        }
        stated.push(wire);
    }
    connect(components, &stated).map_err(|ambiguity| {
        let name = |part: usize| String::from(components[part].part.name);
        let Ambiguity { importer, import, found } = ambiguity;
        // If another import is ambiguous after this, a further choice may give each part a use.
        let is_possible = |(exporter, export): &&(usize, String)| {
            let wire = Wire { importer, import: import.clone(), exporter: *exporter, export: export.clone() };
            let stated: Vec<Wire> = stated.iter().cloned().chain([wire]).collect();
            match connect(components, &stated) {
                Ok(wires) => order(components, &wires).is_ok(),
                Err(_) => true,
            }
        };
        let choice = found.iter().find(is_possible).map(|(exporter, _)| name(*exporter));
        let exporters = found.iter().map(|(exporter, _)| name(*exporter)).collect();
        ComposeError::Ambiguous { importer: name(importer), import, exporters, choice }
    })
}

fn connect(components: &[Component<'_>], stated: &[Wire]) -> Result<Vec<Wire>, Ambiguity> {
    let mut wires: Vec<Wire> = Vec::new();
    for (importer, component) in components.iter().enumerate() {
        for item in component.imports() {
            let import = component.name(item);
            if let Some(wire) = wire_of(stated, importer, &import) {
                wires.push(wire.clone());
                continue;
            }
            let found = exporters(components, importer, item);
            let export = |(exporter, export): (usize, &WorldItem)| (exporter, components[exporter].name(export));
            match &found[..] {
                [] => {}
                // Types are the same wherever they come from.
                [_, _, ..] if !is_of_types(component, item) => {
                    return Err(Ambiguity { importer, import, found: found.into_iter().map(export).collect() });
                }
                [found, ..] => {
                    let (exporter, export) = export(*found);
                    wires.push(Wire { importer, import, exporter, export });
                }
            }
        }
    }
    Ok(wires)
}

/// The parts that may satisfy an import, and their exports.
fn exporters<'c>(components: &'c [Component<'_>], importer: usize, item: &WorldItem) -> Vec<(usize, &'c WorldItem)> {
    let component = &components[importer];
    let others = components.iter().enumerate().filter(|(exporter, _)| *exporter != importer);
    let found = others.filter_map(|(exporter, other)| Some((exporter, export_for(component, item, other)?)));
    let mut found: Vec<(usize, &WorldItem)> = found.collect();
    // An earlier version may lack what the import has.
    let is_earlier = |(part, export): &(usize, &WorldItem)| is_earlier(component, item, &components[*part], export);
    if !found.iter().all(is_earlier) {
        found.retain(|found| !is_earlier(found));
    }
    // Of two that export it, the one that imports it from the other is between the importer and that one.
    if found.len() > 1 {
        let is_between = |exporter: usize| exports_what_it_imports(component, item, &components[exporter]);
        if found.iter().filter(|(exporter, _)| is_between(*exporter)).count() == 1 {
            found.retain(|(exporter, _)| is_between(*exporter));
        }
    }
    found
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
    let is_exporter = |part: usize| wires.iter().any(|wire| wire.exporter == part);
    let is_connected = |part: usize| is_exporter(part) || wires.iter().any(|wire| wire.importer == part);
    // A part that is not connected is the main part only if none is.
    if let Some(main) = order.iter().position(|part| is_connected(*part)) {
        let main = order.remove(main);
        order.insert(0, main);
    }
    match order.iter().skip(1).find(|part| !is_exporter(**part)) {
        Some(part) => Err(unused(components, wires, order[0], *part)),
        None => Ok(order),
    }
}

/// The wire of a connection that the user states.
fn stated_wire(components: &[Component<'_>], wire: &Connection<'_>) -> Result<Wire, ComposeError> {
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
        Some(export) => {
            Ok(Wire { importer, import: wire.import.into(), exporter, export: components[exporter].name(export) })
        }
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

fn unused(components: &[Component<'_>], wires: &[Wire], main: usize, part: usize) -> ComposeError {
    let unused = &components[part];
    let exports: Vec<String> = unused.exports().iter().map(|item| unused.name(item)).collect();
    let (mut open, mut taken) = (Vec::new(), None);
    for (importer, component) in components.iter().enumerate().filter(|(importer, _)| *importer != part) {
        let name = || String::from(component.part.name);
        for item in component.imports() {
            let import = component.name(item);
            match wire_of(wires, importer, &import) {
                None => {
                    let nearest = nearest(&import, &exports).map(String::from);
                    open.push(OpenImport { part: name(), import, nearest });
                }
                Some(wire) if taken.is_none() && export_for(component, item, unused).is_some() => {
                    let exporter = components[wire.exporter].part.name.into();
                    taken = Some(TakenImport { importer: name(), import, exporter });
                }
                Some(_) => {}
            }
        }
    }
    let main = components[main].part.name.into();
    ComposeError::Unused(Box::new(UnusedPart { part: unused.part.name.into(), main, exports, taken, open }))
}
