//! Topological orders: needed nodes come first; otherwise nodes have the order of the text.

use alloc::collections::BinaryHeap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

use crate::graph;
use crate::model::{InterfaceId, Model, PackageId, WorldItemKind};

/// The nodes in an order in which each comes after those that it has edges to, and otherwise the lesser first. `Err` if
/// there are cycles: their nodes, and those that have edges to them, come last.
pub(crate) fn sort(
    nodes: usize,
    edges: impl Iterator<Item = (usize, usize)> + Clone,
) -> Result<Vec<usize>, Vec<usize>> {
    if edges.clone().all(|(from, to)| to < from) {
        // Most texts define items before they use them.
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

/// The nodes as [`sort`] orders them. `Err` is a node of a cycle, if there is one.
pub(crate) fn acyclic(nodes: usize, edges: &[(usize, usize)]) -> Result<Vec<usize>, usize> {
    sort(nodes, edges.iter().copied()).map_err(|order| {
        let edges: Vec<(usize, usize, ())> = edges.iter().map(|(from, to)| (*from, *to, ())).collect();
        match graph::cycles(nodes, &edges).first().and_then(|cycle| cycle.last()) {
            Some((node, ())) => *node,
            None => unreachable!("{} nodes have no order only if there is a cycle", order.len()),
        }
    })
}

/// Each use of a package by another one: of its types, or by an item of a world.
pub(crate) fn package_uses(model: &Model) -> Vec<(PackageId, PackageId)> {
    let mut uses = Vec::new();
    let mut add = |user: PackageId, interface: InterfaceId| {
        let used = model.interfaces[interface].package;
        uses.extend((used != user).then_some((user, used)));
    };
    for (id, interface) in model.interfaces.iter() {
        model.direct_uses(id).for_each(|used| add(interface.package, used));
    }
    for (_, world) in model.worlds.iter() {
        for item in world.imports.iter().chain(&world.exports) {
            let interface = match item.kind {
                WorldItemKind::Interface { id, implements } => Some(implements.unwrap_or(id)),
                WorldItemKind::Type(ty) => model.used_from(ty),
                WorldItemKind::Func(_) => None,
            };
            interface.into_iter().for_each(|interface| add(world.package, interface));
        }
    }
    uses
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
    fn a_cycle_is_named_by_one_of_its_nodes() {
        assert_eq!(acyclic(3, &[(0, 1), (1, 2), (2, 1)]), Err(2));
        assert_eq!(acyclic(3, &[(0, 2)]), Ok(vec![1, 2, 0]));
    }

    #[test]
    fn cycles_come_last() {
        assert_eq!(sort(3, [(0, 1), (1, 0)].into_iter()), Err(vec![2, 0, 1]));
    }
}
