//! Reads and writes of the host: the buffers of its ends of streams and futures, of a type `B`.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use core::task::Waker;

use crate::error::Error;
use crate::ids::WaitableId;

/// The reads and writes that have begun and were not taken, by end.
pub(crate) struct HostEnds<B> {
    copies: BTreeMap<WaitableId, HostCopy<B>>,
    /// Those who wait until the reader of a writable end is dropped.
    watchers: BTreeMap<WaitableId, Waker>,
    /// What is done as soon as it is.
    closers: BTreeMap<WaitableId, Closer>,
}

/// What is done when the reader of a writable end is dropped.
pub(crate) type Closer = Box<dyn FnOnce() + Send>;

/// A read or a write of the host.
pub(crate) struct HostCopy<B> {
    /// `None` while elements are copied.
    pub(crate) buffer: Option<B>,
    /// Its outcome, if it has ended.
    pub(crate) outcome: Option<Result<(), Error>>,
    pub(crate) waker: Option<Waker>,
}

impl<B> HostEnds<B> {
    pub(crate) fn new() -> HostEnds<B> {
        HostEnds { copies: BTreeMap::new(), watchers: BTreeMap::new(), closers: BTreeMap::new() }
    }

    /// Begins a read or a write.
    pub(crate) fn begin(&mut self, end: WaitableId, buffer: B) {
        self.copies.insert(end, HostCopy { buffer: Some(buffer), outcome: None, waker: None });
    }

    pub(crate) fn get(&mut self, end: WaitableId) -> Option<&mut HostCopy<B>> {
        self.copies.get_mut(&end)
    }

    pub(crate) fn take(&mut self, end: WaitableId) -> Option<HostCopy<B>> {
        self.copies.remove(&end)
    }

    /// Who is woken when the other end is dropped.
    pub(crate) fn watch(&mut self, end: WaitableId, waker: Waker) {
        self.watchers.insert(end, waker);
    }

    /// What is done when the other end is dropped.
    pub(crate) fn on_dropped(&mut self, end: WaitableId, closer: Closer) {
        self.closers.insert(end, closer);
    }

    /// Forgets an end: it is dropped itself.
    pub(crate) fn forget(&mut self, end: WaitableId) -> (Option<HostCopy<B>>, Option<Closer>) {
        self.watchers.remove(&end);
        (self.take(end), self.closers.remove(&end))
    }

    /// The other end was dropped: gives what is to be done, and wakes who waits for it.
    pub(crate) fn dropped(&mut self, end: WaitableId) -> Option<Closer> {
        if let Some(watcher) = self.watchers.remove(&end) {
            watcher.wake();
        }
        self.closers.remove(&end)
    }

    /// A read or a write, if there is one, has ended: wakes who waits for it.
    pub(crate) fn finish(&mut self, end: WaitableId, outcome: Result<(), Error>) {
        if let Some(copy) = self.copies.get_mut(&end) {
            copy.outcome.get_or_insert(outcome);
            if let Some(waker) = copy.waker.take() {
                waker.wake();
            }
        }
    }
}
