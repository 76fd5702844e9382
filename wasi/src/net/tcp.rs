//! TCP sockets.
//!
//! ```text
//! Unbound ─start_bind─► Binding ─finish_bind─► Bound ─start_listen─► Starting ─finish_listen─► Listening
//!    │                                           │
//!    └──────────────start_connect────────────────┴─► Connecting ─finish_connect─► Connected | Closed
//! ```
//!
//! WASI 0.3 knows no steps: `bind`, `listen` and `connect` take both. There an unbound socket may listen too.

use core::future::poll_fn;
use core::net::SocketAddr;
use core::task::{Context, Poll};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_io::Async;
use socket2::{Protocol, SockRef, Socket, Type};

use super::address::Family;
use super::error::ErrorCode;
use super::options::Options;
use super::policy::{Policy, SocketAddrUse};
use super::tcp_stream::Connection;
use crate::stream::{InputStream, OutputStream};
use crate::wait::{self, Ready};

/// The number of connections that wait to be accepted, unless the guest says another.
const BACKLOG: i32 = 128;

/// A TCP socket, shared by all operations that wait for it.
#[derive(Clone)]
pub struct TcpSocket(Arc<Mutex<Tcp>>);

struct Tcp {
    socket: Arc<Async<Socket>>,
    family: Family,
    policy: Policy,
    backlog: i32,
    state: State,
}

enum State {
    Unbound,
    Binding,
    Bound,
    /// `start_listen` was called.
    Starting,
    /// With the connection that was accepted last, which the guest has not asked for yet.
    Listening(Option<io::Result<Socket>>),
    /// With the reason why the connection cannot be made.
    Connecting(Option<io::Error>),
    Connected(Connection),
    /// It cannot be used any more.
    Closed,
}

/// The directions of a connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shutdown {
    Receive,
    Send,
    Both,
}

impl TcpSocket {
    /// A socket that is not bound yet.
    pub(crate) fn new(family: Family, policy: &Policy) -> Result<TcpSocket, ErrorCode> {
        let socket = Socket::new(family.domain(), Type::STREAM, Some(Protocol::TCP))?;
        if family == Family::Ipv6 {
            socket.set_only_v6(true)?;
        }
        Ok(TcpSocket::of(socket, family, policy.clone(), State::Unbound)?)
    }

    fn of(socket: Socket, family: Family, policy: Policy, state: State) -> io::Result<TcpSocket> {
        let socket = Arc::new(Async::new(socket)?);
        Ok(TcpSocket(Arc::new(Mutex::new(Tcp { socket, family, policy, backlog: BACKLOG, state }))))
    }

