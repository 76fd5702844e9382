//! Making, reading and writing ends of streams and futures that the host holds, and its error contexts
//! (`CanonicalABI.md#stream-and-future-state`).

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;
use core::future::{Future, poll_fn};
use core::marker::PhantomData;
use core::ops::ControlFlow;
use core::task::{Context, Poll};

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::machine::buffer_length;
use witwright_abi_runtime::transfer::{ComponentType, Keeper, Lift, Lower};
use witwright_abi_runtime::trap::EndKind;

use crate::call::host_copies::begin;
use crate::call::host_elements::{Offer, Receiver, Room};
use crate::call::trapped::end_poisoned;
use crate::end::{
    ErrorContext, ErrorContextVal, FutureReader, FutureVal, FutureWriter, Kept, StreamReader, StreamVal, StreamWriter,
};
use crate::engine::CoreEngine;
use crate::error::{Error, HandleError};
use crate::ids::WaitableId;
use crate::store::host_ends::HostEnd;
use crate::store::linked::HostBuffer;
use crate::store::{Access, AsContextMut, StoreContextMut};

/// Reads or writes: begins unless a read or write has begun before. Returns the buffer once it has ended. `None` if the
/// end has no buffer, since the other end is dropped.
fn poll_copy<B: HostBuffer<T, E> + Default, T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: &Kept,
    poll: &Context<'_>,
    buffer: impl FnOnce() -> (B, usize),
) -> Poll<Result<Option<B>, Error>> {
    let id = end_in(cx, end)?;
    let state = cx.state_mut();
    let end = state.host_ends.end(id);
    if !end.copies() {
        if state.tables.machine.end_is_done(id) {
            return Poll::Ready(Ok(None));
        }
        let (buffer, length) = buffer();
        match buffer_of(end) {
            Some(last) => *last = buffer,
            None => end.buffer = Some(Box::new(buffer)),
        }
        begin(cx, id, buffer_length(length))?;
        end_poisoned(cx);
    }
    let end = cx.state_mut().host_ends.end(id);
    let Some(outcome) = end.poll(poll.waker()) else { return Poll::Pending };
    let buffer = buffer_of(end).map(core::mem::take);
    Poll::Ready(outcome.map(|()| buffer))
}

/// The buffer of an end, of the type that it had before.
fn buffer_of<B: HostBuffer<T, E>, T: 'static, E: CoreEngine>(
    end: &mut HostEnd<dyn HostBuffer<T, E>>,
) -> Option<&mut B> {
    let buffer: &mut dyn Any = &mut **end.buffer.as_mut()?;
    buffer.downcast_mut()
}

/// The end of a key.
fn end_in<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: &Kept,
) -> Result<WaitableId, HandleError> {
    let tables = &mut cx.state_mut().tables;
    let key = end.key(Some(&*tables.signal));
    tables.end_of_host(key)
}

/// A new stream of the host: the end that it writes, and the end that it passes to a guest or reads itself.
///
/// ```
/// # use witwright_host::{Access, Error, StreamReader, stream};
/// # async fn example(access: Access<()>) -> Result<StreamReader<u8>, Error> {
/// let (mut writer, reader) = access.with(|mut store| stream::<u8>(&mut store))?;
/// let writing = access.clone();
/// access.spawn(async move {
///     writer.write(&writing, b"some bytes".to_vec()).await?;
///     Ok(())
/// });
/// # Ok(reader)
/// # }
/// ```
///
/// # Errors
/// When there are too many.
pub fn stream<V: Send + 'static>(mut store: impl AsContextMut) -> Result<(StreamWriter<V>, StreamReader<V>), Error> {
    let [writable, readable] = new_pair(&mut store.as_context_mut(), EndKind::Stream)?;
    Ok((StreamWriter { end: writable, elements: PhantomData }, StreamReader::new(readable)))
}

