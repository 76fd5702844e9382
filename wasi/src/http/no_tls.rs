//! The substitute for TLS in builds without it: requests by HTTPS fail.

use std::net::TcpStream;

use async_io::Async;

use super::error::ErrorCode;

/// No certificates.
#[derive(Clone, Default)]
pub(crate) struct Roots;

/// Fails.
///
/// # Errors
/// Always: it needs the feature `tls`.
pub(super) async fn connect(_: Async<TcpStream>, _: &str, _: &Roots) -> Result<Async<TcpStream>, ErrorCode> {
    Err(ErrorCode::InternalError(Some("HTTPS needs the feature `tls` of `witwright-wasi`".to_owned())))
}
