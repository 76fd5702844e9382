//! The guest runtime, which generated bindings call on `wasm32` (`CanonicalABI.md#canon-lift`, `#canon-lower`).
//!
//! Values are lowered by reference. An import's arguments stay where they are during the call; an export's
//! result is kept, with the buffers that its canonical form needed, until `post-return` drops it as a whole. So strings
//! and lists of numbers are never copied, and no code that frees a canonical form is generated for any type.

pub(crate) mod memory;
#[cfg(feature = "realloc")]
mod realloc;
mod scratch;

use core::mem::MaybeUninit;

use crate::end::EndEntry;
use crate::flat::{FlatReader, FlatWriter};
use crate::flatten::{Convention, FuncAbi, SLOTS};
use crate::guest::memory::{Incoming, Outgoing};
use crate::transfer::{ComponentType, Lift, Lower};

// It has `memcmp` and the like, which the compiler calls. Where there is std, std links it.
#[cfg(all(target_os = "wasi", not(feature = "std")))]
#[link(name = "c")]
unsafe extern "C" {}

/// Memory for values that are not passed flat, with the alignment that they need.
pub type Area<const WORDS: usize> = [MaybeUninit<u64>; WORDS];

/// An [`Area`] that is not initialized.
#[must_use]
#[inline]
pub const fn area<const WORDS: usize>() -> Area<WORDS> {
    [const { MaybeUninit::uninit() }; WORDS]
}

/// The number of words that an [`import`] of this type needs in its area.
#[must_use]
pub const fn import_words<P: ComponentType, R: ComponentType>() -> usize {
    func::<P, R>().area_words(Convention::Lower) as usize
}

/// The number of words that an [`export_plain`] of this type needs in its area.
#[must_use]
pub const fn export_words<R: ComponentType>() -> usize {
    func::<(), R>().area_words(Convention::Lift) as usize
}

const fn func<P: ComponentType, R: ComponentType>() -> FuncAbi {
    FuncAbi { params: P::ABI, result: R::ABI }
}

/// Calls an import. `ends` are the types of streams and futures that the result may hold. `call` takes the core parameters as
/// 64-bit slots, and returns the core result, or 0 if the signature has none.
///
/// # Safety
/// `call` is the import, whose type is `P` to `R`; `area` has [`import_words`] words.
#[inline]
pub unsafe fn import<P: Lower, R: Lift>(
    params: &P,
    ends: &'static [EndEntry],
    area: &mut [MaybeUninit<u64>],
    call: impl FnOnce(&[u64]) -> u64,
) -> R {
    let mut outgoing = Outgoing::new();
    let mut slots = SLOTS;
    let mut flat = FlatWriter::new(&mut slots);
    let mut result_area = area.as_mut_ptr();
    if const { func::<P, R>().params_in_memory(Convention::Lower) } {
        let addr = result_area as usize as u32;
        let Ok(()) = params.store(&mut outgoing, addr);
        flat.push(u64::from(addr));
        result_area = result_area.wrapping_add(const { P::ABI.words() as usize });
    } else {
        let Ok(()) = params.lower(&mut outgoing, &mut flat);
    }
    let indirect = const { func::<P, R>().result_in_memory(Convention::Lower) };
    if indirect {
        flat.push(result_area as usize as u64);
    }
    let result = call(&slots);
    // SAFETY: the callee has written or returned a value of type `R`, whose buffers came from `cabi_realloc`.
    let mut incoming = unsafe { Incoming::new(ends) };
    let Ok(result) = if indirect {
        R::load(&mut incoming, result_area as usize as u32)
    } else {
        R::lift(&mut incoming, &mut FlatReader::new(&[result]))
    };
    result
}

/// Lifts the parameters of an export.
///
/// # Safety
/// `flat` are the core parameters of a call of an export whose parameters are `P`; they are lifted once.
#[inline]
pub(crate) unsafe fn params<P: Lift>(flat: &[u64], ends: &'static [EndEntry]) -> P {
    // SAFETY: the caller has written values of type `P`, whose buffers came from `cabi_realloc`.
    let mut incoming = unsafe { Incoming::new(ends) };
    if const { func::<P, ()>().params_in_memory(Convention::Lift) } {
        let addr = flat[0] as u32;
        let Ok(params) = P::load(&mut incoming, addr);
        // SAFETY: the caller allocated the parameters with `cabi_realloc`, and they have been read.
        unsafe { memory::free(addr, P::ABI.size, P::ABI.align) }
        params
    } else {
        let Ok(params) = P::lift(&mut incoming, &mut FlatReader::new(flat));
        params
    }
}

/// Runs an export whose result has no strings and no lists, so that nothing outlives the call: the core result is the
/// value, or the address of `area` with the value in it.
///
/// # Safety
/// `flat` are the core parameters of a call of an export of type `P` to `R`; `area` points to [`export_words`] words that
/// only this export uses.
#[inline]
pub unsafe fn export_plain<P: Lift, R: Lower>(
    flat: &[u64],
    ends: &'static [EndEntry],
    area: *mut MaybeUninit<u64>,
    body: impl FnOnce(P) -> R,
) -> u64 {
    // SAFETY: as the caller promises.
    let result = body(unsafe { params(flat, ends) });
    let mut outgoing = Outgoing::result();
    if const { func::<(), R>().result_in_memory(Convention::Lift) } {
        let Ok(()) = result.store(&mut outgoing, area as usize as u32);
        area as usize as u64
    } else {
        let mut slots = [0; Convention::Lift.max_flat_results()];
        let Ok(()) = result.lower(&mut outgoing, &mut FlatWriter::new(&mut slots));
        slots[0]
    }
}

/// Runs an export whose result has strings or lists. The core result is the address of the value's canonical form. That is
/// kept, with everything that it points to, until [`post_return`].
///
/// # Safety
/// `flat` are the core parameters of a call of an export of type `P` to `R`.
#[inline]
pub unsafe fn export<P: Lift, R: Lower>(flat: &[u64], ends: &'static [EndEntry], body: impl FnOnce(P) -> R) -> u64 {
    // SAFETY: as the caller promises.
    let result = body(unsafe { params(flat, ends) });
    scratch::keep(result) as usize as u64
}

/// Drops the result that [`export`] kept.
///
/// # Safety
/// `result` is the core result of an [`export`] with the same `R`, and this is its only `post-return`.
#[inline]
pub unsafe fn post_return<R: Lower>(result: u32) {
    // SAFETY: as the caller promises.
    unsafe { scratch::drop_kept::<R>(result as usize as *mut u8) }
}

/// The memory for the results of one export; see [`export_plain`].
#[derive(Debug)]
pub struct ReturnArea<const WORDS: usize>(core::cell::UnsafeCell<Area<WORDS>>);

// SAFETY: a component instance runs one call's return at a time: the host reads the area before anything else runs.
unsafe impl<const WORDS: usize> Sync for ReturnArea<WORDS> {}

impl<const WORDS: usize> ReturnArea<WORDS> {
    /// An area that is not initialized.
    #[must_use]
    pub const fn new() -> Self {
        ReturnArea(core::cell::UnsafeCell::new(area()))
    }

    /// Its address.
    #[must_use]
    pub const fn get(&self) -> *mut MaybeUninit<u64> {
        self.0.get().cast()
    }
}

impl<const WORDS: usize> Default for ReturnArea<WORDS> {
    fn default() -> Self {
        ReturnArea::new()
    }
}