/// A new future of the host: the end that it writes, and the end that it passes to a guest or reads itself.
///
/// # Errors
/// When there are too many.
pub fn future<V: Send + 'static>(mut store: impl AsContextMut) -> Result<(FutureWriter<V>, FutureReader<V>), Error> {
    let [writable, readable] = new_pair(&mut store.as_context_mut(), EndKind::Future)?;
    Ok((FutureWriter { end: writable, value: PhantomData }, FutureReader::new(readable)))
}

fn new_pair<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, kind: EndKind) -> Result<[Kept; 2], Error> {
    let (readable, writable) = cx.state_mut().tables.new_pair(kind)?;
    Ok([writable, readable].map(|key| keep(cx, key)))
}

fn keep<T: 'static, E: CoreEngine>(cx: &StoreContextMut<'_, T, E>, key: u64) -> Kept {
    Kept::new(key, Some(cx.state().tables.signal.clone()))
}

impl<V: Lift + Send + 'static> StreamReader<V> {
    /// Reads up to `max` elements, and waits until there is at least one. An empty list means that the stream has ended.
    ///
    /// Dropping the future loses nothing: the next read returns the elements that were read meanwhile.
    ///
    /// # Errors
    /// When the elements are not valid values of their type, or the end belongs to another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn read<T: 'static, E: CoreEngine>(
        &mut self,
        access: &Access<T, E>,
        max: usize,
    ) -> impl Future<Output = Result<Vec<V>, Error>> + use<'_, V, T, E> {
        let access = access.clone();
        poll_fn(move |poll| access.with(|mut cx| self.poll_read(&mut cx, poll, max)))
    }

    pub(super) fn poll_read<T: 'static, E: CoreEngine>(
        &mut self,
        cx: &mut StoreContextMut<'_, T, E>,
        poll: &Context<'_>,
        max: usize,
    ) -> Poll<Result<Vec<V>, Error>> {
        while self.rest.is_empty() && max > 0 {
            let polled = poll_copy(cx, &self.end, poll, || (Room::default(), max));
            self.is_reading = polled.is_pending();
            let Poll::Ready(read) = polled else { return Poll::Pending };
            match read? {
                Some(Room { items, .. }) => self.rest = items,
                None => break,
            }
        }
        let after = self.rest.split_off(max.min(self.rest.len()));
        Poll::Ready(Ok(core::mem::replace(&mut self.rest, after)))
    }

    /// Passes the elements to a closure as soon as they are written, up to `max` at a time, until the stream ends or the closure
    /// breaks. The guest goes on at once; a host that cannot keep up with it uses [`read`](Self::read) instead.
    ///
    /// The closure may take the elements out of the vector, which is empty when it is called again. Dropping the future drops the
    /// reader.
    ///
    /// ```
    /// # use core::ops::ControlFlow;
    /// # use witwright_host::{Access, Error, StreamReader};
    /// # async fn example(access: Access<()>, lines: StreamReader<String>) -> Result<(), Error> {
    /// let print = |lines: &mut Vec<String>| {
    ///     for line in lines.drain(..) {
    ///         println!("{line}");
    ///     }
    ///     ControlFlow::Continue(())
    /// };
    /// lines.for_each(&access, 64, print).await
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the elements are not valid values of their type, or the end belongs to another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn for_each<T: 'static, E: CoreEngine, F>(
        self,
        access: &Access<T, E>,
        max: usize,
        receive: F,
    ) -> impl Future<Output = Result<(), Error>> + use<V, T, E, F>
    where
        F: FnMut(&mut Vec<V>) -> ControlFlow<()> + Send + 'static,
    {
        let access = access.clone();
        let mut receiver = Some(Receiver { max: max.max(1), receive: Box::new(receive) });
        // The reader is dropped when the stream has ended, and not only with the future.
        async move {
            let mut reader = self;
            poll_fn(|poll| access.with(|mut cx| reader.poll_for_each(&mut cx, poll, &mut receiver))).await
        }
    }

    fn poll_for_each<T: 'static, E: CoreEngine>(
        &mut self,
        cx: &mut StoreContextMut<'_, T, E>,
        poll: &Context<'_>,
        receiver: &mut Option<Receiver<V>>,
    ) -> Poll<Result<(), Error>> {
        loop {
            // A read that a dropped future has begun comes first, with the elements that it has left.
            if let Some(receiver) = receiver
                && !self.rest.is_empty()
                && receiver.breaks(&mut self.rest)
            {
                return Poll::Ready(Ok(()));
            }
            let max = receiver.as_ref().map_or(0, |receiver| receiver.max);
            let room = || (Room { items: Vec::new(), receiver: receiver.take() }, max);
            let Poll::Ready(read) = poll_copy(cx, &self.end, poll, room) else { return Poll::Pending };
            match read? {
                Some(Room { items, .. }) if receiver.is_some() => self.rest = items,
                Some(_) | None => return Poll::Ready(Ok(())),
            }
        }
    }

    /// The end as a dynamic value.
    ///
    /// # Errors
    /// When the end belongs to another store or is being read, or its elements hold resources.
    pub fn into_val(self, mut store: impl AsContextMut) -> Result<StreamVal, Error> {
        let mut cx = store.as_context_mut();
        if self.is_busy() {
            return Err(HandleError::Busy.into());
        }
        let (end, element) = retyped(&mut cx, &self.end, Self::DESC)?;
        Ok(StreamVal { end: Arc::new(end), element })
    }
}

