//! Calls with scalars: host → guest, guest → host, guest → guest, on each engine. They are compared with the same calls by
//! the engine's own API for core modules (the floor) and by wasmtime's component runtime (the peer).

mod core_wasmi;
mod core_wasmtime;
mod modules;
mod ours;
mod peer;

use witwright_host::{wasmi, wasmtime};

use crate::report::Row;
use crate::work::{Way, Work, measure};

/// The number of calls in a round.
const CALLS: u32 = 100_000;

pub(crate) fn run() -> Vec<Row> {
    let on_wasmi = wasmi::Engine::default();
    let on_wasmtime = wasmtime::Engine::default();
    let work = [
        Work {
            name: "host → guest, u32,".into(),
            engine: "wasmi",
            count: CALLS,
            ours: ours::host_to_guest(&on_wasmi),
            floor: Some(("TypedFunc", core_wasmi::host_to_guest())),
            peer: None,
        },
        Work {
            name: "host → guest, u32,".into(),
            engine: "wasmtime",
            count: CALLS,
            ours: ours::host_to_guest(&on_wasmtime),
            floor: Some(("TypedFunc", core_wasmtime::host_to_guest())),
            peer: Some(("component::TypedFunc", peer::host_to_guest())),
        },
        Work {
            name: "guest → host, u32,".into(),
            engine: "wasmi",
            count: CALLS,
            ours: ours::guest_to_host(&on_wasmi),
            floor: Some(("Func::wrap", core_wasmi::guest_to_host())),
            peer: None,
        },
        Work {
            name: "guest → host, u32,".into(),
            engine: "wasmtime",
            count: CALLS,
            ours: ours::guest_to_host(&on_wasmtime),
            floor: Some(("Func::wrap", core_wasmtime::guest_to_host())),
            peer: Some(("component::Linker::func_wrap", peer::guest_to_host())),
        },
        Work {
            name: "guest → guest, u32,".into(),
            engine: "wasmi",
            count: CALLS,
            ours: ours::guest_to_guest(&on_wasmi),
            floor: Some(("Func::wrap that calls a TypedFunc", core_wasmi::guest_to_guest())),
            peer: None,
        },
        Work {
            name: "guest → guest, u32,".into(),
            engine: "wasmtime",
            count: CALLS,
            ours: ours::guest_to_guest(&on_wasmtime),
            floor: Some(("Func::wrap that calls a TypedFunc", core_wasmtime::guest_to_guest())),
            peer: Some(("fused adapter", peer::guest_to_guest())),
        },
    ];
    work.into_iter().map(measure).collect()
}
