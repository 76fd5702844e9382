//! Futures (`CanonicalABI.md#stream-and-future-state`).

use core::fmt;
use core::future::{Future, IntoFuture};
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::copying::Copying;
use super::element::{Block, ElementBy, Form, Kept, future_end, transferred};
use super::handle::Handle;
use super::ops::FutureOps;
use super::task::start_local;
use crate::codes::{CopyResult, EndPair};
use crate::shape::Shape;
use crate::transfer::LiftCx;

/// Both ends of a new future. `default` makes the value for a writer that is dropped.
///
/// # Safety
/// The built-ins are those of futures of this type.
pub(super) unsafe fn ends<O: FutureOps>(
    default: Option<fn() -> O::Payload>,
    ops: O,
) -> (FutureWriter<O::Payload>, FutureReader<O::Payload>) {
    let (vtable, form) = (ops.built_ins(), ops.form());
    // SAFETY: as the caller promises.
    let EndPair { readable, writable } = EndPair::unpack(unsafe { (vtable.new)() });
    let end = WritableEnd { handle: Handle::new(writable, vtable), form };
    (FutureWriter { end: Some(end), default }, FutureReader { handle: Handle::new(readable, vtable), form })
}

fn outcome(code: u32) -> CopyResult {
    CopyResult::unpack(code).unwrap_or_else(|| unreachable!("the host gives defined codes"))
}

/// The writable end of a future, to which a value must be written before it is dropped.
struct WritableEnd<T: 'static> {
    handle: Handle,
    form: &'static Form<T>,
}

impl<T: 'static> Drop for WritableEnd<T> {
    fn drop(&mut self) {
        self.handle.drop(self.handle.vtable.drop_writable);
    }
}

/// The writable end of a future. If it is dropped, the default value is written, in the background.
pub struct FutureWriter<T: 'static> {
    /// `None` after it was used.
    end: Option<WritableEnd<T>>,
    /// `None` if the writer must not be dropped before it is used.
    default: Option<fn() -> T>,
}

impl<T: 'static> FutureWriter<T> {
    /// Writes the value. The result is ready when the reader has the value, or was dropped.
    ///
    /// A dropped write is cancelled, and then the default value is written. [`FutureWrite::cancel`] returns the value and the
    /// writer.
    pub fn write(mut self, value: T) -> FutureWrite<T> {
        let end = self.end.take().unwrap_or_else(|| unreachable!("the writer has its end until it is used"));
        FutureWrite { write: Write::new(end, value), default: self.default }
    }

    /// Writes the value in the background.
    pub fn write_and_forget(mut self, value: T) {
        let end = self.end.take().unwrap_or_else(|| unreachable!("the writer has its end until it is used"));
        write_in_background(end, value);
    }
}

fn write_in_background<T: 'static>(end: WritableEnd<T>, value: T) {
    let write = Write::new(end, value);
    start_local(async move {
        // A reader that was dropped wants no value.
        drop(write.await);
    });
}

impl<T: 'static> fmt::Debug for FutureWriter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FutureWriter").field("handle", &self.end.as_ref().map(|end| end.handle.index())).finish()
    }
}

impl<T: 'static> Drop for FutureWriter<T> {
    fn drop(&mut self) {
        if let (Some(end), Some(default)) = (self.end.take(), self.default) {
            write_in_background(end, default());
        }
    }
}

/// The value could not be sent: the readable end was dropped.
pub struct FutureWriteError<T> {
    /// The value.
    pub value: T,
}

impl<T> fmt::Debug for FutureWriteError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FutureWriteError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for FutureWriteError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("read end dropped")
    }
}

impl<T> core::error::Error for FutureWriteError<T> {}

/// A write in progress, with the end that it belongs to.
struct Write<T: 'static> {
    /// `None` after the write has ended.
    end: Option<WritableEnd<T>>,
    /// The value, until the reader has it.
    value: Option<Value<T>>,
    copying: Copying,
}

/// A value, in the place where built-ins copy it from.
struct Value<T: 'static> {
    value: ManuallyDrop<T>,
    /// The canonical form, if it differs from that in Rust.
    lowered: Option<(Block, Kept)>,
    form: &'static Form<T>,
}

impl<T: 'static> Value<T> {
    fn address(&mut self) -> *const u8 {
        let Some(conversion) = &self.form.conversion else { return (&raw const *self.value).cast() };
        let (block, _) = self.lowered.get_or_insert_with(|| {
            let (block, mut kept) = (self.form.block(1), Kept::new());
            // SAFETY: the block has room for an element.
            unsafe { (conversion.store)(&self.value, &mut kept, block.as_ptr()) }
            (block, kept)
        });
        block.as_ptr()
    }

    /// The reader has the value.
    fn sent(mut self) {
        if let Some(conversion) = &self.form.conversion {
            (conversion.give_away)(&self.value);
            // SAFETY: the other end has a copy, and values with one owner have left; so this is dropped, once.
            unsafe { ManuallyDrop::drop(&mut self.value) }
        }
    }

    fn into_value(self) -> T {
        ManuallyDrop::into_inner(self.value)
    }
}

