//! The interface of a machine to its embedder: identities, places, room and limits.

use super::room::Room;

/// The identities and places that only the embedder knows, and room for the machine's parts.
pub trait Embedding {
    /// Identifies a resource type at run time.
    type ResourceType: Copy + PartialEq;
    /// The place that the elements of a copy are read from or written to: a memory and an address, or a place of the embedder's own.
    type Place: Copy;
    /// The debug message of an error context.
    type Message;
    /// The storage of the machine's tables.
    type Room: Room;
}

/// The limits of a machine, which protect an embedder from components that use ever more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Component instances.
    pub instances: u32,
    /// Tasks, in all instances.
    pub tasks: u32,
    /// Threads, in all instances.
    pub threads: u32,
    /// Subtasks and ends of streams and futures, in all instances.
    pub waitables: u32,
    /// Waitable sets, in all instances.
    pub waitable_sets: u32,
    /// Error contexts, in all instances.
    pub error_contexts: u32,
    /// Handles lent at one time, in all instances.
    pub lends: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            instances: 10_000,
            tasks: 100_000,
            threads: 100_000,
            waitables: 1_000_000,
            waitable_sets: 100_000,
            error_contexts: 100_000,
            lends: 1_000_000,
        }
    }
}
