//! `cargo xtask bench`: Witwright and its peers, measured in one run.

use xtask::process;

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "bench",
    summary: "Measure Witwright and its peers in one run",
    usage: "\
Usage: cargo xtask bench [--only front|calls|async|size|wasi]

Options:
  --only GROUP   measure one group only
                 front: lex, parse, resolve and format the WIT of wasip2 and wasip3, and packages of 1, 5 and 25 MB
                 calls: host → guest, guest → host and guest → guest, on both engines
                 async: async calls, tasks and streams, on both engines
                 size: guests, and flash and memory of the smallest hosts, which x86-64 Linux builds and runs
                 wasi: the start of programs, their streams and files, and requests of HTTP, on both engines; not without
                 --only, because its peers take minutes to build
  --help         print this help

Prints a table and writes target/bench.json.
",
    run,
};

/// The groups of the package `witwright-benches`, which are its features.
const GROUPS: [&str; 4] = ["front", "calls", "async", "size"];

fn run(arguments: &[String]) -> Outcome {
    let group = match arguments {
        [] => None,
        [flag, group] if flag == "--only" && (group == "wasi" || GROUPS.contains(&group.as_str())) => {
            Some(group.as_str())
        }
        [flag, other, ..] if flag == "--only" => return unknown(other),
        [other, ..] => return unknown(other),
    };
    if group == Some("wasi") {
        let mut run = process::cargo();
        run.args(["run", "--quiet", "--release", "--manifest-path", "benches/wasi/Cargo.toml"]);
        if std::env::var_os("CARGO_TARGET_DIR").is_none() {
            run.args(["--target-dir", "target"]);
        }
        return process::run(run.current_dir(xtask::root())).into();
    }
    let cargo = |verb: &str| {
        let mut cargo = process::cargo();
        cargo.args([verb, "--quiet", "--release", "--package", "witwright-benches"]).current_dir(xtask::root());
        // The engines take minutes to build, and the groups `front` and `size` do not need them.
        if let Some(group) = group {
            cargo.args(["--no-default-features", "--features", group]);
        }
        cargo
    };
    let mut build = cargo("build");
    build.arg("--bins");
    let mut run = cargo("run");
    run.arg("--").args(arguments);
    process::run(&mut build).and_then(|()| process::run(&mut run)).into()
}
