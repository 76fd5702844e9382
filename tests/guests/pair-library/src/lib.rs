//! A library with bindings of its own, for imports only.

witwright::generate!({
    inline: "
        package test:pair-library@0.1.0;

        interface journal {
            record entry { text: string, tags: list<string> }
            write: func(entry: entry) -> list<string>;
        }

        world library {
            import journal;
        }
    ",
    world: "library",
});

use test::pair_library::journal::{Entry, write};

/// Writes a text with two tags, and returns the answer of the journal.
pub fn record(text: &str) -> Vec<String> {
    write(&Entry { text: text.to_owned(), tags: vec!["pair".to_owned(), "library".to_owned()] })
}
