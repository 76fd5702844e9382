//! Options of sockets, with the values that WASI allows.

use core::time::Duration;
use std::io;

use socket2::{SockRef, TcpKeepalive};

use super::address::Family;
use super::error::ErrorCode;

/// The longest time, and the largest number of probes, that every system accepts.
const MAX_SECONDS: u64 = i16::MAX as u64;
const MAX_PROBES: u32 = i8::MAX as u32;

/// The options of a socket.
pub(crate) struct Options<'a> {
    pub(super) socket: SockRef<'a>,
    pub(super) family: Family,
}

type Set = Result<(), ErrorCode>;

impl Options<'_> {
    pub(crate) fn keep_alive(&self) -> Result<bool, ErrorCode> {
        Ok(self.socket.keepalive()?)
    }

    pub(crate) fn set_keep_alive(&self, value: bool) -> Set {
        Ok(self.socket.set_keepalive(value)?)
    }

    pub(crate) fn keep_alive_idle(&self) -> Result<Duration, ErrorCode> {
        Ok(self.socket.tcp_keepalive_time()?)
    }

    pub(crate) fn set_keep_alive_idle(&self, value: Duration) -> Set {
        self.set(&TcpKeepalive::new().with_time(seconds(value)?))
    }

    pub(crate) fn keep_alive_interval(&self) -> Result<Duration, ErrorCode> {
        Ok(self.socket.tcp_keepalive_interval()?)
    }

    pub(crate) fn set_keep_alive_interval(&self, value: Duration) -> Set {
        self.set(&TcpKeepalive::new().with_interval(seconds(value)?))
    }

    pub(crate) fn keep_alive_count(&self) -> Result<u32, ErrorCode> {
        Ok(self.socket.tcp_keepalive_retries()?)
    }

    pub(crate) fn set_keep_alive_count(&self, value: u32) -> Set {
        self.set(&TcpKeepalive::new().with_retries(not_zero(value)?.min(MAX_PROBES)))
    }

    /// Sets what applies when keep-alive is enabled. It does not enable it, as `socket2` does.
    fn set(&self, keep_alive: &TcpKeepalive) -> Set {
        let is_enabled = self.keep_alive()?;
        self.socket.set_tcp_keepalive(keep_alive)?;
        self.set_keep_alive(is_enabled)
    }

    pub(crate) fn hop_limit(&self) -> Result<u8, ErrorCode> {
        let limit = match self.family {
            Family::Ipv4 => self.socket.ttl_v4(),
            Family::Ipv6 => self.socket.unicast_hops_v6(),
        };
        u8::try_from(limit?).map_err(|_| ErrorCode::NotSupported)
    }

    pub(crate) fn set_hop_limit(&self, value: u8) -> Set {
        let value = not_zero(value)?.into();
        Ok(match self.family {
            Family::Ipv4 => self.socket.set_ttl_v4(value),
            Family::Ipv6 => self.socket.set_unicast_hops_v6(value),
        }?)
    }

    pub(crate) fn receive_buffer(&self) -> Result<u64, ErrorCode> {
        Ok(as_set(self.socket.recv_buffer_size()?))
    }

    pub(crate) fn set_receive_buffer(&self, value: u64) -> Set {
        ignore_no_room(self.socket.set_recv_buffer_size(size(value)?))
    }

    pub(crate) fn send_buffer(&self) -> Result<u64, ErrorCode> {
        Ok(as_set(self.socket.send_buffer_size()?))
    }

    pub(crate) fn set_send_buffer(&self, value: u64) -> Set {
        ignore_no_room(self.socket.set_send_buffer_size(size(value)?))
    }
}

/// Rounds up to whole seconds, which are the unit of systems; zero is an invalid argument.
fn seconds(value: Duration) -> Result<Duration, ErrorCode> {
    let rounded_up = value.as_secs() + u64::from(value.subsec_nanos() > 0);
    Ok(Duration::from_secs(not_zero(rounded_up)?.min(MAX_SECONDS)))
}

fn size(value: u64) -> Result<usize, ErrorCode> {
    Ok(i32::try_from(not_zero(value)?).unwrap_or(i32::MAX) as usize)
}

fn not_zero<T: PartialEq + Default>(value: T) -> Result<T, ErrorCode> {
    if value == T::default() { Err(ErrorCode::InvalidArgument) } else { Ok(value) }
}

/// The size that was set. Linux reports twice that size, because it counts its own records too.
fn as_set(size: usize) -> u64 {
    if cfg!(target_os = "linux") { size as u64 / 2 } else { size as u64 }
}

/// Sizes are hints; some systems refuse those that are too large.
fn ignore_no_room(result: io::Result<()>) -> Set {
    match result.map_err(ErrorCode::from) {
        Err(ErrorCode::OutOfMemory) => Ok(()),
        result => result,
    }
}
