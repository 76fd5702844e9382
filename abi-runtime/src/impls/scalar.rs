//! `bool` and `char`.

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::transfer::{ComponentType, Cx, Lift, LiftCx, Lower, LowerCx};
use crate::trap::Trap;

impl ComponentType for bool {
    const DESC: &'static TypeDesc = &TypeDesc::Bool;
}

impl Lower for bool {
    #[inline]
    fn lower<C: LowerCx>(&self, _cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        flat.push(u64::from(*self));
        Ok(())
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        cx.write(addr, [u8::from(*self)])
    }
}

/// Every bit pattern but zero is `true`.
impl Lift for bool {
    #[inline]
    fn lift<C: LiftCx>(_cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(flat.pop() as u32 != 0)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let [byte] = cx.read(addr)?;
        Ok(byte != 0)
    }
}

impl ComponentType for char {
    const DESC: &'static TypeDesc = &TypeDesc::Char;
}

impl Lower for char {
    #[inline]
    fn lower<C: LowerCx>(&self, _cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        flat.push(u64::from(u32::from(*self)));
        Ok(())
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        cx.write(addr, u32::from(*self).to_le_bytes())
    }
}

impl Lift for char {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        char_from(cx, flat.pop() as u32)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let bits = u32::from_le_bytes(cx.read(addr)?);
        char_from(cx, bits)
    }
}

#[inline]
fn char_from<C: Cx>(cx: &C, bits: u32) -> Result<char, C::Error> {
    char::from_u32(bits).ok_or_else(|| cx.trap(Trap::InvalidChar(bits)))
}
