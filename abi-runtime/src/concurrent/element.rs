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
use crate::shape::{By, LiftBy, LowerBy};
use crate::transfer::{ComponentType, Lift, Lower};

/// An element type of streams and futures.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a type of WIT that a stream or a future can have")]
pub trait Element: Lift + Lower + 'static {}

impl<T: Lift + Lower + 'static> Element for T {}

/// The shape of elements.
pub trait ElementBy<T: 'static>: LiftBy<T> + LowerBy<T> + 'static {}

impl<S: LiftBy<T> + LowerBy<T> + 'static, T: 'static> ElementBy<T> for S {}

/// The type of the elements in a description. `None` if they hold nothing.
pub(super) const fn described<S: ElementBy<T>, T: 'static>() -> Option<&'static TypeDesc> {
    if matches!(S::DESC, TypeDesc::Tuple([])) { None } else { Some(S::DESC) }
}

/// The impls of a readable end: its shape by that of its elements, and the traits if its elements have them.
macro_rules! transferred {
    ($reader:ident, $kind:ident) => {
        const _: () = {
            use crate::concurrent::element::{Element, described};
            use crate::desc::TypeDesc;
            use crate::flat::{FlatReader, FlatWriter};
            use crate::form::TypeLayout;
            use crate::shape::{By, LiftBy, LowerBy, Same};
            use crate::transfer::{ComponentType, Lift, Lower, LowerCx, layouts};

            impl<S: ElementBy<T>, T: 'static> Shape<$reader<T>> for $reader<S> {
                const DESC: &'static TypeDesc = &TypeDesc::$kind(described::<S, T>());
                const PARTS: &'static [TypeLayout] = layouts![By<S, T>];
            }

            impl<S: ElementBy<T>, T: 'static> LowerBy<$reader<T>> for $reader<S> {
                fn lower<C: LowerCx>(
                    reader: &$reader<T>,
                    cx: &mut C,
                    flat: &mut FlatWriter<'_>,
                ) -> Result<(), C::Error> {
                    let index =
                        cx.lower_end(<Self as Shape<$reader<T>>>::DESC, reader.handle.leave(cx.gives_away()).into())?;
                    flat.push(index.into());
                    Ok(())
                }

                fn store<C: LowerCx>(reader: &$reader<T>, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                    let index =
                        cx.lower_end(<Self as Shape<$reader<T>>>::DESC, reader.handle.leave(cx.gives_away()).into())?;
                    cx.write(addr, index.to_le_bytes())
                }
            }

            impl<S: ElementBy<T>, T: 'static> LiftBy<$reader<T>> for $reader<S> {
                fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<$reader<T>, C::Error> {
                    $reader::from_index::<S, C>(cx, flat.pop() as u32)
                }

                fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<$reader<T>, C::Error> {
                    let index = u32::from_le_bytes(cx.read(addr)?);
                    $reader::from_index::<S, C>(cx, index)
                }
            }

            impl<T: Element> ComponentType for $reader<T> {
                const DESC: &'static TypeDesc = <$reader<Same> as Shape<Self>>::DESC;
                const PARTS: &'static [TypeLayout] = <$reader<Same> as Shape<Self>>::PARTS;
            }

            impl<T: Element> Lower for $reader<T> {
                fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
                    <$reader<Same> as LowerBy<Self>>::lower(self, cx, flat)
                }

                fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                    <$reader<Same> as LowerBy<Self>>::store(self, cx, addr)
                }
            }

            impl<T: Element> Lift for $reader<T> {
                fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
                    <$reader<Same> as LiftBy<Self>>::lift(cx, flat)
                }

                fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
                    <$reader<Same> as LiftBy<Self>>::load(cx, addr)
                }
            }
        };
    };
}

pub(super) use transferred;

/// The form of elements of a type in memory.
#[derive(Debug)]
pub struct Form<T> {
    /// The size of one in bytes.
    pub(super) size: usize,
    align: usize,
    /// `None` if it is the form in Rust.
    pub(super) conversion: Option<Conversion<T>>,
}

/// The conversion of elements to their canonical form and from it.
#[derive(Debug)]
pub(super) struct Conversion<T> {
    /// Writes the canonical form of an element. The caller keeps the element and its buffers as long as that form is used.
    pub(super) store: unsafe fn(&T, &mut Kept, *mut u8),
    /// Reads an element.
    pub(super) load: unsafe fn(*const u8, &'static [EndEntry]) -> T,
    /// Takes the handles out of an element, because the other side owns them now.
    pub(super) give_away: fn(&T),
}

impl<T: 'static> Form<T> {
    /// The form of elements that are lifted and lowered by a shape.
    pub(super) const fn by<S: ElementBy<T>>() -> Form<T> {
        let conversion = conversion::<S, T>();
        let (size, align) = match &conversion {
            Some(_) => {
                let abi = <By<S, T>>::ABI;
                (abi.size as usize, abi.align as usize)
            }
            None => (size_of::<T>(), align_of::<T>()),
        };
        Form { size, align, conversion }
    }
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
