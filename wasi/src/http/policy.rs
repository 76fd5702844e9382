//! The requests that a guest may send, and the time that they may take.

use core::time::Duration;
use std::sync::Arc;

use super::ledger::Ledger;
use super::tls::Roots;

/// A server that a guest asks to send a request to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    /// Whether the request is sent by TLS.
    pub tls: bool,
    /// The name or the address, as the guest wrote it, in lower case; an IPv6 address without brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

/// The time that a request may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timeouts {
    /// Until the connection is made: lookup of the name, TCP, TLS.
    pub connect: Duration,
    /// Then until the first byte of the response.
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

/// The allowed servers. By default, none is allowed.
#[derive(Clone, Default)]
pub(crate) struct Policy {
    check: Option<Arc<Check>>,
    pub(crate) timeouts: Timeouts,
    pub(crate) roots: Roots,
    /// The count of the bytes of the fields that the guest holds.
    pub(crate) ledger: Ledger,
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
