//! WASI beside wasmtime-wasi and wasmtime-wasi-http, in one run; `cargo xtask bench --only wasi` calls it.

mod load;
mod ours;
mod peer;

use core::net::SocketAddr;
use core::time::Duration;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use witwright_benches::report::{self, Beside, Row};
use witwright_benches::work::{Way, Work, measure};
use witwright_host::{CoreEngine, wasmi, wasmtime};
use xtask::Failure;
use xtask::guests::{self, Target};
use xtask::toolchain;

use load::Latencies;

/// The peer, in the table.
const PEER: &str = "wasmtime-wasi";

/// The bytes that go through a program, from its input to its output.
const MEBIBYTES: u32 = 64;

/// The files that a program reads, and the bytes of each.
const FILES: u32 = 10_000;
const FILE_BYTES: usize = 100;

/// The instances of a round.
const INSTANCES: u32 = 200;

/// The rounds of requests, and the requests of each.
const ROUNDS: usize = 5;
const REQUESTS: usize = 2_000;

/// A program, and the grants that its run needs.
#[derive(Clone, Default)]
struct Program {
    binary: Vec<u8>,
    input: Vec<u8>,
    folder: Option<PathBuf>,
    /// The bytes that it writes to its output; `None` if that does not matter.
    writes: Option<usize>,
}

fn main() -> ExitCode {
    match rows() {
        Ok(rows) => report::publish(&rows),
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn rows() -> Result<Vec<Row>, Failure> {
    let toolchain = toolchain::ensure()?;
    let binary = |name| {
        let path = guests::build_program(&toolchain, &guests::workspace(), "programs", name, Target::Wasip2)?;
        Ok(fs::read(path).expect("cargo wrote it"))
    };
    let hello = Program { binary: binary("hello")?, ..Program::default() };
    let input = vec![7; (MEBIBYTES as usize) << 20];
    let copy = Program { binary: binary("copy")?, writes: Some(input.len()), input, ..Program::default() };
    let folder = tempfile::tempdir().expect("a folder for files");
    for file in 0..FILES {
        fs::write(folder.path().join(file.to_string()), [7; FILE_BYTES]).expect("the folder takes files");
    }
    let read = Program { binary: binary("read_all")?, folder: Some(folder.path().into()), ..Program::default() };
    let service = guests::build(&toolchain, &guests::workspace(), "service", Target::Wasip2)?;
    let service = fs::read(service).expect("cargo wrote it");

    let mut rows = Vec::new();
    programs("wasmi", || wasmi::Engine::default(), false, [&hello, &copy, &read], &mut rows);
    programs("wasmtime", || wasmtime::Engine::default(), true, [&hello, &copy, &read], &mut rows);
    for (name, binary) in [("hello", &hello.binary), ("a service", &service)] {
        instances("wasmi", &wasmi::Engine::default(), name, binary, &mut rows);
        instances("wasmtime", &wasmtime::Engine::default(), name, binary, &mut rows);
    }
    let peer = peer::serve(&service);
    requests("wasmi", ours::serve(wasmi::Engine::default(), &service), None, &mut rows);
    requests("wasmtime", ours::serve(wasmtime::Engine::default(), &service), Some(peer), &mut rows);
    Ok(rows)
}

/// Measures the programs on one engine. The peer runs on one of them only.
fn programs<E: CoreEngine>(
    engine: &'static str,
    make: fn() -> E,
    has_peer: bool,
    [hello, copy, read]: [&Program; 3],
    rows: &mut Vec<Row>,
) {
    let mut measured = |name: &str, count, ours: Way, theirs: &dyn Fn() -> Way| {
        let peer = has_peer.then(|| (PEER, theirs()));
        rows.push(measure(Work { name: name.into(), engine, count, ours, floor: None, peer }));
    };
    measured("hello, from bytes to exit,", 1, ours::from_bytes(make, hello), &|| peer::from_bytes(hello));
    measured("hello, compiled, to exit,", 1, ours::compiled(&make(), hello), &|| peer::compiled(hello));
    measured("1 MiB of 64, stdin → stdout,", MEBIBYTES, ours::compiled(&make(), copy), &|| peer::compiled(copy));
    measured("1 file of 10 000, read,", FILES, ours::compiled(&make(), read), &|| peer::compiled(read));
}

/// Measures an instance of a component that is linked already, from its store to the end of both.
fn instances<E: CoreEngine>(engine: &'static str, ours: &E, name: &str, binary: &[u8], rows: &mut Vec<Row>) {
    let peer = (engine == "wasmtime").then(|| (PEER, peer::instances(binary)));
    let name = format!("an instance of {name},");
    rows.push(measure(Work { name, engine, count: INSTANCES, ours: ours::instances(ours, binary), floor: None, peer }));
}

/// Measures the time of a request over all, of the median and of one in a hundred, by few and by many clients at once. Each
/// request is answered by an instance of its own.
fn requests(engine: &'static str, ours: SocketAddr, peer: Option<SocketAddr>, rows: &mut Vec<Row>) {
    for connections in [1, 64] {
        let servers = [Some(ours), peer];
        let mut least = [[Duration::MAX; 3]; 2];
        // The first round is not counted.
        for round in 0..=ROUNDS {
            for (server, least) in servers.iter().zip(&mut least) {
                let Some(address) = server else { continue };
                let Latencies { each, median, hundredth } = load::send(*address, connections, REQUESTS);
                if round > 0 {
                    *least = [least[0].min(each), least[1].min(median), least[2].min(hundredth)];
                }
            }
        }
        let nanos = |time: Duration| time.as_secs_f64() * 1e9;
        for (index, what) in ["over all", "p50", "p99"].into_iter().enumerate() {
            rows.push(Row {
                name: format!("request, {connections} connections, {what}, on {engine}"),
                engine: Some(engine),
                ours: nanos(least[0][index]),
                unit: "ns",
                peer: peer.map(|_| Beside { name: "wasmtime-wasi-http", value: nanos(least[1][index]) }),
                floor: None,
            });
        }
    }
}
