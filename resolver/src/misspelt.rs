//! Names that the parser has reported, and for which it proposes another spelling. Later stages read them as proposed.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};

use witwright_front::diagnostic::Edit;
use witwright_front::{Code, Diagnostic, SourceMap, Span, codes};

/// The parser's errors about names, which propose another spelling.
const MISSPELT: [Code; 2] = [codes::E0106, codes::E0206];

/// The places of misspelt names.
#[derive(Default)]
pub(crate) struct Misspelt {
    names: BTreeMap<Span, Spelling>,
}

struct Spelling {
    written: String,
    proposed: String,
}

impl Misspelt {
    /// Those that diagnostics of texts have reported.
    pub(crate) fn of(diagnostics: &[Diagnostic], sources: &SourceMap) -> Misspelt {
        let spelling = |edit: &Edit| {
            let written = sources.text(edit.span).to_string();
            (edit.span, Spelling { written, proposed: edit.replacement.clone() })
        };
        Misspelt { names: diagnostics.iter().flat_map(edits).map(spelling).collect() }
    }

    /// Whether the name at this place is misspelt. Of two with one name, one that is not has precedence.
    pub(crate) fn has(&self, place: Span) -> bool {
        self.names.contains_key(&place)
    }

    /// The spelling that is proposed for the name at this place, if it is misspelt.
    pub(crate) fn proposal(&self, place: Span) -> Option<&str> {
        self.names.get(&place).map(|spelling| spelling.proposed.as_str())
    }

    /// Whether the names at both places are misspelt in the same way.
    pub(crate) fn is_same(&self, place: Span, other: Span) -> bool {
        let written = |place| self.names.get(&place).map(|spelling| spelling.written.as_str());
        written(place).is_some() && written(place) == written(other)
    }
}

/// The proposal for a misspelt name at each of its places; none for other mistakes.
pub(crate) fn edits(diagnostic: &Diagnostic) -> impl Iterator<Item = &Edit> {
    let suggestions = diagnostic.suggestions.iter().filter(|_| MISSPELT.contains(&diagnostic.code));
    suggestions.flat_map(|suggestion| &suggestion.edits)
}
