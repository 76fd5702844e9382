//! `cargo xtask fuzz`: long runs, with progress, until something breaks or the time is over.
#![expect(clippy::print_stdout, reason = "a program, which prints its answers")]

use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::env;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use witwright_front::render::Renderer;
use witwright_front::{FileId, LanguageFeatures, SourceMap, parse};
use witwright_fuzz::{Search, TARGETS, Target, hostile};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, resolve};

const SECONDS: u64 = 60;
/// How often progress is shown.
const PERIOD: Duration = Duration::from_secs(5);
/// An input of a few kilobytes that takes longer is reported as a fault.
const SLOW: Duration = Duration::from_secs(1);

struct Run {
    targets: Vec<Target>,
    seconds: u64,
    seed: u64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [word, megabytes] = &arguments[..]
        && let ("hostile", Ok(megabytes)) = (word.as_str(), megabytes.parse::<usize>())
    {
        hostile_times(megabytes << 20);
        return ExitCode::SUCCESS;
    }
    match run_of(&arguments) {
        Ok(run) if run.targets.iter().all(|target| fuzz(*target, &run)) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(why) => {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            eprintln!("error: {why}\ntargets: {}", names.join(", "));
            ExitCode::from(2)
        }
    }
}

/// How long each hostile input takes: parsing; resolving; what is said, rendered.
fn hostile_times(len: usize) {
    println!("{:>9} {:>9} {:>9}  diagnostics", "parse", "resolve", "render");
    for (name, bytes) in hostile::inputs(len) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let start = Instant::now();
        let parsed = parse(FileId(0), &text, &LanguageFeatures::default());
        let parse_time = start.elapsed();
        let count = parsed.diagnostics.len();
        drop(parsed);
        let start = Instant::now();
        let input = Input::Inline { name: "input.wit".to_owned(), text };
        let resolution = resolve(&[input], &Memory::default(), &Options::default());
        let resolve_time = start.elapsed();
        let start = Instant::now();
        rendered(&resolution.sources, &resolution.diagnostics);
        let times = [parse_time, resolve_time, start.elapsed()].map(|time| time.as_millis());
        println!(
            "{:>6} ms {:>6} ms {:>6} ms  {count:>4} {:>4}  {name}",
            times[0],
            times[1],
            times[2],
            resolution.diagnostics.len()
        );
    }
}

fn rendered(sources: &SourceMap, diagnostics: &[witwright_front::Diagnostic]) {
    let mut renderer = Renderer::new(sources);
    for diagnostic in diagnostics {
        let _ = (renderer.text(diagnostic), renderer.json(diagnostic));
    }
}

fn run_of(arguments: &[String]) -> Result<Run, String> {
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
                let target = TARGETS.iter().find(|target| target.name == name);
                run.targets.push(*target.ok_or_else(|| format!("no target is called `{name}`"))?);
            }
        }
    }
    if run.targets.is_empty() {
        run.targets = TARGETS.to_vec();
    }
    Ok(run)
}

/// Whether nothing broke.
fn fuzz(target: Target, run: &Run) -> bool {
    let folder = Path::new("target/fuzz");
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    // What overflows the stack ends the process: the input is written before it is tried.
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