impl<V: Lower + Send + 'static> StreamWriter<V> {
    /// Writes elements, and waits until all have been read. Returns those that were not read if the reader was dropped.
    ///
    /// Dropping the future leaves its elements in the stream, before those that are written next.
    ///
    /// # Errors
    /// When an element cannot be lowered: the reader keeps those of its earlier reads, and gets no more. Or when the end belongs to
    /// another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn write<T: 'static, E: CoreEngine>(
        &mut self,
        access: &Access<T, E>,
        items: Vec<V>,
    ) -> impl Future<Output = Result<Vec<V>, Error>> + use<'_, V, T, E> {
        let access = access.clone();
        let mut offer = Some(Offer::new(items));
        poll_fn(move |poll| access.with(|mut cx| self.poll_write(&mut cx, poll, &mut offer)).map_ok(Offer::into_last))
    }

    /// Writes the elements of a buffer, and waits until all have been read. Returns their number:
    /// fewer than all if the reader was dropped.
    ///
    /// They are copied once, from the buffer to the guest's memory: a buffer that others share, such as an `Arc<[u8]>`, need not
    /// become a `Vec`. A reader of the host gets clones. Otherwise this is [`write`](Self::write).
    ///
    /// # Errors
    /// When an element cannot be lowered: the reader keeps those of its earlier reads, and gets no more. Or when the end belongs to
    /// another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn write_buffer<T: 'static, E: CoreEngine, B: AsRef<[V]> + Send + 'static>(
        &mut self,
        access: &Access<T, E>,
        buffer: B,
    ) -> impl Future<Output = Result<usize, Error>> + use<'_, V, T, E, B>
    where
        V: Clone,
    {
        let access = access.clone();
        let length = buffer.as_ref().len();
        let mut offer = Some(Offer::of_buffer(buffer));
        poll_fn(move |poll| {
            let polled = access.with(|mut cx| self.poll_write(&mut cx, poll, &mut offer));
            polled.map_ok(|unread| length - unread.len().min(length))
        })
    }

    /// Waits until the reader reads, without writing anything. Returns `false` if the reader was dropped.
    ///
    /// # Errors
    /// When the end belongs to another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn wanted<T: 'static, E: CoreEngine>(
        &mut self,
        access: &Access<T, E>,
    ) -> impl Future<Output = Result<bool, Error>> + use<'_, V, T, E> {
        let access = access.clone();
        poll_fn(move |poll| {
            access.with(|mut cx| {
                // A write of no elements ends when there is a reader.
                let Poll::Ready(written) = self.poll_write(&mut cx, poll, &mut None) else { return Poll::Pending };
                let _ = written?;
                let id = end_in(&mut cx, &self.end)?;
                Poll::Ready(Ok(!cx.state().tables.machine.end_is_done(id)))
            })
        })
    }

    /// Waits until the reader is dropped, while nothing is written: no further elements are needed then.
    ///
    /// # Errors
    /// When the end belongs to another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn dropped<T: 'static, E: CoreEngine>(
        &mut self,
        access: &Access<T, E>,
    ) -> impl Future<Output = Result<(), Error>> + use<'_, V, T, E> {
        let access = access.clone();
        poll_fn(move |poll| {
            access.with(|mut cx| {
                let id = end_in(&mut cx, &self.end)?;
                let state = cx.state_mut();
                if state.tables.machine.other_end(id).is_none() {
                    return Poll::Ready(Ok(()));
                }
                state.host_ends.end(id).watch(poll.waker().clone());
                Poll::Pending
            })
        })
    }

    /// Sets a closure that runs as soon as the reader is dropped, before the guest that drops it goes on. It can close the source of
    /// the stream. It does not run if the writer is dropped first.
    ///
    /// # Errors
    /// When the end belongs to another store.
    pub fn on_dropped(
        &mut self,
        mut store: impl AsContextMut,
        close: impl FnOnce() + Send + 'static,
    ) -> Result<(), Error> {
        let cx = &mut store.as_context_mut();
        let id = end_in(cx, &self.end)?;
        let state = cx.state_mut();
        if state.tables.machine.other_end(id).is_none() {
            close();
        } else {
            state.host_ends.end(id).on_dropped(Box::new(close));
        }
        Ok(())
    }

    /// Writes what it takes out of `offer`, after what earlier writes have left. Returns what was not read; the last of it is of
    /// this write.
    pub(super) fn poll_write<T: 'static, E: CoreEngine>(
        &mut self,
        cx: &mut StoreContextMut<'_, T, E>,
        poll: &Context<'_>,
        offer: &mut Option<Offer<V>>,
    ) -> Poll<Result<Offer<V>, Error>> {
        let id = end_in(cx, &self.end)?;
        let end = cx.state_mut().host_ends.end(id);
        if end.copies()
            && let Some(offered) = buffer_of::<Offer<V>, T, E>(end)
            && let Some(offer) = offer.take()
        {
            offered.append(offer);
        }
        loop {
            let offered = || {
                let offer = offer.take().unwrap_or_default();
                let length = offer.len();
                (offer, length)
            };
            let Poll::Ready(written) = poll_copy(cx, &self.end, poll, offered) else { return Poll::Pending };
            match written? {
                Some(rest) if rest.len() > 0 => *offer = Some(rest),
                Some(rest) => return Poll::Ready(Ok(rest)),
                None => return Poll::Ready(Ok(offer.take().unwrap_or_default())),
            }
        }
    }
}

