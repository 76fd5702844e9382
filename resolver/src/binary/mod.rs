//! WIT in binary form: packages, worlds and the types of components (`WIT.md#package-format`).
//!
//! [`encode_world`] makes the payload of a `component-type` section, which a core module carries to the linker;
//! [`encode_package`] makes a WIT package binary. Both have the form that `wit-component` reads.

mod encode;

pub use encode::{EncodingOptions, StringEncoding, encode_package, encode_world};

/// The custom section of a WIT package that holds documentation and gates, for which the type sections have no place.
pub(crate) const DOCS_SECTION: &str = "package-docs";

/// The format of [`DOCS_SECTION`]: this byte, then JSON.
pub(crate) const DOCS_VERSION: u8 = 1;

/// The custom section of a `component-type` payload that says its version and string encoding.
pub(crate) const ENCODING_SECTION: &str = "wit-component-encoding";

/// The format of a `component-type` payload.
pub(crate) const ENCODING_VERSION: u8 = 4;
