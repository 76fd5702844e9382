//! Error contexts in native builds: a table of the thread, in the place of the host.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::mem::ManuallyDrop;

use crate::local::local;
use crate::trap::Trap;

local! {
    /// Never dropped, so that error contexts which a static holds can be dropped when a thread ends.
    static CONTEXTS: RefCell<ManuallyDrop<Vec<Option<Rc<str>>>>> = RefCell::new(ManuallyDrop::new(Vec::new()));
}

fn find(index: u32) -> Option<Rc<str>> {
    CONTEXTS.with_borrow(|contexts| contexts.get((index as usize).wrapping_sub(1)).cloned().flatten())
}

fn add(message: Rc<str>) -> u32 {
    CONTEXTS.with_borrow_mut(|contexts| {
        let vacant = contexts.iter().position(Option::is_none).unwrap_or_else(|| {
            contexts.push(None);
            contexts.len() - 1
        });
        contexts[vacant] = Some(message);
        vacant as u32 + 1
    })
}

/// `error-context.new`
pub(crate) fn new(message: &str) -> u32 {
    add(message.into())
}

/// `error-context.debug-message`
pub(crate) fn debug_message(index: u32) -> String {
    find(index).as_deref().unwrap_or_default().into()
}

/// `error-context.drop`
pub(crate) fn drop(index: u32) {
    CONTEXTS.with_borrow_mut(|contexts| {
        if let Some(context) = contexts.get_mut((index as usize).wrapping_sub(1)) {
            *context = None;
        }
    });
}

/// Another handle of an error context, for the other side.
pub(super) fn share(index: u32) -> Result<u32, Trap> {
    find(index).map(add).ok_or(Trap::UnknownHandle(index))
}
