//! A service that answers HTTP requests, well and badly: the path of a request selects the answer.

#[witwright::guest(path = "../../../wasi/wit", world = "proxy")]
mod bindings {}

use bindings::exports::wasi::http::incoming_handler::Guest;
use bindings::wasi::clocks::monotonic_clock;
use bindings::wasi::http::outgoing_handler;
use bindings::wasi::http::types::{
    ErrorCode, Fields, FutureIncomingResponse, HeaderError, IncomingBody, IncomingRequest, IncomingResponse, Method,
    OutgoingBody, OutgoingRequest, OutgoingResponse, RequestOptions, ResponseOutparam, Scheme, http_error_code,
};
use bindings::wasi::io::streams::{InputStream, OutputStream, StreamError};

struct Service;

impl Guest for Service {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let path = request.path_with_query().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        match path {
            "/hello" => answer(out, 200, b"hello\n"),
            "/about" => answer(out, 200, about(&request).as_bytes()),
            "/echo" => echo(&request, out),
            "/count" => answer(out, 200, count().as_bytes()),
            "/resources" => answer(out, 200, resources(query.parse().unwrap()).as_bytes()),
            "/zeroes" => zeroes(out, query.parse().unwrap()),
            "/fields" => answer(out, 200, fields(&request).as_bytes()),
            "/fetch" => answer(out, 200, fetch(&request, query).as_bytes()),
            "/lengths" => answer(out, 200, lengths().as_bytes()),
            "/refuse" => ResponseOutparam::set(out, Err(ErrorCode::HttpRequestDenied)),
            "/drop" => drop(out),
            "/keep" => std::mem::forget(out),
            "/trap" => panic!("as it was asked to"),
            "/spin" => loop {
                std::hint::black_box(());
            },
            "/wait" => monotonic_clock::subscribe_duration(u64::MAX).block(),
            "/unfinished" => unfinished(out),
            "/trap-late" => {
                answer(out, 200, b"an answer\n");
                panic!("after the answer");
            }
            "/orphan" => {
                let _headers = std::mem::ManuallyDrop::new(request.headers());
                drop(request);
                answer(out, 200, b"not reached");
            }
            _ => answer(out, 404, b"no such path\n"),
        }
    }
}

fn respond(out: ResponseOutparam, status: u16, headers: Fields) -> OutgoingBody {
    let response = OutgoingResponse::new(headers);
    response.set_status_code(status).unwrap();
    let body = response.body().unwrap();
    ResponseOutparam::set(out, Ok(response));
    body
}

fn answer(out: ResponseOutparam, status: u16, bytes: &[u8]) {
    let body = respond(out, status, Fields::new());
    let stream = body.write().unwrap();
    for chunk in bytes.chunks(4096) {
        stream.blocking_write_and_flush(chunk).unwrap();
    }
    drop(stream);
    OutgoingBody::finish(body, None).unwrap();
}

fn about(request: &IncomingRequest) -> String {
    let mut fields: Vec<_> = request.headers().entries();
    fields.sort();
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| format!("{name}={}", String::from_utf8_lossy(value))).collect();
    let method = match request.method() {
        Method::Get => "get".to_owned(),
        Method::Post => "post".to_owned(),
        Method::Other(name) => format!("other {name}"),
        _ => "one more".to_owned(),
    };
    format!(
        "{method} {:?} {:?} {:?} {}\n",
        request.scheme().map(|scheme| matches!(scheme, Scheme::Http)),
        request.authority(),
        request.path_with_query(),
        fields.join(",")
    )
}

/// Gives back body and trailers, and the field `x-echo`.
fn echo(request: &IncomingRequest, out: ResponseOutparam) {
    let headers = Fields::new();
    headers.set("X-Echo", &request.headers().get("x-echo")).unwrap();
    headers.append("trailer", b"x-sum, x-more").unwrap();
    let answer = respond(out, 200, headers);
    let stream = answer.write().unwrap();
    let body = request.consume().unwrap();
    assert!(request.consume().is_err());
    let input = body.stream().unwrap();
    assert!(body.stream().is_err());
    let mut sum = 0_u64;
    loop {
        match input.blocking_read(64 << 10) {
            Ok(bytes) => {
                sum += bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
                for chunk in bytes.chunks(4096) {
                    stream.blocking_write_and_flush(chunk).unwrap();
                }
            }
            Err(StreamError::Closed) => break,
            // The body is broken off: this one is too.
            Err(StreamError::LastOperationFailed(_)) => return,
        }
    }
    drop(input);
    let future = IncomingBody::finish(body);
    future.subscribe().block();
    let trailers = future.get().unwrap().unwrap().unwrap();
    assert!(future.get().unwrap().is_err());
    let sent = Fields::new();
    sent.set("x-sum", &[sum.to_string().into_bytes()]).unwrap();
    for (name, value) in trailers.iter().flat_map(Fields::entries) {
        sent.append(&name, &value).unwrap();
    }
    drop(stream);
    OutgoingBody::finish(answer, Some(sent)).unwrap();
}

/// The number of requests that this instance has answered.
fn count() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed).to_string()
}

/// Makes resources, keeps them all, and returns the contents of the last.
fn resources(count: usize) -> String {
    let kept: Vec<Fields> = (0..count).map(|_| Fields::new()).collect();
    let last = kept.last().unwrap();
    last.append("x-count", count.to_string().as_bytes()).unwrap();
    format!("{:?}\n", last.get("x-count").concat().escape_ascii().to_string())
}

