//! The result of [`resolve`](crate::resolve), and the choice of a world from it.

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::{Code, Diagnostic, SourceMap, Span, bounded, codes};

use crate::errors::names::{self as errors, Taken};
use crate::errors::worlds::E0602;
use crate::misspelt::{Misspelt, edits};
use crate::model::{Model, PackageId, WorldId};

/// The errors about two names of one scope, which label the second one first.
const CLASHES: [Code; 4] = [errors::E0313, errors::E0314, errors::W0301, E0602];

/// A resolved graph of packages with its diagnostics.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolution {
    /// The meaning of the packages. If there are errors, it is incomplete and should only be displayed.
    pub model: Model,
    /// The packages of the inputs, in their order; the others are dependencies.
    pub main: Vec<PackageId>,
    /// The features that gates in the packages name.
    pub features: BTreeSet<String>,
    /// The texts that spans refer to.
    pub sources: SourceMap,
    /// Errors and warnings, ordered by place: at most [`MAX_DIAGNOSTICS`](witwright_front::MAX_DIAGNOSTICS), and one that
    /// gives the number of the others.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file that was read, for build systems to watch.
    pub files_read: Vec<String>,
    /// Every directory that was listed: a file that is added there may change the result.
    pub directories_read: Vec<String>,
}

impl Resolution {
    /// Whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Finds a world: by `world` or `ns:package/world@version`, or without a selector the only one of the main
    /// packages.
    ///
    /// # Errors
    /// If no world has this name, or more than one has it; the diagnostic lists the existing worlds.
    pub fn world(&self, selector: Option<&str>) -> Result<WorldId, Box<Diagnostic>> {
        self.model.world(&self.main, selector)
    }
}

/// Diagnostics in the order of their places. Each is kept once, although mistakes of an included world are found again
/// where it is included. At the place of a syntax error no other error is kept.
pub(crate) fn by_place(mut diagnostics: Vec<Diagnostic>, misspelt: &Misspelt) -> Vec<Diagnostic> {
    withdraw_taken_names(&mut diagnostics, misspelt);
    join_packages_as_interfaces(&mut diagnostics);
    // Those of a name in many places were found in the order in which its users were elaborated.
    for suggestion in diagnostics.iter_mut().flat_map(|found| &mut found.suggestions) {
        suggestion.edits.sort_by_key(|edit| edit.span);
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary(), !is_of_parser(diagnostic)));
    let of_parser = diagnostics.iter().filter(|diagnostic| is_of_parser(diagnostic));
    let unread: BTreeSet<Span> =
        of_parser.flat_map(|found| found.primary().into_iter().chain(edits(found).map(|edit| edit.span))).collect();
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let place = diagnostic.primary();
        let is_repeated =
            kept.iter().rev().take_while(|other| other.primary() == place).any(|other| *other == diagnostic);
        let is_unread = !is_of_parser(&diagnostic) && place.is_some_and(|place| unread.contains(&place));
        if !is_repeated && !is_unread {
            kept.push(diagnostic);
        }
    }
    bounded(kept)
}

/// Withdraws the parser's proposal for a misspelt name if another item has a name that collides with it. The collision is not
/// reported: only the proposal would cause it.
fn withdraw_taken_names(diagnostics: &mut Vec<Diagnostic>, misspelt: &Misspelt) {
    let places = diagnostics.iter().enumerate().flat_map(|(i, found)| edits(found).map(move |edit| (edit.span, i)));
    let misspelt_at: BTreeMap<Span, usize> = places.collect();
    if misspelt_at.is_empty() {
        return;
    }
    let mut taken_by: BTreeMap<usize, Taken> = BTreeMap::new();
    // Neither name of a collision of two proposals is certain, so no follow-up error of either is reported.
    let mut uncertain: BTreeSet<Span> = BTreeSet::new();
    for clash in diagnostics.iter().filter(|found| CLASHES.contains(&found.code)) {
        let [second, first] = clash.labels.as_slice() else { continue };
        let (named, taker) = match (misspelt_at.get(&second.span), misspelt_at.get(&first.span)) {
            (second, first) if second == first => continue,
            (Some(&named), _) => (named, first.span),
            (None, Some(&named)) => (named, second.span),
            (None, None) => continue,
        };
        let proposal = misspelt.proposal(taker).map(ToString::to_string);
        uncertain.extend(proposal.is_some().then_some(taker));
        let is_equal = clash.code != errors::E0314 && clash.code != errors::W0301;
        taken_by.entry(named).or_insert(Taken { place: taker, proposal, is_equal });
    }
    for (misspelt_name, taken) in taken_by {
        uncertain.extend(edits(&diagnostics[misspelt_name]).map(|edit| edit.span));
        errors::withdraw_taken(&mut diagnostics[misspelt_name], taken);
    }
    let is_uncertain = |found: &Diagnostic| found.labels.iter().any(|label| uncertain.contains(&label.span));
    diagnostics.retain(|found| is_of_parser(found) || !is_uncertain(found));
}

/// Joins the two reports about `import a:b;`, which is read as the interface `b` under the name `a`, if there is no such interface:
/// the help of the warning names the intended forms.
fn join_packages_as_interfaces(diagnostics: &mut Vec<Diagnostic>) {
    let warnings = diagnostics.iter().filter(|found| found.code == codes::W0204);
    let helps: Vec<(Span, Option<String>)> =
        warnings.filter_map(|warning| Some((warning.primary()?, warning.help.clone()))).collect();
    let mut joined: BTreeSet<Span> = BTreeSet::new();
    for missing in diagnostics.iter_mut().filter(|found| found.code == errors::E0310) {
        let Some(place) = missing.primary() else { continue };
        let holds = |around: Span| around.file == place.file && around.start <= place.start && place.end <= around.end;
        if let Some((around, help)) = helps.iter().find(|(around, _)| holds(*around)) {
            joined.insert(*around);
            missing.help.clone_from(help);
            missing.suggestions.clear();
        }
    }
    diagnostics
        .retain(|found| found.code != codes::W0204 || found.primary().is_none_or(|place| !joined.contains(&place)));
}

fn is_of_parser(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.is_of_text()
}
