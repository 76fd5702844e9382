//! The part of the network that a guest may use.

use core::fmt;
use core::net::SocketAddr;
use std::sync::Arc;

use super::error::ErrorCode;

/// The use of an address that a guest asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SocketAddrUse {
    /// Listen for TCP connections there, or connect from there.
    TcpBind,
    /// Connect to it by TCP.
    TcpConnect,
    /// Receive datagrams there.
    UdpBind,
    /// Exchange datagrams with it alone.
    UdpConnect,
    /// Send a datagram to it.
    UdpOutgoingDatagram,
}

type Check = dyn Fn(SocketAddr, SocketAddrUse) -> bool + Send + Sync;

/// The allowed uses. By default, none is allowed.
#[derive(Clone, Default)]
pub(crate) struct Policy {
    check: Option<Arc<Check>>,
    pub(crate) names: bool,
}

impl Policy {
    pub(crate) fn set(&mut self, check: impl Fn(SocketAddr, SocketAddrUse) -> bool + Send + Sync + 'static) {
        self.check = Some(Arc::new(check));
    }

    /// # Errors
    /// If the address may not be used in this way.
    pub(super) fn allow(&self, address: SocketAddr, wanted: SocketAddrUse) -> Result<(), ErrorCode> {
        match &self.check {
            Some(check) if check(address, wanted) => Ok(()),
            Some(_) | None => Err(ErrorCode::AccessDenied),
        }
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("names", &self.names).finish_non_exhaustive()
    }
}
