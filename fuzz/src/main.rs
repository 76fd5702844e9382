//! `cargo xtask fuzz`: long runs, with progress, until a target panics or the time is over.
#![expect(clippy::print_stdout, reason = "a program, which prints its answers")]

use std::env;
use std::process::ExitCode;
use std::time::Instant;

use witwright_front::render::Renderer;
use witwright_front::{FileId, LanguageFeatures, SourceMap, parse};
use witwright_fuzz::{TARGETS, hostile, runs};
use witwright_resolver::load::Memory;
use witwright_resolver::{Input, Options, resolve};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [word, megabytes] = &arguments[..]
        && let ("hostile", Ok(megabytes)) = (word.as_str(), megabytes.parse::<usize>())
    {
        hostile_times(megabytes << 20);
        return ExitCode::SUCCESS;
    }
    runs::run(&TARGETS, &arguments)
}

/// The time that each hostile input takes: for parsing, for resolving, and for rendering its diagnostics.
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
