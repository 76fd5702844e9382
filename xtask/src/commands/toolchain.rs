//! `cargo xtask toolchain`: the shared step that makes sure that guests can be built.

use xtask::toolchain;

use super::{Command, Outcome, unknown};

pub(super) const COMMAND: Command = Command {
    name: "toolchain",
    summary: "Find or make the toolchain that builds guests",
    usage: "\
Usage: cargo xtask toolchain [--print]

Options:
  --print   print the path of the guest cargo to stdout
  --help    print this help

In this order: a cached toolchain whose manifest matches; the active toolchain,
where it has the wasm targets; the same after `rustup target add` (30 s at most);
one made of Debian's packages, under the user's cache folder, and linked to
rustup as `wasm-guest`.

Environment:
  WITWRIGHT_TOOLCHAIN=debian   leave the active toolchain out
  WITWRIGHT_GUEST_CARGO=PATH   use this cargo
  XDG_CACHE_HOME               where the cache folder is [~/.cache]
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
