//! TLS, with the root certificates of Mozilla, and with those of the host.

use std::io;
use std::net::TcpStream;
use std::sync::{Arc, OnceLock};

use async_io::Async;
use futures_rustls::TlsConnector;
use futures_rustls::client::TlsStream;
use futures_rustls::pki_types::{CertificateDer, ServerName};
use futures_rustls::rustls::crypto::ring;
use futures_rustls::rustls::{ClientConfig, Error, RootCertStore};

use super::error::{ErrorCode, TlsAlertReceivedPayload};

/// The root certificates by which those of servers are checked: Mozilla's, and others.
#[derive(Clone, Default)]
pub(crate) struct Roots {
    /// Mozilla's certificates and the others; `None` if there are no others.
    store: Option<RootCertStore>,
    /// The settings with these certificates.
    config: Option<Arc<ClientConfig>>,
}

impl Roots {
    /// Adds a certificate in DER.
    ///
    /// # Errors
    /// If it is no certificate that can be a root.
    pub(crate) fn add(&mut self, der: &[u8]) -> io::Result<()> {
        if der.trim_ascii_start().starts_with(b"-----BEGIN") {
            let message = "the certificate is PEM, a text: decode it to DER first, one certificate at a time";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let mut store = self.store.clone().unwrap_or_else(mozilla);
        store.add(CertificateDer::from(der)).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        self.config = client(store.clone());
        self.store = Some(store);
        Ok(())
    }

    /// The settings. With Mozilla's certificates alone they are made once.
    fn config(&self) -> Result<Arc<ClientConfig>, ErrorCode> {
        static MOZILLA: OnceLock<Option<Arc<ClientConfig>>> = OnceLock::new();
        let config = match &self.config {
            Some(config) => Some(config),
            None => MOZILLA.get_or_init(|| client(mozilla())).as_ref(),
        };
        config.cloned().ok_or(ErrorCode::ConfigurationError)
    }
}

fn mozilla() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

fn client(roots: RootCertStore) -> Option<Arc<ClientConfig>> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let versions = builder.with_safe_default_protocol_versions().ok()?;
    Some(Arc::new(versions.with_root_certificates(roots).with_no_client_auth()))
}

/// Agrees on keys with a server, and checks its certificate.
///
/// # Errors
/// If its certificate is not one for this host, or it speaks no TLS.
pub(super) async fn connect(
    stream: Async<TcpStream>,
    host: &str,
    roots: &Roots,
) -> Result<TlsStream<Async<TcpStream>>, ErrorCode> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| ErrorCode::HttpRequestUriInvalid)?;
    let connector = TlsConnector::from(roots.config()?);
    connector.connect(name, stream).await.map_err(|error| code(&error))
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
