//! A suite is a list of cases. A case passes, or fails with a reason.

use core::fmt;
use core::panic::AssertUnwindSafe;
use std::panic;

/// A test suite of another project.
#[derive(Clone, Copy)]
pub struct Suite {
    /// Its name in the report and in the ratchet file.
    pub name: &'static str,
    /// The core engine that runs it, if any.
    pub engine: Option<&'static str>,
    /// Its cases, in order.
    pub cases: fn() -> Vec<Case>,
}

impl Suite {
    /// Its name in messages and of its ratchet file: with the engine.
    #[must_use]
    pub fn title(&self) -> String {
        match self.engine {
            Some(engine) => format!("{}/{engine}", self.name),
            None => self.name.to_owned(),
        }
    }
}

/// One case of a suite.
pub struct Case {
    /// Its identity.
    pub id: CaseId,
    /// Runs it.
    pub run: Box<dyn Fn() -> Outcome>,
}

/// The identity of a case in its suite.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseId {
    /// The folder of the suite that contains it.
    pub group: String,
    /// Its name, unique in the group.
    pub name: String,
}

/// The outcome of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The result that the suite demands.
    Pass,
    /// Another result, with the reason.
    Fail(String),
}

impl Case {
    /// Runs the case; a panic is a failure.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match panic::catch_unwind(AssertUnwindSafe(&self.run)) {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Fail("panicked".to_owned()),
        }
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.group, self.name)
    }
}
