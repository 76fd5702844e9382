//! Lifting and lowering, generic over the memory (`CanonicalABI.md#lifting-and-lowering`).
//!
//! Each type has one implementation. The context, [`LiftCx`] or [`LowerCx`], says which memory it works on: a guest's own,
//! where buffers change owner; a guest's as a host sees it, which is checked and copied; the byte arrays of native tests.

#[cfg(feature = "alloc")]
use alloc::{string::String, sync::Arc, vec::Vec};

use crate::desc::{ResourceDesc, TypeDesc};
use crate::flat::{FlatReader, FlatWriter};
use crate::form::TypeLayout;
use crate::layout::TypeAbi;
use crate::trap::Trap;

/// The Rust type of a value type of the component model.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type of WIT",
    label = "it stands for a type of WIT here",
    note = "add `#[derive(witwright::WitType)]` to it, or name the type of other bindings in `with`; if the dependency is called \
            `wit_bindgen`, the derive is `wit_bindgen::WitType`",
    note = "bindings that `wit_bindgen` made lack the trait: name their interface in `with` and not the type"
)]
pub trait ComponentType {
    /// The value type.
    const DESC: &'static TypeDesc;
    /// The value type of a reference. It differs for resources only: a value is owned, a reference borrowed.
    const REF_DESC: &'static TypeDesc = Self::DESC;
    /// The layouts of its parts ([`layouts`]), in their order; empty for a type without parts.
    const PARTS: &'static [TypeLayout] = &[];
    /// Its layout, and the facts that follow from its parts.
    const LAYOUT: TypeLayout = TypeLayout::of(Self::DESC, Self::PARTS);
    /// Its layout.
    const ABI: TypeAbi = Self::LAYOUT.abi;
    /// Whether values have the same form in a guest's memory as in Rust, and every bit pattern is a value.
    #[doc(hidden)]
    const IS_PLAIN: bool = false;
}

/// The layouts of types, for [`ComponentType::PARTS`].
///
/// The compiler limits how deeply constants use one another, so each level of a type is one constant, and calls no generic function.
#[doc(hidden)]
#[macro_export]
macro_rules! __layouts {
    ($($part:ty),*) => {
        &[$($crate::form::TypeLayout::of(
            <$part as $crate::transfer::ComponentType>::DESC,
            <$part as $crate::transfer::ComponentType>::PARTS,
        )),*]
    };
}
#[doc(hidden)]
pub use __layouts as layouts;

/// The result of lowering.
pub type Lowered<C> = Result<(), <C as Cx>::Error>;

/// The result of lifting.
pub type Lifted<T, C> = Result<T, <C as Cx>::Error>;

/// A value that can be lowered: a parameter of an import or a result of an export in a guest, the reverse in a host.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type of WIT",
    label = "it stands for a type of WIT here",
    note = "add `#[derive(witwright::WitType)]` to it, or name the type of other bindings in `with`; if the dependency is called \
            `wit_bindgen`, the derive is `wit_bindgen::WitType`",
    note = "bindings that `wit_bindgen` made lack the trait: name their interface in `with` and not the type"
)]
pub trait Lower: ComponentType {
    /// Writes the value's flat form.
    ///
    /// # Errors
    /// The errors of the context.
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error>;

    /// Writes the value at an address, which is aligned and in bounds.
    ///
    /// # Errors
    /// The errors of the context.
    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error>;

    /// Writes the flat form of a reference, of the type [`ComponentType::REF_DESC`]. Only resources differ here.
    ///
    /// # Errors
    /// The errors of the context.
    fn lower_ref<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        self.lower(cx, flat)
    }

    /// Writes a reference at an address, which is aligned and in bounds.
    ///
    /// # Errors
    /// The errors of the context.
    fn store_ref<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        self.store(cx, addr)
    }

    /// Writes a list and returns its address and length. Numbers are written in one copy.
    ///
    /// # Errors
    /// The errors of the context.
    fn lower_list<C: LowerCx>(items: &[Self], cx: &mut C) -> Result<(u32, u32), C::Error>
    where
        Self: Sized,
    {
        let (ptr, len) = cx.alloc_list(Self::ABI, items.len())?;
        Self::store_list(items, cx, ptr)?;
        Ok((ptr, len))
    }

    /// Writes values one after the other, at an address that is aligned and in bounds. Numbers are written in one copy.
    ///
    /// # Errors
    /// The errors of the context.
    fn store_list<C: LowerCx>(items: &[Self], cx: &mut C, addr: u32) -> Result<(), C::Error>
    where
        Self: Sized,
    {
        let mut addr = addr;
        for item in items {
            item.store(cx, addr)?;
            addr = addr.wrapping_add(Self::ABI.size);
        }
        Ok(())
    }
}

