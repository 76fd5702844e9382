//! Budgets of a store: native stack, depth of calls, fuel, memory.
//!
//! Guests call the host, and the host calls guests, on the native stack of one thread. So every entry into a guest compares the
//! address of a local with the one at the outermost entry, and refuses what would not fit.

use core::sync::atomic::{AtomicUsize, Ordering};

use crate::engine::{Fault, FaultKind, NativeStack};

/// What a store may use. The defaults suit a thread with a stack of 2 MiB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Entries into guests that may nest.
    pub call_depth: u32,
    /// Bytes of native stack that guests and host functions may use below the outermost entry.
    pub native_stack_bytes: usize,
    /// Fuel at the start, on an engine that meters it; `None` is as much as there can be.
    pub fuel: Option<u64>,
    /// Bytes of all memories together.
    pub memory_bytes: usize,
    /// Elements of all tables together.
    pub table_elements: usize,
    /// Core instances in one engine store.
    pub core_instances: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            call_depth: 1000,
            native_stack_bytes: 1536 << 10,
            fuel: None,
            memory_bytes: usize::MAX.min(1 << 32),
            table_elements: 10_000_000,
            core_instances: 10_000,
        }
    }
}

/// Native stack that host functions may use between two checks.
const HOST_RESERVE_BYTES: usize = 128 << 10;

/// Native stack of an entry's own that is left for what the engine itself needs.
const OWN_RESERVE_BYTES: usize = 256 << 10;

/// How deep the calls of a store nest now.
#[derive(Debug)]
pub(crate) struct CallStack {
    depth: u32,
    /// Address of a local near the bottom of this native stack; 0 where a guest has just been given a stack of its own.
    base: usize,
    /// Bytes below the base that may be used.
    budget_bytes: usize,
    /// Bytes that the guest which was entered last may have used of a stack of its own.
    guest_bytes: usize,
}

/// What [`CallStack::enter`] found, for [`CallStack::leave`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    base: usize,
    budget_bytes: usize,
    guest_bytes: usize,
}

impl CallStack {
    pub(crate) fn new() -> Self {
        Self { depth: 0, base: 0, budget_bytes: 0, guest_bytes: 0 }
    }

    /// Checks that one more guest fits.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::StackExhausted`].
    #[inline]
    pub(crate) fn enter(&mut self, limits: &Limits, guest: NativeStack) -> Result<Level, Fault> {
        let here = address_of_local();
        if self.depth == 0 {
            self.base = here;
            self.budget_bytes = limits.native_stack_bytes;
        } else if self.base == 0 {
            self.base = here.saturating_add(self.guest_bytes);
        }
        let level = Level { base: self.base, budget_bytes: self.budget_bytes, guest_bytes: self.guest_bytes };
        let used_bytes = self.base.saturating_sub(here);
        let guest_bytes = if guest.own_bytes.is_some() { 0 } else { guest.guest_bytes };
        let needed_bytes = used_bytes.saturating_add(guest_bytes).saturating_add(HOST_RESERVE_BYTES);
        // The outermost entry is always allowed: nothing is used yet.
        if self.depth > 0 && (self.depth >= limits.call_depth || needed_bytes > self.budget_bytes) {
            return Err(exhausted(self.depth, used_bytes));
        }
        if let Some(own_bytes) = guest.own_bytes {
            self.base = 0;
            self.budget_bytes = own_bytes.saturating_sub(OWN_RESERVE_BYTES);
            self.guest_bytes = guest.guest_bytes;
        }
        self.depth += 1;
        Ok(level)
    }

    #[inline]
    pub(crate) fn leave(&mut self, level: Level) {
        self.depth -= 1;
        self.base = level.base;
        self.budget_bytes = level.budget_bytes;
        self.guest_bytes = level.guest_bytes;
    }
}

#[inline(never)]
fn address_of_local() -> usize {
    let local = 0_u8;
    core::ptr::from_ref(core::hint::black_box(&local)).addr()
}

#[cold]
fn exhausted(depth: u32, used_bytes: usize) -> Fault {
    Fault::new(
        FaultKind::StackExhausted,
        format_args!("call stack exhausted: {depth} calls between guests and host, {used_bytes} bytes of native stack"),
    )
}

/// What all engine stores of a store use together.
#[derive(Debug)]
pub(crate) struct Ledger {
    limits: Limits,
    memory_bytes: AtomicUsize,
    table_elements: AtomicUsize,
}

impl Ledger {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, memory_bytes: AtomicUsize::new(0), table_elements: AtomicUsize::new(0) }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Books a growth of a memory, if it fits; all in bytes.
    pub(crate) fn grow_memory(&self, current: usize, desired: usize, maximum: Option<usize>) -> bool {
        book(&self.memory_bytes, (current, desired, maximum), self.limits.memory_bytes)
    }

    /// Books a growth of a table, if it fits; all in elements.
    pub(crate) fn grow_table(&self, current: usize, desired: usize, maximum: Option<usize>) -> bool {
        book(&self.table_elements, (current, desired, maximum), self.limits.table_elements)
    }
}

fn book(used: &AtomicUsize, (current, desired, maximum): (usize, usize, Option<usize>), limit: usize) -> bool {
    if maximum.is_some_and(|maximum| desired > maximum) {
        return false;
    }
    let amount = desired.saturating_sub(current);
    let add = |used: usize| used.checked_add(amount).filter(|&sum| sum <= limit);
    used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).is_ok()
}
