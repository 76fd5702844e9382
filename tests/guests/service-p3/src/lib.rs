//! A service of WASI 0.3 that answers HTTP requests, well and badly: the path of a request selects the answer. It answers as `service` does.

#[witwright::guest(path = "../../../wasi/wit-p3", world = "wasi:http/middleware@0.3.2")]
mod bindings {}

use bindings::exports::wasi::http::handler::Guest;
use bindings::wasi::clocks::monotonic_clock;
use bindings::wasi::http::{client, handler};
use bindings::wasi::http::types::{
    ErrorCode, Fields, HeaderError, Method, Request, RequestOptions, RequestOptionsError, Response, Scheme,
};
use bindings::{wit_future, wit_stream};
use futures_util::{AsyncReadExt, AsyncWriteExt, SinkExt, StreamExt};
use witwright::{FutureReader, FutureWriter, StreamReader, StreamWriter};

type Trailers = Result<Option<Fields>, ErrorCode>;

struct Service;

impl Guest for Service {
    async fn handle(request: Request) -> Result<Response, ErrorCode> {
        let path = request.get_path_with_query().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        match path {
            "/hello" => Ok(answer(200, "hello\n")),
            "/about" => Ok(answer(200, &about(&request))),
            "/echo" => Ok(echo(request)),
            "/pass" => Ok(pass(request)),
            "/count" => Ok(answer(200, &count())),
            "/zeroes" => Ok(zeroes(query.parse().unwrap())),
            "/fields" => Ok(answer(200, &fields(&request))),
            "/options" => Ok(answer(200, &options())),
            "/fetch" => Ok(answer(200, &fetch(request, query).await)),
            "/proxy" => proxy(request, query).await,
            "/forward" => middleware(request, query).await,
            "/own" => Ok(answer(200, &own().await)),
            "/lengths" => Ok(answer(200, &lengths(query).await)),
            "/short" => Ok(short()),
            "/refuse" => Err(ErrorCode::HttpRequestDenied),
            "/drop" | "/keep" => Err(ErrorCode::InternalError(None)),
            "/trap" => panic!("as it was asked to"),
            "/spin" => loop {
                std::hint::black_box(());
            },
            "/wait" => {
                monotonic_clock::wait_for(u64::MAX).await;
                Ok(answer(200, "not reached"))
            }
            "/later" => Ok(later()),
            "/unfinished" => Ok(unfinished()),
            "/trap-late" => {
                witwright::spawn(async {
                    monotonic_clock::wait_for(50_000_000).await;
                    panic!("after the answer");
                });
                Ok(answer(200, "an answer\n"))
            }
            _ => Ok(answer(404, "no such path\n")),
        }
    }
}

/// A response, where its body is written, and where its trailers are.
fn respond(status: u16, headers: Fields) -> (Response, StreamWriter<u8>, FutureWriter<Trailers>) {
    let (contents, reader) = wit_stream::new();
    let (trailers, trailers_reader) = wit_future::new(|| Ok(None));
    let (response, _) = Response::new(headers, Some(reader), trailers_reader);
    response.set_status_code(status).unwrap();
    (response, contents, trailers)
}

fn answer(status: u16, text: &str) -> Response {
    let (response, mut contents, _trailers) = respond(status, Fields::new());
    let bytes = text.as_bytes().to_vec();
    witwright::spawn(async move {
        contents.write_all(bytes).await;
    });
    response
}

fn about(request: &Request) -> String {
    let mut fields: Vec<_> = request.get_headers().copy_all();
    fields.sort();
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| format!("{name}={}", String::from_utf8_lossy(value))).collect();
    let method = match request.get_method() {
        Method::Get => "get".to_owned(),
        Method::Post => "post".to_owned(),
        Method::Other(name) => format!("other {name}"),
        _ => "one more".to_owned(),
    };
    format!(
        "{method} {:?} {:?} {:?} {}\n",
        request.get_scheme().map(|scheme| matches!(scheme, Scheme::Http)),
        request.get_authority(),
        request.get_path_with_query(),
        fields.join(",")
    )
}

