//! A host's view of a guest's memory: checked, and copied (`CanonicalABI.md#lifting-and-lowering-context`).
//!
//! Lifting reads a memory that does not change meanwhile, so it holds the bytes: [`LiftView`]. Lowering calls the guest's
//! `realloc`, which may move or grow the memory, so it asks for the bytes each time: [`LowerView`] over a [`GuestMemory`].

#[cfg(feature = "alloc")]
use alloc::{string::String, sync::Arc, vec::Vec};

use crate::desc::{ResourceDesc, TypeDesc};
use crate::flat::{FlatReader, FlatWriter};
use crate::layout::{MAX_LIST_BYTES, TypeAbi};
#[cfg(feature = "alloc")]
use crate::string::StringRange;
use crate::string::{StringEncoding, StringForm, StringTransfer, store_string};
#[cfg(feature = "alloc")]
use crate::transfer::Keeper;
use crate::transfer::{Cx, Lift, LiftCx, Lower, LowerCx, Number};
use crate::trap::Trap;

/// The handles of the instance whose values are lifted or lowered, and the limits of the side that lifts.
pub trait Handles {
    /// The error of a transfer.
    type Error: From<Trap>;

    /// Removes an owned handle from the instance's table. The result identifies the resource for the other side. By default, there
    /// is none.
    ///
    /// # Errors
    /// When there is no such handle, it is not owned, is of another type, or is lent.
    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Self::Error> {
        let _ = resource;
        Err(Trap::UnknownHandle(index).into())
    }

    /// Borrows through a handle of the instance's table for the duration of the call. By default, there is none.
    ///
    /// # Errors
    /// When there is no such handle or it is of another type.
    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Self::Error> {
        let _ = resource;
        Err(Trap::UnknownHandle(index).into())
    }

    /// Adds an owned handle to the instance's table. The default has no room.
    ///
    /// # Errors
    /// When the table is full.
    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Self::Error> {
        let _ = (resource, key);
        Err(Trap::HandleTableFull.into())
    }

    /// Adds a borrowed handle to the instance's table, or gives the representation to the instance that defines it. The default
    /// has no room.
    ///
    /// # Errors
    /// When the table is full.
    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Self::Error> {
        let _ = (resource, key);
        Err(Trap::HandleTableFull.into())
    }

    /// Removes the readable end of a stream or a future from the instance's table; `ty` is its type. The result identifies
    /// it for the other side. By default, there is none.
    ///
    /// # Errors
    /// When there is no such end, it is of another type, or it is in use.
    fn lift_end(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, Self::Error> {
        let _ = ty;
        Err(Trap::UnknownHandle(index).into())
    }

    /// Shares an error context of the instance's table. By default, there is none.
    ///
    /// # Errors
    /// When there is no such error context.
    fn lift_error_context(&mut self, index: u32) -> Result<u64, Self::Error> {
        Err(Trap::UnknownHandle(index).into())
    }

    /// Adds the readable end of a stream or a future to the instance's table. The default has no room.
    ///
    /// # Errors
    /// When there is no such end, it is of another type, it is in use, or the table is full.
    fn lower_end(&mut self, ty: &'static TypeDesc, key: u64) -> Result<u32, Self::Error> {
        let _ = (ty, key);
        Err(Trap::HandleTableFull.into())
    }

    /// Adds an error context to the instance's table. The default has no room.
    ///
    /// # Errors
    /// When there is no such error context, or the table is full.
    fn lower_error_context(&mut self, key: u64) -> Result<u32, Self::Error> {
        let _ = key;
        Err(Trap::HandleTableFull.into())
    }

    /// The store that keeps ends and error contexts for the other side, which holds them by key. By default, none.
    #[cfg(feature = "alloc")]
    fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        None
    }

    /// Counts the bytes of a string or a list that is to be lifted against the limits of the side that lifts. By default, there are
    /// no limits.
    ///
    /// # Errors
    /// When a limit is reached.
    #[inline]
    fn charge(&mut self, bytes: u32) -> Result<(), Self::Error> {
        let _ = bytes;
        Ok(())
    }
}

