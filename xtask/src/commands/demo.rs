//! `cargo xtask demo`: the main job. A component that renders Markdown, built here and run on this project's README.

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

Options:
  --engine NAME   the core engine that runs the component [wasmi]
  --guest FILE    run this component instead of building examples/markdown-guest
  --help          print this help

The page goes to target/demo/README.ENGINE.html.
",
    run,
};

const ENGINES: [&str; 2] = ["wasmi", "wasmtime"];

fn run(arguments: &[String]) -> Outcome {
    let mut engines = vec!["wasmi".to_owned()];
    let mut guest = None;
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--engine", Some(name)) if name == "all" => engines = ENGINES.map(str::to_owned).to_vec(),
            ("--engine", Some(name)) if ENGINES.contains(&name.as_str()) => engines = vec![name.clone()],
            ("--guest", Some(file)) => guest = Some(PathBuf::from(file)),
            ("--engine" | "--guest", _) => {
                return Outcome::Misused(format!("`{argument}` lacks a value that makes sense"));
            }
            (other, _) => return unknown(other),
        }
    }
    let mut steps = Steps::default();
    let result = demo(&mut steps, &engines, guest);
    steps.print();
    result.into()
}

fn demo(steps: &mut Steps, engines: &[String], guest: Option<PathBuf>) -> Result<(), Failure> {
    let guest = match guest {
        Some(file) => file,
        None => {
            let toolchain = steps.step("guest toolchain", toolchain::ensure)?;
            let manifest = xtask::root().join("Cargo.toml");
            steps.step("build the guest", || guests::build(&toolchain, &manifest, "markdown-guest", Target::Wasip2))?
        }
    };
    let out = xtask::root().join("target/demo");
    std::fs::create_dir_all(&out)
        .map_err(|error| Failure::new(format!("cannot make the folder {}: {error}", out.display())))?;
    steps.step("build the host", || process::run(host_command("build").current_dir(xtask::root())))?;
    for engine in engines {
        let page = out.join(format!("README.{engine}.html"));
        steps.step(&format!("render README.md on {engine}"), || render(engine, &guest, &page))?;
    }
    Ok(())
}

fn render(engine: &str, guest: &Path, page: &Path) -> Result<(), Failure> {
    let mut command = host_command("run");
    command.args(["--", "--engine", engine]).arg(guest).arg(xtask::root().join("README.md")).arg("-o").arg(page);
    process::run(command.current_dir(xtask::root()))
}

fn host_command(subcommand: &str) -> std::process::Command {
    let mut command = process::cargo();
    command.args([subcommand, "--quiet", "--package", "markdown-host"]);
    command
}
