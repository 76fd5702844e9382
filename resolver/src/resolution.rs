//! What [`resolve`](crate::resolve) gives, and how a world is chosen from it.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use witwright_front::{Diagnostic, SourceMap, bounded};

use crate::model::{Model, PackageId, WorldId};

/// A resolved graph of packages and all that is to be said about it.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// What the packages mean. Where there are errors it is incomplete and fit only for looking at.
    pub model: Model,
    /// The packages that were asked for, in the order of the inputs; the others are their dependencies.
    pub main: Vec<PackageId>,
    /// The texts that spans point into.
    pub sources: SourceMap,
    /// Errors and warnings, ordered by place; no more than [`MAX_DIAGNOSTICS`](witwright_front::MAX_DIAGNOSTICS) and one.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read, for build systems to watch.
    pub files_read: Vec<String>,
    /// Every directory that was listed; a file that appears there may change the result.
    pub directories_read: Vec<String>,
}

impl Resolution {
    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The world of a name: the only one of the main packages, `world`, or `ns:package/world@version`.
    ///
    /// # Errors
    /// When no world, or more than one, has this name; the diagnostic lists the worlds that there are.
    pub fn world(&self, selector: Option<&str>) -> Result<WorldId, Box<Diagnostic>> {
        self.model.world(&self.main, selector)
    }
}

/// Diagnostics in the order of their places. Each is there once, though an included world's mistakes are met again where
/// it is included; and of what could not be read nothing more is said.
pub(crate) fn by_place(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary(), !is_of_parser(diagnostic)));
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let has_place = diagnostic.primary().is_some();
        let mut same_place = kept.iter().rev().take_while(|other| other.primary() == diagnostic.primary());
        let is_said = same_place
            .any(|other| *other == diagnostic || (has_place && is_of_parser(other) && !is_of_parser(&diagnostic)));
        if !is_said {
            kept.push(diagnostic);
        }
    }
    bounded(kept)
}

/// Whether a diagnostic is about letters and grammar: `E01xx` and `E02xx`.
fn is_of_parser(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.0.starts_with("E01") || diagnostic.code.0.starts_with("E02")
}
