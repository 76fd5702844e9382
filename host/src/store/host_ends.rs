//! Reads and writes of the host: the buffers of its ends of streams and futures, of a type `B`.

use alloc::boxed::Box;
use core::task::Waker;

use crate::by_index::ByIndex;
use crate::error::Error;
use crate::ids::WaitableId;

/// The ends of the host that have been read, written or watched.
pub(crate) struct HostEnds<B: ?Sized> {
    /// By the index of the end.
    ends: ByIndex<Option<Box<HostEnd<B>>>>,
}

/// Runs when the reader of a writable end is dropped.
pub(crate) type Closer = Box<dyn FnOnce() + Send>;

/// An end of the host.
pub(crate) struct HostEnd<B: ?Sized> {
    /// The buffer of its read or write, or of the last one. `None` while elements are copied, and before the first one.
    pub(crate) buffer: Option<Box<B>>,
    copy: CopyState,
    /// Wakes the task that waits for the end of the read or write.
    waker: Option<Waker>,
    /// Wakes the task that waits until the other end is dropped.
    watcher: Option<Waker>,
    /// Runs as soon as the other end is dropped.
    closer: Option<Closer>,
}

/// The state of a read or a write.
enum CopyState {
    /// No read or write is in progress.
    None,
    Begun,
    /// The last one has ended, and its outcome was not taken.
    Ended(Result<(), Error>),
}

impl<B: ?Sized> HostEnds<B> {
    pub(crate) fn new() -> HostEnds<B> {
        HostEnds { ends: ByIndex::default() }
    }

    /// An end, if it has been used.
    pub(crate) fn get(&mut self, end: WaitableId) -> Option<&mut HostEnd<B>> {
        self.ends.entry(end.index()).as_deref_mut()
    }

    /// An end, which is added if it has not been used.
    pub(crate) fn end(&mut self, end: WaitableId) -> &mut HostEnd<B> {
        self.ends.entry(end.index()).get_or_insert_with(|| {
            Box::new(HostEnd { buffer: None, copy: CopyState::None, waker: None, watcher: None, closer: None })
        })
    }

    /// Removes an end that is dropped.
    pub(crate) fn forget(&mut self, end: WaitableId) -> Option<Box<HostEnd<B>>> {
        self.ends.entry(end.index()).take()
    }
}

impl<B: ?Sized> HostEnd<B> {
    /// Whether a read or a write has begun whose outcome was not taken.
    pub(crate) fn copies(&self) -> bool {
        !matches!(self.copy, CopyState::None)
    }

    /// Begins a read or a write with the buffer that the end has.
    pub(crate) fn begin(&mut self) {
        self.copy = CopyState::Begun;
    }

    /// Takes back a read or a write that could not begin.
    pub(crate) fn abandon(&mut self) {
        self.copy = CopyState::None;
    }

    /// Ends the read or write, and wakes the task that waits for it.
    pub(crate) fn finish(&mut self, outcome: Result<(), Error>) {
        if matches!(self.copy, CopyState::Begun) {
            self.copy = CopyState::Ended(outcome);
            if let Some(waker) = self.waker.take() {
                waker.wake();
            }
        }
    }

    /// The outcome of the read or write, if it has ended. Otherwise `waker` is woken when it does.
    pub(crate) fn poll(&mut self, waker: &Waker) -> Option<Result<(), Error>> {
        match core::mem::replace(&mut self.copy, CopyState::None) {
            CopyState::Ended(outcome) => Some(outcome),
            going @ (CopyState::Begun | CopyState::None) => {
                self.copy = going;
                match &mut self.waker {
                    Some(known) => known.clone_from(waker),
                    none => *none = Some(waker.clone()),
                }
                None
            }
        }
    }

    /// Sets the waker to be woken when the other end is dropped.
    pub(crate) fn watch(&mut self, watcher: Waker) {
        self.watcher = Some(watcher);
    }

    /// Sets the closure to run when the other end is dropped.
    pub(crate) fn on_dropped(&mut self, closer: Closer) {
        self.closer = Some(closer);
    }

    /// Handles the drop of the other end: wakes the task that waits for it, and returns the closure to run.
    pub(crate) fn other_dropped(&mut self) -> Option<Closer> {
        if let Some(watcher) = self.watcher.take() {
            watcher.wake();
        }
        self.closer.take()
    }
}
