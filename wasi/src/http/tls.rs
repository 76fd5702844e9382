//! TLS, with the root certificates of Mozilla.

use std::io;
use std::net::TcpStream;
use std::sync::{Arc, OnceLock};

use async_io::Async;
use futures_rustls::TlsConnector;
use futures_rustls::client::TlsStream;
use futures_rustls::pki_types::ServerName;
use futures_rustls::rustls::crypto::ring;
use futures_rustls::rustls::{ClientConfig, Error, RootCertStore};

use super::error::{ErrorCode, TlsAlertReceivedPayload};

/// Agrees on keys with a server, and checks its certificate.
///
/// # Errors
/// If its certificate is not one for this host, or it speaks no TLS.
pub(super) async fn connect(stream: Async<TcpStream>, host: &str) -> Result<TlsStream<Async<TcpStream>>, ErrorCode> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| ErrorCode::HttpRequestUriInvalid)?;
    let connector = TlsConnector::from(config()?);
    connector.connect(name, stream).await.map_err(|error| code(&error))
}

/// The roots are read once.
fn config() -> Result<Arc<ClientConfig>, ErrorCode> {
    static CONFIG: OnceLock<Option<Arc<ClientConfig>>> = OnceLock::new();
    let config = CONFIG.get_or_init(|| {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let versions = builder.with_safe_default_protocol_versions().ok()?;
        Some(Arc::new(versions.with_root_certificates(roots).with_no_client_auth()))
    });
    config.clone().ok_or(ErrorCode::ConfigurationError)
}

fn code(error: &io::Error) -> ErrorCode {
    let Some(error) = error.get_ref().and_then(|error| error.downcast_ref::<Error>()) else {
        return ErrorCode::of_connect(error);
    };
    if let Error::AlertReceived(alert) = error {
        let (alert_id, alert_message) = (Some(u8::from(*alert)), Some(format!("{alert:?}")));
        return ErrorCode::TlsAlertReceived(TlsAlertReceivedPayload { alert_id, alert_message });
    }
    match matches!(error, Error::InvalidCertificate(_) | Error::NoCertificatesPresented) {
        true => ErrorCode::TlsCertificateError,
        false => ErrorCode::TlsProtocolError,
    }
}
