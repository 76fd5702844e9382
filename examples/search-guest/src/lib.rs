//! A plugin that finds words in text files. It reads them by the standard library: the host grants a folder by WASI.

use std::fs;
use std::io;
use std::path::Path;

#[witwright::guest]
mod bindings {}

use bindings::exports::acme::search::search::{Guest, Hit};

struct Searcher;

impl Guest for Searcher {
    fn find(folder: String, word: String) -> Result<Vec<Hit>, String> {
        let mut hits = Vec::new();
        find_in(Path::new(&folder), "", &word, &mut hits)?;
        Ok(hits)
    }
}

/// Adds the hits in a folder, which is `within` the first one.
fn find_in(folder: &Path, within: &str, word: &str, hits: &mut Vec<Hit>) -> Result<(), String> {
    let failed = |error: io::Error| format!("cannot read {}: {error}", folder.display());
    let mut entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let file = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(failed)?.is_dir() {
            find_in(&path, &format!("{file}/"), word, hits)?;
        } else if let Ok(text) = fs::read_to_string(&path) {
            // A file that is not text has no words.
            let lines = (1..).zip(text.lines()).filter(|(_, line)| line.contains(word));
            hits.extend(lines.map(|(line, text)| Hit { file: file.clone(), line, text: text.to_owned() }));
        }
    }
    Ok(())
}

bindings::export!(Searcher with_types_in bindings);

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what fails a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_natively_too() {
        let hits = Searcher::find(format!("{}/wit", env!("CARGO_MANIFEST_DIR")), "world ".to_owned()).unwrap();
        let found: Vec<_> = hits.iter().map(|hit| (hit.file.as_str(), hit.text.as_str())).collect();
        assert_eq!(found, [("search.wit", "world searcher {")]);
        let error = Searcher::find("nowhere".to_owned(), String::new()).unwrap_err();
        assert!(error.starts_with("cannot read nowhere: "), "{error}");
    }
}
