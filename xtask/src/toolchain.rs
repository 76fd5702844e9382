//! The toolchain that builds guests. It is found, or made.
//!
//! The first of these is taken: the cargo that `WITWRIGHT_GUEST_CARGO` names; a cached toolchain made of Debian's packages,
//! if its settings match; the active toolchain, if it has the targets; the active toolchain after `rustup target add`; a
//! new one made of Debian's packages. `WITWRIGHT_TOOLCHAIN=debian` excludes the active toolchain.

use core::time::Duration;
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::steps::say;
use crate::{Failure, process};

/// The variable that names the guest cargo; `cargo xtask test` sets it for the tests.
pub const GUEST_CARGO: &str = "WITWRIGHT_GUEST_CARGO";

/// The targets of a guest toolchain.
pub const TARGETS: [&str; 4] = ["wasm32-unknown-unknown", "wasm32-wasip1", "wasm32-wasip2", "wasm32v1-none"];

const RUSTUP_LIMIT: Duration = Duration::from_secs(30);

/// A toolchain that can build guests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    cargo: PathBuf,
}

impl Toolchain {
    /// The path of its cargo.
    #[must_use]
    pub fn cargo_path(&self) -> &Path {
        &self.cargo
    }

    /// A command for its cargo, without the variables that an outer cargo has set.
    ///
    /// The modules that it builds contain no paths of this machine.
    #[must_use]
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        process::clear_outer_toolchain(&mut command);
        // A cargo beside its own rustc must not ask rustup, which might choose another one.
        let rustc = self.cargo.with_file_name("rustc");
        if rustc.is_file() {
            command.env("RUSTC", rustc);
        }
        command.env("CARGO_ENCODED_RUSTFLAGS", remap_flags());
        command
    }
}

/// Finds a guest toolchain, or makes one, and reports how long that took.
///
/// # Errors
///
/// If none is found and none can be made. The message says what to do.
pub fn ensure() -> Result<Toolchain, Failure> {
    let start = Instant::now();
    let toolchain = match find()? {
        Some(toolchain) => toolchain,
        None => make()?,
    };
    say(format_args!("guests are built by {} ({:.1} s)", toolchain.cargo.display(), start.elapsed().as_secs_f64()));
    Ok(toolchain)
}

/// Finds a guest toolchain without making one.
///
/// # Errors
///
/// If `WITWRIGHT_GUEST_CARGO` does not name a cargo that runs.
pub fn find() -> Result<Option<Toolchain>, Failure> {
    if let Some(cargo) = env::var_os(GUEST_CARGO) {
        return named(cargo).map(Some);
    }
    Ok(cached().or_else(|| if debian_only() { None } else { active() }))
}

fn named(cargo: OsString) -> Result<Toolchain, Failure> {
    let cargo = PathBuf::from(cargo);
    process::output(Command::new(&cargo).arg("-V")).map_err(|failure| {
        Failure::new(format!("{GUEST_CARGO} does not name a cargo: {failure}")).help(format!("unset {GUEST_CARGO}"))
    })?;
    Ok(Toolchain { cargo })
}

fn cached() -> Option<Toolchain> {
    let prefix = cache_folder().ok()?;
    let is_there = setup(&prefix).arg("--check").status().is_ok_and(|status| status.success());
    is_there.then(|| Toolchain { cargo: prefix.join("bin/cargo") })
}

fn active() -> Option<Toolchain> {
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"])).ok()?;
    let sysroot = PathBuf::from(sysroot);
    let has = |target: &str| sysroot.join("lib/rustlib").join(target).join("lib").is_dir();
    let cargo = sysroot.join("bin/cargo");
    (TARGETS.iter().all(|target| has(target)) && cargo.is_file()).then_some(Toolchain { cargo })
}

fn make() -> Result<Toolchain, Failure> {
    if !debian_only() {
        match add_targets() {
            Ok(toolchain) => return Ok(toolchain),
            Err(failure) => say(format_args!("the active toolchain cannot get the targets: {failure}")),
        }
    }
    let prefix = cache_folder()?;
    say(format_args!(
        "making a toolchain of Debian's packages in {}: fetches 150 MB and builds std, about 2 minutes",
        prefix.display()
    ));
    process::run(&mut setup(&prefix)).map_err(|failure| {
        let targets = TARGETS.join(" ");
        Failure::new(format!("cannot make a toolchain for guests: {failure}"))
            .help(format!("add the targets to the active toolchain: rustup target add {targets}"))
    })?;
    Ok(Toolchain { cargo: prefix.join("bin/cargo") })
}

fn add_targets() -> Result<Toolchain, Failure> {
    say(format_args!("rustup target add {} (for at most {} s)", TARGETS.join(" "), RUSTUP_LIMIT.as_secs()));
    process::run_within(RUSTUP_LIMIT, Command::new("rustup").args(["target", "add"]).args(TARGETS))?;
    active().ok_or_else(|| Failure::new("rustup has added the targets, but the active toolchain lacks them"))
}

fn debian_only() -> bool {
    env::var_os("WITWRIGHT_TOOLCHAIN").is_some_and(|value| value == "debian")
}

fn setup(prefix: &Path) -> Command {
    let mut command = Command::new("bash");
    command.arg(crate::root().join("xtask/toolchain/setup-wasm-rust.sh"));
    command.env("PREFIX", prefix).env("TARGETS", TARGETS.join(" "));
    command
}

fn cache_folder() -> Result<PathBuf, Failure> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    let cache = cache.ok_or_else(|| Failure::new("no cache folder").help("set XDG_CACHE_HOME or HOME"))?;
    Ok(cache.join("witwright/wasm-guest"))
}

fn remap_flags() -> OsString {
    let home = env::var_os("CARGO_HOME").or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cargo").into()));
    let mut flags = remap_flag(crate::root().as_os_str(), "witwright");
    if let Some(home) = home {
        flags.push("\x1f");
        flags.push(remap_flag(&home, "cargo"));
    }
    flags
}

fn remap_flag(from: &OsStr, to: &str) -> OsString {
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(from);
    flag.push("=/");
    flag.push(to);
    flag
}
