//! Error codes of the network, and their conversion from errors of the operating system.

use std::io;

/// Calls a macro with all codes: those of each version of WASI, and those that 0.3 has not, or for names only.
macro_rules! error_codes {
    ($macro:ident) => {
        $macro! {
            all {
                /// The host does not allow it, or the system.
                AccessDenied,
                /// The operation is not supported.
                NotSupported,
                /// An argument is not valid.
                InvalidArgument,
                /// Not enough memory.
                OutOfMemory,
                /// The operation took too long.
                Timeout,
                /// The socket is not in the state for it.
                InvalidState,
                /// The address is not one of this machine.
                AddressNotBindable,
                /// The address is in use.
                AddressInUse,
                /// The other side cannot be reached.
                RemoteUnreachable,
                /// The other side refused the connection.
                ConnectionRefused,
                /// The other side reset the connection.
                ConnectionReset,
                /// The connection was aborted.
                ConnectionAborted,
                /// The datagram is too large.
                DatagramTooLarge,
            }
            before_0_3 {
                /// An error without a code of its own.
                Unknown,
                /// Another operation is in progress.
                ConcurrencyConflict,
                /// The operation was not started.
                NotInProgress,
                /// The operation is not done yet.
                WouldBlock,
                /// There are too many sockets.
                NewSocketLimit,
                /// The name has no address.
                NameUnresolvable,
                /// No name may be resolved.
                PermanentResolverFailure,
            }
        }
    };
}
pub(crate) use error_codes;

macro_rules! define {
    (
        all { $($(#[$docs:meta])* $code:ident,)* }
        before_0_3 { $($(#[$old_docs:meta])* $old:ident,)* }
    ) => {
        /// The reason why an operation on a socket failed: the codes of `wasi:sockets`.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum ErrorCode {
            $($(#[$docs])* $code,)*
            $($(#[$old_docs])* $old,)*
        }
    };
}
error_codes!(define);

impl From<io::Error> for ErrorCode {
    fn from(error: io::Error) -> ErrorCode {
        ErrorCode::from(&error)
    }
}

impl From<&io::Error> for ErrorCode {
    fn from(error: &io::Error) -> ErrorCode {
        #[cfg(unix)]
        if let Some(code) = error.raw_os_error().and_then(|raw| of_errno(rustix::io::Errno::from_raw_os_error(raw))) {
            return code;
        }
        of_kind(error.kind())
    }
}

/// The code of a POSIX error that has no kind of its own in Rust, or a wider one.
#[cfg(unix)]
fn of_errno(errno: rustix::io::Errno) -> Option<ErrorCode> {
    use rustix::io::Errno;
    Some(match errno {
        Errno::AFNOSUPPORT | Errno::PROTONOSUPPORT | Errno::PROTOTYPE | Errno::OPNOTSUPP => ErrorCode::NotSupported,
        Errno::MFILE | Errno::NFILE => ErrorCode::NewSocketLimit,
        Errno::MSGSIZE => ErrorCode::DatagramTooLarge,
        Errno::NOBUFS | Errno::NOMEM => ErrorCode::OutOfMemory,
        Errno::ALREADY | Errno::INPROGRESS => ErrorCode::ConcurrencyConflict,
        Errno::DESTADDRREQ => ErrorCode::InvalidArgument,
        Errno::ISCONN | Errno::NOTCONN => ErrorCode::InvalidState,
        Errno::NETRESET => ErrorCode::ConnectionReset,
        _ => return None,
    })
}

/// The codes of errors for which the kind of Rust is as precise as the number.
const OF_KINDS: [(io::ErrorKind, ErrorCode); 15] = [
    (io::ErrorKind::AddrInUse, ErrorCode::AddressInUse),
    (io::ErrorKind::AddrNotAvailable, ErrorCode::AddressNotBindable),
    (io::ErrorKind::ConnectionRefused, ErrorCode::ConnectionRefused),
    (io::ErrorKind::ConnectionReset, ErrorCode::ConnectionReset),
    (io::ErrorKind::ConnectionAborted, ErrorCode::ConnectionAborted),
    (io::ErrorKind::HostUnreachable, ErrorCode::RemoteUnreachable),
    (io::ErrorKind::NetworkUnreachable, ErrorCode::RemoteUnreachable),
    (io::ErrorKind::NetworkDown, ErrorCode::RemoteUnreachable),
    (io::ErrorKind::TimedOut, ErrorCode::Timeout),
    (io::ErrorKind::PermissionDenied, ErrorCode::AccessDenied),
    (io::ErrorKind::InvalidInput, ErrorCode::InvalidArgument),
    (io::ErrorKind::NotConnected, ErrorCode::InvalidState),
    (io::ErrorKind::WouldBlock, ErrorCode::WouldBlock),
    (io::ErrorKind::OutOfMemory, ErrorCode::OutOfMemory),
    (io::ErrorKind::Unsupported, ErrorCode::NotSupported),
];

fn of_kind(kind: io::ErrorKind) -> ErrorCode {
    OF_KINDS.iter().find(|(known, _)| *known == kind).map_or(ErrorCode::Unknown, |(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn errors_of_the_system_keep_their_meaning() {
        use rustix::io::Errno;
        let code = |errno: Errno| ErrorCode::from(io::Error::from(errno));
        assert_eq!(code(Errno::CONNREFUSED), ErrorCode::ConnectionRefused);
        assert_eq!(code(Errno::ADDRINUSE), ErrorCode::AddressInUse);
        assert_eq!(code(Errno::ACCESS), ErrorCode::AccessDenied);
        assert_eq!(code(Errno::MFILE), ErrorCode::NewSocketLimit);
        assert_eq!(code(Errno::HOSTUNREACH), ErrorCode::RemoteUnreachable);
        assert_eq!(code(Errno::MSGSIZE), ErrorCode::DatagramTooLarge);
        assert_eq!(code(Errno::TIMEDOUT), ErrorCode::Timeout);
    }
}
