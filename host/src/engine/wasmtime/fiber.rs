//! Suspension on wasmtime: a guest stack is a fiber, and waits in the future of an asynchronous call.
//!
//! ```text
//! start ── poll ──► the guest runs on its fiber ──► it returns                  ⇒ Returned
//!                        │
//!                        ▼
//!                   a host function answers `Block`: it leaves a way to its
//!                   access in the mailbox, and its future is pending            ⇒ Suspended
//!                        ▲
//! resume ─ answer in the mailbox ─ poll
//! ```
//!
//! The future borrows the engine store until the call has returned, so one engine store holds one suspended stack. Calls that
//! enter it meanwhile go through the access that the blocked host function has, which the future keeps in place.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::future::{Future, poll_fn};
use core::mem;
use core::pin::{Pin, pin};
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, PoisonError};

use ::wasmtime as engine;
use engine::{AsContextMut, StoreContextMut, Val};

use super::values::{cannot_block, too_few_slots, values, write_results};
use super::{Data, types};
use crate::engine::{Blocking, Fault, FaultKind, Flow, FuncType, Progress};

/// The place where a blocked host function and the code that runs its guest leave values for each other. One thread uses it at a time.
#[derive(Default)]
pub(super) struct Mailbox {
    /// Whether the guest that runs now can be suspended.
    can_block: AtomicBool,
    /// The access of the host function that blocked.
    waiting: AtomicPtr<StoreContextMut<'static, Data>>,
    /// The results that the blocked host function is to return.
    answer: Mutex<Option<Box<[u64]>>>,
}

type Call = Pin<Box<dyn Future<Output = Result<Vec<Val>, engine::Error>> + Send>>;

/// A guest stack that waits for a host function to answer.
pub struct Suspended {
    call: Call,
    waiting: NonNull<StoreContextMut<'static, Data>>,
    mailbox: Arc<Mailbox>,
}

// SAFETY: `waiting` points into a value that `call` owns. Both that value and `call` are `Send`.
unsafe impl Send for Suspended {}

impl Suspended {
    pub(super) fn waiting(&self) -> NonNull<StoreContextMut<'static, Data>> {
        self.waiting
    }

    pub(super) fn resume(self, answer: &[u64], slots: &mut [u64]) -> Result<Progress<Self>, Fault> {
        *self.mailbox.answer.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer.into());
        run(self.call, self.mailbox, slots)
    }
}

/// Calls a function on a fiber that can be suspended.
///
/// # Safety
/// When it is suspended, the engine store behind `cx` outlives the suspended stack, and is used only through
/// [`Suspended::waiting`] until that is resumed or dropped.
pub(super) unsafe fn start(
    cx: StoreContextMut<'_, Data>,
    func: engine::Func,
    slots: &mut [u64],
) -> Result<Progress<Suspended>, Fault> {
    let mailbox = cx.data().mailbox.clone();
    let (params, mut results) = values(func, &cx, slots)?;
    // SAFETY: only the lifetime changes; the caller vouches that the engine store lives for as long as the call does.
    let mut cx = unsafe { mem::transmute::<StoreContextMut<'_, Data>, StoreContextMut<'static, Data>>(cx) };
    let call = async move {
        func.call_async(&mut cx, &params, &mut results).await?;
        Ok(results)
    };
    run(Box::pin(call), mailbox, slots)
}

/// Runs a call until it returns or blocks.
fn run(mut call: Call, mailbox: Arc<Mailbox>, slots: &mut [u64]) -> Result<Progress<Suspended>, Fault> {
    match poll(&mailbox, true, call.as_mut()) {
        Poll::Ready(Ok(results)) => write_results(slots, &results).map(|()| Progress::Returned),
        Poll::Ready(Err(error)) => Err(types::fault(error, FaultKind::Limit)),
        Poll::Pending => match NonNull::new(mailbox.waiting.swap(ptr::null_mut(), Ordering::Relaxed)) {
            Some(waiting) => Ok(Progress::Suspended(Suspended { call, waiting, mailbox })),
            None => Err(cannot_block(Blocking::May)),
        },
    }
}

/// Runs a future that cannot be suspended on a fiber, to its end.
pub(super) fn finish<R>(mailbox: &Mailbox, future: impl Future<Output = R>) -> Result<R, Fault> {
    match poll(mailbox, false, pin!(future)) {
        Poll::Ready(result) => Ok(result),
        Poll::Pending => Err(cannot_block(Blocking::May)),
    }
}

fn poll<F: Future + ?Sized>(mailbox: &Mailbox, can_block: bool, future: Pin<&mut F>) -> Poll<F::Output> {
    let before = mailbox.can_block.swap(can_block, Ordering::Relaxed);
    let _restore = Restore { can_block: &mailbox.can_block, before };
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Restores the state before a nested call, also when a host function panics.
struct Restore<'a> {
    can_block: &'a AtomicBool,
    before: bool,
}

impl Drop for Restore<'_> {
    fn drop(&mut self) {
        self.can_block.store(self.before, Ordering::Relaxed);
    }
}

/// A host function that may block.
pub(super) fn blocking_func<F>(
    cx: StoreContextMut<'_, Data>,
    raw_ty: engine::FuncType,
    ty: &FuncType,
    f: F,
) -> engine::Func
where
    F: Fn(StoreContextMut<'_, Data>, &mut [u64]) -> Result<Flow, Fault> + Send + Sync + 'static,
{
    let shared = Arc::new((f, ty.clone()));
    engine::Func::new_async(cx, raw_ty, move |mut caller, params, results| {
        let shared = Arc::clone(&shared);
        Box::new(async move {
            let (f, ty) = &*shared;
            let mut slots = alloc::vec![0; ty.slot_count()];
            write_results(&mut slots, params).map_err(engine::Error::new)?;
            // This future is boxed, so that the value that the mailbox points to is not moved.
            let mut cx = caller.as_context_mut();
            if let Flow::Block = f(cx.as_context_mut(), &mut slots).map_err(engine::Error::new)? {
                let mailbox = Arc::clone(&cx.data().mailbox);
                mailbox.block(&mut cx).map_err(engine::Error::new)?;
                let answer = mailbox.answered().await;
                let Some(answer) = answer.get(..results.len()) else {
                    return Err(engine::Error::new(too_few_slots()));
                };
                slots[..results.len()].copy_from_slice(answer);
            }
            for ((result, &ty), &slot) in results.iter_mut().zip(&ty.results).zip(&slots) {
                *result = types::from_slot(ty, slot).unwrap_or(Val::I32(0));
            }
            Ok(())
        })
    })
}

impl Mailbox {
    /// Leaves the access of a host function that blocks.
    fn block(&self, cx: &mut StoreContextMut<'_, Data>) -> Result<(), Fault> {
        if !self.can_block.load(Ordering::Relaxed) {
            return Err(cannot_block(Blocking::May));
        }
        self.waiting.store(ptr::from_mut(cx).cast(), Ordering::Relaxed);
        Ok(())
    }

    /// The answer, when it has come.
    fn answered(&self) -> impl Future<Output = Box<[u64]>> + Send {
        poll_fn(|_| match self.answer.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(answer) => Poll::Ready(answer),
            None => Poll::Pending,
        })
    }
}
