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

/// The most datagrams that one call moves.
pub(crate) const MOST_DATAGRAMS: usize = 16;

/// The most bytes of a datagram.
const MOST_BYTES: usize = 64 << 10;

/// A UDP socket, shared by its streams.
#[derive(Clone)]
pub(crate) struct UdpSocket(Arc<Mutex<Udp>>);

struct Udp {
    socket: Async<net::UdpSocket>,
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
            socket: Async::new(socket.into())?,
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
        if udp.state != State::Unbound {
            return Err(ErrorCode::InvalidState);
        }
        udp.family.check_local(address)?;
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

    /// The datagrams that have arrived, so many at most.
    pub(crate) fn receive(&self, most: u64) -> Result<Vec<Datagram>, ErrorCode> {
        let mut udp = self.lock();
        let most = usize::try_from(most).unwrap_or(MOST_DATAGRAMS).min(MOST_DATAGRAMS);
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

    /// Sends a datagram; `false` if the system has no room for it now.
    pub(crate) fn send(&self, bytes: &[u8], remote: Option<SocketAddr>) -> Result<bool, ErrorCode> {
        let mut udp = self.lock();
        let remote = match (udp.remote, remote) {
            (Some(only), Some(remote)) if only != remote => return Err(ErrorCode::InvalidArgument),
            (Some(remote), _) | (None, Some(remote)) => remote,
            (None, None) => return Err(ErrorCode::InvalidArgument),
        };
        udp.family.check_remote(remote)?;
        if udp.remote.is_none() {
            udp.policy.allow(remote, SocketAddrUse::UdpOutgoingDatagram)?;
        }
        loop {
            match udp.socket.get_ref().send_to(bytes, remote) {
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
    /// Ready once a datagram, or an error, waits to be taken.
    fn poll_received(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.received.is_none() {
            let mut bytes = vec![0; MOST_BYTES];
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
        if wait::now(|cx| udp.poll_room(cx)).is_some() { MOST_DATAGRAMS } else { 0 }
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
