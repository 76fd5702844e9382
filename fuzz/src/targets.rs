//! The targets: each takes bytes, asserts properties that hold for all inputs, and states facts about this one.

use core::hash::{Hash, Hasher};
use std::collections::BTreeSet;
use std::hash::DefaultHasher;
use std::io::Cursor;

use witwright_front::fmt::format;
use witwright_front::render::render_text;
use witwright_front::{Diagnostic, FileId, LanguageFeatures, Parsed, SourceMap, TokenKind, parse, tokenize};
use witwright_grammar::agreement::disagreement;
use witwright_resolver::binary::{
    DecodeError, Decoded, component_types, decode, decode_package, decode_reader, decode_world, encode_package,
};
use witwright_resolver::load::Memory;
use witwright_resolver::targets::{Versions, WorldOf, targets};
use witwright_resolver::{Input, Options, Resolution, print, resolve};

use crate::corpus;

/// A function to fuzz.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its first inputs.
    pub kept: fn() -> Vec<Vec<u8>>,
    /// The form of its inputs, which decides how they are changed.
    pub reads: Reads,
    /// Runs it on an input and returns the facts about it. Panics if a property does not hold.
    pub run: fn(&[u8]) -> Answer,
}

/// The form of the inputs of a target.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// WIT, possibly not in UTF-8.
    Text,
    /// Anything else.
    Binary,
}

/// The facts that a target states about an input. An input with a new fact is interesting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer(pub(crate) Vec<u64>);

impl Answer {
    /// An answer of these facts.
    pub fn of(facts: impl IntoIterator<Item = impl Hash>) -> Answer {
        let hash = |fact| {
            let mut hasher = DefaultHasher::new();
            Hash::hash(&fact, &mut hasher);
            hasher.finish()
        };
        Answer(facts.into_iter().map(hash).collect())
    }
}

/// Every target.
pub const TARGETS: [Target; 6] = [
    Target { name: "lexer", kept: corpus::texts, reads: Reads::Text, run: lex },
    Target { name: "parser", kept: corpus::texts, reads: Reads::Text, run: parser },
    Target { name: "grammar", kept: corpus::texts, reads: Reads::Text, run: grammar },
    Target { name: "formatter", kept: corpus::texts, reads: Reads::Text, run: formatter },
    Target { name: "resolver", kept: corpus::texts, reads: Reads::Text, run: resolver },
    Target { name: "decode", kept: corpus::binaries, reads: Reads::Binary, run: decoder },
];

/// Tokens are never empty, follow each other without gaps, and lose nothing.
fn lex(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let (tokens, _) = tokenize(FileId(0), &text);
    let mut end = 0;
    for token in &tokens {
        assert_eq!(token.start, end, "a gap between tokens");
        assert!(token.start < token.end, "an empty token");
        assert!(text.is_char_boundary(token.end as usize), "a token cuts a character");
        end = token.end;
    }
    assert_eq!(end as usize, text.len(), "the last token does not end the text");
    Answer::of(tokens.windows(2).map(|pair| (pair[0].kind, pair[1].kind)))
}

/// The parser ends, with and without the gated parts. Diagnostics are in order, inside the text, and can be rendered.
fn parser(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let plain = parsed(&text, LanguageFeatures::default());
    let active = parsed(&text, LanguageFeatures::active());
    let items = active.tree.items.len().min(3);
    Answer::of(
        pairs(&plain.diagnostics)
            .map(|pair| (false, pair, items))
            .chain(pairs(&active.diagnostics).map(|pair| (true, pair, items))),
    )
}

fn parsed(text: &str, features: LanguageFeatures) -> Parsed {
    let mut sources = SourceMap::default();
    let file = sources.add("input.wit", text);
    let parsed = parse(file, text, &features);
    assert!(parsed.diagnostics.is_sorted_by_key(Diagnostic::primary), "diagnostics out of order");
    check_diagnostics(&sources, &parsed.diagnostics);
    parsed
}

/// Every span is inside its text. Only some diagnostics are rendered, because that is slow.
fn check_diagnostics(sources: &SourceMap, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let labels = diagnostic.labels.iter().map(|label| label.span);
        let edits = diagnostic.suggestions.iter().flat_map(|suggestion| &suggestion.edits).map(|edit| edit.span);
        for span in labels.chain(edits) {
            let text = &sources.file(span.file).text;
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} is not in the text");
        }
    }
    for diagnostic in diagnostics.iter().take(3) {
        let _ = render_text(sources, diagnostic);
    }
}

