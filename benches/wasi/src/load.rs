//! Clients of a server, each with one connection that is kept alive.

use core::net::SocketAddr;
use core::time::Duration;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Instant;

const REQUEST: &[u8] = b"GET /hello HTTP/1.1\r\nHost: bench\r\n\r\n";

/// The end of a response, whether its body has a length or comes in chunks.
const ENDS: [&[u8]; 2] = [b"\r\n\r\nhello\n", b"\r\n6\r\nhello\n\r\n0\r\n\r\n"];

/// The times that requests took.
pub(crate) struct Latencies {
    /// The time of all, divided by their number.
    pub(crate) each: Duration,
    pub(crate) median: Duration,
    /// The time that one request of a hundred exceeded.
    pub(crate) hundredth: Duration,
}

/// Sends requests, one after the other on each connection.
pub(crate) fn send(address: SocketAddr, connections: usize, requests: usize) -> Latencies {
    let start = Instant::now();
    let mut times: Vec<Duration> = thread::scope(|scope| {
        let clients: Vec<_> =
            (0..connections).map(|_| scope.spawn(|| client(address, requests / connections))).collect();
        clients.into_iter().flat_map(|client| client.join().expect("a client ends")).collect()
    });
    let each = start.elapsed() / u32::try_from(times.len()).expect("few requests");
    times.sort_unstable();
    Latencies { each, median: times[times.len() / 2], hundredth: times[times.len() * 99 / 100] }
}

fn client(address: SocketAddr, requests: usize) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_nodelay(true).expect("TCP has the option");
    (0..requests).map(|_| request(&mut stream)).collect()
}

fn request(stream: &mut TcpStream) -> Duration {
    let start = Instant::now();
    stream.write_all(REQUEST).expect("the connection is open");
    let mut response = Vec::with_capacity(512);
    let mut bytes = [0; 512];
    while !ENDS.iter().any(|end| response.ends_with(end)) {
        let count = stream.read(&mut bytes).expect("the connection is open");
        assert!(count > 0, "the server ended the connection after {:?}", String::from_utf8_lossy(&response));
        response.extend_from_slice(&bytes[..count]);
    }
    assert!(response.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&response));
    start.elapsed()
}
