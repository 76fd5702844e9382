//! wasmtime's types and errors, and ours.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::sync::Arc;
use std::sync::{Mutex, PoisonError};

use ::wasmtime as engine;

use crate::engine::{CoreTrap, ExternType, Fault, FaultKind, FuncType, GlobalType, MemoryType, TableType, ValType};

/// The largest number of types of host functions that an engine keeps.
const MAX_FUNC_TYPES: usize = 1024;

/// The types of host functions that the stores of an engine share: wasmtime looks a type up, behind locks, each time that it is
/// made.
#[derive(Clone, Default)]
pub(super) struct FuncTypes(Arc<Mutex<BTreeMap<FuncType, engine::FuncType>>>);

impl FuncTypes {
    /// wasmtime's type for a signature that slots can hold.
    pub(super) fn get(&self, engine: &engine::Engine, ty: &FuncType) -> engine::FuncType {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(ty) {
            return known.clone();
        }
        let [params, results] = [&ty.params, &ty.results].map(|types| types.iter().filter_map(|&ty| slot_type(ty)));
        let made = engine::FuncType::new(engine, params, results);
        if known.len() < MAX_FUNC_TYPES {
            known.insert(ty.clone(), made.clone());
        }
        made
    }
}

pub(super) fn val_type(ty: &engine::ValType) -> ValType {
    match ty {
        engine::ValType::I32 => ValType::I32,
        engine::ValType::I64 => ValType::I64,
        engine::ValType::F32 => ValType::F32,
        engine::ValType::F64 => ValType::F64,
        engine::ValType::V128 => ValType::V128,
        engine::ValType::Ref(ty) => ref_type(ty),
    }
}

fn ref_type(ty: &engine::RefType) -> ValType {
    if engine::RefType::eq(ty, &engine::RefType::FUNCREF) {
        ValType::FuncRef
    } else if engine::RefType::eq(ty, &engine::RefType::EXTERNREF) {
        ValType::ExternRef
    } else {
        ValType::OtherRef
    }
}

/// wasmtime's type for a value that a slot can hold.
pub(super) fn slot_type(ty: ValType) -> Option<engine::ValType> {
    match ty {
        ValType::I32 => Some(engine::ValType::I32),
        ValType::I64 => Some(engine::ValType::I64),
        ValType::F32 => Some(engine::ValType::F32),
        ValType::F64 => Some(engine::ValType::F64),
        ValType::V128 | ValType::FuncRef | ValType::ExternRef | ValType::OtherRef => None,
    }
}

pub(super) fn func_type(ty: &engine::FuncType) -> FuncType {
    FuncType {
        params: ty.params().map(|ty| val_type(&ty)).collect::<Box<[_]>>(),
        results: ty.results().map(|ty| val_type(&ty)).collect::<Box<[_]>>(),
    }
}

pub(super) fn extern_type(ty: &engine::ExternType) -> ExternType {
    match ty {
        engine::ExternType::Func(ty) => ExternType::Func(func_type(ty)),
        engine::ExternType::Memory(ty) => ExternType::Memory(MemoryType {
            minimum: ty.minimum(),
            maximum: ty.maximum(),
            memory64: ty.is_64(),
            shared: ty.is_shared(),
        }),
        engine::ExternType::Table(ty) => ExternType::Table(TableType {
            element: ref_type(ty.element()),
            minimum: ty.minimum(),
            maximum: ty.maximum(),
        }),
        engine::ExternType::Global(ty) => ExternType::Global(GlobalType {
            content: val_type(ty.content()),
            mutable: ty.mutability() == engine::Mutability::Var,
        }),
        engine::ExternType::Tag(ty) => ExternType::Tag(func_type(ty.ty())),
    }
}

/// The value in a slot.
pub(super) fn from_slot(ty: ValType, slot: u64) -> Option<engine::Val> {
    let low = slot as u32;
    match ty {
        ValType::I32 => Some(engine::Val::I32(low.cast_signed())),
        ValType::I64 => Some(engine::Val::I64(slot.cast_signed())),
        ValType::F32 => Some(engine::Val::F32(low)),
        ValType::F64 => Some(engine::Val::F64(slot)),
        ValType::V128 | ValType::FuncRef | ValType::ExternRef | ValType::OtherRef => None,
    }
}

/// The slot that holds a value.
pub(super) fn to_slot(val: &engine::Val) -> Option<u64> {
    match val {
        engine::Val::I32(value) => Some(u64::from(value.cast_unsigned())),
        engine::Val::I64(value) => Some(value.cast_unsigned()),
        engine::Val::F32(bits) => Some(u64::from(*bits)),
        engine::Val::F64(bits) => Some(*bits),
        engine::Val::V128(_)
        | engine::Val::FuncRef(_)
        | engine::Val::ExternRef(_)
        | engine::Val::AnyRef(_)
        | engine::Val::ExnRef(_)
        | engine::Val::ContRef(_) => None,
    }
}

/// The fault that ended a call. `otherwise`: its kind if wasmtime gives only a message.
#[cold]
pub(super) fn fault(error: engine::Error, otherwise: FaultKind) -> Fault {
    match error.downcast::<Fault>() {
        Ok(fault) => fault,
        Err(error) => match error.downcast_ref::<engine::Trap>() {
            Some(trap) => trap_fault(*trap),
            None if error.is::<engine::ThrownException>() => Fault::trap(CoreTrap::UncaughtException),
            None => Fault::new(otherwise, format!("{error:#}")),
        },
    }
}

fn trap_fault(trap: engine::Trap) -> Fault {
    use engine::Trap;
    let known = [
        (Trap::UnreachableCodeReached, CoreTrap::Unreachable),
        (Trap::MemoryOutOfBounds, CoreTrap::MemoryOutOfBounds),
        (Trap::TableOutOfBounds, CoreTrap::TableOutOfBounds),
        (Trap::IndirectCallToNull, CoreTrap::IndirectCallToNull),
        (Trap::BadSignature, CoreTrap::BadSignature),
        (Trap::IntegerOverflow, CoreTrap::IntegerOverflow),
        (Trap::IntegerDivisionByZero, CoreTrap::IntegerDivisionByZero),
        (Trap::BadConversionToInteger, CoreTrap::BadConversionToInteger),
        (Trap::NullReference, CoreTrap::NullReference),
    ];
    if trap == Trap::StackOverflow {
        return Fault::stack_exhausted();
    }
    if trap == Trap::OutOfFuel {
        return Fault::out_of_fuel();
    }
    match known.iter().find(|(theirs, _)| *theirs == trap) {
        Some((_, ours)) => Fault::trap(*ours),
        None => Fault::new(FaultKind::Trap(CoreTrap::Other), trap),
    }
}
