//! The chores and how each is called.

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

/// How a chore ended.
pub(crate) enum Outcome {
    Done,
    Failed(Failure),
    /// The arguments make no sense: what is wrong with them.
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

/// Says that a chore does not know an argument.
pub(crate) fn unknown(argument: &str) -> Outcome {
    Outcome::Misused(format!("unknown argument `{argument}`"))
}
