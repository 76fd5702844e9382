//! The built-ins of a type of streams or futures, with the type of their elements.

use core::marker::PhantomData;

use crate::end::EndVtable;

macro_rules! vtable {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(Debug)]
        pub struct $name<T> {
            built_ins: EndVtable,
            payload: PhantomData<fn() -> T>,
        }

        impl<T> $name<T> {
            /// The built-ins of this type.
            #[must_use]
            pub const fn new(built_ins: EndVtable) -> $name<T> {
                $name { built_ins, payload: PhantomData }
            }

            /// The built-ins.
            #[must_use]
            pub const fn built_ins(&self) -> &EndVtable {
                &self.built_ins
            }
        }
    };
}

vtable! {
    /// The built-ins of streams of a type.
    StreamVtable
}

vtable! {
    /// The built-ins of futures of a type.
    FutureVtable
}

/// The built-ins of a type of streams.
pub trait StreamOps: Clone {
    /// The type of the elements.
    type Payload: 'static;

    /// The built-ins.
    #[doc(hidden)]
    fn built_ins(&self) -> &'static EndVtable;
}

impl<T: 'static> StreamOps for &'static StreamVtable<T> {
    type Payload = T;

    fn built_ins(&self) -> &'static EndVtable {
        &self.built_ins
    }
}

/// The built-ins of a type of futures.
pub trait FutureOps: Clone {
    /// The type of the value.
    type Payload: 'static;

    /// The built-ins.
    #[doc(hidden)]
    fn built_ins(&self) -> &'static EndVtable;
}

impl<T: 'static> FutureOps for &'static FutureVtable<T> {
    type Payload = T;

    fn built_ins(&self) -> &'static EndVtable {
        &self.built_ins
    }
}
