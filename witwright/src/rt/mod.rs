//! The names that generated code uses, under one path: `witwright::__rt`.
//!
//! It is for generated code only: it changes with the generator, which always has the same version.

#[cfg(any(target_arch = "wasm32", feature = "std"))]
pub mod async_support;
mod ends;
mod engine;
mod exports;
mod imports;
mod memory;
mod resources;

/// This module, so that bindings tell a path to it from one to anything else.
pub use crate::__rt as runtime_of_witwright;
pub use alloc::boxed::Box;
pub use alloc::string::String;
pub use alloc::vec::Vec;

pub use witwright_abi_runtime::desc::{
    CaseDesc, FieldDesc, FuncDesc, LabelsDesc, RecordDesc, ResourceDesc, VariantDesc,
};
pub use witwright_abi_runtime::end::{EndEntry, EndVtable, NO_ENDS};
pub use witwright_abi_runtime::flags::{self as bitflags, flags};
pub use witwright_abi_runtime::flat::{CoreValue, FlatReader, FlatWriter};
pub use witwright_abi_runtime::form::{TypeLayout, field_offsets};
pub use witwright_abi_runtime::given::{Checked, Otherwise, Probe, given};
pub use witwright_abi_runtime::maps::WitMap;
#[cfg(any(target_arch = "wasm32", feature = "std"))]
pub use witwright_abi_runtime::rep::{Resource, ResourceRep};
#[cfg(any(target_arch = "wasm32", feature = "std"))]
pub use witwright_abi_runtime::resource::ExportedResource;
pub use witwright_abi_runtime::resource::{BorrowedRep, GuestResource, Handles, Own, ResourceKind};
pub use witwright_abi_runtime::shape::{
    Aliased, By, ByShape, ByTraits, Entries, Handle as HandleShape, LiftBy, LowerBy, Origin, Ref, Same, Shape, Way,
    is_part,
};
pub use witwright_abi_runtime::transfer::{ComponentType, Lift, LiftCx, Lifted, Lower, LowerCx, Lowered, layouts};
pub use witwright_abi_runtime::variant::{self, Enum};
pub use witwright_abi_runtime::world::TypeDesc;
#[cfg(any(target_arch = "wasm32", feature = "std"))]
pub use witwright_abi_runtime::{held, rep};

#[cfg(any(target_arch = "wasm32", feature = "std"))]
pub use witwright_abi_runtime::concurrent::{
    ErrorContext, FutureReader, FutureVtable, FutureWriter, StreamReader, StreamVtable, StreamWriter, block_on,
    future_new, stream_new,
};
#[cfg(target_arch = "wasm32")]
pub use witwright_abi_runtime::concurrent::{callback, export_async, import_call};
#[cfg(target_arch = "wasm32")]
pub use witwright_abi_runtime::guest;
#[cfg(all(not(target_arch = "wasm32"), feature = "std"))]
pub use witwright_abi_runtime::native;

#[cfg(not(feature = "host"))]
pub use witwright_abi_runtime::__no_engine as no_engine;
#[cfg(feature = "host")]
pub use witwright_host::{
    Access, AsContextMut, AsLinker, AsyncStore, Component, CoreEngine, DefaultEngine, Error, Func, HasData, Instance,
    InstancePre, Linker, ResourceAny, ResourceBorrow,
};

/// A host's resources, streams and futures. A guest's have the same names.
#[cfg(feature = "host")]
pub mod host {
    pub use witwright_host::{ErrorContext, FutureReader, Resource, StreamReader};
}

pub use memory::{Cleanup, maybe_link_cabi_realloc, run_ctors_once};

pub use crate::{
    __end as end, __export as export, __export_async as export_async, __exported_resource as exported_resource,
    __import as import, __import_async as import_async, __imported_resource as imported_resource,
    __resource_functions as resource_functions,
};

/// An import by its core names.
#[cfg(all(not(target_arch = "wasm32"), feature = "std"))]
#[must_use]
pub const fn import_desc(module: &'static str, func: &'static str) -> native::ImportDesc {
    // No interface has this name, which has no `:`.
    let interface = if matches!(module.as_bytes(), b"$root") { None } else { Some(module) };
    native::ImportDesc { interface, func }
}

/// A WIT `map`.
pub type Map<K, V> = alloc::collections::BTreeMap<K, V>;

/// A resource of a guest, as its handle.
pub trait Handle: GuestResource {
    /// The handle.
    fn own(&self) -> &Own<Self>;
}
