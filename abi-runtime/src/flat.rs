//! Flat values: the core parameters and results of a call.
//!
//! A slot holds any core value as 64 bits: `i32` and `f32` in the low half with zeros above, floats as their bits. So the
//! coercions between the joined slots of a variant (`CanonicalABI.md#flat-lifting`) need no operations.

/// Writes flat values in order.
///
/// The layout of a type gives the number of slots when a program is compiled: `[0; TypeAbi::of(&POINT).flat.len()]`.
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

    /// Writes one value. A value beyond the slots is lost, and the position is beyond them too.
    #[inline]
    pub fn push(&mut self, value: u64) {
        debug_assert!(self.next < self.slots.len(), "slots sized by another type's layout");
        // No panic in release builds: its message would be the largest part of a small guest.
        if let Some(slot) = self.slots.get_mut(self.next) {
            *slot = value;
        }
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

    /// Reads one value, or zero if no slot is left; the position is then beyond the slots.
    #[inline]
    pub fn pop(&mut self) -> u64 {
        debug_assert!(self.next < self.slots.len(), "slots sized by another type's layout");
        let value = self.slots.get(self.next).copied().unwrap_or(0);
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

/// A core value type in Rust.
pub trait CoreValue {
    /// The value in a slot.
    fn from_slot(slot: u64) -> Self;
    /// The slot of the value.
    fn to_slot(self) -> u64;
}

macro_rules! core_value {
    ($ty:ty, $slot:ident => $from:expr, $value:ident => $to:expr) => {
        impl CoreValue for $ty {
            #[inline]
            fn from_slot($slot: u64) -> Self {
                $from
            }

            #[inline]
            fn to_slot(self) -> u64 {
                let $value = self;
                $to
            }
        }
    };
}

core_value!(i32, slot => slot as i32, value => u64::from(value as u32));
core_value!(i64, slot => slot as i64, value => value as u64);
core_value!(f32, slot => f32::from_bits(slot as u32), value => u64::from(value.to_bits()));
core_value!(f64, slot => f64::from_bits(slot), value => value.to_bits());

/// No result.
impl CoreValue for () {
    #[inline]
    fn from_slot(_slot: u64) -> Self {}

    #[inline]
    fn to_slot(self) -> u64 {
        0
    }
}
