//! The ways in which futures reach their store.

use alloc::sync::Arc;

use crate::engine::StoreGate;
use crate::signal::Signal;

/// The ways in which futures reach the store `S`: through its gate while it polls them, and by notes at any time.
pub(super) struct Reach<S> {
    pub(super) gate: StoreGate<S>,
    pub(super) signal: Arc<Signal>,
}

impl<S> Reach<S> {
    pub(super) fn new(signal: &Arc<Signal>) -> Arc<Reach<S>> {
        Arc::new(Reach { gate: StoreGate::new(), signal: signal.clone() })
    }
}
