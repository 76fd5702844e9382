//! Handles: the table of each component instance, the host's own, and the scopes of calls that lend
//! (`CanonicalABI.md#table-state`, `#resource-state`).
//!
//! A handle that is lent to a call says so until the call returns, and cannot be dropped meanwhile. A handle that a call
//! received as borrowed is dropped before the call returns. Both are kept by the call's [`Scope`].

use alloc::vec::Vec;

use witwright_abi_runtime::handles::{Borrows, Dropped, GrowingHandleTable, HandleTable, Lenders, ScopeId};
use witwright_abi_runtime::table::Table;
use witwright_abi_runtime::trap::Trap;

use crate::error::{Error, HandleError};
use crate::ids::{ResourceType, ScopeIndex, TableIndex};

mod call;
mod host;

pub(crate) use call::CallHandles;
use host::{HostHandle, HostTable};

/// All handles of a store.
pub(crate) struct Tables {
    instances: Vec<InstanceState>,
    /// Which instance defines a resource, by runtime type; nothing for the host.
    definers: Vec<Option<TableIndex>>,
    host: HostTable,
    scopes: Vec<Scope>,
    /// How many of the scopes are open; the others are kept for their room.
    open: usize,
}

/// What a component instance keeps between calls.
struct InstanceState {
    handles: GrowingHandleTable<ResourceType>,
    /// Whether its code may call out: not while `realloc` or `post-return` runs.
    may_leave: bool,
    /// How often `backpressure.inc` was called more than `backpressure.dec`.
    backpressure: u16,
}

/// What a call lends.
struct Scope {
    /// The handles that the caller has lent to the call, and whose they are.
    lenders: Lenders,
    lender: Option<TableIndex>,
    /// Resources that the host holds and has lent to the call.
    host_lenders: Vec<u64>,
    /// Keys that the host was given for the time of the call.
    host_keys: Vec<u64>,
    /// Borrowed handles that the callee has not dropped.
    borrows: Borrows,
}

impl InstanceState {
    fn new(limit: u32) -> InstanceState {
        let handles = HandleTable::new(Table::with_max_index(Vec::new(), limit));
        InstanceState { handles, may_leave: true, backpressure: 0 }
    }
}

impl Tables {
    /// No tables yet; the host may hold this many resources by key.
    pub(crate) fn new(held_resources: usize) -> Tables {
        let host = HostTable::new(held_resources);
        Tables { instances: Vec::new(), definers: Vec::new(), host, scopes: Vec::new(), open: 0 }
    }

    /// How many component instances there are.
    pub(crate) fn instances(&self) -> usize {
        self.instances.len()
    }

    /// A component instance without any handle; `limit` is the largest index that its table may use.
    pub(crate) fn add_instance(&mut self, limit: u32) -> TableIndex {
        let index = TableIndex(self.instances.len() as u32);
        self.instances.push(InstanceState::new(limit));
        index
    }

    /// Makes an instance as [`Self::add_instance`] does, in place of one that has ended.
    pub(crate) fn replace_instance(&mut self, table: TableIndex, limit: u32) {
        *self.instance(table) = InstanceState::new(limit);
    }

    pub(crate) fn add_resource(&mut self, definer: Option<TableIndex>) -> ResourceType {
        let ty = ResourceType(self.definers.len() as u32);
        self.definers.push(definer);
        ty
    }

    fn instance(&mut self, table: TableIndex) -> &mut InstanceState {
        &mut self.instances[table.0 as usize]
    }

    fn definer(&self, ty: ResourceType) -> Option<TableIndex> {
        self.definers[ty.0 as usize]
    }

    /// Checks that an instance may call out.
    #[inline]
    pub(crate) fn check_may_leave(&self, table: TableIndex) -> Result<(), Trap> {
        if self.instances[table.0 as usize].may_leave { Ok(()) } else { Err(Trap::CannotLeave) }
    }

    /// Sets whether an instance may call out; tells what was so before.
    #[inline]
    pub(crate) fn set_may_leave(&mut self, table: TableIndex, may_leave: bool) -> bool {
        core::mem::replace(&mut self.instance(table).may_leave, may_leave)
    }

    /// `backpressure.inc`
    pub(crate) fn raise_backpressure(&mut self, table: TableIndex) -> Result<(), Trap> {
        let counter = &mut self.instance(table).backpressure;
        *counter = counter.checked_add(1).ok_or(Trap::BackpressureOverflow)?;
        Ok(())
    }

    /// `backpressure.dec`
    pub(crate) fn lower_backpressure(&mut self, table: TableIndex) -> Result<(), Trap> {
        let counter = &mut self.instance(table).backpressure;
        *counter = counter.checked_sub(1).ok_or(Trap::BackpressureUnderflow)?;
        Ok(())
    }

    /// `resource.new`, and an owned handle that arrives.
    pub(crate) fn add_own(&mut self, table: TableIndex, ty: ResourceType, rep: u64) -> Result<u32, Trap> {
        self.instance(table).handles.lower_own(ty, rep)
    }

