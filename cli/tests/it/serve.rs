//! `witwright serve`: a service answers, within its limits, until the server is stopped.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use xtask::guests::{self, Target};

use super::wasi::built;
use super::{adder, witwright};

/// A server that runs; it ends with this value.
pub(super) struct Serving {
    child: Child,
    err: BufReader<ChildStderr>,
    pub(super) address: String,
}

impl Serving {
    fn start(args: &[&str]) -> Serving {
        Serving::of(&service("service"), args)
    }

    pub(super) fn of(service: &str, args: &[&str]) -> Serving {
        let mut child = Command::new(env!("CARGO_BIN_EXE_witwright"))
            .args(["serve", service, "--addr", "127.0.0.1:0"])
            .args(args)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let line = line(&mut err);
        let address = line.trim().strip_prefix("serving on http://").and_then(|rest| rest.strip_suffix('/'));
        let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
        Serving { child, err, address }
    }

    /// The response to a GET: its head, an empty line, its body.
    pub(super) fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        match response.split_once("\r\n\r\n") {
            Some((head, body)) if head.contains("transfer-encoding: chunked") => {
                format!("{head}\r\n\r\n{}", unchunked(body))
            }
            _ => response,
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A body that comes in chunks, each after a line with its length.
fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let (chunk, rest) = rest.split_at(usize::from_str_radix(length, 16).unwrap());
        whole += chunk;
        body = rest.strip_prefix("\r\n").unwrap();
    }
    whole
}

fn service(package: &str) -> String {
    built(|toolchain| guests::build(toolchain, &guests::workspace(), package, Target::Wasip2))
}

fn line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    line
}

#[test]
fn each_request_has_an_instance_unless_it_is_reused() {
    for engine in ["wasmi", "wasmtime"] {
        let mut fresh = Serving::start(&["--engine", engine, "--log"]);
        assert!(fresh.get("/count").ends_with("\r\n\r\n0"));
        assert!(fresh.get("/count").ends_with("\r\n\r\n0"));
        let logged = line(&mut fresh.err);
        assert!(logged.contains(" GET /count 200 "), "{logged}");
    }
    let reused = Serving::start(&["--reuse", "2", "--concurrency", "1"]);
    let counts = [0; 4].map(|_| reused.get("/count").chars().last());
    assert_eq!(counts, [Some('0'), Some('1'), Some('0'), Some('1')]);
}

#[test]
fn limits_end_what_goes_too_far() {
    let mut serving = Serving::start(&["--timeout", "0.3", "--fuel", "20000000"]);
    assert!(serving.get("/wait").starts_with("HTTP/1.1 504 "));
    assert!(line(&mut serving.err).contains("interrupted while it waited"));
    assert!(serving.get("/spin").starts_with("HTTP/1.1 500 "));
    assert!(line(&mut serving.err).contains("fuel"));
    assert!(serving.get("/hello").ends_with("hello\n"));
    let answer = serving.get("/fetch?http://127.0.0.1:1/");
    assert!(answer.contains("HttpRequestDenied"), "{answer}");
    let allowed = Serving::start(&["--http", "127.0.0.1:1"]);
    let answer = allowed.get("/fetch?http://127.0.0.1:1/");
    assert!(answer.contains("ConnectionRefused"), "{answer}");
}

#[test]
fn a_service_of_the_next_version_is_served_within_the_same_limits() {
    let service = service("service-p3");
    for engine in ["wasmi", "wasmtime"] {
        let mut serving = Serving::of(&service, &["--engine", engine, "--timeout", "0.5", "--fuel", "20000000"]);
        assert!(serving.get("/hello").ends_with("hello\n"));
        assert!(serving.get("/count").ends_with("\r\n\r\n0"));
        assert!(serving.get("/count").ends_with("\r\n\r\n0"));
        assert!(serving.get("/wait").starts_with("HTTP/1.1 504 "));
        assert!(line(&mut serving.err).contains("interrupted while it waited"));
        assert!(serving.get("/spin").starts_with("HTTP/1.1 500 "));
        assert!(line(&mut serving.err).contains("fuel"));
        let answer = serving.get("/fetch?http://127.0.0.1:1/");
        assert!(answer.contains("HttpRequestDenied"), "{answer}");
    }
    let reused = Serving::of(&service, &["--reuse", "2", "--concurrency", "1"]);
    let counts = [0; 4].map(|_| reused.get("/count").chars().last());
    assert_eq!(counts, [Some('0'), Some('1'), Some('0'), Some('1')]);
}

#[cfg(unix)]
#[test]
fn the_server_stops_when_it_is_told_to() {
    let mut serving = Serving::start(&[]);
    assert!(serving.get("/hello").ends_with("hello\n"));
    let told = Command::new("kill").args(["-INT", &serving.child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_cannot_be_served_is_explained() {
    let ran = witwright(&["serve", &adder("no-service.wasm"), "--addr", "127.0.0.1:0"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("exports neither `wasi:http/incoming-handler` nor `wasi:http/handler`"), "{}", ran.err);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = witwright(&["serve", &service("service"), "--addr", &address]);
    assert!(ran.err.contains(&format!("cannot listen on {address}")), "{}", ran.err);
    let ran = witwright(&["serve", &service("service"), "--http", "http://example.com"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("write a server as in `example.com`"), "{}", ran.err);
}
