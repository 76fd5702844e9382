//! The test suites of other projects as cases that pass or fail, and the ratchets that record them (DESIGN, tests).

mod binaries;
mod cases;
mod components;
mod ratchet;
mod report;
mod resolver;
mod scripts;
mod structure;
mod worlds;

pub use cases::{Case, CaseId, Outcome, Suite};
pub use ratchet::{Outcomes, Ratchet, Verdict, Verdicts};
pub use report::{lines, records};
pub use resolver::rejections;

/// Every suite, in the order of the report.
pub const SUITES: [Suite; 10] = [
    resolver::WIT_PARSER_UI,
    resolver::PACKAGES,
    worlds::WIT_COMPONENT_MERGE,
    worlds::WIT_COMPONENT_TARGETS,
    binaries::INTERFACES,
    binaries::COMPONENTS,
    components::BINARIES,
    scripts::ON_WASMI,
    scripts::ON_WASMTIME,
    scripts::VALIDATION,
];

/// Runs every case of a suite.
#[must_use]
pub fn run(suite: &Suite) -> Outcomes {
    (suite.cases)().into_iter().map(|case| (case.id.clone(), case.outcome())).collect()
}
