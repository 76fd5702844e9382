//! Sizes: of guests beside those of wit-bindgen's, and of the smallest hosts.

mod guests;
mod hosts;

use xtask::Failure;
use xtask::steps::Steps;

use crate::report::Row;

pub(crate) fn run() -> Vec<Row> {
    let measured = || -> Result<Vec<Row>, Failure> {
        let mut steps = Steps::new(1 + hosts::PROGRAMS.len());
        let mut rows = steps.step("build the guests", guests::run)?;
        for program in &hosts::PROGRAMS {
            rows.extend(steps.step(&format!("build and run a host: {}", program.name), || hosts::run(program))?);
        }
        Ok(rows)
    };
    measured().unwrap_or_else(|failure| panic!("{failure}"))
}
