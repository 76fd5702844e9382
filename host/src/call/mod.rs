//! Calls: host → guest, guest → host, guest → guest, host → host (`CanonicalABI.md#canon-lift`, `#canon-lower`).
//!
//! Every call has this order:
//!
//! ```text
//! caller                              │ callee
//! open the scope, if the type lends   │
//! lower the parameters ───────────────┼─► realloc makes room for them
//! enter, on a new thread ─────────────┼─► the function runs
//! lift the result ◄───────────────────┼── and returns, or calls task.return
//! check that no borrow is left        │
//! post-return ────────────────────────┼─► frees the result
//! close the scope: loans end          │
//! ```
//!
//! | caller | callee | file | values pass by |
//! |---|---|---|---|
//! | host | guest | [`export`] | [`guest_side`]: Rust types, or [`dynamic`] values |
//! | guest | host | [`import`] | the same, with the guest as the caller |
//! | guest | guest | [`guest_to_guest`] | [`copier`], from memory to memory |
//! | host | host | [`host_to_host`] | the same, and bytes of the call in place of a guest's memory |
//!
//! A call that may block, is lent handles, or is of an instance that takes part in concurrency, is a [`task`]; its threads run by
//! [`turn`]s. [`built_ins`] has the built-ins of concurrency, [`resource`] those of resources, and runs destructors.

#[cfg(feature = "futures")]
pub(crate) mod adapters;
pub(crate) mod built_ins;
mod copier;
mod deadlock;
mod dynamic;
mod elements;
pub(crate) mod entry;
mod export;
mod guest_side;
pub(crate) mod guest_to_guest;
mod host_copies;
mod host_elements;
pub(crate) mod host_end;
mod host_task;
mod host_to_host;
pub(crate) mod import;
mod location;
pub(crate) mod resource;
pub(crate) mod run;
pub(crate) mod task;
pub(crate) mod trapped;
mod turn;
mod values;
