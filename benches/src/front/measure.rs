//! Times of two ways to do one thing, taken in turns so that both see the same machine.

use core::hint::black_box;
use core::time::Duration;
use std::time::Instant;

use crate::report::{Beside, Row};

/// How long each way takes: the least time of its rounds, which is that of the round least disturbed by other programs.
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

/// How long one way takes that has no other beside it.
pub(super) fn alone<T>(rounds: usize, run: impl Fn() -> T) -> Duration {
    in_turns(rounds, run, || ()).ours
}

/// The time of one run; what it returns is dropped within it, as a user would have to.
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

/// The time of something that no peer does, or shows.
pub(super) fn single(name: String, time: Duration) -> Row {
    Row { name, engine: None, ours: millis(time), unit: "ms", peer: None, floor: None }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