    fn lock(&self) -> MutexGuard<'_, Tcp> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn start_bind(&self, address: SocketAddr) -> Result<(), ErrorCode> {
        let mut tcp = self.lock();
        tcp.is_idle()?;
        let State::Unbound = tcp.state else { return Err(ErrorCode::InvalidState) };
        tcp.family.check_local(address)?;
        tcp.policy.allow(address, SocketAddrUse::TcpBind)?;
        // Lets a port be used again at once after its last connection. On Windows the option has another meaning.
        if cfg!(unix) {
            tcp.socket.get_ref().set_reuse_address(true)?;
        }
        tcp.socket.get_ref().bind(&address.into())?;
        tcp.state = State::Binding;
        Ok(())
    }

    pub(crate) fn finish_bind(&self) -> Result<(), ErrorCode> {
        let mut tcp = self.lock();
        let State::Binding = tcp.state else { return Err(ErrorCode::NotInProgress) };
        tcp.state = State::Bound;
        Ok(())
    }

    /// Binds at once.
    pub(crate) fn bind(&self, address: SocketAddr) -> Result<(), ErrorCode> {
        self.start_bind(address)?;
        self.finish_bind()
    }

    pub(crate) fn start_listen(&self) -> Result<(), ErrorCode> {
        let mut tcp = self.lock();
        tcp.is_idle()?;
        let State::Bound = tcp.state else { return Err(ErrorCode::InvalidState) };
        tcp.socket.get_ref().listen(tcp.backlog)?;
        tcp.state = State::Starting;
        Ok(())
    }

    pub(crate) fn finish_listen(&self) -> Result<(), ErrorCode> {
        let mut tcp = self.lock();
        let State::Starting = tcp.state else { return Err(ErrorCode::NotInProgress) };
        tcp.state = State::Listening(None);
        Ok(())
    }

    /// Listens at once, on any free port if the socket is not bound.
    pub(crate) fn listen(&self) -> Result<(), ErrorCode> {
        let unbound = {
            let tcp = self.lock();
            matches!(tcp.state, State::Unbound).then(|| tcp.family.unspecified())
        };
        if let Some(address) = unbound {
            self.bind(address)?;
        }
        self.start_listen()?;
        self.finish_listen()
    }

    pub(crate) fn start_connect(&self, address: SocketAddr) -> Result<(), ErrorCode> {
        let mut tcp = self.lock();
        tcp.is_idle()?;
        let (State::Unbound | State::Bound) = tcp.state else { return Err(ErrorCode::InvalidState) };
        tcp.family.check_peer(address)?;
        tcp.policy.allow(address, SocketAddrUse::TcpConnect)?;
        let failed = match tcp.socket.get_ref().connect(&address.into()) {
            Ok(()) => None,
            Err(error) if is_in_progress(&error) => None,
            Err(error) => Some(error),
        };
        tcp.state = State::Connecting(failed);
        Ok(())
    }

    /// Connects, and waits until that is done.
    pub(crate) async fn connect(&self, address: SocketAddr) -> Result<(), ErrorCode> {
        self.start_connect(address)?;
        let mut socket = self.clone();
        poll_fn(|cx| socket.poll_ready(cx)).await;
        self.finish_connect()
    }

    pub(crate) fn finish_connect(&self) -> Result<(), ErrorCode> {
        let mut tcp = self.lock();
        let State::Connecting(_) = tcp.state else { return Err(ErrorCode::NotInProgress) };
        let Some(result) = wait::now(|cx| tcp.poll_connected(cx)) else { return Err(ErrorCode::WouldBlock) };
        if let Err(error) = result {
            tcp.state = State::Closed;
            return Err(error.into());
        }
        tcp.connected();
        Ok(())
    }

    /// The stream of received bytes. The guest can take it once.
    pub(crate) fn receiver(&self) -> Result<InputStream, ErrorCode> {
        self.lock().connection()?.receiver().ok_or(ErrorCode::InvalidState)
    }

    /// The stream of bytes to send. The guest can take it once.
    pub(crate) fn sender(&self) -> Result<OutputStream, ErrorCode> {
        self.lock().connection()?.sender().ok_or(ErrorCode::InvalidState)
    }

    /// The next connection, or the error, as soon as either exists.
    pub(crate) fn poll_accept(&self, cx: &mut Context<'_>) -> Poll<Result<TcpSocket, ErrorCode>> {
        let accepted = self.lock().poll_accepted(cx);
        accepted.map(|()| self.accept())
    }

    pub(crate) fn accept(&self) -> Result<TcpSocket, ErrorCode> {
        let mut tcp = self.lock();
        let State::Listening(_) = tcp.state else { return Err(ErrorCode::InvalidState) };
        if wait::now(|cx| tcp.poll_accepted(cx)).is_none() {
            return Err(ErrorCode::WouldBlock);
        }
        let State::Listening(accepted) = &mut tcp.state else { return Err(ErrorCode::InvalidState) };
        let Some(accepted) = accepted.take() else { return Err(ErrorCode::WouldBlock) };
        let client = TcpSocket::of(accepted?, tcp.family, tcp.policy.clone(), State::Closed)?;
        client.lock().connected();
        Ok(client)
    }

    pub(crate) fn local_address(&self) -> Result<SocketAddr, ErrorCode> {
        let tcp = self.lock();
        match tcp.state {
            State::Unbound | State::Binding | State::Closed => Err(ErrorCode::InvalidState),
            State::Bound | State::Starting | State::Listening(_) | State::Connecting(_) | State::Connected(_) => {
                tcp.socket.get_ref().local_addr()?.as_socket().ok_or(ErrorCode::NotSupported)
            }
        }
    }

    pub(crate) fn remote_address(&self) -> Result<SocketAddr, ErrorCode> {
        let tcp = self.lock();
        let State::Connected(_) = tcp.state else { return Err(ErrorCode::InvalidState) };
        tcp.socket.get_ref().peer_addr()?.as_socket().ok_or(ErrorCode::NotSupported)
    }

    pub(crate) fn is_listening(&self) -> bool {
        matches!(self.lock().state, State::Listening(_))
    }

    pub(crate) fn family(&self) -> Family {
        self.lock().family
    }

    pub(crate) fn set_backlog(&self, value: u64) -> Result<(), ErrorCode> {
        let mut tcp = self.lock();
        if value == 0 {
            return Err(ErrorCode::InvalidArgument);
        }
        let backlog = i32::try_from(value).unwrap_or(i32::MAX);
        match tcp.state {
            State::Unbound | State::Binding | State::Bound => {}
            State::Starting | State::Listening(_) => {
                // Not all systems let a listening socket change it, and it is a hint.
                tcp.socket.get_ref().listen(backlog).map_err(|_| ErrorCode::NotSupported)?;
            }
            State::Connecting(_) | State::Connected(_) | State::Closed => return Err(ErrorCode::InvalidState),
        }
        tcp.backlog = backlog;
        Ok(())
    }

    /// Reads or sets options.
    pub(crate) fn options<T>(
        &self,
        operation: impl FnOnce(&Options<'_>) -> Result<T, ErrorCode>,
    ) -> Result<T, ErrorCode> {
        let tcp = self.lock();
        operation(&Options { socket: SockRef::from(tcp.socket.get_ref()), family: tcp.family })
    }

    pub(crate) fn shutdown(&self, how: Shutdown) -> Result<(), ErrorCode> {
        Ok(self.lock().connection()?.shutdown(how)?)
    }
}

