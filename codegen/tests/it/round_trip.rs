//! Tables as text, and the text as tables: every world of the corpora, and worlds of odd names and shapes.

use std::path::Path;

use witwright_codegen::{TableOptions, format, tables};
use witwright_corpora as corpora;
use witwright_front::fmt::MAX_WIDTH;
use witwright_front::render::render_text;
use witwright_front::{FileId, LanguageFeatures};
use witwright_resolver::load::Memory;
use witwright_resolver::model::WorldId;
use witwright_resolver::{Disk, Input, Model, Options, Resolution, resolve};

use crate::evaluate::evaluate;

fn resolved(input: Input) -> Resolution {
    let options = Options::default().with_all_features().with_language(LanguageFeatures::active());
    match &input {
        Input::Inline { .. } => resolve(&[input], &Memory::default(), &options),
        Input::Path(_) | Input::Dependency(_) => resolve(&[input], &Disk, &options),
    }
}

/// A resolution without errors.
fn sound(resolution: Resolution) -> Resolution {
    let errors = resolution.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let errors: String = errors.map(|error| render_text(&resolution.sources, error)).collect();
    assert!(errors.is_empty(), "{errors}");
    resolution
}

/// The text of a world's tables, and the tables.
fn text(model: &Model, world: WorldId) -> (String, String) {
    let mut options = TableOptions::default();
    options.docs = true;
    let tables = tables(model, world, &options);
    (evaluate(tables.clone()).to_string(), format(tables))
}

/// The lines of tables, sorted: the text has a resource's functions in its body, whatever their places in the source.
fn sorted(tables: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = tables.lines().collect();
    lines.sort_unstable();
    lines
}

/// Checks that the text of a world's tables is formatted, and that its tables are the same again.
fn check(model: &Model, world: WorldId) {
    let (written, tables) = text(model, world);
    let resolution = sound(resolved(Input::Inline { name: "text.wit".to_owned(), text: written.clone() }));
    let again = resolution.world(Some(&model.worlds[world].name)).unwrap();
    let (rewritten, again) = text(&resolution.model, again);
    for (number, (first, second)) in (1..).zip(written.lines().zip(rewritten.lines())) {
        assert_eq!(second, first, "in line {number} of the text\n{written}");
    }
    assert_eq!(rewritten, written);
    for (first, second) in sorted(&tables).into_iter().zip(sorted(&again)) {
        assert_eq!(second, first, "in the tables of\n{written}\n{tables}");
    }
    assert_eq!(tables.len(), again.len(), "{written}");
    if written.lines().all(|line| line.len() <= MAX_WIDTH) {
        assert_eq!(written, witwright_front::fmt::format(FileId(0), &written).unwrap());
    }
}

/// Checks the worlds of a package and of its dependences, and returns their number.
fn check_all(resolution: &Resolution) -> usize {
    let worlds = resolution.model.worlds.iter();
    worlds.inspect(|(id, _)| check(&resolution.model, *id)).count()
}

/// As [`check_all`]. A package with mistakes has no worlds.
fn worlds(path: &Path) -> usize {
    let resolution = resolved(Input::Path(path.display().to_string()));
    if resolution.has_errors() { 0 } else { check_all(&resolution) }
}

#[test]
fn published_packages_are_their_tables() {
    let packages = corpora::WIT_CRATES.iter().flat_map(|name| corpora::wit_packages(name));
    let given: usize = packages.map(|path| worlds(&path)).sum();
    assert!(given > 20, "{given} worlds");
}

#[test]
fn files_of_packages_and_tests_are_their_tables() {
    let given: usize = corpora::wit_files().iter().map(|path| worlds(path)).sum();
    assert!(given > 400, "{given} worlds");
}

#[test]
fn odd_worlds_are_their_tables() {
    let files = corpora::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/round-trip"), "wit");
    for file in files {
        check_all(&sound(resolved(Input::Path(file.display().to_string()))));
    }
}
