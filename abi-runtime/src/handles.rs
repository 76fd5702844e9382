//! The handles of a component instance: own, borrow, lend (`CanonicalABI.md#resource-state`, `#canon-resourcenew`,
//! `#canon-resourcedrop`, `#canon-resourcerep`).
//!
//! A state machine without IO: each rule is a function that returns its effect. The caller runs destructors, and keeps the
//! count of a call's borrows.
//!
//! ```text
//!             resource_new, lower_own
//!                       │
//!                       ▼        lift_borrow
//!  lower_borrow ──► in the table ──────────► lent (any number of times)
//!                    │        ▲                 │
//!   resource_drop,   │        └─────────────────┘
//!   lift_own (owned) ▼               end_lend
//!                  gone
//! ```

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::ids::{ErrorContextId, SetId, WaitableId};
#[cfg(feature = "alloc")]
use crate::table::Slot;
use crate::table::{Slots, Table};
use crate::trap::{HandleKind, Trap};

/// A handle to a resource. `R` identifies resource types at run time: two are equal only if the types are the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ResourceHandle<R> {
    rt: R,
    rep: u64,
    /// The call that it was lent to, or `None` if it is owned.
    borrow_scope: Option<ScopeId>,
    num_lends: u32,
}

impl<R> ResourceHandle<R> {
    /// The resource type.
    #[must_use]
    #[inline]
    pub const fn rt(&self) -> &R {
        &self.rt
    }

    /// The representation: 32 bits for a guest's resource, 64 for a host's.
    #[must_use]
    #[inline]
    pub const fn rep(&self) -> u64 {
        self.rep
    }

    /// Whether it is owned, and not borrowed.
    #[must_use]
    #[inline]
    pub const fn is_own(&self) -> bool {
        self.borrow_scope.is_none()
    }
}

/// The call that a handle was lent to, by the caller's number for it (`borrow_scope` in `CanonicalABI.md#resource-state`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ScopeId(pub u32);

/// An entry of an instance's table of handles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Handle<R> {
    /// A resource, owned or borrowed.
    Resource(ResourceHandle<R>),
    /// A subtask, or an end of a stream or a future.
    Waitable(WaitableId),
    /// A waitable set.
    WaitableSet(SetId),
    /// An error context.
    ErrorContext(ErrorContextId),
}

/// The handle that [`HandleTable::resource_drop`] dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub enum Dropped {
    /// An owned handle: the destructor of the resource type is to be called with the representation.
    Own {
        /// The representation.
        rep: u64,
    },
    /// A borrowed handle: the call has one borrow fewer.
    Borrow {
        /// The call that it was lent to.
        scope: ScopeId,
    },
}

/// The handles of a component instance.
#[derive(Debug)]
pub struct HandleTable<R, S> {
    table: Table<Handle<R>, S>,
}

/// A table that grows.
#[cfg(feature = "alloc")]
pub type GrowingHandleTable<R> = HandleTable<R, Vec<Slot<Handle<R>>>>;

impl<R: Copy + PartialEq, S: Slots<Handle<R>>> HandleTable<R, S> {
    /// A table without handles, whose size the specification or a host limits.
    #[must_use]
    pub const fn new(table: Table<Handle<R>, S>) -> HandleTable<R, S> {
        HandleTable { table }
    }

    /// All handles.
    #[must_use]
    #[inline]
    pub const fn table(&self) -> &Table<Handle<R>, S> {
        &self.table
    }

    /// The table of handles, for the machine to change.
    #[inline]
    pub(crate) const fn table_mut(&mut self) -> &mut Table<Handle<R>, S> {
        &mut self.table
    }

    /// `resource.new`: a handle to a new resource.
    ///
    /// # Errors
    /// When the table is full.
    #[inline]
    pub fn resource_new(&mut self, rt: R, rep: u64) -> Result<u32, Trap> {
        self.add(ResourceHandle { rt, rep, borrow_scope: None, num_lends: 0 })
    }

    /// `resource.drop`
    ///
    /// # Errors
    /// When the handle does not exist, is of another type, or is lent.
    #[inline]
    pub fn resource_drop(&mut self, rt: R, index: u32) -> Result<Dropped, Trap> {
        let handle = self.remove(rt, index)?;
        Ok(match handle.borrow_scope {
            None => Dropped::Own { rep: handle.rep },
            Some(scope) => Dropped::Borrow { scope },
        })
    }

    /// `resource.rep`
    ///
    /// # Errors
    /// When the handle does not exist or is of another type.
    #[inline]
    pub fn resource_rep(&self, rt: R, index: u32) -> Result<u64, Trap> {
        Ok(self.resource(rt, index)?.rep)
    }