impl Tcp {
    /// The socket is connected from here on.
    fn connected(&mut self) {
        self.state = State::Connected(Connection::new(self.socket.clone()));
    }

    /// # Errors
    /// If an operation was started and is not finished.
    fn is_idle(&self) -> Result<(), ErrorCode> {
        match self.state {
            State::Binding | State::Starting | State::Connecting(_) => Err(ErrorCode::ConcurrencyConflict),
            State::Unbound | State::Bound | State::Listening(_) | State::Connected(_) | State::Closed => Ok(()),
        }
    }

    fn connection(&mut self) -> Result<&mut Connection, ErrorCode> {
        match &mut self.state {
            State::Connected(connection) => Ok(connection),
            State::Unbound
            | State::Binding
            | State::Bound
            | State::Starting
            | State::Listening(_)
            | State::Connecting(_)
            | State::Closed => Err(ErrorCode::InvalidState),
        }
    }

    fn poll_connected(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let State::Connecting(failed @ Some(_)) = &mut self.state {
            return failed.take().map_or(Poll::Pending, |error| Poll::Ready(Err(error)));
        }
        loop {
            if let Some(error) = self.socket.get_ref().take_error()? {
                return Poll::Ready(Err(error));
            }
            match self.socket.get_ref().peer_addr() {
                Ok(_) => return Poll::Ready(Ok(())),
                Err(error) if error.kind() == io::ErrorKind::NotConnected => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
            match self.socket.poll_writable(cx) {
                Poll::Ready(result) => result?,
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    /// Ready once a connection, or an error, waits to be taken.
    fn poll_accepted(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Tcp { socket, state: State::Listening(accepted), .. } = self else { return Poll::Ready(()) };
        while accepted.is_none() {
            match socket.get_ref().accept() {
                Ok((client, _)) => *accepted = Some(Ok(client)),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match socket.poll_readable(cx) {
                    Poll::Ready(Ok(())) => {}
                    Poll::Ready(Err(error)) => *accepted = Some(Err(error)),
                    Poll::Pending => return Poll::Pending,
                },
                Err(error) => *accepted = Some(Err(error)),
            }
        }
        Poll::Ready(())
    }
}

impl Ready for TcpSocket {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut tcp = self.lock();
        match &mut tcp.state {
            State::Listening(_) => tcp.poll_accepted(cx),
            State::Connecting(Some(_)) => Poll::Ready(()),
            State::Connecting(None) => match tcp.poll_connected(cx) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(result) => {
                    // `finish_connect` gives the error.
                    tcp.state = State::Connecting(result.err());
                    Poll::Ready(())
                }
            },
            State::Unbound | State::Binding | State::Bound | State::Starting | State::Connected(_) | State::Closed => {
                Poll::Ready(())
            }
        }
    }
}

/// Whether a connection is being made.
fn is_in_progress(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error()) {
        return true;
    }
    error.kind() == io::ErrorKind::WouldBlock
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_was_started_is_finished_first() {
        let mut policy = Policy::default();
        policy.set(|_, _| true);
        let socket = TcpSocket::new(Family::Ipv4, &policy).unwrap();
        let address = "127.0.0.1:0".parse().unwrap();
        socket.start_bind(address).unwrap();
        assert_eq!(socket.start_bind(address), Err(ErrorCode::ConcurrencyConflict));
        assert_eq!(socket.start_listen(), Err(ErrorCode::ConcurrencyConflict));
        socket.finish_bind().unwrap();
        assert_eq!(socket.start_bind(address), Err(ErrorCode::InvalidState));
        socket.start_listen().unwrap();
        assert_eq!(socket.start_connect(address), Err(ErrorCode::ConcurrencyConflict));
        socket.finish_listen().unwrap();
        assert_eq!(socket.start_listen(), Err(ErrorCode::InvalidState));
    }

    #[test]
    fn times_of_keep_alive_do_not_enable_it() {
        let socket = TcpSocket::new(Family::Ipv4, &Policy::default()).unwrap();
        socket.options(|options| options.set_keep_alive_idle(core::time::Duration::from_secs(5))).unwrap();
        assert_eq!(socket.options(|options| options.keep_alive()), Ok(false));
        assert_eq!(socket.options(|options| options.keep_alive_idle()), Ok(core::time::Duration::from_secs(5)));
    }
}
