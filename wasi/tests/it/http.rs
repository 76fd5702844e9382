//! Services of `wasi:http/proxy` 0.2 and `wasi:http/service` 0.3 in our host, on each engine: their responses, their own requests, and
//! hostile guests, clients and servers. Each request to them is written out, as is each response that their requests get.

mod upstream;

use core::net::SocketAddr;
use core::time::Duration;
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::thread;
use std::time::Instant;

use witwright_host::{Component, CoreEngine, Linker, Store};
use witwright_wasi::http::{Exchange, Server, ServerOptions};
use witwright_wasi::{WasiCtx, WasiCtxBuilder, WasiState, WasiView as _, p2, p3};
use xtask::guests::{self, Target};
use xtask::toolchain;

use self::upstream::upstream;

/// A version of WASI.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Version {
    P2,
    P3,
}

/// A server whose guest is `tests/guests/service`, or `service-p3`, and the errors in it.
struct Serving {
    version: Version,
    address: SocketAddr,
    errors: Arc<Mutex<Vec<String>>>,
}

/// Runs a test with a server of each version on each engine.
fn serve(options: ServerOptions, grant: impl Fn(&mut WasiCtxBuilder) + Sync, test: impl Fn(&Serving)) {
    // Compiling it takes longer than all of a test.
    #[cfg(feature = "wasmi")]
    {
        use witwright_host::wasmi::Engine;
        static LOADED: OnceLock<Loaded<Engine>> = OnceLock::new();
        serve_on(LOADED.get_or_init(|| load(Engine::default())), options, &grant, &test);
    }
    #[cfg(feature = "wasmtime")]
    {
        use witwright_host::wasmtime::Engine;
        static LOADED: OnceLock<Loaded<Engine>> = OnceLock::new();
        serve_on(LOADED.get_or_init(|| load(Engine::default())), options, &grant, &test);
    }
}

/// An engine, and the services compiled by it.
type Loaded<E> = (E, [(Version, Component<E>); 2]);

fn load<E: CoreEngine>(engine: E) -> Loaded<E> {
    let services = [(Version::P2, "service"), (Version::P3, "service-p3")].map(|(version, package)| {
        let built = toolchain::ensure()
            .and_then(|toolchain| guests::build(&toolchain, &guests::workspace(), package, Target::Wasip2));
        let bytes = fs::read(built.unwrap_or_else(|failure| panic!("{failure}"))).unwrap();
        (version, Component::new(&engine, &bytes).unwrap())
    });
    (engine, services)
}

fn serve_on<E: CoreEngine>(
    (engine, services): &Loaded<E>,
    options: ServerOptions,
    grant: &(impl Fn(&mut WasiCtxBuilder) + Sync),
    test: &impl Fn(&Serving),
) {
    for (version, component) in services {
        serve_version((engine, *version, component), options, grant, test);
    }
}

fn serve_version<E: CoreEngine>(
    (engine, version, component): (&E, Version, &Component<E>),
    options: ServerOptions,
    grant: &(impl Fn(&mut WasiCtxBuilder) + Sync),
    test: &impl Fn(&Serving),
) {
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker).unwrap();
    p2::http::add_to_linker(&mut linker).unwrap();
    p3::add_to_linker(&mut linker).unwrap();
    p3::http::add_to_linker(&mut linker).unwrap();
    let pre = linker.instantiate_pre(component).unwrap();
    let server = Server::bind("127.0.0.1:0".parse().unwrap(), options).unwrap();
    let serving = Serving { version, address: server.local_addr().unwrap(), errors: Arc::default() };
    let (stop, errors) = (server.stop(), serving.errors.clone());
    let answer = |exchange: Exchange| {
        let mut builder = WasiCtx::builder();
        grant(&mut builder);
        let mut store = Store::new(engine, WasiState::new(builder.build()));
        let instance = pre.instantiate(&mut store).unwrap();
        let answered = match version {
            Version::P2 => p2::http::Proxy::new(&mut store, &instance).unwrap().answer(&mut store, exchange),
            Version::P3 => p3::http::Service::new(&mut store, &instance).unwrap().answer(&mut store, exchange),
        };
        if let Err(error) = answered {
            errors.lock().unwrap().push(error.to_string());
        }
    };
    thread::scope(|scope| {
        let server = scope.spawn(|| server.serve(|| answer));
        let outcome = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| test(&serving)));
        stop.stop();
        server.join().unwrap();
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}

