//! Streams and futures: pairs of ends that copy without a buffer between them (`CanonicalABI.md#stream-and-future-state`).
//!
//! ```text
//!                 read, write                 cancel
//!   idle ───────────────────────► copying ───────────────► cancelling
//!    ▲                               │                         │
//!    │  completed (of a stream),     │      cancelled          │
//!    ├───────────────────────────────┴─────────────────────────┤
//!    │                                                         │
//!    └─ dropped, or completed (of a future) ────► done ◄───────┘
//! ```
//!
//! The first end to read or write leaves its buffer and waits. The second copies as many elements as both buffers allow: the
//! machine names the places, the embedder copies. The state changes when the event is taken, so that further copies
//! into a buffer that is not full add to one event.

use super::embedding::Embedding;
use super::outcome::Outcome;
use super::parts::{Buffer, ElementType, End, EndOf, EndState, Kind, Side, Until, Waitable};
use super::state::{Machine, full};
use crate::codes::{BLOCKED, CopyResult, EndPair, Event, StreamResult};
use crate::ids::{EndId, InstanceId, WaitableId};
use crate::layout::MAX_BUFFER_LENGTH;
use crate::trap::{EndKind, EndUse, HandleKind, Limit, Trap};

/// Elements that the embedder is to copy, at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub struct ElementCopy<P> {
    /// The start of the writable end's buffer, and the index in it of the first element to be read.
    pub from: (P, u32),
    /// The start of the readable end's buffer, and the index in it of the first element to be written.
    pub to: (P, u32),
    /// The number of elements.
    pub length: u32,
    /// The writable end.
    pub writer: WaitableId,
}

/// The outcome of a read or a write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub struct Copied<P> {
    /// The elements to be copied before anything else.
    pub elements: Option<ElementCopy<P>>,
    /// The outcome of the built-in.
    pub outcome: Outcome,
}

/// The length of a buffer for this number of elements; at most the one that the specification allows.
#[must_use]
pub fn buffer_length(elements: usize) -> u32 {
    elements.min(MAX_BUFFER_LENGTH as usize) as u32
}

impl<E: Embedding> Machine<E> {
    /// A new stream or future, whose ends the embedder owns: the readable one, and the writable one.
    ///
    /// # Errors
    /// When a limit of the machine is reached.
    pub fn new_pair(&mut self, kind: EndKind, ty: ElementType) -> Result<(WaitableId, WaitableId), Trap> {
        let readable = self.add_end(EndOf { kind, side: Side::Readable, ty })?;
        let writable = self.add_end(EndOf { kind, side: Side::Writable, ty });
        let writable = writable.inspect_err(|_| self.remove_waitable(readable))?;
        self.end_mut(readable).other = Some(writable);
        self.end_mut(writable).other = Some(readable);
        Ok((readable, writable))
    }

    fn add_end(&mut self, of: EndOf) -> Result<WaitableId, Trap> {
        let end = self.ends.add(End::new(of)).map_err(full(Limit::Ends))?;
        self.add_waitable(Waitable::new(None, Kind::End(end))).inspect_err(|_| {
            self.ends.remove(end);
        })
    }

    fn end(&self, id: WaitableId) -> &End<E::Place> {
        &self.ends[self.end_id(id)]
    }

    fn end_mut(&mut self, id: WaitableId) -> &mut End<E::Place> {
        let end = self.end_id(id);
        &mut self.ends[end]
    }

    fn end_id(&self, id: WaitableId) -> EndId {
        match self.waitables[id].kind {
            Kind::End(end) => end,
            Kind::Subtask(_) => unreachable!("callers give the id of an end"),
        }
    }

    /// Notes an event of an end, which reports this number of elements.
    fn set_copy_event(&mut self, id: WaitableId, progress: u32) {
        self.end_mut(id).progress = progress;
        self.set_event(id);
    }

    // Built-ins.

    /// `stream.new`, `future.new`
    ///
    /// # Errors
    /// When the instance may not be left, or a table is full.
    pub fn end_new(&mut self, instance: InstanceId, kind: EndKind, ty: ElementType) -> Result<EndPair, Trap> {
        self.check_may_leave(instance)?;
        let (readable, writable) = self.new_pair(kind, ty)?;
        let pair = self.own_pair(instance, readable, writable);
        if pair.is_err() {
            let index = self.waitables[readable].index;
            if index != 0 {
                self.instances[instance].handles.table_mut().remove(index)?;
            }
            self.drop_end(readable);
            self.drop_end(writable);
        }
        pair
    }

    fn own_pair(&mut self, instance: InstanceId, readable: WaitableId, writable: WaitableId) -> Result<EndPair, Trap> {
        Ok(EndPair {
            readable: self.own_waitable(instance, readable)?,
            writable: self.own_waitable(instance, writable)?,
        })
    }

