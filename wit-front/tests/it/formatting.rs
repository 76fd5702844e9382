//! Formatting: `tests/data/fmt/NAME.wit` with the result in `NAME.formatted`; the examples of `docs/wit-style.md`; and, in
//! `laws`, rules that hold for every text.
//!
//! After a change run `BLESS=1 cargo test -p witwright-front formatting` and read the diff.

mod corpora;
mod laws;

use std::fs;
use std::path::Path;

use witwright_front::fmt::format;
use witwright_front::{Diagnostic, FileId};

use crate::fixtures::{check, data, wit_files};

fn formatted(name: &str, text: &str) -> String {
    format(FileId(0), text).unwrap_or_else(|diagnostics| panic!("{name}: {diagnostics:?}\n{text}"))
}

#[test]
fn golden_files() {
    for (name, text) in wit_files("fmt") {
        laws::hold(&name, &text);
        check(&data("fmt").join(format!("{name}.formatted")), &formatted(&name, &text));
    }
}

#[test]
fn the_examples_of_the_style_are_formatted() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/wit-style.md");
    let page = fs::read_to_string(page).expect("the page exists");
    let mut count = 0;
    for block in page.split("```wit\n").skip(1) {
        let example = block.split("```\n").next().unwrap_or_default();
        assert_eq!(formatted("example", example), example);
        count += 1;
    }
    assert!(count > 12, "{count} examples");
}

#[test]
fn mistakes_are_given_instead() {
    for (name, text) in wit_files("bad") {
        if let Err(diagnostics) = format(FileId(0), &text) {
            assert!(diagnostics.iter().any(Diagnostic::is_error), "{name}");
        }
    }
    for text in
        ["interface i {", "/* a", "interface i { f: func() }", "// \u{202e}\n", "\u{0}", "@since(version = 1.0.0)"]
    {
        assert!(format(FileId(0), text).is_err(), "{text:?}");
    }
}

/// Properties that golden files cannot show.
#[test]
fn ends_of_lines_and_of_texts() {
    for (text, expected) in [
        ("", ""),
        ("\n\n", ""),
        (" \t", ""),
        ("\u{feff}", ""),
        ("\u{feff}interface i {}", "interface i {}\n"),
        ("interface i {}", "interface i {}\n"),
        ("\n\ninterface i {}\n\n\n", "interface i {}\n"),
        ("// c", "// c\n"),
        ("\n\n// c  \n\n\n// d\t\n\n", "// c\n\n// d\n"),
        ("/* c */", "/* c */\n"),
        ("interface i { // c\r\n}\r\n", "interface i { // c\r\n}\r\n"),
        (
            "interface i {\r\n  type t = u8; /* c\r\n d\r\n */}",
            "interface i {\r\n  type t = u8; /* c\r\n d\r\n */\r\n}\r\n",
        ),
        ("interface i {\n  /* c\r\r\n  d */\r\n}", "interface i {\n  /* c\n  d */\n}\n"),
        ("interface i {\r\r} // c\r\r\n", "interface i {} // c\r\n"),
        ("interface i {}\r\ninterface j {}\n", "interface i {}\r\n\r\ninterface j {}\r\n"),
    ] {
        assert_eq!(formatted("text", text), expected, "{text:?}");
        laws::hold("text", text);
    }
}
