//! Conversions that are the same in all versions of WASI, for the types of each version.

/// Defines conversions of the types `IpAddress`, `IpAddressFamily`, `IpSocketAddress`, `Ipv4SocketAddress` and
/// `Ipv6SocketAddress` that are in scope, those of one version of WASI.
macro_rules! conversions {
    () => {
        pub(super) fn family(family: IpAddressFamily) -> crate::net::Family {
            match family {
                IpAddressFamily::Ipv4 => crate::net::Family::Ipv4,
                IpAddressFamily::Ipv6 => crate::net::Family::Ipv6,
            }
        }

        pub(super) fn family_of(family: crate::net::Family) -> IpAddressFamily {
            match family {
                crate::net::Family::Ipv4 => IpAddressFamily::Ipv4,
                crate::net::Family::Ipv6 => IpAddressFamily::Ipv6,
            }
        }

        pub(super) fn ip_address(address: core::net::IpAddr) -> IpAddress {
            match address {
                core::net::IpAddr::V4(address) => IpAddress::Ipv4(address.octets().into()),
                core::net::IpAddr::V6(address) => IpAddress::Ipv6(address.segments().into()),
            }
        }

        pub(super) fn ip_socket_address(address: core::net::SocketAddr) -> IpSocketAddress {
            match address {
                core::net::SocketAddr::V4(address) => IpSocketAddress::Ipv4(Ipv4SocketAddress {
                    port: address.port(),
                    address: address.ip().octets().into(),
                }),
                core::net::SocketAddr::V6(address) => IpSocketAddress::Ipv6(Ipv6SocketAddress {
                    port: address.port(),
                    flow_info: address.flowinfo(),
                    address: address.ip().segments().into(),
                    scope_id: address.scope_id(),
                }),
            }
        }

        pub(super) fn socket_addr(address: IpSocketAddress) -> core::net::SocketAddr {
            match address {
                IpSocketAddress::Ipv4(Ipv4SocketAddress { port, address }) => {
                    let ip = core::net::Ipv4Addr::from(<[u8; 4]>::from(address));
                    core::net::SocketAddrV4::new(ip, port).into()
                }
                IpSocketAddress::Ipv6(Ipv6SocketAddress { port, flow_info, address, scope_id }) => {
                    let ip = core::net::Ipv6Addr::from(<[u16; 8]>::from(address));
                    core::net::SocketAddrV6::new(ip, port, flow_info, scope_id).into()
                }
            }
        }

        /// A time, in nanoseconds.
        pub(super) fn nanoseconds(duration: core::time::Duration) -> u64 {
            u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
        }
    };
}
pub(crate) use conversions;
