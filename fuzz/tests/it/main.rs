//! Every target, run on its kept inputs and on a fixed number of changed inputs.

use witwright_front::diagnostic::MAX_MESSAGE_BYTES;
use witwright_front::{Diagnostic, FileId, LanguageFeatures, MAX_DIAGNOSTICS, parse};
use witwright_fuzz::{Search, TARGETS, hostile};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, resolve};

/// The number of changed inputs for each target.
const ROUNDS: usize = 3_000;

#[test]
fn no_input_breaks_a_target() {
    for target in TARGETS {
        let mut search = Search::new(target, 1);
        let kept = search.inputs();
        for _ in 0..ROUNDS {
            let input = search.next_input();
            search.try_input(input);
        }
        assert!(search.inputs() > kept, "{}: nothing new is said of any changed input", target.name);
    }
}

#[test]
fn a_search_can_be_repeated() {
    let inputs = |seed| {
        let mut search = Search::new(TARGETS[0], seed);
        (0..20).map(|_| search.next_input()).collect::<Vec<_>>()
    };
    assert_eq!(inputs(1), inputs(1));
    assert_ne!(inputs(1), inputs(2));
}

/// The inputs are so long that quadratic work would take minutes.
const HOSTILE_BYTES: usize = 128 << 10;

#[test]
fn hostile_inputs_are_answered_within_bounds() {
    for (name, bytes) in hostile::inputs(HOSTILE_BYTES) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let parsed = parse(FileId(0), &text, &LanguageFeatures::default());
        assert!(parsed.tokens.len() <= text.len(), "{name}");
        check_bounds(name, &parsed.diagnostics);
        let input = Input::Inline { name: "input.wit".to_owned(), text };
        check_bounds(name, &resolve(&[input], &Memory::default(), &Options::default()).diagnostics);
    }
}

fn check_bounds(name: &str, diagnostics: &[Diagnostic]) {
    assert!(diagnostics.len() <= MAX_DIAGNOSTICS + 1, "{name}: {} diagnostics", diagnostics.len());
    for diagnostic in diagnostics {
        let labels = diagnostic.labels.iter().map(|label| label.message.len());
        let texts = labels.chain(diagnostic.notes.iter().chain(&diagnostic.help).map(String::len));
        let longest = texts.chain([diagnostic.message.len()]).max();
        assert!(longest <= Some(MAX_MESSAGE_BYTES), "{name}: {longest:?} bytes in {}", diagnostic.code.0);
    }
}