/// A guest's memory and its `realloc`.
pub trait GuestMemory: Handles {
    /// The bytes of the memory, as they are now.
    fn bytes(&mut self) -> &mut [u8];

    /// Calls the guest's `realloc`, with `may_leave` false. The caller checks the address that it returns.
    ///
    /// # Errors
    /// When the guest traps.
    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Self::Error>;
}

/// Checks the address of a value of this layout in a memory of `memory_bytes`: parameters and results in memory.
///
/// # Errors
/// When it is misaligned or out of bounds.
#[inline]
pub fn check_pointer(memory_bytes: usize, ptr: u32, abi: &TypeAbi) -> Result<(), Trap> {
    check_range(memory_bytes, ptr, abi.align, abi.size.into(), Trap::UnalignedPointer, Trap::PointerOutOfBounds)
}

/// Checks the address of a buffer of elements of a stream or a future.
///
/// # Errors
/// When it is misaligned or out of bounds.
pub fn check_buffer(memory_bytes: usize, ptr: u32, len: u32, element: &TypeAbi) -> Result<(), Trap> {
    let size = u64::from(len) * u64::from(element.size);
    check_range(memory_bytes, ptr, element.align, size, Trap::UnalignedPointer, Trap::PointerOutOfBounds)
}

#[inline]
fn check_range(
    memory_bytes: usize,
    ptr: u32,
    align: u32,
    size: u64,
    unaligned: Trap,
    out_of_bounds: Trap,
) -> Result<(), Trap> {
    if !ptr.is_multiple_of(align) {
        Err(unaligned)
    } else if u64::from(ptr) + size > memory_bytes as u64 {
        Err(out_of_bounds)
    } else {
        Ok(())
    }
}

/// Lifts from a guest's memory.
#[derive(Debug)]
pub struct LiftView<'a, H> {
    bytes: &'a [u8],
    encoding: StringEncoding,
    handles: &'a mut H,
}

impl<'a, H: Handles> LiftView<'a, H> {
    /// A view of these bytes, with strings in this encoding.
    #[inline]
    pub fn new(bytes: &'a [u8], encoding: StringEncoding, handles: &'a mut H) -> LiftView<'a, H> {
        LiftView { bytes, encoding, handles }
    }

    /// The instance's handles.
    #[inline]
    pub fn handles(&mut self) -> &mut H {
        self.handles
    }

    /// Checks the address of a value of this layout: parameters and results in memory.
    ///
    /// # Errors
    /// When it is misaligned or out of bounds.
    #[inline]
    pub fn check_pointer(&self, ptr: u32, abi: &TypeAbi) -> Result<(), Trap> {
        check_pointer(self.bytes.len(), ptr, abi)
    }

    /// The memory's bytes.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The encoding of its strings.
    #[must_use]
    #[inline]
    pub fn encoding(&self) -> StringEncoding {
        self.encoding
    }

    /// Lifts parameters or a result: from their flat form, or from the memory that it points to when they have more than
    /// `max_flat` flat values (`lift_flat_values`).
    ///
    /// # Errors
    /// A trap for each rule that the values break.
    #[inline]
    pub fn lift_values<T: Lift>(&mut self, max_flat: usize, flat: &[u64]) -> Result<T, H::Error> {
        let mut flat = FlatReader::new(flat);
        if T::ABI.flat.len() > max_flat {
            let ptr = flat.pop() as u32;
            check_pointer(self.bytes.len(), ptr, &T::ABI)?;
            T::load(self, ptr)
        } else {
            T::lift(self, &mut flat)
        }
    }
}

impl<H: Handles> Cx for LiftView<'_, H> {
    type Error = H::Error;

    #[inline]
    fn trap(&self, trap: Trap) -> H::Error {
        trap.into()
    }

    #[cfg(feature = "alloc")]
    fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        self.handles.keeper()
    }
}

