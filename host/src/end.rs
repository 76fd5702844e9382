//! Streams, futures and error contexts as the host holds them (`CanonicalABI.md#stream-and-future-state`).
//!
//! A store keeps them, and the host has keys. When a key is dropped, the store drops what it keeps under the key.

use alloc::sync::Arc;
use core::fmt;
use core::marker::PhantomData;
use core::sync::atomic::{AtomicBool, Ordering};

use alloc::vec::Vec;

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::form::TypeLayout;
use witwright_abi_runtime::transfer::{ComponentType, Keeper, Lift, LiftCx, Lower, LowerCx, layouts};

use crate::keys::{BUSY_KEY, OTHER_STORE_KEY, STALE_KEY};

/// The key of something that a store keeps for the host.
pub(crate) struct Kept {
    key: u64,
    keeper: Option<Arc<dyn Keeper>>,
    /// Whether the thing was given away, and is not to be dropped.
    is_given: AtomicBool,
}

impl Kept {
    pub(crate) fn new(key: u64, keeper: Option<Arc<dyn Keeper>>) -> Kept {
        Kept { key, keeper, is_given: AtomicBool::new(false) }
    }

    /// The key in the store of this keeper, and in no other.
    pub(crate) fn key(&self, keeper: Option<&dyn Keeper>) -> u64 {
        let is_same = match (&self.keeper, keeper) {
            (Some(ours), Some(theirs)) => core::ptr::addr_eq(Arc::as_ptr(ours), theirs),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        match self.is_given.load(Ordering::Relaxed) {
            true => STALE_KEY,
            false if is_same => self.key,
            false => OTHER_STORE_KEY,
        }
    }

    pub(crate) fn set_given(&self) {
        self.is_given.store(true, Ordering::Relaxed);
    }

    fn lower_end<C: LowerCx>(&self, cx: &mut C, ty: &'static TypeDesc) -> Result<u32, C::Error> {
        let index = cx.lower_end(ty, self.key(cx.keeper().as_deref()))?;
        self.set_given();
        Ok(index)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(keeper) = &self.keeper
            && !*self.is_given.get_mut()
        {
            keeper.dropped(self.key);
        }
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Kept) -> bool {
        self.key(other.keeper.as_deref()) == other.key
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)
    }
}

/// The readable end of a `stream<V>` that the host holds; `V` is `()` for a `stream` without elements.
///
/// It comes from a guest, or from [`stream`](crate::stream). The host reads it, or passes it to a guest as a value. If it is
/// dropped, the writer is told when the store runs next.
pub struct StreamReader<V> {
    pub(crate) end: Kept,
    /// Elements that a read whose future was dropped has left.
    pub(crate) rest: Vec<V>,
    /// Whether a read has begun whose elements were not taken.
    pub(crate) is_reading: bool,
}

/// The writable end of a `stream<V>` that the host holds. [`stream`](crate::stream) makes it.
///
/// If it is dropped, the reader is told when the store runs next.
pub struct StreamWriter<V> {
    pub(crate) end: Kept,
    pub(crate) elements: PhantomData<fn(V)>,
}

/// The readable end of a `future<V>` that the host holds; `V` is `()` for a `future` without a value.
///
/// It comes from a guest, or from [`future`](crate::future). The host reads it, or passes it to a guest as a value. If it is
/// dropped, the writer is told when the store runs next.
pub struct FutureReader<V> {
    pub(crate) end: Kept,
    /// Whether a read has begun.
    pub(crate) is_reading: bool,
    pub(crate) value: PhantomData<fn() -> V>,
}

/// The writable end of a `future<V>` that the host holds. [`future`](crate::future) makes it.
///
/// The specification has guests write to each future that they make, and a host should do so too. A guest that reads is told
/// that the writer was dropped, and its code may not expect that.
pub struct FutureWriter<V> {
    pub(crate) end: Kept,
    pub(crate) value: PhantomData<fn(V)>,
}

/// An `error-context` that the host holds. A guest that is passed one shares it.
pub struct ErrorContext {
    pub(crate) kept: Kept,
}

