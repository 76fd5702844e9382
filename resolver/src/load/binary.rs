//! Packages in binary form. They are decoded, printed and read like any other text, so that diagnostics have a place.

use alloc::boxed::Box;
use alloc::string::String;

use witwright_front::Diagnostic;

#[cfg(feature = "decode")]
use crate::binary::{Decoded, decode};
use crate::errors::packages as errors;
#[cfg(feature = "decode")]
use crate::print;

/// The first bytes of every file in binary form.
const MAGIC: &[u8] = b"\0asm";

/// Whether a file is in binary form, or should be.
pub(super) fn is_binary(path: &str, contents: &[u8]) -> bool {
    contents.starts_with(MAGIC) || matches!(super::extension(path), Some("wasm" | "wat"))
}

/// The text of a package in binary form. Definitions of other packages that it needs are nested in it.
#[cfg(feature = "decode")]
pub(super) fn text(path: &str, contents: &[u8]) -> Result<String, Box<Diagnostic>> {
    if !contents.starts_with(MAGIC) {
        return Err(Box::new(errors::not_binary(path)));
    }
    match decode(contents) {
        Ok(Decoded::Package(model, package)) => Ok(print::document(&model, package)),
        Ok(Decoded::Component(..)) => Err(Box::new(errors::component(path))),
        Err(error) => Err(Box::new(errors::bad_binary(path, &error))),
    }
}

/// Reports that this build cannot read the binary form.
#[cfg(not(feature = "decode"))]
pub(super) fn text(path: &str, _: &[u8]) -> Result<String, Box<Diagnostic>> {
    Err(Box::new(errors::binary_not_read(path)))
}
