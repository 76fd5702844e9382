//! The traces of the reference code, replayed in tables of a fixed size.

use no_std_bare::say;
use witwright_abi_runtime::machine::{Embedding, Fixed};

use crate::replay::replay;

/// Room for the parts that the traces need.
enum Traces {}

impl Embedding for Traces {
    type ResourceType = u32;
    type Place = u32;
    type Message = ();
    type Room = Fixed<3, 64, 64, 64, 128, 64, 64, 1, 64>;
}

const TRACES: &str = include_str!("../../../../abi-runtime/tests/data/traces.txt");

pub(crate) fn check() -> bool {
    for (line, trace) in (1..).zip(TRACES.lines()) {
        if let Err(differs) = replay::<Traces>(trace) {
            say!("trace {line}: {differs}");
            return false;
        }
    }
    say!("{} traces equal those of the reference code", TRACES.lines().count());
    true
}
