//! Every name in the tree has its span, as language servers need: definitions and references.

use core::fmt::Debug;
use std::collections::BTreeMap;
use std::path::Path;

use witwright_front::{FileId, LanguageFeatures, Parsed, TokenKind, parse};

/// Words that have a meaning only in certain places, and are not names.
const WORDS: [&str; 9] =
    ["since", "unstable", "deprecated", "external-id", "version", "feature", "get", "set", "error-context"];

/// The names in a tree, as they are written, by the offsets of their first bytes.
fn names(tree: &impl Debug) -> BTreeMap<usize, String> {
    let shown = format!("{tree:?}");
    let mut names = BTreeMap::new();
    for ident in shown.split("Ident { name: \"").skip(1) {
        let (name, rest) = ident.split_once("\", escaped: ").expect("a name is followed by how it is written");
        let (escaped, rest) = rest.split_once(", span: #0:").expect("that is followed by its place");
        let (start, _) = rest.split_once("..").expect("a place has a start");
        let sigil = if escaped == "true" { "%" } else { "" };
        names.insert(start.parse().expect("a start is a number"), format!("{sigil}{name}"));
    }
    names
}

fn check(text: &str) {
    let Parsed { tree, tokens, diagnostics, .. } = parse(FileId(0), text, &LanguageFeatures::active());
    assert!(!diagnostics.iter().any(witwright_front::Diagnostic::is_error), "{diagnostics:?}");
    let mut names = names(&tree);
    for token in tokens {
        let token_text = &text[token.start as usize..token.end as usize];
        let is_name = matches!(token.kind, TokenKind::Label | TokenKind::EscapedLabel);
        if is_name && names.remove(&(token.start as usize)).as_deref() != Some(token_text) {
            assert!(WORDS.contains(&token_text), "`{token_text}` at {} is not a name in the tree", token.start);
        }
    }
    assert_eq!(names, BTreeMap::new(), "names in the tree that are not in the text");
}

#[test]
fn every_name_in_a_text_is_in_the_tree_at_its_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ok");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("entries can be read").path();
        if path.extension().is_some_and(|extension| extension == "wit") {
            check(&std::fs::read_to_string(&path).expect("the file can be read"));
            count += 1;
        }
    }
    assert!(count > 0, "no texts were checked");
}

#[test]
fn a_broken_text_has_names_with_places_too() {
    let text = "interface i { f: func(a: b, c; record r { d: e }\n g: func() -> h; ";
    let parsed = parse(FileId(0), text, &LanguageFeatures::default());
    assert!(!parsed.diagnostics.is_empty());
    let names = names(&parsed.tree);
    for name in ["i", "f", "a", "b", "r", "d", "e", "g", "h"] {
        assert!(names.values().any(|found| found == name), "`{name}` is not in the tree: {names:?}");
    }
    for (start, name) in names {
        assert!(text[start..].starts_with(&name), "`{name}` is not at {start}");
    }
}

#[test]
fn what_parsing_gives_can_be_shared_among_threads() {
    fn is_shareable<T: Send + Sync + Clone + 'static>() {}
    is_shareable::<Parsed>();
}
