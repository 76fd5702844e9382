//! The guest's side of concurrency: tasks, calls that wait, streams, futures, error contexts
//! (`CanonicalABI.md#task-state` and later).
//!
//! | module | contents |
//! |---|---|
//! | `task` | the executor: the futures of a task, and their wakers |
//! | `run` | the callback of an export and `block_on`, which run a task |
//! | `call` | a call of an import that waits, and a call of an export; natively in `native` |
//! | `element` | the form of elements in the memory that built-ins copy |
//! | `buffer` | elements to be written |
//! | `copying` | a read or a write in progress |
//! | `handle` | the index of an end, which one owner has |
//! | `stream`, `future` | both ends of each |
//! | `unit` | streams of nothing, which no function mentions |
//! | `adapters` | ends of streams by the traits of `futures` |
//! | `error_context` | error contexts |
//!
//! Natively the same code runs: `block_on` or any executor runs a task, and ends are in a table of the thread
//! (`native/ends.rs`).

#[cfg(feature = "futures")]
mod adapters;
mod buffer;
#[cfg(target_arch = "wasm32")]
mod call;
mod copying;
mod element;
mod error_context;
mod future;
mod handle;
#[cfg_attr(target_arch = "wasm32", path = "run/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "run/native.rs")]
mod run;
mod stream;
mod task;
mod unit;
mod yields;

#[cfg(feature = "futures")]
pub use adapters::{StreamClosed, StreamReaderStream, StreamWriterSink};
pub use buffer::AbiBuffer;
#[cfg(target_arch = "wasm32")]
pub use call::{ImportCall, export_async, import_call};
pub use element::Element;
pub use error_context::ErrorContext;
pub use future::{
    FutureRead, FutureReader, FutureWrite, FutureWriteCancel, FutureWriteError, FutureWriter, future_new,
};
pub use run::block_on;
#[cfg(target_arch = "wasm32")]
pub use run::callback;
pub use stream::{StreamRead, StreamReader, StreamResult, StreamWrite, StreamWriter, stream_new};
pub use task::spawn_local;
pub use unit::{RawStreamReader, RawStreamWriter, StreamOps, UnitStreamOps};
pub use yields::{backpressure_dec, backpressure_inc, yield_async, yield_blocking};
