//! Calls with scalars: host → guest, guest → host, guest → guest, on each engine. They are compared with the same calls by
//! the engine's own API for core modules (the floor) and by wasmtime's component runtime (the peer).

mod core_wasmi;
mod core_wasmtime;
mod modules;
mod ours;
mod peer;

use core::time::Duration;
use std::time::Instant;

use witwright_host::{wasmi, wasmtime};

use crate::report::{Beside, Row};

const ROUNDS: usize = 21;

/// The number of calls in a round.
const CALLS: u32 = 100_000;

/// Makes the given number of calls.
type Way = Box<dyn FnMut(u32)>;

/// The ways to do one thing on one engine.
struct Work {
    name: &'static str,
    engine: &'static str,
    ours: Way,
    floor: (&'static str, Way),
    /// `None` if the peer does not run on this engine.
    peer: Option<(&'static str, Way)>,
}

pub(crate) fn run() -> Vec<Row> {
    let on_wasmi = wasmi::Engine::default();
    let on_wasmtime = wasmtime::Engine::default();
    let work = [
        Work {
            name: "host → guest",
            engine: "wasmi",
            ours: ours::host_to_guest(&on_wasmi),
            floor: ("TypedFunc", core_wasmi::host_to_guest()),
            peer: None,
        },
        Work {
            name: "host → guest",
            engine: "wasmtime",
            ours: ours::host_to_guest(&on_wasmtime),
            floor: ("TypedFunc", core_wasmtime::host_to_guest()),
            peer: Some(("component::TypedFunc", peer::host_to_guest())),
        },
        Work {
            name: "guest → host",
            engine: "wasmi",
            ours: ours::guest_to_host(&on_wasmi),
            floor: ("Func::wrap", core_wasmi::guest_to_host()),
            peer: None,
        },
        Work {
            name: "guest → host",
            engine: "wasmtime",
            ours: ours::guest_to_host(&on_wasmtime),
            floor: ("Func::wrap", core_wasmtime::guest_to_host()),
            peer: Some(("component::Linker::func_wrap", peer::guest_to_host())),
        },
        Work {
            name: "guest → guest",
            engine: "wasmi",
            ours: ours::guest_to_guest(&on_wasmi),
            floor: ("Func::wrap that calls a TypedFunc", core_wasmi::guest_to_guest()),
            peer: None,
        },
        Work {
            name: "guest → guest",
            engine: "wasmtime",
            ours: ours::guest_to_guest(&on_wasmtime),
            floor: ("Func::wrap that calls a TypedFunc", core_wasmtime::guest_to_guest()),
            peer: Some(("fused adapter", peer::guest_to_guest())),
        },
    ];
    work.into_iter().map(measure).collect()
}

/// The least time of each way. They run in turns, so that all see the same state of the machine, after a round that is not
/// counted.
fn measure(work: Work) -> Row {
    let Work { name, engine, mut ours, mut floor, mut peer } = work;
    let mut least = [Duration::MAX; 3];
    for round in 0..=ROUNDS {
        let of_peer = peer.as_mut().map_or(Duration::MAX, |(_, way)| time(way));
        let times = [time(&mut ours), time(&mut floor.1), of_peer];
        if round > 0 {
            least = core::array::from_fn(|way| least[way].min(times[way]));
        }
    }
    let per_call = |time: Duration| time.as_secs_f64() * 1e9 / f64::from(CALLS);
    Row {
        name: format!("{name}, u32, on {engine}"),
        engine: Some(engine),
        ours: per_call(least[0]),
        unit: "ns",
        peer: peer.map(|(name, _)| Beside { name, value: per_call(least[2]) }),
        floor: Some(Beside { name: floor.0, value: per_call(least[1]) }),
    }
}

fn time(way: &mut Way) -> Duration {
    let start = Instant::now();
    way(CALLS);
    start.elapsed()
}
