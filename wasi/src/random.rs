//! Sources of random bytes.

use std::io;

/// The largest number of bytes that a guest's call returns.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// A source of random bytes.
pub trait Random: Send + 'static {
    /// Fills bytes.
    ///
    /// # Errors
    /// If the source has no bytes. Then the guest ends.
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()>;

    /// A number of 64 random bits.
    ///
    /// # Errors
    /// The errors of [`Random::fill`].
    fn next_u64(&mut self) -> io::Result<u64> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }
}

/// The machine's source of random bytes, which is fit for keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(io::Error::from)
    }
}

/// A source that makes the same bytes for the same seed, in every version of this crate. It is not fit for keys.
#[derive(Clone, Debug)]
pub struct SeededRandom(fastrand::Rng);

impl SeededRandom {
    /// A source with a seed.
    #[must_use]
    pub fn new(seed: u64) -> SeededRandom {
        SeededRandom(fastrand::Rng::with_seed(seed))
    }
}

impl Random for SeededRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        self.0.fill(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_the_bytes() {
        let bytes = |seed| {
            let mut bytes = [0; 20];
            SeededRandom::new(seed).fill(&mut bytes).unwrap();
            bytes
        };
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
    }
}
