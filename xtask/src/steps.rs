//! Steps of a chore: each is announced with its number, and its time is printed when it ends.

use core::time::Duration;
use std::time::Instant;

use crate::Failure;

/// The steps of a chore, of which some have ended.
#[derive(Debug)]
pub struct Steps {
    count: usize,
    ended: Vec<(String, Duration)>,
}

impl Steps {
    /// A chore of `count` steps, before the first.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { count, ended: Vec::new() }
    }

    /// Runs the next step.
    ///
    /// # Errors
    ///
    /// Those of the step.
    ///
    /// # Panics
    ///
    /// If the chore has fewer steps.
    pub fn step<T>(&mut self, name: &str, run: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        let number = self.ended.len() + 1;
        let count = self.count;
        assert!(number <= count, "the chore announced {count} steps; `{name}` is one more");
        say(format_args!("step {number} of {count}: {name} ..."));
        let start = Instant::now();
        let result = run();
        let took = start.elapsed();
        let how = if result.is_ok() { "done" } else { "failed" };
        say(format_args!("step {number} of {count}: {name}: {how} after {:.1} s", took.as_secs_f64()));
        self.ended.push((name.to_owned(), took));
        result
    }

    /// Prints the steps that have ended, with their times.
    pub fn print(&self) {
        let total: Duration = self.ended.iter().map(|(_, took)| *took).sum();
        for (name, took) in &self.ended {
            say(format_args!("{:8.1} s  {name}", took.as_secs_f64()));
        }
        say(format_args!("{:8.1} s  in all", total.as_secs_f64()));
    }
}

/// Prints a line about the progress of a chore to stderr.
pub fn say(line: core::fmt::Arguments<'_>) {
    eprintln!("[xtask] {line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_fails_has_ended_too() {
        let mut steps = Steps::new(2);
        assert_eq!(steps.step("first", || Ok(1)), Ok(1));
        assert!(steps.step("second", || Err::<(), _>(Failure::new("no"))).is_err());
        let names: Vec<&str> = steps.ended.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["first", "second"]);
    }

    #[test]
    #[should_panic(expected = "the chore announced 0 steps; `one` is one more")]
    fn the_number_of_steps_is_held() {
        let _ = Steps::new(0).step("one", || Ok(()));
    }
}
