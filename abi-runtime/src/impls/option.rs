//! `option` and `result`.

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::form::TypeLayout;
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, layouts};
use crate::variant::{lift_case, load_case, lower_case, store_case};

impl<T: ComponentType> ComponentType for Option<T> {
    const DESC: &'static TypeDesc = &TypeDesc::Option(T::DESC);
    const PARTS: &'static [TypeLayout] = layouts![(), T];
}

impl<T: Lower> Lower for Option<T> {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        match self {
            None => lower_case::<Self, _, _>(0, &(), cx, flat),
            Some(payload) => lower_case::<Self, _, _>(1, payload, cx, flat),
        }
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        match self {
            None => store_case::<Self, _, _>(0, &(), cx, addr),
            Some(payload) => store_case::<Self, _, _>(1, payload, cx, addr),
        }
    }
}

impl<T: Lift> Lift for Option<T> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        lift_case(cx, flat, |cx, case, flat| {
            Ok(Some(match case {
                0 => None,
                1 => Some(T::lift(cx, flat)?),
                _ => return Ok(None),
            }))
        })
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        load_case(cx, addr, |cx, case, addr| {
            Ok(Some(match case {
                0 => None,
                1 => Some(T::load(cx, addr)?),
                _ => return Ok(None),
            }))
        })
    }
}

/// `()` is the type of an absent payload.
impl<T: ComponentType, E: ComponentType> ComponentType for Result<T, E> {
    const DESC: &'static TypeDesc = &TypeDesc::Result(payload(T::DESC), payload(E::DESC));
    const PARTS: &'static [TypeLayout] = layouts![T, E];
}

const fn payload(ty: &'static TypeDesc) -> Option<&'static TypeDesc> {
    if matches!(ty, TypeDesc::Tuple([])) { None } else { Some(ty) }
}

impl<T: Lower, E: Lower> Lower for Result<T, E> {
    #[inline]
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        match self {
            Ok(payload) => lower_case::<Self, _, _>(0, payload, cx, flat),
            Err(payload) => lower_case::<Self, _, _>(1, payload, cx, flat),
        }
    }

    #[inline]
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        match self {
            Ok(payload) => store_case::<Self, _, _>(0, payload, cx, addr),
            Err(payload) => store_case::<Self, _, _>(1, payload, cx, addr),
        }
    }
}

impl<T: Lift, E: Lift> Lift for Result<T, E> {
    #[inline]
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        lift_case(cx, flat, |cx, case, flat| {
            Ok(Some(match case {
                0 => Ok(T::lift(cx, flat)?),
                1 => Err(E::lift(cx, flat)?),
                _ => return Ok(None),
            }))
        })
    }

    #[inline]
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        load_case(cx, addr, |cx, case, addr| {
            Ok(Some(match case {
                0 => Ok(T::load(cx, addr)?),
                1 => Err(E::load(cx, addr)?),
                _ => return Ok(None),
            }))
        })
    }
}
