//! `wasi:sockets`: the network, and names.

use core::net::SocketAddr;

use witwright_host::{Error, Resource, ResourceBorrow};

use super::bindings::wasi::io::poll::Pollable;
use super::bindings::wasi::sockets::network::{
    self, ErrorCode, IpAddress, IpAddressFamily, IpSocketAddress, Ipv4SocketAddress, Ipv6SocketAddress,
};
use super::bindings::wasi::sockets::{instance_network, ip_name_lookup};
use super::io::subscribe;
use super::values::Network;
use crate::ctx::WasiCtxView;
use crate::net::{self, Lookup};

/// The result of an operation on a socket.
pub(super) type Net<T> = Result<Result<T, ErrorCode>, Error>;

impl network::HostNetwork for WasiCtxView<'_> {
    fn drop(&mut self, this: Resource<network::Network>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl network::Host for WasiCtxView<'_> {}

impl instance_network::Host for WasiCtxView<'_> {
    fn instance_network(&mut self) -> Result<Resource<network::Network>, Error> {
        self.table.push(Network)
    }
}

impl ip_name_lookup::HostResolveAddressStream for WasiCtxView<'_> {
    fn resolve_next_address(
        &mut self,
        this: ResourceBorrow<ip_name_lookup::ResolveAddressStream>,
    ) -> Net<Option<IpAddress>> {
        let next = self.table.get(&this)?.next();
        Ok(next.map(|address| address.map(ip_address)).map_err(ErrorCode::from))
    }

    fn subscribe(
        &mut self,
        this: ResourceBorrow<ip_name_lookup::ResolveAddressStream>,
    ) -> Result<Resource<Pollable>, Error> {
        let lookup = self.table.get(&this)?.clone();
        subscribe(self.table, lookup, &this)
    }

    fn drop(&mut self, this: Resource<ip_name_lookup::ResolveAddressStream>) -> Result<(), Error> {
        self.table.delete(this).map(|_| ())
    }
}

impl ip_name_lookup::Host for WasiCtxView<'_> {
    fn resolve_addresses(
        &mut self,
        _: ResourceBorrow<network::Network>,
        name: String,
    ) -> Net<Resource<ip_name_lookup::ResolveAddressStream>> {
        match Lookup::new(&name, &self.ctx.network) {
            Ok(lookup) => Ok(Ok(self.table.push(lookup)?)),
            Err(code) => Ok(Err(code.into())),
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
                    $(net::ErrorCode::$old => ErrorCode::$old,)*
                }
            }
        }
    };
}
net::error_codes!(convert);

net::conversions!();

/// Converts the result of an operation whose type WASI has too.
pub(super) fn same<T>(result: Result<T, net::ErrorCode>) -> Net<T> {
    Ok(result.map_err(ErrorCode::from))
}

/// Converts the result of an operation that returns an address.
pub(super) fn address(result: Result<SocketAddr, net::ErrorCode>) -> Net<IpSocketAddress> {
    Ok(result.map(ip_socket_address).map_err(ErrorCode::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_pass_unchanged() {
        for text in ["127.0.0.1:80", "[2001:db8::1]:443"] {
            let address: SocketAddr = text.parse().unwrap();
            assert_eq!(socket_addr(ip_socket_address(address)), address);
        }
    }
}