/// The parser accepts exactly the texts that the grammar of `WIT.md` accepts.
fn grammar(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    if let Some(found) = disagreement(&text) {
        panic!("{found}");
    }
    Answer::of([witwright_grammar::judge(&text).map_err(|rejection| format!("{:?}", rejection.why))])
}

/// A formatted text has the same meaning and the same comments, and a second formatting does not change it.
fn formatter(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let formatted = match format(FileId(0), &text) {
        Ok(formatted) => formatted,
        Err(diagnostics) => {
            assert!(diagnostics.iter().any(Diagnostic::is_error), "refused without a reason");
            return Answer::of(pairs(&diagnostics));
        }
    };
    let kinds = |text: &str| {
        let tokens = parse(FileId(0), text, &LanguageFeatures::active()).tokens;
        // The formatter adds or removes a `,` after the last element of a list, and removes a `;` that other tools reject.
        let stays = |kind: &TokenKind| !matches!(kind, TokenKind::Comma | TokenKind::Semicolon) && is_seen(*kind);
        tokens.into_iter().map(|token| token.kind).filter(stays).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&text), kinds(&formatted), "formatting lost or moved a token:\n{text}\n---\n{formatted}");
    let again = format(FileId(0), &formatted);
    assert_eq!(again.as_deref().ok(), Some(&*formatted), "formatting changes what it has formatted:\n{text}");
    // Three tokens in a row, with the number of lines.
    Answer::of(kinds(&text).windows(3).map(|three| (three, formatted.lines().count().min(8))))
}

fn is_seen(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Whitespace | TokenKind::ByteOrderMark)
}

/// A package that resolves without errors can be printed and encoded, and both forms have the same meaning.
fn resolver(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let resolution = resolved(text);
    check_diagnostics(&resolution.sources, &resolution.diagnostics);
    let main = resolution.main.first().filter(|_| !resolution.has_errors());
    if let Some(&package) = main {
        let printed = print::document(&resolution.model, package);
        let again = resolved(printed.clone());
        assert!(!again.has_errors(), "printed with errors: {:?}\n{printed}", codes(&again.diagnostics));
        let binary = encode_package(&resolution.model, package);
        // A binary without exports is not recognised as a package.
        let is_empty = resolution.model.packages[package].interfaces.is_empty()
            && resolution.model.packages[package].worlds.is_empty();
        if let (false, Err(error)) = (is_empty, decode_package(&binary)) {
            panic!("encoded so that it cannot be decoded: {error}\n{printed}");
        }
    }
    let types = resolution.model.types.len().min(8);
    Answer::of(pairs(&resolution.diagnostics).map(|pair| (pair, types, main.is_some())))
}

fn resolved(text: String) -> Resolution {
    let options = Options::default().with_all_features().with_language(LanguageFeatures::active());
    resolve(&[Input::Inline { name: "input.wit".to_owned(), text }], &Memory::default(), &options)
}

/// A decoded binary can be printed, is the same when it is decoded from a reader, and its worlds target themselves.
fn decoder(bytes: &[u8]) -> Answer {
    let sections = component_types(bytes).map_or(0, |sections| sections.len());
    let decoded = said(decode(bytes));
    assert!(said(decode_reader(Cursor::new(bytes))) == decoded, "a reader gives something else");
    let is_world = decode_world(bytes).is_ok();
    Answer::of([(sections, is_world, decoded)])
}

/// The facts about a binary in short: the kind of an error, or the number of decoded items.
fn said(decoded: Result<Decoded, DecodeError>) -> (String, usize, usize) {
    let (sort, model, package) = match decoded {
        Ok(Decoded::Package(model, package)) => ("package", model, package),
        Ok(Decoded::Component(model, world)) => {
            let package = model.worlds[world].package;
            ("component", model, package)
        }
        Err(error) => {
            // Offsets and names differ from input to input.
            let error: String = error.to_string().chars().filter(|char| !char.is_ascii_digit()).take(60).collect();
            return (error, 0, 0);
        }
    };
    for (world, _) in model.worlds.iter() {
        let world = WorldOf { model: &model, world };
        assert!(targets(world, world, Versions::Exact).is_empty(), "a world does not target itself");
    }
    let printed = print::document(&model, package);
    (sort.to_owned(), model.types.len().min(8), printed.lines().count().min(20))
}

fn codes(diagnostics: &[Diagnostic]) -> BTreeSet<&'static str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect()
}

/// Each code together with the previous one.
fn pairs(diagnostics: &[Diagnostic]) -> impl Iterator<Item = (Option<&'static str>, Option<&'static str>)> {
    let codes = || diagnostics.iter().map(|diagnostic| Some(diagnostic.code.0));
    core::iter::once(None).chain(codes()).zip(codes().chain([None]))
}
