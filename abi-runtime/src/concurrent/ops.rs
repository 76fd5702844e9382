//! The built-ins of a type of streams or futures, with the type of their elements.

use super::element::{Element, ElementBy, Form};
use crate::end::EndVtable;
use crate::shape::Same;

macro_rules! built_ins {
    ($kind:literal, $vtable:ident, $ops:ident) => {
        #[doc = concat!("The built-ins of a type of ", $kind, ".")]
        #[derive(Debug)]
        pub struct $vtable<T> {
            built_ins: EndVtable,
            form: Form<T>,
        }

        impl<T: 'static> $vtable<T> {
            /// The built-ins of this type.
            #[must_use]
            pub const fn new(built_ins: EndVtable) -> $vtable<T>
            where
                T: Element,
            {
                $vtable::by::<Same>(built_ins)
            }

            /// The built-ins of this type, whose elements are lifted and lowered by a shape.
            #[must_use]
            pub const fn by<S: ElementBy<T>>(built_ins: EndVtable) -> $vtable<T> {
                $vtable { built_ins, form: Form::by::<S>() }
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

            /// The form of the elements.
            #[doc(hidden)]
            fn form(&self) -> &'static Form<Self::Payload>;
        }

        impl<T: 'static> $ops for &'static $vtable<T> {
            type Payload = T;

            fn built_ins(&self) -> &'static EndVtable {
                &self.built_ins
            }

            fn form(&self) -> &'static Form<T> {
                &self.form
            }
        }
    };
}

built_ins!("streams", StreamVtable, StreamOps);
built_ins!("futures", FutureVtable, FutureOps);
