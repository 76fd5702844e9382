//! Streams (`CanonicalABI.md#stream-and-future-state`).

use alloc::vec::Vec;
use core::fmt;
use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::buffer::Buffer;
use super::copying::Copying;
use super::element::{Block, ElementBy, Form, stream_end, transferred};
use super::handle::Handle;
use super::ops::StreamOps;
use crate::codes::{self, CopyResult, EndPair};
use crate::layout::MAX_BUFFER_LENGTH;
use crate::shape::Shape;
use crate::transfer::LiftCx;

/// Both ends of a new stream.
///
/// # Safety
/// The built-ins are those of streams of this type.
pub(super) unsafe fn ends<O: StreamOps>(ops: O) -> (StreamWriter<O::Payload>, StreamReader<O::Payload>) {
    let (vtable, form) = (ops.built_ins(), ops.form());
    // SAFETY: as the caller promises.
    let EndPair { readable, writable } = EndPair::unpack(unsafe { (vtable.new)() });
    (StreamWriter::of(Handle::new(writable, vtable), form), StreamReader::of(Handle::new(readable, vtable), form))
}

/// The outcome of a read or a write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StreamResult {
    /// This number of elements was copied.
    Complete(usize),
    /// No element was copied: the other end was dropped.
    Dropped,
    /// No element was copied: the operation was cancelled.
    Cancelled,
}

/// The outcome of a code, and whether the other end was dropped.
fn outcome(code: u32) -> (StreamResult, bool) {
    let Some(codes::StreamResult { result, progress }) = codes::StreamResult::unpack(code) else {
        unreachable!("the host gives defined codes")
    };
    let outcome = match (result, progress) {
        (CopyResult::Dropped, 0) => StreamResult::Dropped,
        (CopyResult::Cancelled, 0) => StreamResult::Cancelled,
        (CopyResult::Completed | CopyResult::Dropped | CopyResult::Cancelled, count) => {
            StreamResult::Complete(count as usize)
        }
    };
    (outcome, result == CopyResult::Dropped)
}

/// The writable end of a stream.
pub struct StreamWriter<T: 'static> {
    handle: Handle,
    pub(super) form: &'static Form<T>,
    /// Whether the readable end was dropped.
    pub(super) is_done: bool,
    /// Room for a single element.
    spare: Vec<T>,
}

impl<T: 'static> StreamWriter<T> {
    fn of(handle: Handle, form: &'static Form<T>) -> Self {
        StreamWriter { handle, form, is_done: false, spare: Vec::new() }
    }

    /// The owner of a handle.
    ///
    /// # Safety
    /// The handle is one of this type, and nothing else owns it.
    #[doc(hidden)]
    #[must_use]
    pub unsafe fn new<O: StreamOps<Payload = T>>(handle: u32, ops: O) -> Self {
        StreamWriter::of(Handle::new(handle, ops.built_ins()), ops.form())
    }
}

impl<T: 'static> StreamWriter<T> {
    /// The index of the end.
    #[must_use]
    pub fn handle(&self) -> u32 {
        self.handle.index()
    }

    /// Writes elements, as many as the reader takes at once.
    ///
    /// A dropped write is cancelled, and its elements are lost; [`StreamWrite::cancel`] returns those that were not sent.
    pub fn write(&mut self, values: Vec<T>) -> StreamWrite<'_, T> {
        let buffer = Buffer::new(values, self.form);
        self.write_buf(buffer)
    }

    /// Writes the elements of a buffer that were not sent by earlier writes.
    pub fn write_buf(&mut self, values: Buffer<T>) -> StreamWrite<'_, T> {
        StreamWrite { writer: self, writing: Writing::new(values) }
    }

    /// Writes all elements. Returns those that were not sent, because the readable end was dropped.
    pub async fn write_all(&mut self, values: Vec<T>) -> Vec<T> {
        let mut buffer = Buffer::new(values, self.form);
        while buffer.remaining() > 0 {
            let result;
            (result, buffer) = self.write_buf(buffer).await;
            if result == StreamResult::Dropped {
                break;
            }
        }
        buffer.into_vec()
    }

    /// Writes one element. Returns it if the readable end was dropped.
    pub async fn write_one(&mut self, value: T) -> Option<T> {
        let mut values = mem::take(&mut self.spare);
        values.push(value);
        let mut values = self.write_all(values).await;
        let value = values.pop();
        self.spare = values;
        value
    }
}

