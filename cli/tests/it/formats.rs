//! Diagnostics for tools: JSON as `docs/json.md` describes it, and SARIF; and unreleased features, enabled by name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{temporary, witwright};

/// The fields that a table of the page names, below a line that begins so.
fn described(page: &str, before: &str) -> BTreeSet<String> {
    let rest = page.split_once(before).unwrap().1;
    let rows = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|')).skip(2);
    let cells = rows.map(|row| row.split('|').nth(1).unwrap().to_owned());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn fields(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn json_is_as_its_page_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/json.md");
    let page = fs::read_to_string(page).unwrap();
    let diagnostic = described(&page, "A diagnostic has these fields");
    let place = described(&page, "A place has these fields");
    let with = |field: &str| place.iter().cloned().chain([field.to_owned()]).collect::<BTreeSet<_>>();
    let ran = witwright(&["check", "mistakes.wit", "--format", "json"]);
    let (mut labels, mut edits) = (0, 0);
    for line in ran.out.lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        assert_eq!(fields(&object), diagnostic);
        for label in object["labels"].as_array().unwrap() {
            assert_eq!(fields(label), with("message"));
            labels += 1;
        }
        for suggestion in object["suggestions"].as_array().unwrap() {
            assert_eq!(fields(suggestion), BTreeSet::from(["edits".to_owned()]));
            for edit in suggestion["edits"].as_array().unwrap() {
                assert_eq!(fields(edit), with("replacement"));
                edits += 1;
            }
        }
    }
    assert!(labels > 6 && edits > 3, "{labels} labels, {edits} edits");
}

#[test]
fn sarif_is_one_log() {
    let ran = witwright(&["check", "mistakes.wit", "text.wit", "--format", "sarif"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 6);
    let first = &results[0];
    assert_eq!((&first["ruleId"], &first["level"]), (&"E0315".into(), &"error".into()));
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "mistakes.wit");
    assert_eq!(place["region"]["startLine"], 5);
    let change = &first["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "string");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
    }
    assert_eq!(witwright(&["explain", "--format", "sarif"]).code, Some(2));
}

#[test]
fn explain_says_what_a_code_means() {
    let ran = witwright(&["explain", "e0202"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("E0202: missing `;`\n") && ran.out.contains("Right:"), "{}", ran.out);
    let ran = witwright(&["explain", "E202"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("no code or lint is called `E202`; did you mean `E0202`?"), "{}", ran.err);
    let ran = witwright(&["explain", "202"]);
    assert!(ran.err.contains("did you mean `E0202`?"), "{}", ran.err);
    let ran = witwright(&["explain", "unused-use"]);
    assert!(ran.out.starts_with("W0810: "), "{}", ran.err);
    let ran = witwright(&["explain", "unused-uses"]);
    assert!(ran.err.contains("no code or lint is called `unused-uses`; did you mean `unused-use`?"), "{}", ran.err);
}

#[test]
fn language_features_are_switched_on_by_name() {
    let path = temporary("fixed-length.wit");
    fs::write(&path, "package a:b;\n\ninterface i {\n  type t = list<u8, 4>;\n}\n").unwrap();
    let path = path.to_str().unwrap();
    let ran = witwright(&["check", path]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("--language-features fixed-length-lists"), "{}", ran.err);
    let ran = witwright(&["check", path, "--language-features", "fixed-length-lists,accessors"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = witwright(&["check", path, "--language-features", "fixed-lists"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("fixed-length-lists"), "{}", ran.err);
}
