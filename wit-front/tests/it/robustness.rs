//! No text makes the parser panic, hang or overflow the stack, and no token is lost.

use witwright_front::{FileId, LanguageFeatures, SourceMap, Token, parse};

use crate::fixtures::wit_files;

fn tokens_of(text: &str) -> Vec<Token> {
    let parsed = parse(FileId(0), text, &LanguageFeatures::default());
    let joined: String = parsed.tokens.iter().map(|token| &text[token.start as usize..token.end as usize]).collect();
    assert_eq!(joined, text);
    for diagnostic in &parsed.diagnostics {
        let places = diagnostic.labels.iter().map(|label| label.span);
        let edits = diagnostic.suggestions.iter().flat_map(|suggestion| &suggestion.edits);
        for span in places.chain(edits.map(|edit| edit.span)) {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
        }
    }
    parsed.tokens
}

fn texts() -> Vec<String> {
    ["ok", "bad", "planted"].into_iter().flat_map(wit_files).map(|(_, text)| text).collect()
}

#[test]
fn every_prefix_is_parsed() {
    for text in texts() {
        for (end, _) in text.char_indices() {
            tokens_of(&text[..end]);
        }
    }
}

#[test]
fn tokens_can_be_missing_doubled_or_swapped() {
    for text in texts() {
        let tokens = tokens_of(&text);
        let piece = |index: usize| &text[tokens[index].start as usize..tokens[index].end as usize];
        for index in 0..tokens.len() {
            let before = &text[..tokens[index].start as usize];
            let after = &text[tokens[index].end as usize..];
            tokens_of(&format!("{before}{after}"));
            tokens_of(&format!("{before}{0}{0}{after}", piece(index)));
            if index + 1 < tokens.len() {
                let after = &text[tokens[index + 1].end as usize..];
                tokens_of(&format!("{before}{}{}{after}", piece(index + 1), piece(index)));
            }
        }
    }
}

/// Runs on a thread with a small stack. The inputs are so long that quadratic work would take minutes.
#[test]
fn long_and_deep_texts_are_parsed_in_linear_time() {
    let many = 100_000;
    let item = "interface i {\n  type t = ";
    let texts = [
        format!("{item}{}", "option<".repeat(many)),
        format!("{item}{}u8{};\n}}", "tuple<".repeat(many), ">".repeat(many)),
        format!("{item}{}", "result<_,".repeat(many)),
        "{".repeat(many),
        "}".repeat(many),
        "(".repeat(many),
        "interface i {".repeat(many),
        "package a:b {\n".repeat(many),
        "interface i { f: func() -> ".to_owned() + &"(".repeat(many),
        "a-".repeat(many),
        "a:".repeat(many),
        format!("use {};", "a:".repeat(many)),
        "@".repeat(many),
        format!("interface i {{ {} f: func(); }}", "@since(version = 1.0.0)\n@external-id(\"x\")\n".repeat(many)),
        "/*".repeat(many),
        "/**/".repeat(many),
        "// x\n".repeat(many),
        format!("interface i {{ {}", "x /* */ ".repeat(many)),
        "\u{202e}\n".repeat(many),
        "\"".repeat(many),
        "#\n".repeat(many),
        "0.".repeat(many),
        "%".repeat(many),
        "interface i { record r {\n".to_owned() + &"record r {\n".repeat(many),
        "interface i { enum e { ".to_owned() + &"a ".repeat(many),
        "world w { import f: func(".to_owned() + &"1 ".repeat(many),
        "mod ".repeat(many),
        "world w { ".to_owned() + &"pub ".repeat(many),
        "ünï".repeat(many),
        "[u8, ".repeat(many),
        "x?: ->".repeat(many),
        "& - ) - ；".repeat(many),
        "interface i { record r { ".to_owned() + &"f: func(); ".repeat(many),
    ];
    let thread = std::thread::Builder::new().stack_size(512 << 10);
    let run = move || {
        for text in &texts {
            tokens_of(text);
        }
    };
    thread.spawn(run).expect("a thread starts").join().expect("no text makes the parser panic");
}

#[test]
fn every_diagnostic_can_be_rendered() {
    for text in texts() {
        for end in (0..text.len()).step_by(7).filter(|&end| text.is_char_boundary(end)) {
            let mut sources = SourceMap::default();
            let file = sources.add("text.wit", &text[..end]);
            for diagnostic in parse(file, &text[..end], &LanguageFeatures::default()).diagnostics {
                let rendered = witwright_front::render::render_text(&sources, &diagnostic);
                assert!(rendered.contains("text.wit:"), "{rendered}");
            }
        }
    }
}
