//! Error contexts in native builds: a table of the thread, in the place of the host.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::mem::ManuallyDrop;

use crate::local::local;
use crate::table::{Slot, Table};
use crate::trap::Trap;

local! {
    /// Never dropped, so that error contexts which a static holds can be dropped when a thread ends.
    static CONTEXTS: RefCell<ManuallyDrop<Contexts>> = RefCell::new(ManuallyDrop::new(Table::new(Vec::new())));
}

type Contexts = Table<Rc<str>, Vec<Slot<Rc<str>>>>;

fn find(index: u32) -> Result<Rc<str>, Trap> {
    CONTEXTS.with_borrow(|contexts| contexts.get(index).cloned())
}

fn add(message: Rc<str>) -> Result<u32, Trap> {
    CONTEXTS.with_borrow_mut(|contexts| contexts.add(message))
}

/// `error-context.new`
///
/// # Panics
/// When the thread holds 2^28 error contexts.
pub(crate) fn new(message: &str) -> u32 {
    add(message.into()).unwrap_or_else(|trap| panic!("{trap}"))
}

/// `error-context.debug-message`
pub(crate) fn debug_message(index: u32) -> String {
    find(index).as_deref().unwrap_or_default().into()
}

/// `error-context.drop`
pub(crate) fn drop(index: u32) {
    // It may belong to another thread.
    let _ = CONTEXTS.with_borrow_mut(|contexts| contexts.remove(index));
}

/// Another handle of an error context, for the other side.
pub(super) fn share(index: u32) -> Result<u32, Trap> {
    add(find(index)?)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    /// The time to add one does not depend on the others.
    #[test]
    fn many_can_be_held() {
        let held: Vec<u32> = (0..300_000).map(|_| super::new("m")).collect();
        assert_eq!(super::debug_message(held[299_999]), "m");
        held.into_iter().for_each(super::drop);
        assert_eq!(super::debug_message(1), "");
    }
}
