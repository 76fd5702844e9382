//! The component scripts of `tests/data/components`, on both engines.

use std::fs;
use std::path::Path;

use witwright_cli::script::{self, Options};
use witwright_host::CoreEngine;

#[test]
fn scripts_pass_on_wasmi() {
    passes(&witwright_host::wasmi::Engine::default());
}

#[test]
fn scripts_pass_on_wasmtime() {
    passes(&witwright_host::wasmtime::Engine::default());
}

fn passes<E: CoreEngine>(engine: &E) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/components");
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
    assert!(files > 3, "there are scripts");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
