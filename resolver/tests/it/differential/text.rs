//! Changes of a printed text: statements that a Model does not have (`include`, `use` at the top level), and faults in single
//! lines and names.

use fastrand::Rng;
use witwright_front::lexer::is_keyword;
use witwright_resolver::Model;
use witwright_resolver::model::{PackageId, WorldId, WorldKey};

use super::Choose as _;

/// Lets worlds of a package include other worlds.
pub(super) fn include(random: &mut Rng, model: &Model, main: PackageId, text: &str) -> String {
    let mut text = text.to_owned();
    let worlds: Vec<WorldId> = model.worlds.iter().map(|(id, _)| id).collect();
    for (place, &id) in worlds.iter().enumerate() {
        // Rarely a later world, which may be the same one or include it again.
        let end = if random.percent(3) { worlds.len() } else { place };
        if model.worlds[id].package != main || end == 0 || !random.percent(40) {
            continue;
        }
        let other = *random.pick(&worlds[..end]);
        let line = include_line(random, model, main, other);
        let name = &model.worlds[id].name;
        for head in [format!("\nworld {name} {{"), format!("\nworld %{name} {{")] {
            text = text.replacen(&head, &format!("{head}\n{line}\n"), 1);
        }
    }
    text
}

fn include_line(random: &mut Rng, model: &Model, main: PackageId, world: WorldId) -> String {
    let world = &model.worlds[world];
    let package = &model.packages[world.package].name;
    let path = match world.package == main {
        true => format!("%{}", world.name),
        false => package.qualify(&format!("%{}", world.name)),
    };
    let gate = if random.percent(5) { "@unstable(feature = new-things) " } else { "" };
    let names = world.imports.iter().chain(&world.exports).filter_map(|item| match &item.key {
        WorldKey::Name(name) if !name.starts_with('[') => Some(name),
        WorldKey::Name(_) | WorldKey::Interface(_) => None,
    });
    let mut names: Vec<&String> = names.collect();
    names.retain(|_| random.percent(50));
    if names.is_empty() {
        return format!("{gate}include {path};");
    }
    let renames = names.iter().map(|name| format!("%{name} as %{name}-y{}", random.usize(..30)));
    format!("{gate}include {path} with {{ {} }}", renames.collect::<Vec<_>>().join(", "))
}

/// Gives other names to interfaces that the main package refers to, by `use` at the top level of the file.
pub(super) fn use_at_top(random: &mut Rng, text: &str) -> String {
    let nested = text.find("\npackage test:").filter(|place| text[..*place].contains(';')).unwrap_or(text.len());
    let (main, rest) = text.split_at(nested);
    let paths = main.lines().filter_map(|line| {
        let line = line.trim();
        let path = line.strip_prefix("use ").and_then(|line| line.split(".{").next());
        path.or_else(|| line.strip_prefix("import ")?.strip_suffix(';').filter(|path| path.contains('/')))
    });
    let paths: Vec<&str> = paths.collect();
    let Some(header) = main.find(';').filter(|_| !paths.is_empty()) else { return text.to_owned() };
    let (path, alias) = (*random.pick(&paths), format!("top-{}", random.usize(..20)));
    let body = main[header + 1..].replace(&format!("use {path}.{{"), &format!("use {alias}.{{"));
    let body = body.replace(&format!("import {path};"), &format!("import {alias};"));
    format!("{}\nuse {path} as {alias};\n{body}{rest}", &main[..=header])
}

/// Puts one fault into a text.
pub(super) fn put_fault(random: &mut Rng, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let statements: Vec<usize> =
        (0..lines.len()).filter(|&i| lines[i].ends_with([';', ',']) && !lines[i].starts_with("package ")).collect();
    if statements.is_empty() {
        return text.to_owned();
    }
    let (a, b) = (*random.pick(&statements), *random.pick(&statements));
    match random.usize(..6) {
        0 => drop(lines.remove(a)),
        1 => lines.insert(b, lines[a].clone()),
        2 => lines.swap(a, b),
        3 => {
            let line = lines.remove(a);
            lines.insert(b.min(lines.len()), line);
        }
        _ => return put_name(random, text),
    }
    lines.join("\n")
}

/// Replaces one name of a text by another.
fn put_name(random: &mut Rng, text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '%';
    let mut names: Vec<(usize, &str)> = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let is_head = line.trim_start().starts_with(['/', '@']);
        let mut rest = line;
        while let Some(start) = rest.find(is_part).filter(|_| !is_head) {
            let len = rest[start..].find(|c| !is_part(c)).unwrap_or(rest.len() - start);
            let name = &rest[start..start + len];
            if !is_keyword(name) && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '%') {
                names.push((line_start + line.len() - rest.len() + start, name));
            }
            rest = &rest[start + len..];
        }
        line_start += line.len();
    }
    if names.is_empty() {
        return text.to_owned();
    }
    let ((place, old), (_, new)) = (*random.pick(&names), *random.pick(&names));
    format!("{}{new}{}", &text[..place], &text[place + old.len()..])
}
