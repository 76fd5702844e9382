//! Async calls, tasks and streams, on each engine, beside wasmtime's component runtime with its support for async.

mod components;
mod ours;
mod peer;

use std::env;
use std::process::Command;

use witwright_host::{CoreEngine, wasmi, wasmtime};

use crate::report::{Beside, Row};
use crate::work::{Way, Work, measure};

/// The number of calls, or of elements, in a round.
const COUNT: u32 = 20_000;

/// The number of tasks that wait at the same time.
const TASKS: u32 = 10_000;

/// The bytes that go through a stream in a round.
const BYTES: u32 = 64 << 20;

/// The state of the stores.
#[derive(Default)]
struct Host {
    /// Whether its functions that wait never return.
    holds: bool,
}

/// Is ready when it is polled again, or never.
async fn later(holds: bool) {
    if holds {
        core::future::pending::<()>().await;
    }
    futures_lite::future::yield_now().await;
}

pub(crate) fn run() -> Vec<Row> {
    let mut rows = Vec::new();
    work("wasmi", &wasmi::Engine::default(), false, &mut rows);
    work("wasmtime", &wasmtime::Engine::default(), true, &mut rows);
    rows.extend(["wasmi", "wasmtime"].map(parked_row));
    rows
}

/// Measures all on one engine. The peer runs on one of them only.
fn work<E: CoreEngine>(engine: &'static str, ours: &E, has_peer: bool, rows: &mut Vec<Row>) {
    let mut measured = |name: &str, count, ours, theirs: &dyn Fn() -> Way, floor| {
        let peer = has_peer.then(|| ("wasmtime::component", theirs()));
        rows.push(measure(Work { name: name.into(), engine, count, ours, floor, peer }));
    };
    measured("host → guest, ready", COUNT, ours::call(ours, "ready"), &|| peer::call("ready"), None);
    measured("host → guest, pending", COUNT, ours::call(ours, "yielding"), &|| peer::call("yielding"), None);
    measured("guest → host, ready", COUNT, ours::repeat(ours, "repeat-now"), &|| peer::repeat("repeat-now"), None);
    measured(
        "guest → host, pending",
        COUNT,
        ours::repeat(ours, "repeat-later"),
        &|| peer::repeat("repeat-later"),
        None,
    );
    measured("a task of 10 000", TASKS, ours::tasks(ours), &peer::tasks, None);
    for (size, name) in [(64 << 10, "64 KiB"), (1 << 20, "1 MiB")] {
        let count = BYTES / size;
        let floor = || Some(("copying", copy(size)));
        measured(
            &format!("{name} of bytes, guest → host"),
            count,
            ours::receive_bytes(ours, size),
            &|| peer::read_bytes(size),
            floor(),
        );
        measured(
            &format!("{name} of bytes, host → guest"),
            count,
            ours::write_bytes(ours, size),
            &|| peer::write_bytes(size),
            floor(),
        );
    }
    measured("one u32, guest → host", COUNT, ours::receive_words(ours), &peer::read_words, None);
    // The peer's host does not wait for elements, and fills the guest's memory: it gives a consumer and a producer.
    let mut alone = |name: &str, count, ours| {
        rows.push(measure(Work { name: name.into(), engine, count, ours, floor: None, peer: None }));
    };
    alone("one u32 that the host awaits, guest → host", COUNT, ours::read_words(ours));
    let (size, count) = (64 << 10, BYTES / (64 << 10));
    alone("64 KiB of bytes that the host awaits, guest → host", count, ours::read_bytes(ours, size));
    alone("64 KiB of bytes that the host fills, host → guest", count, ours::fill_bytes(ours, size));
}

/// Copies a block, the given number of times.
fn copy(size: u32) -> Way {
    let from = vec![7_u8; size as usize];
    let mut to = vec![0_u8; size as usize];
    Box::new(move |count| {
        for _ in 0..count {
            core::hint::black_box(&mut to).copy_from_slice(core::hint::black_box(&from));
        }
    })
}

/// The memory of a task that waits, measured by a second program that counts allocations.
fn parked_row(engine: &'static str) -> Row {
    let peer = (engine == "wasmtime").then(|| Beside { name: "wasmtime::component", value: parked_in("peer") });
    let name = format!("memory of a task that waits on {engine}");
    Row { name, engine: Some(engine), ours: parked_in(engine), unit: "B", peer, floor: None }
}

fn parked_in(who: &str) -> f64 {
    let program = env::current_exe().expect("a running program has a path");
    let program = program.with_file_name(format!("witwright-parked-memory{}", env::consts::EXE_SUFFIX));
    let output = Command::new(&program).arg(who).output();
    let output = output.unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
    let bytes = String::from_utf8_lossy(&output.stdout).trim().parse::<f64>();
    bytes.expect("the program prints a number")
}

/// The bytes that a waiting task has allocated, on an engine or in the peer's runtime; `None` if `who` is neither.
#[must_use]
pub fn parked(who: &str, usage: fn() -> usize) -> Option<f64> {
    let bytes = match who {
        "wasmi" => ours::parked(&wasmi::Engine::default(), TASKS, usage),
        "wasmtime" => ours::parked(&wasmtime::Engine::default(), TASKS, usage),
        "peer" => peer::parked(TASKS, usage),
        _ => return None,
    };
    Some(bytes as f64 / f64::from(TASKS))
}
