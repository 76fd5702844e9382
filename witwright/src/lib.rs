//! WIT in, Rust out, on any engine: write and host WebAssembly components.
#![no_std]

extern crate alloc;
#[cfg(feature = "build")]
extern crate std;

#[doc(hidden)]
#[path = "rt/mod.rs"]
pub mod __rt;

#[cfg(feature = "build")]
pub mod build;
#[cfg(all(not(target_arch = "wasm32"), feature = "std"))]
pub mod mock;

#[cfg(feature = "host")]
pub use witwright_host::*;

/// The procedural macros behind [`generate!`] and [`host!`].
#[cfg(feature = "macros")]
#[doc(hidden)]
pub mod __macros {
    pub use witwright_codegen_macros::{generate, host};
}

#[cfg(feature = "macros")]
pub use witwright_codegen_macros::guest;

/// Bindings for a guest, where the macro stands. It takes the options of `wit_bindgen::generate!`.
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! generate {
    ($($options:tt)*) => {
        $crate::__macros::generate! { $crate; $($options)* }
    };
}

/// Bindings for a host, where the macro stands.
#[cfg(feature = "macros")]
#[macro_export]
macro_rules! host {
    ($($options:tt)*) => {
        $crate::__macros::host! { $crate; $($options)* }
    };
}
