//! Calls of functions that are lifted with a callback, polled from a loop: all that a host without an allocator needs.
//!
//! Such functions return to their caller whenever they wait, so that no stack is suspended. A loop, or an interrupt, runs what
//! is ready:
//!
//! ```text
//!   call ──► Machine::perform ──► CoreCode::start ──┐ a callback code
//!                                                   ▼
//!   run_ready ──► CoreCode::callback ──────► parked, or ended
//!                        ▲                          │
//!                        └──── an event ◄───────────┘
//! ```

use super::embedding::Embedding;
use super::outcome::{CallbackOutcome, Step};
use super::state::Machine;
use crate::codes::Event;
use crate::ids::TaskId;
use crate::trap::Trap;

/// The core code of component instances: compiled ahead of time, or run by an engine. Built-ins and imports that it calls are
/// methods of the machine.
pub trait CoreCode<E: Embedding> {
    /// Lowers the arguments of a call, and calls its core function: the code that this returns.
    ///
    /// # Errors
    /// When the guest traps.
    fn start(&mut self, machine: &mut Machine<E>, task: TaskId) -> Result<u32, Trap>;

    /// Calls the callback of a task: the code that it returns.
    ///
    /// # Errors
    /// When the guest traps.
    fn callback(&mut self, machine: &mut Machine<E>, task: TaskId, event: Event) -> Result<u32, Trap>;
}

impl<E: Embedding> Machine<E> {
    /// Performs a step of the current thread, which [`Machine::resume`] has given, or [`Step::Start`] of a call that has entered
    /// ([`Called`](super::Called)), and the steps after it until the thread waits or has ended.
    ///
    /// # Errors
    /// When the guest traps, or would block with core code on the stack. Its instance is to be ended.
    pub fn perform(&mut self, step: Step, code: &mut impl CoreCode<E>) -> Result<(), Trap> {
        let (task, mut packed) = match step {
            Step::Start(task) => (task, code.start(self, task)?),
            Step::Callback(event) => {
                let task = self.task_of(self.running());
                (task, code.callback(self, task, event)?)
            }
            Step::CancelledBeforeStart(_) => return Ok(()),
            Step::Continue(_) | Step::Begin => return Err(Trap::CannotBlock),
        };
        while let CallbackOutcome::CallBack(event) = self.callback_returned(packed)? {
            packed = code.callback(self, task, event)?;
        }
        Ok(())
    }

    /// Runs the thread that is to be resumed next. Returns whether there was one.
    ///
    /// # Errors
    /// As [`Machine::perform`].
    pub fn run_ready(&mut self, code: &mut impl CoreCode<E>) -> Result<bool, Trap> {
        let Some(thread) = self.next_ready() else { return Ok(false) };
        let step = self.resume(thread)?;
        self.perform(step, code)?;
        Ok(true)
    }
}
