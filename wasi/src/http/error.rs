//! Error codes of HTTP, and their conversion from errors of the operating system.

use core::error::Error;
use core::fmt;
use std::io;

use super::ledger::TooManyFields;
use crate::stream::{Origin, StreamFault};

/// Calls a macro with all codes. Each version of WASI has codes of these names.
macro_rules! error_codes {
    ($macro:ident) => {
        $macro! {
            plain {
                DnsTimeout, DestinationNotFound, DestinationUnavailable, DestinationIpProhibited, DestinationIpUnroutable,
                ConnectionRefused, ConnectionTerminated, ConnectionTimeout, ConnectionReadTimeout, ConnectionWriteTimeout,
                ConnectionLimitReached, TlsProtocolError, TlsCertificateError, HttpRequestDenied,
                HttpRequestLengthRequired, HttpRequestMethodInvalid, HttpRequestUriInvalid, HttpRequestUriTooLong,
                HttpResponseIncomplete, HttpResponseTimeout, HttpUpgradeFailed, HttpProtocolError, LoopDetected,
                ConfigurationError,
            }
            payload {
                DnsError(DnsErrorPayload), TlsAlertReceived(TlsAlertReceivedPayload),
                HttpRequestBodySize(Option<u64>), HttpRequestHeaderSectionSize(Option<u32>),
                HttpRequestTrailerSectionSize(Option<u32>), HttpRequestTrailerSize(FieldSizePayload),
                HttpResponseHeaderSectionSize(Option<u32>), HttpResponseHeaderSize(FieldSizePayload),
                HttpResponseBodySize(Option<u64>), HttpResponseTrailerSectionSize(Option<u32>),
                HttpResponseTrailerSize(FieldSizePayload), HttpResponseTransferCoding(Option<String>),
                HttpResponseContentCoding(Option<String>), InternalError(Option<String>),
            }
            optional {
                HttpRequestHeaderSize(FieldSizePayload),
            }
        }
    };
}
pub(crate) use error_codes;

macro_rules! define {
    (
        plain { $($plain:ident,)* }
        payload { $($code:ident($payload:ty),)* }
        optional { $($optional:ident($inner:ty),)* }
    ) => {
        /// The reason why a request or a response failed: the codes of `wasi:http`, which are those of RFC 9209.
        #[derive(Clone, PartialEq, Eq, Debug)]
        #[allow(missing_docs, reason = "the meanings are those of RFC 9209")]
        pub enum ErrorCode {
            $($plain,)*
            $($code($payload),)*
            $($optional(Option<$inner>),)*
        }
    };
}
error_codes!(define);

/// The failure of a name lookup.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DnsErrorPayload {
    /// The name of the response code.
    pub rcode: Option<String>,
    /// The code of RFC 8914.
    pub info_code: Option<u16>,
}

/// A TLS alert.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TlsAlertReceivedPayload {
    /// Its number.
    pub alert_id: Option<u8>,
    /// Its name.
    pub alert_message: Option<String>,
}

/// A field that is too large.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldSizePayload {
    /// Its name.
    pub field_name: Option<String>,
    /// Its size, in bytes.
    pub field_size: Option<u32>,
}

impl ErrorCode {
    /// The code of a failed connection attempt.
    pub(super) fn of_connect(error: &io::Error) -> ErrorCode {
        of_kind(&OF_ATTEMPTS, error).unwrap_or_else(|| ErrorCode::of_io(error))
    }

    /// The code of a failed operation of a connection.
    fn of_io(error: &io::Error) -> ErrorCode {
        of_kind(&OF_CONNECTIONS, error).unwrap_or_else(|| ErrorCode::InternalError(Some(error.to_string())))
    }

    /// The code in an error of a stream, if it has one.
    pub(crate) fn of_stream(error: &io::Error) -> Option<ErrorCode> {
        error.get_ref()?.downcast_ref::<ErrorCode>().cloned()
    }

    /// The fault of a stream that fails with this code.
    pub(super) fn fault(self) -> StreamFault {
        StreamFault::of(Origin::Other, io::Error::other(self))
    }
}

/// The codes of errors of connection attempts.
const OF_ATTEMPTS: [(io::ErrorKind, ErrorCode); 5] = [
    (io::ErrorKind::ConnectionRefused, ErrorCode::ConnectionRefused),
    (io::ErrorKind::HostUnreachable, ErrorCode::DestinationIpUnroutable),
    (io::ErrorKind::NetworkUnreachable, ErrorCode::DestinationIpUnroutable),
    (io::ErrorKind::PermissionDenied, ErrorCode::DestinationIpProhibited),
    (io::ErrorKind::AddrNotAvailable, ErrorCode::DestinationUnavailable),
];

/// The codes of errors of a connection.
const OF_CONNECTIONS: [(io::ErrorKind, ErrorCode); 7] = [
    (io::ErrorKind::ConnectionReset, ErrorCode::ConnectionTerminated),
    (io::ErrorKind::ConnectionAborted, ErrorCode::ConnectionTerminated),
    (io::ErrorKind::BrokenPipe, ErrorCode::ConnectionTerminated),
    (io::ErrorKind::NotConnected, ErrorCode::ConnectionTerminated),
    (io::ErrorKind::UnexpectedEof, ErrorCode::HttpResponseIncomplete),
    (io::ErrorKind::TimedOut, ErrorCode::ConnectionTimeout),
    // Of a chunk whose size is no number.
    (io::ErrorKind::InvalidInput, ErrorCode::HttpProtocolError),
];

fn of_kind(codes: &[(io::ErrorKind, ErrorCode)], error: &io::Error) -> Option<ErrorCode> {
    codes.iter().find(|(kind, _)| *kind == error.kind()).map(|(_, code)| code.clone())
}

impl From<hyper::Error> for ErrorCode {
    fn from(error: hyper::Error) -> ErrorCode {
        let mut source = error.source();
        while let Some(cause) = source {
            if let Some(code) = cause.downcast_ref::<ErrorCode>() {
                return code.clone();
            }
            if let Some(error) = cause.downcast_ref::<io::Error>() {
                return ErrorCode::of_stream(error).unwrap_or_else(|| ErrorCode::of_io(error));
            }
            source = cause.source();
        }
        if error.is_parse_too_large() {
            ErrorCode::HttpResponseHeaderSectionSize(None)
        } else if error.is_incomplete_message() {
            ErrorCode::HttpResponseIncomplete
        } else if error.is_timeout() {
            ErrorCode::ConnectionReadTimeout
        } else if error.is_canceled() || error.is_closed() || error.is_body_write_aborted() {
            ErrorCode::ConnectionTerminated
        } else if error.is_user() {
            ErrorCode::InternalError(Some(error.to_string()))
        } else {
            ErrorCode::HttpProtocolError
        }
    }
}

impl From<TooManyFields> for ErrorCode {
    fn from(error: TooManyFields) -> ErrorCode {
        ErrorCode::InternalError(Some(error.to_string()))
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Error for ErrorCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_pass_through_streams() {
        let StreamFault::Failed(failure) = ErrorCode::HttpRequestBodySize(Some(3)).fault() else { panic!("closed") };
        assert_eq!(ErrorCode::of_stream(&failure.error), Some(ErrorCode::HttpRequestBodySize(Some(3))));
        assert_eq!(ErrorCode::of_stream(&io::Error::from(io::ErrorKind::NotFound)), None);
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        assert_eq!(ErrorCode::of_connect(&refused), ErrorCode::ConnectionRefused);
        assert_eq!(ErrorCode::of_io(&io::ErrorKind::InvalidInput.into()), ErrorCode::HttpProtocolError);
    }
}
