//! Sizes: of guests beside those of wit-bindgen's, and of the smallest hosts.

mod guests;
mod hosts;

use xtask::Failure;

use crate::report::Row;

pub(crate) fn run() -> Vec<Row> {
    let measured = || -> Result<Vec<Row>, Failure> {
        let mut rows = guests::run()?;
        rows.extend(hosts::run()?);
        Ok(rows)
    };
    measured().unwrap_or_else(|failure| panic!("{failure}"))
}