/// Many bytes, as long as somebody reads them.
fn zeroes(out: ResponseOutparam, bytes: u64) {
    let body = respond(out, 200, Fields::new());
    let stream = body.write().unwrap();
    let mut left = bytes;
    while left > 0 {
        let now = left.min(4096);
        if stream.blocking_write_zeroes_and_flush(now).is_err() {
            return;
        }
        left -= now;
    }
    drop(stream);
    OutgoingBody::finish(body, None).unwrap();
}

/// The changes of fields that succeed and fail.
fn fields(request: &IncomingRequest) -> String {
    let own = Fields::new();
    let results = [
        own.append("a b", b""),
        own.append("a", b"\n"),
        own.append("Connection", b"close"),
        own.set("Host", &[b"elsewhere".to_vec()]),
        request.headers().append("a", b"1"),
        request.headers().delete("a"),
        own.append("A", b"1"),
        Fields::from_list(&[("transfer-encoding".to_owned(), b"chunked".to_vec())]).map(drop),
    ];
    let names = results.map(|result| match result {
        Ok(()) => "ok",
        Err(HeaderError::InvalidSyntax) => "syntax",
        Err(HeaderError::Forbidden) => "forbidden",
        Err(HeaderError::Immutable) => "immutable",
    });
    let copy = request.headers().clone();
    copy.append("a", b"2").unwrap();
    format!("{} {:?} {}\n", names.join(" "), own.entries(), copy.has("A"))
}

/// The fate of bodies whose length is not that of `content-length`.
fn lengths() -> String {
    let with_length = |length: &str| {
        let headers = Fields::from_list(&[("content-length".to_owned(), length.as_bytes().to_vec())]).unwrap();
        OutgoingRequest::new(headers)
    };
    let requests = [with_length("5"), with_length("5")];
    let short = requests[0].body().unwrap();
    let stream = short.write().unwrap();
    stream.blocking_write_and_flush(b"abc").unwrap();
    drop(stream);
    let short = OutgoingBody::finish(short, None);
    let long = requests[1].body().unwrap();
    let stream = long.write().unwrap();
    let written = failure(stream.blocking_write_and_flush(b"abcdefgh").unwrap_err());
    drop(stream);
    let long = OutgoingBody::finish(long, None);
    let many = Fields::from_list(&[("content-length".to_owned(), b"many".to_vec())]);
    format!("{short:?} {written} {long:?} {:?}\n", many.is_err())
}

fn failure(error: StreamError) -> String {
    match error {
        StreamError::Closed => "closed".to_owned(),
        StreamError::LastOperationFailed(error) => format!("{:?}", http_error_code(&error)),
    }
}

/// Sends a request on: `query` is its scheme, authority and path. Returns a line about the response.
fn fetch(request: &IncomingRequest, query: &str) -> String {
    match forward(request, query) {
        Ok(text) => text,
        Err(code) => format!("failed: {code:?}\n"),
    }
}

fn forward(request: &IncomingRequest, query: &str) -> Result<String, ErrorCode> {
    let (scheme, rest) = query.split_once("://").unwrap();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let headers = Fields::new();
    headers.append("X-Sent", b"by the guest").unwrap();
    let sent = OutgoingRequest::new(headers);
    sent.set_method(&request.method()).unwrap();
    let scheme = match scheme {
        "http" => Scheme::Http,
        "https" => Scheme::Https,
        other => Scheme::Other(other.to_owned()),
    };
    sent.set_scheme(Some(&scheme)).unwrap();
    if sent.set_authority(Some(authority)).is_err() {
        return Ok("no authority\n".to_owned());
    }
    sent.set_path_with_query(Some(&format!("/{path}"))).unwrap();
    let body = sent.body().unwrap();
    let options = RequestOptions::new();
    options.set_connect_timeout(Some(5_000_000_000)).unwrap();
    assert_eq!(options.connect_timeout(), Some(5_000_000_000));
    options.set_first_byte_timeout(Some(200_000_000)).unwrap();
    options.set_between_bytes_timeout(Some(200_000_000)).unwrap();
    let future = outgoing_handler::handle(sent, Some(options))?;
    copy(request, body);
    let response = receive(&future)?;
    let status = response.status();
    let body = response.consume().unwrap();
    let mut text = read(&body.stream().unwrap());
    let trailers = IncomingBody::finish(body);
    trailers.subscribe().block();
    if let Ok(Some(trailers)) = trailers.get().unwrap().unwrap() {
        for (name, value) in trailers.entries() {
            text.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(&value)));
        }
    }
    Ok(format!("{status} {text}"))
}

/// Copies the body of a request.
fn copy(request: &IncomingRequest, to: OutgoingBody) {
    let body = request.consume().unwrap();
    let (input, output) = (body.stream().unwrap(), to.write().unwrap());
    while output.blocking_splice(&input, 64 << 10).is_ok() {}
    let _ = output.blocking_flush();
    drop(output);
    let _ = OutgoingBody::finish(to, None);
}

fn receive(future: &FutureIncomingResponse) -> Result<IncomingResponse, ErrorCode> {
    let pollable = future.subscribe();
    pollable.block();
    future.get().unwrap().unwrap()
}

fn read(input: &InputStream) -> String {
    let mut bytes = Vec::new();
    loop {
        match input.blocking_read(64 << 10) {
            Ok(chunk) => bytes.extend(chunk),
            Err(StreamError::Closed) => return String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => return format!("{} then {}", String::from_utf8_lossy(&bytes), failure(error)),
        }
    }
}

/// A body that is begun and not finished.
fn unfinished(out: ResponseOutparam) {
    let body = respond(out, 200, Fields::new());
    let stream: OutputStream = body.write().unwrap();
    stream.blocking_write_and_flush(b"a beginning").unwrap();
}

bindings::export!(Service with_types_in bindings);
