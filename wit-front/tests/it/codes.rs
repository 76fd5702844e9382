//! Every error code has a fixture in which it is reported.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use witwright_front::diagnostic::MAX_MESSAGE_BYTES;
use witwright_front::{FileId, LanguageFeatures, MAX_DIAGNOSTICS, MAX_TEXT_BYTES, parse};

use crate::fixtures::{check, data, parse_and_render, wit_files};

/// Diagnostics of texts that would be too long for fixtures.
const TOO_LONG: &str = "text-too-long.stderr";
const TOO_MANY: &str = "too-many-mistakes.stderr";

#[test]
fn every_code_has_a_fixture() {
    let generated = |name| fs::read_to_string(data("bad").join(name)).unwrap_or_default();
    let mut shown = generated(TOO_LONG) + &generated(TOO_MANY);
    for (name, _) in wit_files("bad") {
        shown += &fs::read_to_string(data("bad").join(format!("{name}.stderr"))).unwrap_or_default();
    }
    let without: Vec<String> = declared().into_iter().filter(|code| !shown.contains(&format!("[{code}]"))).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// The codes that `src/errors/*.rs` declares.
fn declared() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/errors");
    let files = fs::read_dir(folder).expect("the folder exists").map(|entry| entry.expect("it can be read").path());
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

#[test]
fn of_a_million_mistakes_a_thousand_are_shown() {
    let text = "a;\n".repeat(1_000_000);
    let diagnostics = parse(FileId(0), &text, &LanguageFeatures::default()).diagnostics;
    assert_eq!(diagnostics.len(), MAX_DIAGNOSTICS + 1);
    let (_, rendered) =
        parse_and_render("too-many-mistakes", &text[..4 * MAX_DIAGNOSTICS], LanguageFeatures::default());
    let last = rendered.rfind("error[").expect("a mistake is reported");
    check(&data("bad").join(TOO_MANY), &rendered[last..]);
}

#[test]
fn of_many_warnings_the_last_one_is_no_error() {
    let text = format!("interface i {{\n{}}}", "use j.{};\n".repeat(MAX_DIAGNOSTICS + 5));
    let diagnostics = parse(FileId(0), &text, &LanguageFeatures::default()).diagnostics;
    assert_eq!(diagnostics.len(), MAX_DIAGNOSTICS + 1);
    assert!(diagnostics.iter().all(|diagnostic| !diagnostic.is_error()));
    assert_eq!(diagnostics[MAX_DIAGNOSTICS].message, "too many mistakes: 5 more are not shown");
}

#[test]
fn of_a_long_name_the_middle_is_left_out() {
    let name = "a_".repeat(1 << 19);
    let diagnostics = parse(FileId(0), &format!("interface {name} {{}}"), &LanguageFeatures::default()).diagnostics;
    assert_eq!(diagnostics.len(), 1);
    assert!(diagnostics[0].message.len() <= MAX_MESSAGE_BYTES, "{}", diagnostics[0].message.len());
}
