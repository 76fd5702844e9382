//! Rust types that a program gives for those of its bindings, and their checks.
//!
//! A constant that has no value is one error, and the compiler reports no others about a type that mentions the constant. So
//! bindings call such a type `<Checked<{ .. }> as Given>::Of<T>`: it is `T`, unless the check fails.

use core::marker::PhantomData;

use crate::maps::WitMap;
use crate::transfer::{ComponentType, Lift, Lower};

/// The result of a check, as a type.
#[derive(Debug)]
pub struct Checked<const IS: bool>;

/// Defines the trait by which types depend on checks. It is one of the bindings' own crate, where types of different names are then
/// different types for the compiler, which does not know this of traits of other crates.
#[doc(hidden)]
#[macro_export]
macro_rules! __given {
    (#[$attribute:meta] $name:ident) => {
        #[doc(hidden)]
        #[$attribute]
        pub trait $name {
            type Of<T>;
        }

        impl<const IS: bool> $name for $crate::given::Checked<IS> {
            type Of<T> = T;
        }
    };
}

#[doc(hidden)]
pub use __given as given;

/// Answers questions about a type that has no parameters: its own constants hide those of [`Otherwise`] if the type has the traits.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<T: ComponentType> Probe<T> {
    /// Whether it is a type of WIT.
    pub const IS_TYPE: bool = true;
}

impl<T: Lift + Lower> Probe<T> {
    /// Whether it is one whose values are lifted and lowered.
    pub const IS_OWNED: bool = true;
}

impl<K, V, M: WitMap<K, V>> Probe<(M, K, V)>
where
    for<'a> &'a M: IntoIterator<Item = (&'a K, &'a V)>,
{
    /// Whether the first is a type of maps, with the others as keys and values.
    pub const IS_MAP: bool = true;
}

/// The answers for types that lack the traits.
pub trait Otherwise {
    /// As [`Probe::IS_TYPE`].
    const IS_TYPE: bool = false;
    /// As [`Probe::IS_OWNED`].
    const IS_OWNED: bool = false;
    /// As `IS_MAP` of [`Probe`].
    const IS_MAP: bool = false;
}

impl<T> Otherwise for Probe<T> {}
