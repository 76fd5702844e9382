//! The report: one line for each suite or folder of a suite, and `target/conformance.json` with one record for each group.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Suite, Verdict, Verdicts};

/// `suite  passed/total`. A suite that an engine runs has one such line for each folder.
#[must_use]
pub fn lines(suite: &Suite, verdicts: &Verdicts) -> Vec<String> {
    let line = |name: String, verdicts: &mut dyn Iterator<Item = &Verdict>| {
        let (mut passed, mut total) = (0, 0);
        for verdict in verdicts {
            passed += usize::from(*verdict == Verdict::Pass);
            total += 1;
        }
        format!("{name}  {passed}/{total}")
    };
    let Some(engine) = suite.engine else {
        return vec![line(suite.name.to_owned(), &mut verdicts.values())];
    };
    let groups: BTreeSet<&str> = verdicts.keys().map(|id| id.group.as_str()).collect();
    let of_group = |group: &&str| {
        let mut inside = verdicts.iter().filter(|(id, _)| id.group == **group).map(|(_, verdict)| verdict);
        line(format!("{}/{group} on {engine}", suite.name), &mut inside)
    };
    groups.iter().map(of_group).collect()
}

/// The records of a suite, one for each group.
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
        "engine": suite.engine,
        "passed": count(|verdict| *verdict == Verdict::Pass),
        "excepted": count(|verdict| matches!(verdict, Verdict::Excepted(_))),
        "failed": failing.len(),
        "total": cases.len(),
        "failing": failing,
    })
}
