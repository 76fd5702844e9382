//! A guest's own linear memory: addresses are pointers, and buffers change owner.

use alloc::alloc::dealloc;
use alloc::string::String;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::convert::Infallible;
use core::ptr;

use crate::desc::{ResourceDesc, TypeDesc};
use crate::end::{self, EndEntry};
use crate::guest::scratch::Scratch;
use crate::layout::TypeAbi;
use crate::transfer::{Cx, LiftCx, Lower, LowerCx, Number};
use crate::trap::Trap;

/// Lifts values from the host. The host has checked them all (`CanonicalABI.md#lifting-and-lowering-context`).
#[derive(Debug)]
pub(crate) struct Incoming {
    ends: &'static [EndEntry],
}

impl Incoming {
    /// A context for one transfer; `ends` are the types of streams and futures of the world.
    ///
    /// # Safety
    /// The host has lowered the values as the types that they are lifted as, and each is lifted once.
    #[inline]
    pub(crate) const unsafe fn new(ends: &'static [EndEntry]) -> Incoming {
        Incoming { ends }
    }
}

/// Lowers values to the host.
#[derive(Debug)]
pub(crate) struct Outgoing {
    scratch: Scratch,
    gives_away: bool,
    is_result: bool,
}

impl Outgoing {
    #[inline]
    pub(crate) const fn new() -> Outgoing {
        Outgoing { scratch: Scratch::new(), gives_away: true, is_result: false }
    }

    /// For the result of a function without `async`.
    #[inline]
    pub(crate) const fn result() -> Outgoing {
        Outgoing { scratch: Scratch::new(), gives_away: true, is_result: true }
    }

    /// For values that the receiver takes later, or never: their handles leave with [`give_away`].
    #[inline]
    pub(crate) const fn deferred() -> Outgoing {
        Outgoing { scratch: Scratch::new(), gives_away: false, is_result: false }
    }

    /// A buffer that is freed with the context, aligned for all values.
    pub(crate) fn alloc(&mut self, size: usize) -> *mut u8 {
        self.scratch.alloc(size)
    }
}

/// Takes the handles of a value that was lowered to an [`Outgoing::deferred`] from their owner: the receiver has them now.
pub(crate) fn give_away<T: Lower>(value: &T) {
    if const { T::LAYOUT.has_handles } {
        let Ok(()) = value.store(&mut Leaving, 0);
    }
}

/// Lowers nothing: handles leave their owner.
struct Leaving;

/// Frees a buffer that came from `cabi_realloc`.
///
/// # Safety
/// The buffer has this size and alignment, and nobody uses it any more.
#[inline]
pub(crate) unsafe fn free(ptr: u32, size: u32, align: u32) {
    if size != 0 {
        // SAFETY: an allocation of this size and alignment exists, so that the layout is valid.
        let layout = unsafe { Layout::from_size_align_unchecked(size as usize, align as usize) };
        // SAFETY: `cabi_realloc` allocated it with this layout.
        unsafe { dealloc(ptr as usize as *mut u8, layout) }
    }
}

/// Takes a buffer over as a vector.
///
/// # Safety
/// The buffer came from `cabi_realloc`, holds `len` values, and nobody else owns it.
#[inline]
unsafe fn take<T>(ptr: u32, len: u32) -> Vec<T> {
    if len == 0 {
        return Vec::new();
    }
    let len = len as usize;
    // SAFETY: `cabi_realloc` allocated it with the alignment and size of `len` values, in the global allocator.
    unsafe { Vec::from_raw_parts(ptr as usize as *mut T, len, len) }
}

impl Cx for Incoming {
    type Error = Infallible;

    #[inline]
    fn trap(&self, _: Trap) -> Infallible {
        core::arch::wasm32::unreachable()
    }
}

impl LiftCx for Incoming {
    #[inline]
    fn read<const N: usize>(&mut self, addr: u32) -> Result<[u8; N], Infallible> {
        // SAFETY: the address is in a value that the host has lowered, as promised to `Incoming::new`.
        Ok(unsafe { (addr as usize as *const [u8; N]).read() })
    }

    #[inline]
    fn lift_string(&mut self, ptr: u32, units: u32) -> Result<String, Infallible> {
        // SAFETY: the host has allocated the string's bytes with `cabi_realloc` and gives them to us.
        let bytes = unsafe { take(ptr, units) };
        // SAFETY: the bindings declare UTF-8, and the host transcodes strings that it lowers.
        Ok(unsafe { String::from_utf8_unchecked(bytes) })
    }

    #[inline]
    fn enter_list(&mut self, _: TypeAbi, _: u32, _: u32) -> Result<(), Infallible> {
        Ok(())
    }

    #[inline]
    fn leave_list(&mut self, element: TypeAbi, ptr: u32, len: u32) {
        // SAFETY: the host has allocated the list with `cabi_realloc`, and its elements have been lifted.
        unsafe { free(ptr, element.size.wrapping_mul(len), element.align) }
    }

    #[inline]
    fn lift_numbers<T: Number>(&mut self, ptr: u32, len: u32) -> Result<Vec<T>, Infallible> {
        // SAFETY: the host has allocated the list with `cabi_realloc` and gives it to us; its numbers are in the form that they have in Rust.
        Ok(unsafe { take(ptr, len) })
    }

