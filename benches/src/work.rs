//! One task done in several ways, timed in turns.

use core::time::Duration;
use std::time::Instant;

use xtask::steps::say;

use crate::report::{Beside, Row};

const ROUNDS: usize = 21;

/// Does the given number of things.
pub type Way = Box<dyn FnMut(u32)>;

/// The ways to do one thing on one engine.
pub struct Work {
    /// The task.
    pub name: String,
    /// The name of the engine.
    pub engine: &'static str,
    /// The number of times that it is done in a round.
    pub count: u32,
    /// Ours.
    pub ours: Way,
    /// The least that is possible, if it is known.
    pub floor: Option<(&'static str, Way)>,
    /// `None` if the peer does not run on this engine.
    pub peer: Option<(&'static str, Way)>,
}

/// The row of the least time of each way, in nanoseconds for one thing. The ways run in turns, so that all see the same state
/// of the machine, after a round that is not counted.
#[must_use]
pub fn measure(work: Work) -> Row {
    let Work { name, engine, count, mut ours, mut floor, mut peer } = work;
    say(format_args!("measure {name} on {engine}"));
    let mut least = [Duration::MAX; 3];
    for round in 0..=ROUNDS {
        let beside = |way: &mut Option<(_, Way)>| way.as_mut().map_or(Duration::MAX, |(_, way)| time(way, count));
        let times = [time(&mut ours, count), beside(&mut floor), beside(&mut peer)];
        if round > 0 {
            least = core::array::from_fn(|way| least[way].min(times[way]));
        }
    }
    let each = |time: Duration| time.as_secs_f64() * 1e9 / f64::from(count);
    Row {
        name: format!("{name} on {engine}"),
        engine: Some(engine),
        ours: each(least[0]),
        unit: "ns",
        peer: peer.map(|(name, _)| Beside { name, value: each(least[2]) }),
        floor: floor.map(|(name, _)| Beside { name, value: each(least[1]) }),
    }
}

fn time(way: &mut Way, count: u32) -> Duration {
    let start = Instant::now();
    way(count);
    start.elapsed()
}