impl<H: Handles> LiftCx for LiftView<'_, H> {
    #[inline]
    fn read<const N: usize>(&mut self, addr: u32) -> Result<[u8; N], H::Error> {
        let from = self.bytes.get(addr as usize..).and_then(<[u8]>::first_chunk);
        Ok(*from.ok_or(Trap::PointerOutOfBounds)?)
    }

    #[cfg(feature = "alloc")]
    fn lift_string(&mut self, ptr: u32, units: u32) -> Result<String, H::Error> {
        let range = StringRange::check(self.bytes.len(), ptr, units, self.encoding)?;
        self.handles.charge(range.bytes())?;
        Ok(range.decode(range.of(self.bytes))?)
    }

    fn enter_list(&mut self, element: TypeAbi, ptr: u32, len: u32) -> Result<(), H::Error> {
        let size = u64::from(len) * u64::from(element.size);
        if size > u64::from(MAX_LIST_BYTES) {
            return Err(Trap::ListTooLong.into());
        }
        let memory_bytes = self.bytes.len();
        check_range(memory_bytes, ptr, element.align, size, Trap::UnalignedPointer, Trap::ListOutOfBounds)?;
        self.handles.charge(size as u32)
    }

    #[inline]
    fn leave_list(&mut self, _: TypeAbi, _: u32, _: u32) {}

    #[cfg(feature = "alloc")]
    fn lift_numbers<T: Number>(&mut self, ptr: u32, len: u32) -> Result<Vec<T>, H::Error> {
        self.enter_list(T::ABI, ptr, len)?;
        let start = ptr as usize;
        let bytes = self.bytes.get(start..start + len as usize * T::ABI.size as usize);
        let mut numbers = Vec::with_capacity(len as usize);
        T::extend_from_le_bytes(&mut numbers, bytes.unwrap_or_default());
        Ok(numbers)
    }

    #[inline]
    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_own(resource, index)
    }

    #[inline]
    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_borrow(resource, index)
    }

    #[inline]
    fn lift_end(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_end(ty, index)
    }

    #[inline]
    fn lift_error_context(&mut self, index: u32) -> Result<u64, H::Error> {
        self.handles.lift_error_context(index)
    }
}

/// Lowers to a guest's memory.
#[derive(Debug)]
pub struct LowerView<'a, M> {
    memory: &'a mut M,
    encoding: StringEncoding,
}

impl<'a, M: GuestMemory> LowerView<'a, M> {
    /// A view of this memory, with strings in this encoding.
    #[inline]
    pub fn new(memory: &'a mut M, encoding: StringEncoding) -> LowerView<'a, M> {
        LowerView { memory, encoding }
    }

    /// The encoding of the guest's strings.
    #[inline]
    pub fn encoding(&self) -> StringEncoding {
        self.encoding
    }

    /// The guest.
    #[inline]
    pub fn memory(&mut self) -> &mut M {
        self.memory
    }

    /// Checks the address of a value of this layout: a result in memory.
    ///
    /// # Errors
    /// When it is misaligned or out of bounds.
    #[inline]
    pub fn check_pointer(&mut self, ptr: u32, abi: &TypeAbi) -> Result<(), Trap> {
        check_pointer(self.memory.bytes().len(), ptr, abi)
    }

    /// Lowers parameters or a result: to their flat form, or to memory when they have more than `max_flat` flat values
    /// (`lower_flat_values`). In memory they go to `out_ptr`, or to room from `realloc`, whose address is then the one flat
    /// value.
    ///
    /// # Errors
    /// The errors of `realloc`; an `out_ptr` that is misaligned or out of bounds.
    #[inline]
    pub fn lower_values<T: Lower + ?Sized>(
        &mut self,
        values: &T,
        max_flat: usize,
        flat: &mut FlatWriter<'_>,
        out_ptr: Option<u32>,
    ) -> Result<(), M::Error> {
        if T::ABI.flat.len() <= max_flat {
            return values.lower(self, flat);
        }
        let ptr = match out_ptr {
            Some(ptr) => {
                check_pointer(self.memory.bytes().len(), ptr, &T::ABI)?;
                ptr
            }
            None => {
                let ptr = self.allocate(T::ABI.align, T::ABI.size)?;
                flat.push(ptr.into());
                ptr
            }
        };
        values.store(self, ptr)
    }

    /// Writes a string, valid in its form; returns its address and its length, tagged as its encoding tags it.
    pub(crate) fn lower_text(&mut self, text: &[u8], form: StringForm) -> Result<(u32, u32), M::Error> {
        let mut transfer = FromHost { text, memory: &mut *self.memory };
        store_string(&mut transfer, form, self.encoding)
    }

    /// Allocates a block by the guest's `realloc`, and checks it.
    ///
    /// # Errors
    /// When the guest traps, or the block is misaligned or out of bounds.
    #[inline]
    pub fn allocate(&mut self, align: u32, size: u32) -> Result<u32, M::Error> {
        reallocate(self.memory, 0, 0, align, size)
    }
}

/// Calls `realloc` and checks the address that it returns.
///
/// # Errors
/// When the guest traps, or the block is misaligned or out of bounds.
#[inline]
pub fn reallocate<M: GuestMemory>(
    memory: &mut M,
    old_ptr: u32,
    old_size: u32,
    align: u32,
    new_size: u32,
) -> Result<u32, M::Error> {
    let ptr = memory.realloc(old_ptr, old_size, align, new_size)?;
    let memory_bytes = memory.bytes().len();
    check_range(memory_bytes, ptr, align, new_size.into(), Trap::ReallocUnaligned, Trap::ReallocOutOfBounds)?;
    Ok(ptr)
}

impl<M: GuestMemory> Cx for LowerView<'_, M> {
    type Error = M::Error;

