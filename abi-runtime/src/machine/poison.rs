//! The end of an instance that trapped: everything in it ends, and its callers and the other ends of its streams learn of it.

use super::embedding::Embedding;
use super::parts::{Callee, Instance, Kind, TaskState};
use super::state::Machine;
use crate::handles::Handle;
use crate::ids::{InstanceId, TaskId, ThreadId, WaitableId};

/// Something that ended with its instance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// A thread: the embedder drops its stack.
    Thread(ThreadId),
    /// A task: the embedder forgets what it keeps for it.
    Task(TaskId),
    /// A call of the embedder: it has no result.
    HostCall(WaitableId),
    /// A call of a function of the embedder: its result is not needed any more.
    CallOfHost(WaitableId),
    /// A call of another instance: it has no result, and nothing wakes its caller.
    CallOf(InstanceId),
}

impl<E: Embedding> Machine<E> {
    /// Ends an instance that trapped, in which nothing runs: its threads and tasks, waitables and sets. The other ends of its
    /// streams and futures see them as dropped.
    ///
    /// `ended` is called with each part that the embedder knows.
    pub fn end_instance(&mut self, instance: InstanceId, mut ended: impl FnMut(Ended)) {
        self.end_threads(instance, &mut ended);
        self.end_tasks(instance, &mut ended);
        // Its threads wait no more, also for an end that the other end's drop tells.
        for id in self.waitables.ids() {
            if self.waitables.get(id).is_some_and(|waitable| waitable.owner == Some(instance)) {
                self.waitables[id].sync_waiter = None;
            }
        }
        for id in self.waitables.ids() {
            if self.waitables.get(id).is_some_and(|waitable| waitable.owner == Some(instance)) {
                self.end_waitable(id, &mut ended);
            }
        }
        let max_handles = 0;
        let before = core::mem::replace(&mut self.instances[instance], Instance::new(max_handles));
        for (_, handle) in before.handles.table().iter() {
            match handle {
                Handle::WaitableSet(set) => {
                    self.sets.remove(*set);
                }
                Handle::ErrorContext(id) => self.release_error_context(*id),
                Handle::Resource(_) | Handle::Waitable(_) => {}
            }
        }
    }

    fn end_threads(&mut self, instance: InstanceId, ended: &mut impl FnMut(Ended)) {
        for id in self.threads.ids() {
            let Some(thread) = self.threads.get(id) else { continue };
            if self.tasks[thread.task].instance != instance {
                continue;
            }
            self.unlist(id);
            self.threads.remove(id);
            if self.current == Some(id) {
                self.current = None;
            }
            ended(Ended::Thread(id));
        }
    }

    fn end_tasks(&mut self, instance: InstanceId, ended: &mut impl FnMut(Ended)) {
        for id in self.tasks.ids() {
            let Some(task) = self.tasks.get(id).filter(|task| task.instance == instance) else { continue };
            let (subtask, is_resolved) = (task.subtask, task.has_resolved());
            self.tasks.remove(id);
            ended(Ended::Task(id));
            if is_resolved {
                continue;
            }
            self.subtask_mut(subtask).callee = Callee::Host;
            match self.waitables[subtask].owner {
                Some(caller) => ended(Ended::CallOf(caller)),
                None if self.subtask(subtask).caller_trapped => self.remove_waitable(subtask),
                None => ended(Ended::HostCall(subtask)),
            }
        }
    }

    fn end_waitable(&mut self, id: WaitableId, ended: &mut impl FnMut(Ended)) {
        let callee = match &self.waitables[id].kind {
            Kind::End(_) => {
                self.drop_end(id);
                return;
            }
            Kind::Subtask(subtask) => subtask.callee,
        };
        self.deliver_resolve(id);
        self.leave_set(id);
        match callee {
            // The arguments have ended with the caller, so the call never enters.
            Callee::Guest(task) if self.tasks[task].state == TaskState::Initial => {
                if let Some(thread) = self.tasks[task].implicit {
                    let waits_to_enter = true;
                    self.forget_thread(thread, waits_to_enter);
                    ended(Ended::Thread(thread));
                }
                self.tasks.remove(task);
                self.remove_waitable(id);
                ended(Ended::Task(task));
            }
            // The callee goes on: its call ends when it resolves.
            Callee::Guest(_) => {
                let waitable = &mut self.waitables[id];
                (waitable.owner, waitable.index, waitable.sync_waiter) = (None, 0, None);
                self.subtask_mut(id).caller_trapped = true;
            }
            Callee::Host => {
                self.remove_waitable(id);
                ended(Ended::CallOfHost(id));
            }
        }
    }
}
