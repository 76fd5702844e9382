//! Long runs, with progress, until a target panics or the time is over.
#![expect(clippy::print_stdout, reason = "what programs print")]

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use crate::{Search, Target};

const SECONDS: u64 = 60;
/// The time between two lines of progress.
const PERIOD: Duration = Duration::from_secs(5);
/// An input of a few kilobytes that takes longer is reported as a fault.
const SLOW: Duration = Duration::from_secs(1);

struct Run {
    targets: Vec<Target>,
    seconds: u64,
    seed: u64,
}

/// Runs these targets, or only those that the arguments name: `[TARGET ..] [--seconds N] [--seed N]`.
///
/// # Panics
///
/// If inputs cannot be written to `target/fuzz`.
#[must_use]
pub fn run(targets: &[Target], arguments: &[String]) -> ExitCode {
    match run_of(targets, arguments) {
        Ok(run) if run.targets.iter().all(|target| fuzz(*target, &run)) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(why) => {
            let names: Vec<&str> = targets.iter().map(|target| target.name).collect();
            eprintln!("error: {why}\ntargets: {}", names.join(", "));
            ExitCode::from(2)
        }
    }
}

fn run_of(targets: &[Target], arguments: &[String]) -> Result<Run, String> {
    let mut run = Run { targets: Vec::new(), seconds: SECONDS, seed: 0 };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut number = || {
            let value = rest.next().ok_or_else(|| format!("{argument} needs a number"))?;
            value.parse().map_err(|_| format!("`{value}` is no number"))
        };
        match argument.as_str() {
            "--seconds" => run.seconds = number()?,
            "--seed" => run.seed = number()?,
            name => {
                let target = targets.iter().find(|target| target.name == name);
                run.targets.push(*target.ok_or_else(|| format!("no target is called `{name}`"))?);
            }
        }
    }
    if run.targets.is_empty() {
        run.targets = targets.to_vec();
    }
    Ok(run)
}

/// Runs one target. False if an input made it panic.
fn fuzz(target: Target, run: &Run) -> bool {
    let folder = Path::new("target/fuzz");
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    // A stack overflow ends the process, so the input is written before it is tried.
    let current = folder.join(format!("{}.input", target.name));
    let mut search = Search::new(target, run.seed);
    let start = Instant::now();
    let (mut rounds, mut shown) = (0_u64, start);
    while start.elapsed() < Duration::from_secs(run.seconds) {
        let input = search.next_input();
        write(&current, &input);
        let begin = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| search.try_input(input)));
        rounds += 1;
        if outcome.is_err() || begin.elapsed() > SLOW {
            let kept = folder.join(format!("{}-{}-{rounds}.input", target.name, run.seed));
            fs::rename(&current, &kept).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
            let what = if outcome.is_err() { "panicked" } else { "took too long" };
            println!("{}: {what} after {rounds} inputs; see {}", target.name, kept.display());
            return false;
        }
        if shown.elapsed() > PERIOD {
            shown = Instant::now();
            progress(target, &search, rounds, start);
        }
    }
    progress(target, &search, rounds, start);
    true
}

fn write(path: &PathBuf, input: &[u8]) {
    fs::write(path, input).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn progress(target: Target, search: &Search, rounds: u64, start: Instant) {
    let seconds = start.elapsed().as_secs();
    println!("{}: {seconds} s, {rounds} inputs, {} kinds, nothing broke", target.name, search.inputs());
}
