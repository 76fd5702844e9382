//! `witwright check`

use std::collections::BTreeSet;
use std::path::PathBuf;

use witwright_resolver::{Resolution, codes, unknown_features};

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
    let mut features =
        Features { enabled: &args.gates.features.iter().cloned().collect(), found: BTreeSet::new(), has_errors: false };
    let resolve = |(index, path): (usize, &PathBuf)| {
        let lints = lints::levels(path, &args.lints.levels())?;
        let mut resolution = resolve_paths(core::slice::from_ref(path), &args.gates, lints)?;
        features.join(&mut resolution, index + 1 == args.paths.len());
        Ok(resolution)
    };
    let resolutions = args.paths.iter().enumerate().map(resolve);
    if format == Format::Sarif {
        let resolutions = resolutions.collect::<Result<Vec<_>, Failure>>()?;
        report::output(&sarif::log(&resolutions))?;
        let has_errors = resolutions.iter().any(Resolution::has_errors);
        return if has_errors { Err(Failure::Reported) } else { Ok(()) };
    }
    let mut outcome = Ok(());
    for resolution in resolutions {
        let resolution = resolution?;
        outcome = report::diagnostics(&resolution.sources, &resolution.diagnostics, format).and(outcome);
    }
    outcome
}

/// The features of all paths. One that is enabled and that some path has was meant.
struct Features<'a> {
    enabled: &'a BTreeSet<String>,
    found: BTreeSet<String>,
    has_errors: bool,
}

impl Features<'_> {
    /// Adds those of the next path, whose warnings about unknown ones are replaced: the last path has those about all paths.
    fn join(&mut self, resolution: &mut Resolution, is_last: bool) {
        self.found.append(&mut resolution.features);
        self.has_errors |= resolution.has_errors();
        resolution.diagnostics.retain(|diagnostic| diagnostic.code != codes::W0501);
        if is_last && !self.has_errors {
            resolution.diagnostics.extend(unknown_features(&self.found, self.enabled));
        }
    }
}