/// The contents and the trailers of a request.
fn consume(request: Request) -> (StreamReader<u8>, FutureReader<Trailers>) {
    let (result, reader) = wit_future::new(|| Ok(()));
    drop(result);
    Request::consume_body(request, reader)
}

/// Gives back body and trailers, and the field `x-echo`.
fn echo(request: Request) -> Response {
    let headers = Fields::new();
    headers.set("X-Echo", &request.get_headers().get("x-echo")).unwrap();
    headers.append("trailer", b"x-sum, x-more").unwrap();
    let (response, mut contents, trailers) = respond(200, headers);
    let (mut input, ended) = consume(request);
    witwright::spawn(async move {
        let mut sum = 0_u64;
        let mut bytes = Vec::with_capacity(64 << 10);
        loop {
            let (_, read) = input.read(bytes).await;
            if read.is_empty() {
                break;
            }
            sum += read.iter().map(|byte| u64::from(*byte)).sum::<u64>();
            bytes = contents.write_all(read).await;
            bytes.clear();
            bytes.reserve(64 << 10);
        }
        drop(contents);
        let sent = match ended.await {
            Ok(came) => {
                let sent = Fields::new();
                sent.set("x-sum", &[sum.to_string().into_bytes()]).unwrap();
                for (name, value) in came.iter().flat_map(Fields::copy_all) {
                    sent.append(&name, &value).unwrap();
                }
                Ok(Some(sent))
            }
            // The body is broken off: this one is too.
            Err(code) => Err(code),
        };
        let _ = trailers.write(sent).await;
    });
    response
}

/// Gives back body and trailers as they are.
fn pass(request: Request) -> Response {
    let headers = Fields::new();
    headers.append("trailer", b"x-more").unwrap();
    let (contents, trailers) = consume(request);
    Response::new(headers, Some(contents), trailers).0
}

/// The number of requests that this instance has answered.
fn count() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed).to_string()
}

/// Many bytes, as long as somebody reads them.
fn zeroes(bytes: u64) -> Response {
    let (response, contents, _trailers) = respond(200, Fields::new());
    witwright::spawn(async move {
        let mut contents = contents.into_sink();
        let mut left = bytes;
        while left > 0 {
            let now = left.min(4096);
            if contents.write_all(&vec![0; now as usize]).await.is_err() {
                return;
            }
            left -= now;
        }
        let _ = AsyncWriteExt::close(&mut contents).await;
    });
    response
}

/// The changes of fields that succeed and fail.
fn fields(request: &Request) -> String {
    let own = Fields::new();
    let results = [
        own.append("a b", b""),
        own.append("a", b"\n"),
        own.append("Connection", b"close"),
        own.set("Host", &[b"elsewhere".to_vec()]),
        request.get_headers().append("a", b"1"),
        request.get_headers().delete("a"),
        own.append("A", b"1"),
        Fields::from_list(&[("transfer-encoding".to_owned(), b"chunked".to_vec())]).map(drop),
    ];
    let names = results.map(|result| match result {
        Ok(()) => "ok",
        Err(HeaderError::InvalidSyntax) => "syntax",
        Err(HeaderError::Forbidden) => "forbidden",
        Err(HeaderError::Immutable) => "immutable",
        Err(HeaderError::SizeExceeded) => "size",
        Err(HeaderError::Other(_)) => "other",
    });
    assert!(matches!(own.append("large", &vec![b'x'; 1 << 20]), Err(HeaderError::SizeExceeded)));
    let copy = request.get_headers().clone();
    copy.append("a", b"2").unwrap();
    assert_eq!(copy.get_and_delete("A").unwrap().last().unwrap(), b"2");
    copy.append("a", b"3").unwrap();
    format!("{} {:?} {}\n", names.join(" "), own.copy_all(), copy.has("A"))
}

