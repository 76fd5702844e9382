//! The world `test:limits/limits` without std: each export gives its value to the import of its name, and returns what comes back.
#![no_std]

extern crate alloc;
extern crate no_std_bump as _;

use alloc::vec::Vec;

witwright::generate!({ path: "../../wit-limits", generate_all });

use test::limits::{echo, types};

struct Limits;

impl Guest for Limits {
    fn same(a: Vec<u8>, b: Vec<u8>) -> bool {
        a == b
    }
}

macro_rules! echo {
    ($($name:ident: $ty:ident $(as $by:tt)?),* $(,)?) => {
        impl exports::test::limits::echo::Guest for Limits {
            $(fn $name(a: types::$ty) -> types::$ty {
                echo::$name($($by)? a)
            })*
        }
    };
}

echo! {
    of_f1: F1,
    of_f8: F8,
    of_f9: F9,
    of_f16: F16,
    of_f17: F17,
    of_f_all: FAll,
    of_one: One,
    of_e256: E256,
    of_e257: E257,
    of_v256: V256 as &,
    of_v257: V257 as &,
    of_r16: R16,
    of_r17: R17,
    of_t16: T16,
    of_t17: T17,
    of_nested: Nested as &,
    of_all: All as &,
}

export!(Limits);
