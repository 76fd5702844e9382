//! The first line of the bindings of a host: the import of the runtime, or the error that there is no engine.

/// Imports the runtime under a name.
#[cfg(feature = "host")]
#[doc(hidden)]
#[macro_export]
macro_rules! __host_runtime {
    ($name:ident $($of_root:tt)*) => {
        #[allow(unused_imports)]
        use $crate::__rt as $name;
    };
}

/// The error that there is no engine. It is in the module that lacks the names which only a host has, so the compiler reports none of
/// their uses. That is the root's, and the modules of interfaces import it.
#[cfg(not(feature = "host"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __host_runtime {
    ($name:ident) => {
        mod $name {
            $crate::__rt::no_engine!("bindings of a host need");
            pub use $crate::__rt::*;
        }
    };
    ($name:ident $($of_root:tt)+) => {
        #[allow(unused_imports)]
        use $($of_root)+ as $name;
    };
}
