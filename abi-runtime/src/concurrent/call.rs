//! Calls on `wasm32`: imports that are lowered `async`, and exports that are lifted with a callback
//! (`CanonicalABI.md#canon-lower`, `#canon-lift`).

use core::cell::Cell;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::cancel::TaskCancelOnDrop;
use super::run;
use crate::codes::{CallStatus, SubtaskState};
use crate::end::EndEntry;
use crate::flat::FlatWriter;
use crate::flatten::{Convention, FuncAbi, SLOTS};
use crate::guest::memory::{Incoming, Outgoing, give_away};
use crate::guest::{Area, area, params};
use crate::held::Scope;
use crate::layout::MAX_FLAT_PARAMS;
use crate::transfer::{ComponentType, Lift, Lower};
use crate::waitable::{self, Waiting};

mod imports {
    #[link(wasm_import_module = "$root")]
    unsafe extern "C" {
        #[link_name = "[subtask-cancel]"]
        pub(super) safe fn cancel(subtask: u32) -> u32;
        #[link_name = "[subtask-drop]"]
        pub(super) safe fn drop(subtask: u32);
    }
}

/// A call of an import that is lowered `async`:
///
/// ```text
///  New ─ poll ─► Starting ─► Started ─► Returned
///                    │           │          the result is lifted, the subtask dropped
///                    └── drop ───┴────► cancelled: `subtask.cancel` blocks until the callee agrees
/// ```
///
/// Parameters are lowered by reference, so they stay here, in place, until the callee has read them. So does the memory for
/// values that are not flat.
#[derive(Debug)]
pub struct ImportCall<P: Lower, R: Lift, const WORDS: usize> {
    state: Cell<State>,
    /// `None` after the callee has read them.
    params: Option<P>,
    outgoing: Outgoing,
    area: Area<WORDS>,
    waiting: Waiting,
    ends: &'static [EndEntry],
    call: unsafe fn(&[u64]) -> u32,
    result: core::marker::PhantomData<fn() -> R>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    New,
    Starting { subtask: u32 },
    Started { subtask: u32 },
    Ended,
}

impl State {
    fn subtask(self) -> Option<u32> {
        match self {
            State::Starting { subtask } | State::Started { subtask } => Some(subtask),
            State::New | State::Ended => None,
        }
    }
}

const fn func<P: ComponentType, R: ComponentType>() -> FuncAbi {
    FuncAbi { params: P::ABI, result: R::ABI }
}

/// A call, which begins when it is polled. `ends` are the types of streams and futures that the result may hold; `call` gets the
/// core parameters as 64-bit slots and returns the status.
///
/// # Safety
/// `call` is the import, lowered `async`, whose type is `P` to `R`; `WORDS` is the number of words that it needs in memory
/// ([`FuncAbi::area_words`]).
#[must_use]
pub unsafe fn import_call<P: Lower, R: Lift, const WORDS: usize>(
    params: P,
    ends: &'static [EndEntry],
    call: unsafe fn(&[u64]) -> u32,
) -> ImportCall<P, R, WORDS> {
    const { assert!(WORDS >= func::<P, R>().area_words(Convention::LowerAsync) as usize, "the memory is too small") }
    ImportCall {
        state: Cell::new(State::New),
        params: Some(params),
        outgoing: Outgoing::deferred(),
        area: area(),
        waiting: Waiting::new(),
        ends,
        call,
        result: core::marker::PhantomData,
    }
}

impl<P: Lower, R: Lift, const WORDS: usize> ImportCall<P, R, WORDS> {
    /// The memory that the result is written to.
    fn result_address(&self) -> u32 {
        let start = self.area.as_ptr() as usize as u32;
        if const { func::<P, R>().params_in_memory(Convention::LowerAsync) } {
            start + 8 * const { P::ABI.words() }
        } else {
            start
        }
    }

    /// Calls the import.
    fn start(&mut self) -> SubtaskState {
        let mut slots = SLOTS;
        let mut flat = FlatWriter::new(&mut slots);
        let address = self.area.as_ptr() as usize as u32;
        if let Some(params) = &self.params {
            if const { func::<P, R>().params_in_memory(Convention::LowerAsync) } {
                let Ok(()) = params.store(&mut self.outgoing, address);
                flat.push(address.into());
            } else {
                let Ok(()) = params.lower(&mut self.outgoing, &mut flat);
            }
        }
        if const { func::<P, R>().result_in_memory(Convention::LowerAsync) } {
            flat.push(self.result_address().into());
        }
        // SAFETY: as was promised to `import_call`.
        let status = unsafe { (self.call)(&slots) };
        match CallStatus::unpack(status) {
            Some(CallStatus::Starting { subtask }) => {
                self.state.set(State::Starting { subtask });
                SubtaskState::Starting
            }
            Some(CallStatus::Started { subtask }) => {
                self.state.set(State::Starting { subtask });
                SubtaskState::Started
            }
            Some(CallStatus::Returned) => SubtaskState::Returned,
            None => core::arch::wasm32::unreachable(),
        }
    }

