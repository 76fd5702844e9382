//! Functions on wasmi: calls and host functions with slots.
//!
//! wasmi has typed calls, which are fast, and calls with dynamic values. Most functions of the canonical ABI take pointers and
//! lengths and return one: those of up to eight `i32` parameters and at most one `i32` result go the typed way ([`Fast`]), all others
//! through values on the native stack.

use alloc::sync::Arc;
use alloc::vec::Vec;

use ::wasmi as engine;
use engine::{AsContextMut, Caller, ResumableCall, ResumableCallHostTrap, StoreContextMut, TypedFunc, Val};

use super::panics;
use super::types::{self, BlockRequest, fault, from_slot, slot_type, to_slot};
use crate::engine::{BackPointer, Blocking, Fault, Flow, FuncType, Progress};

/// A function, with the facts of its type that a call needs.
#[derive(Clone, Copy, Debug)]
pub struct CoreFunc {
    pub(super) raw: engine::Func,
    signature: Signature,
    fast: Fast,
}

/// A guest stack that waits for a host function to answer.
pub struct Suspended {
    /// `None` if the function that was called is that host function: the answer is its result.
    invocation: Option<ResumableCallHostTrap>,
    func: CoreFunc,
}

/// The body of a host function.
pub(super) type Body = Arc<dyn Fn(StoreContextMut<'_, BackPointer>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync>;

impl CoreFunc {
    pub(super) fn new(cx: &StoreContextMut<'_, BackPointer>, raw: engine::Func) -> Self {
        let ty = raw.ty(cx);
        let signature = Signature::new(ty.params(), ty.results());
        Self { raw, signature, fast: Fast::new(cx, raw, ty.params(), ty.results()) }
    }

    pub(super) fn call(self, cx: StoreContextMut<'_, BackPointer>, slots: &mut [u64]) -> Result<(), Fault> {
        match self.fast.call(cx, slots) {
            Ok(done) => done,
            Err(cx) => self.call_with_values(cx, slots),
        }
    }

    #[inline(never)]
    fn call_with_values(self, cx: StoreContextMut<'_, BackPointer>, slots: &mut [u64]) -> Result<(), Fault> {
        let call = |cx: StoreContextMut<'_, BackPointer>, params: &[Val], results: &mut [Val]| {
            self.raw.call(cx, params, results).map_err(fault)?;
            Ok(Progress::Returned)
        };
        self.with_values(cx, slots, call).map(|_| ())
    }

    pub(super) fn start(
        self,
        cx: StoreContextMut<'_, BackPointer>,
        slots: &mut [u64],
    ) -> Result<Progress<Suspended>, Fault> {
        self.with_values(cx, slots, |cx, params, results| match self.raw.call_resumable(cx, params, results) {
            Ok(call) => self.progress(call),
            Err(error) if types::is_block_request(&error) => {
                Ok(Progress::Suspended(Suspended { invocation: None, func: self }))
            }
            Err(error) => Err(fault(error)),
        })
    }

    /// Makes values of the slots and room for results, runs `f`, and puts the results into the slots if it returned.
    fn with_values(
        self,
        cx: StoreContextMut<'_, BackPointer>,
        slots: &mut [u64],
        f: impl FnOnce(StoreContextMut<'_, BackPointer>, &[Val], &mut [Val]) -> Result<Progress<Suspended>, Fault>,
    ) -> Result<Progress<Suspended>, Fault> {
        let mut inline_params = [const { Val::I32(0) }; Packed::MAX_PARAMS];
        let mut inline_results = [const { Val::I32(0) }; Packed::MAX_RESULTS];
        let (mut long_params, mut long_results);
        let (params, results) = match self.signature {
            Signature::Packed(packed) => {
                let params = &mut inline_params[..packed.param_count()];
                read_params(slots, params, |index| packed.param(index))?;
                (params, &mut inline_results[..packed.result_count()])
            }
            Signature::Long => {
                let ty = self.raw.ty(&cx);
                long_params = alloc::vec![Val::I32(0); ty.params().len()];
                long_results = alloc::vec![Val::I32(0); ty.results().len()];
                read_params(slots, &mut long_params, |index| ty.params()[index])?;
                (&mut long_params[..], &mut long_results[..])
            }
            Signature::Opaque => return Err(opaque()),
        };
        let progress = f(cx, params, results)?;
        if matches!(progress, Progress::Returned) {
            write_results(slots, results)?;
        }
        Ok(progress)
    }

    fn progress(self, call: ResumableCall) -> Result<Progress<Suspended>, Fault> {
        match call {
            ResumableCall::Finished => Ok(Progress::Returned),
            ResumableCall::OutOfFuel(_) => Err(Fault::out_of_fuel()),
            ResumableCall::HostTrap(invocation) if types::is_block_request(invocation.host_error()) => {
                Ok(Progress::Suspended(Suspended { invocation: Some(invocation), func: self }))
            }
            ResumableCall::HostTrap(invocation) => Err(fault(invocation.into_host_error())),
        }
    }
}

impl Suspended {
    pub(super) fn resume(
        self,
        mut cx: StoreContextMut<'_, BackPointer>,
        answer: &[u64],
        slots: &mut [u64],
    ) -> Result<Progress<Self>, Fault> {
        let Self { invocation, func } = self;
        let Some(invocation) = invocation else {
            let results = slots.get_mut(..func.raw.ty(&cx).results().len()).ok_or_else(too_few_slots)?;
            results.copy_from_slice(answer.get(..results.len()).ok_or_else(too_few_slots)?);
            return Ok(Progress::Returned);
        };
        let ty = invocation.host_func().ty(&cx);
        let mut inputs = alloc::vec![Val::I32(0); ty.results().len()];
        read_params(answer, &mut inputs, |index| ty.results()[index])?;
        let result_count = func.raw.ty(&cx).results().len();
        let mut results = alloc::vec![Val::I32(0); result_count];
        let call = invocation.resume(cx.as_context_mut(), &inputs, &mut results).map_err(fault)?;
        let progress = func.progress(call)?;
        if matches!(progress, Progress::Returned) {
            write_results(slots, &results)?;
        }
        Ok(progress)
    }
}

/// A host function that belongs to no engine store. wasmi's functions all belong to one, so it is defined in each.
pub struct HostFunc {
    params: Vec<engine::ValType>,
    results: Vec<engine::ValType>,
    signature: Signature,
    host: CoreHostFunc,
}

impl HostFunc {
    pub(super) fn new(ty: &FuncType, blocking: Blocking, body: Body) -> Result<HostFunc, Fault> {
        let to_types = |types: &[_]| types.iter().map(|&ty| slot_type(ty)).collect::<Option<Vec<_>>>();
        let (Some(params), Some(results)) = (to_types(&ty.params), to_types(&ty.results)) else {
            return Err(opaque());
        };
        let signature = Signature::new(&params, &results);
        Ok(HostFunc { params, results, signature, host: CoreHostFunc { body, blocking } })
    }

    /// Defines it in an engine store. Guests call it, and rarely the host, so that a typed call is not prepared.
    pub(super) fn add(&self, mut cx: StoreContextMut<'_, BackPointer>) -> CoreFunc {
        let Self { params, results, signature, host } = self;
        let raw = match Fast::define(cx.as_context_mut(), params, results, host.clone()) {
            Ok(raw) => raw,
            Err(host) => define_with_values(cx, params, results, host),
        };
        CoreFunc { raw, signature: *signature, fast: Fast::No }
    }
}

/// A host function, and whether it may block.
#[derive(Clone)]
struct CoreHostFunc {
    body: Body,
    blocking: Blocking,
}

impl CoreHostFunc {
    #[inline]
    fn call(&self, mut caller: Caller<'_, BackPointer>, slots: &mut [u64]) -> Result<(), engine::Error> {
        match panics::catch(|| (self.body)(caller.as_context_mut(), slots))? {
            Ok(Flow::Return) => Ok(()),
            Ok(Flow::Block) => Err(block(self.blocking)),
            Err(fault) => Err(engine::Error::host(fault)),
        }
    }
}

#[cold]
fn block(blocking: Blocking) -> engine::Error {
    match blocking {
        Blocking::May => engine::Error::host(BlockRequest),
        Blocking::Never => engine::Error::host(Fault::misuse("a host function that never blocks asked to block")),
    }
}

fn define_with_values(
    cx: StoreContextMut<'_, BackPointer>,
    params: &[engine::ValType],
    results: &[engine::ValType],
    host: CoreHostFunc,
) -> engine::Func {
    const INLINE: usize = Packed::MAX_PARAMS;
    let slot_count = params.len().max(results.len());
    let result_types = results.to_vec();
    let ty = engine::FuncType::new(params.iter().copied(), results.iter().copied());
    engine::Func::new(cx, ty, move |caller, params, results| {
        let mut inline = [0; INLINE];
        let mut long;
        let slots = if slot_count <= INLINE {
            &mut inline[..slot_count]
        } else {
            long = alloc::vec![0; slot_count];
            &mut long[..]
        };
        for (slot, param) in slots.iter_mut().zip(params) {
            *slot = to_slot(param).unwrap_or_default();
        }
        host.call(caller, slots)?;
        for ((result, ty), slot) in results.iter_mut().zip(&result_types).zip(slots) {
            *result = from_slot(*ty, *slot).unwrap_or(Val::I32(0));
        }
        Ok(())
    })
}

#[inline]
fn read_params(slots: &[u64], params: &mut [Val], ty: impl Fn(usize) -> engine::ValType) -> Result<(), Fault> {
    let Some(slots) = slots.get(..params.len()) else {
        return Err(too_few_slots());
    };
    for (index, (param, slot)) in params.iter_mut().zip(slots).enumerate() {
        *param = from_slot(ty(index), *slot).ok_or_else(opaque)?;
    }
    Ok(())
}

#[inline]
fn write_results(slots: &mut [u64], results: &[Val]) -> Result<(), Fault> {
    let Some(slots) = slots.get_mut(..results.len()) else {
        return Err(too_few_slots());
    };
    for (slot, result) in slots.iter_mut().zip(results) {
        *slot = to_slot(result).ok_or_else(opaque)?;
    }
    Ok(())
}

#[cold]
fn opaque() -> Fault {
    Fault::misuse("slots cannot hold the signature of this function")
}

#[cold]
fn too_few_slots() -> Fault {
    Fault::misuse("a call has fewer slots than its function has parameters or results")
}

/// The type of a function, as far as a call must know it.
#[derive(Clone, Copy, Debug)]
enum Signature {
    Packed(Packed),
    /// Too long to pack: looked up at each call.
    Long,
    /// Slots cannot hold it.
    Opaque,
}

impl Signature {
    fn new(params: &[engine::ValType], results: &[engine::ValType]) -> Self {
        if params.iter().chain(results).any(|&ty| from_slot(ty, 0).is_none()) {
            return Self::Opaque;
        }
        Packed::new(params, results).map_or(Self::Long, Self::Packed)
    }
}

/// A signature in a word: two bits for each type, those of parameters first, then those of results, then the two counts.
#[derive(Clone, Copy, Debug)]
struct Packed(u64);

impl Packed {
    const MAX_PARAMS: usize = 20;
    const MAX_RESULTS: usize = 7;
    const RESULTS_AT: usize = 2 * Self::MAX_PARAMS;
    const PARAM_COUNT_AT: usize = Self::RESULTS_AT + 16;
    const RESULT_COUNT_AT: usize = Self::PARAM_COUNT_AT + 5;
    const TYPES: [engine::ValType; 4] =
        [engine::ValType::I32, engine::ValType::I64, engine::ValType::F32, engine::ValType::F64];

    fn new(params: &[engine::ValType], results: &[engine::ValType]) -> Option<Self> {
        if params.len() > Self::MAX_PARAMS || results.len() > Self::MAX_RESULTS {
            return None;
        }
        let counts = (params.len() << Self::PARAM_COUNT_AT) | (results.len() << Self::RESULT_COUNT_AT);
        let mut packed = counts as u64;
        for (index, ty) in params.iter().enumerate() {
            packed |= Self::code(*ty)? << (2 * index);
        }
        for (index, ty) in results.iter().enumerate() {
            packed |= Self::code(*ty)? << (Self::RESULTS_AT + 2 * index);
        }
        Some(Self(packed))
    }

    fn code(ty: engine::ValType) -> Option<u64> {
        Self::TYPES.iter().position(|&known| known == ty).map(|code| code as u64)
    }

    fn param_count(self) -> usize {
        (self.0 >> Self::PARAM_COUNT_AT & 31) as usize
    }

    fn result_count(self) -> usize {
        (self.0 >> Self::RESULT_COUNT_AT) as usize
    }

    fn param(self, index: usize) -> engine::ValType {
        Self::TYPES[(self.0 >> (2 * index) & 3) as usize]
    }
}

/// Declares [`Fast`]: one variant for each number of `i32` parameters, without and with an `i32` result.
macro_rules! fast {
    ($($count:literal $void:ident $word:ident ($($param:ident: $ty:ty),*);)*) => {
        /// A typed call, where wasmi's is worth while.
        #[derive(Clone, Copy, Debug)]
        enum Fast {
            No,
            $(
                $void(TypedFunc<($($ty,)*), ()>),
                $word(TypedFunc<($($ty,)*), u32>),
            )*
        }

        impl Fast {
            fn new(
                cx: &StoreContextMut<'_, BackPointer>,
                raw: engine::Func,
                params: &[engine::ValType],
                results: &[engine::ValType],
            ) -> Self {
                let fast = match (Self::shape(params), results) {
                    $(
                        (Some($count), []) => raw.typed(cx).map(Self::$void),
                        (Some($count), [engine::ValType::I32]) => raw.typed(cx).map(Self::$word),
                    )*
                    (_, _) => return Self::No,
                };
                fast.unwrap_or(Self::No)
            }

            /// The call's outcome. `Err` returns the context if the function has no typed call.
            #[inline]
            fn call<'a>(
                self,
                cx: StoreContextMut<'a, BackPointer>,
                slots: &mut [u64],
            ) -> Result<Result<(), Fault>, StoreContextMut<'a, BackPointer>> {
                Ok(match self {
                    Self::No => return Err(cx),
                    $(
                        Self::$void(func) => match slots.first_chunk::<$count>() {
                            Some(&[$($param),*]) => func.call(cx, ($($param as $ty,)*)).map_err(fault),
                            None => Err(too_few_slots()),
                        },
                        Self::$word(func) => match (slots.first_chunk::<$count>(), slots.is_empty()) {
                            (Some(&[$($param),*]), false) => match func.call(cx, ($($param as $ty,)*)) {
                                Ok(result) => {
                                    slots[0] = u64::from(result);
                                    Ok(())
                                }
                                Err(error) => Err(fault(error)),
                            },
                            (_, _) => Err(too_few_slots()),
                        },
                    )*
                })
            }

            /// The host function. `Err` returns the body if it has no typed definition.
            fn define(
                cx: StoreContextMut<'_, BackPointer>,
                params: &[engine::ValType],
                results: &[engine::ValType],
                host: CoreHostFunc,
            ) -> Result<engine::Func, CoreHostFunc> {
                Ok(match (Self::shape(params), results) {
                    $(
                        (Some($count), []) => engine::Func::wrap(cx, move |caller: Caller<'_, BackPointer>, $($param: $ty),*| {
                            let mut slots: [u64; $count] = [$(u64::from($param)),*];
                            host.call(caller, &mut slots)
                        }),
                        (Some($count), [engine::ValType::I32]) => {
                            engine::Func::wrap(cx, move |caller: Caller<'_, BackPointer>, $($param: $ty),*| {
                                let mut slots = [0; if $count == 0 { 1 } else { $count }];
                                slots[..$count].copy_from_slice(&[$(u64::from($param)),*]);
                                host.call(caller, &mut slots)?;
                                Ok::<u32, engine::Error>(slots[0] as u32)
                            })
                        }
                    )*
                    (_, _) => return Err(host),
                })
            }
        }
    };
}

fast! {
    0 Void0 Word0 ();
    1 Void1 Word1 (a: u32);
    2 Void2 Word2 (a: u32, b: u32);
    3 Void3 Word3 (a: u32, b: u32, c: u32);
    4 Void4 Word4 (a: u32, b: u32, c: u32, d: u32);
    5 Void5 Word5 (a: u32, b: u32, c: u32, d: u32, e: u32);
    6 Void6 Word6 (a: u32, b: u32, c: u32, d: u32, e: u32, f: u32);
    7 Void7 Word7 (a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32);
    8 Void8 Word8 (a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32);
}

impl Fast {
    /// The number of the parameters, if all are `i32`.
    fn shape(params: &[engine::ValType]) -> Option<usize> {
        params.iter().all(|&ty| ty == engine::ValType::I32).then_some(params.len())
    }
}
