//! Times of two ways to do one thing, taken in turns so that both see the same machine.

use core::hint::black_box;
use core::time::Duration;
use std::time::Instant;

/// How long each way takes, as the median of its rounds.
pub(crate) struct Pair {
    pub(crate) ours: Duration,
    pub(crate) peer: Duration,
}

/// Runs both ways in turns, after some rounds that are not counted.
pub(crate) fn in_turns<A, B>(rounds: usize, ours: impl Fn() -> A, peer: impl Fn() -> B) -> Pair {
    const WARM_UP: usize = 3;
    let mut times = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + rounds {
        let (of_ours, of_peer) = (time(&ours), time(&peer));
        if round >= WARM_UP {
            times.0.push(of_ours);
            times.1.push(of_peer);
        }
    }
    Pair { ours: median(times.0), peer: median(times.1) }
}

/// The time of one run; what it returns is dropped within it, as a user would have to.
fn time<T>(run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    drop(black_box(run()));
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
