//! The Model as JSON: it follows its schema, every id that it mentions is defined, and ids are stable.
//!
//! `BLESS=1 cargo test -p witwright-resolver --test it json` writes `tests/json/NAME.json`; read the diff.

mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use witwright_front::LanguageFeatures;
use witwright_resolver::binary::decode_component;
use witwright_resolver::load::Memory;
use witwright_resolver::{Disk, Input, Options, Resolution, json, resolve};

use crate::binary::corpus::{cases, shipped_binaries};

fn options() -> Options {
    Options::default().with_all_features().with_language(LanguageFeatures::active())
}

fn render(resolution: &Resolution) -> Value {
    let text = json::render(&resolution.model, &resolution.main, Some(&resolution.sources));
    assert!(!text.contains('\n'), "one line");
    serde_json::from_str(&text).unwrap()
}

fn of_text(name: &str, text: &str) -> Value {
    let input = Input::Inline { name: name.to_owned(), text: text.to_owned() };
    let resolution = resolve(&[input], &Memory::default(), &options());
    assert!(!resolution.has_errors(), "{:?}", resolution.diagnostics);
    render(&resolution)
}

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn published_schema() -> Value {
    serde_json::from_str(&fs::read_to_string(file("../docs/model.schema.json")).unwrap()).unwrap()
}

fn everything() -> Value {
    of_text("everything.wit", &fs::read_to_string(file("tests/json/everything.wit")).unwrap())
}

#[test]
fn everything_is_in_it() {
    let path = file("tests/json/everything.json");
    let mut value = everything();
    shorten_spans(&mut value);
    let found = format!("{value:#}\n");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{} is not current:\n{found}", path.display());
}

/// Replaces spans by `line:column..line:column (start..end)`, which is easier to read.
fn shorten_spans(value: &mut Value) {
    match value {
        Value::Object(members) if members.contains_key("end_line") => {
            let at = |name: &str| &members[name];
            let [line, column, end_line, end_column] = ["line", "column", "end_line", "end_column"].map(at);
            let text = format!("{line}:{column}..{end_line}:{end_column} ({}..{})", at("start"), at("end"));
            *value = text.into();
        }
        Value::Object(members) => members.values_mut().for_each(shorten_spans),
        Value::Array(items) => items.iter_mut().for_each(shorten_spans),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn all_of_it_is_as_the_schema_says() {
    let schema = published_schema();
    let judge = |name: &str, value: &Value| {
        schema::check(&schema, value).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(lost_references(value), BTreeSet::new(), "{name}");
    };
    judge("everything", &everything());
    for case in cases() {
        let input = Input::Path(case.path.display().to_string());
        judge(&case.name, &render(&resolve(&[input], &Disk, &options())));
    }
    for (name, binary) in shipped_binaries() {
        let Ok((model, world)) = decode_component(&binary) else { continue };
        let text = json::render(&model, &[model.worlds[world].package], None);
        judge(&name, &serde_json::from_str(&text).unwrap());
    }
}

#[test]
fn the_schema_refuses_what_is_not_there() {
    let schema = published_schema();
    let refused = |change: fn(&mut Value)| {
        let mut value = everything();
        change(&mut value);
        schema::check(&schema, &value).unwrap_err()
    };
    assert_eq!(refused(|value| value["format"] = 2.into()), "$.format is another value");
    assert_eq!(refused(|value| value["extra"] = 2.into()), "$ has `extra`, which the schema does not know");
    let error = refused(|value| drop(value["packages"][0].as_object_mut().unwrap().remove("worlds")));
    assert_eq!(error, "$.packages[0] lacks `worlds`");
    let error = refused(|value| value["packages"][0]["worlds"][0]["imports"][0]["kind"] = "func".into());
    assert_eq!(error, "$.packages[0].worlds[0].imports[0].kind is another value");
    let error = refused(|value| value["packages"][0]["span"]["line"] = 0.into());
    assert_eq!(error, "$.packages[0].span.line is too small");
}

#[test]
fn ids_stay_when_others_come_and_go() {
    let before =
        of_text("a", "package a:b; interface i { type t = u8; f: func(); } world w { import i; export f: func(); }");
    let after = of_text(
        "a",
        "package a:b; interface h { type t = u8; } interface i { record r { x: u8 } type t = u8; e: func(); f: func(); }
         world v {} world w { import h; import i; export e: func(); export f: func(); }",
    );
    let (before, after) = (definitions(&before), definitions(&after));
    assert!(before.keys().all(|id| after.contains_key(id)), "{before:?}\n{after:?}");
    let ids: Vec<&str> = before.keys().map(String::as_str).collect();
    let expected = ["a:b", "a:b/i", "a:b/i#f", "a:b/i#t", "a:b/w", "a:b/w#export:f", "a:b/w#import:a:b/i"];
    assert_eq!(ids, expected);
}

/// The number of definitions of each id. The function or type of a world item has the id of the item.
fn definitions(value: &Value) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    walk(value, &mut |object| {
        if let (Some(id), true) = (object["id"].as_str(), object["kind"] != "named") {
            *found.entry(id.to_owned()).or_default() += 1;
        }
    });
    found
}

/// The ids that are mentioned but not defined.
fn lost_references(value: &Value) -> BTreeSet<String> {
    let defined = definitions(value);
    let mut references = BTreeSet::new();
    walk(value, &mut |object| {
        let named = if object["kind"] == "named" { &object["id"] } else { &Value::Null };
        for reference in [named, &object["resource"], &object["interface"], &object["implements"]] {
            references.extend(reference.as_str().map(str::to_owned));
        }
    });
    references.extend(value["main"].as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned));
    references.retain(|id| !defined.contains_key(id));
    references
}

/// Visits every object.
fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(members) => {
            visit(value);
            members.values().for_each(|member| walk(member, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
