//! UDP sockets.

use core::net::SocketAddr;
use core::task::{Context, Poll};
use std::io;
use std::net;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_io::Async;
use socket2::{Protocol, SockRef, Socket, Type};

use super::address::Family;
use super::error::ErrorCode;
use super::options::Options;
use super::policy::{Policy, SocketAddrUse};
use crate::wait::{self, Ready};

/// The largest number of datagrams that one call moves.
const MAX_DATAGRAMS: usize = 16;

/// The largest number of bytes in a datagram.
const MAX_BYTES: usize = 64 << 10;

/// A UDP socket, shared by its streams.
#[derive(Clone)]
pub struct UdpSocket(Arc<Mutex<Udp>>);

struct Udp {
    socket: Arc<Async<net::UdpSocket>>,
    family: Family,
    policy: Policy,
    state: State,
    /// The only address that datagrams are exchanged with.
    remote: Option<SocketAddr>,
    /// The datagram, or error, that was received last and the guest has not asked for yet.
    received: Option<io::Result<Datagram>>,
    /// The system took no datagram at the last try.
    full: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Unbound,
    Binding,
    Bound,
}

/// A datagram with the address on the other side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Datagram {
    pub(crate) bytes: Vec<u8>,
    pub(crate) remote: SocketAddr,
}

/// The stream of received datagrams.
pub(crate) struct Incoming(pub(crate) UdpSocket);

/// The stream of datagrams to send.
pub(crate) struct Outgoing(pub(crate) UdpSocket);

impl UdpSocket {
    /// A socket that is not bound yet.
    pub(crate) fn new(family: Family, policy: &Policy) -> Result<UdpSocket, ErrorCode> {
        let socket = Socket::new(family.domain(), Type::DGRAM, Some(Protocol::UDP))?;
        if family == Family::Ipv6 {
            socket.set_only_v6(true)?;
        }
        let udp = Udp {
            socket: Arc::new(Async::new(socket.into())?),
            family,
            policy: policy.clone(),
            state: State::Unbound,
            remote: None,
            received: None,
            full: false,
        };
        Ok(UdpSocket(Arc::new(Mutex::new(udp))))
    }

