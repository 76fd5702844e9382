//! Streams, futures, error contexts, and the tasks in which they are used, by the names of `wit_bindgen::rt::async_support`.

pub use witwright_abi_runtime::concurrent::{
    AbiBuffer, ErrorContext, FutureRead, FutureReader, FutureWrite, FutureWriteCancel, FutureWriteError, FutureWriter,
    RawStreamReader, RawStreamWriter, StreamOps, StreamRead, StreamReader, StreamResult, StreamWrite, StreamWriter,
    UnitStreamOps, backpressure_dec, backpressure_inc, block_on, spawn_local, spawn_local as spawn, yield_async,
    yield_blocking,
};
#[cfg(feature = "futures")]
pub use witwright_abi_runtime::concurrent::{StreamClosed, StreamReaderStream, StreamWriterSink};
