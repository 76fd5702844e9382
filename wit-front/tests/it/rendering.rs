//! The forms of diagnostics: as text, in colours, as JSON.

use witwright_front::render::{render_colored, render_json, render_text};
use witwright_front::{Code, Diagnostic, LanguageFeatures, SourceMap, Span, parse};

fn only(text: &str) -> (SourceMap, Diagnostic) {
    let mut sources = SourceMap::default();
    let file = sources.add("dir/a.wit", text);
    let mut parsed = parse(file, text, &LanguageFeatures::default());
    assert_eq!(parsed.diagnostics.len(), 1);
    (sources, parsed.diagnostics.remove(0))
}

#[test]
fn text_shows_the_source_line_with_carets() {
    let (sources, diagnostic) = only("interface i {\n  type t = u32\n}\n");
    let expected = "\
error[E0202]: missing `;`
  --> dir/a.wit:2:15
  |
2 |   type t = u32
  |               ^ expected `;` here

";
    assert_eq!(render_text(&sources, &diagnostic), expected);
}

#[test]
fn colours_are_added_to_the_same_text() {
    let (sources, diagnostic) = only("interface i {\n  type t = u32\n}\n");
    let colored = render_colored(&sources, &diagnostic);
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once("\x1b[") {
        plain += before;
        rest = after.split_once('m').expect("a sequence ends with m").1;
    }
    plain += rest;
    assert_eq!(plain, render_text(&sources, &diagnostic));
    assert!(colored.contains("\x1b[1;31merror"), "{colored:?}");
}

#[test]
fn json_is_one_line_with_everything() {
    let (sources, diagnostic) = only("interface my_iface { }");
    assert_eq!(
        render_json(&sources, &diagnostic),
        concat!(
            r#"{"severity":"error","code":"E0106","lint":null,"message":"`my_iface` is not in kebab case","#,
            r#""labels":[{"file":"dir/a.wit","line":1,"column":11,"end_line":1,"end_column":19,"start":10,"end":18,"#,
            r#""message":"`_` cannot be in a name"}],"notes":[],"help":"write `my-iface`","suggestions":["#,
            r#"{"edits":[{"file":"dir/a.wit","line":1,"column":11,"end_line":1,"end_column":19,"start":10,"end":18,"#,
            r#""replacement":"my-iface"}]}]}"#,
        )
    );
}

#[test]
fn json_strings_are_escaped() {
    let mut sources = SourceMap::default();
    let file = sources.add("a\\b", "x");
    let diagnostic = Diagnostic::warning(Code("W0101"), "a\"b\nc\u{1}").label(Span::new(file, 0, 1), "\t\u{2028}é");
    let json = render_json(&sources, &diagnostic);
    assert!(json.contains(r#""message":"a\"b\nc\u0001""#), "{json}");
    assert!(json.contains(r#""file":"a\\b""#), "{json}");
    assert!(json.contains(r#""message":"\t\u2028é""#), "{json}");
}

#[test]
fn what_would_deceive_the_reader_is_not_shown() {
    let (sources, diagnostic) = only("interface i {\n  // \u{202e}\u{1b}[2J\n}\n");
    let rendered = render_text(&sources, &diagnostic);
    assert!(!rendered.contains(['\u{202e}', '\u{1b}']), "{rendered:?}");
}

#[test]
fn very_long_lines_are_left_out() {
    let (sources, diagnostic) = only(&format!("interface {} ;", "a".repeat(100_000)));
    let rendered = render_text(&sources, &diagnostic);
    assert!(rendered.starts_with("dir/a.wit:1:100012: error[E0201]: "), "{rendered}");
    assert!(rendered.len() < 500);
}

#[test]
fn places_outside_the_text_are_no_reason_to_panic() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.wit", "é");
    for span in [Span::new(file, 1, 1), Span::new(file, 7, 9), Span::new(witwright_front::FileId(4), 0, 1)] {
        let diagnostic = Diagnostic::error(Code("E0000"), "text").label(span, "here");
        assert!(render_text(&sources, &diagnostic).contains("error[E0000]: text"));
    }
}
