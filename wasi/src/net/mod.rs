//! Sockets and names, for all versions of WASI.
//!
//! Whether a socket is ready is found out by doing what it is to be ready for: bytes that were read, and a connection that
//! was accepted, are kept until the guest asks for them.

mod address;
mod error;
mod lookup;
mod options;
mod policy;
mod tcp;
mod tcp_stream;
mod udp;

pub(crate) use address::Family;
pub(crate) use error::{ErrorCode, error_codes};
pub(crate) use lookup::Lookup;
#[cfg(feature = "http")]
pub(crate) use lookup::addresses;
pub(crate) use options::Options;
pub(crate) use policy::Policy;
pub use policy::SocketAddrUse;
pub(crate) use tcp::{Shutdown, TcpSocket};
pub(crate) use udp::{Datagram, Incoming, Outgoing, UdpSocket};
