//! The machine does what the reference code of the Canonical ABI does: the traces of `tests/data/traces.txt`, replayed with
//! room that grows and with room of fixed numbers.

use witwright_abi_runtime::machine::{Embedding, Fixed, Growing};

use crate::replay::replay;

struct Allocating;

impl Embedding for Allocating {
    type ResourceType = u32;
    type Place = u32;
    type Message = ();
    type Room = Growing;
}

/// As much as the traces need.
struct Bounded;

impl Embedding for Bounded {
    type ResourceType = u32;
    type Place = u32;
    type Message = ();
    type Room = Fixed<3, 64, 64, 64, 128, 64, 1, 64>;
}

const TRACES: &str = include_str!("../data/traces.txt");

fn check<E: Embedding<ResourceType = u32, Place = u32>>() {
    let mut traces = 0;
    for (line, trace) in (1..).zip(TRACES.lines()) {
        if let Err(differs) = replay::<E>(trace) {
            panic!("trace {line}: {differs}\n{trace}");
        }
        traces += 1;
    }
    assert!(traces >= 10_000, "there are {traces} traces");
}

#[test]
fn traces_equal_those_of_the_reference_code() {
    check::<Allocating>();
}

#[test]
fn traces_need_no_allocator() {
    check::<Bounded>();
}
