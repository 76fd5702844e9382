//! Diagnostics as they are found, up to a bound: a text of ten megabytes can hold a million mistakes.

use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Severity};
use crate::errors::lexical as errors;
use crate::span::{FileId, Span};

/// How many diagnostics are given for one text; one more says how many there are beyond them.
pub const MAX_DIAGNOSTICS: usize = 1000;

/// What has been found in a text so far.
#[derive(Default)]
pub(crate) struct Collector {
    list: Vec<Diagnostic>,
    /// How many were found when there were enough.
    beyond: usize,
    /// Whether one of those is an error.
    beyond_has_errors: bool,
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

    /// How many were found.
    pub(crate) fn len(&self) -> usize {
        self.list.len() + self.beyond
    }

    /// Adds what was found elsewhere in the same text.
    pub(crate) fn append(&mut self, other: Collector) {
        self.list.extend(other.list);
        self.beyond += other.beyond;
        self.beyond_has_errors |= other.beyond_has_errors;
    }

    /// All in the order of the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(Diagnostic::primary);
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

/// The first [`MAX_DIAGNOSTICS`] of a list that is in order; where there are more, the last one says so.
#[must_use]
pub fn bounded(list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    Collector { list, ..Collector::default() }.bounded()
}
