//! Rules of the specification that the validator does not check.

use wasmparser::{CanonicalFunction, CanonicalOption, Payload};

use crate::error::Error;

/// Checks a payload that the validator has accepted.
///
/// # Errors
/// The rule that it breaks.
pub(super) fn check(payload: &Payload<'_>) -> Result<(), Error> {
    let Payload::ComponentCanonicalSection(section) = payload else { return Ok(()) };
    for item in section.clone().into_iter_with_offsets() {
        let (offset, canon) = item?;
        canonical_function(&canon, offset)?;
    }
    Ok(())
}

/// A function lowered `async` has a memory (`CanonicalABI.md#canon-lower`: "if `async` is specified, `memory` must be
/// present").
fn canonical_function(canon: &CanonicalFunction, offset: u64) -> Result<(), Error> {
    let CanonicalFunction::Lower { options, .. } = canon else { return Ok(()) };
    let has_async = options.contains(&CanonicalOption::Async);
    let has_memory = options.iter().any(|option| matches!(option, CanonicalOption::Memory(_) | CanonicalOption::Gc));
    if has_async && !has_memory {
        let message = "canonical option `memory` is required: a function that is lowered `async` needs one";
        return Err(Error::invalid(message, offset));
    }
    Ok(())
}
