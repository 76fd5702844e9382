//! The table, and `target/bench.json`: ratios below 1 are better.

use std::process::ExitCode;

use serde_json::json;

/// One measurement, and that of a peer, if a peer does the same.
pub struct Row {
    /// The task.
    pub name: String,
    /// The engine that ran it, if any.
    pub engine: Option<&'static str>,
    /// Our measurement.
    pub ours: f64,
    /// The unit of all values.
    pub unit: &'static str,
    /// The measurement of the peer.
    pub peer: Option<Beside>,
    /// The least that is possible.
    pub floor: Option<Beside>,
}

/// The measurement of another program for the same task.
pub struct Beside {
    /// The name of the program.
    pub name: &'static str,
    /// The value, in the row's unit.
    pub value: f64,
}

/// Prints the table, and writes the records.
#[must_use]
#[expect(clippy::print_stdout, reason = "the end of a program, which prints its table")]
pub fn publish(rows: &[Row]) -> ExitCode {
    print!("{}", table(rows));
    match xtask::write_result("bench.json", &json(rows)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

impl Row {
    fn ratio(&self, other: Option<&Beside>) -> Option<f64> {
        other.map(|other| self.ours / other.value)
    }
}

/// The table.
fn table(rows: &[Row]) -> String {
    let mut table = format!("{:36} {:>13} {:>13} {:>7}  peer or floor\n", "name", "ours", "theirs", "ratio");
    for row in rows {
        let Row { name, ours, unit, peer, floor, .. } = row;
        let mut line = |ours: &str, other: Option<&Beside>| {
            let (value, ratio, other_name) = match (other, row.ratio(other)) {
                (Some(other), Some(ratio)) => (format!("{:.3} {unit}", other.value), format!("{ratio:.3}"), other.name),
                (None, _) | (_, None) => (String::new(), String::new(), ""),
            };
            table.push_str(format!("{name:36} {ours:>13} {value:>13} {ratio:>7}  {other_name}").trim_end());
            table.push('\n');
        };
        let ours = format!("{ours:.3} {unit}");
        if peer.is_some() || floor.is_none() {
            line(&ours, peer.as_ref());
        }
        if floor.is_some() {
            line(&ours, floor.as_ref());
        }
    }
    table
}

/// The records, as an array. A missing measurement is null.
fn json(rows: &[Row]) -> String {
    let records: Vec<_> = rows.iter().map(record).collect();
    format!("{:#}\n", serde_json::Value::Array(records))
}

fn record(row: &Row) -> serde_json::Value {
    json!({
        "name": row.name,
        "engine": row.engine,
        "ours": row.ours,
        "unit": row.unit,
        "peer": row.peer.as_ref().map(|peer| peer.name),
        "peer_value": row.peer.as_ref().map(|peer| peer.value),
        "peer_ratio": row.ratio(row.peer.as_ref()),
        "floor": row.floor.as_ref().map(|floor| floor.name),
        "floor_value": row.floor.as_ref().map(|floor| floor.value),
        "floor_ratio": row.ratio(row.floor.as_ref()),
    })
}