/// The changes of options that succeed and fail.
fn options() -> String {
    let options = RequestOptions::new();
    assert_eq!(options.get_connect_timeout(), None);
    options.set_connect_timeout(Some(7)).unwrap();
    let (_trailers, reader) = wit_future::new(|| Ok(None));
    let (request, _) = Request::new(Fields::new(), None, reader, Some(options));
    let options = request.get_options().unwrap();
    assert_eq!(options.get_connect_timeout(), Some(7));
    assert!(matches!(options.set_first_byte_timeout(Some(1)), Err(RequestOptionsError::Immutable)));
    let copy = options.clone();
    copy.set_first_byte_timeout(Some(1)).unwrap();
    assert_eq!((copy.get_connect_timeout(), copy.get_first_byte_timeout()), (Some(7), Some(1)));
    let refused = [
        request.set_authority(Some("a b")),
        request.set_authority(Some("there:99999")),
        request.set_path_with_query(Some("/\n")),
        request.set_scheme(Some(&Scheme::Other("a b".to_owned()))),
        request.set_method(&Method::Other("a b".to_owned())),
    ];
    assert!(refused.iter().all(Result::is_err));
    assert!(matches!(request.get_method(), Method::Get) && request.get_authority().is_none());
    "done\n".to_owned()
}

/// A request that is read by its own maker, and one that is dropped.
async fn own() -> String {
    let (mut contents, reader) = wit_stream::new();
    let (trailers, trailers_reader) = wit_future::new(|| Ok(None));
    let (request, transmitted) = Request::new(Fields::new(), Some(reader), trailers_reader, None);
    let headers = request.get_headers();
    let (result, result_reader) = wit_future::new(|| Ok(()));
    let (came, ended) = Request::consume_body(request, result_reader);
    witwright::spawn(async move {
        contents.write_all(b"of its ".to_vec()).await;
        let mut contents = contents.into_sink();
        for byte in *b"own" {
            contents.feed(byte).await.unwrap();
        }
        SinkExt::close(&mut contents).await.unwrap();
        let sent = Fields::from_list(&[("x-own".to_owned(), b"1".to_vec())]).unwrap();
        let _ = trailers.write(Ok(Some(sent))).await;
    });
    let mut bytes = Vec::new();
    let mut came = came.into_stream();
    bytes.extend(came.next().await);
    came.read_to_end(&mut bytes).await.unwrap();
    let ended = ended.await.unwrap().unwrap();
    let _ = result.write(Err(ErrorCode::LoopDetected)).await;
    let told = transmitted.await;
    // Bytes that it has sent before stay.
    assert!(headers.copy_all().is_empty());

    let (_trailers, reader) = wit_future::new(|| Ok(None));
    let (dropped, transmitted) = Request::new(Fields::new(), None, reader, None);
    drop(dropped);
    format!("{} {} {told:?} {:?}\n", String::from_utf8_lossy(&bytes), ended.has("x-own"), transmitted.await)
}

/// Requests to the server `authority`, with contents that are shorter and longer than their `content-length`: the outcomes.
async fn lengths(authority: &str) -> String {
    let mut texts = Vec::new();
    for bytes in [3, 8] {
        let headers = Fields::from_list(&[("content-length".to_owned(), b"5".to_vec())]).unwrap();
        let (mut contents, reader) = wit_stream::new();
        let (trailers, trailers_reader) = wit_future::new(|| Ok(None));
        let (request, transmitted) = Request::new(headers, Some(reader), trailers_reader, None);
        request.set_scheme(Some(&Scheme::Http)).unwrap();
        request.set_authority(Some(authority)).unwrap();
        request.set_path_with_query(Some("/echo")).unwrap();
        witwright::spawn(async move {
            contents.write_all(vec![b'x'; bytes]).await;
            drop(contents);
            let _ = trailers.write(Ok(None)).await;
        });
        let sent = client::send(request).await.map(drop);
        texts.push(format!("{:?} {:?}", sent, transmitted.await));
    }
    format!("{}\n", texts.join(" "))
}

