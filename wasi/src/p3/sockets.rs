//! `wasi:sockets`: TCP, UDP, and addresses of names.

use core::future::{Future as _, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use witwright_host::{
    Access, CoreEngine, Error, FutureReader, Resource, ResourceBorrow, StreamReader, StreamWriter, stream,
};

use super::bindings::wasi::sockets::ip_name_lookup;
use super::bindings::wasi::sockets::types::{
    self, ErrorCode, IpAddress, IpAddressFamily, IpSocketAddress, Ipv4SocketAddress, Ipv6SocketAddress,
};
use super::streams::{Code, Outcome, receive, send};
use crate::ctx::{HasWasi, WasiCtxView, WasiView};
use crate::net::{self, Lookup, Options, TcpSocket, UdpSocket};
use crate::stream::StreamFault;
use crate::wait::{Deadline, Ready as _};

/// The result of an operation on a socket.
type Net<T> = Result<Result<T, ErrorCode>, Error>;

type Tcp = ResourceBorrow<types::TcpSocket>;
type Udp = ResourceBorrow<types::UdpSocket>;

/// The time that a listening socket waits after it could not accept a connection, for instance because too many files are open.
const PAUSE: Duration = Duration::from_millis(50);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Converts the result of an operation whose type WASI has too.
fn same<T>(result: Result<T, net::ErrorCode>) -> Net<T> {
    Ok(result.map_err(ErrorCode::from))
}

/// Converts the result of an operation that returns an address.
fn address(result: Result<core::net::SocketAddr, net::ErrorCode>) -> Net<IpSocketAddress> {
    same(result.map(ip_socket_address))
}

fn tcp_of<T: WasiView, E: CoreEngine>(access: &Access<T, E>, this: &Tcp) -> Result<TcpSocket, Error> {
    access.with(|mut cx| cx.data_mut().wasi().table.get(this).cloned())
}

fn udp_of<T: WasiView, E: CoreEngine>(access: &Access<T, E>, this: &Udp) -> Result<UdpSocket, Error> {
    access.with(|mut cx| cx.data_mut().wasi().table.get(this).cloned())
}

impl<T: WasiView + Send> types::HostTcpSocketWithStore for HasWasi<T> {
    async fn connect<E: CoreEngine>(access: &Access<T, E>, this: Tcp, remote: IpSocketAddress) -> Net<()> {
        same(tcp_of(access, &this)?.connect(socket_addr(remote)).await)
    }

    async fn listen<E: CoreEngine>(access: &Access<T, E>, this: Tcp) -> Net<StreamReader<Resource<types::TcpSocket>>> {
        let socket = tcp_of(access, &this)?;
        if let Err(code) = socket.listen() {
            return Ok(Err(code.into()));
        }
        access.with(|mut cx| {
            let (mut writer, clients) = stream(&mut cx)?;
            // The port is free again as soon as the guest has dropped socket and stream.
            let socket = Arc::new(Mutex::new(Some(socket)));
            let closing = socket.clone();
            writer.on_dropped(&mut cx, move || drop(lock(&closing).take()))?;
            cx.spawn(|access| accept(access, socket, writer));
            Ok(Ok(clients))
        })
    }

    async fn send<E: CoreEngine>(
        access: &Access<T, E>,
        this: Tcp,
        data: StreamReader<u8>,
    ) -> Result<FutureReader<Outcome<ErrorCode>>, Error> {
        let sender = tcp_of(access, &this)?.sender().map_err(ErrorCode::from);
        access.with(|mut cx| send(&mut cx, data, sender))
    }

    async fn receive<E: CoreEngine>(
        access: &Access<T, E>,
        this: Tcp,
    ) -> Result<(StreamReader<u8>, FutureReader<Outcome<ErrorCode>>), Error> {
        let receiver = tcp_of(access, &this)?.receiver().map_err(ErrorCode::from);
        access.with(|mut cx| receive(&mut cx, receiver))
    }
}

/// Gives a guest the connections that come, for as long as it wants them.
async fn accept<T: WasiView + Send, E: CoreEngine>(
    access: Access<T, E>,
    socket: Arc<Mutex<Option<TcpSocket>>>,
    mut writer: StreamWriter<Resource<types::TcpSocket>>,
) -> Result<(), Error> {
    while writer.wanted(&access).await? {
        let accepted = {
            let mut dropped = pin!(writer.dropped(&access));
            poll_fn(|cx| {
                let accepted = lock(&socket).as_ref().map(|socket| socket.poll_accept(cx));
                match accepted {
                    Some(Poll::Ready(accepted)) => Poll::Ready(Ok(Some(accepted))),
                    Some(Poll::Pending) => dropped.as_mut().poll(cx).map_ok(|()| None),
                    None => Poll::Ready(Ok(None)),
                }
            })
            .await?
        };
        match accepted {
            None => break,
            Some(Ok(client)) => {
                let client = access.with(|mut cx| cx.data_mut().wasi().table.push(client))?;
                for unread in writer.write(&access, vec![client]).await? {
                    access.with(|mut cx| cx.data_mut().wasi().table.delete(unread))?;
                }
            }
            // The client has gone already.
            Some(Err(net::ErrorCode::ConnectionAborted | net::ErrorCode::ConnectionReset)) => {}
            Some(Err(_)) => {
                let mut pause = Deadline::after(PAUSE);
                poll_fn(|cx| pause.poll_ready(cx)).await;
            }
        }
    }
    Ok(())
}

impl WasiCtxView<'_> {
    fn tcp_socket(&self, this: Tcp) -> Result<&TcpSocket, Error> {
        self.table.get(&this)
    }

    fn udp_socket(&self, this: Udp) -> Result<&UdpSocket, Error> {
        self.table.get(&this)
    }

    fn of_tcp<T>(&self, this: Tcp, operation: impl FnOnce(&Options<'_>) -> Result<T, net::ErrorCode>) -> Net<T> {
        same(self.tcp_socket(this)?.options(operation))
    }

    fn of_udp<T>(&self, this: Udp, operation: impl FnOnce(&Options<'_>) -> Result<T, net::ErrorCode>) -> Net<T> {
        same(self.udp_socket(this)?.options(operation))
    }
}

impl types::HostTcpSocket for WasiCtxView<'_> {
    fn create(&mut self, address_family: IpAddressFamily) -> Net<Resource<types::TcpSocket>> {
        match TcpSocket::new(family(address_family), &self.ctx.network) {
            Ok(socket) => self.table.push(socket).map(Ok),
            Err(code) => Ok(Err(code.into())),
        }
    }

    fn bind(&mut self, this: Tcp, local: IpSocketAddress) -> Net<()> {
        same(self.tcp_socket(this)?.bind(socket_addr(local)))
    }

    fn get_local_address(&mut self, this: Tcp) -> Net<IpSocketAddress> {
        address(self.tcp_socket(this)?.local_address())
    }

    fn get_remote_address(&mut self, this: Tcp) -> Net<IpSocketAddress> {
        address(self.tcp_socket(this)?.remote_address())
    }

    fn get_is_listening(&mut self, this: Tcp) -> Result<bool, Error> {
        Ok(self.tcp_socket(this)?.is_listening())
    }

    fn get_address_family(&mut self, this: Tcp) -> Result<IpAddressFamily, Error> {
        Ok(family_of(self.tcp_socket(this)?.family()))
    }

    fn set_listen_backlog_size(&mut self, this: Tcp, value: u64) -> Net<()> {
        same(self.tcp_socket(this)?.set_backlog(value))
    }

    fn get_keep_alive_enabled(&mut self, this: Tcp) -> Net<bool> {
        self.of_tcp(this, |options| options.keep_alive())
    }

    fn set_keep_alive_enabled(&mut self, this: Tcp, value: bool) -> Net<()> {
        self.of_tcp(this, |options| options.set_keep_alive(value))
    }

    fn get_keep_alive_idle_time(&mut self, this: Tcp) -> Net<u64> {
        self.of_tcp(this, |options| options.keep_alive_idle().map(nanoseconds))
    }

    fn set_keep_alive_idle_time(&mut self, this: Tcp, value: u64) -> Net<()> {
        self.of_tcp(this, |options| options.set_keep_alive_idle(Duration::from_nanos(value)))
    }

    fn get_keep_alive_interval(&mut self, this: Tcp) -> Net<u64> {
        self.of_tcp(this, |options| options.keep_alive_interval().map(nanoseconds))
    }

    fn set_keep_alive_interval(&mut self, this: Tcp, value: u64) -> Net<()> {
        self.of_tcp(this, |options| options.set_keep_alive_interval(Duration::from_nanos(value)))
    }

    fn get_keep_alive_count(&mut self, this: Tcp) -> Net<u32> {
        self.of_tcp(this, |options| options.keep_alive_count())
    }

    fn set_keep_alive_count(&mut self, this: Tcp, value: u32) -> Net<()> {
        self.of_tcp(this, |options| options.set_keep_alive_count(value))
    }

    fn get_hop_limit(&mut self, this: Tcp) -> Net<u8> {
        self.of_tcp(this, |options| options.hop_limit())
    }

    fn set_hop_limit(&mut self, this: Tcp, value: u8) -> Net<()> {
        self.of_tcp(this, |options| options.set_hop_limit(value))
    }

    fn get_receive_buffer_size(&mut self, this: Tcp) -> Net<u64> {
        self.of_tcp(this, |options| options.receive_buffer())
    }

    fn set_receive_buffer_size(&mut self, this: Tcp, value: u64) -> Net<()> {
        self.of_tcp(this, |options| options.set_receive_buffer(value))
    }

    fn get_send_buffer_size(&mut self, this: Tcp) -> Net<u64> {
        self.of_tcp(this, |options| options.send_buffer())
    }

    fn set_send_buffer_size(&mut self, this: Tcp, value: u64) -> Net<()> {
        self.of_tcp(this, |options| options.set_send_buffer(value))
    }

    fn drop(&mut self, this: Resource<types::TcpSocket>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl<T: WasiView + Send> types::HostUdpSocketWithStore for HasWasi<T> {
    async fn send<E: CoreEngine>(
        access: &Access<T, E>,
        this: Udp,
        data: Vec<u8>,
        remote: Option<IpSocketAddress>,
    ) -> Net<()> {
        same(udp_of(access, &this)?.send_next(&data, remote.map(socket_addr)).await)
    }

    async fn receive<E: CoreEngine>(access: &Access<T, E>, this: Udp) -> Net<(Vec<u8>, IpSocketAddress)> {
        let datagram = udp_of(access, &this)?.receive_next().await;
        same(datagram.map(|datagram| (datagram.bytes, ip_socket_address(datagram.remote))))
    }
}

impl types::HostUdpSocket for WasiCtxView<'_> {
    fn create(&mut self, address_family: IpAddressFamily) -> Net<Resource<types::UdpSocket>> {
        match UdpSocket::new(family(address_family), &self.ctx.network) {
            Ok(socket) => self.table.push(socket).map(Ok),
            Err(code) => Ok(Err(code.into())),
        }
    }

    fn bind(&mut self, this: Udp, local: IpSocketAddress) -> Net<()> {
        same(self.udp_socket(this)?.bind(socket_addr(local)))
    }

    fn connect(&mut self, this: Udp, remote: IpSocketAddress) -> Net<()> {
        same(self.udp_socket(this)?.connect(socket_addr(remote)))
    }

    fn disconnect(&mut self, this: Udp) -> Net<()> {
        same(self.udp_socket(this)?.disconnect())
    }

    fn get_local_address(&mut self, this: Udp) -> Net<IpSocketAddress> {
        address(self.udp_socket(this)?.local_address())
    }

    fn get_remote_address(&mut self, this: Udp) -> Net<IpSocketAddress> {
        address(self.udp_socket(this)?.remote_address())
    }

    fn get_address_family(&mut self, this: Udp) -> Result<IpAddressFamily, Error> {
        Ok(family_of(self.udp_socket(this)?.family()))
    }

    fn get_unicast_hop_limit(&mut self, this: Udp) -> Net<u8> {
        self.of_udp(this, |options| options.hop_limit())
    }

    fn set_unicast_hop_limit(&mut self, this: Udp, value: u8) -> Net<()> {
        self.of_udp(this, |options| options.set_hop_limit(value))
    }

    fn get_receive_buffer_size(&mut self, this: Udp) -> Net<u64> {
        self.of_udp(this, |options| options.receive_buffer())
    }

    fn set_receive_buffer_size(&mut self, this: Udp, value: u64) -> Net<()> {
        self.of_udp(this, |options| options.set_receive_buffer(value))
    }

    fn get_send_buffer_size(&mut self, this: Udp) -> Net<u64> {
        self.of_udp(this, |options| options.send_buffer())
    }

    fn set_send_buffer_size(&mut self, this: Udp, value: u64) -> Net<()> {
        self.of_udp(this, |options| options.set_send_buffer(value))
    }

    fn drop(&mut self, this: Resource<types::UdpSocket>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl types::Host for WasiCtxView<'_> {}

impl ip_name_lookup::Host for WasiCtxView<'_> {}

impl<T: WasiView + Send> ip_name_lookup::HostWithStore for HasWasi<T> {
    async fn resolve_addresses<E: CoreEngine>(
        access: &Access<T, E>,
        name: String,
    ) -> Result<Result<Vec<IpAddress>, ip_name_lookup::ErrorCode>, Error> {
        let lookup = access.with(|mut cx| Lookup::new(&name, &cx.data_mut().wasi().ctx.network));
        let addresses = match lookup {
            Ok(mut lookup) => {
                poll_fn(|cx| lookup.poll_ready(cx)).await;
                lookup.rest()
            }
            Err(code) => Err(code),
        };
        Ok(match addresses {
            Ok(addresses) if addresses.is_empty() => Err(ip_name_lookup::ErrorCode::NameUnresolvable),
            Ok(addresses) => Ok(addresses.into_iter().map(ip_address).collect()),
            Err(code) => Err(code.into()),
        })
    }
}

impl From<net::ErrorCode> for ip_name_lookup::ErrorCode {
    fn from(code: net::ErrorCode) -> ip_name_lookup::ErrorCode {
        match code {
            net::ErrorCode::AccessDenied => ip_name_lookup::ErrorCode::AccessDenied,
            net::ErrorCode::InvalidArgument => ip_name_lookup::ErrorCode::InvalidArgument,
            net::ErrorCode::NameUnresolvable => ip_name_lookup::ErrorCode::NameUnresolvable,
            net::ErrorCode::PermanentResolverFailure => ip_name_lookup::ErrorCode::PermanentResolverFailure,
            net::ErrorCode::NotSupported
            | net::ErrorCode::OutOfMemory
            | net::ErrorCode::Timeout
            | net::ErrorCode::InvalidState
            | net::ErrorCode::AddressNotBindable
            | net::ErrorCode::AddressInUse
            | net::ErrorCode::RemoteUnreachable
            | net::ErrorCode::ConnectionRefused
            | net::ErrorCode::ConnectionReset
            | net::ErrorCode::ConnectionAborted
            | net::ErrorCode::DatagramTooLarge
            | net::ErrorCode::Unknown
            | net::ErrorCode::ConcurrencyConflict
            | net::ErrorCode::NotInProgress
            | net::ErrorCode::WouldBlock
            | net::ErrorCode::NewSocketLimit => ip_name_lookup::ErrorCode::Other(Some(format!("{code:?}"))),
        }
    }
}

macro_rules! convert {
    (
        all { $($(#[$docs:meta])* $code:ident,)* }
        before_0_3 { $($(#[$old_docs:meta])* $old:ident,)* }
    ) => {
        impl From<net::ErrorCode> for ErrorCode {
            fn from(code: net::ErrorCode) -> ErrorCode {
                match code {
                    $(net::ErrorCode::$code => ErrorCode::$code,)*
                    // `bind`, `listen` and `connect` are one step each in this version.
                    net::ErrorCode::ConcurrencyConflict | net::ErrorCode::NotInProgress => ErrorCode::InvalidState,
                    $(
                        #[allow(unreachable_patterns, reason = "two of them are above")]
                        net::ErrorCode::$old => ErrorCode::Other(Some(stringify!($old).to_owned())),
                    )*
                }
            }
        }
    };
}
net::error_codes!(convert);
net::conversions!();

impl Code for ErrorCode {
    fn of(fault: StreamFault) -> ErrorCode {
        match fault {
            StreamFault::Closed => ErrorCode::ConnectionBroken,
            StreamFault::Failed(failure) => net::ErrorCode::from(&failure.error).into(),
        }
    }
}
