//! `cargo xtask demo`: a component of the Markdown example, run on this repository's README.

use std::path::{Path, PathBuf};

use xtask::guests::{self, Target};
use xtask::steps::Steps;
use xtask::{Failure, process, toolchain};

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "demo",
    summary: "Build the Markdown component and render README.md with it",
    usage: "\
Usage: cargo xtask demo [--engine wasmi|wasmtime|all] [--guest FILE]

Builds examples/markdown-guest (a component) and examples/markdown-host (a
program that runs it), renders README.md, and checks that the page equals the
one that the same Markdown library makes without a component. Only the engines
that run are built. The page is target/demo/README.ENGINE.html.

Options:
  --engine NAME   core engine that runs the component [default: wasmi]
  --guest FILE    run this component instead of building examples/markdown-guest
  --help          print this help
",
    run,
};

const ENGINES: [&str; 2] = ["wasmi", "wasmtime"];

fn run(arguments: &[String]) -> Outcome {
    let mut engines = vec!["wasmi"];
    let mut guest = None;
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--engine" => {
                engines = match arguments.next().map(String::as_str) {
                    Some("all") => ENGINES.to_vec(),
                    Some(name) => match ENGINES.into_iter().find(|engine| *engine == name) {
                        Some(engine) => vec![engine],
                        None => return Outcome::Misused(format!("no engine is called `{name}`")),
                    },
                    None => return Outcome::Misused("`--engine` needs the name of an engine".to_owned()),
                }
            }
            "--guest" => match arguments.next() {
                Some(file) => guest = Some(PathBuf::from(file)),
                None => return Outcome::Misused("`--guest` needs a file".to_owned()),
            },
            other => return unknown(other),
        }
    }
    let steps_of_guest = if guest.is_some() { 0 } else { 2 };
    let mut steps = Steps::new(steps_of_guest + 1 + engines.len());
    let result = demo(&mut steps, &engines, guest);
    steps.print();
    result.into()
}

fn demo(steps: &mut Steps, engines: &[&str], guest: Option<PathBuf>) -> Result<(), Failure> {
    let guest = match guest {
        Some(file) => file,
        None => {
            let toolchain = steps.step("find or make the guest toolchain", toolchain::ensure)?;
            let manifest = xtask::root().join("Cargo.toml");
            steps.step("build the guest", || guests::build(&toolchain, &manifest, "markdown-guest", Target::Wasip2))?
        }
    };
    let folder = xtask::root().join("target/demo");
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(format!("cannot make the folder {}: {error}", folder.display())))?;
    let host = |subcommand| host(subcommand, engines);
    steps.step(&format!("build the host with {}", engines.join(" and ")), || process::run(&mut host("build")))?;
    for engine in engines {
        let page = folder.join(format!("README.{engine}.html"));
        steps.step(&format!("render README.md on {engine}"), || render(host("run"), engine, &guest, &page))?;
    }
    Ok(())
}

fn render(mut host: std::process::Command, engine: &str, guest: &Path, page: &Path) -> Result<(), Failure> {
    process::run(host.args(["--", engine]).arg(guest).arg("README.md").arg(page))
}

/// A cargo command for the host, with these engines alone and in the profile that builds soonest.
fn host(subcommand: &str, engines: &[&str]) -> std::process::Command {
    let mut cargo = process::cargo();
    cargo.args([subcommand, "--quiet", "--profile", "demo", "--package", "markdown-host", "--no-default-features"]);
    cargo.args(["--features", &engines.join(",")]).current_dir(xtask::root());
    cargo
}
