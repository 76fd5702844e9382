//! `witwright check`

use crate::args::{CheckArgs, Format};
use crate::failure::Failure;
use crate::files::is_stdin;
use crate::input::resolve_paths;
use crate::{fix, lints, report, sarif};

/// Each path is a package of its own, so that two versions of one may be checked in one go.
pub(crate) fn run(args: &CheckArgs, format: Format) -> Result<(), Failure> {
    if args.fix {
        if args.paths.iter().any(|path| is_stdin(path)) {
            return Err(Failure::Usage("`--fix` changes files, and `-` is standard input".to_owned()));
        }
        let fixed = fix::fix(args)?;
        report::fixed(fixed.mistakes, fixed.files.len());
    }
    let mut outcome = Ok(());
    let mut resolutions = Vec::new();
    for path in &args.paths {
        let lints = lints::levels(path, &args.lints.levels())?;
        let resolution = resolve_paths(core::slice::from_ref(path), &args.gates, lints)?;
        if format == Format::Sarif {
            resolutions.push(resolution);
        } else {
            outcome = report::diagnostics(&resolution.sources, &resolution.diagnostics, format).and(outcome);
        }
    }
    if format == Format::Sarif {
        report::output(&sarif::log(&resolutions));
        let has_errors = resolutions.iter().any(witwright_resolver::Resolution::has_errors);
        return if has_errors { Err(Failure::Reported) } else { Ok(()) };
    }
    outcome
}
