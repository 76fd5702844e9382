//! `wasi:random`.

use core::fmt;

use witwright_host::Error;

use super::bindings::wasi::random::{insecure, insecure_seed, random};
use crate::ctx::WasiCtxView;
use crate::random::{MAX_BYTES, Random};

/// The error of a guest that asked for more random bytes than a call returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct TooMany(u64);

impl fmt::Display for TooMany {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} random bytes in one call; the limit is {MAX_BYTES}", self.0)
    }
}

impl core::error::Error for TooMany {}

fn bytes(random: &mut dyn Random, length: u64) -> Result<Vec<u8>, Error> {
    let length_bytes = usize::try_from(length).ok().filter(|_| length <= MAX_BYTES);
    let mut bytes = vec![0; length_bytes.ok_or_else(|| Error::host(TooMany(length)))?];
    random.fill(&mut bytes).map_err(Error::host)?;
    Ok(bytes)
}

impl random::Host for WasiCtxView<'_> {
    fn get_random_bytes(&mut self, length: u64) -> Result<Vec<u8>, Error> {
        bytes(&mut *self.ctx.secure_random, length)
    }

    fn get_random_u64(&mut self) -> Result<u64, Error> {
        self.ctx.secure_random.next_u64().map_err(Error::host)
    }
}

impl insecure::Host for WasiCtxView<'_> {
    fn get_insecure_random_bytes(&mut self, length: u64) -> Result<Vec<u8>, Error> {
        bytes(&mut *self.ctx.insecure_random, length)
    }

    fn get_insecure_random_u64(&mut self) -> Result<u64, Error> {
        self.ctx.insecure_random.next_u64().map_err(Error::host)
    }
}

impl insecure_seed::Host for WasiCtxView<'_> {
    fn insecure_seed(&mut self) -> Result<(u64, u64), Error> {
        WasiCtxView::insecure_seed(self)
    }
}