    #[inline]
    fn trap(&self, trap: Trap) -> M::Error {
        trap.into()
    }

    #[cfg(feature = "alloc")]
    fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        self.memory.keeper()
    }
}

impl<M: GuestMemory> LowerCx for LowerView<'_, M> {
    #[inline]
    fn write<const N: usize>(&mut self, addr: u32, bytes: [u8; N]) -> Result<(), M::Error> {
        let to = self.memory.bytes().get_mut(addr as usize..).and_then(<[u8]>::first_chunk_mut);
        *to.ok_or(Trap::PointerOutOfBounds)? = bytes;
        Ok(())
    }

    fn alloc_list(&mut self, element: TypeAbi, len: usize) -> Result<(u32, u32), M::Error> {
        let size = len.checked_mul(element.size as usize).and_then(|size| u32::try_from(size).ok());
        let (Some(size), Ok(len)) = (size, u32::try_from(len)) else { return Err(Trap::ListTooLong.into()) };
        Ok((self.allocate(element.align, size)?, len))
    }

    fn lower_str(&mut self, text: &str) -> Result<(u32, u32), M::Error> {
        self.lower_text(text.as_bytes(), StringForm::Utf8)
    }

    fn lower_numbers<T: Number>(&mut self, numbers: &[T]) -> Result<(u32, u32), M::Error> {
        let (ptr, len) = self.alloc_list(T::ABI, numbers.len())?;
        self.write_numbers(numbers, ptr)?;
        Ok((ptr, len))
    }

    fn write_numbers<T: Number>(&mut self, numbers: &[T], addr: u32) -> Result<(), M::Error> {
        let start = addr as usize;
        let to = self.memory.bytes().get_mut(start..start + numbers.len() * T::ABI.size as usize);
        T::copy_to_le_bytes(numbers, to.ok_or(Trap::ReallocOutOfBounds)?);
        Ok(())
    }

    #[inline]
    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, M::Error> {
        self.memory.lower_own(resource, key)
    }

    #[inline]
    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, M::Error> {
        self.memory.lower_borrow(resource, key)
    }

    #[inline]
    fn lower_end(&mut self, ty: &'static TypeDesc, key: u64) -> Result<u32, M::Error> {
        self.memory.lower_end(ty, key)
    }

    #[inline]
    fn lower_error_context(&mut self, key: u64) -> Result<u32, M::Error> {
        self.memory.lower_error_context(key)
    }
}

/// The transfer of a string of the host to a guest.
struct FromHost<'a, M> {
    text: &'a [u8],
    memory: &'a mut M,
}

impl<M: GuestMemory> StringTransfer for FromHost<'_, M> {
    type Error = M::Error;

    #[inline]
    fn sides(&mut self) -> (&[u8], &mut [u8]) {
        (self.text, self.memory.bytes())
    }

    #[inline]
    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, M::Error> {
        reallocate(self.memory, old_ptr, old_size, align, new_size)
    }
}
