//! The substitute for [`switch`](self) in builds that cannot switch stacks: its types have no values.

use ::wasmtime as engine;
use engine::StoreContextMut;

use super::{CoreFunc, Data};
use crate::engine::{Fault, Flow, FuncType, Progress};

/// Whether stacks can be switched in this build.
pub(super) const AVAILABLE: bool = false;

/// No modules.
#[derive(Clone, Default)]
pub(super) struct Modules {}

/// No stack.
pub(super) enum Switch {}

/// No stack.
#[derive(Debug)]
pub enum Stack {}

pub(super) fn configure(_: &mut engine::Config) {
    unreachable!("stacks cannot be switched in this build")
}

pub(super) fn start(_: StoreContextMut<'_, Data>, _: CoreFunc, _: &mut [u64]) -> Result<Progress<Stack>, Fault> {
    unreachable!("stacks cannot be switched in this build")
}

pub(super) fn resume(
    _: StoreContextMut<'_, Data>,
    stack: Stack,
    _: &[u64],
    _: &mut [u64],
) -> Result<Progress<Stack>, Fault> {
    match stack {}
}

/// Runs code that cannot be suspended.
#[inline]
pub(super) fn without_blocking<R>(
    cx: &mut StoreContextMut<'_, Data>,
    f: impl FnOnce(&mut StoreContextMut<'_, Data>) -> R,
) -> R {
    f(cx)
}

pub(super) fn blocking_func<F>(_: StoreContextMut<'_, Data>, _: &FuncType, _: F) -> Result<CoreFunc, Fault>
where
    F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
{
    unreachable!("stacks cannot be switched in this build")
}
