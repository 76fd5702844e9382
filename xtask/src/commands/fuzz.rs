//! `cargo xtask fuzz`: long runs of the fuzz targets.

use xtask::process;

use super::{Command, Outcome};

pub(super) const COMMAND: Command = Command {
    name: "fuzz",
    summary: "Run the fuzz targets",
    usage: "\
Usage: cargo xtask fuzz [host] [TARGET ..] [--seconds N] [--seed N]
       cargo xtask fuzz hostile MEGABYTES

Runs targets with random and changed inputs, beginning with those in
fuzz/corpus. An input that breaks a target is written to target/fuzz, and the
chore fails. `hostile` measures the time that long inputs take, each of which
repeats one construct.

Targets: lexer, parser, grammar, formatter, resolver, decode; with `host`:
component, engines, smith, echo. Without TARGET, all of them run.

Options:
  --seconds N   time for each target [default: 60]
  --seed N      seed of the random inputs; the same seed gives the same inputs
  --help        print this help
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let (package, arguments) = match arguments {
        [word, rest @ ..] if word == "host" => ("witwright-fuzz-host", rest),
        _ => ("witwright-fuzz", arguments),
    };
    let mut cargo = process::cargo();
    cargo.args(["run", "--quiet", "--profile", "fuzz", "--package", package, "--"]).args(arguments);
    process::run(cargo.current_dir(xtask::root())).into()
}
