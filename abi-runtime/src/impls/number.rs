//! Numbers. Lists of them are moved in one copy.
//!
//! Integers are truncated when they are lifted: bits above a narrow integer's own are ignored. A NaN keeps its bits, one of the
//! choices that the specification leaves.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, Number, sealed};

macro_rules! number {
    ($ty:ident, $desc:ident, $to_slot:expr, $from_slot:expr) => {
        impl ComponentType for $ty {
            const DESC: &'static TypeDesc = &TypeDesc::$desc;
            const IS_PLAIN: bool = true;
        }

        impl Lower for $ty {
            #[inline]
            fn lower<C: LowerCx>(&self, _cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
                let to_slot: fn($ty) -> u64 = $to_slot;
                flat.push(to_slot(*self));
                Ok(())
            }

            #[inline]
            fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                cx.write(addr, self.to_le_bytes())
            }

            #[inline]
            fn lower_list<C: LowerCx>(items: &[Self], cx: &mut C) -> Result<(u32, u32), C::Error> {
                cx.lower_numbers(items)
            }

            #[inline]
            fn store_list<C: LowerCx>(items: &[Self], cx: &mut C, addr: u32) -> Result<(), C::Error> {
                cx.write_numbers(items, addr)
            }
        }

        impl Lift for $ty {
            #[inline]
            fn lift<C: LiftCx>(_cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
                let from_slot: fn(u64) -> $ty = $from_slot;
                Ok(from_slot(flat.pop()))
            }

            #[inline]
            fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
                Ok($ty::from_le_bytes(cx.read(addr)?))
            }

            #[cfg(feature = "alloc")]
            #[inline]
            fn lift_list<C: LiftCx>(cx: &mut C, ptr: u32, len: u32) -> Result<Vec<Self>, C::Error> {
                cx.lift_numbers(ptr, len)
            }
        }

        impl sealed::Sealed for $ty {}

        impl Number for $ty {
            #[cfg(feature = "alloc")]
            #[inline]
            fn extend_from_le_bytes(numbers: &mut Vec<Self>, bytes: &[u8]) {
                let (chunks, _) = bytes.as_chunks();
                numbers.extend(chunks.iter().map(|chunk| $ty::from_le_bytes(*chunk)));
            }

            #[inline]
            fn copy_to_le_bytes(numbers: &[Self], bytes: &mut [u8]) {
                let (chunks, _) = bytes.as_chunks_mut();
                for (chunk, number) in chunks.iter_mut().zip(numbers) {
                    *chunk = number.to_le_bytes();
                }
            }
        }
    };
}

number!(u8, U8, |value| value.into(), |slot| slot as u8);
number!(u16, U16, |value| value.into(), |slot| slot as u16);
number!(u32, U32, |value| value.into(), |slot| slot as u32);
number!(u64, U64, |value| value, |slot| slot);
number!(i8, S8, |value| (value as i32 as u32).into(), |slot| slot as i8);
number!(i16, S16, |value| (value as i32 as u32).into(), |slot| slot as i16);
number!(i32, S32, |value| (value as u32).into(), |slot| slot as i32);
number!(i64, S64, |value| value as u64, |slot| slot as i64);
number!(f32, F32, |value| value.to_bits().into(), |slot| f32::from_bits(slot as u32));
number!(f64, F64, f64::to_bits, f64::from_bits);
