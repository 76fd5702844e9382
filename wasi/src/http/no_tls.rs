//! No TLS: requests by HTTPS fail.

use std::net::TcpStream;

use async_io::Async;

use super::error::ErrorCode;

/// Fails.
///
/// # Errors
/// Always: it needs the feature `tls`.
pub(super) async fn connect(_: Async<TcpStream>, _: &str) -> Result<Async<TcpStream>, ErrorCode> {
    Err(ErrorCode::InternalError(Some("HTTPS needs the feature `tls` of `witwright-wasi`".to_owned())))
}
