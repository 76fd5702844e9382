//! The elements of streams and futures whose ends the host holds: copied from and to guests, and within the host
//! (`CanonicalABI.md#stream-and-future-state`).

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::any::Any;
use core::convert::Infallible;
use core::ops::ControlFlow;

use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::machine::{ElementCopy, buffer_length};
use witwright_abi_runtime::transfer::{Lift, Lower};
use witwright_abi_runtime::trap::Trap;

use crate::call::copier::NotCopied;
use crate::call::entry::{poison, poison_because};
use crate::call::guest_side::GuestSide;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{CopySiteIndex, InstanceId, Place, WaitableId};
use crate::lifted::{LiftLowerOptions, Memory};
use crate::store::StoreContextMut;
use crate::store::host_to_host::ENCODING;
use crate::store::linked::{GuestElements, HostBuffer};
use crate::store::state::Cause;

/// Elements that the host offers.
pub(super) struct Offer<V> {
    first: Elements<V>,
    /// Those of later writes, which have waited for the first ones.
    more: VecDeque<Elements<V>>,
}

/// The elements of one write.
enum Elements<V> {
    /// Made from one vector, so that they are one slice.
    Owned(VecDeque<V>),
    Buffer(Buffer<V>),
}

/// The elements of a buffer, from an index on.
struct Buffer<V> {
    elements: Box<dyn AsRef<[V]> + Send>,
    start: usize,
    /// `Vec::extend_from_slice`, of elements that can be cloned.
    clone_into: fn(&mut Vec<V>, &[V]),
}

impl<V> Elements<V> {
    fn slice(&self) -> &[V] {
        match self {
            Elements::Owned(items) => items.as_slices().0,
            Elements::Buffer(buffer) => (*buffer.elements).as_ref().get(buffer.start..).unwrap_or_default(),
        }
    }

    fn skip(&mut self, count: usize) {
        match self {
            Elements::Owned(items) => drop(items.drain(..count)),
            Elements::Buffer(buffer) => buffer.start += count,
        }
    }

    /// Moves the first elements, or clones those of a buffer.
    fn give(&mut self, count: usize, to: &mut Vec<V>) {
        match self {
            Elements::Owned(items) => to.extend(items.drain(..count)),
            Elements::Buffer(buffer) => {
                (buffer.clone_into)(to, &self.slice()[..count]);
                self.skip(count);
            }
        }
    }
}

impl<V> Offer<V> {
    pub(super) fn new(items: Vec<V>) -> Offer<V> {
        Offer { first: Elements::Owned(items.into()), more: VecDeque::new() }
    }

