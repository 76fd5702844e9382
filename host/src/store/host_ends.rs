//! Reads and writes of the host: the buffers of its ends of streams and futures, of a type `B`.

use alloc::collections::BTreeMap;
use core::task::Waker;

use crate::error::Error;
use crate::ids::WaitableId;

/// The reads and writes that have begun and were not taken, by end.
pub(crate) struct HostEnds<B> {
    copies: BTreeMap<WaitableId, HostCopy<B>>,
}

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
        HostEnds { copies: BTreeMap::new() }
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

    /// A read or a write has ended: wakes who waits for it.
    pub(crate) fn finish(&mut self, end: WaitableId, outcome: Result<(), Error>) {
        if let Some(copy) = self.copies.get_mut(&end) {
            copy.outcome.get_or_insert(outcome);
            if let Some(waker) = copy.waker.take() {
                waker.wake();
            }
        }
    }
}