impl<T: 'static> fmt::Debug for StreamWriter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamWriter").field("handle", &self.handle()).finish()
    }
}

impl<T: 'static> Drop for StreamWriter<T> {
    fn drop(&mut self) {
        self.handle.drop(self.handle.vtable.drop_writable);
    }
}

/// A write in progress.
#[derive(Debug)]
pub struct StreamWrite<'a, T: 'static> {
    writer: &'a mut StreamWriter<T>,
    writing: Writing<T>,
}

impl<'a, T: 'static> StreamWrite<'a, T> {
    fn parts(self: Pin<&mut Self>) -> (&mut &'a mut StreamWriter<T>, Pin<&mut Writing<T>>) {
        // SAFETY: only `writing` is structurally pinned, and it is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        (&mut this.writer, unsafe { Pin::new_unchecked(&mut this.writing) })
    }

    /// Cancels the write, and returns the elements that have not been sent.
    ///
    /// # Panics
    /// If the write has ended.
    pub fn cancel(self: Pin<&mut Self>) -> (StreamResult, Buffer<T>) {
        let (writer, writing) = self.parts();
        writing.cancel(writer)
    }
}

impl<T: 'static> Future for StreamWrite<'_, T> {
    type Output = (StreamResult, Buffer<T>);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (writer, writing) = self.parts();
        writing.poll(writer, cx)
    }
}

impl<T: 'static> Drop for StreamWrite<'_, T> {
    fn drop(&mut self) {
        if !self.writing.is_done() {
            // SAFETY: the write is not moved any more.
            drop(unsafe { Pin::new_unchecked(self) }.cancel());
        }
    }
}

/// A write, without its writer. Unless it has ended, its owner cancels it before it is dropped.
#[derive(Debug)]
pub(super) struct Writing<T: 'static> {
    /// `None` after the write has ended.
    buffer: Option<Buffer<T>>,
    copying: Copying,
}

impl<T: 'static> Writing<T> {
    pub(super) const fn new(buffer: Buffer<T>) -> Writing<T> {
        Writing { buffer: Some(buffer), copying: Copying::new() }
    }

    fn parts(self: Pin<&mut Self>) -> (&mut Option<Buffer<T>>, Pin<&Copying>) {
        // SAFETY: only `copying` is structurally pinned, and it is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        (&mut this.buffer, unsafe { Pin::new_unchecked(&this.copying) })
    }

    pub(super) fn poll(
        self: Pin<&mut Self>,
        writer: &mut StreamWriter<T>,
        cx: &mut Context<'_>,
    ) -> Poll<(StreamResult, Buffer<T>)> {
        let (buffer, copying) = self.parts();
        let Handle { vtable, .. } = writer.handle;
        let end = writer.handle.index();
        let code = copying.poll(cx, end, || {
            let Some(buffer) = buffer.as_mut().filter(|_| !writer.is_done) else {
                return codes::StreamResult { result: CopyResult::Dropped, progress: 0 }.pack();
            };
            let len = buffer.remaining().min(MAX_BUFFER_LENGTH as usize);
            let elements = buffer.address();
            // SAFETY: the buffer has so many elements, and stays until the write has ended.
            unsafe { (vtable.write)(end, elements, len) }
        });
        code.map(|code| Writing::end(writer, buffer, code))
    }

    /// Cancels the write, and returns the elements that have not been sent.
    ///
    /// # Panics
    /// If the write has ended.
    pub(super) fn cancel(self: Pin<&mut Self>, writer: &mut StreamWriter<T>) -> (StreamResult, Buffer<T>) {
        let (buffer, copying) = self.parts();
        match copying.cancel(writer.handle.index(), writer.handle.vtable.cancel_write) {
            Some(code) => Writing::end(writer, buffer, code),
            None => (StreamResult::Cancelled, taken(buffer)),
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.copying.is_done()
    }

    fn end(writer: &mut StreamWriter<T>, buffer: &mut Option<Buffer<T>>, code: u32) -> (StreamResult, Buffer<T>) {
        let (result, is_dropped) = outcome(code);
        writer.is_done |= is_dropped;
        let mut buffer = taken(buffer);
        if let StreamResult::Complete(count) = result {
            buffer.advance(count);
        }
        (result, buffer)
    }
}

