//! `check --fix`: suggestions applied to files.
//!
//! A mistake can hide others, so a package is checked again after each round, until no suggestion is left; a suggestion that
//! brings its own mistake back ends after [`MAX_ROUNDS`]. Only files of the user are written: none in a folder `deps` of a
//! package, unless the command names it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use witwright_front::fix;
use witwright_front::source::SourceFile;

use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::input::resolve_paths;
use crate::{files, lints};

const MAX_ROUNDS: usize = 10;

/// The mistakes that were fixed, and the files that were changed.
#[derive(Default, Debug)]
pub(crate) struct Fixed {
    pub(crate) mistakes: usize,
    pub(crate) files: BTreeSet<PathBuf>,
}

/// Applies all suggestions to the packages.
pub(crate) fn fix(args: &CheckArgs) -> Result<Fixed, Failure> {
    let mut fixed = Fixed::default();
    for path in &args.paths {
        for _ in 0..MAX_ROUNDS {
            if !round(path, args, &mut fixed)? {
                break;
            }
        }
    }
    Ok(fixed)
}

/// Checks a package and applies the suggestions; returns whether there were any.
fn round(input: &Path, args: &CheckArgs, fixed: &mut Fixed) -> Result<bool, Failure> {
    let levels = lints::levels(input, &args.lints.levels())?;
    let resolution = resolve_paths(&[input.to_owned()], &args.gates, levels)?;
    let mut any = false;
    for (id, file) in resolution.sources.files() {
        let path = Path::new(&file.name);
        let (text, count) = fix::apply(id, &file.text, &resolution.diagnostics);
        if count > 0 && is_owned(input, path) && is_text_of(path, file) {
            files::replace(path, &text)?;
            fixed.mistakes += count;
            fixed.files.insert(path.to_owned());
            any = true;
        }
    }
    Ok(any)
}

/// Whether a file is the user's, and not of a dependency.
fn is_owned(input: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(input).unwrap_or(path);
    !inside.components().any(|component| component == Component::Normal("deps".as_ref()))
}

/// Whether the file still has the text that was checked. A package in binary form was printed first, so it has not.
fn is_text_of(path: &Path, file: &SourceFile) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes == file.text.as_bytes())
}
