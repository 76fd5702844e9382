//! The report: one line a suite, and `target/conformance.json` with one record a group.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Suite, Verdict, Verdicts};

/// `suite  passed/total`.
#[must_use]
pub fn line(suite: &Suite, verdicts: &Verdicts) -> String {
    let passed = verdicts.values().filter(|verdict| **verdict == Verdict::Pass).count();
    format!("{}  {passed}/{}", suite.name, verdicts.len())
}

/// The records of a suite, one a group.
#[must_use]
pub fn records(suite: &Suite, verdicts: &Verdicts) -> Vec<Value> {
    let mut groups: BTreeMap<&str, Vec<(&str, &Verdict)>> = BTreeMap::new();
    for (id, verdict) in verdicts {
        groups.entry(&id.group).or_default().push((&id.name, verdict));
    }
    groups.into_iter().map(|(group, cases)| record(suite, group, &cases)).collect()
}

fn record(suite: &Suite, group: &str, cases: &[(&str, &Verdict)]) -> Value {
    let count = |wanted: fn(&Verdict) -> bool| cases.iter().filter(|(_, verdict)| wanted(verdict)).count();
    let failing = cases.iter().filter(|(_, verdict)| **verdict == Verdict::Fail).map(|(name, _)| *name);
    let failing: Vec<&str> = failing.collect();
    json!({
        "suite": suite.name,
        "group": group,
        "engine": null,
        "passed": count(|verdict| *verdict == Verdict::Pass),
        "excepted": count(|verdict| matches!(verdict, Verdict::Excepted(_))),
        "failed": failing.len(),
        "total": cases.len(),
        "failing": failing,
    })
}
