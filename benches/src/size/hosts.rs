//! Flash and memory of the smallest hosts: freestanding programs of `tests/no-std`, built and run.

use std::path::Path;

use xtask::{Failure, bare, process};

use crate::report::Row;

/// As programs for small machines are built.
const LTO: [&str; 4] = ["--config", "profile.release.lto=\"fat\"", "--config", "profile.release.codegen-units=1"];

/// A freestanding program.
pub(super) struct Program {
    pub(super) name: &'static str,
    engine: Option<&'static str>,
    package: &'static str,
    options: &'static [&'static str],
}

/// A function on wasmi; a task and a stream without an allocator.
pub(super) const PROGRAMS: [Program; 2] = [
    Program { name: "one function", engine: Some("wasmi"), package: "no-std-smallest", options: &[] },
    Program { name: "no allocator", engine: None, package: "no-std-machine", options: &["--no-default-features"] },
];

pub(super) fn run(program: &Program) -> Result<Vec<Row>, Failure> {
    let Program { name, engine, package, options } = *program;
    let rows = measure(package, options)?.into_iter().map(|(what, bytes)| Row {
        name: format!("{name}: {what}"),
        engine,
        ours: bytes as f64,
        unit: "bytes",
        peer: None,
        floor: None,
    });
    Ok(rows.collect())
}

/// The bytes of a program that are loaded, and those of heap and stack that it says it used.
fn measure(package: &str, options: &[&str]) -> Result<Vec<(&'static str, u64)>, Failure> {
    let path = bare::build_with(package, &[&LTO, options].concat())?;
    let mut measured = vec![("flash", flash(&path)?)];
    let written = process::output(&mut std::process::Command::new(&path))?;
    for (what, start) in [("heap", "heap: "), ("stack", "stack: "), ("tables", "machine: ")] {
        let line = written.lines().find_map(|line| line.strip_prefix(start));
        let number = line.and_then(|line| line.split(' ').next()?.parse().ok());
        measured.extend(number.map(|bytes| (what, bytes)));
    }
    Ok(measured)
}

/// The bytes of the segments of an ELF file of 64 bits that are loaded from it.
fn flash(path: &Path) -> Result<u64, Failure> {
    let wrong = |what| Failure::new(format!("{}: {what}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let number = |at: usize, size: usize| -> Option<u64> {
        let field = bytes.get(at..at + size)?;
        Some(field.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    let sum = || {
        let (start, size, count) = (number(32, 8)?, number(54, 2)?, number(56, 2)?);
        (0..count).try_fold(0, |sum, index| {
            let header = (start + index * size) as usize;
            let is_loaded = number(header, 4)? == 1;
            Some(sum + if is_loaded { number(header + 32, 8)? } else { 0 })
        })
    };
    sum().ok_or_else(|| wrong("it is no ELF file".to_owned()))
}
