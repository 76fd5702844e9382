//! Every error code has a fixture in which it is reported.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use witwright_front::{FileId, LanguageFeatures, MAX_TEXT_BYTES, parse};

use crate::fixtures::{check, data, parse_and_render, wit_files};

/// What is said of a text that is too long for a file in the repository.
const TOO_LONG: &str = "text-too-long.stderr";

#[test]
fn every_code_has_a_fixture() {
    let mut shown = fs::read_to_string(data("bad").join(TOO_LONG)).unwrap_or_default();
    for (name, _) in wit_files("bad") {
        shown += &fs::read_to_string(data("bad").join(format!("{name}.stderr"))).unwrap_or_default();
    }
    let without: Vec<String> = declared().into_iter().filter(|code| !shown.contains(&format!("[{code}]"))).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// The codes that `src/errors/*.rs` declares.
fn declared() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/errors");
    let files = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let text: String = files.map(|path| fs::read_to_string(path).expect("it is text")).collect();
    text.split("Code(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn a_text_that_is_too_long_is_refused() {
    let text = " ".repeat(MAX_TEXT_BYTES + 1);
    let (_, rendered) = parse_and_render("text-too-long", &text, LanguageFeatures::default());
    check(&data("bad").join(TOO_LONG), &rendered);
    assert!(parse(FileId(0), &text[1..], &LanguageFeatures::default()).diagnostics.is_empty());
}
