//! The diagnostics for every text that wit-parser's suite rejects, for people to read: `conformance/wit-parser-ui.said`.
//!
//! `BLESS=1 cargo test -p witwright-tests --test it rejections` writes it; read the diff.

use std::fs;

use witwright_tests::conformance;

#[test]
fn what_is_said_of_rejected_texts() {
    let path = xtask::root().join("tests/conformance/wit-parser-ui.said");
    let said = conformance::rejections();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &said).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == said, "{} is not current; bless it and read the difference", path.display());
}