    /// The end for `stream.read`, `stream.write`, `future.read` or `future.write`, after the checks that precede those of the
    /// buffer.
    ///
    /// # Errors
    /// When the instance may not be left, there is no such end, a copy is in progress or no other may follow, or the end is in
    /// a waitable set and the built-in is not `async`.
    pub fn end_to_copy(&self, instance: InstanceId, index: u32, of: EndOf, async_: bool) -> Result<WaitableId, Trap> {
        let id = self.end_at(instance, index, of)?;
        let what = if of.side == Side::Readable { EndUse::Read(of.kind) } else { EndUse::Write(of.kind) };
        self.check_idle(id, what)?;
        if self.waitables[id].is_in_set() && !async_ {
            return Err(Trap::WaitableInSetAndSync);
        }
        Ok(id)
    }

    /// `stream.read`, `stream.write`, `future.read`, `future.write`, with a buffer that has been checked, of one element for a
    /// future. A host's end is copied with `async`.
    ///
    /// # Errors
    /// When the buffer is longer than the specification allows, or elements that are not numbers would be copied within one
    /// instance.
    pub fn copy(
        &mut self,
        id: WaitableId,
        place: E::Place,
        length: u32,
        async_: bool,
    ) -> Result<Copied<E::Place>, Trap> {
        if length > MAX_BUFFER_LENGTH {
            return Err(Trap::BufferTooLong);
        }
        let elements = self.rendezvous(id, Buffer { place, length, progress: 0 })?;
        let outcome = if self.waitables[id].has_event {
            Outcome::Done(self.take_payload(id))
        } else if async_ {
            Outcome::Done(BLOCKED)
        } else {
            self.wait_for(id)
        };
        Ok(Copied { elements, outcome })
    }

    fn wait_for(&mut self, id: WaitableId) -> Outcome {
        self.waitables[id].sync_waiter = self.current();
        self.block(Until::Pending(id));
        Outcome::Blocked
    }

    fn rendezvous(
        &mut self,
        id: WaitableId,
        mut mine: Buffer<E::Place>,
    ) -> Result<Option<ElementCopy<E::Place>>, Trap> {
        let end = self.end_mut(id);
        end.state = EndState::Copying;
        let EndOf { side, ty, .. } = end.of;
        let Some(other) = end.other else {
            debug_assert!(self.waitables[id].has_event, "an end that lost the other has an event");
            return Ok(None);
        };
        let Some(mut theirs) = self.end(other).buffer else {
            self.end_mut(id).buffer = Some(mine);
            return Ok(None);
        };
        if mine.remain() > 0 && theirs.remain() > 0 {
            let owner = self.waitables[id].owner;
            let is_within_instance = owner.is_some() && owner == self.waitables[other].owner;
            if is_within_instance && !ty.is_none_or_number {
                return Err(Trap::CopyWithinInstance);
            }
            let length = mine.remain().min(theirs.remain());
            let [here, there] = [(mine.place, mine.progress), (theirs.place, theirs.progress)];
            let (from, to, writer) = if side == Side::Readable { (there, here, other) } else { (here, there, id) };
            mine.progress += length;
            theirs.progress += length;
            self.set_copy_event(id, mine.progress);
            self.set_copy_event(other, theirs.progress);
            self.end_mut(other).buffer = (theirs.remain() > 0).then_some(theirs);
            return Ok(Some(ElementCopy { from, to, length, writer }));
        }
        if mine.remain() > 0 || (side == Side::Readable && theirs.remain() == 0) {
            self.set_copy_event(other, 0);
            self.end_mut(other).buffer = None;
            self.end_mut(id).buffer = Some(mine);
        } else {
            self.set_copy_event(id, 0);
        }
        Ok(None)
    }

    /// The event of an end, which changes its state.
    pub(super) fn end_event(&mut self, id: WaitableId) -> Event {
        let index = self.waitables[id].index;
        let end = self.end_mut(id);
        let (EndOf { kind, side, .. }, progress) = (end.of, end.progress);
        let is_cancelling = end.state == EndState::Cancelling;
        let is_dropped = end.other.is_none();
        end.buffer = None;
        let (result, state) = match kind {
            EndKind::Stream if is_dropped => (CopyResult::Dropped, EndState::Done),
            EndKind::Stream if is_cancelling => (CopyResult::Cancelled, EndState::Idle),
            EndKind::Stream => (CopyResult::Completed, EndState::Idle),
            EndKind::Future if progress == 1 => (CopyResult::Completed, EndState::Done),
            EndKind::Future if is_dropped => (CopyResult::Dropped, EndState::Done),
            EndKind::Future => (CopyResult::Cancelled, EndState::Idle),
        };
        end.state = state;
        match (kind, side) {
            (EndKind::Stream, Side::Readable) => Event::StreamRead { index, result: StreamResult { result, progress } },
            (EndKind::Stream, Side::Writable) => {
                Event::StreamWrite { index, result: StreamResult { result, progress } }
            }
            (EndKind::Future, Side::Readable) => Event::FutureRead { index, result },
            (EndKind::Future, Side::Writable) => Event::FutureWrite { index, result },
        }
    }