    /// `lift_own`: removes an owned handle, and returns the representation.
    ///
    /// # Errors
    /// When the handle does not exist, is of another type, is lent, or is borrowed.
    #[inline]
    pub fn lift_own(&mut self, rt: R, index: u32) -> Result<u64, Trap> {
        let handle = self.remove(rt, index)?;
        if handle.is_own() { Ok(handle.rep) } else { Err(Trap::NotOwned(index)) }
    }

    /// `lift_borrow`: lends a handle until [`HandleTable::end_lend`] of the same index, and returns the representation.
    ///
    /// # Errors
    /// When the handle does not exist or is of another type.
    #[inline]
    pub fn lift_borrow(&mut self, rt: R, index: u32) -> Result<u64, Trap> {
        let Handle::Resource(handle) = self.table.get_mut(index)? else { return Err(not_a_resource(index)) };
        if handle.rt != rt {
            return Err(Trap::WrongResourceType(index));
        }
        handle.num_lends += 1;
        Ok(handle.rep)
    }

    /// Ends one lend, after the call of [`HandleTable::lift_borrow`] has ended. The handle is still at its index, since it was lent.
    #[inline]
    pub fn end_lend(&mut self, index: u32) {
        if let Ok(Handle::Resource(handle)) = self.table.get_mut(index) {
            debug_assert_ne!(handle.num_lends, 0, "each lend ends once");
            handle.num_lends = handle.num_lends.saturating_sub(1);
        }
    }

    /// `lower_own`: adds an owned handle.
    ///
    /// # Errors
    /// When the table is full.
    #[inline]
    pub fn lower_own(&mut self, rt: R, rep: u64) -> Result<u32, Trap> {
        self.add(ResourceHandle { rt, rep, borrow_scope: None, num_lends: 0 })
    }

    /// `lower_borrow`: adds a borrowed handle for a call, which has one borrow more. (An instance that defines the resource
    /// type gets the representation instead.) `scope` names the call whose count is `borrows`; [`Dropped::Borrow`] reports it.
    ///
    /// # Errors
    /// When the table is full.
    #[inline]
    pub fn lower_borrow(&mut self, rt: R, rep: u64, scope: ScopeId, borrows: &mut Borrows) -> Result<u32, Trap> {
        let index = self.add(ResourceHandle { rt, rep, borrow_scope: Some(scope), num_lends: 0 })?;
        borrows.num_borrows += 1;
        Ok(index)
    }

    /// Removes all handles that a call has borrowed and not dropped.
    pub(crate) fn end_borrows(&mut self, scope: ScopeId) {
        for index in 1..=self.table.last_index() {
            if let Ok(Handle::Resource(ResourceHandle { borrow_scope, .. })) = self.table.get(index)
                && *borrow_scope == Some(scope)
            {
                let removed = self.table.remove(index);
                debug_assert!(removed.is_ok(), "the handle has just been looked at");
            }
        }
    }

    #[inline]
    fn add(&mut self, handle: ResourceHandle<R>) -> Result<u32, Trap> {
        self.table.add(Handle::Resource(handle))
    }

    #[inline]
    fn resource(&self, rt: R, index: u32) -> Result<&ResourceHandle<R>, Trap> {
        let Handle::Resource(handle) = self.table.get(index)? else { return Err(not_a_resource(index)) };
        if handle.rt == rt { Ok(handle) } else { Err(Trap::WrongResourceType(index)) }
    }

    /// Removes and returns a handle of this type that is not lent.
    #[inline]
    fn remove(&mut self, rt: R, index: u32) -> Result<ResourceHandle<R>, Trap> {
        if self.resource(rt, index)?.num_lends != 0 {
            return Err(Trap::HandleLent(index));
        }
        let Handle::Resource(handle) = self.table.remove(index)? else {
            unreachable!("the handle has just been looked at")
        };
        Ok(handle)
    }
}

#[cold]
const fn not_a_resource(index: u32) -> Trap {
    Trap::WrongHandleKind { index, expected: HandleKind::Resource }
}

impl<R, S> Default for HandleTable<R, S>
where
    R: Copy + PartialEq,
    S: Slots<Handle<R>> + Default,
{
    fn default() -> Self {
        HandleTable::new(Table::default())
    }
}

/// The number of borrowed handles that a call has not dropped (`num_borrows` in `CanonicalABI.md#task-state`).
#[derive(Debug, Default)]
pub struct Borrows {
    num_borrows: u32,
}

impl Borrows {
    /// A call without borrows.
    #[must_use]
    pub const fn new() -> Borrows {
        Borrows { num_borrows: 0 }
    }

