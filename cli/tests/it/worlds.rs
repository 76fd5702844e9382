//! `witwright wit`: worlds turned around, versions merged, packages written as text, in binary form and as folders.

use std::fs;

use crate::{adder, temporary, witwright};

const PACKAGES: &str = "package acme:app;

world app {
  import wasi:io/poll@0.2.0;
  import wasi:io/poll@0.2.1;

  export run: func();
}

world other {}

package wasi:io@0.2.0 {
  interface poll {
    wait: func();
  }
}

package wasi:io@0.2.1 {
  interface poll {
    wait: func();
  }
}
";

fn packages(name: &str) -> String {
    let path = temporary(name);
    fs::write(&path, PACKAGES).unwrap();
    path.to_str().unwrap().to_owned()
}

#[track_caller]
fn printed(args: &[&str]) -> String {
    let ran = witwright(args);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    ran.out
}

#[test]
fn components_are_turned_around() {
    let adder = adder("turned.wasm");
    let before = printed(&["wit", &adder]);
    assert!(before.contains("  export "), "{before}");
    let after = printed(&["wit", "--importize", &adder]);
    assert!(after.contains("  import ") && !after.contains("  export "), "{after}");
    assert_eq!(witwright(&["wit", "--importize", "--exportize", &adder]).code, Some(2));
}

#[test]
fn worlds_of_packages_are_chosen_and_changed() {
    let path = packages("worlds.wit");
    let ran = witwright(&["wit", "--exportize", &path]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("E0607") && ran.err.contains("acme:app/other") && ran.err.contains("with `--world`"),
        "{}",
        ran.err
    );
    let exportized = printed(&["wit", "--exportize", "--world", "app", &path]);
    assert!(exportized.contains("  export wasi:io/poll@0.2.0;"), "{exportized}");
    let ran = witwright(&["wit", "-w", "foo", &path]);
    assert!(ran.code == Some(1) && ran.err.contains("E0608") && ran.out.is_empty(), "{}{}", ran.out, ran.err);
    let same = printed(&["wit", "-w", "app", &path]);
    assert_eq!(same, printed(&["wit", &path]));
    let merged = printed(&["wit", "--merge-versions", "-w", "app", &path]);
    assert!(
        merged.contains("import wasi:io/poll@0.2.1;") && !merged.contains("import wasi:io/poll@0.2.0;"),
        "{merged}"
    );
}

#[test]
fn packages_are_written() {
    let path = packages("written.wit");
    let binary = temporary("written.wasm");
    let binary = binary.to_str().unwrap();
    assert_eq!(printed(&["wit", &path, "-o", binary]), "");
    let again = printed(&["wit", binary]);
    assert!(again.starts_with("package acme:app;\n") && again.contains("package wasi:io@0.2.1 {"), "{again}");

    let folder = temporary("written");
    let folder = folder.to_str().unwrap();
    assert_eq!(printed(&["wit", &path, "--out-dir", folder]), "");
    assert_eq!(printed(&["check", folder]), "");
    assert_eq!(printed(&["wit", folder]), PACKAGES);
    assert!(fs::exists(format!("{folder}/deps/wasi-io@0.2.1.wit")).unwrap());
}
