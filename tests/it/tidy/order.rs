//! The modules of a crate have an order, from ids and data up to callers, and no circles (STYLE: directions).
//!
//! `order.txt` states it. A module may use only those above it in the list. Only modules on one line may use one another.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Edge, Modules, top};
use super::sources::{Source, Sources};
use super::{Problem, check};

const LIST: &str = include_str!("order.txt");

/// The largest number of files that may use one another in a circle.
const MAX_FILES: usize = 3;

/// The order of one crate's modules.
struct Order<'l> {
    /// The folder with the crate's root.
    folder: &'l str,
    /// Each line with its modules.
    lines: Vec<Vec<&'l str>>,
}

#[test]
fn modules_use_only_those_before_them() {
    check(directions);
    let files = [("resolver/src/model.rs", "//! A.\nuse crate::load::Files;"), ("resolver/src/load/mod.rs", "")];
    assert_eq!(several(directions, &files), 1);
    let files = [("resolver/src/load/mod.rs", "use crate::{model, order};"), ("resolver/src/model.rs", "")];
    assert_eq!(several(directions, &files), 0);
    // Neither a re-export nor `super` hides a use.
    let root = ("resolver/src/lib.rs", "mod load;\npub use load::{Files as Tree, Input};");
    let load = ("resolver/src/load/mod.rs", "");
    assert_eq!(several(directions, &[root, load, ("resolver/src/model.rs", "fn f(tree: &crate::Tree) {}")]), 1);
    assert_eq!(several(directions, &[load, ("resolver/src/model.rs", "fn f() { super::load::read() }")]), 1);
    assert_eq!(several(directions, &[load, ("resolver/src/model.rs", "// crate::load::read")]), 0);
}

#[test]
fn the_order_names_every_module() {
    check(complete);
    assert!(several(complete, &[("resolver/src/model.rs", "")]) > 1);
}

#[test]
fn files_form_no_large_circles() {
    check(circles);
    let files = ["a", "b", "c", "d"].map(|name| format!("resolver/src/load/{name}.rs"));
    let texts = ["use super::b::B;", "use super::c::C;", "use super::d::D;", "use super::a::A;"];
    let ring: Vec<(&str, &str)> = files.iter().map(String::as_str).zip(texts).collect();
    assert_eq!(several(circles, &ring), 1);
    assert_eq!(several(circles, &ring[..3]), 0);
}

/// Checks a rule in some planted files.
fn several(rule: impl Fn(&Sources) -> Vec<Problem>, files: &[(&str, &str)]) -> usize {
    let source = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
    rule(&Sources { files: files.iter().map(source).collect() }).len()
}

fn orders() -> Vec<Order<'static>> {
    let mut orders: Vec<Order<'static>> = Vec::new();
    for line in LIST.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(folder) => orders.push(Order { folder, lines: Vec::new() }),
            None => orders.last_mut().unwrap().lines.push(line.split_whitespace().collect()),
        }
    }
    orders
}

impl Order<'_> {
    /// The line of a module.
    fn place(&self, module: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.contains(&top(module)))
    }
}

fn directions(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for order in orders() {
        let modules = Modules::of(sources, order.folder);
        for Edge { from, to, place } in modules.edges() {
            let may_use = top(from) == top(to) || order.place(from) >= order.place(to);
            if !may_use {
                problems.push(format!("{place}: `{from}` may not use `crate::{to}` (tests/it/tidy/order.txt)"));
            }
        }
    }
    problems
}

/// Modules that the list lacks, entries without a module, and lines that should be split.
fn complete(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for order in orders() {
        let modules = Modules::of(sources, order.folder);
        let tops = modules.tops();
        let listed: Vec<&str> = order.lines.iter().flatten().copied().collect();
        let mut report = |module: &str, what| problems.push(format!("{}: `{module}` {what}", order.folder));
        tops.iter().filter(|top| !listed.contains(top)).for_each(|top| report(top, "is missing in the order"));
        listed
            .iter()
            .filter(|name| !tops.contains(*name))
            .for_each(|name| report(name, "is in the order, but is not a module"));
        let edges = modules.edges();
        let circles = strongly_connected(edges.iter().map(|edge| (top(edge.from), top(edge.to))));
        for line in order.lines.iter().filter(|line| line.len() > 1) {
            let is_circle = circles.iter().any(|circle| line.iter().all(|module| circle.contains(module)));
            if !is_circle {
                report(&line.join(" "), "do not form a circle; give each a line of its own");
            }
        }
    }
    problems
}

fn circles(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for order in orders() {
        let modules = Modules::of(sources, order.folder);
        let edges = modules.edges();
        for circle in strongly_connected(edges.iter().map(|edge| (edge.from, edge.to))) {
            let tops: BTreeSet<&str> = circle.iter().map(|module| top(module)).collect();
            // `order.txt` covers circles of several modules.
            if circle.len() > MAX_FILES && tops.len() == 1 {
                let files: Vec<&str> = circle.into_iter().collect();
                problems.push(format!("{}: {} files use one another: {}", order.folder, files.len(), files.join(", ")));
            }
        }
    }
    problems
}

/// The sets of two or more nodes that all lead to one another.
fn strongly_connected<'e>(edges: impl Iterator<Item = (&'e str, &'e str)>) -> Vec<BTreeSet<&'e str>> {
    let mut next: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    edges.for_each(|(from, to)| {
        next.entry(from).or_default().insert(to);
    });
    let reachable = |start| {
        let mut reached = BTreeSet::new();
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            open.extend(next.get(node).into_iter().flatten().filter(|to| reached.insert(**to)));
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|&node| (node, reachable(node))).collect();
    let mut circles: Vec<BTreeSet<&str>> = Vec::new();
    for (&node, to) in &reached {
        let circle: BTreeSet<&str> =
            to.iter().copied().filter(|other| reached.get(other).is_some_and(|back| back.contains(node))).collect();
        if circle.len() > 1 && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}
