//! The first line of the bindings of a host: the import of the runtime, or the error that there is no engine.

/// Imports the names of generated code that only a host has, and that its crate has under the same names.
#[doc(hidden)]
#[macro_export]
macro_rules! __host_names {
    ($from:ident) => {
        pub use $from::{
            Access, AsContextMut, AsLinker, AsyncStore, Component, CoreEngine, DefaultEngine, Error, Func, HasData,
            Instance, InstancePre, Linker, ResourceAny, ResourceBorrow,
        };
    };
}

/// Imports the runtime under a name.
#[cfg(feature = "host")]
#[doc(hidden)]
#[macro_export]
macro_rules! __host_runtime {
    ($name:ident $(without reason)?) => {
        #[allow(unused_imports)]
        use $crate::__rt as $name;
    };
}

/// The error that there is no engine. The names that only a host has are imported from a module that does not exist, which is one
/// error: the compiler then reports none of their uses. Only the root of the bindings says the reason.
#[cfg(not(feature = "host"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __host_runtime {
    ($name:ident) => {
        $crate::__no_engine!();
        $crate::__host_runtime!($name without reason);
    };
    ($name:ident without reason) => {
        mod $name {
            $crate::__host_names!(no_engine_is_enabled);
            pub use no_engine_is_enabled::host;
            use $crate::__rt::no_engine_is_enabled;
            pub use $crate::__rt::*;
        }
    };
}

/// The error that there is no engine.
#[cfg(not(feature = "host"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __no_engine {
    () => {
        $crate::__rt::no_engine!("bindings of a host need");
    };
}