    /// Takes back the copy that a read or a write of this end has made at once, before its result is used: the embedder could not
    /// copy the elements. This end is idle again, and the other one waits as it did before.
    pub fn take_back(&mut self, id: WaitableId, elements: &ElementCopy<E::Place>) {
        let end = self.end_mut(id);
        end.state = EndState::Idle;
        let (place, progress) = if end.of.side == Side::Readable { elements.from } else { elements.to };
        let Some(other) = end.other else { unreachable!("the other end has a buffer") };
        let buffer = &mut self.end_mut(other).buffer;
        // A buffer is forgotten when it is full.
        let length = buffer.as_ref().map_or(progress + elements.length, |buffer| buffer.length);
        *buffer = Some(Buffer { place, length, progress });
        self.end_mut(other).progress = progress;
        self.waitables[other].has_event = progress > 0;
        if progress == 0 {
            self.unqueue_event(other);
        }
    }

    /// `stream.cancel-read`, `stream.cancel-write`, `future.cancel-read`, `future.cancel-write`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such end, no copy is in progress that could be cancelled, or the end is in
    /// a waitable set and the built-in is not `async`.
    pub fn end_cancel(&mut self, instance: InstanceId, index: u32, of: EndOf, async_: bool) -> Result<Outcome, Trap> {
        let id = self.end_at(instance, index, of)?;
        if self.end(id).state != EndState::Copying || self.waitables[id].sync_waiter.is_some() {
            return Err(Trap::NothingToCancel(index));
        }
        if self.waitables[id].is_in_set() && !async_ {
            return Err(Trap::WaitableInSetAndSync);
        }
        Ok(Outcome::Done(self.cancel_copy(id)))
    }

    /// Cancels the copy in progress, and returns its result.
    pub fn cancel_copy(&mut self, id: WaitableId) -> u32 {
        self.end_mut(id).state = EndState::Cancelling;
        if !self.waitables[id].has_event {
            self.set_copy_event(id, 0);
        }
        self.take_payload(id)
    }

    /// `stream.drop-readable`, `stream.drop-writable`, `future.drop-readable`, `future.drop-writable`
    ///
    /// # Errors
    /// When the instance may not be left, there is no such end, a copy is in progress, or the writable end of a future has not
    /// written.
    pub fn end_drop(&mut self, instance: InstanceId, index: u32, of: EndOf) -> Result<(), Trap> {
        let id = self.end_at(instance, index, of)?;
        if self.end(id).is_busy() {
            let what = match of.side {
                Side::Readable => EndUse::DropReadable(of.kind),
                Side::Writable => EndUse::DropWritable(of.kind),
            };
            return Err(Trap::EndBusy(what));
        }
        if of.kind == EndKind::Future && of.side == Side::Writable && self.end(id).state != EndState::Done {
            return Err(Trap::FutureNotWritten);
        }
        self.instances[instance].handles.table_mut().remove(index)?;
        self.drop_end(id);
        Ok(())
    }

    /// Drops an end, and tells the other end.
    pub fn drop_end(&mut self, id: WaitableId) {
        if let Some(other) = self.end_mut(id).other.take() {
            self.end_mut(other).other = None;
            if self.end(other).state != EndState::Done && !self.waitables[other].has_event {
                self.set_copy_event(other, 0);
            }
        }
        self.remove_waitable(id);
    }

    /// `stream.forward`, `future.forward`: the other ends of two ends become a pair. Returns the elements that can be copied at once.
    ///
    /// # Errors
    /// When the instance may not be left; when there is no such end, it is busy or done, or in a waitable set; when elements that
    /// are not numbers would be copied within one instance.
    pub fn end_forward(
        &mut self,
        instance: InstanceId,
        indices: [u32; 2],
        kind: EndKind,
        ty: ElementType,
    ) -> Result<Option<ElementCopy<E::Place>>, Trap> {
        let [readable, writable] = indices;
        let source = self.remove_to_forward(instance, readable, EndOf { kind, side: Side::Readable, ty })?;
        let destination = self.remove_to_forward(instance, writable, EndOf { kind, side: Side::Writable, ty })?;
        let [from, to] = [self.end(source).other, self.end(destination).other];
        let (Some(from), Some(to)) = (from, to) else {
            self.drop_end(source);
            self.drop_end(destination);
            return Ok(None);
        };
        if from == destination {
            self.drop_end(source);
            self.drop_end(destination);
            return Ok(None);
        }
        for (given, end, other) in [(source, from, to), (destination, to, from)] {
            self.end_mut(given).other = None;
            self.remove_waitable(given);
            self.end_mut(end).other = Some(other);
        }
        let [Some(offered), Some(wanted)] = [self.end(from).buffer, self.end(to).buffer] else { return Ok(None) };
        let (smaller, buffer) = if wanted.remain() > offered.remain() { (from, offered) } else { (to, wanted) };
        self.end_mut(smaller).buffer = None;
        self.rendezvous(smaller, buffer)
    }

