//! `wasi:random`.

use witwright_host::Error;

use super::bindings::wasi::random::{insecure, insecure_seed, random};
use crate::ctx::WasiCtxView;
use crate::random::{MAX_BYTES, Random};

/// Random bytes; fewer than are asked for, as this version allows, where the limit of a call is less.
fn bytes(random: &mut dyn Random, most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; most.min(MAX_BYTES) as usize];
    random.fill(&mut bytes).map_err(Error::host)?;
    Ok(bytes)
}

impl random::Host for WasiCtxView<'_> {
    fn get_random_bytes(&mut self, max_len: u64) -> Result<Vec<u8>, Error> {
        bytes(&mut *self.ctx.secure_random, max_len)
    }

    fn get_random_u64(&mut self) -> Result<u64, Error> {
        self.ctx.secure_random.next_u64().map_err(Error::host)
    }
}

impl insecure::Host for WasiCtxView<'_> {
    fn get_insecure_random_bytes(&mut self, max_len: u64) -> Result<Vec<u8>, Error> {
        bytes(&mut *self.ctx.insecure_random, max_len)
    }

    fn get_insecure_random_u64(&mut self) -> Result<u64, Error> {
        self.ctx.insecure_random.next_u64().map_err(Error::host)
    }
}

impl insecure_seed::Host for WasiCtxView<'_> {
    fn get_insecure_seed(&mut self) -> Result<(u64, u64), Error> {
        self.insecure_seed()
    }
}
