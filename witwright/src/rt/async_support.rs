//! Streams, futures, error contexts, and the tasks in which they are used, by the names of `wit_bindgen::rt::async_support`.

pub use witwright_abi_runtime::concurrent::{
    AbiBuffer, Buffer, ErrorContext, FutureOps, FutureRead, FutureReader, FutureVtable, FutureWrite, FutureWriteCancel,
    FutureWriteError, FutureWriter, RawFutureRead, RawFutureReader, RawFutureWrite, RawFutureWriteCancel,
    RawFutureWriter, RawStreamRead, RawStreamReader, RawStreamWrite, RawStreamWriter, StreamOps, StreamRead,
    StreamReader, StreamResult, StreamVtable, StreamWrite, StreamWriter, TaskCancelOnDrop, UnitStreamOps,
    backpressure_dec, backpressure_inc, block_on, future_new, raw_future_new, raw_stream_new, spawn_local,
    spawn_local as spawn, stream_new, yield_async, yield_blocking,
};
#[cfg(feature = "futures")]
pub use witwright_abi_runtime::concurrent::{
    RawStreamReaderStream, StreamClosed, StreamReaderStream, StreamWriterSink,
};
#[cfg(target_arch = "wasm32")]
pub use witwright_abi_runtime::concurrent::{callback, start_task};