    /// A borrowed handle that arrives; its definer gets the representation instead.
    pub(crate) fn add_borrow(
        &mut self,
        table: TableIndex,
        ty: ResourceType,
        rep: u64,
        scope: ScopeIndex,
    ) -> Result<u32, Trap> {
        if self.definer(ty) == Some(table) {
            return Ok(rep as u32);
        }
        let instance = &mut self.instances[table.0 as usize];
        let scope = &mut self.scopes[scope.0 as usize];
        instance.handles.lower_borrow(ty, rep, &mut scope.borrows)
    }

    /// `resource.rep`
    pub(crate) fn rep(&mut self, table: TableIndex, ty: ResourceType, index: u32) -> Result<u64, Trap> {
        self.instance(table).handles.resource_rep(ty, index)
    }

    /// An owned handle that leaves; tells its representation.
    pub(crate) fn take_own(&mut self, table: TableIndex, ty: ResourceType, index: u32) -> Result<u64, Trap> {
        self.instance(table).handles.lift_own(ty, index)
    }

    /// A handle that is lent to a call; tells its representation. All handles that a call is lent are of one table.
    pub(crate) fn lend(
        &mut self,
        table: TableIndex,
        ty: ResourceType,
        index: u32,
        scope: ScopeIndex,
    ) -> Result<u64, Trap> {
        let handles = &mut self.instances[table.0 as usize].handles;
        let scope = &mut self.scopes[scope.0 as usize];
        scope.lender = Some(table);
        scope.lenders.lift_borrow(handles, ty, index)
    }

    /// `resource.drop`: tells the representation when the handle was owned, so that the destructor is due.
    pub(crate) fn drop_handle(&mut self, table: TableIndex, ty: ResourceType, index: u32) -> Result<Option<u64>, Trap> {
        match self.instance(table).handles.resource_drop(ty, index)? {
            Dropped::Own { rep } => Ok(Some(rep)),
            Dropped::Borrow { scope: ScopeId(scope) } => {
                self.scopes[scope as usize].borrows.end_borrow();
                Ok(None)
            }
        }
    }

    /// Opens the scope of a call.
    pub(crate) fn open_scope(&mut self) -> ScopeIndex {
        let index = ScopeIndex(self.open as u32);
        if self.open == self.scopes.len() {
            self.scopes.push(Scope {
                lenders: Lenders::new(),
                lender: None,
                host_lenders: Vec::new(),
                host_keys: Vec::new(),
                borrows: Borrows::new(ScopeId(index.0)),
            });
        }
        self.open += 1;
        index
    }

    /// Checks that the callee has dropped what it borrowed.
    pub(crate) fn check_borrows(&self, scope: ScopeIndex) -> Result<(), Trap> {
        self.scopes[scope.0 as usize].borrows.check_returned()
    }

    /// Ends a scope, and those opened since, which a trap has left: what was lent is no longer.
    pub(crate) fn close_scope(&mut self, scope: ScopeIndex) {
        while self.open > scope.0 as usize {
            self.open -= 1;
            let scope = &mut self.scopes[self.open];
            if let Some(table) = scope.lender.take() {
                scope.lenders.release(&mut self.instances[table.0 as usize].handles);
            }
            for key in scope.host_lenders.drain(..) {
                self.host.unlend(key);
            }
            for key in scope.host_keys.drain(..) {
                self.host.forget(key);
            }
            scope.borrows = Borrows::new(ScopeId(self.open as u32));
        }
    }

    /// A resource that the host now owns; tells its key.
    pub(crate) fn host_own(&mut self, ty: ResourceType, rep: u64) -> Result<u64, Error> {
        self.host.add(HostHandle { ty, rep, owned: true, lends: 0 })
    }

    /// A resource that is lent to the host for the time of a call; tells its key.
    pub(crate) fn host_borrow(&mut self, ty: ResourceType, rep: u64, scope: ScopeIndex) -> Result<u64, Error> {
        let key = self.host.add(HostHandle { ty, rep, owned: false, lends: 0 })?;
        self.scopes[scope.0 as usize].host_keys.push(key);
        Ok(key)
    }

    /// The representation of a resource that the host holds.
    pub(crate) fn host_rep(&mut self, ty: ResourceType, key: u64) -> Result<u64, Error> {
        Ok(self.host.get(Some(ty), key)?.rep)
    }

    /// A resource that the host gives away; tells its representation.
    pub(crate) fn host_take(&mut self, ty: Option<ResourceType>, key: u64) -> Result<(ResourceType, u64), Error> {
        let handle = self.host.get(ty, key)?;
        if !handle.owned {
            return Err(HandleError::NotOwned.into());
        }
        if handle.lends > 0 {
            return Err(HandleError::Lent.into());
        }
        let taken = (handle.ty, handle.rep);
        self.host.forget(key);
        Ok(taken)
    }

    /// A resource that the host lends to a call; tells its representation.
    pub(crate) fn host_lend(&mut self, ty: ResourceType, key: u64, scope: ScopeIndex) -> Result<u64, Error> {
        let handle = self.host.get(Some(ty), key)?;
        handle.lends += 1;
        let rep = handle.rep;
        self.scopes[scope.0 as usize].host_lenders.push(key);
        Ok(rep)
    }
}
