//! The values behind handles of guests, other than those of the layers beneath.

use std::sync::Arc;

use super::bindings::wasi::http::types;
use crate::http::{Fields, Incoming, IncomingRequest, IncomingResponse, Outgoing, OutgoingReader};

/// The value behind a handle of a request that was received.
pub struct ReceivedRequest {
    pub(super) head: IncomingRequest,
    /// Whether its body was not asked for.
    pub(super) has_body: bool,
}

/// The value behind a handle of a response that was received.
pub struct ReceivedResponse {
    pub(super) head: IncomingResponse,
    pub(super) has_body: bool,
}

/// The value behind a handle of the body of a message that was received.
pub struct ReceivedBody {
    pub(super) incoming: Incoming,
    /// Whether its stream was not asked for.
    pub(super) has_stream: bool,
}

/// The value behind a handle of future trailers.
pub struct Trailers {
    pub(super) body: Incoming,
    pub(super) is_taken: bool,
}

/// The value behind a handle of a request.
pub struct Request {
    pub(super) method: types::Method,
    /// In the form in which the guest has set it.
    pub(super) path: Option<String>,
    pub(super) scheme: Option<types::Scheme>,
    /// In the form in which the guest has set it.
    pub(super) authority: Option<String>,
    pub(super) message: Message,
}

/// The value behind a handle of a response.
pub struct Response {
    pub(super) status: u16,
    pub(super) message: Message,
}

/// The parts that requests and responses have in common.
pub(super) struct Message {
    pub(super) fields: Arc<Fields>,
    /// The number in `content-length`, if it is one.
    pub(super) length: Result<Option<u64>, ()>,
    /// The body, until the guest asks for it.
    pub(super) body: Option<Outgoing>,
    pub(super) reader: OutgoingReader,
}
