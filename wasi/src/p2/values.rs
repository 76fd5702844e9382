//! The values behind handles of guests, other than those of the layers beneath.

use crate::net::UdpSocket;
use crate::stream::{InputStream, OutputStream};
use crate::wait::Ready;

/// The value behind a handle of a pollable.
pub struct Pollable(pub(super) Box<dyn Ready>);

/// The value behind a handle of an input stream.
pub struct Input {
    pub(super) stream: InputStream,
    /// Whether it ended, or an operation failed: then all later operations report that it is closed.
    pub(super) is_closed: bool,
}

/// The value behind a handle of an output stream.
pub struct Output {
    pub(super) stream: OutputStream,
    /// The number of bytes that `check-write` permitted.
    pub(super) permitted_bytes: usize,
    /// Whether it ended, or an operation failed: then all later operations report that it is closed.
    pub(super) is_closed: bool,
}

/// The value behind a handle of a network. There is one network; a guest's rights are decided for each address.
pub struct Network;

/// The value behind a handle of a stream of incoming datagrams.
pub struct Receiver(pub(super) UdpSocket);

/// The value behind a handle of a stream of outgoing datagrams.
pub struct Sender {
    pub(super) socket: UdpSocket,
    /// The number of datagrams that `check-send` permitted.
    pub(super) permitted: usize,
}
