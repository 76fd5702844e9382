//! The corpora: every `.wit` file of the packages with other projects' suites, and our own fixtures.

use std::path::Path;

use witwright_corpora as corpora;
use witwright_front::ast::Item;
use witwright_front::{FileId, LanguageFeatures, parse};

/// Every text with its path, in order. Files that are not UTF-8 are left out.
pub(crate) fn texts() -> Vec<(String, String)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = corpora::wit_files();
    for folder in ["packages", "wit-front/tests/data", "resolver/tests"] {
        paths.extend(corpora::files(&own.join(folder), "wit"));
    }
    let read = paths.into_iter().filter_map(|path| {
        let text = String::from_utf8(std::fs::read(&path).expect("a file that was listed")).ok()?;
        Some((path.display().to_string(), text))
    });
    read.collect()
}

/// The texts cut into the items of their files, each once. They are short, so each can be changed often.
pub(crate) fn items() -> Vec<String> {
    const LONGEST: usize = 1500;
    let mut items: Vec<String> = Vec::new();
    for (_, text) in texts() {
        if text.len() <= LONGEST {
            items.push(text);
            continue;
        }
        for item in parse(FileId(0), &text, &LanguageFeatures::active()).tree.items {
            let span = match item {
                Item::Use(item) => item.span,
                Item::Interface(item) => item.span,
                Item::World(item) => item.span,
                Item::Package(item) => item.span,
            };
            let part = &text[span.start as usize..span.end as usize];
            if part.len() <= LONGEST {
                items.push(part.to_owned());
            }
        }
    }
    items.sort_unstable();
    items.dedup();
    items
}
