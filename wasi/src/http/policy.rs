//! What a guest may send, and how long that may take.

use core::time::Duration;
use std::sync::Arc;

/// A server that a guest wants to send a request to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    /// Whether the request is sent by TLS.
    pub tls: bool,
    /// The name or the address, as the guest wrote it, in lower case; an IPv6 address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// How long a request may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timeouts {
    /// To look up the name, connect, and agree on keys.
    pub connect: Duration,
    /// From then on until the response starts.
    pub first_byte: Duration,
    /// From one piece of the response's body to the next.
    pub between_bytes: Duration,
}

impl Default for Timeouts {
    /// Ten minutes each.
    fn default() -> Timeouts {
        let most = Duration::from_secs(600);
        Timeouts { connect: most, first_byte: most, between_bytes: most }
    }
}

type Check = dyn Fn(&Destination) -> bool + Send + Sync;

/// What is allowed. At first that is nothing.
#[derive(Clone, Default)]
pub(crate) struct Policy {
    check: Option<Arc<Check>>,
    pub(crate) timeouts: Timeouts,
}

impl Policy {
    pub(crate) fn set(&mut self, check: impl Fn(&Destination) -> bool + Send + Sync + 'static) {
        self.check = Some(Arc::new(check));
    }

    /// Whether requests may be sent there.
    pub(crate) fn allows(&self, destination: &Destination) -> bool {
        self.check.as_ref().is_some_and(|check| check(destination))
    }
}