/// The element type of a stream or a future of `V`; `None` for `()`, which no type of WIT is.
const fn element(ty: &'static TypeDesc) -> Option<&'static TypeDesc> {
    if let TypeDesc::Tuple([]) = ty { None } else { Some(ty) }
}

impl<V: ComponentType> ComponentType for StreamReader<V> {
    const DESC: &'static TypeDesc = &TypeDesc::Stream(element(V::DESC));
    const PARTS: &'static [TypeLayout] = layouts![V];
}

impl<V: ComponentType> ComponentType for FutureReader<V> {
    const DESC: &'static TypeDesc = &TypeDesc::Future(element(V::DESC));
    const PARTS: &'static [TypeLayout] = layouts![V];
}

impl ComponentType for ErrorContext {
    const DESC: &'static TypeDesc = &TypeDesc::ErrorContext;
}

impl<V> StreamReader<V> {
    pub(crate) fn new(end: Kept) -> StreamReader<V> {
        StreamReader { end, rest: Vec::new(), is_reading: false }
    }

    pub(crate) fn is_busy(&self) -> bool {
        self.is_reading || !self.rest.is_empty()
    }
}

impl<V> FutureReader<V> {
    pub(crate) fn new(end: Kept) -> FutureReader<V> {
        FutureReader { end, is_reading: false, value: PhantomData }
    }
}

impl<V: ComponentType> StreamReader<V> {
    fn give<C: LowerCx>(&self, cx: &mut C) -> Result<u32, C::Error> {
        if self.is_busy() {
            return cx.lower_end(Self::DESC, BUSY_KEY);
        }
        self.end.lower_end(cx, Self::DESC)
    }

    fn take<C: LiftCx>(cx: &mut C, index: u32) -> Result<Self, C::Error> {
        Ok(StreamReader::new(Kept::new(cx.lift_end(Self::DESC, index)?, cx.keeper())))
    }
}

impl<V: ComponentType> FutureReader<V> {
    fn give<C: LowerCx>(&self, cx: &mut C) -> Result<u32, C::Error> {
        if self.is_reading {
            return cx.lower_end(Self::DESC, BUSY_KEY);
        }
        self.end.lower_end(cx, Self::DESC)
    }

    fn take<C: LiftCx>(cx: &mut C, index: u32) -> Result<Self, C::Error> {
        Ok(FutureReader::new(Kept::new(cx.lift_end(Self::DESC, index)?, cx.keeper())))
    }
}

impl ErrorContext {
    fn give<C: LowerCx>(&self, cx: &mut C) -> Result<u32, C::Error> {
        let key = self.kept.key(cx.keeper().as_deref());
        cx.lower_error_context(key)
    }

    fn take<C: LiftCx>(cx: &mut C, index: u32) -> Result<Self, C::Error> {
        Ok(ErrorContext { kept: Kept::new(cx.lift_error_context(index)?, cx.keeper()) })
    }
}

/// Values whose form is an index.
macro_rules! index {
    ($ty:ty $(, $element:ident)?) => {
        impl<$($element: ComponentType)?> Lower for $ty {
            fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
                let index = self.give(cx)?;
                flat.push(index.into());
                Ok(())
            }

            fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
                let index = self.give(cx)?;
                cx.write(addr, index.to_le_bytes())
            }
        }

        impl<$($element: ComponentType)?> Lift for $ty {
            fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
                Self::take(cx, flat.pop() as u32)
            }

            fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
                let index = u32::from_le_bytes(cx.read(addr)?);
                Self::take(cx, index)
            }
        }
    };
}

index!(StreamReader<V>, V);
index!(FutureReader<V>, V);
index!(ErrorContext);

macro_rules! debug {
    ($($name:ident)*) => {
        $(impl<V> fmt::Debug for $name<V> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.end)
            }
        })*
    };
}

debug!(StreamReader StreamWriter FutureReader FutureWriter);

impl fmt::Debug for ErrorContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ErrorContext({:?})", self.kept)
    }
}

/// The readable end of a stream, within a dynamic value.
///
/// Clones are the same end, which is dropped with the last of them. When one is passed to a guest, the others become invalid.
/// [`StreamVal::typed`](crate::StreamVal::typed) makes it readable.
#[derive(Clone, PartialEq, Debug)]
pub struct StreamVal {
    pub(crate) end: Arc<Kept>,
    /// The number of the element type, in its store.
    pub(crate) element: u32,
}

/// The readable end of a future, within a dynamic value.
///
/// Clones are the same end, which is dropped with the last of them. When one is passed to a guest, the others become invalid.
/// [`FutureVal::typed`](crate::FutureVal::typed) makes it readable.
#[derive(Clone, PartialEq, Debug)]
pub struct FutureVal {
    pub(crate) end: Arc<Kept>,
    /// The number of the element type, in its store.
    pub(crate) element: u32,
}

/// An error context, within a dynamic value. Clones are the same one.
#[derive(Clone, PartialEq, Debug)]
pub struct ErrorContextVal {
    pub(crate) kept: Arc<Kept>,
}
