//! HTTP, for all versions of WASI: requests that guests send, and requests that they answer.
//!
//! ```text
//! guest ─► Outgoing (body) ─► OutgoingReader ─► connection of hyper ─► network
//! guest ◄─ Incoming (body) ◄────────────────── connection of hyper ◄─ network
//! ```
//!
//! Connections run in the background. A body has at most one chunk in memory, so its reader sets the pace of its writer.
//! [`Server`] passes requests to guests on threads of its own.

mod client;
mod connection;
mod convert;
mod error;
mod fields;
mod incoming;
mod ledger;
mod message;
mod outgoing;
mod policy;
mod server;
#[cfg_attr(not(feature = "tls"), path = "no_tls.rs")]
mod tls;

pub(crate) use client::{IncomingResponse, OutgoingRequest, Pending, RequestTimeouts};
pub(crate) use convert::{conversions, convert_codes, convert_record};
pub(crate) use error::error_codes;
pub use error::{DnsErrorPayload, ErrorCode, FieldSizePayload, TlsAlertReceivedPayload};
pub(crate) use fields::{Fields, FieldsFault, FieldsHandle};
pub(crate) use incoming::Incoming;
pub(crate) use ledger::TooManyFields;
pub use message::{IncomingRequest, Reply};
pub(crate) use message::{OutgoingResponse, authority, is_authority, is_scheme, path};
pub(crate) use outgoing::{Outgoing, OutgoingBody, OutgoingReader};
pub(crate) use policy::Policy;
pub use policy::{Destination, Timeouts};
pub use server::{Exchange, Served, Server, ServerOptions, Stop};