/// A response that is shorter than it says.
fn short() -> Response {
    let headers = Fields::from_list(&[("content-length".to_owned(), b"5".to_vec())]).unwrap();
    let (response, mut contents, _trailers) = respond(200, headers);
    witwright::spawn(async move {
        contents.write_all(b"abc".to_vec()).await;
    });
    response
}

/// Sends a request on: `query` is its scheme, authority and path. Returns a line about the response.
async fn fetch(request: Request, query: &str) -> String {
    match forward(request, query).await {
        Ok(text) => text,
        Err(code) => format!("failed: {code:?}\n"),
    }
}

async fn forward(request: Request, query: &str) -> Result<String, ErrorCode> {
    let method = request.get_method();
    let (contents, trailers) = consume(request);
    let headers = Fields::new();
    headers.append("X-Sent", b"by the guest").unwrap();
    let options = RequestOptions::new();
    options.set_connect_timeout(Some(5_000_000_000)).unwrap();
    options.set_first_byte_timeout(Some(200_000_000)).unwrap();
    options.set_between_bytes_timeout(Some(200_000_000)).unwrap();
    let (sent, transmitted) = Request::new(headers, Some(contents), trailers, Some(options));
    sent.set_method(&method).unwrap();
    if !address(&sent, query) {
        return Ok("no authority\n".to_owned());
    }
    let response = client::send(sent).await?;
    let status = response.get_status_code();
    let (_, reader) = wit_future::new(|| Ok(()));
    let (contents, trailers) = Response::consume_body(response, reader);
    let mut text = String::from_utf8_lossy(&contents.collect().await).into_owned();
    match trailers.await {
        Ok(trailers) => {
            for (name, value) in trailers.iter().flat_map(Fields::copy_all) {
                text.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(&value)));
            }
        }
        Err(code) => text.push_str(&format!(" then Some({code:?})")),
    }
    assert!(transmitted.await.is_ok());
    Ok(format!("{status} {text}"))
}

/// Sets where a request goes. `false` if that is nowhere.
fn address(request: &Request, target: &str) -> bool {
    let (scheme, rest) = target.split_once("://").unwrap();
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let scheme = match scheme {
        "http" => Scheme::Http,
        "https" => Scheme::Https,
        other => Scheme::Other(other.to_owned()),
    };
    request.set_scheme(Some(&scheme)).unwrap();
    request.set_path_with_query(Some(&format!("/{path}"))).unwrap();
    request.set_authority(Some(authority)).is_ok()
}

/// Sends the request itself on, and gives back the response itself.
async fn middleware(request: Request, query: &str) -> Result<Response, ErrorCode> {
    address(&request, query);
    handler::handle(request).await
}

async fn proxy(request: Request, query: &str) -> Result<Response, ErrorCode> {
    address(&request, query);
    client::send(request).await
}

/// A body of which most comes later.
fn later() -> Response {
    let (response, mut contents, trailers) = respond(200, Fields::from_list(&[("trailer".to_owned(), b"x-end".to_vec())]).unwrap());
    witwright::spawn(async move {
        for text in ["one,", "two,", "three"] {
            contents.write_all(text.as_bytes().to_vec()).await;
            monotonic_clock::wait_for(10_000_000).await;
        }
        drop(contents);
        let end = Fields::from_list(&[("x-end".to_owned(), b"yes".to_vec())]).unwrap();
        let _ = trailers.write(Ok(Some(end))).await;
    });
    response
}

/// A body that is begun, and broken off.
fn unfinished() -> Response {
    let (response, mut contents, trailers) = respond(200, Fields::new());
    witwright::spawn(async move {
        contents.write_all(b"a beginning".to_vec()).await;
        drop(contents);
        let _ = trailers.write(Err(ErrorCode::InternalError(None))).await;
    });
    response
}

bindings::export!(Service with_types_in bindings);
