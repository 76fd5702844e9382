//! Types that need no allocator: text and slices, which are lowered only; arrays.

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::form::TypeLayout;
use crate::layout::POINTER_BYTES;
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, layouts};

/// Writes a pointer and a length flat.
#[inline]
pub(crate) fn push_pair(flat: &mut FlatWriter<'_>, (ptr, len): (u32, u32)) {
    flat.push(ptr.into());
    flat.push(len.into());
}

/// Writes a pointer and a length at an address.
#[inline]
pub(crate) fn store_pair<C: LowerCx>(cx: &mut C, addr: u32, (ptr, len): (u32, u32)) -> Result<(), C::Error> {
    cx.write(addr, ptr.to_le_bytes())?;
    cx.write(addr + POINTER_BYTES, len.to_le_bytes())
}

impl ComponentType for str {
    const DESC: &'static TypeDesc = &TypeDesc::String;
}

impl Lower for str {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        push_pair(flat, cx.lower_str(self)?);
        Ok(())
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let pair = cx.lower_str(self)?;
        store_pair(cx, addr, pair)
    }
}

impl<T: ComponentType> ComponentType for [T] {
    const DESC: &'static TypeDesc = &TypeDesc::List(T::DESC);
    const PARTS: &'static [TypeLayout] = layouts![T];
}

impl<T: Lower> Lower for [T] {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        push_pair(flat, T::lower_list(self, cx)?);
        Ok(())
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let pair = T::lower_list(self, cx)?;
        store_pair(cx, addr, pair)
    }
}

/// `list<t, n>`, whose elements are in place.
impl<T: ComponentType, const N: usize> ComponentType for [T; N] {
    const DESC: &'static TypeDesc = &TypeDesc::FixedList(T::DESC, N as u32);
    const PARTS: &'static [TypeLayout] = layouts![T];
}

impl<T: Lower, const N: usize> Lower for [T; N] {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        self.iter().try_for_each(|item| item.lower(cx, flat))
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let mut item_addr = addr;
        for item in self {
            item.store(cx, item_addr)?;
            item_addr += T::ABI.size;
        }
        Ok(())
    }
}

impl<T: Lift, const N: usize> Lift for [T; N] {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        array(|| T::lift(cx, flat))
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let mut item_addr = addr;
        array(|| {
            let item = T::load(cx, item_addr);
            item_addr += T::ABI.size;
            item
        })
    }
}

/// An array of the results of `next`, or its first error.
fn array<T, E, const N: usize>(mut next: impl FnMut() -> Result<T, E>) -> Result<[T; N], E> {
    let mut items = [const { None }; N];
    for item in &mut items {
        *item = Some(next()?);
    }
    Ok(items.map(|item| item.unwrap_or_else(|| unreachable!("the loop has filled every place"))))
}
