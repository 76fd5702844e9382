//! The Models and the diagnostics of packages: `tests/ui/**/NAME.wit` beside `NAME.model` or `NAME.stderr`.
//!
//! A fixture is one file, or several, each after a line `//- /path`. Of several files, `/wit` is resolved, or the inputs of a
//! line `//- inputs: a b`. `//- features: a b` enables features, `//- targets: a:b@0.1.0` shows packages as of versions,
//! `//- compatible-versions: yes` accepts later versions, `//- lints: a b=deny` enables lints, `//- world: w` chooses a world,
//! `//- not-utf8: path` adds a file that is not text. If lines end with comments `//~ E0101 E0102`, exactly those codes must
//! be reported, each on its line.
//!
//! `BLESS=1 cargo test -p witwright-resolver --test it fixtures` writes the expected files; read the diff.

use std::fs;
use std::path::{Path, PathBuf};

use witwright_front::render::render_text;
use witwright_front::{LanguageFeatures, Span};
use witwright_resolver::lints::{Level, Lints};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, Resolution, resolve};

use crate::dump;

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let paths = wit_files(&folder);
    assert!(paths.len() > 40, "only {} fixtures found", paths.len());
    let problems: Vec<String> = paths.iter().filter_map(|path| check(path)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// The differences between the actual and the expected output.
fn check(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).unwrap();
    let mut resolution = run(&text);
    for selector in text.lines().filter_map(|line| line.strip_prefix("//- world:")) {
        let selector = Some(selector.trim()).filter(|selector| !selector.is_empty());
        resolution.diagnostics.extend(resolution.world(selector).err().map(|diagnostic| *diagnostic));
    }
    if text.contains("//~") {
        let (expected, found) = (annotated(&text), reported(&resolution));
        assert_eq!(expected, found, "{}: expected, and found", path.display());
    }
    let stderr = render(&resolution);
    let model = if resolution.has_errors() { String::new() } else { dump::dump(&resolution.model) };
    let problems = [("stderr", stderr), ("model", model)];
    let problems = problems.into_iter().filter_map(|(extension, text)| golden(&path.with_extension(extension), &text));
    problems.reduce(|a, b| a + "\n" + &b)
}

/// A file, a line in it, and a code.
type Place = (String, usize, String);

/// The codes that comments name, with their places.
fn annotated(text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let (mut file, mut number) = ("main.wit".to_owned(), 0);
    for line in text.lines() {
        match line.strip_prefix("//- ") {
            Some(header) if header.contains(':') => {}
            Some(path) => (file, number) = (path.trim().trim_start_matches('/').to_owned(), 0),
            None => {
                number += 1;
                let codes = line.split_once("//~").map(|(_, codes)| codes).unwrap_or_default();
                found.extend(codes.split_whitespace().map(|code| (file.clone(), number, code.to_owned())));
            }
        }
    }
    found.sort();
    found
}

/// The codes that are reported, with their places.
fn reported(resolution: &Resolution) -> Vec<Place> {
    let diagnostics = resolution.diagnostics.iter();
    let mut found: Vec<Place> = diagnostics
        .map(|diagnostic| {
            let file = |place: Span| resolution.sources.file(place.file).name.clone();
            let line = |place: Span| resolution.sources.line_column(place).0;
            let place = diagnostic.primary();
            (place.map(file).unwrap_or_default(), place.map_or(0, line), diagnostic.code.0.to_owned())
        })
        .collect();
    found.sort();
    found
}

fn run(text: &str) -> Resolution {
    let mut files = Memory::default();
    let mut inputs = vec![Input::Path("wit".to_owned())];
    let mut options = Options::default().with_language(LanguageFeatures::active());
    let mut current: Option<(String, String)> = None;
    for line in text.split_inclusive('\n') {
        let Some(header) = line.strip_prefix("//- ") else {
            match &mut current {
                Some((_, text)) => text.push_str(line),
                None => current = Some(("main.wit".to_owned(), line.to_owned())),
            }
            continue;
        };
        match header.trim().split_once(':').map(|(setting, value)| (setting, value.trim())) {
            Some(("inputs", paths)) => inputs = paths.split(' ').map(|path| Input::Path(path.to_owned())).collect(),
            Some(("features", features)) => options.features = features.split(' ').map(str::to_owned).collect(),
            Some(("targets", targets)) => {
                options.target_versions = targets.split(' ').map(|target| target.parse().unwrap()).collect();
            }
            Some(("compatible-versions", _)) => options.compatible_versions = true,
            Some(("lints", lints)) => lints.split(' ').for_each(|lint| set(&mut options.lints, lint)),
            // Chosen after the resolution.
            Some(("world", _)) => {}
            Some(("not-utf8", path)) => files.add(path, b"package a\xff".as_slice()),
            Some((other, _)) => panic!("no such setting: {other}"),
            None => {
                let path = header.trim().trim_start_matches('/').to_owned();
                let finished = current.replace((path, String::new()));
                add(&mut files, &mut inputs, finished);
            }
        }
    }
    add(&mut files, &mut inputs, current);
    resolve(&inputs, &files, &options)
}

/// Sets a lint's level: `name`, or `name=deny`.
fn set(lints: &mut Lints, text: &str) {
    match text.split_once('=') {
        None => lints.set(text.parse().unwrap(), Level::Warn),
        Some((name, level)) => {
            assert_eq!(level, "deny", "no such level");
            lints.set(name.parse().unwrap(), Level::Deny);
        }
    }
}

fn add(files: &mut Memory, inputs: &mut Vec<Input>, file: Option<(String, String)>) {
    let Some((path, text)) = file else { return };
    if path == "main.wit" {
        *inputs = vec![Input::Path(path.clone())];
    }
    files.add(path, text);
}

fn render(resolution: &Resolution) -> String {
    let mut text = String::new();
    for diagnostic in &resolution.diagnostics {
        text += &render_text(&resolution.sources, diagnostic);
    }
    text
}

/// Compares a file with its expected content. For an empty text the file must not exist.
pub(crate) fn golden(path: &Path, text: &str) -> Option<String> {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == text {
        return None;
    }
    if std::env::var_os("BLESS").is_none() {
        return Some(format!("{} should be\n{text}\nand is\n{expected}", path.display()));
    }
    match text {
        "" => fs::remove_file(path).unwrap(),
        text => fs::write(path, text).unwrap(),
    }
    None
}

fn wit_files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(wit_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "wit") {
            found.push(path);
        }
    }
    found
}
