//! Validation: the only caller of the validator, and the text of its errors (`Binary.md`).
//!
//! All sections are validated before any is decoded, so that decoding and inlining may rely on indices and sorts. Function
//! bodies are left to the engine, which validates each core module as it compiles it; only [`validate`] checks them here.

use alloc::vec::Vec;

use wasmparser::{FuncValidatorAllocations, Parser, ValidPayload, Validator, WasmFeatures};

use crate::component::options::Options;
use crate::error::{Error, ErrorKind, Unsupported};
use crate::gate::Gate;

/// The first bytes of every binary (`Binary.md`, `magic`).
const MAGIC: &[u8] = b"\0asm";

/// Validates a component or a core module, with the bodies of core functions, and compiles nothing.
///
/// Bodies are validated last, so an error of the component itself comes first.
///
/// # Errors
/// The first rule that the binary breaks.
pub fn validate(bytes: &[u8], options: &Options) -> Result<(), Error> {
    let mut bodies = Vec::new();
    each_payload(bytes, options.features(), |payload| {
        if let ValidPayload::Func(func, body) = payload {
            bodies.push((func, body));
        }
    })?;
    let mut allocations = FuncValidatorAllocations::default();
    for (func, body) in bodies {
        let mut validator = func.into_validator(allocations);
        validator.validate(&body).map_err(refusal)?;
        allocations = validator.into_allocations();
    }
    Ok(())
}

/// Validates a component that is to run, without the bodies of core functions.
///
/// # Errors
/// The first rule that the binary breaks, or the features that this host does not run.
pub(super) fn accept(bytes: &[u8], options: &Options) -> Result<(), Error> {
    if Parser::is_core_wasm(bytes) {
        return Err(Unsupported::CoreModule.into());
    }
    each_payload(bytes, options.runnable_features(), |_| ()).map_err(|error| not_runnable(error, bytes, options))
}

/// Validates the payloads of a binary in order, and visits each.
fn each_payload<'a>(
    bytes: &'a [u8],
    features: WasmFeatures,
    mut visit: impl FnMut(ValidPayload<'a>),
) -> Result<(), Error> {
    if !bytes.starts_with(MAGIC) {
        return Err(Error::invalid("not a WebAssembly binary, which begins with `\\0asm`", 0));
    }
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    for payload in parser.parse_all(bytes) {
        let payload = payload.map_err(refusal)?;
        let valid = validator.payload(&payload).map_err(refusal)?;
        visit(valid);
    }
    Ok(())
}

/// The error for a component that does not run: if it is valid, and only uses features that this host validates and does
/// not run, these are named instead of the rule.
#[cold]
fn not_runnable(error: Error, bytes: &[u8], options: &Options) -> Error {
    let names = options.validated_only();
    if names.is_empty() || !matches!(error.kind(), ErrorKind::Invalid { .. }) {
        return error;
    }
    match validate(bytes, options) {
        Ok(()) => Unsupported::Gate { names: names.join(", ") }.into(),
        Err(error) => error,
    }
}

/// The validator's error, with the name of the gate that is closed if that is the reason.
#[cold]
fn refusal(error: wasmparser::Error) -> Error {
    let gate = error.missing_wasm_feature().and_then(Gate::of_feature);
    Error::new(ErrorKind::Invalid { message: error.message().into(), offset: error.offset(), gate })
}