    fn remove_to_forward(&mut self, instance: InstanceId, index: u32, of: EndOf) -> Result<WaitableId, Trap> {
        let id = self.end_at(instance, index, of)?;
        let what = if of.side == Side::Readable { EndUse::ForwardFrom(of.kind) } else { EndUse::ForwardTo(of.kind) };
        self.check_idle(id, what)?;
        if self.waitables[id].is_in_set() {
            return Err(Trap::EndInSet(what));
        }
        self.instances[instance].handles.table_mut().remove(index)?;
        Ok(id)
    }

    // Passing ends on.

    /// `lift_stream`, `lift_future`: takes a readable end from an instance.
    ///
    /// # Errors
    /// When there is no such end, it is busy or done, or in a waitable set.
    pub fn lift_end(
        &mut self,
        instance: InstanceId,
        index: u32,
        kind: EndKind,
        ty: ElementType,
    ) -> Result<WaitableId, Trap> {
        let id = self.end_of(instance, index, EndOf { kind, side: Side::Readable, ty })?;
        self.check_idle(id, EndUse::Lift(kind))?;
        if self.waitables[id].is_in_set() {
            return Err(Trap::EndInSet(EndUse::Lift(kind)));
        }
        self.instances[instance].handles.table_mut().remove(index)?;
        (self.waitables[id].owner, self.waitables[id].index) = (None, 0);
        Ok(id)
    }

    /// `lower_stream`, `lower_future`: adds a readable end to an instance.
    ///
    /// # Errors
    /// When the table of handles is full.
    pub fn lower_end(&mut self, instance: InstanceId, id: WaitableId) -> Result<u32, Trap> {
        self.own_waitable(instance, id)
    }

    /// The kind of end that this is.
    pub fn end_kind(&self, id: WaitableId) -> EndOf {
        self.end(id).of
    }

    /// The other end, until it is dropped.
    pub fn other_end(&self, id: WaitableId) -> Option<WaitableId> {
        self.end(id).other
    }

    /// Whether an end has had its last copy.
    pub fn end_is_done(&self, id: WaitableId) -> bool {
        self.end(id).state == EndState::Done
    }

    /// Sets the element type of both ends of a pair, for an embedder that learns it only when it passes the readable one on.
    pub fn set_element_type(&mut self, id: WaitableId, ty: ElementType) {
        self.end_mut(id).of.ty = ty;
        if let Some(other) = self.end(id).other {
            self.end_mut(other).of.ty = ty;
        }
    }

    /// Makes the embedder the owner of an end that was lifted.
    pub fn keep_end(&mut self, id: WaitableId) {
        self.host_owns_waitable(id);
    }

    fn check_idle(&self, id: WaitableId, what: EndUse) -> Result<(), Trap> {
        match self.end(id).state {
            EndState::Idle => Ok(()),
            EndState::Copying | EndState::Cancelling => Err(Trap::EndBusy(what)),
            EndState::Done => Err(Trap::EndDone(what)),
        }
    }

    fn end_at(&self, instance: InstanceId, index: u32, of: EndOf) -> Result<WaitableId, Trap> {
        self.check_may_leave(instance)?;
        self.end_of(instance, index, of)
    }

    fn end_of(&self, instance: InstanceId, index: u32, of: EndOf) -> Result<WaitableId, Trap> {
        let expected = match of.side {
            Side::Readable => HandleKind::ReadableEnd(of.kind),
            Side::Writable => HandleKind::WritableEnd(of.kind),
        };
        let id = self.waitable(instance, index, expected)?;
        let found = match self.waitables[id].kind {
            Kind::End(end) => Some(self.ends[end].of),
            Kind::Subtask(_) => None,
        };
        match found {
            Some(found) if found == of => Ok(id),
            Some(found) if (found.kind, found.side) == (of.kind, of.side) => Err(Trap::WrongElementType(index)),
            Some(_) | None => Err(Trap::WrongHandleKind { index, expected }),
        }
    }
}
