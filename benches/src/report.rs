//! The table, and `target/bench.json`: ratios below 1 are better.

use serde_json::json;

/// One measurement beside a peer's.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) ours: f64,
    pub(crate) unit: &'static str,
    pub(crate) peer: &'static str,
    pub(crate) peer_value: f64,
}

impl Row {
    fn ratio(&self) -> f64 {
        self.ours / self.peer_value
    }
}

/// A table for people.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut table = format!("{:32} {:>12} {:>12} {:>8}  peer\n", "name", "ours", "peer", "ratio");
    for row in rows {
        let Row { name, ours, unit, peer, peer_value } = row;
        let ratio = row.ratio();
        table.push_str(&format!("{name:32} {ours:9.3} {unit} {peer_value:9.3} {unit} {ratio:8.3}  {peer}\n"));
    }
    table
}

/// The records, as an array. Work without an engine has no floor to compare with: both are null.
pub(crate) fn json(rows: &[Row]) -> String {
    let records: Vec<_> = rows.iter().map(record).collect();
    format!("{:#}\n", serde_json::Value::Array(records))
}

fn record(row: &Row) -> serde_json::Value {
    json!({
        "name": row.name,
        "engine": null,
        "ours": row.ours,
        "unit": row.unit,
        "peer": row.peer,
        "peer_value": row.peer_value,
        "peer_ratio": row.ratio(),
        "floor": null,
        "floor_value": null,
        "floor_ratio": null,
    })
}
