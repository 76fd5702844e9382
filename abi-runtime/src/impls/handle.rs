//! Handles of a guest: an owned handle is lowered as `own`, a reference to one as `borrow`, and a borrow of a resource of the
//! guest's own is lifted as its representation (`CanonicalABI.md#loading`, `lift_own`, `lift_borrow`).

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::resource::{BorrowedRep, GuestResource, Own};
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};

impl<K: GuestResource> ComponentType for Own<K> {
    const DESC: &'static TypeDesc = &TypeDesc::Own(K::DESC);
    const REF_DESC: &'static TypeDesc = &TypeDesc::Borrow(K::DESC);
}

impl<K: GuestResource> Lower for Own<K> {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        let handle = cx.lower_own(K::DESC, self.leave(cx.gives_away()).into())?;
        flat.push(handle.into());
        Ok(())
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let handle = cx.lower_own(K::DESC, self.leave(cx.gives_away()).into())?;
        cx.write(addr, handle.to_le_bytes())
    }

    #[inline]
    fn lower_ref<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        let handle = cx.lower_borrow(K::DESC, self.handle().into())?;
        flat.push(handle.into());
        Ok(())
    }

    #[inline]
    fn store_ref<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let handle = cx.lower_borrow(K::DESC, self.handle().into())?;
        cx.write(addr, handle.to_le_bytes())
    }
}

impl<K: GuestResource> Lift for Own<K> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let handle = cx.lift_own(K::DESC, flat.pop() as u32)?;
        // SAFETY: the context has taken the handle from its former owner.
        Ok(unsafe { Own::from_handle(handle as u32) })
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let index = u32::from_le_bytes(cx.read(addr)?);
        let handle = cx.lift_own(K::DESC, index)?;
        // SAFETY: as above.
        Ok(unsafe { Own::from_handle(handle as u32) })
    }
}

impl<K: GuestResource> ComponentType for BorrowedRep<'_, K> {
    const DESC: &'static TypeDesc = &TypeDesc::Borrow(K::DESC);
}

impl<K: GuestResource> Lift for BorrowedRep<'_, K> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let rep = cx.lift_borrow(K::DESC, flat.pop() as u32)?;
        // SAFETY: to the component that defines a resource a borrow is the representation, valid during the call.
        Ok(unsafe { BorrowedRep::from_rep(rep as usize as *const u8) })
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let index = u32::from_le_bytes(cx.read(addr)?);
        let rep = cx.lift_borrow(K::DESC, index)?;
        // SAFETY: as above.
        Ok(unsafe { BorrowedRep::from_rep(rep as usize as *const u8) })
    }
}