    pub(super) fn of_buffer(buffer: impl AsRef<[V]> + Send + 'static) -> Offer<V>
    where
        V: Clone,
    {
        let buffer = Buffer { elements: Box::new(buffer), start: 0, clone_into: Vec::extend_from_slice };
        Offer { first: Elements::Buffer(buffer), more: VecDeque::new() }
    }

    /// The number of elements; `usize::MAX` if there are more, which have no size.
    pub(super) fn len(&self) -> usize {
        let more = self.more.iter().map(|elements| elements.slice().len());
        more.fold(self.first.slice().len(), usize::saturating_add)
    }

    /// Adds the elements of another offer after these.
    pub(super) fn append(&mut self, other: Offer<V>) {
        self.more.push_back(other.first);
        self.more.extend(other.more);
    }

    /// The elements of the last write, unless they are in a buffer.
    pub(super) fn into_last(mut self) -> Vec<V> {
        match self.more.pop_back().unwrap_or(self.first) {
            Elements::Owned(items) => items.into(),
            Elements::Buffer(..) => Vec::new(),
        }
    }

    /// Takes the first `count` elements: `f` takes some of the elements of each write.
    fn take<R>(&mut self, count: u32, mut f: impl FnMut(&mut Elements<V>, usize) -> Result<(), R>) -> Result<(), R> {
        let mut left = count as usize;
        while left > 0 {
            let taken = left.min(self.first.slice().len());
            if taken > 0 {
                f(&mut self.first, taken)?;
                left -= taken;
            } else if let Some(next) = self.more.pop_front() {
                self.first = next;
            } else {
                break;
            }
        }
        Ok(())
    }
}

/// Room for elements that the host reads.
pub(super) struct Room<V> {
    pub(super) items: Vec<V>,
    /// The receiver of the elements of each read, which begins again until it breaks; `None` for one read.
    pub(super) receiver: Option<Receiver<V>>,
}

/// A receiver of elements.
pub(super) struct Receiver<V> {
    /// The most elements that it is given at a time.
    pub(super) max: usize,
    pub(super) receive: Box<Receive<V>>,
}

/// Uses elements, and says whether there may be more.
type Receive<V> = dyn FnMut(&mut Vec<V>) -> ControlFlow<()> + Send;

impl<V> Receiver<V> {
    /// Gives it elements. Returns whether it breaks.
    pub(super) fn breaks(&mut self, items: &mut Vec<V>) -> bool {
        let flow = (self.receive)(items);
        items.clear();
        flow.is_break()
    }
}

impl<V> Default for Offer<V> {
    fn default() -> Offer<V> {
        Offer::new(Vec::new())
    }
}

impl<V> Default for Room<V> {
    fn default() -> Room<V> {
        Room { items: Vec::new(), receiver: None }
    }
}

impl<V: Lower + Send + 'static, T: 'static, E: CoreEngine> HostBuffer<T, E> for Offer<V> {
    fn copy(&mut self, cx: &mut StoreContextMut<'_, T, E>, guest: GuestElements<'_>, count: u32) -> Result<(), Error> {
        let side = GuestSide { options: guest.options, bindings: guest.bindings, scope: None };
        let mut ptr = guest.ptr;
        self.take(count, |elements, taken| {
            let lowered = side.lower_from_host(cx, |view| V::store_list(&elements.slice()[..taken], view, ptr));
            elements.skip(taken);
            ptr += V::ABI.size * taken as u32;
            lowered
        })
    }

    fn give(&mut self, to: &mut dyn Any, count: u32) -> bool {
        let Some(room) = to.downcast_mut::<Room<V>>() else { return false };
        let given = self.take(count, |elements, taken| {
            elements.give(taken, &mut room.items);
            Ok::<(), Infallible>(())
        });
        given.is_ok()
    }

    fn element(&self) -> TypeAbi {
        V::ABI
    }

    fn go_on(&mut self) -> Option<u32> {
        None
    }
}

impl<V: Lift + Send + 'static, T: 'static, E: CoreEngine> HostBuffer<T, E> for Room<V> {
    fn copy(&mut self, cx: &mut StoreContextMut<'_, T, E>, guest: GuestElements<'_>, count: u32) -> Result<(), Error> {
        if self.items.is_empty() {
            // The allocator gives the next list the memory of the last one, which is in the cache.
            self.items = Vec::new();
        }
        let side = GuestSide { options: guest.options, bindings: guest.bindings, scope: None };
        let items = side.with_lift_view(cx, |view| V::lift_list(view, guest.ptr, count))?;
        if self.items.is_empty() {
            self.items = items;
        } else {
            self.items.extend(items);
        }
        Ok(())
    }

    fn give(&mut self, _: &mut dyn Any, _: u32) -> bool {
        false
    }

    fn element(&self) -> TypeAbi {
        V::ABI
    }

    fn go_on(&mut self) -> Option<u32> {
        let receiver = self.receiver.as_mut()?;
        if !self.items.is_empty() && receiver.breaks(&mut self.items) {
            return None;
        }
        Some(buffer_length(receiver.max))
    }
}

/// Copies elements between an end of the host and a guest's memory.
///
/// # Errors
/// The error of lifting or lowering a value.
pub(super) fn copy_with_guest<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: WaitableId,
    (site, ptr, index): (CopySiteIndex, u32, u32),
    count: u32,
) -> Result<(), Error> {
    let options = cx.state().tasks.copy_site(site).options;
    with_buffer(cx, end, |cx, buffer| {
        let size = buffer.element().size;
        // Elements without a size have no address.
        let ptr = if size == 0 { 0 } else { ptr + index * size };
        let bindings = cx.state().tables.end_bindings(end);
        let guest = GuestElements { options, bindings: bindings.as_deref().unwrap_or_default(), ptr };
        buffer.copy(cx, guest, count)
    })
}

