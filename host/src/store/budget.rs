//! Budgets of a store: native stack, depth of calls, fuel, memory.
//!
//! Guests call the host, and the host calls guests, on the native stack of one thread. So every entry into a guest compares the
//! address of a local with the one at the outermost entry, and refuses a call that would not fit.

use alloc::vec::Vec;
use core::num::NonZeroU32;

pub use witwright_abi_runtime::machine::Limits as ConcurrencyLimits;

use crate::engine::{Fault, FaultKind, NativeStack, Stack};

/// Limits of a store. The defaults suit a thread with a stack of 2 MiB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// The depth to which calls into guests may nest; 0 for no calls at all.
    pub call_depth: u32,
    /// Bytes of native stack that guests and host functions may use below the outermost entry.
    pub native_stack_bytes: usize,
    /// Bytes of all native stacks that nested calls hold together, on engines that give each call its own.
    pub guest_stack_bytes: usize,
    /// Fuel at the start, on an engine that meters it. `None` for the largest amount.
    pub fuel: Option<u64>,
    /// Bytes of all memories together.
    pub memory_bytes: usize,
    /// Elements of all tables together.
    pub table_elements: usize,
    /// Core instances.
    pub core_instances: usize,
    /// Component instances, nested ones included. Those of instances that trapped do not count.
    pub component_instances: usize,
    /// Resources that the host may hold at a time; it may hold as many ends of streams and futures and error contexts, together.
    pub held_handles: usize,
    /// Tasks, threads, waitables and other parts of concurrency.
    pub concurrency: ConcurrencyLimits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            call_depth: 1000,
            native_stack_bytes: 1536 << 10,
            guest_stack_bytes: 512 << 20,
            fuel: None,
            memory_bytes: u32::MAX as usize,
            table_elements: 10_000_000,
            core_instances: 10_000,
            component_instances: 10_000,
            held_handles: 1 << 20,
            concurrency: ConcurrencyLimits::default(),
        }
    }
}

/// Native stack that host functions may use between two checks.
const HOST_RESERVE_BYTES: usize = 128 << 10;

/// Native stack that the engine itself needs of a stack that an entry gets for itself.
const OWN_RESERVE_BYTES: usize = 256 << 10;

/// The depth to which the calls of a store nest now, and their native stack.
#[derive(Debug)]
pub(crate) struct CallStack {
    depth: u32,
    now: NativeStackNow,
    /// The native stacks that were in use when a guest got one for itself that is in use.
    outer: Vec<NativeStackNow>,
    /// The number of the native stack that was made last.
    last_number: NonZeroU32,
}

/// The native stack that is in use.
#[derive(Clone, Copy, Debug)]
struct NativeStackNow {
    /// Its number: 1 for the stack of the outermost entry, others for stacks that guests got for themselves.
    number: NonZeroU32,
    /// Address of a local near the bottom; 0 where nothing but a guest has run yet.
    base: usize,
    /// Bytes below the base that may be used.
    budget_bytes: usize,
    /// Bytes that the guest may use which got this stack for itself.
    guest_bytes: usize,
    /// Bytes of all stacks that guests got for themselves, this one included.
    own_bytes: usize,
}

impl CallStack {
    pub(crate) fn new() -> Self {
        let number = NonZeroU32::MIN;
        let now = NativeStackNow { number, base: 0, budget_bytes: 0, guest_bytes: 0, own_bytes: 0 };
        Self { depth: 0, now, outer: Vec::new(), last_number: number }
    }

    /// Whether a guest is entered.
    pub(crate) fn runs_guests(&self) -> bool {
        self.depth > 0
    }

    /// The number of the native stack that is in use.
    pub(crate) fn number(&self) -> NonZeroU32 {
        self.now.number
    }

    /// Checks that one more guest fits, and returns the stack that it runs on.
    ///
    /// # Errors
    /// A fault of kind [`FaultKind::StackExhausted`].
    #[inline]
    pub(crate) fn enter(&mut self, limits: &Limits, guest: NativeStack) -> Result<Stack, Fault> {
        let here = address_of_local();
        if self.depth == 0 {
            self.now = NativeStackNow { base: here, budget_bytes: limits.native_stack_bytes, ..Self::new().now };
            self.last_number = self.now.number;
        } else if self.now.base == 0 {
            self.now.base = here.saturating_add(self.now.guest_bytes);
        }
        let used_bytes = self.now.base.saturating_sub(here);
        let guest_bytes = if guest.own_bytes.is_some() { 0 } else { guest.guest_bytes };
        let needed_bytes = used_bytes.saturating_add(guest_bytes).saturating_add(HOST_RESERVE_BYTES);
        let own_bytes = self.now.own_bytes.saturating_add(guest.own_bytes.unwrap_or(0));
        let fits = needed_bytes <= self.now.budget_bytes && own_bytes <= limits.guest_stack_bytes;
        // The stacks have room for the outermost entry: nothing is used yet.
        if self.depth >= limits.call_depth || self.depth > 0 && !fits {
            return Err(exhausted(self.depth, used_bytes));
        }
        let mut stack = Stack::Callers;
        if let Some(bytes) = guest.own_bytes {
            stack = Stack::Own;
            self.outer.push(self.now);
            self.last_number = self.last_number.saturating_add(1);
            self.now = NativeStackNow {
                number: self.last_number,
                base: 0,
                budget_bytes: bytes.saturating_sub(OWN_RESERVE_BYTES),
                guest_bytes: guest.guest_bytes,
                own_bytes,
            };
        }
        self.depth += 1;
        Ok(stack)
    }

    #[inline]
    pub(crate) fn leave(&mut self, stack: Stack) {
        self.depth -= 1;
        if stack == Stack::Own
            && let Some(outer) = self.outer.pop()
        {
            self.now = outer;
        }
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
