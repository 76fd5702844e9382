//! `String` and `Vec`.

use alloc::string::String;
use alloc::vec::Vec;

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::form::TypeLayout;
use crate::layout::POINTER_BYTES;
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, layouts};

/// Reads a pointer and a length from their flat form.
#[inline]
pub(crate) fn pop_pair(flat: &mut FlatReader<'_>) -> (u32, u32) {
    let ptr = flat.pop() as u32;
    (ptr, flat.pop() as u32)
}

/// Reads a pointer and a length at an address.
#[inline]
pub(crate) fn load_pair<C: LiftCx>(cx: &mut C, addr: u32) -> Result<(u32, u32), C::Error> {
    Ok((u32::from_le_bytes(cx.read(addr)?), u32::from_le_bytes(cx.read(addr + POINTER_BYTES)?)))
}

impl ComponentType for String {
    const DESC: &'static TypeDesc = &TypeDesc::String;
}

impl Lower for String {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        self.as_str().lower(cx, flat)
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        self.as_str().store(cx, addr)
    }
}

impl Lift for String {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let (ptr, units) = pop_pair(flat);
        cx.lift_string(ptr, units)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let (ptr, units) = load_pair(cx, addr)?;
        cx.lift_string(ptr, units)
    }
}

impl<T: ComponentType> ComponentType for Vec<T> {
    const DESC: &'static TypeDesc = &TypeDesc::List(T::DESC);
    const PARTS: &'static [TypeLayout] = layouts![T];
}

impl<T: Lower> Lower for Vec<T> {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        self.as_slice().lower(cx, flat)
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        self.as_slice().store(cx, addr)
    }
}

impl<T: Lift> Lift for Vec<T> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let (ptr, len) = pop_pair(flat);
        T::lift_list(cx, ptr, len)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let (ptr, len) = load_pair(cx, addr)?;
        T::lift_list(cx, ptr, len)
    }
}
