//! The codes of diagnostics: each is explained, each example gives its code and no other error, and the page is current.
//!
//! An example is one file, `main.wit`, or several, each after a line `//- /path`; a file `//- not-utf8: path` is not text. The command
//! checks `main.wit`, or the folder `wit`, unless a line `// $ witwright …` states another command.
//! `BLESS=1 cargo test -p witwright-cli codes` writes the page anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{command, ran, temporary, witwright};

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
        let (wrong, right) = (codes(&code, "wrong", &wrong), codes(&code, "right", &right));
        if wrong.iter().any(|found| *found != code) || wrong.is_empty() || !right.is_empty() {
            problems.push(format!("{code}: the wrong example gives {wrong:?}, the right one {right:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_page_is_current() {
    let head = "# Diagnostics\n\nA test generates this page from the files in `cli/codes`; `witwright explain CODE` prints the same. \
                `// $` begins the command that reports the code; without it, that is `witwright check` of the file. A line with \
                `//-` states the name of the file that follows.\n\n";
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

/// The codes of errors that the command reports for an example, which is written to a folder of this name; and this code, if it is
/// reported.
fn codes(code: &str, name: &str, text: &str) -> Vec<String> {
    let folder = temporary("codes").join(code).join(name);
    let _ = fs::remove_dir_all(&folder);
    let write = |path: &str, contents: &[u8]| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    };
    let mut args = None;
    let mut file = (String::from("main.wit"), String::new());
    for line in text.split_inclusive('\n') {
        if let Some(stated) = line.strip_prefix("// $ witwright ") {
            args = Some(stated.split_whitespace().collect());
        } else if let Some(path) = line.strip_prefix("//- not-utf8: ") {
            write(path.trim(), b"package a\xff");
        } else if let Some(path) = line.strip_prefix("//- /") {
            let (before, contents) = core::mem::replace(&mut file, (path.trim().to_owned(), String::new()));
            if !contents.trim().is_empty() {
                write(&before, contents.as_bytes());
            }
        } else {
            file.1.push_str(line);
        }
    }
    write(&file.0, file.1.as_bytes());
    let default = if file.0.starts_with("wit/") { "wit" } else { "main.wit" };
    let mut args: Vec<&str> = args.unwrap_or_else(|| vec!["check", default]);
    args.extend(["--format", "json"]);
    let ran = ran(&command(&args).current_dir(&folder).output().unwrap());
    let code_of = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).ok()?;
        object["code"].as_str().map(str::to_owned)
    };
    let found = ran.out.lines().chain(ran.err.lines()).filter_map(code_of);
    let found: Vec<String> = found.filter(|found| found.starts_with('E') || found == code).collect();
    assert_eq!(ran.code, Some(found.iter().any(|code| code.starts_with('E')).into()), "{code} {name}: {}", ran.err);
    found
}
