//! WIT in binary form: packages, worlds and the types of components (`WIT.md#package-format`).
//!
//! [`encode_world`] makes the payload of a `component-type` section, which describes a core module to the
//! linker; [`encode_package`] makes a WIT package binary. `wit-component` reads both. The feature `decode` enables
//! decoding of both, and of components.

#[cfg(feature = "decode")]
mod decode;
mod encode;

#[cfg(feature = "decode")]
pub use decode::{
    ComponentTypeSection, DecodeError, DecodeErrorKind, Decoded, Inexpressible, component_types, decode,
    decode_component, decode_package, decode_world,
};
#[cfg(all(feature = "decode", feature = "std"))]
pub use decode::{component_types_reader, decode_reader};
#[cfg(feature = "decode")]
pub(crate) use encode::{Argument, Composition, Provider};
pub use encode::{EncodingOptions, ModuleEncoding, encode_package, encode_world};

/// The custom section of a WIT package with its documentation and gates, which type sections cannot hold.
pub(crate) const DOCS_SECTION: &str = "package-docs";

/// The format of [`DOCS_SECTION`]: this byte, then JSON.
pub(crate) const DOCS_VERSION: u8 = 1;

/// The custom section of a `component-type` payload with its version and string encoding.
pub(crate) const ENCODING_SECTION: &str = "wit-component-encoding";

/// The format of a `component-type` payload.
pub(crate) const ENCODING_VERSION: u8 = 4;

/// The forms of types that need no name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Form {
    Own,
    Borrow,
    Tuple,
    List,
    FixedLengthList(u32),
    Option,
    Result,
    Map,
    Future,
    Stream,
}
