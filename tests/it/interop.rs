//! Interop: one guest source, built with our bindings and with wit-bindgen's, runs in our host on both engines and in
//! wasmtime's component runtime.

mod concurrent;
mod exchange;
mod expectations;
mod futures;
mod ours;
mod waiting;
mod wasmtime_component;

use witwright_tests::guests;

/// The guest with our bindings.
fn our_guest() -> Vec<u8> {
    read("interop")
}

/// The guest with wit-bindgen's bindings.
fn their_guest() -> Vec<u8> {
    read("interop-wit-bindgen")
}

fn read(guest: &str) -> Vec<u8> {
    let path = guests::build(guest);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn our_guest_in_our_host_on_wasmi() {
    ours::exercise(&witwright::wasmi::Engine::default(), &our_guest());
}

#[test]
fn our_guest_in_our_host_on_wasmtime() {
    ours::exercise(&witwright::wasmtime::Engine::default(), &our_guest());
}

#[test]
fn their_guest_in_our_host_on_wasmi() {
    ours::exercise(&witwright::wasmi::Engine::default(), &their_guest());
}

#[test]
fn their_guest_in_our_host_on_wasmtime() {
    ours::exercise(&witwright::wasmtime::Engine::default(), &their_guest());
}

#[test]
fn our_guest_in_their_host() {
    wasmtime_component::exercise(&our_guest());
}

/// The expectations themselves are correct: their guest meets them in their host.
#[test]
fn their_guest_in_their_host() {
    wasmtime_component::exercise(&their_guest());
}
