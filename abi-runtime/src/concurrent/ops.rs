//! The built-ins of a type of streams or futures, with the type of their elements.

use core::marker::PhantomData;

use crate::end::EndVtable;

macro_rules! built_ins {
    ($kind:literal, $vtable:ident, $ops:ident) => {
        #[doc = concat!("The built-ins of a type of ", $kind, ".")]
        #[derive(Debug)]
        pub struct $vtable<T> {
            built_ins: EndVtable,
            payload: PhantomData<fn() -> T>,
        }

        impl<T> $vtable<T> {
            /// The built-ins of this type.
            #[must_use]
            pub const fn new(built_ins: EndVtable) -> $vtable<T> {
                $vtable { built_ins, payload: PhantomData }
            }

            /// The built-ins.
            #[must_use]
            pub const fn built_ins(&self) -> &EndVtable {
                &self.built_ins
            }
        }

        #[doc = concat!("A name for the built-ins of a type of ", $kind, ".")]
        pub trait $ops: Clone {
            /// The type of the elements.
            type Payload: 'static;

            /// The built-ins.
            #[doc(hidden)]
            fn built_ins(&self) -> &'static EndVtable;
        }

        impl<T: 'static> $ops for &'static $vtable<T> {
            type Payload = T;

            fn built_ins(&self) -> &'static EndVtable {
                &self.built_ins
            }
        }
    };
}

built_ins!("streams", StreamVtable, StreamOps);
built_ins!("futures", FutureVtable, FutureOps);
