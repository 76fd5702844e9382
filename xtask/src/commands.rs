//! The chores, with their names, help texts and outcomes.

mod bench;
mod conformance;
mod demo;
mod fuzz;
mod nostd;
mod test;
mod toolchain;
mod vectors;

use xtask::Failure;

/// A chore.
pub(crate) struct Command {
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) usage: &'static str,
    pub(crate) run: fn(&[String]) -> Outcome,
}

/// The outcome of a chore.
pub(crate) enum Outcome {
    Done,
    Failed(Failure),
    /// Wrong usage, with the reason.
    Misused(String),
}

impl From<Result<(), Failure>> for Outcome {
    fn from(result: Result<(), Failure>) -> Self {
        match result {
            Ok(()) => Self::Done,
            Err(failure) => Self::Failed(failure),
        }
    }
}

/// Every chore, in the order of the help.
pub(crate) const COMMANDS: &[Command] = &[
    demo::COMMAND,
    test::COMMAND,
    nostd::COMMAND,
    conformance::COMMAND,
    fuzz::COMMAND,
    bench::COMMAND,
    toolchain::COMMAND,
    vectors::COMMAND,
];

/// The outcome of an argument that a chore does not know.
pub(crate) fn unknown(argument: &str) -> Outcome {
    Outcome::Misused(format!("unknown argument `{argument}`"))
}
