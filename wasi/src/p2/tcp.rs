//! `wasi:sockets/tcp`.

use core::time::Duration;

use witwright_host::{Error, HostResource, Resource, ResourceBorrow};

use super::bindings::wasi::io::poll::Pollable;
use super::bindings::wasi::io::streams::{InputStream, OutputStream};
use super::bindings::wasi::sockets::network::{IpAddressFamily, IpSocketAddress, Network};
use super::bindings::wasi::sockets::{tcp, tcp_create_socket};
use super::io::{child_input, child_output, subscribe};
use super::network::{Net, address, family, family_of, nanoseconds, same, socket_addr};
use crate::ctx::WasiCtxView;
use crate::net::{self, Options, Shutdown, TcpSocket};

type This = ResourceBorrow<tcp::TcpSocket>;
type Streams = (Resource<InputStream>, Resource<OutputStream>);

impl WasiCtxView<'_> {
    fn tcp(&self, this: This) -> Result<&TcpSocket, Error> {
        self.table.get(&this)
    }

    /// The streams of a socket that was connected just now, its children.
    fn tcp_streams(&mut self, socket: &TcpSocket, parent: &impl HostResource) -> Net<Streams> {
        match (socket.receiver(), socket.sender()) {
            (Ok(receiver), Ok(sender)) => {
                let receiver = child_input(self.table, receiver, parent)?;
                Ok(Ok((receiver, child_output(self.table, sender, parent)?)))
            }
            (Err(code), _) | (_, Err(code)) => Ok(Err(code.into())),
        }
    }

    fn tcp_options<T>(&self, this: This, operation: impl FnOnce(&Options<'_>) -> Result<T, net::ErrorCode>) -> Net<T> {
        same(self.tcp(this)?.options(operation))
    }
}

impl tcp_create_socket::Host for WasiCtxView<'_> {
    fn create_tcp_socket(&mut self, address_family: IpAddressFamily) -> Net<Resource<tcp::TcpSocket>> {
        match TcpSocket::new(family(address_family), &self.ctx.network) {
            Ok(socket) => Ok(Ok(self.table.push(socket)?)),
            Err(code) => Ok(Err(code.into())),
        }
    }
}

impl tcp::HostTcpSocket for WasiCtxView<'_> {
    fn start_bind(&mut self, this: This, _: ResourceBorrow<Network>, local: IpSocketAddress) -> Net<()> {
        same(self.tcp(this)?.start_bind(socket_addr(local)))
    }

    fn finish_bind(&mut self, this: This) -> Net<()> {
        same(self.tcp(this)?.finish_bind())
    }

    fn start_connect(&mut self, this: This, _: ResourceBorrow<Network>, remote: IpSocketAddress) -> Net<()> {
        same(self.tcp(this)?.start_connect(socket_addr(remote)))
    }

    fn finish_connect(&mut self, this: This) -> Net<Streams> {
        let socket = self.tcp(this)?.clone();
        match socket.finish_connect() {
            Ok(()) => self.tcp_streams(&socket, &this),
            Err(code) => Ok(Err(code.into())),
        }
    }

    fn start_listen(&mut self, this: This) -> Net<()> {
        same(self.tcp(this)?.start_listen())
    }

    fn finish_listen(&mut self, this: This) -> Net<()> {
        same(self.tcp(this)?.finish_listen())
    }

    fn accept(&mut self, this: This) -> Net<(Resource<tcp::TcpSocket>, Resource<InputStream>, Resource<OutputStream>)> {
        match self.tcp(this)?.accept() {
            Ok(client) => {
                let socket = self.table.push(client.clone())?;
                let streams = self.tcp_streams(&client, &socket)?;
                Ok(streams.map(|(receiver, sender)| (socket, receiver, sender)))
            }
            Err(code) => Ok(Err(code.into())),
        }
    }

    fn local_address(&mut self, this: This) -> Net<IpSocketAddress> {
        address(self.tcp(this)?.local_address())
    }

    fn remote_address(&mut self, this: This) -> Net<IpSocketAddress> {
        address(self.tcp(this)?.remote_address())
    }

    fn is_listening(&mut self, this: This) -> Result<bool, Error> {
        Ok(self.tcp(this)?.is_listening())
    }

    fn address_family(&mut self, this: This) -> Result<IpAddressFamily, Error> {
        Ok(family_of(self.tcp(this)?.family()))
    }

    fn set_listen_backlog_size(&mut self, this: This, value: u64) -> Net<()> {
        same(self.tcp(this)?.set_backlog(value))
    }

    fn keep_alive_enabled(&mut self, this: This) -> Net<bool> {
        self.tcp_options(this, |options| options.keep_alive())
    }

    fn set_keep_alive_enabled(&mut self, this: This, value: bool) -> Net<()> {
        self.tcp_options(this, |options| options.set_keep_alive(value))
    }

    fn keep_alive_idle_time(&mut self, this: This) -> Net<u64> {
        self.tcp_options(this, |options| options.keep_alive_idle().map(nanoseconds))
    }

    fn set_keep_alive_idle_time(&mut self, this: This, value: u64) -> Net<()> {
        self.tcp_options(this, |options| options.set_keep_alive_idle(Duration::from_nanos(value)))
    }

    fn keep_alive_interval(&mut self, this: This) -> Net<u64> {
        self.tcp_options(this, |options| options.keep_alive_interval().map(nanoseconds))
    }

    fn set_keep_alive_interval(&mut self, this: This, value: u64) -> Net<()> {
        self.tcp_options(this, |options| options.set_keep_alive_interval(Duration::from_nanos(value)))
    }

    fn keep_alive_count(&mut self, this: This) -> Net<u32> {
        self.tcp_options(this, |options| options.keep_alive_count())
    }

    fn set_keep_alive_count(&mut self, this: This, value: u32) -> Net<()> {
        self.tcp_options(this, |options| options.set_keep_alive_count(value))
    }

    fn hop_limit(&mut self, this: This) -> Net<u8> {
        self.tcp_options(this, |options| options.hop_limit())
    }

    fn set_hop_limit(&mut self, this: This, value: u8) -> Net<()> {
        self.tcp_options(this, |options| options.set_hop_limit(value))
    }

    fn receive_buffer_size(&mut self, this: This) -> Net<u64> {
        self.tcp_options(this, |options| options.receive_buffer())
    }

    fn set_receive_buffer_size(&mut self, this: This, value: u64) -> Net<()> {
        self.tcp_options(this, |options| options.set_receive_buffer(value))
    }

    fn send_buffer_size(&mut self, this: This) -> Net<u64> {
        self.tcp_options(this, |options| options.send_buffer())
    }

    fn set_send_buffer_size(&mut self, this: This, value: u64) -> Net<()> {
        self.tcp_options(this, |options| options.set_send_buffer(value))
    }

    fn subscribe(&mut self, this: This) -> Result<Resource<Pollable>, Error> {
        let socket = self.tcp(this)?.clone();
        subscribe(self.table, socket, &this)
    }

    fn shutdown(&mut self, this: This, how: tcp::ShutdownType) -> Net<()> {
        let how = match how {
            tcp::ShutdownType::Receive => Shutdown::Receive,
            tcp::ShutdownType::Send => Shutdown::Send,
            tcp::ShutdownType::Both => Shutdown::Both,
        };
        same(self.tcp(this)?.shutdown(how))
    }

    fn drop(&mut self, this: Resource<tcp::TcpSocket>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl tcp::Host for WasiCtxView<'_> {}
