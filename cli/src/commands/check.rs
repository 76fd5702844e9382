//! `witwright check`

use std::collections::BTreeSet;
use std::path::PathBuf;

use witwright_front::{Code, Diagnostic};
use witwright_resolver::Resolution;

use crate::args::{CheckArgs, Format};
use crate::failure::Failure;
use crate::files::is_stdin;
use crate::input::resolve_paths;
use crate::{fix, lints, report, sarif};

/// A feature is enabled, and no item has it.
const UNKNOWN_FEATURE: Code = Code("W0501");

/// Each path is a package of its own, so that two versions of one may be checked in one go.
pub(crate) fn run(args: &CheckArgs, format: Format) -> Result<(), Failure> {
    if args.fix {
        if args.paths.iter().any(|path| is_stdin(path)) {
            return Err(Failure::Usage("`--fix` changes files, and `-` is standard input".to_owned()));
        }
        let fixed = fix::fix(args)?;
        report::fixed(fixed.mistakes, fixed.files.len());
    }
    let resolve = |path: &PathBuf| {
        let lints = lints::levels(path, &args.lints.levels())?;
        resolve_paths(core::slice::from_ref(path), &args.gates, lints)
    };
    let mut resolutions = args.paths.iter().map(resolve).collect::<Result<Vec<_>, Failure>>()?;
    keep_unknown_everywhere(&mut resolutions);
    if format == Format::Sarif {
        report::output(&sarif::log(&resolutions));
        let has_errors = resolutions.iter().any(Resolution::has_errors);
        return if has_errors { Err(Failure::Reported) } else { Ok(()) };
    }
    let report = |resolution: &Resolution| report::diagnostics(&resolution.sources, &resolution.diagnostics, format);
    let mut outcome = Ok(());
    for resolution in &resolutions {
        outcome = report(resolution).and(outcome);
    }
    outcome
}

/// Keeps the warnings about a feature that no path has. One that is in some of them was meant.
fn keep_unknown_everywhere(resolutions: &mut [Resolution]) {
    let unknown = |resolution: &Resolution| {
        let diagnostics = resolution.diagnostics.iter().filter(|diagnostic| diagnostic.code == UNKNOWN_FEATURE);
        diagnostics.map(|diagnostic| diagnostic.message.clone()).collect::<BTreeSet<String>>()
    };
    let everywhere = resolutions.iter().map(unknown).reduce(|some, others| &some & &others).unwrap_or_default();
    for resolution in resolutions {
        let is_kept =
            |diagnostic: &Diagnostic| diagnostic.code != UNKNOWN_FEATURE || everywhere.contains(&diagnostic.message);
        resolution.diagnostics.retain(is_kept);
    }
}
