//! `cargo xtask fuzz`: long runs of the fuzz targets.

use xtask::process;

use super::{Command, Outcome};

pub(super) const COMMAND: Command = Command {
    name: "fuzz",
    summary: "Feed changed inputs to all that reads what strangers have written",
    usage: "\
Usage: cargo xtask fuzz [host] [TARGET ..] [--seconds N] [--seed N]
       cargo xtask fuzz hostile MEGABYTES     times of long inputs of one thing each

Options:
  --seconds N   how long each target runs; 60 by default
  --seed N      where to begin; the same number tries the same inputs
  --help        print this help

Targets: lexer, parser, grammar, formatter, resolver, decode; of the
host: component, engines, smith, echo. All of them by default. Inputs
begin with those in fuzz/corpus. One that breaks a target is written
to target/fuzz, and the chore fails.
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
