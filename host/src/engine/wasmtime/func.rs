//! Functions on wasmtime: calls and host functions with slots.

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use ::wasmtime as engine;
use engine::{AsContextMut, Caller, StoreContextMut, ValRaw};

use super::values::{cannot_block, opaque, too_few_slots, values, write_results};
use super::{Data, fiber, switch, types};
use crate::engine::{Blocking, Fault, FaultKind, Flow, FuncType, Stack};

/// A function, with the facts of its type that a call needs.
#[derive(Clone, Copy, Debug)]
pub struct CoreFunc {
    pub(super) raw: engine::Func,
    counts: Option<SlotCounts>,
}

/// A signature that slots can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct SlotCounts {
    param_count: u32,
    result_count: u32,
    /// Bit by bit, which of the first [`INLINE_SLOTS`] results have 32 bits.
    narrow_results: u32,
}

impl SlotCounts {
    fn new(ty: &FuncType) -> Option<Self> {
        let first = ty.results.iter().take(INLINE_SLOTS).enumerate();
        let narrow_results = first.fold(0, |bits, (index, ty)| bits | u32::from(ty.is_narrow()) << index);
        let param_count = u32::try_from(ty.params.len()).ok()?;
        let result_count = u32::try_from(ty.results.len()).ok()?;
        ty.fits_slots().then_some(Self { param_count, result_count, narrow_results })
    }

    #[inline]
    fn slot_count(self) -> usize {
        self.param_count.max(self.result_count) as usize
    }
}

/// Slots of a call that lie on the native stack.
const INLINE_SLOTS: usize = 20;

/// Slots of most host functions; clearing more costs time at each call.
const FEW_SLOTS: usize = 4;

impl CoreFunc {
    pub(super) fn new(cx: &StoreContextMut<'_, Data>, raw: engine::Func) -> Self {
        Self { raw, counts: SlotCounts::new(&types::func_type(&raw.ty(cx))) }
    }

    #[inline]
    pub(super) fn call(self, mut cx: StoreContextMut<'_, Data>, slots: &mut [u64], stack: Stack) -> Result<(), Fault> {
        let Some(counts) = self.counts else {
            return Err(opaque());
        };
        if slots.len() < counts.slot_count() {
            return Err(too_few_slots());
        }
        if matches!(stack, Stack::Own) || counts.slot_count() > INLINE_SLOTS {
            return self.call_with_values(cx, slots, stack);
        }
        let mut raw = [const { MaybeUninit::<ValRaw>::uninit() }; INLINE_SLOTS];
        let raw = &mut raw[..counts.slot_count()];
        for (raw, slot) in raw.iter_mut().zip(&*slots) {
            raw.write(ValRaw::u64(*slot));
        }
        let all: *mut [MaybeUninit<ValRaw>] = raw;
        // SAFETY: the array has room for all parameters and all results, whose count comes from the function's own type. All are numbers,
        // for which any bits will do. The caller's stack is asked for, so that no fiber of this engine store runs.
        let called =
            switch::without_blocking(&mut cx, |cx| unsafe { self.raw.call_unchecked(cx, all as *mut [ValRaw]) });
        called.map_err(|error| types::fault(error, FaultKind::Limit))?;
        for (index, slot) in slots[..counts.result_count as usize].iter_mut().enumerate() {
            // SAFETY: all slots up to the larger count were written above, and the call wrote the results again.
            let value = unsafe { raw[index].assume_init_ref() };
            let value = value.get_u64();
            *slot = if counts.narrow_results >> index & 1 == 1 { u64::from(value as u32) } else { value };
        }
        Ok(())
    }

    #[inline(never)]
    fn call_with_values(self, mut cx: StoreContextMut<'_, Data>, slots: &mut [u64], stack: Stack) -> Result<(), Fault> {
        let (params, mut results) = values(self.raw, &cx, slots)?;
        let called = match stack {
            Stack::Callers => switch::without_blocking(&mut cx, |cx| self.raw.call(cx, &params, &mut results)),
            Stack::Own => {
                let mailbox = cx.data().mailbox.clone();
                fiber::finish(&mailbox, self.raw.call_async(&mut cx, &params, &mut results))?
            }
        };
        called.map_err(|error| types::fault(error, FaultKind::Limit))?;
        write_results(slots, &results)
    }
}

/// Defines a host function.
pub(super) fn host_func<F>(
    mut cx: StoreContextMut<'_, Data>,
    ty: &FuncType,
    blocking: Blocking,
    f: F,
) -> Result<CoreFunc, Fault>
where
    F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
{
    let Some(counts) = SlotCounts::new(ty) else {
        return Err(opaque());
    };
    let raw_ty = cx.data().func_types.get(cx.engine(), ty);
    let raw = if matches!(blocking, Blocking::May) && cx.data().suspends {
        fiber::blocking_func(cx.as_context_mut(), raw_ty, ty, f)
    } else {
        returning_func(cx.as_context_mut(), raw_ty, ty, blocking, f)
    };
    Ok(CoreFunc { raw, counts: Some(counts) })
}

/// A host function that returns at once.
fn returning_func<F>(
    cx: StoreContextMut<'_, Data>,
    raw_ty: engine::FuncType,
    ty: &FuncType,
    blocking: Blocking,
    f: F,
) -> engine::Func
where
    F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
{
    let narrow_params = ty.params.iter().map(|ty| ty.is_narrow()).collect::<Vec<_>>();
    let result_count = ty.results.len();
    let run = move |mut caller: Caller<'_, Data>, raw: &mut [MaybeUninit<ValRaw>], slots: &mut [u64]| {
        for ((slot, raw), narrow) in slots.iter_mut().zip(&*raw).zip(&narrow_params) {
            // SAFETY: wasmtime has written as many values as the function has parameters, and there are as many bits.
            let value = unsafe { raw.assume_init_ref() };
            *slot = if *narrow { u64::from(value.get_u32()) } else { value.get_u64() };
        }
        match f(caller.as_context_mut(), slots) {
            Ok(Flow::Return) => {}
            Ok(Flow::Block) => return Err(engine::Error::new(cannot_block(blocking))),
            Err(fault) => return Err(engine::Error::new(fault)),
        }
        for (raw, slot) in raw.iter_mut().zip(slots).take(result_count) {
            raw.write(ValRaw::u64(*slot));
        }
        Ok(())
    };
    let body = move |caller: Caller<'_, Data>, raw: &mut [MaybeUninit<ValRaw>]| {
        let count = raw.len();
        if count <= FEW_SLOTS {
            run(caller, raw, &mut [0; FEW_SLOTS][..count])
        } else if count <= INLINE_SLOTS {
            run(caller, raw, &mut [0; INLINE_SLOTS][..count])
        } else {
            run(caller, raw, &mut alloc::vec![0; count])
        }
    };
    // SAFETY: the body reads as many values as the type has parameters, and writes as many as it has results. All are numbers: for 32
    // bits, wasmtime reads the low half of the slot.
    unsafe { engine::Func::new_unchecked(cx, raw_ty, body) }
}
