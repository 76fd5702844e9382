//! Cycles in graphs of packages, of interfaces and worlds, and of types. No other file uses the graph library.

use alloc::collections::btree_map::Entry;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec;
use alloc::vec::Vec;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// One cycle of each strongly connected component: its nodes in order, each with the label of its edge to the next one.
/// It is a shortest cycle through the component's first node. Components are ordered by their first node.
pub(crate) fn cycles<L: Copy>(nodes: usize, edges: &[(usize, usize, L)]) -> Vec<Vec<(usize, L)>> {
    let mut graph: DiGraph<(), usize, usize> = DiGraph::default();
    for _ in 0..nodes {
        graph.add_node(());
    }
    for (i, (from, to, _)) in edges.iter().enumerate() {
        graph.add_edge(NodeIndex::new(*from), NodeIndex::new(*to), i);
    }
    let parts = kosaraju_scc(&graph);
    let mut part_of = vec![0; nodes];
    for (i, part) in parts.iter().enumerate() {
        part.iter().for_each(|node| part_of[node.index()] = i);
    }
    let mut inside: Vec<Vec<(usize, usize, L)>> = vec![Vec::new(); parts.len()];
    for edge in edges.iter().filter(|(from, to, _)| part_of[*from] == part_of[*to]) {
        inside[part_of[edge.0]].push(*edge);
    }
    let mut cycles: Vec<Vec<(usize, L)>> = Vec::new();
    for edges in inside {
        let steps = shortest(&edges);
        if !steps.is_empty() {
            cycles.push(steps);
        }
    }
    cycles.sort_by_key(|steps| steps[0].0);
    cycles
}

/// A shortest path from the first node of a strongly connected component back to it; empty if there is none.
fn shortest<L: Copy>(edges: &[(usize, usize, L)]) -> Vec<(usize, L)> {
    let Some(start) = edges.iter().map(|(from, _, _)| *from).min() else { return Vec::new() };
    let mut outgoing: BTreeMap<usize, Vec<&(usize, usize, L)>> = BTreeMap::new();
    for edge in edges {
        outgoing.entry(edge.0).or_default().push(edge);
    }
    // The edge by which each node was reached. The search is breadth first, so that paths are shortest.
    let mut reached_by: BTreeMap<usize, &(usize, usize, L)> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for edge in outgoing.get(&node).into_iter().flatten() {
            if let Entry::Vacant(entry) = reached_by.entry(edge.1) {
                entry.insert(edge);
                queue.push_back(edge.1);
            }
        }
        if reached_by.contains_key(&start) {
            break;
        }
    }
    let mut steps = Vec::new();
    let mut node = start;
    while let Some((from, _, label)) = reached_by.get(&node) {
        steps.push((*from, *label));
        node = *from;
        if node == start {
            break;
        }
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_cycle_a_part() {
        let edges = [(0, 1, 'a'), (1, 2, 'b'), (2, 1, 'c'), (2, 3, 'd'), (3, 1, 'e'), (4, 4, 'f'), (4, 0, 'g')];
        assert_eq!(cycles(5, &edges), [vec![(1, 'b'), (2, 'c')], vec![(4, 'f')]]);
    }

    #[test]
    fn finds_none_where_there_is_none() {
        assert!(cycles(3, &[(0, 1, ()), (0, 2, ()), (1, 2, ())]).is_empty());
    }
}