    /// A borrowed handle of the call was dropped: [`Dropped::Borrow`].
    #[inline]
    pub fn end_borrow(&mut self) {
        debug_assert_ne!(self.num_borrows, 0, "each borrow ends once");
        self.num_borrows = self.num_borrows.saturating_sub(1);
    }

    /// Checks that the call may return.
    ///
    /// # Errors
    /// When it has not dropped all handles that it borrowed.
    #[inline]
    pub const fn check_returned(&self) -> Result<(), Trap> {
        if self.num_borrows == 0 { Ok(()) } else { Err(Trap::BorrowsRemain) }
    }
}

/// The handles that a call lent: the indices of the caller's table (`lenders` in `CanonicalABI.md#subtask-state`).
#[cfg(feature = "alloc")]
#[derive(Debug, Default)]
pub struct Lenders {
    indices: Vec<u32>,
}

#[cfg(feature = "alloc")]
impl Lenders {
    /// A call without lends, for which nothing is allocated.
    #[must_use]
    pub const fn new() -> Lenders {
        Lenders { indices: Vec::new() }
    }

    /// Lends a handle: [`HandleTable::lift_borrow`].
    ///
    /// # Errors
    /// When the handle does not exist or is of another type.
    #[inline]
    pub fn lift_borrow<R: Copy + PartialEq, S: Slots<Handle<R>>>(
        &mut self,
        handles: &mut HandleTable<R, S>,
        rt: R,
        index: u32,
    ) -> Result<u64, Trap> {
        let rep = handles.lift_borrow(rt, index)?;
        self.indices.push(index);
        Ok(rep)
    }

    /// Ends all lends: the call has resolved, and its caller knows (`deliver_resolve`).
    #[inline]
    pub fn release<R: Copy + PartialEq, S: Slots<Handle<R>>>(&mut self, handles: &mut HandleTable<R, S>) {
        for index in self.indices.drain(..) {
            handles.end_lend(index);
        }
    }
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::{Borrows, Dropped, Handle, HandleTable, ScopeId};
    use crate::table::FixedSlots;
    use crate::trap::Trap;

    type Handles = HandleTable<char, FixedSlots<Handle<char>, 8>>;

    #[test]
    fn an_owned_handle_leaves_once() {
        let mut handles = Handles::default();
        assert_eq!(handles.resource_new('r', 42), Ok(1));
        assert_eq!(handles.resource_rep('r', 1), Ok(42));
        assert_eq!(handles.resource_rep('s', 1), Err(Trap::WrongResourceType(1)));
        assert_eq!(handles.lift_own('s', 1), Err(Trap::WrongResourceType(1)));
        assert_eq!(handles.lift_own('r', 1), Ok(42));
        assert_eq!(handles.lift_own('r', 1), Err(Trap::UnknownHandle(1)));
    }

    #[test]
    fn a_lent_handle_stays() {
        let mut handles = Handles::default();
        let index = handles.lower_own('r', 42).expect("there is room");
        assert_eq!(handles.lift_borrow('r', index), Ok(42));
        assert_eq!(handles.lift_borrow('r', index), Ok(42));
        assert_eq!(handles.lift_own('r', index), Err(Trap::HandleLent(index)));
        handles.end_lend(index);
        assert_eq!(handles.resource_drop('r', index), Err(Trap::HandleLent(index)));
        handles.end_lend(index);
        assert_eq!(handles.resource_drop('r', index), Ok(Dropped::Own { rep: 42 }));
    }

    #[test]
    fn a_task_cannot_return_with_borrows_left() {
        let mut handles = Handles::default();
        let mut task = Borrows::new();
        let index = handles.lower_borrow('r', 42, ScopeId(5), &mut task).expect("there is room");
        assert_eq!(handles.lift_borrow('r', index), Ok(42), "a borrowed handle can be lent on");
        assert_eq!(handles.resource_drop('r', index), Err(Trap::HandleLent(index)));
        handles.end_lend(index);
        assert_eq!(task.check_returned(), Err(Trap::BorrowsRemain));
        assert_eq!(handles.resource_drop('r', index), Ok(Dropped::Borrow { scope: ScopeId(5) }));
        task.end_borrow();
        assert_eq!(task.check_returned(), Ok(()));
    }

    #[test]
    fn a_borrowed_handle_cannot_be_given_away() {
        let mut handles = Handles::default();
        let mut task = Borrows::new();
        let index = handles.lower_borrow('r', 42, ScopeId(0), &mut task).expect("there is room");
        assert_eq!(handles.lift_own('r', index), Err(Trap::NotOwned(index)));
    }
}
