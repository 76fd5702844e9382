//! Running other programs, with their exit codes, a time limit, and their command lines in messages.

use core::time::Duration;
use std::env;
use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::Failure;

/// A command for the cargo that runs this program, or for the one on the path.
#[must_use]
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Removes the variables that an outer cargo, rustc or rustup has set, which would change how another toolchain works.
pub fn clear_outer_toolchain(command: &mut Command) -> &mut Command {
    let mut names: Vec<OsString> = env::vars_os().map(|(name, _)| name).collect();
    names.retain(|name| name.to_str().is_some_and(of_outer_toolchain));
    for name in names {
        command.env_remove(name);
    }
    command
}

fn of_outer_toolchain(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "CARGO",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_INCREMENTAL",
        "LD_LIBRARY_PATH",
        "RUSTC",
        "RUSTDOC",
        "RUSTDOCFLAGS",
        "RUSTFLAGS",
        "RUSTUP_TOOLCHAIN",
    ];
    const STARTS: [&str; 8] = [
        "CARGO_BIN_",
        "CARGO_BUILD_",
        "CARGO_CFG_",
        "CARGO_MANIFEST_",
        "CARGO_PKG_",
        "CARGO_PROFILE_",
        "CARGO_TARGET_",
        "RUSTC_",
    ];
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start)) || name.starts_with("__CARGO")
}

/// Runs a program that shares our output.
///
/// # Errors
///
/// If it cannot be started, or its exit code is not 0.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let shown = show(command);
    let status = command.status().map_err(|error| Failure::new(format!("cannot start `{shown}`: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{shown}` failed with {status}"))) }
}

/// Runs a program and returns its output, without white space at both ends.
///
/// # Errors
///
/// If it cannot be started, or its exit code is not 0. The message has its stderr.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    let shown = show(command);
    let output = command.output().map_err(|error| Failure::new(format!("cannot start `{shown}`: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!("`{shown}` failed with {}:\n{}", output.status, said.trim_end())));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program without input, and kills it if it takes longer than `limit`.
///
/// # Errors
///
/// If it cannot be started, its exit code is not 0, or it takes too long.
pub fn run_within(limit: Duration, command: &mut Command) -> Result<(), Failure> {
    let shown = show(command);
    let failure = |error: std::io::Error| Failure::new(format!("cannot run `{shown}`: {error}"));
    let mut child = command.stdin(Stdio::null()).spawn().map_err(failure)?;
    let start = Instant::now();
    loop {
        match child.try_wait().map_err(failure)? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(Failure::new(format!("`{shown}` failed with {status}"))),
            None if start.elapsed() < limit => thread::sleep(Duration::from_millis(50)),
            None => {
                child.kill().and_then(|()| child.wait()).map_err(failure)?;
                return Err(Failure::new(format!("`{shown}` took longer than {} s", limit.as_secs())));
            }
        }
    }
}

fn show(command: &Command) -> String {
    let mut shown = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let start = Instant::now();
        let failure = run_within(Duration::from_millis(100), Command::new("sleep").arg("60")).unwrap_err();
        assert_eq!(failure.to_string(), "`sleep 60` took longer than 0 s");
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn exit_codes_count() {
        assert!(run_within(Duration::from_secs(30), &mut Command::new("true")).is_ok());
        let failure = run(&mut Command::new("false")).unwrap_err();
        assert_eq!(failure.to_string(), "`false` failed with exit status: 1");
    }

    #[test]
    fn variables_of_an_outer_cargo_are_known() {
        for name in ["CARGO_ENCODED_RUSTFLAGS", "RUSTC", "RUSTC_WRAPPER", "RUSTUP_TOOLCHAIN", "CARGO_PKG_NAME"] {
            assert!(of_outer_toolchain(name), "{name}");
        }
        for name in ["CARGO_HOME", "CARGO_NET_RETRY", "RUSTUP_HOME", "PATH", "HOME"] {
            assert!(!of_outer_toolchain(name), "{name}");
        }
    }
}