fn taken<B>(buffer: &mut Option<B>) -> B {
    buffer.take().unwrap_or_else(|| unreachable!("an operation that has not ended has its buffer"))
}

/// The readable end of a stream.
pub struct StreamReader<T: 'static> {
    handle: Handle,
    form: &'static Form<T>,
    /// Whether the writable end was dropped.
    pub(super) is_done: bool,
    /// Room for a single element.
    spare: Vec<T>,
}

impl<T: 'static> StreamReader<T> {
    fn of(handle: Handle, form: &'static Form<T>) -> Self {
        StreamReader { handle, form, is_done: false, spare: Vec::new() }
    }

    /// The owner of a handle. The host checks its type when it is used.
    #[doc(hidden)]
    #[must_use]
    pub fn new<O: StreamOps<Payload = T>>(handle: u32, ops: O) -> Self {
        StreamReader::of(Handle::new(handle, ops.built_ins()), ops.form())
    }
}

impl<T: 'static> StreamReader<T> {
    /// The index of the end.
    #[must_use]
    pub fn handle(&self) -> u32 {
        self.handle.index()
    }

    /// Gives the end away: the caller owns the handle.
    #[doc(hidden)]
    #[must_use]
    pub fn take_handle(&self) -> u32 {
        self.handle.take()
    }

    /// Reads elements into the spare capacity of `buf`.
    ///
    /// A dropped read is cancelled, and elements that it has read are lost; [`StreamRead::cancel`] returns them.
    pub fn read(&mut self, buf: Vec<T>) -> StreamRead<'_, T> {
        self.read_at_most(usize::MAX, buf)
    }

    fn read_at_most(&mut self, limit: usize, buffer: Vec<T>) -> StreamRead<'_, T> {
        StreamRead { reader: self, reading: Reading::new(buffer, limit) }
    }

    /// Reads one element. `None` if the writable end was dropped.
    pub async fn next(&mut self) -> Option<T> {
        let mut buffer = mem::take(&mut self.spare);
        buffer.reserve_exact(1);
        let (_, mut buffer) = self.read_at_most(1, buffer).await;
        let value = buffer.pop();
        self.spare = buffer;
        value
    }

    /// Reads all elements, until the writable end is dropped.
    pub async fn collect(mut self) -> Vec<T> {
        let mut all = Vec::new();
        loop {
            if all.len() == all.capacity() {
                all.reserve(1);
            }
            let result;
            (result, all) = self.read(all).await;
            if result == StreamResult::Dropped {
                return all;
            }
        }
    }
}

impl<T: 'static> fmt::Debug for StreamReader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamReader").field("handle", &self.handle()).finish()
    }
}

impl<T: 'static> Drop for StreamReader<T> {
    fn drop(&mut self) {
        self.handle.drop(self.handle.vtable.drop_readable);
    }
}

/// A read in progress.
#[derive(Debug)]
pub struct StreamRead<'a, T: 'static> {
    reader: &'a mut StreamReader<T>,
    reading: Reading<T>,
}

impl<'a, T: 'static> StreamRead<'a, T> {
    fn parts(self: Pin<&mut Self>) -> (&mut &'a mut StreamReader<T>, Pin<&mut Reading<T>>) {
        // SAFETY: only `reading` is structurally pinned, and it is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        (&mut this.reader, unsafe { Pin::new_unchecked(&mut this.reading) })
    }

    /// Cancels the read, and returns the elements that it has read.
    ///
    /// # Panics
    /// If the read has ended.
    pub fn cancel(self: Pin<&mut Self>) -> (StreamResult, Vec<T>) {
        let (reader, reading) = self.parts();
        reading.cancel(reader)
    }
}

impl<T: 'static> Future for StreamRead<'_, T> {
    type Output = (StreamResult, Vec<T>);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let (reader, reading) = self.parts();
        reading.poll(reader, cx)
    }
}

impl<T: 'static> Drop for StreamRead<'_, T> {
    fn drop(&mut self) {
        if !self.reading.is_done() {
            // SAFETY: the read is not moved any more.
            drop(unsafe { Pin::new_unchecked(self) }.cancel());
        }
    }
}

