//! The host on wasmi, async included, where there is an allocator and nothing else.
#![no_std]
#![no_main]

use no_std_bare::{heap, say};
use witwright_host::wasmi::Engine;

no_std_bare::main!(main);

fn main() -> bool {
    match no_std_meter::run::<Engine>() {
        Ok(lines) => lines.iter().for_each(|line| say!("{line}")),
        Err(error) => {
            say!("{error}");
            return false;
        }
    }
    say!("heap: {} bytes at most, {} left", heap::peak_bytes(), heap::used_bytes());
    say!("stack: {} bytes at most", no_std_bare::stack_peak_bytes());
    true
}
