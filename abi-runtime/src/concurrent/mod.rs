//! The guest's side of concurrency: tasks, calls that wait, streams, futures, error contexts
//! (`CanonicalABI.md#task-state` and later).
//!
//! | module | contents |
//! |---|---|
//! | `task` | the executor: the futures of a task, and their wakers |
//! | `run` | the callback of an export and `block_on`, which run a task |
//! | `call` | a call of an import that waits, and a call of an export; natively in `native` |
//! | `cancel` | the cancellation of a task that ends without a result |
//! | `element` | the form of elements in the memory that built-ins copy |
//! | `buffer` | elements to be written |
//! | `copying` | a read or a write in progress |
//! | `handle` | the handle of an end, which has one owner |
//! | `ops` | the built-ins of a type of streams or futures |
//! | `stream`, `future` | both ends of each |
//! | `raw` | both by their built-ins, under the names of `wit_bindgen`'s |
//! | `unit` | streams without an element type, which no function need mention |
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
mod cancel;
mod copying;
mod element;
mod error_context;
mod future;
mod handle;
mod ops;
mod raw;
#[cfg_attr(target_arch = "wasm32", path = "run/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "run/native.rs")]
mod run;
mod stream;
mod task;
mod unit;
mod yields;

#[cfg(feature = "futures")]
pub use adapters::{RawStreamReaderStream, StreamClosed, StreamReaderStream, StreamWriterSink};
pub use buffer::Buffer;
#[cfg(target_arch = "wasm32")]
pub use call::{ImportCall, export_async, import_call};
pub use cancel::TaskCancelOnDrop;
pub use element::Element;
pub use error_context::ErrorContext;
pub use future::{FutureRead, FutureReader, FutureWrite, FutureWriteCancel, FutureWriteError, FutureWriter};
pub use ops::{FutureOps, FutureVtable, StreamOps, StreamVtable};
pub use raw::{
    AbiBuffer, RawFutureRead, RawFutureReader, RawFutureWrite, RawFutureWriteCancel, RawFutureWriter, RawStreamRead,
    RawStreamReader, RawStreamWrite, RawStreamWriter, future_new, raw_future_new, raw_stream_new, stream_new,
};
pub use run::block_on;
#[cfg(target_arch = "wasm32")]
pub use run::{callback, start_task};
pub use stream::{StreamRead, StreamReader, StreamResult, StreamWrite, StreamWriter};
pub use task::spawn_local;
pub use unit::UnitStreamOps;
pub use yields::{backpressure_dec, backpressure_inc, yield_async, yield_blocking};
