//! The names of a linker: those that a component can import (`Explainer.md#import-and-export-definitions`).

use alloc::format;
use alloc::string::String;

use wasmparser::WasmFeatures;
use wasmparser::names::{ComponentName, ComponentNameKind, is_canonical_version, split_canonical_version};

use crate::error::{Error, ErrorKind};

/// Checks a name of a linker: an instance's, which may be the path of one within others, or that of a definition.
///
/// # Errors
/// When no component can import it.
pub(super) fn check(name: &str) -> Result<(), Error> {
    let Err(reason) = check_one(name) else { return Ok(()) };
    let mut slashes = name.match_indices('/');
    if slashes.any(|(at, _)| check_one(&name[..at]).is_ok() && check(&name[at + 1..]).is_ok()) {
        return Ok(());
    }
    let nearest = Some(name.replace('_', "-")).filter(|nearest| check_one(nearest).is_ok());
    Err(ErrorKind::Name { name: name.into(), reason, nearest }.into())
}

/// Checks a name of the grammar.
///
/// # Errors
/// The rule that it breaks.
fn check_one(name: &str) -> Result<(), String> {
    let parsed = ComponentName::new_with_features(name, 0, WasmFeatures::all());
    let parsed = parsed.map_err(|error| String::from(error.message()))?;
    match (parsed.kind(), name.split_once('@')) {
        (ComponentNameKind::Interface(_), Some((_, version)))
            if !is_canonical_version(version) && split_canonical_version(version).is_none() =>
        {
            Err(format!("`{version}` is not a version"))
        }
        _ => Ok(()),
    }
}
