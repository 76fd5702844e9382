//! The machine does what the reference code of the Canonical ABI does: the traces of `tests/data/traces.txt`, replayed with
//! room that grows and with room of fixed numbers.

use witwright_abi_runtime::machine::{Embedding, Fixed, Growing, Room};
use witwright_abi_runtime::table::{Slot, Slots};

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
    type Room = Fixed<3, 64, 64, 64, 128, 64, 64, 1, 64>;
}

/// Has no room for an entry at first, and has when it is asked again.
struct Scarce;

impl Embedding for Scarce {
    type ResourceType = u32;
    type Place = u32;
    type Message = ();
    type Room = Reluctant;
}

enum Reluctant {}

impl Room for Reluctant {
    type Instances<T> = Grudging<T>;
    type Handles<T> = Grudging<T>;
    type Tasks<T> = Grudging<T>;
    type Threads<T> = Grudging<T>;
    type Waitables<T> = Grudging<T>;
    type Ends<T> = Grudging<T>;
    type WaitableSets<T> = Grudging<T>;
    type ErrorContexts<T> = Grudging<T>;
    type Lends<T> = Grudging<T>;
}

struct Grudging<T> {
    slots: Vec<Slot<T>>,
    has_refused: bool,
}

impl<T> Default for Grudging<T> {
    fn default() -> Grudging<T> {
        Grudging { slots: Vec::new(), has_refused: false }
    }
}

impl<T> Slots<T> for Grudging<T> {
    fn as_slice(&self) -> &[Slot<T>] {
        &self.slots
    }

    fn as_mut_slice(&mut self) -> &mut [Slot<T>] {
        &mut self.slots
    }

    fn push(&mut self, slot: Slot<T>) -> bool {
        self.has_refused = !self.has_refused;
        if !self.has_refused {
            self.slots.push(slot);
        }
        !self.has_refused
    }
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

#[test]
fn a_table_without_room_leaves_nothing_of_a_call() {
    check::<Scarce>();
}
