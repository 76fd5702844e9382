//! The values behind handles of guests, other than those of the layers beneath.

use std::sync::Arc;

use async_channel::Sender;
use hyper::Method;
use hyper::http::uri::{Authority, PathAndQuery};
use witwright_host::{FutureReader, Resource, StreamReader};

use super::super::streams::Outcome;
use super::bindings::wasi::http::types::{self, ErrorCode};
use crate::http::{Fields, Incoming, RequestTimeouts};

/// The value of a handle of a request.
pub struct Request {
    pub(super) method: Method,
    pub(super) path: Option<PathAndQuery>,
    pub(super) scheme: Option<types::Scheme>,
    pub(super) authority: Option<Authority>,
    pub(super) fields: Arc<Fields>,
    pub(super) timeouts: Option<RequestTimeouts>,
    pub(super) body: Body,
}

/// The value of a handle of a response.
pub struct Response {
    pub(super) status: u16,
    pub(super) fields: Arc<Fields>,
    pub(super) body: Body,
}

/// The value of a handle of options.
pub struct Options {
    pub(super) timeouts: RequestTimeouts,
    /// Those of a request cannot be changed.
    pub(super) is_fixed: bool,
}

/// The end of a body: its trailers or an error.
pub(super) type Trailers = Result<Option<Resource<types::Fields>>, ErrorCode>;

/// The body of a message.
pub(super) enum Body {
    /// A guest makes it.
    Made(Made),
    /// It comes from the network.
    Received(Incoming),
}

/// A body that a guest makes.
pub(super) struct Made {
    pub(super) contents: Option<StreamReader<u8>>,
    pub(super) trailers: FutureReader<Trailers>,
    /// Tells the guest the outcome of the transmission. Success, if it is dropped.
    pub(super) result: Sender<Outcome<ErrorCode>>,
}
