//! Parses the text on its input and prints the peak of allocated bytes without the text. `front/memory.rs` runs it.
#![expect(clippy::print_stdout, reason = "a program, which prints its result")]

use core::hint::black_box;
use std::io::{self, Read};
use std::process::ExitCode;

use peak_alloc::PeakAlloc;
use witwright_front::{FileId, LanguageFeatures, parse};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let mut text = String::new();
    if io::stdin().read_to_string(&mut text).is_err() {
        return ExitCode::FAILURE;
    }
    // The peer adds a byte to its text. Without spare capacity, the text would be copied.
    text.reserve_exact(1);
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    match std::env::args().nth(1).as_deref() {
        Some("ours") => drop(black_box(parse(FileId(0), &text, &LanguageFeatures::default()))),
        Some("peer") => {
            let mut sources = wit_parser::SourceMap::new();
            sources.push_str("text.wit", text);
            drop(black_box(sources.parse()));
        }
        Some(_) | None => return ExitCode::from(2),
    }
    println!("{}", ALLOCATOR.peak_usage().saturating_sub(before));
    ExitCode::SUCCESS
}
