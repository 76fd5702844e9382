//! The names of a linker: those that a component can import (`Explainer.md#import-and-export-definitions`).

use wasmparser::WasmFeatures;
use wasmparser::names::ComponentName;

use crate::error::{Error, ErrorKind};

/// Checks a name of a linker: an instance's, which may be the path of one within others, or that of a definition.
///
/// # Errors
/// When no component can import it.
pub(super) fn check(name: &str) -> Result<(), Error> {
    let valid = |name: &str| ComponentName::new_with_features(name, 0, WasmFeatures::all()).map(|_| ());
    let is_path = |name: &str| {
        name.match_indices('/').any(|(at, _)| valid(&name[..at]).is_ok() && check(&name[at + 1..]).is_ok())
    };
    let Err(error) = valid(name) else { return Ok(()) };
    if is_path(name) {
        return Ok(());
    }
    let nearest = Some(name.replace('_', "-")).filter(|nearest| valid(nearest).is_ok());
    Err(ErrorKind::Name { name: name.into(), reason: error.message().into(), nearest }.into())
}
