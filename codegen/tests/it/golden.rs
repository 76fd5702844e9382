//! Expansions: `data/NAME.wit` beside `NAME.guest.rs` and `NAME.host.rs`. `BLESS=1 cargo test -p witwright-codegen` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use witwright_codegen::{Options, Target, format, generate};
use witwright_front::render::render_text;
use witwright_resolver::{Disk, Input};

#[test]
fn expansions_are_as_blessed() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut files: Vec<PathBuf> = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "wit"));
    files.sort();
    assert!(!files.is_empty());
    let wrong: Vec<String> = files.iter().flat_map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "these differ, bless and read the diff: {wrong:?}");
}

fn check(wit: &Path) -> Vec<String> {
    let mut wrong = Vec::new();
    for (target, extension) in [(Target::Guest, "guest.rs"), (Target::Host, "host.rs")] {
        let golden = wit.with_extension(extension);
        let text = expand(wit, target);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &text).unwrap();
        } else if fs::read_to_string(&golden).ok().as_deref() != Some(text.as_str()) {
            wrong.push(golden.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    wrong
}

fn expand(wit: &Path, target: Target) -> String {
    let input = Input::Path(wit.display().to_string());
    let resolution = witwright_resolver::resolve(&[input], &Disk, &witwright_resolver::Options::default());
    let report = |diagnostics: &[_]| -> String {
        diagnostics.iter().map(|diagnostic| render_text(&resolution.sources, diagnostic)).collect()
    };
    assert!(!resolution.has_errors(), "{}", report(&resolution.diagnostics));
    let world = resolution.world(None).unwrap_or_else(|diagnostic| panic!("{}", report(&[*diagnostic])));
    let options = Options { generate_all: true, ..Options::default() };
    match generate(&resolution.model, world, target, &options) {
        Ok(tokens) => format(tokens),
        Err(diagnostics) => panic!("{}", report(&diagnostics)),
    }
}
