//! `wasi:clocks`: the time of day, and time that passes.

use core::time::Duration;

use witwright_host::{Error, Resource};

use super::bindings::wasi::clocks::{monotonic_clock, timezone, wall_clock};
use super::bindings::wasi::io::poll::Pollable;
use super::io::pollable;
use crate::ctx::WasiCtxView;
use crate::wait::Deadline;

impl monotonic_clock::Host for WasiCtxView<'_> {
    fn now(&mut self) -> Result<u64, Error> {
        Ok(self.ctx.monotonic_clock.now())
    }

    fn resolution(&mut self) -> Result<u64, Error> {
        Ok(self.ctx.monotonic_clock.resolution())
    }

    fn subscribe_instant(&mut self, when: u64) -> Result<Resource<Pollable>, Error> {
        let left = when.saturating_sub(self.ctx.monotonic_clock.now());
        self.subscribe_duration(left)
    }

    fn subscribe_duration(&mut self, when: u64) -> Result<Resource<Pollable>, Error> {
        pollable(self.table, Deadline::after(Duration::from_nanos(when)))
    }
}

impl wall_clock::Host for WasiCtxView<'_> {
    fn now(&mut self) -> Result<wall_clock::Datetime, Error> {
        Ok(datetime(self.ctx.wall_clock.now()))
    }

    fn resolution(&mut self) -> Result<wall_clock::Datetime, Error> {
        Ok(datetime(self.ctx.wall_clock.resolution()))
    }
}

/// The machine's time zone is not told.
impl timezone::Host for WasiCtxView<'_> {
    fn display(&mut self, _: wall_clock::Datetime) -> Result<timezone::TimezoneDisplay, Error> {
        Ok(timezone::TimezoneDisplay { utc_offset: 0, name: "UTC".to_owned(), in_daylight_saving_time: false })
    }

    fn utc_offset(&mut self, _: wall_clock::Datetime) -> Result<i32, Error> {
        Ok(0)
    }
}

/// A duration since 1970 as a time.
pub(super) fn datetime(duration: Duration) -> wall_clock::Datetime {
    wall_clock::Datetime { seconds: duration.as_secs(), nanoseconds: duration.subsec_nanos() }
}
