//! The ABI runtime where there is no allocator: the traces of its tests, and the component of `no-std-meter` with its core code
//! compiled ahead of time.
#![no_std]
#![no_main]

mod guest;
mod host;
mod reflect;
#[path = "../../../../abi-runtime/tests/it/replay/mod.rs"]
mod replay;
mod values;

use no_std_bare::say;
use witwright_abi_runtime::machine::{Embedding, Fixed, Machine};

no_std_bare::main!(main);

/// Room for what the traces need.
enum Traces {}

impl Embedding for Traces {
    type ResourceType = u32;
    type Place = u32;
    type Message = ();
    type Room = Fixed<3, 64, 64, 64, 128, 64, 1, 64>;
}

const TRACES: &str = include_str!("../../../../abi-runtime/tests/data/traces.txt");

fn main() -> bool {
    for (line, trace) in (1..).zip(TRACES.lines()) {
        if let Err(differs) = replay::replay::<Traces>(trace) {
            say!("trace {line}: {differs}");
            return false;
        }
    }
    say!("{} traces equal those of the reference code", TRACES.lines().count());
    if !reflect::check() || !values::check() {
        return false;
    }
    if let Err(trap) = host::run() {
        say!("{trap}");
        return false;
    }
    say!("machine: {} bytes", size_of::<Machine<host::Meter>>());
    say!("stack: {} bytes at most", no_std_bare::stack_peak_bytes());
    true
}
