//! The ABI runtime where there is no allocator: the traces of its tests, and the component of `no-std-meter` with its core code
//! compiled ahead of time.
#![no_std]
#![no_main]

mod guest;
mod host;
mod reflect;
#[cfg(feature = "checks")]
#[path = "../../../../abi-runtime/tests/it/replay/mod.rs"]
mod replay;
#[cfg(feature = "checks")]
mod traces;
#[cfg(feature = "checks")]
mod values;

use no_std_bare::say;
use witwright_abi_runtime::machine::Machine;

no_std_bare::main!(main);

fn main() -> bool {
    #[cfg(feature = "checks")]
    if !traces::check() || !values::check() {
        return false;
    }
    if !reflect::check() {
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
