//! A service that answers HTTP requests, by the interfaces of `wasi:http` 0.2.
//!
//! `/hello/NAME` greets; `/fetch/HOST:PORT/PATH` asks another server, which the host must allow.

// A project of its own has the WIT of `wasi:http` in its folder `wit`.
#[witwright::guest(path = "../../wasi/wit", world = "proxy")]
mod bindings {}

use bindings::exports::wasi::http::incoming_handler::Guest;
use bindings::wasi::http::outgoing_handler;
use bindings::wasi::http::types::{
    ErrorCode, Fields, IncomingBody, IncomingRequest, Method, OutgoingBody, OutgoingRequest, OutgoingResponse,
    ResponseOutparam, Scheme,
};
use bindings::wasi::io::streams::{OutputStream, StreamError};

/// The largest number of bytes that are sent at once: `blocking-write-and-flush` takes no more.
const CHUNK_BYTES: usize = 4096;

/// The largest number of bytes that are read at once.
const READ_BYTES: u64 = 64 << 10;

struct Service;

impl Guest for Service {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let path = request.path_with_query().unwrap_or_default();
        let (status, text) = answer(&request.method(), &path);
        respond(out, status, text.as_bytes());
    }
}

/// The status and the text for a request.
fn answer(method: &Method, path: &str) -> (u16, String) {
    if !matches!(method, Method::Get) {
        return (405, "only GET is answered\n".to_owned());
    }
    if let Some(name) = path.strip_prefix("/hello/") {
        return (200, format!("Hello, {name}!\n"));
    }
    if let Some((authority, path)) = path.strip_prefix("/fetch/").and_then(|rest| rest.split_once('/')) {
        return match fetch(authority, &format!("/{path}")) {
            Ok((status, body)) => (200, format!("{authority} answered {status}:\n{}", String::from_utf8_lossy(&body))),
            Err(error) => (502, format!("{authority} did not answer: {error}\n")),
        };
    }
    (404, "try /hello/you, or /fetch/localhost:8080/hello/me\n".to_owned())
}

/// Sends a response. A client that does not read it to its end is no error.
fn respond(out: ResponseOutparam, status: u16, bytes: &[u8]) {
    let response = OutgoingResponse::new(Fields::new());
    let prepared = response.set_status_code(status).and_then(|()| response.body());
    let Ok(body) = prepared else {
        return ResponseOutparam::set(out, Err(ErrorCode::InternalError(None)));
    };
    ResponseOutparam::set(out, Ok(response));
    let sent = body.write().map(|stream| send(&stream, bytes));
    if let Ok(Ok(())) = sent {
        let _ = OutgoingBody::finish(body, None);
    }
}

fn send(stream: &OutputStream, bytes: &[u8]) -> Result<(), StreamError> {
    bytes.chunks(CHUNK_BYTES).try_for_each(|chunk| stream.blocking_write_and_flush(chunk))
}

/// Asks another server. Returns the status and the body of its response.
fn fetch(authority: &str, path: &str) -> Result<(u16, Vec<u8>), ErrorCode> {
    let refused = |()| ErrorCode::HttpRequestUriInvalid;
    let request = OutgoingRequest::new(Fields::new());
    request.set_scheme(Some(&Scheme::Http)).map_err(refused)?;
    request.set_authority(Some(authority)).map_err(refused)?;
    request.set_path_with_query(Some(path)).map_err(refused)?;
    let response = outgoing_handler::handle(request, None)?;
    response.subscribe().block();
    let Some(Ok(response)) = response.get() else {
        return Err(ErrorCode::InternalError(Some("the response was taken before".to_owned())));
    };
    let response = response?;
    let status = response.status();
    Ok((status, read(response.consume().map_err(|()| ErrorCode::HttpProtocolError)?)?))
}

/// Reads a body to its end.
fn read(body: IncomingBody) -> Result<Vec<u8>, ErrorCode> {
    let stream = body.stream().map_err(|()| ErrorCode::HttpProtocolError)?;
    let mut bytes = Vec::new();
    loop {
        match stream.blocking_read(READ_BYTES) {
            Ok(more) => bytes.extend(more),
            Err(StreamError::Closed) => return Ok(bytes),
            Err(StreamError::LastOperationFailed(error)) => {
                return Err(ErrorCode::InternalError(Some(error.to_debug_string())));
            }
        }
    }
}

bindings::export!(Service with_types_in bindings);
