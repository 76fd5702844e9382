//! Prints the bytes that a waiting task allocates, on the engine or in the peer that its argument names. `concurrent/mod.rs` runs it.
#![expect(clippy::print_stdout, reason = "a program, which prints its result")]

use std::process::ExitCode;

use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let who = std::env::args().nth(1);
    match who.and_then(|who| witwright_benches::parked(&who, || ALLOCATOR.current_usage())) {
        Some(bytes) => {
            println!("{bytes}");
            ExitCode::SUCCESS
        }
        None => ExitCode::from(2),
    }
}
