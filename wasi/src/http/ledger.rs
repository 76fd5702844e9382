//! Limits of the bytes of a guest's fields: for each message, and for all messages together.

use core::fmt;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

/// The largest number of bytes in the names and values of one message.
const MAX_BYTES: usize = 128 << 10;

/// The largest number of bytes in all fields that a guest has made and received.
const MAX_TOTAL_BYTES: usize = 64 << 20;

/// The number of bytes of all fields that a guest has made and received.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(Arc<AtomicUsize>);

/// The bytes of some fields. They are taken off the ledger when it is dropped.
#[derive(Debug, Default)]
pub(super) struct Share {
    ledger: Ledger,
    bytes: usize,
}

/// The error of a guest that would have too many fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TooManyFields;

impl Share {
    /// A share without bytes.
    pub(super) fn new(ledger: &Ledger) -> Share {
        Share { ledger: ledger.clone(), bytes: 0 }
    }

    /// A share of the bytes of a received message, which may have more than the limit for one message. `None` if the ledger has no room for them.
    pub(super) fn of_message(ledger: &Ledger, bytes: usize) -> Option<Share> {
        let mut share = Share::new(ledger);
        share.takes(bytes).then_some(share)
    }

    /// Adds bytes; `false` if there is no room for them.
    pub(super) fn add(&mut self, bytes: usize) -> bool {
        self.bytes + bytes <= MAX_BYTES && self.takes(bytes)
    }

    fn takes(&mut self, bytes: usize) -> bool {
        // Responses are received on other threads than the guest's.
        let sum = |total: usize| total.checked_add(bytes).filter(|total| *total <= MAX_TOTAL_BYTES);
        let fits = self.ledger.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, sum).is_ok();
        if fits {
            self.bytes += bytes;
        }
        fits
    }

    /// Takes bytes off.
    pub(super) fn remove(&mut self, bytes: usize) {
        self.ledger.0.fetch_sub(bytes, Ordering::Relaxed);
        self.bytes -= bytes;
    }
}

/// Counts the bytes twice, because a message that is changed exists twice meanwhile.
impl Clone for Share {
    fn clone(&self) -> Share {
        self.ledger.0.fetch_add(self.bytes, Ordering::Relaxed);
        Share { ledger: self.ledger.clone(), bytes: self.bytes }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.remove(self.bytes);
    }
}

impl fmt::Display for TooManyFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (most, most_total) = (MAX_BYTES >> 10, MAX_TOTAL_BYTES >> 20);
        write!(f, "fields of more than {most} KiB, or of more than {most_total} MiB together")
    }
}

impl core::error::Error for TooManyFields {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shares_have_a_limit_together() {
        let ledger = Ledger::default();
        let mut shares = Vec::new();
        for _ in 0..MAX_TOTAL_BYTES / MAX_BYTES {
            let mut share = Share::new(&ledger);
            assert!(share.add(MAX_BYTES) && !share.add(1));
            shares.push(share);
        }
        let mut other = Share::new(&ledger);
        assert!(!other.add(1) && Share::of_message(&ledger, 1).is_none());
        shares.pop();
        assert!(other.add(1) && Share::of_message(&ledger, MAX_BYTES).is_none());
        other.remove(1);
        assert!(Share::of_message(&ledger, MAX_BYTES).is_some());
        drop((shares, other));
        assert_eq!(ledger.0.load(Ordering::Relaxed), 0);
    }
}
