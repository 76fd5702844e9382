//! Requests that guests send.
//!
//! ```text
//! resolve ─► connect ─► (TLS) ─► send ─► wait for the head of the response
//! └──────── connect ─────────┘ └────────── first byte ──────────┘
//! ```

use core::future::Future;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};

use async_executor::Task;
use async_io::Async;
use futures_io::{AsyncRead, AsyncWrite};
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderValue};
use hyper::http::uri::{Authority, PathAndQuery};
use hyper::{Method, Request, Uri};

use super::connection::Connection;
use super::error::{DnsErrorPayload, ErrorCode};
use super::fields::Fields;
use super::incoming::Incoming;
use super::ledger::Ledger;
use super::message::port;
use super::outgoing::OutgoingBody;
use super::policy::{Destination, Policy, Timeouts};
use super::tls::{self, Roots};
use crate::net;
use crate::wait::{Deadline, Ready, spawn, within};

/// The largest number of fields in a response.
const MAX_FIELDS: usize = 256;

/// A request, as a guest made it.
pub(crate) struct OutgoingRequest {
    pub(crate) method: Method,
    pub(crate) tls: bool,
    pub(crate) authority: Authority,
    pub(crate) path: PathAndQuery,
    pub(crate) fields: Arc<Fields>,
    pub(crate) body: OutgoingBody,
}

/// The times that a guest set; `None` where it did not.
#[derive(Clone, Copy, Default)]
pub struct RequestTimeouts {
    pub(crate) connect: Option<Duration>,
    pub(crate) first_byte: Option<Duration>,
    pub(crate) between_bytes: Option<Duration>,
}

/// The head of a response, and its body.
pub(crate) struct IncomingResponse {
    pub(crate) status: u16,
    pub(crate) fields: Arc<Fields>,
    pub(crate) body: Incoming,
}

/// A response that may not have come yet. If this is dropped before, the request is abandoned.
#[derive(Clone)]
pub struct Pending(Arc<Mutex<State>>);

enum State {
    Waiting(Task<Result<IncomingResponse, ErrorCode>>),
    Here(Result<IncomingResponse, ErrorCode>),
    Taken,
}

impl OutgoingRequest {
    /// Starts to send it.
    ///
    /// # Errors
    /// If it may not be sent.
    pub(crate) fn send(self, policy: &Policy, asked: RequestTimeouts) -> Result<Pending, ErrorCode> {
        if self.method == Method::CONNECT {
            return Err(ErrorCode::HttpRequestMethodInvalid);
        }
        let host = self.authority.host().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        let port = match (self.authority.port_u16(), port(&self.authority).unwrap_or_default(), self.tls) {
            (Some(port), ..) => port,
            (None, "", true) => 443,
            (None, "", false) => 80,
            // A port of more than 16 bits is as unknown as a name without an address.
            (None, ..) => return Ok(Pending::failed(unknown())),
        };
        let destination = Destination { tls: self.tls, host, port };
        if !policy.allows(&destination) {
            return Err(ErrorCode::HttpRequestDenied);
        }
        // A guest can shorten the host's times, and not prolong them.
        let shorter = |asked: Option<Duration>, most: Duration| asked.map_or(most, |asked| asked.min(most));
        let timeouts = Timeouts {
            connect: shorter(asked.connect, policy.timeouts.connect),
            first_byte: shorter(asked.first_byte, policy.timeouts.first_byte),
            between_bytes: shorter(asked.between_bytes, policy.timeouts.between_bytes),
        };
        let exchange = spawn(self.exchange(destination, timeouts, policy.roots.clone(), policy.ledger.clone()));
        Ok(Pending(Arc::new(Mutex::new(State::Waiting(exchange)))))
    }

    async fn exchange(
        self,
        destination: Destination,
        timeouts: Timeouts,
        roots: Roots,
        ledger: Ledger,
    ) -> Result<IncomingResponse, ErrorCode> {
        let connected = within(Deadline::after(timeouts.connect), async {
            let stream = connect(&destination).await?;
            Ok(match destination.tls {
                true => Either::Tls(tls::connect(stream, &destination.host, &roots).await?),
                false => Either::Plain(stream),
            })
        });
        match connected.await.unwrap_or(Err(ErrorCode::ConnectionTimeout))? {
            Either::Plain(stream) => self.send_on(stream, timeouts, ledger).await,
            Either::Tls(stream) => self.send_on(stream, timeouts, ledger).await,
        }
    }

    async fn send_on<S>(self, stream: S, timeouts: Timeouts, ledger: Ledger) -> Result<IncomingResponse, ErrorCode>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let request = self.into_hyper()?;
        let mut builder = http1::Builder::new();
        builder.max_headers(MAX_FIELDS);
        let (mut sender, connection) = builder.handshake(Connection(stream)).await?;
        // It ends when the response has been read, or is dropped.
        spawn(connection).detach();
        let response = within(Deadline::after(timeouts.first_byte), sender.send_request(request)).await;
        let response = response.ok_or(ErrorCode::ConnectionReadTimeout)??;
        let (head, body) = response.into_parts();
        Ok(IncomingResponse {
            status: head.status.as_u16(),
            fields: Arc::new(Fields::received(&head.headers, &ledger)?),
            body: Incoming::new(body, u64::MAX, Some(timeouts.between_bytes), ledger),
        })
    }

    fn into_hyper(self) -> Result<Request<OutgoingBody>, ErrorCode> {
        // Names and passwords of users are not sent.
        let host = self.authority.as_str().rsplit('@').next().unwrap_or_default();
        let host = HeaderValue::from_str(host).map_err(|_| ErrorCode::HttpRequestUriInvalid)?;
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = Uri::from(self.path);
        request.headers_mut().insert(HOST, host);
        request.headers_mut().extend(self.fields.to_map());
        Ok(request)
    }
}

