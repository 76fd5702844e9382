//! Tokens and productions that the grammar could easily get wrong.

use witwright_grammar::{Why, judge};

#[track_caller]
fn accepts(texts: &[&str]) {
    for text in texts {
        assert_eq!(judge(text), Ok(()), "{text}");
    }
}

#[track_caller]
fn rejects(texts: &[&str]) {
    for text in texts {
        assert!(judge(text).is_err(), "{text}");
    }
}

#[test]
fn identifiers() {
    accepts(&["use a;", "use %u8;", "use a-1-B2;", "use get;", "use ABC-d;", "use version as feature;"]);
    rejects(&["use u8;", "use a_b;", "use aB;", "use a--b;", "use a-;", "use 1a;", "use %;", "use é;", "use a%b;"]);
}

#[test]
fn versions() {
    accepts(&["package a:b@1.0.0;", "package a:b@1.0.0-rc.1-x+0.01;", "interface i { use a:b/c@1.0.0.{d}; }"]);
    rejects(&["package a:b@1.0;", "package a:b@01.0.0;", "package a:b@1.0.0-01;", "package a:b@1.0.0-;"]);
    rejects(&["package a:b@1.0.0rc;", "package a:b@ 1 . 0 . 0;"]);
}

#[test]
fn strings() {
    let world = |id: &str| format!("world w {{ @external-id({id}) import f: func(); }}");
    for id in [r#""""#, r#""a☃""#, r#""\7f\u{1_F600}\t\"""#, r#""\c3\a9""#] {
        assert_eq!(judge(&world(id)), Ok(()), "{id}");
    }
    for id in [r#"""#, r#""\ff""#, r#""\u{d800}""#, r#""\u{_1}""#, r#""\x41""#, "\"\t\"", "\"\n\"", "a"] {
        assert!(judge(&world(id)).is_err(), "{id}");
    }
}

#[test]
fn comments_and_characters() {
    accepts(&["", "// a", "/* /* */ */", "\u{feff}use a;", "use\ra;", "use/**/a;"]);
    rejects(&["/*", "/* /* */", "*/", "\0", "// \u{202e}", "use \u{a0} a;", "use a; \u{feff}", "\u{17a3}"]);
}

#[test]
fn paths_without_blanks_are_one_token() {
    accepts(&["world w { import a: b; import a:b/c; import a:func(); import a: b:c/d; import a:get() -> u8; }"]);
    rejects(&["world w { import a:b; }", "world w { import a: b/c; }"]);
    accepts(&["interface i { record r { a:b } use a : b / c.{d}; }"]);
}

#[test]
fn gates_come_before_external_ids() {
    accepts(&["interface i { @since(version = 1.0.0) @ external-id(\"a\") f: func(); }"]);
    rejects(&["interface i { @external-id(\"a\") @since(version = 1.0.0) f: func(); }"]);
    rejects(&["@external-id(\"a\") interface i {}", "@since(version = 1.0.0) use a;"]);
}

#[test]
fn rejections_have_places() {
    let rejection = judge("interface i { f: func() u8; }").expect_err("no arrow");
    assert_eq!(rejection.at, 24);
    assert_eq!(judge("interface i {").map_err(|rejection| rejection.why), Err(Why::End));
}
