//! The input of commands: packages on disk, and binaries.

use std::path::{Path, PathBuf};

use witwright_resolver::lints::Lints;
use witwright_resolver::model::WorldId;
use witwright_resolver::{Disk, Input, Options, Resolution, codes, resolve, with_way_to_name};

use crate::args::{Format, Gates};
use crate::failure::Failure;
use crate::files::{self, MAGIC, WitText, is_stdin};
use crate::report;

/// Resolves packages on disk or on standard input, with these lints.
pub(crate) fn resolve_paths(paths: &[PathBuf], gates: &Gates, lints: Lints) -> Result<Resolution, Failure> {
    let input = |path: &PathBuf| match is_stdin(path) {
        true => Ok(inline(WitText::read(path)?)),
        false => Ok(Input::Path(unicode(path)?.to_owned())),
    };
    let inputs = paths.iter().map(input).collect::<Result<Vec<_>, Failure>>()?;
    Ok(resolve_inputs(&inputs, gates, lints))
}

/// A text that is no file.
pub(crate) fn inline(WitText { name, text }: WitText) -> Input {
    Input::Inline { name, text }
}

/// Resolves packages, with these lints.
pub(crate) fn resolve_inputs(inputs: &[Input], gates: &Gates, lints: Lints) -> Resolution {
    let mut options = Options::default().with_lints(lints).with_language(gates.language());
    options.features.extend(gates.features.iter().cloned());
    options.all_features = gates.all_features;
    options.target_versions.extend(gates.target_versions.iter().cloned());
    options.compatible_versions = gates.compatible_versions;
    resolve(inputs, &Disk, &options)
}

/// Resolves a package on disk, reports its diagnostics, and finds a world in it. `way` is the way to name a world.
pub(crate) fn resolve_world(
    path: &Path,
    world: Option<&str>,
    way: &str,
    gates: &Gates,
    format: Format,
) -> Result<(Resolution, WorldId), Failure> {
    let mut resolution = resolve_paths(&[path.to_owned()], gates, Lints::default())?;
    for diagnostic in resolution.diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == codes::E0301) {
        diagnostic.notes.push("`--wit` names the package of the world".to_owned());
    }
    report::diagnostics(&resolution.sources, &resolution.diagnostics, format)?;
    match resolution.world(world) {
        Ok(world) => Ok((resolution, world)),
        Err(diagnostic) => {
            report::diagnostics(&resolution.sources, [&with_way_to_name(*diagnostic, way)], format)?;
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

/// Reads a WebAssembly binary.
pub(crate) fn read_binary(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = files::read(path)?;
    if bytes.starts_with(MAGIC) { Ok(bytes) } else { Err(not_binary(path, &bytes)) }
}

/// The failure that a file, which starts with these bytes, is not a binary.
pub(crate) fn not_binary(path: &Path, start: &[u8]) -> Failure {
    if start.is_empty() {
        return Failure::Decode(path.to_owned(), "it is empty".to_owned());
    }
    let form = match start.trim_ascii_start().first() {
        Some(b'(') => "; it may be WebAssembly as text: make a binary of it first, as `wasm-tools parse` does",
        _ if has_extension(path, "wit") => "; it may be WIT, which `witwright check` and `witwright bindgen` read",
        _ => "",
    };
    let reason = format!("it is not a WebAssembly binary, which begins with `\\0asm`{form}");
    Failure::Decode(path.to_owned(), reason)
}