enum Either<A, B> {
    Plain(A),
    Tls(B),
}

/// Connects to the first address that can be connected to.
async fn connect(destination: &Destination) -> Result<Async<TcpStream>, ErrorCode> {
    let addresses = match destination.host.parse() {
        Ok(address) => vec![address],
        Err(_) => net::addresses(&destination.host).await.map_err(|_| unknown())?,
    };
    let mut failed = unknown();
    for address in addresses {
        match Async::<TcpStream>::connect(SocketAddr::new(address, destination.port)).await {
            Ok(stream) => {
                // Small pieces are sent at once; where that cannot be set, they are sent all the same.
                let _ = stream.get_ref().set_nodelay(true);
                return Ok(stream);
            }
            Err(error) => failed = ErrorCode::of_connect(&error),
        }
    }
    Err(failed)
}

/// The error of a name without an address.
fn unknown() -> ErrorCode {
    ErrorCode::DnsError(DnsErrorPayload { rcode: Some("address not available".to_owned()), info_code: None })
}

impl Pending {
    /// A request that has failed.
    fn failed(code: ErrorCode) -> Pending {
        Pending(Arc::new(Mutex::new(State::Here(Err(code)))))
    }

    /// The response, when it has come. It is returned once.
    pub(crate) fn poll(&self, cx: &mut Context<'_>) -> Poll<Option<Result<IncomingResponse, ErrorCode>>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.poll_here(cx).is_pending() {
            return Poll::Pending;
        }
        Poll::Ready(match core::mem::replace(&mut *state, State::Taken) {
            State::Here(result) => Some(result),
            State::Waiting(_) | State::Taken => None,
        })
    }
}

impl State {
    fn poll_here(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if let State::Waiting(task) = self {
            let Poll::Ready(result) = Pin::new(task).poll(cx) else { return Poll::Pending };
            *self = State::Here(result);
        }
        Poll::Ready(())
    }
}

impl Ready for Pending {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).poll_here(cx)
    }
}

#[cfg(test)]
#[cfg(feature = "tls")]
mod tests {
    use futures_lite::{AsyncReadExt as _, AsyncWriteExt as _};
    use futures_rustls::TlsAcceptor;
    use futures_rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use futures_rustls::rustls::ServerConfig;
    use futures_rustls::rustls::crypto::ring;
    use rcgen::{CertifiedKey, generate_simple_self_signed};

    use super::super::outgoing::Outgoing;
    use super::*;

    /// A TLS server that answers one request, and its certificate, which is for a name.
    fn server(name: &str) -> (u16, CertificateDer<'static>) {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let listener = Async::<std::net::TcpListener>::bind(([127, 0, 0, 1], 0)).unwrap();
        let port = listener.get_ref().local_addr().unwrap().port();
        let answer = async move {
            let (stream, _) = listener.accept().await.unwrap();
            // A client that does not trust the certificate hangs up.
            let Ok(mut stream) = TlsAcceptor::from(Arc::new(config)).accept(stream).await else { return };
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).await.unwrap();
                request.extend(byte);
            }
            assert!(request.starts_with(b"GET /secret HTTP/1.1\r\n"));
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            stream.flush().await.unwrap();
        };
        spawn(answer).detach();
        (port, cert.der().clone())
    }

    /// The status of the response to a request by HTTPS to `localhost`.
    fn get(port: u16, roots: &[CertificateDer<'static>]) -> Result<u16, ErrorCode> {
        let (body, reader) = Outgoing::new(None, ErrorCode::HttpRequestBodySize);
        body.finish(None).unwrap();
        let request = OutgoingRequest {
            method: Method::GET,
            tls: true,
            authority: format!("localhost:{port}").parse().unwrap(),
            path: PathAndQuery::from_static("/secret"),
            fields: Arc::default(),
            body: OutgoingBody::Made(reader),
        };
        let mut policy = Policy::default();
        policy.set(|_| true);
        for root in roots {
            policy.roots.add(root).unwrap();
        }
        let pending = request.send(&policy, RequestTimeouts::default())?;
        let response = futures_lite::future::block_on(core::future::poll_fn(|cx| pending.poll(cx)));
        response.unwrap().map(|response| response.status)
    }

    #[test]
    fn a_server_is_trusted_by_its_certificate() {
        let (port, certificate) = server("localhost");
        assert_eq!(get(port, &[certificate]), Ok(204));
        // No known root has signed the certificate.
        let (port, _) = server("localhost");
        assert_eq!(get(port, &[]), Err(ErrorCode::TlsCertificateError));
        // The certificate is for another name.
        let (port, certificate) = server("example.com");
        assert_eq!(get(port, &[certificate]), Err(ErrorCode::TlsCertificateError));
        let mut roots = Roots::default();
        assert!(roots.add(b"no certificate").is_err());
        let text = roots.add(b"-----BEGIN CERTIFICATE-----\n").unwrap_err();
        assert!(text.to_string().contains("decode it to DER"), "{text}");
        assert!(roots.add(&server("localhost").1).is_ok(), "what was refused is not kept");
    }
}