impl<T: ComponentType + ?Sized> ComponentType for &T {
    const DESC: &'static TypeDesc = T::REF_DESC;
    const PARTS: &'static [TypeLayout] = T::PARTS;
}

impl<T: Lower + ?Sized> Lower for &T {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        (**self).lower_ref(cx, flat)
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        (**self).store_ref(cx, addr)
    }
}

/// A value that can be lifted.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type of WIT",
    label = "it stands for a type of WIT here",
    note = "add `#[derive(witwright::WitType)]` to it, or name the type of other bindings in `with`; if the dependency is called \
            `wit_bindgen`, the derive is `wit_bindgen::WitType`",
    note = "bindings that `wit_bindgen` made lack the trait: name their interface in `with` and not the type"
)]
pub trait Lift: ComponentType + Sized {
    /// Reads a value from its flat form.
    ///
    /// # Errors
    /// A trap for bits that are not a value of the type, and the errors of the context.
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error>;

    /// Reads a value at an address, which is aligned and in bounds.
    ///
    /// # Errors
    /// A trap for bits that are not a value of the type, and the errors of the context.
    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error>;

    /// Reads a list. Numbers are read in one copy, or the buffer is taken over.
    ///
    /// # Errors
    /// A trap for bits that are not a value of the type, and the errors of the context.
    #[cfg(feature = "alloc")]
    fn lift_list<C: LiftCx>(cx: &mut C, ptr: u32, len: u32) -> Result<Vec<Self>, C::Error> {
        cx.enter_list(Self::ABI, ptr, len)?;
        let mut items = Vec::new();
        // Growing a vector panics in two ways, whose messages and code would weigh on every guest.
        if items.try_reserve_exact(len as usize).is_err() {
            return Err(cx.trap(Trap::ListTooLong));
        }
        let mut addr = ptr;
        for _ in 0..len {
            let item = Self::load(cx, addr)?;
            if let Some(place) = items.spare_capacity_mut().first_mut() {
                place.write(item);
                // SAFETY: the place after the last item has just been written.
                unsafe { items.set_len(items.len() + 1) }
            }
            addr = addr.wrapping_add(Self::ABI.size);
        }
        cx.leave_list(Self::ABI, ptr, len);
        Ok(items)
    }
}

/// The common part of the contexts of both directions.
pub trait Cx {
    /// The error of a transfer. A guest's own context has none: a fault aborts the guest.
    type Error;

    /// The error of a broken rule.
    fn trap(&self, trap: Trap) -> Self::Error;

    /// The host's store, if it holds ends of streams and futures and error contexts for the receiver. `None` in a guest, which
    /// holds them itself.
    #[cfg(feature = "alloc")]
    fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        None
    }
}

/// A store that holds ends of streams and futures, and error contexts, by keys.
#[cfg(feature = "alloc")]
pub trait Keeper: Send + Sync {
    /// Tells the store that the value with this key was dropped.
    fn dropped(&self, key: u64);
}

/// The source of values.
pub trait LiftCx: Cx {
    /// Reads bytes at an address.
    ///
    /// # Errors
    /// When the address is out of bounds.
    fn read<const N: usize>(&mut self, addr: u32) -> Result<[u8; N], Self::Error>;

    /// Reads a string of `units` code units, tagged as its encoding tags them, and takes the buffer over. By default, reads
    /// UTF-8 as a list of bytes.
    ///
    /// # Errors
    /// When it is misaligned, out of bounds, too long, or not valid in its encoding.
    #[cfg(feature = "alloc")]
    fn lift_string(&mut self, ptr: u32, units: u32) -> Result<String, Self::Error>
    where
        Self: Sized,
    {
        let bytes = self.lift_numbers(ptr, units)?;
        crate::string::owned_utf8(bytes).map_err(|trap| self.trap(trap))
    }

    /// Checks a list's length, alignment and bounds before its elements are read.
    ///
    /// # Errors
    /// When it is too long, misaligned or out of bounds.
    fn enter_list(&mut self, element: TypeAbi, ptr: u32, len: u32) -> Result<(), Self::Error>;

    /// Ends the list that [`LiftCx::enter_list`] began. A guest frees its buffer.
    fn leave_list(&mut self, element: TypeAbi, ptr: u32, len: u32);

    /// Reads a list of numbers. By default, one by one.
    ///
    /// # Errors
    /// When it is too long, misaligned or out of bounds.
    #[cfg(feature = "alloc")]
    fn lift_numbers<T: Number>(&mut self, ptr: u32, len: u32) -> Result<Vec<T>, Self::Error>
    where
        Self: Sized,
    {
        self.enter_list(T::ABI, ptr, len)?;
        let mut numbers = Vec::with_capacity(len as usize);
        for index in 0..len {
            numbers.push(T::load(self, ptr + index * T::ABI.size)?);
        }
        self.leave_list(T::ABI, ptr, len);
        Ok(numbers)
    }

