//! Sockets and names, for all versions of WASI.
//!
//! A socket is tested for readiness by the operation itself: received bytes, and a connection that
//! was accepted, are kept until the guest asks for them.

mod address;
mod convert;
mod error;
mod lookup;
mod options;
mod policy;
mod tcp;
mod tcp_stream;
mod udp;

pub(crate) use address::Family;
pub(crate) use convert::conversions;
pub(crate) use error::{ErrorCode, error_codes};
pub(crate) use lookup::Lookup;
#[cfg(feature = "http")]
pub(crate) use lookup::addresses;
pub(crate) use options::Options;
pub(crate) use policy::Policy;
pub use policy::SocketAddrUse;
pub(crate) use tcp::{Shutdown, TcpSocket};
pub(crate) use udp::{Datagram, Incoming, Outgoing, UdpSocket};
