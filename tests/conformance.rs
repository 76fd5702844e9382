//! Runs the test suites of other projects, reports, and checks the ratchets. `cargo xtask conformance` calls it.
#![expect(clippy::print_stdout, reason = "a program, which prints its report")]

use std::process::ExitCode;

use serde_json::Value;
use witwright_tests::conformance::{self, Ratchet, SUITES, Suite};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bless = arguments.iter().any(|argument| argument == "--bless");
    let names: Vec<&String> = arguments.iter().filter(|argument| *argument != "--bless").collect();
    let is_meant = |suite: &Suite, name: &str| suite.name == name || suite.title() == name;
    if let Some(unknown) = names.iter().find(|name| !SUITES.iter().any(|suite| is_meant(suite, name))) {
        eprintln!("error: no suite is called `{unknown}`; there are: {}", SUITES.map(|suite| suite.title()).join(", "));
        return ExitCode::from(2);
    }
    let mut report = Vec::new();
    let mut problems = Vec::new();
    for suite in SUITES.iter().filter(|suite| names.is_empty() || names.iter().any(|name| is_meant(suite, name))) {
        problems.extend(run(suite, bless, &mut report));
    }
    if let Err(failure) = xtask::write_result("conformance.json", &format!("{:#}\n", Value::Array(report))) {
        problems.push(failure.to_string());
    }
    for problem in &problems {
        eprintln!("error: {problem}");
    }
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a suite, prints its line, adds its records, and returns its problems.
fn run(suite: &Suite, bless: bool, report: &mut Vec<Value>) -> Vec<String> {
    let ratchet = Ratchet::read(suite);
    let outcomes = conformance::run(suite);
    let verdicts = ratchet.verdicts(&outcomes);
    for line in conformance::lines(suite, &verdicts) {
        println!("{line}");
    }
    report.extend(conformance::records(suite, &verdicts));
    if !bless {
        return ratchet.problems(&outcomes);
    }
    match ratchet.bless(&outcomes) {
        Ok(()) => Vec::new(),
        Err(error) => vec![format!("cannot write the ratchet of {}: {error}", suite.name)],
    }
}