    /// Removes an owned handle. The result identifies the resource for the receiver: a handle in a guest, a representation
    /// or a key in a host.
    ///
    /// # Errors
    /// When the handle does not exist, is not owned, is of another type, or is lent.
    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Self::Error>;

    /// Borrows through a handle for the duration of the call.
    ///
    /// # Errors
    /// When the handle does not exist or is of another type.
    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Self::Error>;

    /// Removes the readable end of a stream or a future; `ty` is its type. The result identifies it for the receiver:
    /// an index in a guest, a key in a host.
    ///
    /// # Errors
    /// When there is no such end, it is of another type, or it is in use.
    fn lift_end(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, Self::Error>;

    /// As [`LiftCx::lift_end`], for the readable end whose Rust type is `Reader`: a guest finds the built-ins by that type.
    ///
    /// # Errors
    /// The errors of [`LiftCx::lift_end`].
    #[inline]
    fn lift_reader<Reader: 'static>(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, Self::Error> {
        self.lift_end(ty, index)
    }

    /// Shares an error context; the result identifies it for the receiver.
    ///
    /// # Errors
    /// When there is no such error context.
    fn lift_error_context(&mut self, index: u32) -> Result<u64, Self::Error>;
}

/// The target of values.
pub trait LowerCx: Cx {
    /// Writes bytes at an address.
    ///
    /// # Errors
    /// When the address is out of bounds.
    fn write<const N: usize>(&mut self, addr: u32, bytes: [u8; N]) -> Result<(), Self::Error>;

    /// Allocates a list; returns its address and its length.
    ///
    /// # Errors
    /// When the receiver's `realloc` fails or returns a bad address.
    fn alloc_list(&mut self, element: TypeAbi, len: usize) -> Result<(u32, u32), Self::Error>;

    /// Writes a string; returns its address and its length in code units, tagged as its encoding tags them.
    ///
    /// # Errors
    /// When the receiver's `realloc` fails or returns a bad address.
    fn lower_str(&mut self, text: &str) -> Result<(u32, u32), Self::Error>;

    /// Writes a list of numbers; returns its address and its length.
    ///
    /// # Errors
    /// When the receiver's `realloc` fails or returns a bad address.
    fn lower_numbers<T: Number>(&mut self, numbers: &[T]) -> Result<(u32, u32), Self::Error>;

    /// Writes numbers one after the other, at an address that is aligned.
    ///
    /// # Errors
    /// When they are out of bounds.
    fn write_numbers<T: Number>(&mut self, numbers: &[T], addr: u32) -> Result<(), Self::Error>;

    /// Whether owned handles leave their owner when they are lowered. Otherwise they leave when the receiver has taken them, and
    /// stay if it never takes them.
    #[inline]
    fn gives_away(&self) -> bool {
        true
    }

    /// Whether the values are the result of a guest's function without `async`, which its caller lifts after the function has
    /// ended.
    #[inline]
    fn is_result(&self) -> bool {
        false
    }

    /// Gives a resource away; the result is the receiver's handle.
    ///
    /// # Errors
    /// When the receiver's table is full.
    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Self::Error>;

    /// Lends a resource for the duration of the call. The result is the handle, or, for the component that defines the
    /// resource, its representation.
    ///
    /// # Errors
    /// When the receiver's table is full.
    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Self::Error>;

    /// Gives the readable end of a stream or a future away; `ty` is its type, and the result is the receiver's index.
    ///
    /// # Errors
    /// When there is no such end, it is of another type, it is in use, or the receiver's table is full.
    fn lower_end(&mut self, ty: &'static TypeDesc, key: u64) -> Result<u32, Self::Error>;

    /// Shares an error context; the result is the receiver's index.
    ///
    /// # Errors
    /// When there is no such error context, or the receiver's table is full.
    fn lower_error_context(&mut self, key: u64) -> Result<u32, Self::Error>;
}

/// A number whose bytes in a guest's memory are its little-endian bytes: every bit pattern is a value. Its size and
/// alignment are those of its layout.
pub trait Number: Copy + Lift + Lower + sealed::Sealed + 'static {
    /// Appends the numbers in `bytes`, whose length is a multiple of their size.
    #[cfg(feature = "alloc")]
    fn extend_from_le_bytes(numbers: &mut Vec<Self>, bytes: &[u8]);
    /// Writes numbers to `bytes`, which is as long as they are.
    fn copy_to_le_bytes(numbers: &[Self], bytes: &mut [u8]);
}

pub(crate) mod sealed {
    /// Restricts [`Number`](super::Number) to the numbers of the component model.
    pub trait Sealed {}
}
