//! Access to a store from futures: between two awaits.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::access_link::AccessLink;
use super::linked::HostFuture;
use super::{StoreContextMut, StoreInner};
use crate::engine::{CoreEngine, DefaultEngine};
use crate::error::Error;
use crate::signal::Note;

/// Access to a store from within the futures that it polls: those of host functions, and that of
/// [`Store::run`](crate::Store::run).
///
/// A future cannot keep a [`StoreContextMut`] while it waits, since guests run meanwhile. It keeps an `Access`, and borrows the
/// store for as long as a closure runs:
///
/// ```
/// # async fn example(access: witwright_host::Access<Vec<u32>>) {
/// let count = access.with(|mut cx| {
///     cx.data_mut().push(7);
///     cx.data().len()
/// });
/// # let _ = count;
/// # }
/// ```
pub struct Access<T: 'static, E: CoreEngine = DefaultEngine> {
    link: Arc<AccessLink<StoreInner<T, E>>>,
}

impl<T: 'static, E: CoreEngine> Clone for Access<T, E> {
    fn clone(&self) -> Self {
        Access { link: self.link.clone() }
    }
}

impl<T: 'static, E: CoreEngine> Access<T, E> {
    /// Runs a closure with the store.
    ///
    /// # Panics
    /// When it is called by anything but a future that the store polls, or within the closure of another call.
    pub fn with<R>(&self, f: impl FnOnce(StoreContextMut<'_, T, E>) -> R) -> R {
        match self.link.gate.enter() {
            Ok(mut entered) => f(StoreContextMut { token: entered.token() }),
            Err(error) if error.is_entered => panic!("`Access::with` was called within `Access::with`"),
            Err(_) => panic!("`Access::with` was called by a future that its store does not poll"),
        }
    }

    /// Leaves a note to the store.
    pub(crate) fn post(&self, note: Note) {
        self.link.signal.post(note);
    }

    /// Adds a future for the store to poll, for example one that writes a stream after the function that made the stream has
    /// returned. Its error ends the next [`Store::run`](crate::Store::run).
    ///
    /// # Panics
    /// When it is called by anything but a future that the store polls, or within the closure of [`Access::with`].
    pub fn spawn(&self, future: impl Future<Output = Result<(), Error>> + Send + 'static) {
        self.with(|mut cx| cx.spawn(|_| future));
    }
}

impl<T: 'static, E: CoreEngine> StoreContextMut<'_, T, E> {
    /// Adds a future for the store to poll, for example one that writes a stream after the function that made the stream has
    /// returned. Its error ends the next [`Store::run`](crate::Store::run).
    ///
    /// # Panics
    /// When the store has 2^32 futures.
    pub fn spawn<F>(&mut self, f: impl FnOnce(Access<T, E>) -> F)
    where
        F: Future<Output = Result<(), Error>> + Send + 'static,
    {
        let future = Box::pin(Spawned { future: f(self.access()) });
        let state = self.state_mut();
        let waker = state.host_tasks.waker(&state.tables.signal);
        match state.host_tasks.add(None, future, waker) {
            Ok(key) => state.tables.signal.post(Note::Woken(key)),
            Err(error) => panic!("the store cannot poll so many futures: {error}"),
        }
    }

    /// Access for the futures that this store polls.
    pub(crate) fn access(&self) -> Access<T, E> {
        Access { link: self.token.as_ref().link.clone() }
    }

    /// Polls a future of the host, which may use its [`Access`].
    pub(crate) fn poll<R>(&mut self, poll: impl FnOnce() -> R) -> R {
        self.token.open(poll)
    }
}

pin_project! {
    /// A future that the host has spawned.
    struct Spawned<F> {
        #[pin]
        future: F,
    }
}

impl<T: 'static, E: CoreEngine, F: Future<Output = Result<(), Error>> + Send> HostFuture<T, E> for Spawned<F> {
    fn poll(
        self: Pin<&mut Self>,
        cx: &mut StoreContextMut<'_, T, E>,
        poll: &mut Context<'_>,
        key: u64,
    ) -> Poll<Result<(), Error>> {
        let polled = cx.poll(|| self.project().future.poll(poll));
        if polled.is_ready() {
            cx.state_mut().host_tasks.remove(key);
        }
        polled
    }
}