impl<V: Lift + Send + 'static> FutureReader<V> {
    /// Reads the value, and waits until it is written. Returns `None` if the writer was dropped before.
    ///
    /// # Errors
    /// When the value is not valid for its type, or the end belongs to another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn read<T: 'static, E: CoreEngine>(
        &mut self,
        access: &Access<T, E>,
    ) -> impl Future<Output = Result<Option<V>, Error>> + use<'_, V, T, E> {
        let access = access.clone();
        poll_fn(move |poll| {
            access.with(|mut cx| {
                let polled = poll_copy(&mut cx, &self.end, poll, || (Room::default(), 1));
                self.is_reading = polled.is_pending();
                polled.map_ok(|read| read.and_then(|Room { mut items, .. }| items.pop()))
            })
        })
    }

    /// The end as a dynamic value.
    ///
    /// # Errors
    /// When the end belongs to another store or is being read, or its value holds resources.
    pub fn into_val(self, mut store: impl AsContextMut) -> Result<FutureVal, Error> {
        let mut cx = store.as_context_mut();
        if self.is_reading {
            return Err(HandleError::Busy.into());
        }
        let (end, element) = retyped(&mut cx, &self.end, Self::DESC)?;
        Ok(FutureVal { end: Arc::new(end), element })
    }
}

