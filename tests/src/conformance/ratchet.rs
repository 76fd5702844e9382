//! Ratchet files: the result of each case of a suite. A case that passed must still pass, and the file must be current.
//!
//! Under a line `[GROUP]`, a line is `pass NAME`, `fail NAME`, or `excepted NAME: KIND REASON`, where KIND is `spec` (with file and sentence), `engine`
//! (with the missing proposal) or `gate` (with the unreleased feature). Exceptions are written by hand and are kept for
//! as long as their cases do not pass.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use super::{CaseId, Outcome, Suite};

/// The result of a case in a ratchet file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It passes.
    Pass,
    /// It does not pass, with an excuse: a rule, the engine or an unreleased feature.
    Excepted(String),
    /// It does not pass.
    Fail,
}

/// The verdicts of a suite by case.
pub type Verdicts = BTreeMap<CaseId, Verdict>;

/// The outcomes of a suite by case.
pub type Outcomes = BTreeMap<CaseId, Outcome>;

/// The ratchet file of a suite.
pub struct Ratchet {
    suite: String,
    path: PathBuf,
    stated: Verdicts,
}

impl Ratchet {
    /// Reads the file. A missing file has no verdicts.
    ///
    /// # Panics
    ///
    /// If a line has another form.
    #[must_use]
    pub fn read(suite: &Suite) -> Self {
        let path = xtask::root().join(format!("tests/conformance/{}.txt", suite.title().replace('/', "-")));
        let stated = parse(&fs::read_to_string(&path).unwrap_or_default());
        Self { suite: suite.title(), path, stated }
    }

    /// The verdicts of these outcomes, with the exceptions that the file states.
    #[must_use]
    pub fn verdicts(&self, outcomes: &Outcomes) -> Verdicts {
        let verdict = |(id, outcome): (&CaseId, &Outcome)| {
            let verdict = match (outcome, self.stated.get(id)) {
                (Outcome::Pass, _) => Verdict::Pass,
                (Outcome::Fail(_), Some(Verdict::Excepted(reason))) => Verdict::Excepted(reason.clone()),
                (Outcome::Fail(_), Some(Verdict::Pass | Verdict::Fail) | None) => Verdict::Fail,
            };
            (id.clone(), verdict)
        };
        outcomes.iter().map(verdict).collect()
    }

    /// One line for each case whose verdict in the file is not current.
    #[must_use]
    pub fn problems(&self, outcomes: &Outcomes) -> Vec<String> {
        let suite = &self.suite;
        let mut problems = Vec::new();
        let found = self.verdicts(outcomes);
        for (id, verdict) in &found {
            match (self.stated.get(id), &outcomes[id]) {
                (Some(stated), _) if stated == verdict => {}
                (Some(Verdict::Pass), Outcome::Fail(why)) => {
                    problems.push(format!("{suite}: {id}: passed and now fails: {why}"));
                }
                _ => problems.push(format!("{suite}: {id}: not stated as it is; bless the ratchet")),
            }
        }
        let gone = self.stated.keys().filter(|id| !found.contains_key(*id));
        problems.extend(gone.map(|id| format!("{suite}: {id}: stated, but no case; bless the ratchet")));
        problems
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn bless(&self, outcomes: &Outcomes) -> io::Result<()> {
        fs::write(&self.path, render(&self.suite, &self.verdicts(outcomes)))
    }
}

fn parse(text: &str) -> Verdicts {
    let mut verdicts = Verdicts::new();
    let mut group = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => group = name.to_owned(),
            None => {
                let (name, verdict) = parse_line(line);
                verdicts.insert(CaseId { group: group.clone(), name }, verdict);
            }
        }
    }
    verdicts
}

fn parse_line(line: &str) -> (String, Verdict) {
    let (verdict, rest) = line.split_once(' ').unwrap_or((line, ""));
    match verdict {
        "pass" => (rest.to_owned(), Verdict::Pass),
        "fail" => (rest.to_owned(), Verdict::Fail),
        "excepted" => {
            let (name, reason) = rest.split_once(": ").unwrap_or_else(|| panic!("no reason is given: {line}"));
            let has_kind = ["spec ", "engine ", "gate "].iter().any(|kind| reason.starts_with(kind));
            assert!(has_kind, "an exception is of kind spec, engine or gate: {line}");
            (name.to_owned(), Verdict::Excepted(reason.to_owned()))
        }
        _ => panic!("a ratchet line starts with pass, fail or excepted: {line}"),
    }
}

fn render(suite: &str, verdicts: &Verdicts) -> String {
    let mut text = format!("# {suite}: written by `cargo xtask conformance --bless`; exceptions by hand.\n");
    let mut group = "";
    for (CaseId { group: its_group, name }, verdict) in verdicts {
        if its_group != group {
            group = its_group;
            text.push_str(&format!("\n[{group}]\n"));
        }
        text.push_str(&match verdict {
            Verdict::Pass => format!("pass {name}\n"),
            Verdict::Fail => format!("fail {name}\n"),
            Verdict::Excepted(reason) => format!("excepted {name}: {reason}\n"),
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(stated: &str, outcome: Outcome) -> Vec<String> {
        let stated = parse(&format!("[a]\n{stated}"));
        let ratchet = Ratchet { suite: "suite".to_owned(), path: PathBuf::new(), stated };
        ratchet.problems(&Outcomes::from([(CaseId { group: "a".to_owned(), name: "b".to_owned() }, outcome)]))
    }

    fn fail() -> Outcome {
        Outcome::Fail("why".to_owned())
    }

    #[test]
    fn a_pass_that_fails_is_a_problem() {
        assert_eq!(problems("pass b", fail()), ["suite: a: b: passed and now fails: why"]);
        assert!(problems("pass b", Outcome::Pass).is_empty());
        assert!(problems("fail b", fail()).is_empty());
        assert!(problems("excepted b: gate maps", fail()).is_empty());
    }

    #[test]
    fn what_is_written_is_read() {
        let text = "# suite: written by `cargo xtask conformance --bless`; exceptions by hand.\n\n[a]\nexcepted b: spec \
                    `WIT.md` says so\npass c\n\n[a/d]\nfail b\n";
        assert_eq!(render("suite", &parse(text)), text);
    }

    #[test]
    fn a_file_that_is_not_current_is_a_problem() {
        assert_eq!(problems("fail b", Outcome::Pass).len(), 1);
        assert_eq!(problems("excepted b: gate maps", Outcome::Pass).len(), 1);
        assert_eq!(problems("", Outcome::Pass).len(), 1);
        assert_eq!(problems("pass b\npass c", Outcome::Pass), ["suite: a: c: stated, but no case; bless the ratchet"]);
    }
}
