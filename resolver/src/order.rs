//! Orders in which what is needed comes first, and otherwise what was written first.

use alloc::collections::BinaryHeap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use witwright_front::{Diagnostic, Span};

use crate::errors::names as name_errors;
use crate::errors::packages as package_errors;
use crate::graph;
use crate::names::{ItemIndex, Names, PackageIndex};

/// In which order packages and their items are elaborated.
pub(crate) struct Order {
    pub(crate) packages: Vec<PackageIndex>,
    /// By package.
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

/// The items of each package in their order. What they need of other packages does not count: those come first anyway.
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

/// The nodes so that each comes behind those that it has edges to; of those that may come next, the least. Where there
/// are cycles (`Err`), the nodes of and behind them come last.
pub(crate) fn sort(
    nodes: usize,
    edges: impl Iterator<Item = (usize, usize)> + Clone,
) -> Result<Vec<usize>, Vec<usize>> {
    if edges.clone().all(|(from, to)| to < from) {
        // As most often, what is needed is written first.
        return Ok((0..nodes).collect());
    }
    let mut missing = vec![0_usize; nodes];
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (from, to) in edges {
        missing[from] += 1;
        needed_by[to].push(from);
    }
    let mut ready: BinaryHeap<Reverse<usize>> = (0..nodes).filter(|&node| missing[node] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(nodes);
    while let Some(Reverse(node)) = ready.pop() {
        order.push(node);
        for &other in &needed_by[node] {
            missing[other] -= 1;
            if missing[other] == 0 {
                ready.push(Reverse(other));
            }
        }
    }
    if order.len() == nodes {
        return Ok(order);
    }
    order.extend((0..nodes).filter(|&node| missing[node] > 0));
    Err(order)
}

fn pairs(edges: &[(usize, usize, Span)]) -> impl Iterator<Item = (usize, usize)> + Clone {
    edges.iter().map(|(from, to, _)| (*from, *to))
}

fn report_package_cycles(names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for cycle in graph::cycles(names.packages.len(), &names.package_edges) {
        let name = |package: PackageIndex| names.packages[package].source.name.to_string();
        let steps: Vec<(String, Span)> = cycle.into_iter().map(|(package, span)| (name(package), span)).collect();
        diagnostics.push(package_errors::package_cycle(&steps));
    }
}

fn report_item_cycles(names: &Names<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for cycle in graph::cycles(names.items.len(), &names.item_edges) {
        // A cycle through several packages has been reported as one of packages.
        let package = |item: ItemIndex| names.items[item].package;
        if cycle.iter().any(|(item, _)| package(*item) != package(cycle[0].0)) {
            continue;
        }
        // Nothing that a world includes is an interface: a cycle is of one sort.
        let sort = names.items[cycle[0].0].kind.sort();
        let name = |item: ItemIndex| String::from(&names.items[item].name.name);
        let steps: Vec<(String, Span)> = cycle.into_iter().map(|(item, span)| (name(item), span)).collect();
        diagnostics.push(name_errors::item_cycle(sort, &steps));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_come_first_and_the_text_decides_the_rest() {
        assert_eq!(sort(4, [(0, 3), (1, 0)].into_iter()), Ok(vec![2, 3, 0, 1]));
        assert_eq!(sort(3, [].into_iter()), Ok(vec![0, 1, 2]));
    }

    #[test]
    fn cycles_come_last() {
        assert_eq!(sort(3, [(0, 1), (1, 0)].into_iter()), Err(vec![2, 0, 1]));
    }
}
