//! Requests that guests answer, and their replies.

use core::str::FromStr;
use std::sync::Arc;

use async_channel::{Receiver, Sender, bounded};
use hyper::header::HOST;
use hyper::http::request::Parts;
use hyper::http::uri::{Authority, PathAndQuery, Scheme};
use hyper::{Method, Request, Version};

use super::error::ErrorCode;
use super::fields::Fields;
use super::incoming::Incoming;
use super::ledger::{Ledger, TooManyFields};
use super::outgoing::OutgoingBody;

/// A request for a guest to answer.
pub struct IncomingRequest {
    pub(crate) method: Method,
    pub(crate) path: Option<PathAndQuery>,
    pub(crate) authority: Option<Authority>,
    pub(crate) fields: Arc<Fields>,
    pub(crate) body: Incoming,
}

/// The reply to a request, to be sent once. If it is dropped, the request is not answered.
pub struct Reply(Sender<Result<OutgoingResponse, ErrorCode>>);

/// A response that a guest sends.
pub(crate) struct OutgoingResponse {
    pub(crate) status: u16,
    pub(crate) fields: Arc<Fields>,
    pub(crate) body: OutgoingBody,
}

/// Parses an optional text. `None` if the text is not valid; `Some(None)` if no text is given.
fn parse<T: FromStr>(text: Option<String>, is_valid: impl Fn(&T) -> bool) -> Option<Option<T>> {
    let Some(text) = text else { return Some(None) };
    text.parse().ok().filter(is_valid).map(Some)
}

/// The path and the query that a guest sets, as [`parse`] returns them. An empty path becomes `/`.
pub(crate) fn path(text: Option<String>) -> Option<Option<PathAndQuery>> {
    match text.as_deref() {
        Some("") => Some(Some(PathAndQuery::from_static("/"))),
        // A fragment is no part of them.
        Some(path) if !path.starts_with(['/', '?']) || path.contains('#') => None,
        Some(_) | None => parse(text, |_| true),
    }
}

/// The authority that a guest sets, as [`parse`] returns it.
pub(crate) fn authority(text: Option<String>) -> Option<Option<Authority>> {
    // A port that is no number of 16 bits is none for `http`.
    parse(text, |authority: &Authority| {
        !authority.host().is_empty() && (port(authority).is_none() || authority.port_u16().is_some())
    })
}

/// The port of an authority as it is written: the text after the colon.
pub(super) fn port(authority: &Authority) -> Option<&str> {
    let after_host = authority.as_str().rsplit('@').next()?.strip_prefix(authority.host())?;
    after_host.strip_prefix(':')
}

/// Whether a text is an authority (RFC 3986, section 3.2): any digits are a port, and there may be none.
pub(crate) fn is_authority(text: &str) -> bool {
    let Ok(authority) = text.parse::<Authority>() else { return false };
    port(&authority).unwrap_or_default().bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a guest may set a scheme other than `http` and `https`.
pub(crate) fn is_scheme(text: &str) -> bool {
    // A scheme begins with a letter; `http` takes any character of it.
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && Scheme::try_from(text).is_ok()
}

/// Whether a request names its host as its version demands: from HTTP/1.1 on, once, and by an authority without a user, or by
/// nothing (RFC 9112, section 3.2).
pub(super) fn has_host<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => request.version() < Version::HTTP_11,
        (Some(host), None) => {
            let text = host.to_str().unwrap_or("@");
            text.is_empty() || (!text.contains('@') && authority(Some(text.to_owned())).is_some())
        }
        (Some(_), Some(_)) => false,
    }
}

impl IncomingRequest {
    /// A request that a connection received.
    pub(super) fn new(request: Request<hyper::body::Incoming>, max_bytes: u64) -> IncomingRequest {
        let (Parts { method, uri, headers, .. }, body) = request.into_parts();
        let host = || headers.get(HOST).and_then(|host| Authority::try_from(host.as_bytes()).ok());
        IncomingRequest {
            method,
            path: uri.path_and_query().cloned(),
            authority: uri.authority().cloned().or_else(host),
            fields: Arc::new(Fields::from_map(&headers)),
            body: Incoming::new(body, max_bytes, None, Ledger::default()),
        }
    }

    /// The request with its fields, and the trailers that are to come, counted for the guest that receives it.
    pub(crate) fn counted(self, ledger: &Ledger) -> Result<IncomingRequest, TooManyFields> {
        self.body.count_trailers(ledger);
        let fields = match Arc::try_unwrap(self.fields) {
            Ok(fields) => fields.counted(ledger)?,
            Err(shared) => shared.copy(ledger)?,
        };
        Ok(IncomingRequest { fields: Arc::new(fields), ..self })
    }
}

impl Reply {
    /// A reply, and the receiver of the guest's response.
    pub(super) fn new() -> (Reply, Receiver<Result<OutgoingResponse, ErrorCode>>) {
        let (sender, receiver) = bounded(1);
        (Reply(sender), receiver)
    }

    pub(crate) fn send(self, response: Result<OutgoingResponse, ErrorCode>) {
        // If the client is gone, nothing waits for it; the writer of the body is told.
        let _ = self.0.try_send(response);
    }
}

impl core::fmt::Debug for IncomingRequest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("IncomingRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

impl core::fmt::Debug for Reply {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Reply")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_named_once() {
        let has_host = |version, hosts: &[&str]| {
            let mut request = Request::new(());
            *request.version_mut() = version;
            for host in hosts {
                request.headers_mut().append(HOST, host.parse().unwrap());
            }
            super::has_host(&request)
        };
        assert!(has_host(Version::HTTP_10, &[]) && !has_host(Version::HTTP_11, &[]));
        assert!(["", "a", "a.b:80", "[::1]:80"].into_iter().all(|host| has_host(Version::HTTP_11, &[host])));
        assert!(!["a b", "u@a", "a:99999", "\u{e9}"].into_iter().any(|host| has_host(Version::HTTP_11, &[host])));
        assert!(!has_host(Version::HTTP_11, &["a", "a"]) && !has_host(Version::HTTP_10, &["a", "b"]));
    }

    #[test]
    fn a_port_of_an_authority_is_any_digits() {
        assert!(["a", "a:", ":80", "a:99999", "[::1]:80", "u:p@a:1"].into_iter().all(is_authority));
        assert!(!["", "a b", "a:x", "a/b", "::1", "a:1:2"].into_iter().any(is_authority));
    }

    #[test]
    fn a_path_begins_with_a_slash_or_is_left_out() {
        let path = |text: &str| path(Some(text.to_owned())).flatten().map(|path| path.as_str().to_owned());
        for (text, expected) in [("", "/"), ("/", "/"), ("/a?b=c?d", "/a?b=c?d"), ("?a", "?a"), ("//a", "//a")] {
            assert_eq!(path(text).as_deref(), Some(expected));
        }
        assert!(["a", "*", "#", "/a#b", "/a b", "http://a/b"].into_iter().all(|text| path(text).is_none()));
    }

    #[test]
    fn schemes_begin_with_a_letter() {
        assert!(["ws", "web+a.b-1"].into_iter().all(is_scheme));
        assert!(!["", "1x", "+a", "a b", "a:"].into_iter().any(is_scheme));
    }
}
