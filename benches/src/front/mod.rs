//! Lexing, parsing, resolving and formatting, beside wit-parser and wit-component's printer.
//!
//! The peer's `SourceMap::parse` makes a tree and also resolves the names within the package. So parsing is compared twice:
//! with the whole function, and with the part that makes the tree, where a syntax error after the last item ends it. The
//! peer's lexer is not public. Its printer prints a resolved package, of whose comments only the documentation is left.

mod generated;
mod measure;
mod memory;
mod packages;

use witwright_front::{FileId, LanguageFeatures, tokenize};
use witwright_resolver::{Disk, Input, Options, Resolution, resolve};

use xtask::steps::say;

use crate::report::Row;
use measure::{alone, in_turns, pair, single};
use packages::Package;

const TREE: &str = "SourceMap::parse, to the tree";
const PARSE: &str = "SourceMap::parse, tree and names";
const RESOLVE: &str = "Resolve::push_path";
const PRINT: &str = "Resolve::push_path, WitPrinter";

const ROUNDS: usize = 101;
const ROUNDS_OF_LARGE: usize = 9;

pub(crate) fn run() -> Vec<Row> {
    let mut rows = Vec::new();
    for name in ["wasip2", "wasip3"] {
        measure(&Package::published(name), ROUNDS, &mut rows);
    }
    let large = generated::package(5);
    measure(&large, ROUNDS_OF_LARGE, &mut rows);
    for megabytes in [1, 5, 25] {
        growth(megabytes, &mut rows);
    }
    rows
}

/// Measures every stage, for one package with its dependencies.
fn measure(package: &Package, rounds: usize, rows: &mut Vec<Row>) {
    let name = &package.name;
    say(format_args!("measure the stages of {name}"));
    compare(package);
    rows.push(single(format!("lex {name}"), alone(rounds, || lex(package))));
    let broken = package.broken();
    let tree = in_turns(rounds, || parse(package), || peer_fails(&broken));
    rows.push(pair(format!("parse {name}, tree"), TREE, &tree));
    let names = in_turns(rounds, || parse(package), || peer_parse(package));
    rows.push(pair(format!("parse {name}"), PARSE, &names));
    let resolved = in_turns(rounds, || ours(package), || peer(package));
    rows.push(pair(format!("parse + resolve {name}"), RESOLVE, &resolved));
    let formatted = in_turns(rounds, || format(package), || peer_format(package));
    rows.push(pair(format!("format {name}"), PRINT, &formatted));
}

/// Time and memory of parsing a text of some size. Both should grow linearly.
fn growth(megabytes: usize, rows: &mut Vec<Row>) {
    say(format_args!("parse {megabytes} MB"));
    let package = generated::package(megabytes);
    let names = in_turns(ROUNDS_OF_LARGE, || parse(&package), || peer_parse(&package));
    rows.push(pair(format!("parse {megabytes} MB"), PARSE, &names));
    let text = &package.files[0].text;
    rows.push(memory::row(format!("parse {megabytes} MB, peak memory"), PARSE, text));
}

/// Asserts that both do the same work.
fn compare(package: &Package) {
    let (ours, theirs) = (ours(package), peer(package));
    assert!(!ours.has_errors(), "we do not resolve {}", package.path);
    assert_eq!(ours.model.interfaces.len(), theirs.0.interfaces.len(), "we resolve something else than the peer");
    assert_eq!(ours.model.worlds.len(), theirs.0.worlds.len(), "we resolve something else than the peer");
}

fn lex(package: &Package) -> usize {
    package.files.iter().map(|file| tokenize(FileId(0), &file.text).0.len()).sum()
}

fn parse(package: &Package) -> usize {
    let trees = package.files.iter().map(|file| witwright_front::parse(FileId(0), &file.text, &language()));
    trees.map(|parsed| parsed.tree.items.len()).sum()
}

fn language() -> LanguageFeatures {
    LanguageFeatures::default()
}

fn ours(package: &Package) -> Resolution {
    resolve(&[Input::Path(package.path.clone())], &Disk, &Options::default())
}

fn format(package: &Package) -> usize {
    let formatted = package.files.iter().map(|file| witwright_front::fmt::format(FileId(0), &file.text));
    formatted
        .map(|text| text.unwrap_or_else(|errors| panic!("we do not format {}: {errors:?}", package.name)).len())
        .sum()
}

fn peer_parse(package: &Package) -> usize {
    package.files.iter().map(|file| file.peer_parse().expect("the peer parses what it has published").0).sum()
}

fn peer_fails(broken: &Package) -> usize {
    broken.files.iter().filter(|file| file.peer_parse().is_err()).count()
}

fn peer(package: &Package) -> (wit_parser::Resolve, wit_parser::PackageId) {
    let mut resolve = wit_parser::Resolve::new();
    match resolve.push_path(&package.path) {
        Ok((id, _)) => (resolve, id),
        Err(error) => panic!("the peer does not resolve {}: {error:?}", package.path),
    }
}

fn peer_format(package: &Package) -> usize {
    let (resolve, id) = peer(package);
    let nested: Vec<_> = resolve.packages.iter().map(|(other, _)| other).filter(|other| *other != id).collect();
    let mut printer = wit_component::WitPrinter::default();
    printer.print(&resolve, id, &nested).expect("the peer prints what it has resolved");
    printer.output.to_string().len()
}