/// The outcome of a write.
enum Written<T: 'static> {
    Sent,
    Dropped(T),
    Cancelled(T, WritableEnd<T>),
}

impl<T: 'static> Write<T> {
    fn new(end: WritableEnd<T>, value: T) -> Write<T> {
        let value = Value { value: ManuallyDrop::new(value), lowered: None, form: end.form };
        Write { end: Some(end), value: Some(value), copying: Copying::new() }
    }

    fn parts(self: Pin<&mut Self>) -> (&mut Option<WritableEnd<T>>, &mut Option<Value<T>>, Pin<&Copying>) {
        // SAFETY: `copying` is structurally pinned and not moved; `value` is moved only after the copy has ended.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        (&mut this.end, &mut this.value, unsafe { Pin::new_unchecked(&this.copying) })
    }

    /// Takes the end and the value of a write that has ended.
    fn taken(end: &mut Option<WritableEnd<T>>, value: &mut Option<Value<T>>) -> (WritableEnd<T>, Value<T>) {
        match (end.take(), value.take()) {
            (Some(end), Some(value)) => (end, value),
            (None | Some(_), _) => unreachable!("an operation that has not ended has its end and its value"),
        }
    }

    fn ended(end: &mut Option<WritableEnd<T>>, value: &mut Option<Value<T>>, code: u32) -> Written<T> {
        let (end, value) = Write::taken(end, value);
        match outcome(code) {
            CopyResult::Completed => {
                value.sent();
                Written::Sent
            }
            CopyResult::Dropped => Written::Dropped(value.into_value()),
            CopyResult::Cancelled => Written::Cancelled(value.into_value(), end),
        }
    }

    fn cancel(self: Pin<&mut Self>) -> Written<T> {
        let (end, value, copying) = self.parts();
        let handle = end.as_ref().map(|end| (end.handle.index(), end.handle.vtable.cancel_write));
        match handle.and_then(|(index, cancel)| copying.cancel(index, cancel)) {
            Some(code) => Write::ended(end, value, code),
            None => {
                let (end, value) = Write::taken(end, value);
                Written::Cancelled(value.into_value(), end)
            }
        }
    }
}

impl<T: 'static> Future for Write<T> {
    type Output = Result<(), FutureWriteError<T>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (end, value, copying) = self.parts();
        let (index, vtable) = end.as_ref().map_or((0, None), |end| (end.handle.index(), Some(end.handle.vtable)));
        let code = copying.poll(cx, index, || {
            let (Some(vtable), Some(value)) = (vtable, value.as_mut()) else {
                unreachable!("a write that has not begun has its end and its value")
            };
            let value = value.address();
            // SAFETY: the value stays there until the write has ended.
            unsafe { (vtable.write)(index, value, 1) }
        });
        code.map(|code| match Write::ended(end, value, code) {
            Written::Sent => Ok(()),
            Written::Dropped(value) | Written::Cancelled(value, _) => Err(FutureWriteError { value }),
        })
    }
}

impl<T: 'static> Drop for Write<T> {
    fn drop(&mut self) {
        if !self.copying.is_done() {
            // SAFETY: the write is not moved any more.
            drop(unsafe { Pin::new_unchecked(self) }.cancel());
        }
    }
}

/// A write in progress.
pub struct FutureWrite<T: 'static> {
    write: Write<T>,
    default: Option<fn() -> T>,
}

/// The outcome of a write that was cancelled.
#[derive(Debug)]
pub enum FutureWriteCancel<T: 'static> {
    /// The value was sent before.
    AlreadySent,
    /// The readable end was dropped before: the value.
    Dropped(T),
    /// The value was not sent: the value, and the writer.
    Cancelled(T, FutureWriter<T>),
}

impl<T: 'static> FutureWrite<T> {
    fn write(self: Pin<&mut Self>) -> Pin<&mut Write<T>> {
        // SAFETY: the field is structurally pinned.
        unsafe { self.map_unchecked_mut(|write| &mut write.write) }
    }

    /// Cancels the write.
    ///
    /// # Panics
    /// If the write has ended.
    pub fn cancel(self: Pin<&mut Self>) -> FutureWriteCancel<T> {
        let default = self.default;
        match self.write().cancel() {
            Written::Sent => FutureWriteCancel::AlreadySent,
            Written::Dropped(value) => FutureWriteCancel::Dropped(value),
            Written::Cancelled(value, end) => {
                FutureWriteCancel::Cancelled(value, FutureWriter { end: Some(end), default })
            }
        }
    }
}

impl<T: 'static> Future for FutureWrite<T> {
    type Output = Result<(), FutureWriteError<T>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.write().poll(cx)
    }
}

impl<T: 'static> Drop for FutureWrite<T> {
    fn drop(&mut self) {
        if !self.write.copying.is_done() {
            // The writer that comes back writes the default value.
            // SAFETY: the write is not moved any more.
            drop(unsafe { Pin::new_unchecked(self) }.cancel());
        }
    }
}

impl<T: 'static> fmt::Debug for FutureWrite<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FutureWrite").field("copying", &self.write.copying).finish_non_exhaustive()
    }
}