/// Answers for elements that could not be copied when `begun` began its read or write, or, for `None`, when a guest forwarded a
/// stream. `by` is the guest that did it.
///
/// If the host has written what it cannot lower, its write fails, and the reader goes on as if it had not been written. So it does if
/// another guest has written what cannot be lifted, which has trapped. A writer goes on as if the reader that trapped had got all.
///
/// # Errors
/// The error, if the guest that did it is the reason, or the host's other end is that of a guest that is the reason.
pub(super) fn not_copied<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (begun, by): (Option<WaitableId>, Option<InstanceId>),
    elements: ElementCopy<Place>,
    NotCopied { error, is_of_target }: NotCopied,
) -> Result<(), Error> {
    let writer = elements.writer;
    let of_host = matches!(elements.from.0, Place::Host(_)) && error.is_misuse();
    let between_guests = [elements.from.0, elements.to.0].iter().all(|place| matches!(place, Place::Guest { .. }));
    if of_host || between_guests && !is_of_target {
        let machine = &mut cx.state_mut().tables.machine;
        machine.take_back(begun.unwrap_or(writer), &elements);
        machine.cancel_copy(writer);
    }
    let reason = if is_of_target { elements.to.0 } else { elements.from.0 };
    match reason {
        Place::Host(_) if of_host => {
            cx.state_mut().host_ends.end(writer).finish(Err(error));
            Ok(())
        }
        Place::Host(_) => Err(error),
        Place::Guest { site, .. } => {
            let root = cx.state().tasks.copy_site(site).root;
            match by.and_then(|by| cx.state().root_of(by)).filter(|by| *by != root) {
                Some(_) => {
                    poison_because(cx, root, Cause { error, call: None });
                    Ok(())
                }
                None => {
                    poison(cx, root);
                    Err(error)
                }
            }
        }
    }
}

/// Copies elements between two ends of the host: as they are, or through bytes if their Rust types differ.
///
/// # Errors
/// The error of lifting or lowering a value.
pub(super) fn copy_within_host<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    from: WaitableId,
    to: WaitableId,
    count: u32,
) -> Result<(), Error> {
    with_buffer(cx, from, |cx, offer| {
        with_buffer(cx, to, |cx, room| {
            if offer.give(&mut *room, count) {
                return Ok(());
            }
            let limits = *cx.limits();
            let state = cx.state_mut();
            let call = state.host_to_host.begin(&mut state.tables, limits.held_handles as u32)?;
            let instance = state.host_to_host.instance(call);
            let memory = Memory::HostToHost(call);
            let options = LiftLowerOptions { instance, memory, encoding: ENCODING, lifted_bytes: u64::MAX };
            let [offered, wanted] = [from, to].map(|end| cx.state().tables.end_bindings(end).unwrap_or_default());
            let TypeAbi { align, size, .. } = offer.element();
            let side = GuestSide { options, bindings: &offered, scope: None };
            let bytes = size.checked_mul(count).ok_or(Trap::ListTooLong);
            let allocated = side.with_lower_view(cx, |view| view.allocate(align, bytes?));
            let copied = allocated.and_then(|ptr| {
                offer.copy(cx, GuestElements { options, bindings: &offered, ptr }, count)?;
                room.copy(cx, GuestElements { options, bindings: &wanted, ptr }, count)
            });
            let state = cx.state_mut();
            state.host_to_host.end(&mut state.tables, call);
            copied
        })
    })
}

/// Runs `f` with the buffer of an end, which nothing else uses meanwhile.
fn with_buffer<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: WaitableId,
    f: impl FnOnce(&mut StoreContextMut<'_, T, E>, &mut dyn HostBuffer<T, E>) -> Result<(), Error>,
) -> Result<(), Error> {
    let buffer = cx.state_mut().host_ends.get(end).and_then(|copy| copy.buffer.take());
    let Some(mut buffer) = buffer else { unreachable!("an end that copies has a buffer") };
    let outcome = f(cx, &mut *buffer);
    if let Some(copy) = cx.state_mut().host_ends.get(end) {
        copy.buffer = Some(buffer);
    }
    outcome
}

/// Drops the thing whose key the host has dropped.
pub(super) fn drop_key<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, key: u64) {
    let state = cx.state_mut();
    let Some(end) = state.tables.take_dropped(key) else { return };
    let forgotten = state.host_ends.forget(end);
    state.tables.machine.drop_end(end);
    // Elements may hold ends of their own, whose drop tells the store.
    drop(forgotten);
}
