//! `tests/data/ok/NAME.wit` with its tree in `NAME.tree`; `tests/data/bad/NAME.wit` with its diagnostics in
//! `NAME.stderr`.
//!
//! `ok` is parsed with every language feature, `bad` with none. After a change run
//! `BLESS=1 cargo test -p witwright-front fixtures` and read the diff.

use std::fs;
use std::path::{Path, PathBuf};

use witwright_front::render::render_text;
use witwright_front::{Diagnostic, FileId, LanguageFeatures, Parsed, SourceMap, fix, parse};

use crate::tree;

pub(crate) fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder)
}

/// The WIT files of a folder by name.
pub(crate) fn wit_files(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(data(folder))
        .expect("the folder exists")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "wit"))
        .map(|path| {
            let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("it is text"))
        })
        .collect();
    files.sort();
    files
}

/// Parses a text under a name, and renders its diagnostics.
pub(crate) fn parse_and_render(name: &str, text: &str, features: LanguageFeatures) -> (Parsed, String) {
    let mut sources = SourceMap::default();
    let file = sources.add(format!("{name}.wit"), text);
    let parsed = parse(file, text, &features);
    let rendered = parsed.diagnostics.iter().map(|diagnostic| render_text(&sources, diagnostic)).collect();
    (parsed, rendered)
}

/// Compares with a golden file.
pub(crate) fn check(path: &Path, actual: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, actual).expect("the source tree is writable");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(expected == actual, "{} differs; expected:\n{expected}\nactual:\n{actual}", path.display());
}

#[test]
fn fixtures_ok() {
    for (name, text) in wit_files("ok") {
        let (parsed, rendered) = parse_and_render(&name, &text, LanguageFeatures::active());
        assert!(!parsed.diagnostics.iter().any(Diagnostic::is_error), "{name}:\n{rendered}");
        check(&data("ok").join(format!("{name}.tree")), &tree::show(&parsed.tree));
    }
}

#[test]
fn fixtures_bad() {
    for (name, text) in wit_files("bad") {
        let (parsed, rendered) = parse_and_render(&name, &text, LanguageFeatures::default());
        assert!(!parsed.diagnostics.is_empty(), "{name} has no mistake");
        check(&data("bad").join(format!("{name}.stderr")), &rendered);
    }
}

/// Applies the suggestions for texts in other languages: `from-NAME.wit` becomes `from-NAME.fixed`. For every text, applying
/// suggestions ends, and adds no mistakes.
#[test]
fn fixtures_fixed() {
    for (name, text) in wit_files("bad") {
        let mistakes = |text: &str| parse(FileId(0), text, &LanguageFeatures::default()).diagnostics;
        let before = mistakes(&text).len();
        let mut fixed = text.clone();
        for _ in 0..10 {
            fixed = fix::apply(FileId(0), &fixed, &mistakes(&fixed)).0;
        }
        let left = mistakes(&fixed);
        assert!(left.iter().all(|mistake| mistake.suggestions.is_empty()), "{name}: {left:#?}\n{fixed}");
        assert!(left.len() <= before, "{name}: {left:#?}\n{fixed}");
        if name.starts_with("from-") {
            check(&data("bad").join(format!("{name}.fixed")), &fixed);
        }
    }
}

/// Texts in which each line with a mistake ends with `// E0000`. Exactly these codes are reported, each on its line.
#[test]
fn fixtures_planted() {
    for (name, text) in wit_files("planted") {
        let planted: Vec<(usize, String)> = text
            .lines()
            .enumerate()
            .filter_map(|(index, line)| Some((index + 1, line.split_once("// E")?.1)))
            .flat_map(|(line, codes)| {
                codes.split(", E").map(move |code| (line, format!("E{code}"))).collect::<Vec<_>>()
            })
            .collect();
        let mut sources = SourceMap::default();
        let file = sources.add(format!("{name}.wit"), text.as_str());
        let parsed = parse(file, &text, &LanguageFeatures::default());
        let reported: Vec<(usize, String)> = parsed
            .diagnostics
            .iter()
            .map(|diagnostic| {
                let place = diagnostic.primary().expect("every mistake has a place");
                (sources.line_column(place).0, diagnostic.code.0.to_owned())
            })
            .collect();
        assert_eq!(reported, planted, "{name}");
    }
}