/// The readable end of a future. `await` reads it.
pub struct FutureReader<T: 'static> {
    handle: Handle,
    form: &'static Form<T>,
}

impl<T: 'static> FutureReader<T> {
    /// The owner of a handle.
    ///
    /// # Safety
    /// The handle is one of this type, and nothing else owns it.
    #[doc(hidden)]
    #[must_use]
    pub unsafe fn new<O: FutureOps<Payload = T>>(handle: u32, ops: O) -> Self {
        FutureReader { handle: Handle::new(handle, ops.built_ins()), form: ops.form() }
    }
}

impl<T: 'static> FutureReader<T> {
    /// Gives the end away: the caller owns the handle.
    #[doc(hidden)]
    #[must_use]
    pub fn take_handle(&self) -> u32 {
        self.handle.take()
    }
}

impl<T: 'static> fmt::Debug for FutureReader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FutureReader").field("handle", &self.handle.index()).finish()
    }
}

impl<T: 'static> Drop for FutureReader<T> {
    fn drop(&mut self) {
        self.handle.drop(self.handle.vtable.drop_readable);
    }
}

impl<T: 'static> IntoFuture for FutureReader<T> {
    type Output = T;
    type IntoFuture = FutureRead<T>;

    fn into_future(self) -> FutureRead<T> {
        FutureRead { reader: Some(self), block: None, copying: Copying::new() }
    }
}

/// A read in progress.
#[derive(Debug)]
pub struct FutureRead<T: 'static> {
    /// `None` after the read has ended.
    reader: Option<FutureReader<T>>,
    /// The place of the value.
    block: Option<Block>,
    copying: Copying,
}

impl<T: 'static> FutureRead<T> {
    fn parts(self: Pin<&mut Self>) -> (&mut Option<FutureReader<T>>, &mut Option<Block>, Pin<&Copying>) {
        // SAFETY: only `copying` is structurally pinned, and it is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        (&mut this.reader, &mut this.block, unsafe { Pin::new_unchecked(&this.copying) })
    }

    fn taken(reader: &mut Option<FutureReader<T>>) -> FutureReader<T> {
        reader.take().unwrap_or_else(|| unreachable!("an operation that has not ended has its end"))
    }

    fn ended(reader: &mut Option<FutureReader<T>>, block: &mut Option<Block>, code: u32) -> Result<T, FutureReader<T>> {
        let reader = FutureRead::taken(reader);
        match outcome(code) {
            CopyResult::Completed => {}
            CopyResult::Cancelled => return Err(reader),
            CopyResult::Dropped => panic!("the writable end of a future was dropped before a value was written"),
        }
        let Some(block) = block.take() else { unreachable!("a read that has begun has its place") };
        let from = block.as_ptr().cast_const();
        Ok(match &reader.form.conversion {
            // SAFETY: the other end has written a value, which is taken once.
            Some(conversion) => unsafe { (conversion.load)(from, (reader.handle.vtable.ends)()) },
            // SAFETY: as above.
            None => unsafe { from.cast::<T>().read() },
        })
    }

    /// Cancels the read. Returns the value, if it was read before.
    ///
    /// # Errors
    /// The end, if there is no value.
    ///
    /// # Panics
    /// If the read has ended.
    pub fn cancel(self: Pin<&mut Self>) -> Result<T, FutureReader<T>> {
        let (reader, block, copying) = self.parts();
        let handle = reader.as_ref().map(|reader| (reader.handle.index(), reader.handle.vtable.cancel_read));
        match handle.and_then(|(index, cancel)| copying.cancel(index, cancel)) {
            Some(code) => FutureRead::ended(reader, block, code),
            None => Err(FutureRead::taken(reader)),
        }
    }
}

impl<T: 'static> Future for FutureRead<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let (reader, block, copying) = self.parts();
        let handle = reader.as_ref().map(|reader| (reader.handle.index(), reader.handle.vtable, reader.form));
        let index = handle.map_or(0, |(index, ..)| index);
        let code = copying.poll(cx, index, || {
            let Some((index, vtable, form)) = handle else { unreachable!("a read that has not begun has its end") };
            let place = block.insert(form.block(1)).as_ptr();
            // SAFETY: there is room for the value, and it stays until the read has ended.
            unsafe { (vtable.read)(index, place, 1) }
        });
        code.map(|code| match FutureRead::ended(reader, block, code) {
            Ok(value) => value,
            Err(_) => unreachable!("nobody has cancelled it"),
        })
    }
}

impl<T: 'static> Drop for FutureRead<T> {
    fn drop(&mut self) {
        if !self.copying.is_done() {
            // SAFETY: the read is not moved any more.
            drop(unsafe { Pin::new_unchecked(self) }.cancel());
        }
    }
}

impl<T: 'static> FutureReader<T> {
    fn from_index<S: ElementBy<T>, C: LiftCx>(cx: &mut C, index: u32) -> Result<Self, C::Error> {
        let key = cx.lift_reader::<Self>(<FutureReader<S> as Shape<Self>>::DESC, index)?;
        Ok(FutureReader { handle: future_end::<T>(key), form: const { &Form::by::<S>() } })
    }
}

transferred!(FutureReader, Future);
