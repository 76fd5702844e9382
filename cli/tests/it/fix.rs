//! `check --fix`: the files that it changes, those that it leaves alone, and its output.

use std::fs;
use std::path::PathBuf;

use crate::{Ran, temporary, witwright};

/// A folder of a test's own with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = temporary(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn fix(folder: &std::path::Path) -> Ran {
    witwright(&["check", "--fix", folder.to_str().unwrap()])
}

#[test]
fn mistakes_are_mended_until_nothing_can_be() {
    let wrong = "package local:demo;\n\ninterfce api {\n  struct user {\n    string name = 1;\n    age: uint32;\n  }\n  \
                 getUser: func(id: u32): user\n}\n";
    let right = "package local:demo;\n\ninterface api {\n  record user {\n    name: string,\n    age: u32,\n  }\n  \
                 get-user: func(id: u32) -> user;\n}\n";
    let folder = folder("fix-all", &[("api.wit", wrong)]);
    let ran = fix(&folder);
    assert_eq!(fs::read_to_string(folder.join("api.wit")).unwrap(), right, "{}", ran.err);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("in 1 file"), "{}", ran.err);
    // Only the file itself exists.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn a_name_is_mended_in_every_file() {
    let types = "package local:demo;\n\ninterface types {\n  type id = u8;\n}\n";
    let user = |name: &str| {
        format!(
            "interface {name} {{\n  use typs.{{id}};\n  f: func(a: ide, b: ide) -> own<%enum>;\n  resource enum;\n}}\n"
        )
    };
    let (one, two) = (user("one"), user("two"));
    let folder = folder("fix-files", &[("types.wit", types), ("one.wit", &one), ("two.wit", &two)]);
    let ran = fix(&folder);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for name in ["one", "two"] {
        let right = user(name).replace("typs", "types").replace("ide", "id").replace("own<%enum>", "%enum");
        let right = right.replace("resource enum", "resource %enum");
        assert_eq!(fs::read_to_string(folder.join(format!("{name}.wit"))).unwrap(), right);
    }
}

#[test]
fn what_cannot_be_mended_is_reported() {
    let folder =
        folder("fix-some", &[("api.wit", "package local:demo;\n\ninterface api {\n  f: func() -> nothing\n}\n")]);
    let ran = fix(&folder);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("fixed 1 mistake in 1 file"), "{}", ran.err);
    assert!(ran.err.contains("E0315") && !ran.err.contains("E0202"), "{}", ran.err);
}

#[test]
fn dependencies_are_left_alone() {
    let dependency = "package local:other;\n\ninterface types {\n  type id = uint32;\n}\n";
    let main = "package local:demo;\n\ninterface api {\n  use local:other/types.{id};\n  f: func() -> id\n}\n";
    let folder = folder("fix-deps", &[("api.wit", main), ("deps/other.wit", dependency)]);
    let ran = fix(&folder);
    assert_eq!(ran.code, Some(1));
    assert_eq!(fs::read_to_string(folder.join("deps/other.wit")).unwrap(), dependency);
    assert!(fs::read_to_string(folder.join("api.wit")).unwrap().contains("-> id;"));
    let ran = fix(&folder.join("deps/other.wit"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn without_mistakes_nothing_is_written() {
    let folder = folder("fix-none", &[("api.wit", "package local:demo;\n")]);
    let before = fs::metadata(folder.join("api.wit")).unwrap().modified().unwrap();
    let ran = fix(&folder);
    assert_eq!((ran.code, ran.err.trim()), (Some(0), "fixed 0 mistakes in 0 files"));
    assert_eq!(fs::metadata(folder.join("api.wit")).unwrap().modified().unwrap(), before);
}
