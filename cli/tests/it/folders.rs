//! `witwright wit` into folders and files: the output can be read again, and has the same meaning.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{temporary, witwright};

/// A folder with these files, in place of its former contents.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = temporary(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn wit(path: &Path, args: &[&str]) -> String {
    let ran = witwright(&[&["wit", path.to_str().unwrap(), "--all-features"], args].concat());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    ran.out
}

/// Writes a package into a folder, into a text and in binary form, and reads each again.
fn comes_back(name: &str, files: &[(&str, &str)]) -> Vec<String> {
    let source = folder(name, files);
    let expected = wit(&source, &[]);
    let copy = folder(&format!("{name}-copy"), &[]);
    let text = temporary(&format!("{name}.wit"));
    let binary = temporary(&format!("{name}.wasm"));
    wit(&source, &["--out-dir", copy.to_str().unwrap()]);
    wit(&source, &["-o", text.to_str().unwrap()]);
    wit(&source, &["-o", binary.to_str().unwrap()]);
    // Written over its own files, nothing changes.
    wit(&source, &["--out-dir", copy.to_str().unwrap()]);
    assert_eq!(sorted(&wit(&copy, &[])), sorted(&expected), "as a folder");
    assert_eq!(sorted(&wit(&text, &[])), sorted(&expected), "as a text");
    // A world in binary form states every import, so that its text may be longer.
    assert_eq!(sorted(&wit(&binary, &[])).len(), sorted(&expected).len(), "in binary form");
    let entries = [copy.clone(), copy.join("deps")].map(|folder| fs::read_dir(folder).unwrap());
    let names = entries.into_iter().flatten().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "deps").collect();
    names.sort();
    names
}

/// The packages of a document, in the order of their names: the first comes before the others, which have braces.
fn sorted(document: &str) -> Vec<&str> {
    let mut packages: Vec<&str> = document.split("\npackage ").collect();
    packages[1..].sort_unstable();
    packages.iter().map(|package| package.trim()).collect()
}

#[test]
fn packages_of_similar_names_have_a_file_each() {
    let names = comes_back(
        "similar",
        &[
            ("app.wit", "package try:app; world w { import a:b-c/things; import a-b:c/things; }"),
            ("deps/x/x.wit", "package a:b-c; interface things { resource thing; get: func() -> u8; }"),
            ("deps/y/y.wit", "package a-b:c; interface things { resource thing; get: func() -> u16; }"),
        ],
    );
    assert_eq!(names, ["a-b-c-2.wit", "a-b-c.wit", "try-app.wit"]);
}

#[test]
fn a_binary_may_be_called_so_in_upper_case() {
    let source = folder("upper", &[("a.wit", "package a:b; interface i {}")]);
    let binary = temporary("upper-case.WASM");
    wit(&source, &["-o", binary.to_str().unwrap()]);
    assert!(fs::read(&binary).unwrap().starts_with(b"\0asm"));
    assert!(wit(&binary, &[]).starts_with("package a:b;"));
}

/// Many file systems do not tell them apart.
#[test]
fn versions_that_differ_in_case_have_a_file_each() {
    let names = comes_back(
        "cases",
        &[
            ("app.wit", "package try:app; world w { import a:b/i@1.0.0-rc; import a:b/i@1.0.0-RC; }"),
            ("deps/x.wit", "package a:b@1.0.0-rc; interface i { f: func(); }"),
            ("deps/y.wit", "package a:b@1.0.0-RC; interface i { g: func(); }"),
        ],
    );
    assert_eq!(names.len(), 3);
    let lower: std::collections::BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), 3, "{names:?}");
}

#[test]
fn names_that_are_keywords_or_reserved_come_back() {
    let names = comes_back(
        "keywords",
        &[
            (
                "main.wit",
                "package %con:%nul@0.1.0-a.b+c.d; interface %interface { use %package:%use/%world.{%type as %record};
                 %func: func(%list: %record) -> %type2; type %type2 = u8; } world %world { export %interface; }",
            ),
            ("deps/%use.wit", "package %package:%use; interface %world { record %type { %u8: u8 } }"),
        ],
    );
    assert_eq!(names, ["con-nul@0.1.0-a.b+c.d.wit", "package-use.wit"]);
}

/// A file of another package in the folder would be read as a part of the package.
#[test]
fn other_files_are_in_the_way() {
    let source = folder("way", &[("a.wit", "package a:b; interface i {}")]);
    for (name, there, is_refused) in [
        ("main", "old.wit", true),
        ("dependency", "deps/old.wit", true),
        ("binary", "deps/old.wasm", true),
        ("folder", "deps/old/old.wit", true),
        ("unread", "README.md", false),
        ("own", "a-b.wit", false),
    ] {
        let out = folder(&format!("way-{name}"), &[(there, "package c:d;")]);
        let ran = witwright(&["wit", source.to_str().unwrap(), "--out-dir", out.to_str().unwrap()]);
        assert_eq!(ran.code, Some(i32::from(is_refused)), "{there}: {}", ran.err);
        assert_eq!(ran.err.contains("is not a file of this package"), is_refused, "{}", ran.err);
        assert!(!is_refused || !out.join("a-b.wit").exists(), "nothing is written");
    }
}
