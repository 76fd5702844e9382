//! A list of diagnostics with a bound: a text of ten megabytes can hold a million mistakes.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Severity, Subject};
use crate::errors::lexical as errors;
use crate::span::{FileId, Span};

/// The largest number of diagnostics for one text. If there are more, one further diagnostic gives their number.
pub const MAX_DIAGNOSTICS: usize = 1000;

/// The diagnostics found in a text so far.
#[derive(Default)]
pub(crate) struct Collector {
    list: Vec<Diagnostic>,
    /// The number of those left out.
    beyond: usize,
    /// Whether one of those left out is an error.
    beyond_has_errors: bool,
    /// Places within which nothing is reported, because another mistake stands for what is there. None is within another: no item begins
    /// in one.
    ignored: Vec<Span>,
}

impl Collector {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < MAX_DIAGNOSTICS {
            self.list.push(diagnostic);
        } else {
            self.beyond += 1;
            self.beyond_has_errors |= diagnostic.is_error();
        }
    }

    /// Drops the diagnostics in this place.
    pub(crate) fn ignore(&mut self, place: Span) {
        self.ignored.push(place);
    }

    /// The number of diagnostics found.
    pub(crate) fn len(&self) -> usize {
        self.list.len() + self.beyond
    }

    /// Adds diagnostics found separately in the same text.
    pub(crate) fn append(&mut self, other: Collector) {
        self.list.extend(other.list);
        self.ignored.extend(other.ignored);
        self.beyond += other.beyond;
        self.beyond_has_errors |= other.beyond_has_errors;
    }

    /// All in the order of the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.ignored.sort_unstable();
        self.list.retain(|diagnostic| !diagnostic.primary().is_some_and(|place| is_within(&self.ignored, place)));
        self.list.sort_by_key(Diagnostic::primary);
        self.list = one_for_each_name(self.list);
        self.bounded()
    }

    fn bounded(mut self) -> Vec<Diagnostic> {
        for cut in self.list.drain(self.list.len().min(MAX_DIAGNOSTICS)..) {
            self.beyond += 1;
            self.beyond_has_errors |= cut.is_error();
        }
        if self.beyond > 0 {
            let last = self.list.last().and_then(Diagnostic::primary).unwrap_or(Span::new(FileId(0), 0, 0));
            let severity = if self.beyond_has_errors { Severity::Error } else { Severity::Warning };
            self.list.push(Diagnostic { severity, ..errors::too_many_mistakes(last, self.beyond) });
        }
        self.list
    }
}

/// Whether a place is in one of these, which are sorted.
fn is_within(outer: &[Span], place: Span) -> bool {
    let before = outer.partition_point(|outer| outer.start <= place.start);
    before.checked_sub(1).is_some_and(|last| place.end <= outer[last].end)
}

/// Makes one diagnostic of all that say the same about a name: its suggestion mends a definition together with its uses.
fn one_for_each_name(list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(list.len());
    // The diagnostic of each name, and the number of its places.
    let mut names: BTreeMap<(String, Option<String>), (usize, usize)> = BTreeMap::new();
    for diagnostic in list {
        if let Some(Subject::Name) = &diagnostic.subject {
            let name = (diagnostic.message.clone(), diagnostic.help.clone());
            if let Some((index, count)) = names.get_mut(&name) {
                errors::add_place(&mut kept[*index], diagnostic, *count);
                *count += 1;
                continue;
            }
            names.insert(name, (kept.len(), 1));
        }
        kept.push(diagnostic);
    }
    for (index, count) in names.into_values() {
        errors::add_count(&mut kept[index], count);
    }
    kept
}

/// The first [`MAX_DIAGNOSTICS`] of a sorted list. If it has more, one further diagnostic gives their number.
#[must_use]
pub fn bounded(list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    Collector { list, ..Collector::default() }.bounded()
}
