//! The names that generated code uses. `witwright` has the same under `__rt`; it depends on this crate.

/// This module, by the name at which bindings look for a runtime.
pub(crate) use crate::rt as runtime_of_witwright;
pub(crate) use std::string::String;
pub(crate) use std::vec::Vec;

pub(crate) use witwright_abi_runtime::desc::{
    CaseDesc, FieldDesc, FuncDesc, LabelsDesc, RecordDesc, TypeDesc, VariantDesc,
};
pub(crate) use witwright_abi_runtime::flags::flags;
pub(crate) use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
pub(crate) use witwright_abi_runtime::form::{TypeLayout, field_offsets};
pub(crate) use witwright_abi_runtime::transfer::{
    ComponentType, Lift, LiftCx, Lifted, Lower, LowerCx, Lowered, layouts,
};
pub(crate) use witwright_abi_runtime::variant::{self, Enum};
pub(crate) use witwright_host::{
    Access, AsContextMut, AsLinker, AsyncStore, Component, CoreEngine, DefaultEngine, Error, Func, HasData, Instance,
    InstancePre, Linker, ResourceBorrow,
};

/// Resources, and the ends of streams and futures.
pub(crate) mod host {
    pub(crate) use witwright_host::{FutureReader, Resource, StreamReader};
}
