//! The link from futures to their store.

use alloc::sync::Arc;

use crate::engine::StoreGate;
use crate::signal::Signal;

/// The link from futures to the store `S`: its gate, open while it polls them, and its notes, which may be left at any time.
pub(super) struct AccessLink<S> {
    pub(super) gate: StoreGate<S>,
    pub(super) signal: Arc<Signal>,
}

impl<S> AccessLink<S> {
    pub(super) fn new(signal: &Arc<Signal>) -> Arc<AccessLink<S>> {
        Arc::new(AccessLink { gate: StoreGate::new(), signal: signal.clone() })
    }
}
