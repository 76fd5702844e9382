//! Witwright beside its peers, in one run; `cargo xtask bench` calls it (DESIGN, speed and size).

#[cfg(feature = "calls")]
mod calls;
#[cfg(feature = "async")]
mod concurrent;
#[cfg(feature = "front")]
mod front;
pub mod report;
#[cfg(feature = "size")]
mod size;
pub mod work;

use std::process::ExitCode;

#[cfg(feature = "async")]
pub use concurrent::parked;
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
    #[cfg(feature = "async")]
    Group { name: "async", run: concurrent::run },
    #[cfg(feature = "size")]
    Group { name: "size", run: size::run },
];

/// Measures the group that the arguments name, or all.
#[must_use]
pub fn run(arguments: &[String]) -> ExitCode {
    let only = match arguments {
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
    report::publish(&rows)
}
