//! The host on wasmi, async included, where there is an allocator and nothing else.
#![no_std]
#![no_main]

mod bindings;

use no_std_bare::{heap, say};
use witwright::Error;
use witwright::wasmi::Engine;

no_std_bare::main!(main);

fn main() -> bool {
    if let Err(error) = run() {
        say!("{error}");
        return false;
    }
    say!("heap: {} bytes at most, {} left", heap::peak_bytes(), heap::used_bytes());
    say!("stack: {} bytes at most", no_std_bare::stack_peak_bytes());
    true
}

fn run() -> Result<(), Error> {
    no_std_meter::run::<Engine>()?.iter().for_each(|line| say!("{line}"));
    say!("bindings: the component returns {}", bindings::run()?);
    Ok(())
}
