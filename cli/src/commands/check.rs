//! `witwright check`

use crate::args::{CheckArgs, Format};
use crate::commands::resolve_paths;
use crate::failure::Failure;
use crate::lints;
use crate::report;

/// Each path is a package of its own, so that two versions of one may be checked in one go.
pub(crate) fn run(args: &CheckArgs, format: Format) -> Result<(), Failure> {
    let mut outcome = Ok(());
    for path in &args.paths {
        let lints = lints::levels(path, &args.lints)?;
        let resolution = resolve_paths(core::slice::from_ref(path), &args.gates, lints)?;
        outcome = report::diagnostics(&resolution.sources, &resolution.diagnostics, format).and(outcome);
    }
    outcome
}
