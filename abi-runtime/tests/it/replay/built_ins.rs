//! The built-ins in a trace.

use witwright_abi_runtime::ids::InstanceId;
use witwright_abi_runtime::machine::{Copied, Embedding, EndKind, Outcome};
use witwright_abi_runtime::trap::Trap;

use super::{Checked, RESOURCE, Replay, Words};

impl<E: Embedding<ResourceType = u32, Place = u32>> Replay<'_, E> {
    /// Replays a call of a built-in.
    pub(super) fn built_in(&mut self, word: &str) -> Checked {
        let here = self.here();
        match word {
            "stream.new" | "future.new" => {
                let kind = if word == "stream.new" { EndKind::Stream } else { EndKind::Future };
                let ty = self.element();
                let pair = with_room!(self.machine, self.machine.end_new(here, kind, ty)).map(|pair| pair.pack());
                self.value(pair)
            }
            "copy-end" => self.copy(here),
            "end.cancel" => {
                let of = self.end();
                let [index, async_] = [self.number(), self.number()];
                let outcome = self.machine.end_cancel(here, index, of, async_ == 1);
                self.blocks(outcome)
            }
            "end.drop" => {
                let of = self.end();
                let index = self.number();
                let dropped = self.machine.end_drop(here, index, of);
                self.done(dropped)
            }
            "forward" => {
                let (kind, ty) = (self.kind(), self.element());
                let indices = [self.number(), self.number()];
                let elements = self.machine.end_forward(here, indices, kind, ty);
                let Some(elements) = self.result(elements)? else { return Ok(()) };
                self.copied(elements, ty.id != 0)?;
                self.expect("done")
            }
            "set.new" | "join" | "poll" | "wait" | "set.drop" => self.waitables(word, here),
            "subtask.drop" => {
                let index = self.number();
                let dropped = self.machine.subtask_drop(here, index);
                self.done(dropped)
            }
            "subtask.cancel" => {
                let index = self.number();
                let request = self.machine.subtask_cancel(here, index);
                self.cancel(request)
            }
            "go-on" => {
                let async_ = self.number::<u32>() == 1;
                let subtask = self.cancels.pop().expect("a subtask is being cancelled");
                let outcome = self.machine.subtask_cancel_go_on(subtask, async_);
                self.outcome(outcome)
            }
            _ => self.other(word, here),
        }
    }

    fn copy(&mut self, here: InstanceId) -> Checked {
        let of = self.end();
        let [index, place, length, async_] = [self.number(), self.number(), self.number(), self.number()];
        let end = self.machine.end_to_copy(here, index, of, async_ == 1);
        let copied = end.and_then(|end| self.machine.copy(end, place, length, async_ == 1));
        let Some(Copied { elements, outcome }) = self.result(copied)? else { return Ok(()) };
        self.copied(elements, of.ty.id != 0)?;
        self.outcome(outcome)
    }

    fn waitables(&mut self, word: &str, here: InstanceId) -> Checked {
        match word {
            "set.new" => {
                let index = with_room!(self.machine, self.machine.waitable_set_new(here));
                self.value(index)
            }
            "join" => {
                let [waitable, set] = [self.number(), self.number()];
                let joined = self.machine.waitable_join(here, waitable, set);
                self.done(joined)
            }
            "poll" => {
                let index = self.number();
                let event = self.machine.waitable_set_poll(here, index).map(Words);
                self.value(event)
            }
            "wait" => {
                let index = self.number();
                let outcome = self.machine.waitable_set_wait(here, index);
                match self.result(outcome)? {
                    None => Ok(()),
                    Some(Outcome::Done(event)) => self.expect(format_args!("done {}", Words(event))),
                    Some(Outcome::Blocked) => self.outcome(Outcome::Blocked),
                    Some(Outcome::Switch(thread)) => self.outcome(Outcome::Switch(thread)),
                }
            }
            _ => {
                let index = self.number();
                let dropped = self.machine.waitable_set_drop(here, index);
                self.done(dropped)
            }
        }
    }

    fn other(&mut self, word: &str, here: InstanceId) -> Checked {
        let machine = &mut self.machine;
        match word {
            "task.return" => {
                let returned = machine.check_task_return(here).and_then(|task| machine.task_returned(task));
                self.done(returned)
            }
            "task.cancel" => {
                let cancelled = machine.task_cancel(here);
                self.done(cancelled)
            }
            "backpressure.inc" => {
                let changed = machine.backpressure_inc(here);
                self.done(changed)
            }
            "backpressure.dec" => {
                let changed = machine.backpressure_dec(here);
                self.done(changed)
            }
            "resource.new" => {
                let index = with_room!(machine, machine.resource_new(here, RESOURCE, 7));
                self.value(index)
            }
            "resource.drop" => {
                let index = self.number();
                let dropped = self.machine.resource_drop(here, RESOURCE, index);
                self.value(dropped.map(|rep| if rep.is_some() { "own" } else { "borrow" }))
            }
            "context" => {
                let [word, value] = [self.number(), self.number()];
                self.expect(self.machine.context_get(word))?;
                self.machine.context_set(word, value as u64);
                Ok(())
            }
            "thread.new" => {
                let made = with_room!(self.machine, self.machine.thread_new_indirect(here));
                if let Ok((thread, _)) = made {
                    self.threads.push(thread);
                }
                self.value(made.map(|(_, index)| index))
            }
            "thread.resume-later" => {
                let index = self.number();
                let resumed = self.machine.thread_resume_later(here, index);
                self.done(resumed)
            }
            _ => self.switch(word, here),
        }
    }

    fn switch(&mut self, word: &str, here: InstanceId) -> Checked {
        let outcome = match word {
            "thread.yield" => self.machine.thread_yield(here),
            "thread.suspend" => self.machine.thread_suspend(here),
            _ => {
                let index = self.number();
                match word {
                    "thread.suspend-then-resume" => self.machine.thread_suspend_then_resume(here, index),
                    "thread.yield-then-resume" => self.machine.thread_yield_then_resume(here, index),
                    "thread.suspend-then-promote" => self.machine.thread_suspend_then_promote(here, index),
                    "thread.yield-then-promote" => self.machine.thread_yield_then_promote(here, index),
                    other => panic!("`{other}` is no event"),
                }
            }
        };
        self.blocks(outcome)
    }
}
