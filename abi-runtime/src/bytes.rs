//! A memory of bytes, whose `realloc` is a bump allocator: for native tests of bindings.
//!
//! Values are lowered to it and lifted from it by the rules of a guest's memory, so native tests find mistakes of layout
//! and of handles.

use alloc::sync::Arc;
use alloc::vec::Vec;

use crate::desc::{ResourceDesc, TypeDesc};
use crate::flat::FlatWriter;
use crate::layout::{MAX_FLAT_PARAMS, align_to};
use crate::string::StringEncoding;
use crate::transfer::{Keeper, Lift, Lower};
use crate::trap::Trap;
use crate::view::{GuestMemory, Handles, LiftView, LowerView};

/// The core values of a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FlatValues {
    slots: [u64; MAX_FLAT_PARAMS],
    len: usize,
}

impl FlatValues {
    /// The values.
    #[must_use]
    #[inline]
    pub fn as_slice(&self) -> &[u64] {
        self.slots.get(..self.len).unwrap_or_default()
    }
}

/// A call of `realloc` and its result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReallocCall {
    /// The block to move, or 0.
    pub old_ptr: u32,
    /// Its size in bytes.
    pub old_size: u32,
    /// The alignment in bytes.
    pub align: u32,
    /// The size in bytes of the new block.
    pub new_size: u32,
    /// The new block.
    pub ptr: u32,
}

/// A memory of bytes. It grows as values are lowered to it. A block keeps its address if it shrinks, and gets another one if it
/// grows.
#[derive(Clone, Debug)]
pub struct ByteMemory {
    bytes: Vec<u8>,
    encoding: StringEncoding,
    calls: Vec<ReallocCall>,
}

impl ByteMemory {
    /// The address of the first block; 0 is the address of none.
    const START: usize = 8;

    /// An empty memory, with strings in this encoding.
    #[must_use]
    pub fn new(encoding: StringEncoding) -> ByteMemory {
        ByteMemory { bytes: alloc::vec![0; ByteMemory::START], encoding, calls: Vec::new() }
    }

    /// A memory with these bytes.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>, encoding: StringEncoding) -> ByteMemory {
        ByteMemory { bytes, encoding, calls: Vec::new() }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its bytes, mutably.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// The calls of `realloc` so far.
    #[must_use]
    pub fn realloc_calls(&self) -> &[ReallocCall] {
        &self.calls
    }

    /// Lowers parameters or a result, flat up to `max_flat` flat values.
    ///
    /// # Errors
    /// The errors of `handles`; a value too large for a memory.
    pub fn lower<T: Lower + ?Sized, H: Handles>(
        &mut self,
        handles: &mut H,
        max_flat: usize,
        values: &T,
    ) -> Result<FlatValues, H::Error> {
        let mut slots = [0; MAX_FLAT_PARAMS];
        let mut flat = FlatWriter::new(&mut slots);
        let encoding = self.encoding;
        let mut side = self.side(handles);
        LowerView::new(&mut side, encoding).lower_values(values, max_flat, &mut flat, None)?;
        let len = flat.position();
        Ok(FlatValues { slots, len })
    }

    /// Lifts parameters or a result, flat up to `max_flat` flat values.
    ///
    /// # Errors
    /// The errors of `handles`; a trap for each rule that the values break.
    pub fn lift<T: Lift, H: Handles>(&self, handles: &mut H, max_flat: usize, flat: &[u64]) -> Result<T, H::Error> {
        LiftView::new(&self.bytes, self.encoding, handles).lift_values(max_flat, flat)
    }

    /// The memory together with the handles of one side of a call.
    pub fn side<'a, H>(&'a mut self, handles: &'a mut H) -> ByteSide<'a, H> {
        ByteSide { memory: self, handles }
    }

    /// A new block, or `None` at the end of the address space.
    fn allocate(&mut self, align: u32, size: u32) -> Option<u32> {
        let top = u32::try_from(self.bytes.len()).ok()?;
        let ptr = align_to(top, align);
        let end = ptr.checked_add(size)?;
        self.bytes.resize(end as usize, 0);
        Some(ptr)
    }

    /// The memory's `realloc`.
    ///
    /// # Errors
    /// When the address space is used up.
    pub fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Trap> {
        let ptr = if (1..=old_size).contains(&new_size) {
            old_ptr
        } else {
            let ptr = self.allocate(align, new_size).ok_or(Trap::ReallocOutOfBounds)?;
            let kept = old_size.min(new_size) as usize;
            self.bytes.copy_within(old_ptr as usize..old_ptr as usize + kept, ptr as usize);
            ptr
        };
        self.calls.push(ReallocCall { old_ptr, old_size, align, new_size, ptr });
        Ok(ptr)
    }
}

/// A [`ByteMemory`] with the handles of one side of a call.
#[derive(Debug)]
pub struct ByteSide<'a, H> {
    memory: &'a mut ByteMemory,
    handles: &'a mut H,
}

impl<H: Handles> Handles for ByteSide<'_, H> {
    type Error = H::Error;

    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_own(resource, index)
    }

    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_borrow(resource, index)
    }

    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, H::Error> {
        self.handles.lower_own(resource, key)
    }

    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, H::Error> {
        self.handles.lower_borrow(resource, key)
    }

    fn lift_end(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_end(ty, index)
    }

    fn lift_error_context(&mut self, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_error_context(index)
    }

    fn lower_end(&mut self, ty: &'static TypeDesc, key: u64) -> Result<u32, H::Error> {
        self.handles.lower_end(ty, key)
    }

    fn lower_error_context(&mut self, key: u64) -> Result<u32, H::Error> {
        self.handles.lower_error_context(key)
    }

    fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        self.handles.keeper()
    }
}

impl<H: Handles> GuestMemory for ByteSide<'_, H> {
    fn bytes(&mut self) -> &mut [u8] {
        &mut self.memory.bytes
    }

    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, H::Error> {
        Ok(self.memory.realloc(old_ptr, old_size, align, new_size)?)
    }
}

/// The handles of the guest's side: it knows resources, ends and error contexts by their indices.
#[derive(Clone, Copy, Debug)]
pub struct GuestHandles;

impl Handles for GuestHandles {
    type Error = Trap;

    fn lift_own(&mut self, _: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        Ok(index.into())
    }

    fn lift_borrow(&mut self, _: &'static ResourceDesc, index: u32) -> Result<u64, Trap> {
        Ok(index.into())
    }

    fn lower_own(&mut self, _: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        Ok(key as u32)
    }

    fn lower_borrow(&mut self, _: &'static ResourceDesc, key: u64) -> Result<u32, Trap> {
        Ok(key as u32)
    }

    fn lift_end(&mut self, _: &'static TypeDesc, index: u32) -> Result<u64, Trap> {
        Ok(index.into())
    }

    fn lift_error_context(&mut self, index: u32) -> Result<u64, Trap> {
        Ok(index.into())
    }

    fn lower_end(&mut self, _: &'static TypeDesc, key: u64) -> Result<u32, Trap> {
        Ok(key as u32)
    }

    fn lower_error_context(&mut self, key: u64) -> Result<u32, Trap> {
        Ok(key as u32)
    }
}