/// A read, without its reader. Unless it has ended, its owner cancels it before it is dropped.
#[derive(Debug)]
pub(super) struct Reading<T: 'static> {
    /// `None` after the read has ended.
    place: Option<Place<T>>,
    copying: Copying,
}

/// The memory that elements are read to.
#[derive(Debug)]
struct Place<T> {
    buffer: Vec<T>,
    /// The largest number of elements that are read.
    limit: usize,
    /// The canonical forms of elements, if they differ from those in Rust.
    block: Option<Block>,
}

impl<T: 'static> Reading<T> {
    /// A read of at most `limit` elements into the spare capacity of a buffer.
    pub(super) fn new(buffer: Vec<T>, limit: usize) -> Reading<T> {
        let limit = limit.min(MAX_BUFFER_LENGTH as usize);
        Reading { place: Some(Place { buffer, limit, block: None }), copying: Copying::new() }
    }

    fn parts(self: Pin<&mut Self>) -> (&mut Option<Place<T>>, Pin<&Copying>) {
        // SAFETY: only `copying` is structurally pinned, and it is not moved.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        (&mut this.place, unsafe { Pin::new_unchecked(&this.copying) })
    }

    pub(super) fn poll(
        self: Pin<&mut Self>,
        reader: &mut StreamReader<T>,
        cx: &mut Context<'_>,
    ) -> Poll<(StreamResult, Vec<T>)> {
        let (place, copying) = self.parts();
        let Handle { vtable, .. } = reader.handle;
        let end = reader.handle.index();
        let code = copying.poll(cx, end, || {
            let Some(Place { buffer, limit, block }) = place.as_mut().filter(|_| !reader.is_done) else {
                return codes::StreamResult { result: CopyResult::Dropped, progress: 0 }.pack();
            };
            let room = buffer.spare_capacity_mut();
            let len = room.len().min(*limit);
            let elements = match reader.form.conversion {
                Some(_) => block.insert(reader.form.block(len)).as_ptr(),
                None => room.as_mut_ptr().cast(),
            };
            // SAFETY: there is room for so many elements, and it stays until the read has ended.
            unsafe { (vtable.read)(end, elements, len) }
        });
        code.map(|code| Reading::end(reader, place, code))
    }

    /// Cancels the read, and returns the elements that it has read.
    ///
    /// # Panics
    /// If the read has ended.
    pub(super) fn cancel(self: Pin<&mut Self>, reader: &mut StreamReader<T>) -> (StreamResult, Vec<T>) {
        let (place, copying) = self.parts();
        match copying.cancel(reader.handle.index(), reader.handle.vtable.cancel_read) {
            Some(code) => Reading::end(reader, place, code),
            None => (StreamResult::Cancelled, taken(place).buffer),
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.copying.is_done()
    }

    fn end(reader: &mut StreamReader<T>, place: &mut Option<Place<T>>, code: u32) -> (StreamResult, Vec<T>) {
        let (result, is_dropped) = outcome(code);
        reader.is_done |= is_dropped;
        let Place { mut buffer, block, .. } = taken(place);
        let StreamResult::Complete(count) = result else { return (result, buffer) };
        match (&reader.form.conversion, block) {
            (Some(conversion), Some(block)) => {
                let mut from = block.as_ptr().cast_const();
                for _ in 0..count {
                    // SAFETY: the other end has written so many elements, each of which is taken once.
                    buffer.push(unsafe { (conversion.load)(from, (reader.handle.vtable.ends)()) });
                    from = from.wrapping_add(reader.form.size);
                }
            }
            (None, _) | (Some(_), None) => {
                let len = buffer.len() + count;
                // SAFETY: the other end has written so many elements after those that there were.
                unsafe { buffer.set_len(len) }
            }
        }
        (result, buffer)
    }
}

impl<T: 'static> StreamReader<T> {
    fn from_index<S: ElementBy<T>, C: LiftCx>(cx: &mut C, index: u32) -> Result<Self, C::Error> {
        let key = cx.lift_reader::<Self>(<StreamReader<S> as Shape<Self>>::DESC, index)?;
        Ok(StreamReader::of(stream_end::<T>(key), const { &Form::by::<S>() }))
    }
}

transferred!(StreamReader, Stream);
