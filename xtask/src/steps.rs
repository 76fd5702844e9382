//! Steps of a chore: each says what it does and how long it took.

use core::time::Duration;
use std::time::Instant;

use crate::Failure;

/// The steps done so far, with their times.
#[derive(Debug, Default)]
pub struct Steps {
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Runs a step, announced before and timed after.
    ///
    /// # Errors
    ///
    /// Those of the step.
    pub fn step<T>(&mut self, name: &str, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        say(format_args!("{name} ..."));
        let start = Instant::now();
        let result = run();
        let took = start.elapsed();
        let how = if result.is_ok() { "done" } else { "failed" };
        say(format_args!("{name}: {how} in {:.1} s", took.as_secs_f64()));
        self.done.push((name.to_owned(), took));
        result
    }

    /// Prints the table of the steps and their times.
    pub fn print(&self) {
        let total: Duration = self.done.iter().map(|(_, took)| *took).sum();
        for (name, took) in &self.done {
            say(format_args!("{:8.1} s  {name}", took.as_secs_f64()));
        }
        say(format_args!("{:8.1} s  in all", total.as_secs_f64()));
    }
}

/// Prints a line about the progress of a chore, to stderr.
pub fn say(line: core::fmt::Arguments<'_>) {
    eprintln!("[xtask] {line}");
}
