//! Orders in which the needed items come first, and otherwise those that were written first.

use alloc::collections::BinaryHeap;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;

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
