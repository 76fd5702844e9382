//! From inputs to packages: which files belong together (`WIT.md#package-format`, `WIT.md#wit-packages`).

#[cfg(feature = "std")]
mod disk;
mod files;

use alloc::string::String;

#[cfg(feature = "std")]
pub use disk::Disk;
pub use files::{Entry, FileError, Files, Memory};

/// Where WIT comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A file, which is a package, or a directory, whose `*.wit` files are a package and whose `deps/` holds others.
    Path(String),
    /// As [`Input::Path`], but only to be referred to: none of its packages is a main one.
    Dependency(String),
    /// A text, which is a package.
    Inline {
        /// What diagnostics call it, such as `<inline>`.
        name: String,
        /// The text.
        text: String,
    },
}
