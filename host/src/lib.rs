//! Runs WebAssembly components on existing core engines.

#![no_std]

#[cfg(not(any(feature = "wasmi", feature = "wasmtime")))]
compile_error!("witwright-host needs an engine: enable the feature `wasmi` or `wasmtime`");

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod call;
mod component;
pub mod engine;
mod error;
mod handles;
mod instance;
mod instantiate;
mod linker;
mod mismatch;
mod resource;
mod state;
mod store;
mod types;
mod val;

pub use component::{Component, ComponentLimits, Gate, Options, validate};

pub use engine::{CoreEngine, DefaultEngine, EngineOptions};
pub use error::{Error, ErrorKind, HandleError, LimitKind, Unsupported};
pub use instance::{ExportedFunc, Func, Instance};
pub use linker::{AsLinker, HasData, HasSelf, InstancePre, Linker, LinkerInstance};
pub use mismatch::{Direction, LinkProblem, Problem, Sort};
pub use resource::{HostResource, HostResourceType, Resource, ResourceAny, ResourceBorrow, ResourceTable, ResourceVal};
pub use store::{AsContextMut, Domain, DomainId, Limits, Store, StoreContextMut, Suspension};

pub use types::reflect::{FuncType, Type};
pub use val::Val;

/// The engine `wasmi`: pure Rust, small, portable.
#[cfg(feature = "wasmi")]
pub mod wasmi {
    pub use crate::engine::wasmi::Engine;
}

/// The engine `wasmtime`, through its API for core modules: compiles guests to machine code.
#[cfg(feature = "wasmtime")]
pub mod wasmtime {
    pub use crate::engine::wasmtime::Engine;
}
