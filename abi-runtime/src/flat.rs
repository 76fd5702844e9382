//! Flat values: the core parameters and results of a call.
//!
//! A slot holds any core value as 64 bits: `i32` and `f32` in the low half with zeros above, floats as their bits. So the
//! coercions between the joined slots of a variant (`CanonicalABI.md#flat-lifting`) are no operations at all.

/// Writes flat values in order.
#[derive(Debug)]
pub struct FlatWriter<'a> {
    slots: &'a mut [u64],
    next: usize,
}

impl<'a> FlatWriter<'a> {
    /// Starts at the first slot.
    #[must_use]
    #[inline]
    pub fn new(slots: &'a mut [u64]) -> FlatWriter<'a> {
        FlatWriter { slots, next: 0 }
    }

    /// Writes one value.
    ///
    /// # Panics
    /// When there are more values than slots: the caller sized the slots by another type's layout.
    #[inline]
    pub fn push(&mut self, value: u64) {
        self.slots[self.next] = value;
        self.next += 1;
    }

    /// The number of values written.
    #[must_use]
    #[inline]
    pub fn position(&self) -> usize {
        self.next
    }

    /// Writes zeros up to a position: the slots that a variant's case leaves unused.
    #[inline]
    pub fn pad_to(&mut self, position: usize) {
        while self.next < position {
            self.push(0);
        }
    }
}

/// Reads flat values in order.
#[derive(Debug)]
pub struct FlatReader<'a> {
    slots: &'a [u64],
    next: usize,
}

impl<'a> FlatReader<'a> {
    /// Starts at the first slot.
    #[must_use]
    #[inline]
    pub fn new(slots: &'a [u64]) -> FlatReader<'a> {
        FlatReader { slots, next: 0 }
    }

    /// Reads one value.
    ///
    /// # Panics
    /// When there are no values left: the caller sized the slots by another type's layout.
    #[inline]
    pub fn pop(&mut self) -> u64 {
        let value = self.slots[self.next];
        self.next += 1;
        value
    }

    /// The number of values read.
    #[must_use]
    #[inline]
    pub fn position(&self) -> usize {
        self.next
    }

    /// Skips to a position: the slots that a variant's case leaves unused.
    #[inline]
    pub fn skip_to(&mut self, position: usize) {
        self.next = position;
    }
}
