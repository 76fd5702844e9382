//! The commands, and what they share.

pub(crate) mod bindgen;
pub(crate) mod check;
pub(crate) mod componentize;
pub(crate) mod compose;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod run;
pub(crate) mod targets;
pub(crate) mod wast;
pub(crate) mod wit;

use std::fs;
use std::path::{Path, PathBuf};

use witwright_resolver::lints::Lints;
use witwright_resolver::model::WorldId;
use witwright_resolver::{Disk, Input, Options, Resolution, resolve};

use crate::args::{Format, Gates};
use crate::failure::Failure;
use crate::report;

/// Resolves packages on disk, with these lints.
pub(crate) fn resolve_paths(paths: &[PathBuf], gates: &Gates, lints: Lints) -> Result<Resolution, Failure> {
    let input = |path: &PathBuf| Ok(Input::Path(unicode(path)?.to_owned()));
    let inputs = paths.iter().map(input).collect::<Result<Vec<_>, Failure>>()?;
    let options = Options {
        features: gates.features.iter().cloned().collect(),
        all_features: gates.all_features,
        targets: gates.target.iter().cloned().collect(),
        compatible_versions: gates.compatible_versions,
        lints,
        language: gates.language(),
    };
    Ok(resolve(&inputs, &Disk, &options))
}

/// Resolves a package on disk, reports what is to be said about it, and finds a world in it.
fn resolve_world(
    path: &Path,
    world: Option<&str>,
    gates: &Gates,
    format: Format,
) -> Result<(Resolution, WorldId), Failure> {
    let resolution = resolve_paths(&[path.to_owned()], gates, Lints::default())?;
    report::diagnostics(&resolution.sources, &resolution.diagnostics, format)?;
    match resolution.world(world) {
        Ok(world) => Ok((resolution, world)),
        Err(diagnostic) => {
            report::diagnostics(&resolution.sources, [&*diagnostic], format)?;
            Err(Failure::Reported)
        }
    }
}

/// The text of a path, which WIT's files are named by.
fn unicode(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| Failure::NotUnicode(path.to_owned()))
}

/// How every WebAssembly binary begins.
const MAGIC: &[u8] = b"\0asm";

/// Reads a file that is to be a WebAssembly binary.
fn read_binary(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(path).map_err(Failure::read(path))?;
    if bytes.starts_with(MAGIC) { Ok(bytes) } else { Err(not_binary(path)) }
}

fn not_binary(path: &Path) -> Failure {
    Failure::Decode(path.to_owned(), "it is no WebAssembly binary, which begins with `\\0asm`".to_owned())
}
