//! The handles of a guest as a call with the host lifts and lowers them.

use alloc::sync::Arc;

use witwright_abi_runtime::desc::{ResourceDesc, TypeDesc};
use witwright_abi_runtime::machine::{ElementType, EndKind};
use witwright_abi_runtime::transfer::Keeper;
use witwright_abi_runtime::view::Handles;

use super::host::HostHandle;
use super::{Tables, binding};
use crate::error::{Error, LimitKind};
use crate::ids::{InstanceId, ResourceType, ScopeIndex};
use crate::lifted::Binding;

/// The handles of one guest in one call with the host.
pub(crate) struct CallHandles<'a> {
    pub(crate) tables: &'a mut Tables,
    pub(crate) instance: InstanceId,
    pub(crate) bindings: &'a [Binding],
    pub(crate) scope: Option<ScopeIndex>,
    /// Bytes that may still be lifted.
    pub(crate) budget_bytes: u64,
}

impl CallHandles<'_> {
    fn scope(&self) -> ScopeIndex {
        self.scope.unwrap_or_else(|| unreachable!("a call that lends has a scope: its type says that it lends"))
    }

    pub(crate) fn lift_own_of(&mut self, ty: ResourceType, by_key: bool, index: u32) -> Result<u64, Error> {
        let rep = self.tables.machine.lift_own(self.instance, ty, index)?;
        if by_key { self.tables.host_own(ty, rep) } else { Ok(rep) }
    }

    pub(crate) fn lift_borrow_of(&mut self, ty: ResourceType, by_key: bool, index: u32) -> Result<u64, Error> {
        let scope = self.scope();
        let rep = self.tables.lend(self.instance, ty, index, scope)?;
        if by_key { self.tables.host_borrow(ty, rep, scope) } else { Ok(rep) }
    }

    pub(crate) fn lower_own_of(&mut self, ty: ResourceType, by_key: bool, key: u64) -> Result<u32, Error> {
        let lowered = if by_key {
            let (_, rep) = self.tables.host_take(Some(ty), key)?;
            let lowered = self.tables.machine.lower_own(self.instance, ty, rep);
            lowered.inspect_err(|_| self.tables.host.put_back(key, HostHandle { ty, rep, owned: true, lends: 0 }))
        } else {
            self.tables.machine.lower_own(self.instance, ty, key)
        };
        let index = lowered?;
        self.tables.note_given(index, by_key.then_some(key));
        Ok(index)
    }

    pub(crate) fn lower_borrow_of(&mut self, ty: ResourceType, by_key: bool, key: u64) -> Result<u32, Error> {
        let scope = self.scope();
        let rep = if by_key { self.tables.host_lend(ty, key, scope)? } else { key };
        Ok(self.tables.add_borrow(self.instance, ty, rep, scope)?)
    }
}

impl CallHandles<'_> {
    /// Takes the readable end of a stream or a future from the guest, and returns its key.
    pub(crate) fn lift_end_of(&mut self, kind: EndKind, ty: ElementType, index: u32) -> Result<u64, Error> {
        let end = self.tables.machine.lift_end(self.instance, index, kind, ty)?;
        self.tables.machine.keep_end(end);
        self.tables.add_end(end)
    }

    /// Gives an end that the host holds to the guest.
    pub(crate) fn lower_end_of(&mut self, key: u64) -> Result<u32, Error> {
        self.tables.lower_end_of_host(self.instance, key)
    }
}

impl Handles for CallHandles<'_> {
    type Error = Error;

    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Error> {
        let Binding { ty, by_key, .. } = binding(self.bindings, resource)?;
        self.lift_own_of(ty, by_key, index)
    }

    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Error> {
        let Binding { ty, by_key, .. } = binding(self.bindings, resource)?;
        self.lift_borrow_of(ty, by_key, index)
    }

    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Error> {
        let Binding { ty, by_key, .. } = binding(self.bindings, resource)?;
        self.lower_own_of(ty, by_key, key)
    }

    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Error> {
        let Binding { ty, by_key, .. } = binding(self.bindings, resource)?;
        self.lower_borrow_of(ty, by_key, key)
    }

    fn lift_end(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, Error> {
        self.tables.lift_described_end(self.instance, self.bindings, ty, index)
    }

    fn lift_error_context(&mut self, index: u32) -> Result<u64, Error> {
        self.tables.lift_error_context(self.instance, index)
    }

    fn lower_end(&mut self, ty: &'static TypeDesc, key: u64) -> Result<u32, Error> {
        self.tables.lower_described_end(self.instance, self.bindings, ty, key)
    }

    fn lower_error_context(&mut self, key: u64) -> Result<u32, Error> {
        self.tables.lower_error_context(self.instance, key)
    }

    fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        Some(self.tables.signal.clone())
    }

    #[inline]
    fn charge(&mut self, bytes: u32) -> Result<(), Error> {
        match self.budget_bytes.checked_sub(bytes.into()) {
            Some(rest) => {
                self.budget_bytes = rest;
                Ok(())
            }
            None => Err(LimitKind::LiftedBytes.into()),
        }
    }
}