impl Serving {
    /// Sends a text as it is, and reads until the connection ends.
    fn send(&self, text: &str) -> String {
        let mut stream = self.connect(text);
        let mut response = Vec::new();
        // A connection that is broken off may end with an error: what came before counts.
        let _ = stream.read_to_end(&mut response);
        String::from_utf8_lossy(&response).into_owned()
    }

    fn connect(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    /// The status and the body of the response to a GET.
    fn get(&self, path: &str) -> (u16, String) {
        parts(&self.send(&format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")))
    }

    /// The errors of guests so far. The last may still be on its way when its response is here.
    fn errors(&self, count: usize) -> Vec<String> {
        let start = Instant::now();
        loop {
            let errors = self.errors.lock().unwrap().clone();
            if errors.len() >= count || start.elapsed() > Duration::from_secs(20) {
                return errors;
            }
            thread::yield_now();
        }
    }
}

/// The status of a response, and its body as it was sent.
fn parts(response: &str) -> (u16, String) {
    let (head, body) = response.split_once("\r\n\r\n").unwrap_or((response, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or_else(|| panic!("no status in {response:?}")), body.to_owned())
}

fn everything(builder: &mut WasiCtxBuilder) {
    builder.allow_outgoing_requests();
}

fn quick() -> ServerOptions {
    let mut options = ServerOptions::default();
    options.timeout = Duration::from_millis(300);
    options.concurrency = 2;
    options
}

#[test]
fn requests_are_answered() {
    serve(ServerOptions::default(), everything, |serving| {
        let (status, body) = serving.get("/hello");
        assert_eq!(status, 200);
        assert!(body.contains("hello\n"), "{body}");
        assert_eq!(serving.get("/nothing").0, 404);
        assert_eq!(serving.get("/refuse").0, 403);
        for hosts in ["", "Host: a\r\nHost: b\r\n", "Host: a b\r\n"] {
            assert_eq!(
                parts(&serving.send(&format!("GET /hello HTTP/1.1\r\nConnection: close\r\n{hosts}\r\n"))).0,
                400,
                "{hosts}"
            );
        }
        let about = serving.send(
            "PURGE /about?a=b HTTP/1.1\r\nHost: there:81\r\nX-One: 1\r\nKeep-Alive: 5\r\nx-one: 2\r\nConnection: close\r\n\r\n",
        );
        let expected = "other PURGE Some(true) Some(\"there:81\") Some(\"/about?a=b\") x-one=1,x-one=2\n";
        assert!(about.contains(expected), "{about}");
        assert!(serving.errors(0).is_empty());
    });
}

#[test]
fn a_connection_is_kept() {
    serve(ServerOptions::default(), everything, |serving| {
        let request = "GET /count HTTP/1.1\r\nHost: test\r\n\r\n";
        let responses = serving
            .send(&format!("{request}{request}{}", request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")));
        assert_eq!(responses.matches("200 OK").count(), 3, "{responses}");
    });
}

#[test]
fn bodies_and_trailers_are_echoed() {
    serve(ServerOptions::default(), everything, |serving| {
        let request = "POST /echo HTTP/1.1\r\nHost: test\r\nX-Echo: 1\r\nTE: trailers\r\nTrailer: x-more\r\n\
                       Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nx-more: yes\r\n\r\n";
        let response = serving.send(request);
        assert!(response.contains("x-echo: 1\r\n"), "{response}");
        assert!(response.contains("abc") && response.contains("de"), "{response}");
        assert!(response.contains("x-sum: 495\r\n") && response.contains("x-more: yes\r\n"), "{response}");
        let long = "x".repeat(1 << 20);
        let response =
            serving.send(&format!("POST /echo HTTP/1.0\r\nHost: test\r\nContent-Length: {}\r\n\r\n{long}", long.len()));
        assert!(parts(&response).1 == long, "{} bytes", response.len());
        assert_eq!(serving.errors(0), [""; 0]);
    });
}

#[test]
fn a_response_reaches_its_client_piece_by_piece() {
    serve(ServerOptions::default(), everything, |serving| {
        // The guest answers before it reads, and waits for each piece of the request; the client sends none before it has received
        // all that the guest wrote.
        let mut stream = serving
            .connect("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        let mut received = String::new();
        for (expected, next) in [("\r\n\r\n", "3\r\n<1>\r\n"), ("<1>", "3\r\n<2>\r\n"), ("<2>", "0\r\n\r\n")] {
            while !received.contains(expected) {
                let mut bytes = [0; 512];
                let count = stream.read(&mut bytes).unwrap();
                assert!(count > 0, "{received:?} is all");
                received.push_str(core::str::from_utf8(&bytes[..count]).unwrap());
            }
            stream.write_all(next.as_bytes()).unwrap();
        }
        stream.read_to_string(&mut received).unwrap();
        assert!(received.ends_with("0\r\n\r\n"), "{received:?}");
        assert_eq!(serving.errors(0), [""; 0]);
    });
}

#[test]
fn fields_and_lengths_keep_their_rules() {
    serve(ServerOptions::default(), everything, |serving| {
        let (_, body) = serving.get("/fields");
        let expected = "syntax syntax forbidden forbidden immutable immutable ok forbidden [(\"A\", [49])] true\n";
        assert!(body.contains(expected), "{body} {:?}", serving.errors(0));
        if serving.version == Version::P3 {
            return;
        }
        let (_, body) = serving.get("/lengths");
        let expected = "Err(ErrorCode::HttpRequestBodySize(Some(3))) Some(ErrorCode::HttpRequestBodySize(Some(8))) \
                        Err(ErrorCode::HttpRequestBodySize(Some(8))) true\n";
        assert!(body.contains(expected), "{body}");
    });
}

#[test]
fn guests_that_do_not_answer_are_answered_for() {
    serve(ServerOptions::default(), everything, |serving| {
        assert_eq!(serving.get("/drop").0, 500);
        assert_eq!(serving.get("/keep").0, 500);
        assert!(serving.errors(0).is_empty());
        assert_eq!(serving.get("/trap").0, 500);
        assert_eq!(serving.errors(1).len(), 1);
        let mut count = 2;
        if serving.version == Version::P2 {
            assert_eq!(serving.get("/orphan").0, 500);
            let errors = serving.errors(2);
            assert!(errors[1].contains("the resource has children that were not dropped"), "{errors:?}");
            count = 3;
        }
        // A body that is not finished is broken off: the chunk that says its end never comes.
        let (status, body) = serving.get("/unfinished");
        assert_eq!(status, 200);
        assert!(!body.contains("\r\n0\r\n"), "{body:?}");
        assert!(serving.get("/trap-late").1.contains("an answer"));
        assert_eq!(serving.errors(count).len(), count);
        // And the server serves on.
        assert_eq!(serving.get("/hello").0, 200);
    });
}

#[test]
fn a_guest_that_waits_too_long_ends() {
    serve(quick(), everything, |serving| {
        assert_eq!(serving.get("/wait").0, 504);
        assert_eq!(serving.get("/wait").0, 504);
        let errors = serving.errors(2);
        assert!(errors.iter().all(|error| error.contains("interrupted while it waited")), "{errors:?}");
        assert_eq!(serving.get("/hello").0, 200);
        // A client that does not send what it has begun is the same to the guest.
        let stalled = "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nabc";
        assert!(!serving.send(stalled).contains("\r\n0\r\n"));
        assert_eq!(serving.errors(3).len(), 3);
    });
}

#[test]
fn a_guest_makes_many_resources() {
    serve(ServerOptions::default(), everything, |serving| {
        if serving.version == Version::P2 {
            assert_eq!(serving.get("/resources?100000").0, 200);
        }
    });
}

#[test]
fn a_request_waits_for_a_guest_that_is_free() {
    let mut options = quick();
    options.concurrency = 1;
    let server = Server::bind("127.0.0.1:0".parse().unwrap(), options).unwrap();
    let serving = Serving { version: Version::P2, address: server.local_addr().unwrap(), errors: Arc::default() };
    let stop = server.stop();
    // The only worker has a request until all others have been answered.
    let (busy, is_busy) = mpsc::channel();
    let (free, is_free) = mpsc::channel::<()>();
    let is_free = Mutex::new(is_free);
    let worker = |exchange: Exchange| {
        busy.send(()).unwrap();
        let _ = is_free.lock().unwrap().recv();
        drop(exchange);
    };
    let statuses = thread::scope(|scope| {
        scope.spawn(|| server.serve(|| worker));
        let get = || scope.spawn(|| serving.get("/").0);
        let first = get();
        is_busy.recv().unwrap();
        let others: Vec<_> = (0..4).map(|_| get()).collect();
        let mut statuses: Vec<u16> = others.into_iter().chain([first]).map(|thread| thread.join().unwrap()).collect();
        drop(free);
        stop.stop();
        statuses.sort_unstable();
        statuses
    });
    assert_eq!(statuses, [503, 503, 503, 503, 504]);
}

#[test]
fn what_is_too_large_is_refused() {
    let mut options = ServerOptions::default();
    options.body_bytes = 1000;
    options.header_bytes = 8192;
    serve(options, everything, |serving| {
        let post = |framing: &str| format!("POST /echo HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{framing}");
        let response = serving.send(&post("Content-Length: 1001\r\n\r\n"));
        assert_eq!(parts(&response).0, 413);
        let chunk = format!("258\r\n{}\r\n", "x".repeat(600));
        let response = serving.send(&post(&format!("Transfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n")));
        assert!(!response.contains("\r\n0\r\n"), "{response}");
        let response = serving.send(&format!("GET /hello HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(20_000)));
        assert_eq!(parts(&response).0, 431);
        let many: String = (0..300).map(|n| format!("x{n}: 1\r\n")).collect();
        assert_eq!(parts(&serving.send(&format!("GET /hello HTTP/1.1\r\n{many}\r\n"))).0, 431);
        assert_eq!(parts(&serving.send("no HTTP at all\r\n\r\n")).0, 400);
        // The response comes whole, although the client sends on.
        let large = "x".repeat(1 << 20);
        let response = serving.send(&post(&format!("Content-Length: {}\r\n\r\n{large}", large.len())));
        assert_eq!(parts(&response).0, 413);
        assert_eq!(parts(&serving.send(&format!("GET /{large} HTTP/1.1\r\n\r\n"))).0, 431);
        assert_eq!(parts(&serving.send(&format!("GET / HTTP/1.1\r\nX: {large}\r\n\r\n"))).0, 431);
        assert_eq!(serving.get("/hello").0, 200);
    });
}

/// An instance that answers many requests might keep them all.
#[cfg(feature = "wasmi")]
#[test]
fn the_fields_of_all_requests_have_a_limit_together() {
    let (sender, exchanges) = mpsc::channel::<Exchange>();
    let server = Server::bind("127.0.0.1:0".parse().unwrap(), ServerOptions::default()).unwrap();
    let (address, stop) = (server.local_addr().unwrap(), server.stop());
    let server = thread::spawn(move || {
        server.serve(|| {
            let sender = sender.clone();
            move |exchange| sender.send(exchange).unwrap()
        });
    });
    let engine = witwright_host::wasmi::Engine::default();
    let mut store = Store::new(&engine, WasiState::new(WasiCtx::builder().build()));
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: a\r\nLong: {}\r\n\r\n", "x".repeat(60 << 10));
    let mut kept = Vec::new();
    let error = loop {
        stream.write_all(request.as_bytes()).unwrap();
        let Exchange { request, reply, .. } = exchanges.recv().unwrap();
        drop(reply);
        let mut response = [0; 512];
        assert!(stream.read(&mut response).unwrap() > 0);
        match store.data_mut().wasi().new_incoming_request(request) {
            Ok(request) => kept.push(request),
            Err(error) => break error.to_string(),
        }
    };
    assert!((1000..1100).contains(&kept.len()), "64 MiB of 60 KiB each: {}", kept.len());
    assert!(error.contains("more than 64 MiB together"), "{error}");
    drop(stream);
    stop.stop();
    server.join().unwrap();
}

#[test]
fn a_client_that_leaves_ends_the_writing() {
    let mut options = ServerOptions::default();
    options.concurrency = 1;
    serve(options, everything, |serving| {
        let mut stream = serving.connect("GET /zeroes?1000000000000 HTTP/1.1\r\nHost: test\r\n\r\n");
        stream.read_exact(&mut [0; 1000]).unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
        drop(stream);
        // The only guest is free again, since its writes fail.
        assert_eq!(serving.get("/hello").0, 200);
        assert!(serving.errors(0).is_empty());
    });
}

#[test]
fn requests_are_sent_where_it_is_allowed() {
    let upstream = upstream();
    let address = upstream.address;
    let fetch = |serving: &Serving, target: &str| serving.get(&format!("/fetch?{target}")).1;
    serve(
        ServerOptions::default(),
        |builder| {
            builder.outgoing_request_check(move |to| to.host == "127.0.0.1" && to.port == address.port() && !to.tls);
        },
        |serving| {
            let ok = fetch(serving, &format!("http://{address}/ok"));
            assert!(ok.contains("200 hi"), "{ok}");
            let denied = "failed: ErrorCode::HttpRequestDenied";
            for target in ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", &format!("https://{address}/")]
            {
                let failed = fetch(serving, target);
                assert!(failed.contains(denied), "{target}: {failed}");
            }
        },
    );
    let fetched = |serving: &Serving, path: &str| fetch(serving, &format!("http://{address}/{path}"));
    serve(
        ServerOptions::default(),
        |_| (),
        |serving| {
            assert!(fetched(serving, "ok").contains("HttpRequestDenied"));
        },
    );
    let engines = usize::from(cfg!(feature = "wasmi")) + usize::from(cfg!(feature = "wasmtime"));
    assert_eq!(upstream.requests().len(), 2 * engines, "one of each version");
    let request = &upstream.requests()[0];
    assert!(request.starts_with("GET /ok HTTP/1.1\r\n"), "{request}");
    assert!(
        request.contains(&format!("host: {address}\r\n")) && request.contains("x-sent: by the guest\r\n"),
        "{request}"
    );
}

#[test]
fn bodies_are_sent_and_received() {
    let upstream = upstream();
    let address = upstream.address;
    serve(ServerOptions::default(), everything, |serving| {
        let response = serving.send(&format!(
            "POST /fetch?http://{address}/echo HTTP/1.1\r\nHost: test\r\nContent-Length: 11\r\nConnection: close\r\n\r\nsome bytes."
        ));
        assert!(response.contains("some bytes."), "{response}");
        let trailers = serving.get(&format!("/fetch?http://{address}/trailers")).1;
        assert!(trailers.contains("200 abcx-end: yes\n"), "{trailers}");
    });
}

#[test]
fn what_servers_do_wrong_has_its_code() {
    let upstream = upstream();
    let address = upstream.address;
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    serve(ServerOptions::default(), everything, |serving| {
        let cases = [
            (format!("http://{gone}/"), "failed: ErrorCode::ConnectionRefused"),
            (format!("http://{address}/silent"), "failed: ErrorCode::ConnectionReadTimeout"),
            (format!("http://{address}/stall"), "200 abc then Some(ErrorCode::ConnectionReadTimeout)"),
            (format!("http://{address}/cut"), "200 abc then Some(ErrorCode::HttpResponseIncomplete)"),
            (format!("http://{address}/hang-up"), "failed: ErrorCode::HttpResponseIncomplete"),
            (format!("http://{address}/garbage"), "failed: ErrorCode::HttpProtocolError"),
            (format!("http://{address}/huge"), "failed: ErrorCode::HttpResponseHeaderSectionSize(None)"),
            (format!("ftp://{address}/"), "failed: ErrorCode::HttpProtocolError"),
            (
                format!("https://{address}/"),
                if cfg!(feature = "tls") { "failed: ErrorCode::TlsProtocolError" } else { "needs the feature" },
            ),
            (
                "http://127.0.0.1:99999/".to_owned(),
                if serving.version == Version::P2 { "failed: ErrorCode::DnsError" } else { "no authority" },
            ),
        ];
        for (target, expected) in cases {
            let (status, body) = serving.get(&format!("/fetch?{target}"));
            assert!(status == 200 && body.contains(expected), "{target}: {status} {body}");
        }
    });
}

#[test]
fn what_only_the_next_version_has() {
    let upstream = upstream();
    let address = upstream.address;
    serve(ServerOptions::default(), everything, |serving| {
        if serving.version == Version::P2 {
            return;
        }
        // Bodies that are passed on as they came, with their trailers.
        let response = serving.send(
            "POST /pass HTTP/1.1\r\nHost: test\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
             3\r\nabc\r\n2\r\nde\r\n0\r\nx-more: yes\r\n\r\n",
        );
        assert!(response.contains("abc") && response.contains("x-more: yes\r\n"), "{response}");
        // A middleware that no service is composed with forwards by the network.
        for path in ["proxy", "forward"] {
            let (status, body) = serving.get(&format!("/{path}?http://{address}/ok"));
            assert_eq!((status, body.as_str()), (200, "hi"));
        }
        let posted = serving.send(&format!(
            "POST /proxy?http://{address}/echo HTTP/1.1\r\nHost: test\r\nX-One: 1\r\nContent-Length: 11\r\nConnection: close\r\n\r\nsome bytes."
        ));
        assert!(posted.contains("x-one: 1\r\n") && posted.contains("some bytes."), "{posted}");
        assert_eq!(serving.get("/proxy?http://127.0.0.1:1/").0, 502);

        let later = "GET /later HTTP/1.1\r\nHost: test\r\nTE: trailers\r\nConnection: close\r\n\r\n";
        let later = serving.send(later);
        assert!(later.contains("one,") && later.contains("three") && later.contains("x-end: yes"), "{later}");
        assert!(serving.get("/short").1.len() < 5);
        assert!(serving.get("/options").1.contains("done"), "{:?}", serving.errors(0));
        let (_, own) = serving.get("/own");
        assert!(own.contains("of its own true Err(ErrorCode::LoopDetected) Ok(())\n"), "{own} {:?}", serving.errors(0));
        let (_, lengths) = serving.get(&format!("/lengths?{address}"));
        let [short, long] = [3, 8].map(|bytes| format!("Err(ErrorCode::HttpRequestBodySize(Some({bytes})))"));
        assert!(lengths.contains(&format!("{short} {short} {long} {long}\n")), "{lengths}");
        assert_eq!(serving.errors(0), [""; 0]);
    });
}

#[test]
fn a_stopped_server_ends_what_it_has_begun() {
    let mut options = ServerOptions::default();
    options.grace = Duration::from_millis(200);
    let start = Instant::now();
    serve(options, everything, |serving| {
        // This guest would wait for its whole time; the server gives it the time of grace.
        let stream = serving.connect("GET /wait HTTP/1.1\r\nHost: test\r\n\r\n");
        while serving.get("/hello").0 != 200 {}
        drop(stream);
        let idle = serving.connect("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
        core::mem::forget(idle);
    });
    assert!(start.elapsed() < options.timeout, "{:?}", start.elapsed());
}
