//! Times of two ways to do the same, in turns, so that both see the same state of the machine.

use core::hint::black_box;
use core::time::Duration;
use std::time::Instant;

use crate::report::{Beside, Row};

/// The time of each way: the least of its rounds, because that round was least disturbed by other programs.
pub(super) struct Pair {
    pub(super) ours: Duration,
    pub(super) peer: Duration,
}

/// Runs both ways in turns, after a round that is not counted.
pub(super) fn in_turns<A, B>(rounds: usize, ours: impl Fn() -> A, peer: impl Fn() -> B) -> Pair {
    let mut least = Pair { ours: Duration::MAX, peer: Duration::MAX };
    for round in 0..=rounds {
        let (of_ours, of_peer) = (time(&ours), time(&peer));
        if round > 0 {
            least = Pair { ours: least.ours.min(of_ours), peer: least.peer.min(of_peer) };
        }
    }
    least
}

/// The time of one way without a peer.
pub(super) fn alone<T>(rounds: usize, run: impl Fn() -> T) -> Duration {
    in_turns(rounds, run, || ()).ours
}

/// The time of one run. It includes dropping the result, which a user must do too.
fn time<T>(run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    drop(black_box(run()));
    start.elapsed()
}

/// Two times.
pub(super) fn pair(name: String, peer: &'static str, pair: &Pair) -> Row {
    let peer = Beside { name: peer, value: millis(pair.peer) };
    Row { name, engine: None, ours: millis(pair.ours), unit: "ms", peer: Some(peer), floor: None }
}

/// A time without a peer's: the peer cannot do it, or does not show it.
pub(super) fn single(name: String, time: Duration) -> Row {
    Row { name, engine: None, ours: millis(time), unit: "ms", peer: None, floor: None }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
