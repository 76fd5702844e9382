//! Concurrency as a machine without IO: instances, threads, tasks, subtasks, waitable sets, streams and futures
//! (`Concurrency.md`, `CanonicalABI.md#concurrency`).
//!
//! The machine decides, an embedder performs. Each canonical built-in is a method, which traps or returns an [`Outcome`]; a
//! thread that cannot go on is parked with the condition that it waits for, which is data. The embedder has the stacks: it
//! calls core functions, suspends and resumes them, and copies bytes when it is told to. The machine calls nothing, waits for
//! nothing and reads no clock.
//!
//! ```text
//!          call ──► Thread is parked or ready
//!                      │
//!                      ▼ resume
//!   ┌─────────────► Step: start, call back, continue, begin ──► core code runs
//!   │                                                              │
//!   │                                      a built-in is called    │   the core function returns
//!   │ next_ready                                   │               ▼
//!   │                                              ▼          callback_returned, exit
//!   └─────────────────── parked ◄──────── Outcome: done, blocked, switch
//! ```
//!
//! A trap leaves the machine as it is. The embedder enters none of its instances again, and ends them
//! ([`Machine::end_instance`]) when nothing of them is on the native stack any more.

mod embedding;
mod end;
mod error_context;
mod instance;
mod list;
mod outcome;
mod parts;
mod poison;
mod polled;
mod resources;
mod room;
mod sizes;
mod state;
mod subtask;
mod task;
mod thread;
mod waitable;

pub use self::embedding::{Embedding, Limits};
pub use self::end::{Copied, ElementCopy, buffer_length};
pub use self::outcome::{Answer, CallbackOutcome, Outcome, Step, TaskEnds};
pub use self::parts::{Buffer, Callee, ElementType, EndOf, LiftMode, Side, Task, TaskState, Until};
pub use self::poison::Ended;
pub use self::polled::CoreCode;
#[cfg(feature = "alloc")]
pub use self::room::Growing;
pub use self::room::{Fixed, Room};
pub use self::state::{Census, Machine};
pub use self::subtask::{Called, CancelRequest};
pub use crate::trap::EndKind;
