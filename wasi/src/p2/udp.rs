//! `wasi:sockets/udp`.

use core::fmt;

use witwright_host::{Error, Resource, ResourceBorrow};

use super::bindings::wasi::io::poll::Pollable;
use super::bindings::wasi::sockets::network::{IpAddressFamily, IpSocketAddress, Network};
use super::bindings::wasi::sockets::udp::{
    self, IncomingDatagram, IncomingDatagramStream, OutgoingDatagram, OutgoingDatagramStream,
};
use super::bindings::wasi::sockets::udp_create_socket;
use super::io::subscribe;
use super::network::{Net, address, family, family_of, ip_socket_address, same, socket_addr};
use super::values::{Receiver, Sender};
use crate::ctx::WasiCtxView;
use crate::net::{self, Incoming, Options, Outgoing, UdpSocket};

type This = ResourceBorrow<udp::UdpSocket>;

/// A guest sent more than was permitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct NotPermitted {
    permitted: usize,
    datagrams: usize,
}

impl WasiCtxView<'_> {
    fn udp(&self, this: This) -> Result<&UdpSocket, Error> {
        self.table.get(&this)
    }

    fn udp_options<T>(&self, this: This, operation: impl FnOnce(&Options<'_>) -> Result<T, net::ErrorCode>) -> Net<T> {
        same(self.udp(this)?.options(operation))
    }
}

impl udp_create_socket::Host for WasiCtxView<'_> {
    fn create_udp_socket(&mut self, address_family: IpAddressFamily) -> Net<Resource<udp::UdpSocket>> {
        match UdpSocket::new(family(address_family), &self.ctx.network) {
            Ok(socket) => Ok(Ok(self.table.push(socket)?)),
            Err(code) => Ok(Err(code.into())),
        }
    }
}

impl udp::HostUdpSocket for WasiCtxView<'_> {
    fn start_bind(&mut self, this: This, _: ResourceBorrow<Network>, local: IpSocketAddress) -> Net<()> {
        same(self.udp(this)?.start_bind(socket_addr(local)))
    }

    fn finish_bind(&mut self, this: This) -> Net<()> {
        same(self.udp(this)?.finish_bind())
    }

    fn stream(
        &mut self,
        this: This,
        remote: Option<IpSocketAddress>,
    ) -> Net<(Resource<IncomingDatagramStream>, Resource<OutgoingDatagramStream>)> {
        let socket = self.udp(this)?.clone();
        if let Err(code) = socket.associate(remote.map(socket_addr)) {
            return Ok(Err(code.into()));
        }
        let receiver = self.table.push_child(Receiver(socket.clone()), &this)?;
        Ok(Ok((receiver, self.table.push_child(Sender { socket, permitted: 0 }, &this)?)))
    }

    fn local_address(&mut self, this: This) -> Net<IpSocketAddress> {
        address(self.udp(this)?.local_address())
    }

    fn remote_address(&mut self, this: This) -> Net<IpSocketAddress> {
        address(self.udp(this)?.remote_address())
    }

    fn address_family(&mut self, this: This) -> Result<IpAddressFamily, Error> {
        Ok(family_of(self.udp(this)?.family()))
    }

    fn unicast_hop_limit(&mut self, this: This) -> Net<u8> {
        self.udp_options(this, |options| options.hop_limit())
    }

    fn set_unicast_hop_limit(&mut self, this: This, value: u8) -> Net<()> {
        self.udp_options(this, |options| options.set_hop_limit(value))
    }

    fn receive_buffer_size(&mut self, this: This) -> Net<u64> {
        self.udp_options(this, |options| options.receive_buffer())
    }

    fn set_receive_buffer_size(&mut self, this: This, value: u64) -> Net<()> {
        self.udp_options(this, |options| options.set_receive_buffer(value))
    }

    fn send_buffer_size(&mut self, this: This) -> Net<u64> {
        self.udp_options(this, |options| options.send_buffer())
    }

    fn set_send_buffer_size(&mut self, this: This, value: u64) -> Net<()> {
        self.udp_options(this, |options| options.set_send_buffer(value))
    }

    fn subscribe(&mut self, this: This) -> Result<Resource<Pollable>, Error> {
        // Nothing that the socket itself does takes time.
        self.udp(this)?;
        subscribe(self.table, crate::wait::Always, &this)
    }

    fn drop(&mut self, this: Resource<udp::UdpSocket>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl udp::HostIncomingDatagramStream for WasiCtxView<'_> {
    fn receive(
        &mut self,
        this: ResourceBorrow<IncomingDatagramStream>,
        max_results: u64,
    ) -> Net<Vec<IncomingDatagram>> {
        let datagrams = self.table.get(&this)?.0.receive(max_results);
        let incoming = |datagram: net::Datagram| IncomingDatagram {
            data: datagram.bytes,
            remote_address: ip_socket_address(datagram.remote),
        };
        same(datagrams.map(|datagrams| datagrams.into_iter().map(incoming).collect()))
    }

    fn subscribe(&mut self, this: ResourceBorrow<IncomingDatagramStream>) -> Result<Resource<Pollable>, Error> {
        let socket = self.table.get(&this)?.0.clone();
        subscribe(self.table, Incoming(socket), &this)
    }

    fn drop(&mut self, this: Resource<IncomingDatagramStream>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl udp::HostOutgoingDatagramStream for WasiCtxView<'_> {
    fn check_send(&mut self, this: ResourceBorrow<OutgoingDatagramStream>) -> Net<u64> {
        let sender = self.table.get_mut(&this)?;
        sender.permitted = Outgoing(sender.socket.clone()).room();
        Ok(Ok(sender.permitted as u64))
    }

    fn send(&mut self, this: ResourceBorrow<OutgoingDatagramStream>, datagrams: Vec<OutgoingDatagram>) -> Net<u64> {
        let sender = self.table.get_mut(&this)?;
        let Some(left) = sender.permitted.checked_sub(datagrams.len()) else {
            return Err(Error::host(NotPermitted { permitted: sender.permitted, datagrams: datagrams.len() }));
        };
        sender.permitted = left;
        let mut sent = 0;
        for datagram in datagrams {
            match sender.socket.send(&datagram.data, datagram.remote_address.map(socket_addr)) {
                Ok(true) => sent += 1,
                Ok(false) => break,
                Err(code) if sent == 0 => return Ok(Err(code.into())),
                // The error comes again with the next call.
                Err(_) => break,
            }
        }
        Ok(Ok(sent))
    }

    fn subscribe(&mut self, this: ResourceBorrow<OutgoingDatagramStream>) -> Result<Resource<Pollable>, Error> {
        let socket = self.table.get(&this)?.socket.clone();
        subscribe(self.table, Outgoing(socket), &this)
    }

    fn drop(&mut self, this: Resource<OutgoingDatagramStream>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl udp::Host for WasiCtxView<'_> {}

impl fmt::Display for NotPermitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotPermitted { permitted, datagrams } = self;
        write!(f, "{datagrams} datagrams were sent where `check-send` permitted {permitted}")
    }
}

impl core::error::Error for NotPermitted {}
