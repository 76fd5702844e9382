//! Lints: warnings about texts that are valid but seldom intended. Users choose the level of each by its name.
//!
//! Each rule has a file. Lints check the packages of the inputs, not their dependencies, and only if there are no errors: in
//! an incomplete Model they would report too much.

mod deprecated;
mod gate_containment;
mod gate_reference;
mod gate_version;
mod items;
mod mentions;
mod missing_docs;
mod missing_since;
mod naming;
mod unused_type;
mod unused_use;
mod used;

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use witwright_front::{Diagnostic, FileId, Severity};

use crate::load::PackageSource;
use crate::model::{Model, WorldId};
pub use crate::options::{Level, Lint, Lints, UnknownLint};
use crate::worlds::Include;
use items::Item;
use mentions::Mention;
use used::UsedNames;

/// Applies every lint that is not allowed.
pub(crate) fn check(
    packages: &[PackageSource<'_>],
    model: &Model,
    includes: &[(WorldId, Vec<Include<'_>>)],
    levels: &Lints,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if levels.allow_all() {
        return;
    }
    let files = packages.iter().filter(|package| package.main);
    let files = files.flat_map(|package| &package.parts).map(|part| part.file()).collect();
    let mut cx = Linter { packages, model, levels, files, diagnostics };
    let items: Vec<Vec<Item<'_>>> = packages.iter().map(items::of_package).collect();
    for (package, items) in packages.iter().zip(&items) {
        gate_version::check(&mut cx, package, items);
        gate_containment::check(&mut cx, items);
        missing_since::check(&mut cx, package, items);
        missing_docs::check(&mut cx, package, items);
        naming::check(&mut cx, items);
    }
    let mentions: Vec<Mention<'_>> = mentions::all(model, includes);
    gate_reference::check(&mut cx, &mentions);
    deprecated::check(&mut cx, &mentions);
    let used = UsedNames::of(packages);
    unused_use::check(&mut cx, &used);
    unused_type::check(&mut cx, &used);
}

/// The input of the lints, and their diagnostics.
struct Linter<'l> {
    packages: &'l [PackageSource<'l>],
    model: &'l Model,
    levels: &'l Lints,
    /// The files of the packages of the inputs.
    files: BTreeSet<FileId>,
    diagnostics: &'l mut Vec<Diagnostic>,
}

impl Linter<'_> {
    /// Reports a finding at the level of its lint, unless it is in a dependency.
    fn report(&mut self, lint: Lint, diagnostic: Diagnostic) {
        let severity = match self.levels.level(lint) {
            Level::Allow => return,
            Level::Warn => Severity::Warning,
            Level::Deny => Severity::Error,
        };
        if diagnostic.primary().is_some_and(|place| self.files.contains(&place.file)) {
            self.diagnostics.push(diagnostic.lint(lint.name()).severity(severity));
        }
    }
}
