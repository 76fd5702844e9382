//! The modules of a crate and their uses of one another, read from their texts.
//!
//! A path counts if it is in a `use` or starts with `crate` or `super`. It is followed through `use`s to the module that
//! defines the item, so that a re-export does not hide a use. A re-export by itself is not a use.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{Source, Sources};

/// The largest number of `use`s through which a path is followed.
const MAX_USES: usize = 8;

/// The path of the crate's root. Other modules have paths such as `load::cache`.
pub(super) const ROOT: &str = "lib";

/// The modules of one crate by their paths.
pub(super) struct Modules<'s> {
    by_path: BTreeMap<String, Module<'s>>,
}

struct Module<'s> {
    file: &'s str,
    mentions: Vec<Mention>,
    /// The names that `use` brings in, with their paths.
    names: BTreeMap<String, Vec<String>>,
}

/// A path in a text.
struct Mention {
    line: usize,
    path: Vec<String>,
    is_reexport: bool,
}

/// A place in one module that names an item of another.
pub(super) struct Edge<'m> {
    pub(super) from: &'m str,
    pub(super) to: &'m str,
    /// `file:line`
    pub(super) place: String,
}

impl<'s> Modules<'s> {
    /// The modules whose files are in a folder, such as `host/src`.
    pub(super) fn of(sources: &'s Sources, folder: &str) -> Self {
        let mut by_path = BTreeMap::new();
        for source in sources.rust() {
            if let Some(path) = source.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
                by_path.insert(module_path(path), Module::read(source));
            }
        }
        Self { by_path }
    }

    /// The root and the modules directly below it.
    pub(super) fn tops(&self) -> BTreeSet<&str> {
        self.by_path.keys().map(|path| top(path)).collect()
    }

    /// Every use of one module by another.
    pub(super) fn edges(&self) -> Vec<Edge<'_>> {
        let mut edges = Vec::new();
        for (from, module) in &self.by_path {
            for mention in &module.mentions {
                let Some(to) = self.resolve(from, &mention.path, MAX_USES).filter(|to| to != from) else { continue };
                if !(mention.is_reexport && is_below(to, from)) {
                    edges.push(Edge { from, to, place: format!("{}:{}", module.file, mention.line) });
                }
            }
        }
        edges
    }

    /// The module that defines the item of a path. `None` for an item of another crate.
    fn resolve(&self, from: &str, path: &[String], uses: usize) -> Option<&str> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => ROOT,
            "self" => from,
            "super" => parent(from),
            _ => {
                rest = path;
                from
            }
        };
        let is_relative = rest.len() == path.len();
        for (i, name) in rest.iter().enumerate() {
            if name == "super" {
                at = parent(at);
            } else if let Some((child, _)) = self.by_path.get_key_value(&join(at, name)) {
                at = child;
            } else {
                let brought = self.by_path.get(at).and_then(|module| module.names.get(name));
                let followed = brought.filter(|_| uses > 0).and_then(|path| self.resolve(at, path, uses - 1));
                match followed {
                    Some(module) => at = module,
                    None if is_relative && i == 0 => return None,
                    None => break,
                }
            }
        }
        self.by_path.get_key_value(at).map(|(path, _)| path.as_str())
    }
}

impl<'s> Module<'s> {
    fn read(source: &'s Source) -> Self {
        let text = code(source);
        let mut module = Self { file: &source.path, mentions: Vec::new(), names: BTreeMap::new() };
        let mut at = 0;
        while let Some((start, is_use)) = next(&text, at) {
            let line = 1 + text[..start].matches('\n').count();
            if is_use {
                let is_reexport =
                    text[..start].split_whitespace().next_back().is_some_and(|word| word.starts_with("pub"));
                let end = start + text[start..].find(';').unwrap_or(text.len() - start);
                for (path, name) in leaves(&text[start + "use ".len()..end]) {
                    let path = seen_from_file(path, &text[..start]);
                    module.mentions.push(Mention { line, path: path.clone(), is_reexport });
                    // A path of one name is that name, and would be followed forever.
                    if path.len() > 1 {
                        module.names.insert(name, path);
                    }
                }
                at = end;
            } else {
                let path = &text[start..];
                let end = path.find(|c: char| !is_word(c) && c != ':').unwrap_or(path.len());
                module.mentions.push(Mention {
                    line,
                    path: seen_from_file(segments(&path[..end]), &text[..start]),
                    is_reexport: false,
                });
                at = start + end;
            }
        }
        module
    }
}

/// The module of a file, from its path in the folder of the crate.
fn module_path(file: &str) -> String {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.replace('/', "::")
}

/// The module directly below the root that contains a module.
pub(super) fn top(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

fn parent(path: &str) -> &str {
    path.rsplit_once("::").map_or(ROOT, |(parent, _)| parent)
}

fn join(path: &str, name: &str) -> String {
    if path == ROOT { name.to_owned() } else { format!("{path}::{name}") }
}

fn is_below(path: &str, other: &str) -> bool {
    other == ROOT || path.strip_prefix(other).is_some_and(|rest| rest.starts_with("::"))
}

/// A path in a module inside a file, as the file itself would write it.
fn seen_from_file(mut path: Vec<String>, before: &str) -> Vec<String> {
    // The items of such a module are indented.
    let mut outside = before.lines().rev().take_while(|line| *line != "}").filter(|line| !line.starts_with(' '));
    if path[0] == "super" && outside.any(|line| line.contains("mod ") && line.ends_with('{')) {
        path[0] = "self".to_owned();
    }
    path
}

/// The text without comments and without the tests at its end. Lines stay where they are.
fn code(source: &Source) -> String {
    let lines: Vec<&str> = source.code().map(|(_, line)| line).collect();
    let is_tests =
        |pair: &[&str]| pair[0].starts_with("#[cfg(") && pair[0].contains("test") && pair[1] == "mod tests {";
    let tests = lines.windows(2).position(is_tests);
    lines[..tests.unwrap_or(lines.len())].join("\n")
}

/// The next `use`, or the next path that starts with `crate` or `super`.
fn next(text: &str, from: usize) -> Option<(usize, bool)> {
    let starts = |word: &str| {
        let mut places = text[from..].match_indices(word).map(|(at, _)| from + at);
        places.find(|&at| {
            let before = &text[..at];
            // `pub(in crate::a)` uses nothing, and `a::super` is not a path.
            before.chars().next_back().is_none_or(|c| !is_word(c) && c != ':') && !before.ends_with("(in ")
        })
    };
    let uses = starts("use ").map(|at| (at, true));
    let paths = ["crate::", "super::"].into_iter().filter_map(starts).map(|at| (at, false));
    uses.into_iter().chain(paths).min()
}

/// The paths of a `use`, with its braces expanded. Each has the name that it brings in.
fn leaves(tree: &str) -> Vec<(Vec<String>, String)> {
    let tree = tree.trim();
    let Some((prefix, inner)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias.trim())));
        let mut path = segments(path);
        if path.len() > 1 && path.last().is_some_and(|last| last == "self" || last == "*") {
            path.pop();
        }
        let name = alias.map(str::to_owned).or(path.last().cloned()).unwrap_or_default();
        return if path.is_empty() { Vec::new() } else { vec![(path, name)] };
    };
    let inner = inner.trim_end().trim_end_matches('}');
    let parts = split(inner).into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| leaves(&format!("{}{}", prefix.trim(), part.trim()))).collect()
}

/// The parts between commas outside of braces.
fn split(list: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    list.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .collect()
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(|segment| segment.trim().to_owned()).filter(|segment| !segment.is_empty()).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
