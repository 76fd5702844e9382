//! The table, and `target/bench.json`: ratios below 1 are better.

use core::time::Duration;

use serde_json::json;

use crate::measure::Pair;

/// One measurement, beside a peer's where a peer does the same.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) ours: f64,
    pub(crate) unit: &'static str,
    pub(crate) peer: Option<Peer>,
}

/// What a peer needs for the same.
pub(crate) struct Peer {
    /// What of the peer was run.
    pub(crate) name: &'static str,
    pub(crate) value: f64,
}

impl Row {
    /// Two times.
    pub(crate) fn times(name: String, peer: &'static str, pair: &Pair) -> Row {
        let peer = Peer { name: peer, value: millis(pair.peer) };
        Row { name, ours: millis(pair.ours), unit: "ms", peer: Some(peer) }
    }

    /// The time of something that no peer does, or shows.
    pub(crate) fn time(name: String, time: Duration) -> Row {
        Row { name, ours: millis(time), unit: "ms", peer: None }
    }

    fn ratio(&self) -> Option<f64> {
        self.peer.as_ref().map(|peer| self.ours / peer.value)
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// A table for people.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut table = format!("{:36} {:>13} {:>13} {:>7}  peer\n", "name", "ours", "peer", "ratio");
    for row in rows {
        let Row { name, ours, unit, peer } = row;
        let (peer_value, ratio, peer_name) = match (peer, row.ratio()) {
            (Some(peer), Some(ratio)) => (format!("{:.3} {unit}", peer.value), format!("{ratio:.3}"), peer.name),
            (None, _) | (_, None) => (String::new(), String::new(), ""),
        };
        let ours = format!("{ours:.3} {unit}");
        table.push_str(format!("{name:36} {ours:>13} {peer_value:>13} {ratio:>7}  {peer_name}").trim_end());
        table.push('\n');
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
        "peer": row.peer.as_ref().map(|peer| peer.name),
        "peer_value": row.peer.as_ref().map(|peer| peer.value),
        "peer_ratio": row.ratio(),
        "floor": null,
        "floor_value": null,
        "floor_ratio": null,
    })
}
