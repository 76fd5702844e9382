//! The use of limited resources by all engine stores of one store: bytes of memories, elements of tables, core instances.

use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The accounts of a store. Every engine store of it books here whatever its guests grow.
#[derive(Debug)]
pub(crate) struct Ledger {
    memory_bytes: Account,
    table_elements: Account,
    core_instances: Account,
    /// Whether a growth was refused since [`Ledger::clear_refusal`].
    refused: AtomicBool,
}

#[derive(Debug)]
struct Account {
    used: AtomicUsize,
    limit: usize,
}

impl Ledger {
    /// An empty ledger with these limits.
    pub(crate) fn new(memory_bytes: usize, table_elements: usize, core_instances: usize) -> Self {
        Self {
            memory_bytes: Account::new(memory_bytes),
            table_elements: Account::new(table_elements),
            core_instances: Account::new(core_instances),
            refused: AtomicBool::new(false),
        }
    }

    /// Books a growth of a memory, if it fits; all in bytes.
    pub(super) fn grow_memory(&self, current: usize, desired: usize, maximum: Option<usize>) -> bool {
        self.grow(&self.memory_bytes, (current, desired, maximum))
    }

    /// Books a growth of a table, if it fits; all in elements.
    pub(super) fn grow_table(&self, current: usize, desired: usize, maximum: Option<usize>) -> bool {
        self.grow(&self.table_elements, (current, desired, maximum))
    }

    /// Books a core instance, if it fits.
    pub(crate) fn add_core_instance(&self) -> bool {
        self.core_instances.book(1)
    }

    pub(crate) fn clear_refusal(&self) {
        self.refused.store(false, Ordering::Relaxed);
    }

    pub(crate) fn has_refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    fn grow(&self, account: &Account, (current, desired, maximum): (usize, usize, Option<usize>)) -> bool {
        if maximum.is_some_and(|maximum| desired > maximum) {
            return false;
        }
        let booked = account.book(desired.saturating_sub(current));
        if !booked {
            self.refused.store(true, Ordering::Relaxed);
        }
        booked
    }
}

impl Account {
    fn new(limit: usize) -> Self {
        Self { used: AtomicUsize::new(0), limit }
    }

    fn book(&self, amount: usize) -> bool {
        let add = |used: usize| used.checked_add(amount).filter(|&sum| sum <= self.limit);
        self.used.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).is_ok()
    }
}

/// Implements an engine's `ResourceLimiter` for the data of its stores: growth is booked in the ledger.
macro_rules! resource_limiter {
    ($limiter:path, $error:ty) => {
        impl $limiter for crate::engine::BackPointer {
            fn memory_growing(
                &mut self,
                current: usize,
                desired: usize,
                maximum: Option<usize>,
            ) -> Result<bool, $error> {
                Ok(self.ledger().grow_memory(current, desired, maximum))
            }

            fn table_growing(
                &mut self,
                current: usize,
                desired: usize,
                maximum: Option<usize>,
            ) -> Result<bool, $error> {
                Ok(self.ledger().grow_table(current, desired, maximum))
            }

            // The ledger counts core instances, and each has few tables and memories.
            fn instances(&self) -> usize {
                usize::MAX
            }

            fn tables(&self) -> usize {
                usize::MAX
            }

            fn memories(&self) -> usize {
                usize::MAX
            }
        }
    };
}

pub(super) use resource_limiter;