    #[inline]
    fn lift_own(&mut self, _: &'static ResourceDesc, index: u32) -> Result<u64, Infallible> {
        Ok(u64::from(index))
    }

    #[inline]
    fn lift_borrow(&mut self, _: &'static ResourceDesc, index: u32) -> Result<u64, Infallible> {
        Ok(u64::from(index))
    }

    #[inline]
    fn lift_end(&mut self, _: &'static TypeDesc, index: u32) -> Result<u64, Infallible> {
        Ok(u64::from(index))
    }

    #[inline]
    fn lift_reader<Reader: 'static>(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, Infallible> {
        let Some(vtable) = end::find::<Reader>(self.ends) else { core::arch::wasm32::unreachable() };
        let vtable = ptr::from_ref(vtable).expose_provenance() as u64;
        Ok(vtable << u32::BITS | self.lift_end(ty, index)?)
    }

    #[inline]
    fn lift_error_context(&mut self, index: u32) -> Result<u64, Infallible> {
        Ok(u64::from(index))
    }
}

impl Cx for Outgoing {
    type Error = Infallible;

    #[inline]
    fn trap(&self, _: Trap) -> Infallible {
        core::arch::wasm32::unreachable()
    }
}

impl LowerCx for Outgoing {
    #[inline]
    fn write<const N: usize>(&mut self, addr: u32, bytes: [u8; N]) -> Result<(), Infallible> {
        // SAFETY: addresses come from `alloc_list` and from the areas of the call, with room for the value.
        unsafe { (addr as usize as *mut [u8; N]).write(bytes) }
        Ok(())
    }

    #[inline]
    fn alloc_list(&mut self, element: TypeAbi, len: usize) -> Result<(u32, u32), Infallible> {
        let Some(size) = len.checked_mul(element.size as usize) else { core::arch::wasm32::unreachable() };
        let ptr = if size == 0 { element.align } else { self.scratch.alloc(size) as usize as u32 };
        Ok((ptr, len as u32))
    }

    #[inline]
    fn lower_str(&mut self, text: &str) -> Result<(u32, u32), Infallible> {
        Ok((text.as_ptr() as usize as u32, text.len() as u32))
    }

    #[inline]
    fn lower_numbers<T: Number>(&mut self, numbers: &[T]) -> Result<(u32, u32), Infallible> {
        Ok((numbers.as_ptr() as usize as u32, numbers.len() as u32))
    }

    #[inline]
    fn write_numbers<T: Number>(&mut self, numbers: &[T], addr: u32) -> Result<(), Infallible> {
        // SAFETY: there is room for the numbers at the address, in the form that they have in Rust, and nothing else uses it.
        unsafe { core::ptr::copy_nonoverlapping(numbers.as_ptr(), addr as usize as *mut T, numbers.len()) }
        Ok(())
    }

    #[inline]
    fn gives_away(&self) -> bool {
        self.gives_away
    }

    #[inline]
    fn is_result(&self) -> bool {
        self.is_result
    }

    #[inline]
    fn lower_own(&mut self, _: &'static ResourceDesc, handle: u64) -> Result<u32, Infallible> {
        Ok(handle as u32)
    }

    #[inline]
    fn lower_borrow(&mut self, _: &'static ResourceDesc, handle: u64) -> Result<u32, Infallible> {
        Ok(handle as u32)
    }

    #[inline]
    fn lower_end(&mut self, _: &'static TypeDesc, index: u64) -> Result<u32, Infallible> {
        Ok(index as u32)
    }

    #[inline]
    fn lower_error_context(&mut self, index: u64) -> Result<u32, Infallible> {
        Ok(index as u32)
    }
}

impl Cx for Leaving {
    type Error = Infallible;

    #[inline]
    fn trap(&self, _: Trap) -> Infallible {
        core::arch::wasm32::unreachable()
    }
}

impl LowerCx for Leaving {
    #[inline]
    fn write<const N: usize>(&mut self, _: u32, _: [u8; N]) -> Result<(), Infallible> {
        Ok(())
    }

    #[inline]
    fn alloc_list(&mut self, _: TypeAbi, _: usize) -> Result<(u32, u32), Infallible> {
        Ok((0, 0))
    }

    #[inline]
    fn lower_str(&mut self, _: &str) -> Result<(u32, u32), Infallible> {
        Ok((0, 0))
    }

    #[inline]
    fn lower_numbers<T: Number>(&mut self, _: &[T]) -> Result<(u32, u32), Infallible> {
        Ok((0, 0))
    }

    #[inline]
    fn write_numbers<T: Number>(&mut self, _: &[T], _: u32) -> Result<(), Infallible> {
        Ok(())
    }

    #[inline]
    fn lower_own(&mut self, _: &'static ResourceDesc, _: u64) -> Result<u32, Infallible> {
        Ok(0)
    }

    #[inline]
    fn lower_borrow(&mut self, _: &'static ResourceDesc, _: u64) -> Result<u32, Infallible> {
        Ok(0)
    }

    #[inline]
    fn lower_end(&mut self, _: &'static TypeDesc, _: u64) -> Result<u32, Infallible> {
        Ok(0)
    }

    #[inline]
    fn lower_error_context(&mut self, _: u64) -> Result<u32, Infallible> {
        Ok(0)
    }
}
