//! The input of commands: packages on disk, and binaries.

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
    let mut options = Options::default().with_lints(lints).with_language(gates.language());
    options.features.extend(gates.features.iter().cloned());
    options.all_features = gates.all_features;
    options.target_versions.extend(gates.target_versions.iter().cloned());
    options.compatible_versions = gates.compatible_versions;
    Ok(resolve(&inputs, &Disk, &options))
}

/// Resolves a package on disk, reports its diagnostics, and finds a world in it.
pub(crate) fn resolve_world(
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

/// Whether a file's name ends so, in upper or lower case.
pub(crate) fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// A path as text. The names of WIT files in diagnostics are text.
pub(crate) fn unicode(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| Failure::NotUnicode(path.to_owned()))
}

/// The first bytes of every WebAssembly binary.
pub(crate) const MAGIC: &[u8] = b"\0asm";

/// Reads a WebAssembly binary.
pub(crate) fn read_binary(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(path).map_err(Failure::read(path))?;
    if bytes.starts_with(MAGIC) { Ok(bytes) } else { Err(not_binary(path)) }
}

pub(crate) fn not_binary(path: &Path) -> Failure {
    Failure::Decode(path.to_owned(), "it is not a WebAssembly binary, which begins with `\\0asm`".to_owned())
}
