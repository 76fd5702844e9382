//! Borrowed handles that are parameters of an export: each is in a box until the call returns, so that the body can use
//! references to it (`CanonicalABI.md#lifting`, `lift_borrow`).
//!
//! A [`Scope`] is entered before the parameters are lifted, and drops the boxes when the body has ended: a component must drop
//! the handles that it borrowed before it returns.

use alloc::boxed::Box;
use core::cell::Cell;
use core::ptr;

use crate::local::local;

/// The boxes of one call, newest first.
struct Node<T: ?Sized> {
    before: *mut Node<dyn Value>,
    _value: T,
}

trait Value {}
impl<T> Value for T {}

local! {
    static NEWEST: Cell<*mut Node<dyn Value>> = Cell::new(ptr::null_mut::<Node<()>>());
}

fn replace(node: *mut Node<dyn Value>) -> *mut Node<dyn Value> {
    NEWEST.with(|newest| newest.replace(node))
}

/// A call, during which values are held.
#[derive(Debug)]
pub struct Scope {
    outer: *mut Node<dyn Value>,
}

impl Scope {
    /// Begins a call.
    #[must_use]
    pub fn enter() -> Scope {
        Scope { outer: replace(ptr::null_mut::<Node<()>>()) }
    }

    /// Ends the scope, and returns its boxes, for a call that ends later.
    #[must_use]
    pub fn detach(self) -> Held {
        let newest = replace(self.outer);
        core::mem::forget(self);
        Held { newest }
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        drop(Held { newest: replace(self.outer) });
    }
}

/// The boxes of a call.
#[derive(Debug)]
pub struct Held {
    newest: *mut Node<dyn Value>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut newest = self.newest;
        while !newest.is_null() {
            // SAFETY: the list holds the boxes that `hold` made, each once, and nothing else has a pointer to it now.
            let node = unsafe { Box::from_raw(newest) };
            newest = node.before;
        }
    }
}

/// Holds a value until the end of the innermost [`Scope`].
///
/// # Safety
/// `'a` must end before that scope does.
#[must_use]
pub unsafe fn hold<'a, T: 'static>(value: T) -> &'a T {
    let before = replace(ptr::null_mut::<Node<()>>());
    let node: *mut Node<T> = Box::into_raw(Box::new(Node { before, _value: value }));
    replace(node);
    // SAFETY: the box lives until the scope ends, and is not changed.
    unsafe { &(*node)._value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::rc::Rc;

    #[test]
    fn values_live_until_their_scope_ends() {
        let value = Rc::new(());
        let outer = Scope::enter();
        // SAFETY: the references are not used after the scopes.
        let held = unsafe { hold(Rc::clone(&value)) };
        let inner = Scope::enter();
        // SAFETY: as above.
        let _ = unsafe { hold(Rc::clone(&value)) };
        // SAFETY: as above.
        let _ = unsafe { hold(Rc::clone(held)) };
        assert_eq!(Rc::strong_count(&value), 4);
        drop(inner);
        assert_eq!(Rc::strong_count(&value), 2);
        drop(outer);
        assert_eq!(Rc::strong_count(&value), 1);
    }
}
