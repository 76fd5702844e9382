//! Elements of streams and futures in the memory that built-ins copy from and to.
//!
//! If the canonical form of a type is its form in Rust, built-ins copy from and to the elements themselves. Natively this is
//! so for all types, since both ends belong to one program.

#[cfg_attr(target_arch = "wasm32", path = "element/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "element/native.rs")]
mod conversion;

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::ptr::NonNull;

pub(super) use conversion::{Kept, conversion, future_end, stream_end};

use crate::desc::TypeDesc;
use crate::end::EndEntry;
use crate::transfer::{Lift, Lower};

/// An element type of streams and futures.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a type of WIT that a stream or a future can have")]
pub trait Element: Lift + Lower + 'static {}

impl<T: Lift + Lower + 'static> Element for T {}

/// The type of the elements in a description. `None` if they hold nothing.
pub(super) const fn described<T: Element>() -> Option<&'static TypeDesc> {
    if matches!(T::DESC, TypeDesc::Tuple([])) { None } else { Some(T::DESC) }
}

/// The form of elements of a type in memory.
pub(super) struct Form<T> {
    /// The size of one in bytes.
    pub(super) size: usize,
    align: usize,
    /// `None` if it is the form in Rust.
    pub(super) conversion: Option<Conversion<T>>,
}

/// The conversion of elements to their canonical form and from it.
pub(super) struct Conversion<T> {
    /// Writes the canonical form of an element. The caller keeps the element and its buffers as long as that form is used.
    pub(super) store: unsafe fn(&T, &mut Kept, *mut u8),
    /// Reads an element.
    pub(super) load: unsafe fn(*const u8, &'static [EndEntry]) -> T,
    /// Takes the handles out of an element, because the other side owns them now.
    pub(super) give_away: fn(&T),
}

impl<T: Element> Form<T> {
    /// The form of a type.
    pub(super) const OF: Form<T> = {
        let conversion = conversion::<T>();
        let (size, align) = match &conversion {
            Some(_) => (T::ABI.size as usize, T::ABI.align as usize),
            None => (size_of::<T>(), align_of::<T>()),
        };
        Form { size, align, conversion }
    };
}

impl<T> Form<T> {
    /// Memory for elements in their canonical form.
    pub(super) fn block(&self, len: usize) -> Block {
        let layout = self.size.checked_mul(len).and_then(|size| Layout::from_size_align(size, self.align).ok());
        Block::new(layout.unwrap_or_else(|| panic!("no memory has room for {len} elements")))
    }
}

/// Allocated memory.
#[derive(Debug)]
pub(super) struct Block {
    address: NonNull<u8>,
    layout: Layout,
}

// SAFETY: it owns its memory, as a box does. Natively operations stay on their thread, whose table they are in.
#[cfg(target_arch = "wasm32")]
unsafe impl Send for Block {}
// SAFETY: as above.
#[cfg(target_arch = "wasm32")]
unsafe impl Sync for Block {}

impl Block {
    fn new(layout: Layout) -> Block {
        if layout.size() == 0 {
            // No bytes are read or written there, but the address is aligned.
            let address = core::ptr::without_provenance_mut(layout.align());
            return Block { address: NonNull::new(address).unwrap_or(NonNull::dangling()), layout };
        }
        // SAFETY: the size is not zero.
        let Some(address) = NonNull::new(unsafe { alloc(layout) }) else { handle_alloc_error(layout) };
        Block { address, layout }
    }

    pub(super) fn as_ptr(&self) -> *mut u8 {
        self.address.as_ptr()
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        if self.layout.size() != 0 {
            // SAFETY: `new` allocated it with this layout.
            unsafe { dealloc(self.as_ptr(), self.layout) }
        }
    }
}
