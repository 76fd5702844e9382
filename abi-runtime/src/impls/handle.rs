//! Handles of a guest: an owned handle is lowered as `own`, a reference to one as `borrow`, and a borrow of a resource of the
//! guest's own is lifted as its representation (`CanonicalABI.md#loading`, `lift_own`, `lift_borrow`).

use crate::desc::{ResourceDesc, TypeDesc};
use crate::flat::{FlatReader, FlatWriter};
use crate::resource::{BorrowedRep, GuestResource, Handles, Own};
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};

impl<K: GuestResource> ComponentType for Own<K> {
    const DESC: &'static TypeDesc = &TypeDesc::Own(K::DESC);
    const REF_DESC: &'static TypeDesc = &TypeDesc::Borrow(K::DESC);
}

impl<K: GuestResource> Lower for Own<K> {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        lower::<K, Self, C>(self, cx, flat)
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        store::<K, Self, C>(self, cx, addr)
    }

    #[inline]
    fn lower_ref<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        lower_ref::<K, Self, C>(self, cx, flat)
    }

    #[inline]
    fn store_ref<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        store_ref::<K, Self, C>(self, cx, addr)
    }
}

impl<K: GuestResource> Lift for Own<K> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        lift::<K, Self, C>(cx, flat)
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        load::<K, Self, C>(cx, addr)
    }
}

/// [`Lower::lower`] of an owned handle.
#[inline]
pub(crate) fn lower<S: Handles<R>, R, C: LowerCx>(
    resource: &R,
    cx: &mut C,
    flat: &mut FlatWriter<'_>,
) -> Result<(), C::Error> {
    let handle = cx.lower_own(S::DESC, S::leave(resource, cx.gives_away()).into())?;
    flat.push(handle.into());
    Ok(())
}

/// [`Lower::store`] of an owned handle.
#[inline]
pub(crate) fn store<S: Handles<R>, R, C: LowerCx>(resource: &R, cx: &mut C, addr: u32) -> Result<(), C::Error> {
    let handle = cx.lower_own(S::DESC, S::leave(resource, cx.gives_away()).into())?;
    cx.write(addr, handle.to_le_bytes())
}

/// [`Lower::lower_ref`] of an owned handle.
#[inline]
pub(crate) fn lower_ref<S: Handles<R>, R, C: LowerCx>(
    resource: &R,
    cx: &mut C,
    flat: &mut FlatWriter<'_>,
) -> Result<(), C::Error> {
    let handle = cx.lower_borrow(S::DESC, S::handle(resource).into())?;
    flat.push(handle.into());
    Ok(())
}

/// [`Lower::store_ref`] of an owned handle.
#[inline]
pub(crate) fn store_ref<S: Handles<R>, R, C: LowerCx>(resource: &R, cx: &mut C, addr: u32) -> Result<(), C::Error> {
    let handle = cx.lower_borrow(S::DESC, S::handle(resource).into())?;
    cx.write(addr, handle.to_le_bytes())
}

/// [`Lift::lift`] of an owned handle.
#[inline]
pub(crate) fn lift<S: Handles<R>, R, C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<R, C::Error> {
    let handle = cx.lift_own(S::DESC, flat.pop() as u32)?;
    // SAFETY: the context has taken the handle from its former owner.
    Ok(unsafe { S::owner(handle as u32) })
}

/// [`Lift::load`] of an owned handle.
#[inline]
pub(crate) fn load<S: Handles<R>, R, C: LiftCx>(cx: &mut C, addr: u32) -> Result<R, C::Error> {
    let index = u32::from_le_bytes(cx.read(addr)?);
    let handle = cx.lift_own(S::DESC, index)?;
    // SAFETY: as above.
    Ok(unsafe { S::owner(handle as u32) })
}

impl<K: GuestResource> ComponentType for BorrowedRep<'_, K> {
    const DESC: &'static TypeDesc = &TypeDesc::Borrow(K::DESC);
}

impl<K: GuestResource> Lift for BorrowedRep<'_, K> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let rep = lift_borrow(K::DESC, cx, flat)?;
        // SAFETY: to the component that defines a resource a borrow is the representation, valid during the call.
        Ok(unsafe { BorrowedRep::from_rep(rep as usize as *const u8) })
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let rep = load_borrow(K::DESC, cx, addr)?;
        // SAFETY: as above.
        Ok(unsafe { BorrowedRep::from_rep(rep as usize as *const u8) })
    }
}

/// The handle or representation of a flat borrow, as the context lifts it.
#[inline]
pub(crate) fn lift_borrow<C: LiftCx>(
    resource: &'static ResourceDesc,
    cx: &mut C,
    flat: &mut FlatReader<'_>,
) -> Result<u64, C::Error> {
    cx.lift_borrow(resource, flat.pop() as u32)
}

/// As [`lift_borrow`], for a borrow in memory.
#[inline]
pub(crate) fn load_borrow<C: LiftCx>(resource: &'static ResourceDesc, cx: &mut C, addr: u32) -> Result<u64, C::Error> {
    let index = u32::from_le_bytes(cx.read(addr)?);
    cx.lift_borrow(resource, index)
}
