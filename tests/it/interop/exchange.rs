//! Programs that pass on ends of streams and futures, and resources in them: with our bindings and with wit-bindgen's, each with
//! each, in our host on both engines.

use witwright::EngineOptions;

use super::concurrent::exercise_programs;

/// The programs, and their expected results.
const PROGRAMS: [(&str, &str); 31] = [
    ("returned", "41 true 42"),
    ("returned-stream", "[] ([1, 2], [3, 4, 5])"),
    ("kept", "first again true"),
    ("read-before-cancel", "sent sent already"),
    ("dropped-before-cancel", "refused"),
    ("ping-pong", "ping pong pong pong"),
    ("ends-in-ends", "[0, 1, 2, 3] [\"a\", \"b\", \"nobody\"] [\"late\", \"letters\"]"),
    ("elements", "[\"text\", \"closed\", \"none\", \"empty\"] [(\"two\", [true, true]), (\"none\", [])] 0"),
    ("loads", "parcel None [\"parcel\"], one, two, promised, closed, NOTHING"),
    ("crates", "[\"a\", \"b\"] [\"c\", \"d\"] 2 0"),
    ("held", "back 1 0 0"),
    ("packed", "x y z [\"x\", \"y\", \"z\"] x+y+z new 1"),
    ("partial", "[\"a\", \"b\"] Complete(2) Dropped [\"c\", \"d\", \"e\"]"),
    ("reread", "ball pong Cancelled [] Some((\"one\", [true]))"),
    ("pending", "7 8"),
    ("many", "20 true 20"),
    ("turns", "3 3"),
    ("units", "1"),
    ("shipped", "\"north: street x+y über+\" north 4294967295 -2 [1, 2, 65535] Mark(FRAGILE | WET) true closed"),
    ("after", "true true"),
    (
        "scalars",
        "[true, false, true, false, false] [(Mark(FRAGILE | WET), \"closed\", 0.5), \
         (Mark(FRAGILE | HEAVY | WET), \"empty\", -0.0), (Mark(FRAGILE | HEAVY), \"empty\", -0.0)]",
    ),
    ("blocks", "[(100000, 12742320), (100000, 12742320), (100000, 12742320)]"),
    ("empty-copies", "Complete(0) [] Complete(1) [1] Complete(1) Complete(0) (Complete(1), [3])"),
    ("closed", "Dropped ([1, 2], [3], Some(4)) (Dropped, []) None []"),
    ("raced", "Complete(2) (Complete(2), [1, 2]); [3, 4] Complete(2) [5]; 6"),
    ("selected", "quick 5 (\"a\", \"b\", \"c\") [\"x\", \"y\", \"z\"]"),
    ("closing", "0 0 [0, 0, 1, 2] 0"),
    ("blocked", "own [\"spawned\"] 0"),
    ("unpolled", "0 Some(2) 3 4"),
    ("boxed", "0 (Some((\"one\", [true])), [(\"two\", [false, false])]) ping pong true held"),
    ("idle", "Some(1) Some(2) Some(3) []"),
];

const OURS: [&str; 2] = ["exchange-caller", "exchange"];
const THEIRS: [&str; 2] = ["exchange-caller-wit-bindgen", "exchange-wit-bindgen"];

fn exercise(caller: &str, service: &str) {
    exercise_programs(&witwright::wasmi::Engine::default(), caller, service, &PROGRAMS);
    exercise_programs(&witwright::wasmtime::Engine::default(), caller, service, &PROGRAMS);
}

#[test]
fn ours_with_ours() {
    exercise(OURS[0], OURS[1]);
    let mut options = EngineOptions::default();
    options.stack_switching = false;
    exercise_programs(&witwright::wasmtime::Engine::new(options), OURS[0], OURS[1], &PROGRAMS);
}

#[test]
fn ours_with_theirs() {
    exercise(OURS[0], THEIRS[1]);
}

#[test]
fn theirs_with_ours() {
    exercise(THEIRS[0], OURS[1]);
}

/// Shows mistakes in the programs themselves, and in the host.
#[test]
fn theirs_with_theirs() {
    exercise(THEIRS[0], THEIRS[1]);
}
