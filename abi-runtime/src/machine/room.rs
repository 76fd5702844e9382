//! Room for the parts of a machine: growing, or of fixed numbers where there is no allocator.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use crate::table::Slot;
use crate::table::{FixedSlots, Slots};

/// The storage of each of a machine's tables.
pub trait Room {
    /// Of component instances.
    type Instances<T>: Slots<T> + Default;
    /// Of the handles of one instance.
    type Handles<T>: Slots<T> + Default;
    /// Of tasks, in all instances.
    type Tasks<T>: Slots<T> + Default;
    /// Of threads, in all instances; and of the threads of one instance.
    type Threads<T>: Slots<T> + Default;
    /// Of subtasks and ends of streams and futures, in all instances.
    type Waitables<T>: Slots<T> + Default;
    /// Of ends of streams and futures alone, in all instances.
    type Ends<T>: Slots<T> + Default;
    /// Of waitable sets, in all instances.
    type WaitableSets<T>: Slots<T> + Default;
    /// Of error contexts, in all instances.
    type ErrorContexts<T>: Slots<T> + Default;
    /// Of handles lent at one time, in all instances.
    type Lends<T>: Slots<T> + Default;
}

/// Room that grows up to the machine's [`Limits`](super::Limits).
#[cfg(feature = "alloc")]
#[derive(Debug)]
pub enum Growing {}

#[cfg(feature = "alloc")]
impl Room for Growing {
    type Instances<T> = Vec<Slot<T>>;
    type Handles<T> = Vec<Slot<T>>;
    type Tasks<T> = Vec<Slot<T>>;
    type Threads<T> = Vec<Slot<T>>;
    type Waitables<T> = Vec<Slot<T>>;
    type Ends<T> = Vec<Slot<T>>;
    type WaitableSets<T> = Vec<Slot<T>>;
    type ErrorContexts<T> = Vec<Slot<T>>;
    type Lends<T> = Vec<Slot<T>>;
}

/// Room for fixed numbers of parts, within the machine. An allocator is not needed.
///
/// The parameters are the numbers of component instances, handles of each, tasks, threads, waitables, ends of streams and futures
/// among these, waitable sets, error contexts, and handles lent. A call that finds no room traps, and changes nothing.
///
/// A machine has 240 bytes (192 where addresses have 32 bits) and those of its entries, where resource types, places and messages
/// have 4 each:
///
/// | entry | bytes |
/// |---|---|
/// | component instance | 72 (64), 24 for each handle, 8 for each thread |
/// | task | 24 |
/// | thread | 48 |
/// | waitable | 40 |
/// | end of a stream or a future, in addition | 40 |
/// | waitable set | 28 |
/// | error context | 12 |
/// | handle lent | 12 |
#[derive(Debug)]
pub enum Fixed<
    const INSTANCES: usize,
    const HANDLES: usize,
    const TASKS: usize,
    const THREADS: usize,
    const WAITABLES: usize,
    const ENDS: usize,
    const WAITABLE_SETS: usize,
    const ERROR_CONTEXTS: usize,
    const LENDS: usize,
> {}

impl<
    const INSTANCES: usize,
    const HANDLES: usize,
    const TASKS: usize,
    const THREADS: usize,
    const WAITABLES: usize,
    const ENDS: usize,
    const WAITABLE_SETS: usize,
    const ERROR_CONTEXTS: usize,
    const LENDS: usize,
> Room for Fixed<INSTANCES, HANDLES, TASKS, THREADS, WAITABLES, ENDS, WAITABLE_SETS, ERROR_CONTEXTS, LENDS>
{
    type Instances<T> = FixedSlots<T, INSTANCES>;
    type Handles<T> = FixedSlots<T, HANDLES>;
    type Tasks<T> = FixedSlots<T, TASKS>;
    type Threads<T> = FixedSlots<T, THREADS>;
    type Waitables<T> = FixedSlots<T, WAITABLES>;
    type Ends<T> = FixedSlots<T, ENDS>;
    type WaitableSets<T> = FixedSlots<T, WAITABLE_SETS>;
    type ErrorContexts<T> = FixedSlots<T, ERROR_CONTEXTS>;
    type Lends<T> = FixedSlots<T, LENDS>;
}
