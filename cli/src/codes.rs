//! The meaning of the codes of diagnostics. It is written in the files of `codes/` only: `witwright explain` and the page
//! `docs/diagnostics.md` are made from them, and a test runs the checker on their examples.

/// One file for each area of codes.
const AREAS: [&str; 8] = [
    include_str!("../codes/e01-tokens.md"),
    include_str!("../codes/e02-syntax.md"),
    include_str!("../codes/e03-names.md"),
    include_str!("../codes/e04-types.md"),
    include_str!("../codes/e05-gates.md"),
    include_str!("../codes/e06-worlds.md"),
    include_str!("../codes/e07-bindings.md"),
    include_str!("../codes/w08-lints.md"),
];

/// The entry of a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// Such as `E0101`.
    pub(crate) code: &'static str,
    /// The mistake in a few words.
    pub(crate) title: &'static str,
    /// The reason why it is one.
    pub(crate) explanation: &'static str,
    /// A text with the mistake, and the same text without it.
    pub(crate) example: Option<Example>,
}

/// A mistake and its correction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    pub(crate) wrong: &'static str,
    pub(crate) right: &'static str,
}

/// Every code, in order.
pub(crate) fn entries() -> impl Iterator<Item = Entry> {
    AREAS.into_iter().flat_map(|area| area.split("\n## ").skip(1)).filter_map(entry)
}

/// The code of this name, in whatever case it is written, or those of the lint of this name.
pub(crate) fn find(name: &str) -> Vec<Entry> {
    let of_lint = format!("Lint `{name}`.");
    let is_it = |entry: &Entry| entry.code.eq_ignore_ascii_case(name) || entry.explanation.starts_with(&of_lint);
    entries().filter(is_it).collect()
}

/// Reads a section, from after its `## `.
fn entry(section: &'static str) -> Option<Entry> {
    let (head, body) = section.split_once('\n')?;
    let (code, title) = head.split_once(": ")?;
    let (explanation, examples) = match body.split_once("\nWrong:\n") {
        Some((explanation, examples)) => (explanation, Some(examples)),
        None => (body, None),
    };
    let example = examples.and_then(|examples| {
        let (wrong, right) = examples.split_once("\nRight:\n")?;
        Some(Example { wrong: fenced(wrong)?, right: fenced(right)? })
    });
    Some(Entry { code, title, explanation: explanation.trim(), example })
}

fn fenced(text: &'static str) -> Option<&'static str> {
    let (_, rest) = text.split_once("```wit\n")?;
    Some(rest.split_once("```")?.0)
}

#[cfg(test)]
mod tests {
    use witwright_resolver::lints::Lint;

    use super::*;

    #[test]
    fn every_section_is_read() {
        let sections: usize = AREAS.iter().map(|area| area.matches("\n## ").count()).sum();
        assert_eq!(entries().count(), sections);
        let examples: usize = AREAS.iter().map(|area| area.matches("\nWrong:\n").count()).sum();
        assert_eq!(entries().filter(|entry| entry.example.is_some()).count(), examples);
    }

    #[test]
    fn codes_are_found_in_any_case() {
        let codes = |name| find(name).iter().map(|entry| entry.code).collect::<Vec<_>>();
        assert_eq!(codes("e0101"), ["E0101"]);
        assert_eq!(codes("naming"), ["W0807", "W0808"]);
        assert!(codes("E9999").is_empty());
    }

    #[test]
    fn every_lint_is_found() {
        for lint in Lint::ALL {
            let found = find(lint.name());
            assert!(!found.is_empty() && found.iter().all(|entry| entry.code.starts_with('W')), "{lint}");
        }
    }
}
