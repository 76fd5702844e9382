//! A suite is a list of cases; a case passes or fails, and says why.

use core::fmt;
use core::panic::AssertUnwindSafe;
use std::panic;

/// A suite of others.
#[derive(Clone, Copy)]
pub struct Suite {
    /// What the report and the ratchet file call it.
    pub name: &'static str,
    /// What runs it, where a core engine does.
    pub engine: Option<&'static str>,
    /// Its cases, in order.
    pub cases: fn() -> Vec<Case>,
}

impl Suite {
    /// What its ratchet file and messages call it: its name, and the engine's.
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
    /// Which one.
    pub id: CaseId,
    /// Runs it.
    pub run: Box<dyn Fn() -> Outcome>,
}

/// Which case of a suite.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseId {
    /// The folder of the suite that it lies in.
    pub group: String,
    /// Its name, unique in the group.
    pub name: String,
}

/// How a case ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As the suite demands.
    Pass,
    /// Otherwise, and how.
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
