//! Streams and futures by their built-ins, under the names of `wit_bindgen`'s.

use super::buffer::Buffer;
use super::future::{self, FutureRead, FutureReader, FutureWrite, FutureWriteCancel, FutureWriter};
use super::ops::{FutureOps, FutureVtable, StreamOps, StreamVtable};
use super::stream::{self, StreamRead, StreamReader, StreamWrite, StreamWriter};

/// Elements that are written to a stream, by its built-ins.
pub type AbiBuffer<O> = Buffer<<O as StreamOps>::Payload>;

/// The writable end of a stream, by its built-ins.
pub type RawStreamWriter<O> = StreamWriter<<O as StreamOps>::Payload>;

/// The readable end of a stream, by its built-ins.
pub type RawStreamReader<O> = StreamReader<<O as StreamOps>::Payload>;

/// A write to a stream, by its built-ins.
pub type RawStreamWrite<'a, O> = StreamWrite<'a, <O as StreamOps>::Payload>;

/// A read of a stream, by its built-ins.
pub type RawStreamRead<'a, O> = StreamRead<'a, <O as StreamOps>::Payload>;

/// The writable end of a future, by its built-ins.
pub type RawFutureWriter<O> = FutureWriter<<O as FutureOps>::Payload>;

/// The readable end of a future, by its built-ins.
pub type RawFutureReader<O> = FutureReader<<O as FutureOps>::Payload>;

/// A write to a future, by its built-ins.
pub type RawFutureWrite<O> = FutureWrite<<O as FutureOps>::Payload>;

/// A read of a future, by its built-ins.
pub type RawFutureRead<O> = FutureRead<<O as FutureOps>::Payload>;

/// The outcome of a write to a future that was cancelled, by its built-ins.
pub type RawFutureWriteCancel<O> = FutureWriteCancel<<O as FutureOps>::Payload>;

/// Makes a stream.
///
/// # Safety
/// The built-ins are those of streams of this type.
#[must_use]
pub unsafe fn stream_new<T: 'static>(vtable: &'static StreamVtable<T>) -> (StreamWriter<T>, StreamReader<T>) {
    // SAFETY: as the caller promises.
    unsafe { raw_stream_new(vtable) }
}

/// Makes a stream.
///
/// # Safety
/// The built-ins are those of streams of this type.
#[must_use]
pub unsafe fn raw_stream_new<O: StreamOps>(ops: O) -> (RawStreamWriter<O>, RawStreamReader<O>) {
    // SAFETY: as the caller promises.
    unsafe { stream::ends(ops) }
}

/// Makes a future. A value is always written: `default` makes the value for a writer that is dropped.
///
/// # Safety
/// The built-ins are those of futures of this type.
#[must_use]
pub unsafe fn future_new<T: 'static>(
    default: fn() -> T,
    vtable: &'static FutureVtable<T>,
) -> (FutureWriter<T>, FutureReader<T>) {
    // SAFETY: as the caller promises.
    unsafe { future::ends(Some(default), vtable) }
}

/// Makes a future without a default value: its writer must be used before it is dropped, or the host traps.
///
/// # Safety
/// The built-ins are those of futures of this type.
#[must_use]
pub unsafe fn raw_future_new<O: FutureOps>(ops: O) -> (RawFutureWriter<O>, RawFutureReader<O>) {
    // SAFETY: as the caller promises.
    unsafe { future::ends(None, ops) }
}
