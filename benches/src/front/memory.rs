//! The peak memory of parsing, measured by a second program that counts allocations.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::report::{Beside, Row};

/// The peaks of both front ends, without the text itself.
pub(super) fn row(name: String, peer: &'static str, text: &str) -> Row {
    let (ours, peer_value) = (peak("ours", text), peak("peer", text));
    Row { name, engine: None, ours, unit: "MB", peer: Some(Beside { name: peer, value: peer_value }), floor: None }
}

fn peak(who: &str, text: &str) -> f64 {
    let program = env::current_exe().expect("a running program has a path");
    let program = program.with_file_name(format!("witwright-peak-memory{}", env::consts::EXE_SUFFIX));
    let mut command = Command::new(&program);
    let child = command.arg(who).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
    let mut stdin = child.stdin.take().expect("the input is a pipe");
    stdin.write_all(text.as_bytes()).expect("the program reads its input");
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    let bytes = String::from_utf8_lossy(&output.stdout).trim().parse::<f64>();
    bytes.expect("the program prints a number") / 1e6
}
