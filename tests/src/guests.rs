//! Guests for tests: packages of `tests/guests`, built by the guest toolchain (DESIGN, guests).
//!
//! `cargo xtask test` finds the toolchain once and names it in `WITWRIGHT_GUEST_CARGO`; a bare `cargo test` finds or
//! makes it here. No test is skipped because it is missing.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

pub use xtask::guests::Target;
use xtask::toolchain::{self, Toolchain};
use xtask::{Failure, guests};

/// Builds the package `tests/guests/NAME` as a component for `wasm32-wasip2`, and returns its path.
///
/// # Panics
///
/// If it does not build. The message says what to do.
#[must_use]
pub fn build(name: &str) -> PathBuf {
    build_for(name, Target::Wasip2)
}

/// Builds the package `tests/guests/NAME` for this target, and returns its path.
///
/// # Panics
///
/// If it does not build. The message says what to do.
#[must_use]
pub fn build_for(name: &str, target: Target) -> PathBuf {
    type Built = BTreeMap<(String, Target), PathBuf>;
    static BUILT: Mutex<Built> = Mutex::new(BTreeMap::new());
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let path = built.entry((name.to_owned(), target));
    path.or_insert_with(|| or_panic(guests::build(guest_toolchain(), &guests::workspace(), name, target))).clone()
}

/// Builds the program `src/bin/NAME.rs` of the package `tests/guests/programs` for this target, and returns its path.
///
/// # Panics
///
/// If it does not build. The message says what to do.
#[must_use]
pub fn build_program(name: &str, target: Target) -> PathBuf {
    // Two runs of cargo at once would wait for one another anyway.
    static BUILDING: Mutex<()> = Mutex::new(());
    let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    or_panic(guests::build_program(guest_toolchain(), &guests::workspace(), "programs", name, target))
}

/// Builds a package of the main workspace, for example `markdown-guest`, for `wasm32-wasip2`, and returns its path.
///
/// # Panics
///
/// If it does not build. The message says what to do.
#[must_use]
pub fn build_example(package: &str) -> PathBuf {
    let manifest = xtask::root().join("Cargo.toml");
    or_panic(guests::build(guest_toolchain(), &manifest, package, Target::Wasip2))
}

/// Builds a package of `tests/no-std` without std for this target, and returns its path.
///
/// # Panics
///
/// If it does not build. The message says what to do.
#[must_use]
pub fn build_no_std(package: &str, target: Target) -> PathBuf {
    let manifest = xtask::root().join("tests/no-std/Cargo.toml");
    or_panic(guests::build(guest_toolchain(), &manifest, package, target))
}

/// Turns a core module with `component-type` sections into a component.
///
/// # Panics
///
/// If the module does not fit its world.
#[must_use]
pub fn componentize(module: &[u8]) -> Vec<u8> {
    let mut encoder = wit_component::ComponentEncoder::default();
    let component = encoder.validate(true).module(module).and_then(|encoder| encoder.encode());
    component.unwrap_or_else(|error| panic!("the module cannot become a component: {error:?}"))
}

/// The toolchain that builds guests.
///
/// # Panics
///
/// If it is missing and cannot be made. The message says what to do.
#[must_use]
pub fn guest_toolchain() -> &'static Toolchain {
    static TOOLCHAIN: OnceLock<Toolchain> = OnceLock::new();
    TOOLCHAIN.get_or_init(|| or_panic(toolchain::ensure()))
}

fn or_panic<T>(result: Result<T, Failure>) -> T {
    result.unwrap_or_else(|failure| panic!("{failure}"))
}
