//! Conversion of slots to wasmtime's values and back, and the faults of calls that slots do not fit.

use alloc::vec::Vec;

use ::wasmtime as engine;
use engine::{StoreContextMut, Val};

use super::{Data, types};
use crate::engine::{Blocking, Fault, FaultKind};

/// The parameters in the slots as values, and room for the results.
pub(super) fn values(
    func: engine::Func,
    cx: &StoreContextMut<'_, Data>,
    slots: &[u64],
) -> Result<(Vec<Val>, Vec<Val>), Fault> {
    let ty = types::func_type(&func.ty(cx));
    let Some(slots) = slots.get(..ty.params.len()) else {
        return Err(too_few_slots());
    };
    let params = ty.params.iter().zip(slots).map(|(&ty, &slot)| types::from_slot(ty, slot));
    let params = params.collect::<Option<Vec<_>>>().ok_or_else(opaque)?;
    let results = ty.results.iter().map(|&ty| types::from_slot(ty, 0));
    let results = results.collect::<Option<Vec<_>>>().ok_or_else(opaque)?;
    Ok((params, results))
}

/// Puts values into the slots.
pub(super) fn write_results(slots: &mut [u64], results: &[Val]) -> Result<(), Fault> {
    let Some(slots) = slots.get_mut(..results.len()) else {
        return Err(too_few_slots());
    };
    for (slot, result) in slots.iter_mut().zip(results) {
        *slot = types::to_slot(result).ok_or_else(opaque)?;
    }
    Ok(())
}

#[cold]
pub(super) fn cannot_block(blocking: Blocking) -> Fault {
    match blocking {
        Blocking::May => {
            Fault::new(FaultKind::CannotBlock, "a host function asked to block where the guest cannot be suspended")
        }
        Blocking::Never => Fault::misuse("a host function that never blocks asked to block"),
    }
}

#[cold]
pub(super) fn opaque() -> Fault {
    Fault::misuse("slots cannot hold the signature of this function")
}

#[cold]
pub(super) fn too_few_slots() -> Fault {
    Fault::misuse("a call has fewer slots than its function has parameters or results")
}
