//! Witwright beside its peers, in one run; `cargo xtask bench` calls it (DESIGN, speed and size).
#![expect(clippy::print_stdout, reason = "a program, which prints its table")]

#[cfg(feature = "calls")]
mod calls;
#[cfg(feature = "front")]
mod front;
mod report;

use std::process::ExitCode;

use report::Row;

/// A group of measurements.
struct Group {
    name: &'static str,
    run: fn() -> Vec<Row>,
}

const GROUPS: &[Group] = &[
    #[cfg(feature = "front")]
    Group { name: "front", run: front::run },
    #[cfg(feature = "calls")]
    Group { name: "calls", run: calls::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let only = match arguments.as_slice() {
        [] => None,
        [flag, name] if flag == "--only" && GROUPS.iter().any(|group| group.name == name) => Some(name),
        [..] => {
            eprintln!(
                "usage: cargo xtask bench [--only {}]",
                GROUPS.iter().map(|group| group.name).collect::<Vec<_>>().join("|")
            );
            return ExitCode::from(2);
        }
    };
    let groups = GROUPS.iter().filter(|group| only.is_none_or(|only| group.name == only));
    let rows: Vec<Row> = groups.flat_map(|group| (group.run)()).collect();
    print!("{}", report::table(&rows));
    match xtask::write_result("bench.json", &report::json(&rows)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
