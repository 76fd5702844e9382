//! The order in which packages and their items are elaborated; cycles among them are reported.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use witwright_front::{Diagnostic, Span};

use crate::errors::names as name_errors;
use crate::errors::packages as package_errors;
use crate::graph;
use crate::names::{ItemIndex, Names, PackageIndex};
use crate::order::sort;

/// The order in which packages and their items are elaborated.
pub(crate) struct Order {
    pub(crate) packages: Vec<PackageIndex>,
    /// The items of each package.
    pub(crate) items: Vec<Vec<ItemIndex>>,
}

/// Orders packages and, within each, interfaces and worlds. Reports cycles.
pub(crate) fn order(names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) -> Order {
    let packages = match sort(names.packages.len(), pairs(&names.package_edges)) {
        Ok(order) => order,
        Err(order) => {
            report_package_cycles(names, diagnostics);
            order
        }
    };
    let items = in_packages(names).unwrap_or_else(|items| {
        report_item_cycles(names, diagnostics);
        items
    });
    Order { packages, items }
}

/// The items of each package in their order. References to other packages do not count: those packages come first.
fn in_packages(names: &Names<'_>) -> Result<Vec<Vec<ItemIndex>>, Vec<Vec<ItemIndex>>> {
    let mut local = vec![0; names.items.len()];
    for package in &names.packages {
        for (position, item) in package.items.iter().enumerate() {
            local[*item] = position;
        }
    }
    let mut edges = vec![Vec::new(); names.packages.len()];
    for (from, to, _) in &names.item_edges {
        let package = names.items[*from].package;
        if package == names.items[*to].package {
            edges[package].push((local[*from], local[*to]));
        }
    }
    let mut has_cycle = false;
    let sorted = names.packages.iter().zip(edges).map(|(package, edges)| {
        let order = sort(package.items.len(), edges.iter().copied());
        has_cycle |= order.is_err();
        let (Ok(order) | Err(order)) = order;
        order.into_iter().map(|position| package.items[position]).collect()
    });
    let sorted: Vec<Vec<ItemIndex>> = sorted.collect();
    if has_cycle { Err(sorted) } else { Ok(sorted) }
}

fn pairs(edges: &[(usize, usize, Span)]) -> impl Iterator<Item = (usize, usize)> + Clone {
    edges.iter().map(|(from, to, _)| (*from, *to))
}

fn report_package_cycles(names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for cycle in graph::cycles(names.packages.len(), &names.package_edges) {
        // Packages that share a directory by mistake may have been meant to be one.
        let directory = |(package, _): &(PackageIndex, Span)| names.packages[*package].source.shared_directory;
        if cycle
            .first()
            .and_then(directory)
            .is_some_and(|first| cycle.iter().all(|step| directory(step) == Some(first)))
        {
            continue;
        }
        let name = |package: PackageIndex| names.packages[package].source.name.to_string();
        let steps: Vec<(String, Span)> = cycle.into_iter().map(|(package, span)| (name(package), span)).collect();
        diagnostics.push(package_errors::package_cycle(&steps));
    }
}

fn report_item_cycles(names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for cycle in graph::cycles(names.items.len(), &names.item_edges) {
        // A cycle through several packages has been reported as a cycle of packages.
        let package = |item: ItemIndex| names.items[item].package;
        if cycle.iter().any(|(item, _)| package(*item) != package(cycle[0].0)) {
            continue;
        }
        // Worlds include worlds, and interfaces use interfaces: a cycle has items of one sort.
        let sort = names.items[cycle[0].0].kind.sort();
        let name = |item: ItemIndex| String::from(&names.items[item].name.name);
        let steps: Vec<(String, Span)> = cycle.into_iter().map(|(item, span)| (name(item), span)).collect();
        diagnostics.push(name_errors::item_cycle(sort, &steps));
    }
}
