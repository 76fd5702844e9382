//! `cargo xtask toolchain`: the toolchain that builds guests.

use xtask::toolchain;

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "toolchain",
    summary: "Find or make the toolchain that builds guests",
    usage: "\
Usage: cargo xtask toolchain [--print]

Options:
  --print   print the path of its cargo to stdout
  --help    print this help

The first of these is taken:
  1. a cached toolchain that an earlier run made of Debian's packages
  2. the active toolchain, if it has the wasm targets
  3. the active toolchain after `rustup target add` (30 s at most)
  4. a toolchain made of Debian's packages in the cache folder, and linked to
     rustup as `wasm-guest` (fetches 150 MB, takes about 2 minutes)

Environment:
  WITWRIGHT_TOOLCHAIN=debian   skip 2 and 3
  WITWRIGHT_GUEST_CARGO=PATH   use this cargo instead
  XDG_CACHE_HOME               parent of the cache folder [default: ~/.cache]
",
    run,
};

fn run(arguments: &[String]) -> Outcome {
    let mut print = false;
    for argument in arguments {
        match argument.as_str() {
            "--print" => print = true,
            other => return unknown(other),
        }
    }
    match toolchain::ensure() {
        Ok(toolchain) => {
            if print {
                println!("{}", toolchain.cargo_path().display());
            }
            Outcome::Done
        }
        Err(failure) => Outcome::Failed(failure),
    }
}