impl<V: Lower + Send + 'static> FutureWriter<V> {
    /// Writes the value, and waits until it has been read. Returns the value if the reader was dropped before.
    ///
    /// Dropping the future leaves the value to be read, until the writer is dropped.
    ///
    /// # Errors
    /// When the value cannot be lowered, or the end belongs to another store.
    ///
    /// # Panics
    /// If it is polled by anything but the store of `access`.
    pub fn write<T: 'static, E: CoreEngine>(
        &mut self,
        access: &Access<T, E>,
        value: V,
    ) -> impl Future<Output = Result<Option<V>, Error>> + use<'_, V, T, E> {
        let access = access.clone();
        let mut value = Some(value);
        poll_fn(move |poll| {
            access.with(|mut cx| {
                let offered = || (Offer::new(Vec::from_iter(value.take())), 1);
                let polled = poll_copy(&mut cx, &self.end, poll, offered);
                polled.map_ok(|written| match written {
                    Some(offer) => offer.into_last().pop(),
                    None => value.take(),
                })
            })
        })
    }
}

// Dynamic values.

/// The end of a described type under another key, and the number of its element type. The old key becomes invalid.
fn retyped<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: &Kept,
    ty: &'static TypeDesc,
) -> Result<(Kept, u32), Error> {
    let id = end_in(cx, end)?;
    let tables = &mut cx.state_mut().tables;
    let bindings = tables.end_bindings(id).unwrap_or_default();
    let element = tables.type_end(id, ty, &bindings)?;
    let keeper: Arc<dyn Keeper> = tables.signal.clone();
    let key = end.key(Some(&*keeper));
    end.set_given();
    Ok((Kept::new(key, Some(keeper)), element.id))
}

impl StreamVal {
    /// The stream, with elements of the Rust type `V`; `()` if it has no elements.
    ///
    /// # Errors
    /// When its elements are of another type, or are resources; when it belongs to another store, or was given away.
    pub fn typed<V: Lift>(&self, mut store: impl AsContextMut) -> Result<StreamReader<V>, Error> {
        let (end, _) = retyped(&mut store.as_context_mut(), &self.end, StreamReader::<V>::DESC)?;
        Ok(StreamReader::new(end))
    }
}

impl FutureVal {
    /// The future, with a value of the Rust type `V`; `()` if it has no value.
    ///
    /// # Errors
    /// When its value is of another type, or is a resource; when it belongs to another store, or was given away.
    pub fn typed<V: Lift>(&self, mut store: impl AsContextMut) -> Result<FutureReader<V>, Error> {
        let (end, _) = retyped(&mut store.as_context_mut(), &self.end, FutureReader::<V>::DESC)?;
        Ok(FutureReader::new(end))
    }
}

// Error contexts.

impl ErrorContext {
    /// A new error context of the host.
    ///
    /// # Errors
    /// When there are too many.
    pub fn new(mut store: impl AsContextMut, debug_message: &str) -> Result<ErrorContext, Error> {
        let cx = &mut store.as_context_mut();
        let key = cx.state_mut().tables.new_error_context(debug_message.into())?;
        Ok(ErrorContext { kept: keep(cx, key) })
    }

    /// Its debug message, which a guest may have changed or left out. That of a context that a guest makes is cut after 4 KiB.
    ///
    /// # Errors
    /// When it belongs to another store.
    pub fn debug_message(&self, mut store: impl AsContextMut) -> Result<String, Error> {
        debug_message(&mut store.as_context_mut(), &self.kept)
    }
}

impl ErrorContextVal {
    /// Its debug message, which a guest may have changed or left out. That of a context that a guest makes is cut after 4 KiB.
    ///
    /// # Errors
    /// When it belongs to another store.
    pub fn debug_message(&self, mut store: impl AsContextMut) -> Result<String, Error> {
        debug_message(&mut store.as_context_mut(), &self.kept)
    }
}

fn debug_message<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, kept: &Kept) -> Result<String, Error> {
    let tables = &mut cx.state_mut().tables;
    let key = kept.key(Some(&*tables.signal));
    Ok((*tables.error_context_message(key)?).into())
}
