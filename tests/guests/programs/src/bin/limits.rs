//! Meets a limit of its host, and prints how it is reported: `limits full|closed|clock|sockets`.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Error, Write};
use std::mem;
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

fn main() {
    match env::args().nth(1).as_deref() {
        Some("full") => full(),
        Some("closed") => closed(),
        Some("clock") => clock(),
        Some("sockets") => sockets(),
        _ => panic!("full, closed, clock or sockets"),
    }
}

/// Writes to a device that is full.
fn full() {
    let mut file = OpenOptions::new().write(true).open("/data/full").expect("the device is there");
    eprintln!("full: {}", words(&file.write_all(&[7; 100_000]).expect_err("it takes nothing")));
    eprintln!("again: {}", words(&file.write_all(b"7").expect_err("it takes nothing")));
}

/// Writes to its output until the output is closed.
fn closed() {
    let mut output = io::stdout().lock();
    let error = loop {
        if let Err(error) = output.write_all(b"line\n").and_then(|()| output.flush()) {
            break error;
        }
    };
    eprintln!("closed: {}", words(&error));
}

/// Reads a clock that goes back, and waits all the same.
fn clock() {
    let first = SystemTime::now();
    let back = SystemTime::now().duration_since(first).expect_err("it goes back").duration();
    let start = Instant::now();
    thread::sleep(Duration::from_millis(2));
    eprintln!("back: {back:?}, waited: {}", start.elapsed() >= Duration::from_millis(2));
}

/// Leaves sockets open, and prints their ports.
fn sockets() {
    for _ in 0..100 {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        eprintln!("{}", listener.local_addr().expect("it is bound").port());
        mem::forget(listener);
    }
}

/// The standard library has no kind for some errors; the number is WASI's.
fn words(error: &Error) -> String {
    format!("{:?} {:?}", error.kind(), error.raw_os_error())
}
