//! `wasi:clocks`: the time of day, and time that passes.

use core::future::poll_fn;
use core::time::Duration;

use witwright_host::{Access, CoreEngine, Error};

use super::bindings::wasi::clocks::{monotonic_clock, system_clock, timezone};
use crate::ctx::{HasWasi, WasiCtxView, WasiView};
use crate::wait::{Deadline, Ready as _};

impl monotonic_clock::Host for WasiCtxView<'_> {
    fn now(&mut self) -> Result<u64, Error> {
        Ok(self.ctx.monotonic_clock.now())
    }

    fn get_resolution(&mut self) -> Result<u64, Error> {
        Ok(self.ctx.monotonic_clock.resolution())
    }
}

impl<T: WasiView + Send> monotonic_clock::HostWithStore for HasWasi<T> {
    async fn wait_until<E: CoreEngine>(access: &Access<T, E>, when: u64) -> Result<(), Error> {
        let now = access.with(|mut cx| cx.data_mut().wasi().ctx.monotonic_clock.now());
        wait(when.saturating_sub(now)).await;
        Ok(())
    }

    async fn wait_for<E: CoreEngine>(_: &Access<T, E>, how_long: u64) -> Result<(), Error> {
        wait(how_long).await;
        Ok(())
    }
}

/// Waits for this number of nanoseconds.
async fn wait(nanoseconds: u64) {
    let mut deadline = Deadline::after(Duration::from_nanos(nanoseconds));
    poll_fn(|cx| deadline.poll_ready(cx)).await;
}

impl system_clock::Host for WasiCtxView<'_> {
    fn now(&mut self) -> Result<system_clock::Instant, Error> {
        let now = self.ctx.wall_clock.now();
        let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        Ok(system_clock::Instant { seconds, nanoseconds: now.subsec_nanos() })
    }

    fn get_resolution(&mut self) -> Result<u64, Error> {
        Ok(u64::try_from(self.ctx.wall_clock.resolution().as_nanos()).unwrap_or(u64::MAX))
    }
}

/// The machine's time zone is not told.
impl timezone::Host for WasiCtxView<'_> {
    fn iana_id(&mut self) -> Result<Option<String>, Error> {
        Ok(None)
    }

    fn utc_offset(&mut self, _: system_clock::Instant) -> Result<Option<i64>, Error> {
        Ok(None)
    }

    fn to_debug_string(&mut self) -> Result<String, Error> {
        Ok("UTC".to_owned())
    }
}
