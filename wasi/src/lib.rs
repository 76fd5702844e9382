//! WASI for components, on any engine of `witwright-host`.
//!
//! ```
//! use witwright_host::wasmi::Engine;
//! use witwright_host::{Component, Linker, Store};
//! use witwright_wasi::pipe::MemoryOutputPipe;
//! use witwright_wasi::{FsPerms, WasiCtx, WasiState, p2};
//!
//! # fn run(bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::default();
//! let component = Component::new(&engine, bytes)?;
//! let mut linker = Linker::new(&engine);
//! p2::add_to_linker(&mut linker)?;
//!
//! let output = MemoryOutputPipe::new(1 << 20);
//! let mut builder = WasiCtx::builder();
//! builder.args(["hello", "--loud"]).stdout(output.clone()).inherit_stderr();
//! builder.preopened_dir("assets", "/assets", FsPerms::ReadOnly)?;
//!
//! let mut store = Store::new(&engine, WasiState::new(builder.build()));
//! let command = p2::Command::instantiate(&mut store, &component, &linker)?;
//! let result = command.wasi_cli_run().call_run(&mut store)?;
//! println!("{result:?}: {}", String::from_utf8(output.contents())?);
//! # Ok(())
//! # }
//! ```
//!
//! A guest has only what its [`WasiCtx`] grants. By default that is no directory, no variable, no address of the
//! network. By [`WasiView`] the bindings find the context in a store's state; [`WasiState`] is a state with nothing else.
//!
//! | module | contents |
//! |---|---|
//! | [`p2`] | the bindings of WASI 0.2, for components of every version 0.2.x |
//! | [`p3`] | the bindings of WASI 0.3, for components of every version 0.3.x |
//! | [`stdio`], [`pipe`], [`stream`] | standard streams: of the process, files, in memory, or of your own |
//! | [`clocks`], [`random`] | clocks and sources of random bytes, which tests replace |
//!
//! WASI 0.2 has no asynchronous functions: while a guest waits, for input or a timer, its thread is blocked. Those of 0.3 are
//! futures, on any executor.

pub mod clocks;
mod ctx;
mod exit;
mod fs;
#[cfg(feature = "http")]
pub mod http;
mod net;
pub mod p2;
pub mod p3;
pub mod pipe;
pub mod random;
mod rt;
pub mod stdio;
pub mod stream;
mod wait;

pub use ctx::{HasWasi, WasiCtx, WasiCtxBuilder, WasiCtxView, WasiState, WasiView};
pub use exit::I32Exit;
pub use fs::FsPerms;
pub use net::SocketAddrUse;
pub use wait::{Interrupt, Interrupted, Ready};
