//! Functions on wasmtime: calls and host functions with slots.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::mem::MaybeUninit;

use ::wasmtime as engine;
use engine::{AsContextMut, Caller, StoreContextMut, ValRaw};

use super::types::val_type;
use super::values::{cannot_block, opaque, too_few_slots, values, write_results};
use super::{Data, Engine, fiber, switch, types};
use crate::engine::{Blocking, CoreEngine as _, Fault, FaultKind, Flow, FuncType, Stack, ValType};

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
        Self::of(ty.params.iter().copied(), ty.results.iter().copied())
    }

    fn of(params: impl Iterator<Item = ValType>, results: impl Iterator<Item = ValType>) -> Option<Self> {
        let mut counts = Self { param_count: 0, result_count: 0, narrow_results: 0 };
        for ty in params {
            ty.fits_slot().then_some(())?;
            counts.param_count += 1;
        }
        for ty in results {
            ty.fits_slot().then_some(())?;
            if (counts.result_count as usize) < INLINE_SLOTS {
                counts.narrow_results |= u32::from(ty.is_narrow()) << counts.result_count;
            }
            counts.result_count += 1;
        }
        Some(counts)
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
        let ty = raw.ty(cx);
        let counts = SlotCounts::of(ty.params().map(|ty| val_type(&ty)), ty.results().map(|ty| val_type(&ty)));
        Self { raw, counts }
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
        // SAFETY: the body is that of a function of this type.
        unsafe { engine::Func::new_unchecked(cx, raw_ty, returning_body(ty, blocking, f)) }
    };
    Ok(CoreFunc { raw, counts: Some(counts) })
}

/// A host function that belongs to no engine store.
pub struct HostFunc {
    counts: SlotCounts,
    kind: HostFuncKind,
}

enum HostFuncKind {
    /// It returns at once. Of wasmtime's objects, only a linker holds functions without a store: this one holds one.
    Returning(engine::Linker<Data>),
    /// It may block: it is made anew for each engine store.
    Blocking(FuncType, Body),
}

/// The body of a host function that may block.
type Body = Arc<dyn Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync>;

impl HostFunc {
    pub(super) fn new<F>(
        (engine, types): (&engine::Engine, &types::FuncTypes),
        ty: &FuncType,
        blocking: Blocking,
        f: F,
    ) -> Result<HostFunc, Fault>
    where
        F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
    {
        let counts = SlotCounts::new(ty).ok_or_else(opaque)?;
        let kind = match blocking {
            Blocking::May => HostFuncKind::Blocking(ty.clone(), Arc::new(f)),
            Blocking::Never => {
                let mut linker = engine::Linker::new(engine);
                let body = returning_body(ty, blocking, f);
                // SAFETY: the body is that of a function of this type.
                let defined = unsafe { linker.func_new_unchecked("", "", types.get(engine, ty), body) };
                defined.map_err(|error| types::fault(error, FaultKind::Limit))?;
                HostFuncKind::Returning(linker)
            }
        };
        Ok(HostFunc { counts, kind })
    }

    pub(super) fn add(&self, cx: StoreContextMut<'_, Data>) -> Result<CoreFunc, Fault> {
        match &self.kind {
            HostFuncKind::Returning(linker) => {
                if !engine::Engine::same(linker.engine(), cx.engine()) {
                    return Err(Fault::misuse("the host function was made by another engine"));
                }
                let func = linker.iter(cx).find_map(|(_, _, item)| item.into_func());
                let raw = func.unwrap_or_else(|| unreachable!("the linker holds one function"));
                Ok(CoreFunc { raw, counts: Some(self.counts) })
            }
            HostFuncKind::Blocking(ty, body) => {
                let body = body.clone();
                Engine::host_func(cx, ty, Blocking::May, move |cx, slots| body(cx, slots))
            }
        }
    }
}

/// The body of a host function of a type: it reads as many values as the type has parameters, and writes as many as it has results.
/// All are numbers: for 32 bits, wasmtime reads the low half of the slot.
fn returning_body<F>(
    ty: &FuncType,
    blocking: Blocking,
    f: F,
) -> impl Fn(Caller<'_, Data>, &mut [MaybeUninit<ValRaw>]) -> engine::Result<()> + Send + Sync + 'static
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
    move |caller: Caller<'_, Data>, raw: &mut [MaybeUninit<ValRaw>]| {
        let count = raw.len();
        if count <= FEW_SLOTS {
            run(caller, raw, &mut [0; FEW_SLOTS][..count])
        } else if count <= INLINE_SLOTS {
            run(caller, raw, &mut [0; INLINE_SLOTS][..count])
        } else {
            run(caller, raw, &mut alloc::vec![0; count])
        }
    }
}
