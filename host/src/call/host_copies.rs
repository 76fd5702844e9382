//! Reads and writes of ends that the host holds: begun, ended, and begun again (`CanonicalABI.md#canon-streamread`).

use witwright_abi_runtime::codes::{BLOCKED, Event};
use witwright_abi_runtime::machine::{Copied, Outcome};
use witwright_abi_runtime::trap::Trap;

use crate::call::elements::copy;
use crate::call::host_elements::not_copied;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::{Place, WaitableId};
use crate::store::StoreContextMut;
use crate::store::host_ends::HostEnd;

/// Begins a read or a write of an end with the buffer that it has.
///
/// # Errors
/// When it cannot begin.
pub(super) fn begin<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: WaitableId,
    length: u32,
) -> Result<(), Error> {
    cx.state_mut().host_ends.end(end).begin();
    if let Err(trap) = begin_all(cx, end, length) {
        cx.state_mut().host_ends.end(end).abandon();
        return Err(trap.into());
    }
    tell_ends(cx);
    Ok(())
}

/// Begins a read or a write, and the reads that follow by themselves, until one waits for the other end or none follows.
///
/// # Errors
/// When one cannot begin.
fn begin_all<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: WaitableId,
    length: u32,
) -> Result<(), Trap> {
    let mut next = Some(length);
    while let Some(length) = next {
        next = begin_one(cx, end, length)?;
    }
    Ok(())
}

/// Begins a read or a write. Returns the length of the read that follows by itself, if this one has ended.
fn begin_one<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: WaitableId,
    length: u32,
) -> Result<Option<u32>, Trap> {
    let Copied { elements, outcome } = cx.state_mut().tables.machine.copy(end, Place::Host(end), length, true)?;
    let copied = match elements {
        Some(elements) => {
            match copy(cx, elements).map_err(|error| not_copied(cx, (Some(end), None), elements, error)) {
                // The writer has no elements left, so the read waits.
                Err(Ok(())) if elements.from.0 != Place::Host(end) => return Ok(Some(length)),
                Ok(()) | Err(Ok(())) => Ok(()),
                Err(Err(error)) => Err(error),
            }
        }
        None => Ok(()),
    };
    Ok(match (copied, outcome) {
        (Ok(()), Outcome::Done(BLOCKED) | Outcome::Blocked | Outcome::Switch(_)) => None,
        (copied, _) => ended(cx, end, copied),
    })
}

/// Ends a read or a write: returns the length of the read that follows by itself, or else wakes the task that waits for the end.
fn ended<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    end: WaitableId,
    outcome: Result<(), Error>,
) -> Option<u32> {
    let state = cx.state_mut();
    let is_done = state.tables.machine.end_is_done(end);
    let copy = state.host_ends.get(end)?;
    let next = copy.buffer.as_mut().and_then(|buffer| buffer.go_on());
    if outcome.is_ok() && !is_done && next.is_some() {
        return next;
    }
    copy.finish(outcome);
    None
}

/// Wakes the host's reads and writes that have ended, and the tasks that wait until the other end is dropped.
pub(super) fn tell_ends<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>) {
    while let Some((end, event)) = cx.state_mut().tables.machine.next_host_event() {
        match event {
            // A future that waits for a call asks the store.
            Event::None | Event::Subtask { .. } | Event::TaskCancelled => {}
            Event::StreamRead { .. }
            | Event::StreamWrite { .. }
            | Event::FutureRead { .. }
            | Event::FutureWrite { .. } => {
                if let Some(length) = ended(cx, end, Ok(()))
                    && let Err(trap) = begin_all(cx, end, length)
                {
                    cx.state_mut().host_ends.end(end).finish(Err(trap.into()));
                }
                let state = cx.state_mut();
                if state.tables.machine.other_end(end).is_none()
                    && let Some(close) = state.host_ends.get(end).and_then(HostEnd::other_dropped)
                {
                    close();
                }
            }
        }
    }
}
