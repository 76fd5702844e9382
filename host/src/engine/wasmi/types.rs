//! wasmi's types and errors, and ours.

use alloc::boxed::Box;
use alloc::format;
use core::fmt;

use ::wasmi as engine;
use engine::errors::{ErrorKind, HostError, InstantiationError, MemoryError, TableError};

use super::panics;
use crate::engine::{CoreTrap, ExternType, Fault, FaultKind, FuncType, GlobalType, MemoryType, TableType, ValType};

pub(super) fn val_type(ty: engine::ValType) -> ValType {
    match ty {
        engine::ValType::I32 => ValType::I32,
        engine::ValType::I64 => ValType::I64,
        engine::ValType::F32 => ValType::F32,
        engine::ValType::F64 => ValType::F64,
        engine::ValType::V128 => ValType::V128,
        engine::ValType::FuncRef => ValType::FuncRef,
        engine::ValType::ExternRef => ValType::ExternRef,
    }
}

/// wasmi's type for a value that a slot can hold.
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
    let types = |types: &[engine::ValType]| types.iter().map(|&ty| val_type(ty)).collect::<Box<[_]>>();
    FuncType { params: types(ty.params()), results: types(ty.results()) }
}

pub(super) fn extern_type(ty: &engine::ExternType) -> ExternType {
    match ty {
        engine::ExternType::Func(ty) => ExternType::Func(func_type(ty)),
        engine::ExternType::Memory(ty) => ExternType::Memory(MemoryType {
            minimum: ty.minimum(),
            maximum: ty.maximum(),
            memory64: ty.is_64(),
            shared: false,
        }),
        engine::ExternType::Table(ty) => {
            let element = match ty.element() {
                engine::RefType::Func => ValType::FuncRef,
                engine::RefType::Extern => ValType::ExternRef,
            };
            ExternType::Table(TableType { element, minimum: ty.minimum(), maximum: ty.maximum() })
        }
        engine::ExternType::Global(ty) => {
            ExternType::Global(GlobalType { content: val_type(ty.content()), mutable: ty.mutability().is_mut() })
        }
    }
}

/// The value in a slot.
#[inline]
pub(super) fn from_slot(ty: engine::ValType, slot: u64) -> Option<engine::Val> {
    let low = slot as u32;
    match ty {
        engine::ValType::I32 => Some(engine::Val::I32(low.cast_signed())),
        engine::ValType::I64 => Some(engine::Val::I64(slot.cast_signed())),
        engine::ValType::F32 => Some(engine::Val::F32(engine::F32::from_bits(low))),
        engine::ValType::F64 => Some(engine::Val::F64(engine::F64::from_bits(slot))),
        engine::ValType::V128 | engine::ValType::FuncRef | engine::ValType::ExternRef => None,
    }
}

/// The slot that holds a value.
#[inline]
pub(super) fn to_slot(val: &engine::Val) -> Option<u64> {
    match val {
        engine::Val::I32(value) => Some(u64::from(value.cast_unsigned())),
        engine::Val::I64(value) => Some(value.cast_unsigned()),
        engine::Val::F32(value) => Some(u64::from(value.to_bits())),
        engine::Val::F64(value) => Some(value.to_bits()),
        engine::Val::V128(_) | engine::Val::FuncRef(_) | engine::Val::ExternRef(_) => None,
    }
}

/// The error with which a host function has wasmi suspend the guest's stack.
#[derive(Debug)]
pub(super) struct BlockRequest;

impl fmt::Display for BlockRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a host function asked to block where the guest cannot be suspended")
    }
}

impl HostError for BlockRequest {}

/// Whether a host function asked to block.
pub(super) fn is_block_request(error: &engine::Error) -> bool {
    error.downcast_ref::<BlockRequest>().is_some()
}

impl HostError for Fault {}

/// The fault that ended a call.
#[cold]
pub(super) fn fault(error: engine::Error) -> Fault {
    let error = panics::resume(error);
    if error.downcast_ref::<Fault>().is_some() {
        return error.downcast::<Fault>().unwrap_or_else(|| Fault::misuse("a host error changed its type"));
    }
    if let ErrorKind::TrapCode(code) = error.kind() {
        return trap_fault(*code);
    }
    if is_out_of_fuel(&error) {
        return Fault::out_of_fuel();
    }
    let kind = if is_block_request(&error) {
        FaultKind::CannotBlock
    } else if is_memory_out_of_bounds(&error) {
        FaultKind::Trap(CoreTrap::MemoryOutOfBounds)
    } else if is_table_out_of_bounds(&error) {
        FaultKind::Trap(CoreTrap::TableOutOfBounds)
    } else if is_limit(&error) {
        FaultKind::Limit
    } else if matches!(error.kind(), ErrorKind::Instantiation(_) | ErrorKind::Linker(_)) {
        FaultKind::Link
    } else if matches!(error.kind(), ErrorKind::Func(_) | ErrorKind::Global(_)) {
        FaultKind::Misuse
    } else {
        FaultKind::Host
    };
    Fault::new(kind, format!("{error}").trim_end())
}

/// The fault of a module that cannot be compiled.
#[cold]
pub(super) fn compile_fault(error: &engine::Error) -> Fault {
    Fault::new(FaultKind::Compile, error)
}

fn trap_fault(code: engine::TrapCode) -> Fault {
    use engine::TrapCode;
    match code {
        TrapCode::UnreachableCodeReached => Fault::trap(CoreTrap::Unreachable),
        TrapCode::MemoryOutOfBounds => Fault::trap(CoreTrap::MemoryOutOfBounds),
        TrapCode::TableOutOfBounds => Fault::trap(CoreTrap::TableOutOfBounds),
        TrapCode::IndirectCallToNull => Fault::trap(CoreTrap::IndirectCallToNull),
        TrapCode::IntegerDivisionByZero => Fault::trap(CoreTrap::IntegerDivisionByZero),
        TrapCode::IntegerOverflow => Fault::trap(CoreTrap::IntegerOverflow),
        TrapCode::BadConversionToInteger => Fault::trap(CoreTrap::BadConversionToInteger),
        TrapCode::BadSignature => Fault::trap(CoreTrap::BadSignature),
        TrapCode::StackOverflow => Fault::stack_exhausted(),
        TrapCode::OutOfFuel => Fault::out_of_fuel(),
        TrapCode::GrowthOperationLimited | TrapCode::OutOfSystemMemory => {
            Fault::new(FaultKind::Limit, code.trap_message())
        }
    }
}

fn is_out_of_fuel(error: &engine::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ResumableOutOfFuel(_)
            | ErrorKind::Fuel(_)
            | ErrorKind::Memory(MemoryError::OutOfFuel { .. })
            | ErrorKind::Table(TableError::OutOfFuel { .. })
    )
}

fn is_memory_out_of_bounds(error: &engine::Error) -> bool {
    matches!(error.kind(), ErrorKind::Memory(MemoryError::OutOfBoundsAccess))
}

fn is_table_out_of_bounds(error: &engine::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Table(TableError::InitOutOfBounds | TableError::CopyOutOfBounds | TableError::FillOutOfBounds)
            | ErrorKind::Instantiation(InstantiationError::ElementSegmentDoesNotFit { .. })
    )
}

fn is_limit(error: &engine::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Memory(_)
            | ErrorKind::Table(_)
            | ErrorKind::Instantiation(
                InstantiationError::TooManyInstances
                    | InstantiationError::TooManyTables
                    | InstantiationError::TooManyMemories
                    | InstantiationError::FailedToInstantiateMemory(_)
                    | InstantiationError::FailedToInstantiateTable(_)
            )
    )
}
