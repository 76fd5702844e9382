//! Addresses: their families, and their allowed uses.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use socket2::Domain;

use super::error::ErrorCode;

/// A family of addresses. A socket has one for good: there are no sockets for both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Family {
    Ipv4,
    Ipv6,
}

impl Family {
    pub(super) fn domain(self) -> Domain {
        match self {
            Family::Ipv4 => Domain::IPV4,
            Family::Ipv6 => Domain::IPV6,
        }
    }

    /// Every address of this machine, and any free port.
    pub(super) fn unspecified(self) -> SocketAddr {
        match self {
            Family::Ipv4 => (Ipv4Addr::UNSPECIFIED, 0).into(),
            Family::Ipv6 => (Ipv6Addr::UNSPECIFIED, 0).into(),
        }
    }

    fn fits(self, address: SocketAddr) -> bool {
        match (self, address.ip()) {
            (Family::Ipv4, IpAddr::V4(_)) => true,
            (Family::Ipv6, IpAddr::V6(ip)) => ip.to_ipv4_mapped().is_none() && !is_ipv4_compatible(ip),
            (Family::Ipv4, IpAddr::V6(_)) | (Family::Ipv6, IpAddr::V4(_)) => false,
        }
    }

    /// # Errors
    /// If the address is of another family.
    pub(super) fn check_family(self, address: SocketAddr) -> Result<(), ErrorCode> {
        if self.fits(address) { Ok(()) } else { Err(ErrorCode::InvalidArgument) }
    }

    /// # Errors
    /// If no TCP socket of this family can be bound to the address.
    pub(super) fn check_local(self, address: SocketAddr) -> Result<(), ErrorCode> {
        if self.fits(address) && is_unicast(address.ip()) { Ok(()) } else { Err(ErrorCode::InvalidArgument) }
    }

    /// # Errors
    /// If no socket of this family can reach the address.
    pub(super) fn check_remote(self, address: SocketAddr) -> Result<(), ErrorCode> {
        let is_valid = self.fits(address) && !address.ip().is_unspecified() && address.port() != 0;
        if is_valid { Ok(()) } else { Err(ErrorCode::InvalidArgument) }
    }

    /// # Errors
    /// If no socket of this family can connect to the address.
    pub(super) fn check_peer(self, address: SocketAddr) -> Result<(), ErrorCode> {
        self.check_remote(address)?;
        if is_unicast(address.ip()) { Ok(()) } else { Err(ErrorCode::InvalidArgument) }
    }
}

/// Whether it is an address of IPv4 in a form for IPv6 that is deprecated. Systems do not agree about its meaning.
fn is_ipv4_compatible(ip: Ipv6Addr) -> bool {
    matches!(ip.segments(), [0, 0, 0, 0, 0, 0, _, _]) && !ip.is_unspecified() && !ip.is_loopback()
}

fn is_unicast(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !ip.is_multicast() && !ip.is_broadcast(),
        IpAddr::V6(ip) => !ip.is_multicast(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_before_the_system_sees_them() {
        let check = |address: &str| Family::Ipv4.check_peer(address.parse().unwrap()).is_ok();
        assert!(check("127.0.0.1:80"));
        for refused in ["127.0.0.1:0", "0.0.0.0:80", "224.0.0.1:80", "255.255.255.255:80", "[::1]:80"] {
            assert!(!check(refused), "{refused}");
        }
        assert!(Family::Ipv6.check_local("[::ffff:127.0.0.1]:0".parse().unwrap()).is_err());
        assert!(Family::Ipv6.check_local("[::127.0.0.1]:0".parse().unwrap()).is_err());
        assert!(Family::Ipv6.check_local("[::]:0".parse().unwrap()).is_ok());
        assert!(Family::Ipv6.check_local("[::1]:0".parse().unwrap()).is_ok());
    }
}