    fn lock(&self) -> MutexGuard<'_, Udp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn start_bind(&self, address: SocketAddr) -> Result<(), ErrorCode> {
        let mut udp = self.lock();
        match udp.state {
            State::Unbound => {}
            State::Binding => return Err(ErrorCode::ConcurrencyConflict),
            State::Bound => return Err(ErrorCode::InvalidState),
        }
        udp.family.check_family(address)?;
        udp.policy.allow(address, SocketAddrUse::UdpBind)?;
        SockRef::from(udp.socket.get_ref()).bind(&address.into())?;
        udp.state = State::Binding;
        Ok(())
    }

    pub(crate) fn finish_bind(&self) -> Result<(), ErrorCode> {
        let mut udp = self.lock();
        if udp.state != State::Binding {
            return Err(ErrorCode::NotInProgress);
        }
        udp.state = State::Bound;
        Ok(())
    }

    /// Binds at once.
    pub(crate) fn bind(&self, address: SocketAddr) -> Result<(), ErrorCode> {
        self.start_bind(address)?;
        self.finish_bind()
    }

    /// Binds to any free port, unless the socket is bound.
    fn bind_any(&self) -> Result<(), ErrorCode> {
        let (is_bound, any) = {
            let udp = self.lock();
            (udp.state != State::Unbound, udp.family.unspecified())
        };
        if is_bound { Ok(()) } else { self.bind(any) }
    }

    /// Sets the only address that datagrams are exchanged with. A socket that is not bound is bound to any free port.
    pub(crate) fn connect(&self, remote: SocketAddr) -> Result<(), ErrorCode> {
        {
            let udp = self.lock();
            udp.family.check_remote(remote)?;
            udp.policy.allow(remote, SocketAddrUse::UdpConnect)?;
        }
        self.bind_any()?;
        self.associate(Some(remote))
    }

    /// Lets datagrams be exchanged with every address again.
    pub(crate) fn disconnect(&self) -> Result<(), ErrorCode> {
        self.remote_address()?;
        self.associate(None)
    }

    /// Sets the only address that datagrams are exchanged with, or none.
    pub(crate) fn associate(&self, remote: Option<SocketAddr>) -> Result<(), ErrorCode> {
        let mut udp = self.lock();
        if udp.state != State::Bound {
            return Err(ErrorCode::InvalidState);
        }
        if let Some(remote) = remote {
            udp.family.check_remote(remote)?;
            udp.policy.allow(remote, SocketAddrUse::UdpConnect)?;
        }
        udp.connect(remote)?;
        udp.remote = remote;
        udp.received = None;
        Ok(())
    }

    pub(crate) fn local_address(&self) -> Result<SocketAddr, ErrorCode> {
        let udp = self.lock();
        if udp.state != State::Bound {
            return Err(ErrorCode::InvalidState);
        }
        Ok(udp.socket.get_ref().local_addr()?)
    }

    pub(crate) fn remote_address(&self) -> Result<SocketAddr, ErrorCode> {
        self.lock().remote.ok_or(ErrorCode::InvalidState)
    }

    pub(crate) fn family(&self) -> Family {
        self.lock().family
    }

    /// Reads or sets options.
    pub(crate) fn options<T>(
        &self,
        operation: impl FnOnce(&Options<'_>) -> Result<T, ErrorCode>,
    ) -> Result<T, ErrorCode> {
        let udp = self.lock();
        operation(&Options { socket: SockRef::from(udp.socket.get_ref()), family: udp.family })
    }

    /// The datagrams that have arrived, at most `most` of them.
    pub(crate) fn receive(&self, most: u64) -> Result<Vec<Datagram>, ErrorCode> {
        let mut udp = self.lock();
        let most = usize::try_from(most).unwrap_or(MAX_DATAGRAMS).min(MAX_DATAGRAMS);
        let mut datagrams = Vec::new();
        while datagrams.len() < most && wait::now(|cx| udp.poll_received(cx)).is_some() {
            match udp.received.take() {
                Some(Ok(datagram)) => datagrams.push(datagram),
                // What was received before it is given first.
                failed @ Some(Err(_)) if !datagrams.is_empty() => {
                    udp.received = failed;
                    break;
                }
                Some(Err(error)) => return Err(error.into()),
                None => break,
            }
        }
        Ok(datagrams)
    }

    /// The next datagram, once it has arrived.
    pub(crate) async fn receive_next(&self) -> Result<Datagram, ErrorCode> {
        loop {
            let socket = {
                let mut udp = self.lock();
                if udp.state != State::Bound {
                    return Err(ErrorCode::InvalidState);
                }
                if wait::now(|cx| udp.poll_received(cx)).is_some()
                    && let Some(received) = udp.received.take()
                {
                    return received.map_err(ErrorCode::from);
                }
                udp.socket.clone()
            };
            // Any number of calls may wait here.
            socket.readable().await?;
        }
    }

    /// Sends a datagram, once the system has room for it. A socket that is not bound is bound to any free port.
    pub(crate) async fn send_next(&self, bytes: &[u8], remote: Option<SocketAddr>) -> Result<(), ErrorCode> {
        if bytes.len() > MAX_BYTES {
            return Err(ErrorCode::DatagramTooLarge);
        }
        self.lock().destination(remote)?;
        self.bind_any()?;
        loop {
            if self.send(bytes, remote)? {
                return Ok(());
            }
            let socket = self.lock().socket.clone();
            socket.writable().await?;
        }
    }

    /// Sends a datagram; `false` if the system has no room for it now.
    pub(crate) fn send(&self, bytes: &[u8], remote: Option<SocketAddr>) -> Result<bool, ErrorCode> {
        let mut udp = self.lock();
        let remote = udp.destination(remote)?;
        loop {
            let sent = match udp.remote {
                Some(_) if cfg!(unix) => udp.socket.get_ref().send(bytes),
                Some(_) | None => udp.socket.get_ref().send_to(bytes, remote),
            };
            match sent {
                Ok(_) => return Ok(true),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    udp.full = true;
                    return Ok(false);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Udp {
    /// The destination of a datagram that is sent to this address, or without an address.
    fn destination(&self, remote: Option<SocketAddr>) -> Result<SocketAddr, ErrorCode> {
        let remote = match (self.remote, remote) {
            (Some(only), Some(remote)) if only != remote => return Err(ErrorCode::InvalidArgument),
            (Some(remote), _) | (None, Some(remote)) => remote,
            (None, None) => return Err(ErrorCode::InvalidArgument),
        };
        self.family.check_remote(remote)?;
        if self.remote.is_none() {
            self.policy.allow(remote, SocketAddrUse::UdpOutgoingDatagram)?;
        }
        Ok(remote)
    }

    /// Tells the system of the only address that datagrams are exchanged with: it chooses the local address by it, and tells
    /// when the other side refuses datagrams. What came from others before is left out when it is received.
    #[cfg(unix)]
    fn connect(&self, remote: Option<SocketAddr>) -> Result<(), ErrorCode> {
        let socket = self.socket.get_ref();
        if self.remote.is_some() {
            // Otherwise Linux would keep the local address that it has chosen for the last one.
            let port = socket.local_addr()?.port();
            rustix::net::connect_unspec(socket).map_err(io::Error::from)?;
            let local = socket.local_addr()?;
            if local.port() != port {
                // A port that the system has chosen is given up by that.
                SockRef::from(socket).bind(&SocketAddr::new(local.ip(), port).into())?;
            }
        }
        let Some(remote) = remote else { return Ok(()) };
        Ok(SockRef::from(socket).connect(&remote.into())?)
    }

    /// Other systems are not told.
    #[cfg(not(unix))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "it is what Unix has")]
    fn connect(&self, _: Option<SocketAddr>) -> Result<(), ErrorCode> {
        Ok(())
    }

    /// Ready once a datagram, or an error, waits to be taken.
    fn poll_received(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.received.is_none() {
            let mut bytes = vec![0; MAX_BYTES];
            match self.socket.get_ref().recv_from(&mut bytes) {
                Ok((count, remote)) if self.remote.is_none_or(|only| only == remote) => {
                    bytes.truncate(count);
                    bytes.shrink_to_fit();
                    self.received = Some(Ok(Datagram { bytes, remote }));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match self.socket.poll_readable(cx) {
                    Poll::Ready(Ok(())) => {}
                    Poll::Ready(Err(error)) => self.received = Some(Err(error)),
                    Poll::Pending => return Poll::Pending,
                },
                Err(error) => self.received = Some(Err(error)),
            }
        }
        Poll::Ready(())
    }

    /// Ready once the system may take a datagram.
    fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.full && self.socket.poll_writable(cx).is_pending() {
            return Poll::Pending;
        }
        self.full = false;
        Poll::Ready(())
    }
}

impl Outgoing {
    /// The number of datagrams that may be sent.
    pub(crate) fn room(&self) -> usize {
        let mut udp = self.0.lock();
        if wait::now(|cx| udp.poll_room(cx)).is_some() { MAX_DATAGRAMS } else { 0 }
    }
}

impl Ready for Incoming {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.0.lock().poll_received(cx)
    }
}

impl Ready for Outgoing {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.0.lock().poll_room(cx)
    }
}
