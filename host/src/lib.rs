//! Runs WebAssembly components on existing core engines.
//!
//! ```
//! use witwright_host::{Component, DefaultEngine, Linker, Store, StoreContextMut};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = DefaultEngine::default();
//! let bytes = wat::parse_str(r#"
//!     (component
//!         (import "seed" (func $seed (result u32)))
//!         (core func $core-seed (canon lower (func $seed)))
//!         (core module $m
//!             (import "" "seed" (func $seed (result i32)))
//!             (func (export "add") (param i32) (result i32) (i32.add (call $seed) (local.get 0))))
//!         (core instance $i (instantiate $m (with "" (instance (export "seed" (func $core-seed))))))
//!         (func (export "add") (param "n" u32) (result u32) (canon lift (core func $i "add"))))
//! "#)?;
//! let component = Component::new(&engine, &bytes)?;
//!
//! // The state of the host is a number here.
//! let mut linker = Linker::<u32>::new(&engine);
//! linker.root().func_wrap("seed", |cx: StoreContextMut<'_, u32>, (): ()| Ok(*cx.data()))?;
//!
//! let mut store = Store::new(&engine, 40);
//! let instance = linker.instantiate(&mut store, &component)?;
//! let add = instance.func(&mut store, None, "add").ok_or("no export `add`")?;
//! assert_eq!(add.call_typed::<(u32,), u32>(&mut store, &(2,))?, 42);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Component`] is validated, compiled and planned once. A [`Linker`] holds the definitions of the host; it finds all imports
//! of a component, compares their types, and reports every problem at once. A [`Store`] holds the state of the host and all
//! instances. A [`Func`] is called with Rust values whose types are compared with the component's, or with dynamic values
//! ([`Val`]). The crate `witwright` generates bindings with named types.
//!
//! Every failure is an [`Error`]. [`Limits`] bound a store, [`ComponentLimits`] one component.
//!
//! The module [`mod@core`] is the layer below components, for programs that run core modules beside components.

#![no_std]
// Without an engine there is one error, and no warnings beside it.
#![cfg_attr(not(any(feature = "wasmi", feature = "wasmtime")), allow(unused))]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod by_index;
mod call;
mod component;
mod deadlock;
mod end;
mod engine;
mod error;
mod gate;
mod handles;
mod ids;
mod instance;
mod instantiate;
mod keys;
mod lifted;
mod linker;
mod mismatch;
mod names;
mod resource;
mod signal;
mod store;
mod sync;
mod task;
mod types;
mod val;
mod world;

#[cfg(feature = "futures")]
pub use call::adapters::{SinkError, StreamReaderStream, StreamWriterSink};
pub use call::host_end::{future, stream};
pub use call::run::AsyncStore;
pub use component::{Component, ComponentLimits, Options, validate};
pub use deadlock::{Condition, Waiting};
pub use end::{
    ErrorContext, ErrorContextVal, FutureReader, FutureVal, FutureWriter, StreamReader, StreamVal, StreamWriter,
};
pub use engine::{CoreEngine, CoreTrap, DefaultEngine, EngineOptions, Fault, FaultKind};
#[doc(hidden)]
pub use error::WASI;
pub use error::{Error, ErrorKind, HandleError, LimitKind, UnknownImport, Unsupported};
pub use gate::Gate;
pub use ids::{Func, Instance};
pub use instance::ExportedFunc;
pub use linker::{AsLinker, HasData, HasSelf, InstancePre, Linker, LinkerInstance};
pub use mismatch::{Direction, LinkProblem, Problem, Sort};
pub use resource::{HostResource, HostResourceType, Resource, ResourceAny, ResourceBorrow, ResourceTable, ResourceVal};
pub use store::{Access, AsContextMut, Census, ConcurrencyLimits, Limits, Store, StoreContextMut};
pub use types::reflect::{FuncType, Type};
pub use val::Val;
pub use witwright_abi_runtime::transfer::{ComponentType, Lift, Lower};

/// The engine layer: core modules, their instances and functions, in the domains of a store. It knows no components.
///
/// Programs that only host components do not need it. [`Domains`](core::Domains) is the way to it from a
/// [`StoreContextMut`]; only the engines of this crate implement [`CoreEngine`].
pub mod core {
    pub use crate::engine::{
        BackPointer, Blocking, CoreEngine, CoreTrap, EngineOptions, ExportType, Extern, ExternType, Fault, FaultKind,
        Flow, FuncType, GlobalType, ImportType, MemoryType, NativeStack, Progress, Stack, TableType, ValType,
    };
    pub use crate::ids::{DomainId, Suspension};
    pub use crate::store::{Domain, Domains};
}

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
