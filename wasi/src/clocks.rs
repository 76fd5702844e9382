//! Clocks: the machine's, and traits for clocks of your own.

use core::time::Duration;
use std::time::{Instant, SystemTime};

/// A clock that tells the time of day. It may jump.
pub trait WallClock: Send + 'static {
    /// The time since the start of 1970, in UTC.
    fn now(&self) -> Duration;
    /// The smallest step of the clock.
    fn resolution(&self) -> Duration;
}

/// A clock that never goes back.
///
/// Guests wait by the machine's own clock, for the time that is left on this clock.
pub trait MonotonicClock: Send + 'static {
    /// Nanoseconds since a point in time that the clock chooses.
    fn now(&self) -> u64;
    /// The smallest step of the clock, in nanoseconds.
    fn resolution(&self) -> u64;
}

/// The machine's time of day.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemWallClock;

impl WallClock for SystemWallClock {
    fn now(&self) -> Duration {
        // A clock that is set to a time before 1970 shows 1970.
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
    }

    fn resolution(&self) -> Duration {
        Duration::from_nanos(1)
    }
}

/// The machine's monotonic clock; it starts at 0.
#[derive(Clone, Copy, Debug)]
pub struct SystemMonotonicClock {
    start: Instant,
}

impl SystemMonotonicClock {
    /// A clock that starts now.
    #[must_use]
    pub fn new() -> SystemMonotonicClock {
        SystemMonotonicClock { start: Instant::now() }
    }
}

impl Default for SystemMonotonicClock {
    fn default() -> SystemMonotonicClock {
        SystemMonotonicClock::new()
    }
}

impl MonotonicClock for SystemMonotonicClock {
    fn now(&self) -> u64 {
        // 584 years fit.
        u64::try_from(self.start.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn resolution(&self) -> u64 {
        1
    }
}
