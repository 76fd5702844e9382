//! The component scripts of `tests/data/components`, on both engines; those of `tests/data/exceptions`, on the one that has exceptions.

use std::fs;
use std::path::Path;

use witwright_cli::script::{self, Options};
use witwright_host::CoreEngine;

#[test]
fn scripts_pass_on_wasmi() {
    assert!(passes(&witwright_host::wasmi::Engine::default(), "components") > 3, "there are scripts");
}

#[test]
fn scripts_pass_on_wasmtime() {
    let engine = witwright_host::wasmtime::Engine::default();
    assert!(passes(&engine, "components") > 3, "there are scripts");
    assert!(passes(&engine, "exceptions") > 0, "there are scripts");
}

/// Runs the scripts of a folder, and returns their number.
fn passes<E: CoreEngine>(engine: &E, folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder);
    let mut failures = Vec::new();
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let directives = script::run(engine, &text, &Options::default());
        let directives = directives.unwrap_or_else(|error| panic!("{}:{error}", path.display()));
        assert!(directives.len() > 5, "{}", path.display());
        for directive in directives {
            if let Some(failure) = directive.failure {
                failures.push(format!("{}:{}: {}: {failure}", path.display(), directive.line, directive.name));
            }
        }
        files += 1;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    files
}