    /// Gives the parameters away, after the callee has read them.
    fn started(&mut self) {
        if let Some(params) = self.params.take() {
            give_away(&params);
        }
        self.outgoing = Outgoing::deferred();
        if let Some(subtask) = self.state.get().subtask() {
            self.state.set(State::Started { subtask });
        }
    }

    /// Handles a new state of the callee, and returns the result if it has returned.
    fn advance(&mut self, state: SubtaskState) -> Option<R> {
        match state {
            SubtaskState::Starting => return None,
            SubtaskState::Started => {
                self.started();
                return None;
            }
            SubtaskState::Returned | SubtaskState::CancelledBeforeReturned => self.started(),
            SubtaskState::CancelledBeforeStarted => {}
        }
        if let Some(subtask) = self.state.replace(State::Ended).subtask() {
            waitable::leave(subtask);
            imports::drop(subtask);
        }
        (state == SubtaskState::Returned).then(|| {
            // SAFETY: the callee has written a value of type `R`, whose buffers came from `cabi_realloc`.
            let mut incoming = unsafe { Incoming::new(self.ends) };
            let Ok(result) = R::load(&mut incoming, self.result_address());
            result
        })
    }

    fn event(&self) -> Option<SubtaskState> {
        self.waiting.take_code().and_then(SubtaskState::unpack)
    }
}

impl<P: Lower, R: Lift, const WORDS: usize> Future for ImportCall<P, R, WORDS> {
    type Output = R;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        // SAFETY: nothing that waits in place, or is pointed to, is moved.
        let this = unsafe { self.get_unchecked_mut() };
        let state = match this.state.get() {
            State::New => Some(this.start()),
            State::Starting { .. } | State::Started { .. } => this.event(),
            State::Ended => panic!("a call was polled after it had returned"),
        };
        if let Some(result) = state.and_then(|state| this.advance(state)) {
            return Poll::Ready(result);
        }
        if let Some(subtask) = this.state.get().subtask() {
            // SAFETY: it is structurally pinned.
            unsafe { Pin::new_unchecked(&this.waiting) }.watch(subtask, cx.waker());
        }
        Poll::Pending
    }
}

impl<P: Lower, R: Lift, const WORDS: usize> Drop for ImportCall<P, R, WORDS> {
    fn drop(&mut self) {
        if let Some(state) = self.event() {
            drop(self.advance(state));
        }
        let Some(subtask) = self.state.get().subtask() else { return };
        self.waiting.stop();
        waitable::leave(subtask);
        if let Some(state) = SubtaskState::unpack(imports::cancel(subtask)) {
            drop(self.advance(state));
        }
    }
}

/// Runs an export that is lifted with a callback, and returns the result of the core function. `body` takes the parameters and
/// returns a future of the result, which `task_return` returns to the caller, as core values.
///
/// # Safety
/// `flat` are the core parameters of a call of an export of type `P` to `R`; `ends` are the types of streams and futures that
/// they may hold, and `task_return` is the built-in of that export.
#[must_use]
pub unsafe fn export_async<P: Lift + 'static, R: Lower + 'static, F: Future<Output = R> + 'static>(
    flat: &[u64],
    ends: &'static [EndEntry],
    task_return: unsafe fn(&[u64]),
    body: impl FnOnce(P) -> F + 'static,
) -> u32 {
    let scope = Scope::enter();
    // SAFETY: as the caller promises.
    let params: P = unsafe { params(flat, ends) };
    let held = scope.detach();
    let code = run::start_task(async move {
        // Dropped last, when the task is cancelled.
        let resolve = TaskCancelOnDrop::new();
        let result = {
            let _held = held;
            body(params).await
        };
        resolve.forget();
        // SAFETY: the result is of the type of the export.
        unsafe { give_result(&result, task_return) }
    });
    code as u32
}

/// Lowers a result for `task.return`.
///
/// # Safety
/// `task_return` is the built-in of an export with this result.
unsafe fn give_result<R: Lower>(result: &R, task_return: unsafe fn(&[u64])) {
    let mut outgoing = Outgoing::new();
    let mut slots = [0; MAX_FLAT_PARAMS];
    let mut flat = FlatWriter::new(&mut slots);
    if const { func::<(), R>().result_in_memory(Convention::LiftCallback) } {
        let address = outgoing.alloc(R::ABI.size as usize) as usize as u32;
        let Ok(()) = result.store(&mut outgoing, address);
        flat.push(address.into());
    } else {
        let Ok(()) = result.lower(&mut outgoing, &mut flat);
    }
    // SAFETY: as the caller promises.
    unsafe { task_return(&slots) }
}
