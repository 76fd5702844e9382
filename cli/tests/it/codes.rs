//! The codes of diagnostics: each is explained, each example gives its code and no other, and the page is current.
//!
//! An example is one file, or several, each after a line `//- /path`; then `/wit` is checked. Lines `//- NAME: VALUE` before
//! that are options of the command line. `BLESS=1 cargo test -p witwright-cli codes` writes the page anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use witwright_codegen::{Options as BindingOptions, Target, With, generate};
use witwright_front::{LanguageFeature, LanguageFeatures};
use witwright_resolver::lints::{Level, Lints};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, resolve};

use crate::witwright;

/// Their mistake cannot be shown in a few lines, or needs a component.
const WITHOUT_EXAMPLE: [&str; 7] = ["E0109", "E0110", "E0620", "E0621", "E0622", "E0623", "E0624"];

struct Entry {
    code: String,
    title: String,
    examples: Option<[String; 2]>,
}

/// The entries that `explain` lists.
fn entries() -> Vec<Entry> {
    let ran = witwright(&["explain", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let read = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| object[field].as_str().map(str::to_owned);
        assert!(text("explanation").is_some_and(|text| !text.is_empty()), "{line}");
        let examples = text("wrong").zip(text("right")).map(|(wrong, right)| [wrong, right]);
        Entry { code: text("code").unwrap(), title: text("title").unwrap(), examples }
    };
    ran.out.lines().map(read).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The codes that the `errors.rs` files of the crates declare.
fn declared() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for place in ["wit-front/src/errors", "resolver/src/errors", "codegen/src/errors.rs"] {
        let path = root().join(place);
        let files = match fs::read_dir(&path) {
            Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
            Err(_) => vec![path],
        };
        for file in files {
            let text = fs::read_to_string(file).unwrap();
            let codes = text.split("Code(\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(codes.map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_code_is_explained() {
    let explained: BTreeSet<String> = entries().into_iter().map(|entry| entry.code).collect();
    let declared = declared();
    let missing: Vec<&String> = declared.difference(&explained).collect();
    assert!(missing.is_empty(), "add {missing:?} to cli/codes");
    let gone: Vec<&String> = explained.difference(&declared).collect();
    assert!(gone.is_empty(), "remove {gone:?} from cli/codes");
}

#[test]
fn examples_give_their_code_and_no_other() {
    let mut problems = Vec::new();
    for Entry { code, examples, .. } in entries() {
        let Some([wrong, right]) = examples else {
            assert!(WITHOUT_EXAMPLE.contains(&code.as_str()), "{code} has no example");
            continue;
        };
        let (wrong, right) = (codes(&wrong), codes(&right));
        if wrong.iter().any(|found| *found != code) || wrong.is_empty() || !right.is_empty() {
            problems.push(format!("{code}: the wrong example gives {wrong:?}, the right one {right:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_page_is_current() {
    let head = "# Diagnostics\n\nA test generates this page from the files in `cli/codes`; `witwright explain CODE` prints the same. \
                Lines that begin with `//-` are not WIT: they state the options of the command and the names of the \
                example's files.\n\n";
    let list: String = entries().iter().map(|entry| format!("- {}: {}\n", entry.code, entry.title)).collect();
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("cli/codes")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let areas: Vec<String> =
        files.iter().map(|path| format!("#{}", fs::read_to_string(path).unwrap().replace("\n## ", "\n### "))).collect();
    let page = format!("{head}{list}\n{}", areas.join("\n"));
    let path = root().join("docs/diagnostics.md");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/diagnostics.md is not current; `BLESS=1 cargo test -p witwright-cli codes` writes it"
    );
}

/// The codes that are reported for an example.
fn codes(text: &str) -> Vec<String> {
    let mut files = Memory::default();
    let mut inputs = Vec::new();
    let mut options = Options::default();
    let mut selector = None;
    let mut bindings: Option<BindingOptions> = None;
    let mut file = (String::from("main.wit"), String::new());
    for line in text.split_inclusive('\n') {
        let Some(header) = line.strip_prefix("//- ") else {
            file.1.push_str(line);
            continue;
        };
        let header = header.trim();
        let Some((name, value)) = header.split_once(':').map(|(name, value)| (name, value.trim())) else {
            let path = header.trim_start_matches('/').to_owned();
            let (before, contents) = core::mem::replace(&mut file, (path, String::new()));
            files.add(before, contents);
            continue;
        };
        match name {
            "inputs" => inputs = value.split(' ').map(|path| Input::Path(path.to_owned())).collect(),
            "language" => {
                options.language = LanguageFeatures::default().with(LanguageFeature::from_name(value).unwrap())
            }
            "lint" => {
                let mut lints = Lints::default();
                lints.set(value.parse().unwrap(), Level::Warn);
                options.lints = lints;
            }
            "not-utf8" => files.add(value, b"package a\xff".as_slice()),
            "target" => options.target_versions = [value.parse().unwrap()].into(),
            "world" => selector = Some(value.to_owned()),
            "bindings" => bindings = Some(BindingOptions::default()),
            "generate-all" => bindings.as_mut().unwrap().generate_all = true,
            "with" => {
                let there = witwright_codegen::path("crate::there").unwrap();
                bindings.as_mut().unwrap().with = vec![(value.to_owned(), With::Path(there))];
            }
            "skip" => bindings.as_mut().unwrap().skip = vec![value.to_owned()],
            _ => panic!("no such setting: {name}"),
        }
    }
    if inputs.is_empty() {
        let is_folder = file.0.starts_with("wit/");
        inputs.push(Input::Path(if is_folder { "wit" } else { "main.wit" }.to_owned()));
    }
    files.add(file.0, file.1);
    let resolution = resolve(&inputs, &files, &options);
    let mut found: Vec<String> = resolution.diagnostics.iter().map(|found| found.code.0.to_owned()).collect();
    if let Some(selector) = selector {
        let selector = Some(selector.as_str()).filter(|selector| !selector.is_empty());
        found.extend(resolution.world(selector).err().map(|error| error.code.0.to_owned()));
    }
    if let (Some(options), false) = (bindings, resolution.has_errors()) {
        let world = resolution.world(None).unwrap();
        let errors = generate(&resolution.model, world, Target::Guest, &options).err().unwrap_or_default();
        found.extend(errors.iter().map(|error| error.code.0.to_owned()));
    }
    found
}
