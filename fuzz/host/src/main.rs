//! Long runs of a target, until something breaks or the time is over: `cargo run -p witwright-fuzz-host -- echo 60`.
#![expect(clippy::print_stdout, reason = "a program, which prints its answers")]

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::env;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use witwright_fuzz_host::{Search, TARGETS, Target};

/// An input of a few kilobytes that takes longer is reported as a fault.
const SLOW: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |index: usize, default: u64| arguments.get(index).map_or(Some(default), |text| text.parse().ok());
    let target = TARGETS.iter().find(|target| arguments.first().is_some_and(|name| name == target.name));
    let (Some(target), Some(seconds), Some(seed)) = (target, number(1, 60), number(2, 0)) else {
        eprintln!("usage: witwright-fuzz-host {} [SECONDS [SEED]]", TARGETS.map(|target| target.name).join("|"));
        return ExitCode::from(2);
    };
    if fuzz(*target, Duration::from_secs(seconds), seed) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether nothing broke.
fn fuzz(target: Target, time: Duration, seed: u64) -> bool {
    let folder = Path::new("target/fuzz");
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    // What overflows the stack ends the process: the input is written before it is tried.
    let current = folder.join(format!("{}.input", target.name));
    let mut search = Search::new(target, seed);
    let start = Instant::now();
    let mut rounds = 0_u64;
    while start.elapsed() < time {
        let input = search.next_input();
        fs::write(&current, &input).unwrap_or_else(|error| panic!("{}: {error}", current.display()));
        let begin = Instant::now();
        let broke = catch_unwind(AssertUnwindSafe(|| search.try_input(input))).is_err();
        rounds += 1;
        if broke || begin.elapsed() > SLOW {
            let kept = folder.join(format!("{}-{seed}-{rounds}.input", target.name));
            fs::rename(&current, &kept).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
            let what = if broke { "panicked" } else { "took too long" };
            println!("{}: {what} after {rounds} inputs; see {}", target.name, kept.display());
            return false;
        }
    }
    println!("{}: {rounds} inputs, {} kinds, nothing broke", target.name, search.inputs());
    true
}
