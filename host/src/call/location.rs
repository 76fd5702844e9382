//! Locations of values: flat, or at an address (`CanonicalABI.md#flattening`, `#loading`, `#storing`).

use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::layout::POINTER_BYTES;
use witwright_abi_runtime::transfer::{LiftCx, LowerCx};

use crate::error::Error;

/// The location that a value is lifted from.
pub(super) enum LiftFrom<'r, 's> {
    Flat(&'r mut FlatReader<'s>),
    Memory(u32),
}

/// The location that a value is lowered to.
pub(super) enum LowerTo<'r, 's> {
    Flat(&'r mut FlatWriter<'s>),
    Memory(u32),
}

/// A memory that numbers are read from.
pub(super) trait Read {
    /// Reads a number of 1, 2, 4 or 8 bytes.
    fn read_bits(&mut self, addr: u32, size: u32) -> Result<u64, Error>;
}

/// A memory that numbers are written to.
pub(super) trait Write {
    /// Writes a number of 1, 2, 4 or 8 bytes.
    fn write_bits(&mut self, addr: u32, size: u32, bits: u64) -> Result<(), Error>;
}

/// Reads a number through a context that lifts.
#[inline]
pub(super) fn read_bits<C: LiftCx<Error = Error>>(cx: &mut C, addr: u32, size: u32) -> Result<u64, Error> {
    Ok(match size {
        1 => u8::from_le_bytes(cx.read(addr)?).into(),
        2 => u16::from_le_bytes(cx.read(addr)?).into(),
        4 => u32::from_le_bytes(cx.read(addr)?).into(),
        _ => u64::from_le_bytes(cx.read(addr)?),
    })
}

/// Writes a number through a context that lowers.
#[inline]
pub(super) fn write_bits<C: LowerCx<Error = Error>>(cx: &mut C, addr: u32, size: u32, bits: u64) -> Result<(), Error> {
    match size {
        1 => cx.write(addr, (bits as u8).to_le_bytes()),
        2 => cx.write(addr, (bits as u16).to_le_bytes()),
        4 => cx.write(addr, (bits as u32).to_le_bytes()),
        _ => cx.write(addr, bits.to_le_bytes()),
    }
}

impl<'s> LiftFrom<'_, 's> {
    /// A part of the value: the next flat values, or those at an offset.
    pub(super) fn part(&mut self, offset: u32) -> LiftFrom<'_, 's> {
        match self {
            LiftFrom::Flat(flat) => LiftFrom::Flat(flat),
            LiftFrom::Memory(addr) => LiftFrom::Memory(addr.wrapping_add(offset)),
        }
    }

    /// Reads the bits of a number of `size` bytes. In a flat value, the bits beyond its size mean nothing.
    pub(super) fn bits(&mut self, cx: &mut impl Read, size: u32) -> Result<u64, Error> {
        match self {
            LiftFrom::Flat(flat) => Ok(flat.pop()),
            LiftFrom::Memory(addr) => cx.read_bits(*addr, size),
        }
    }

    /// Reads a pointer and a length.
    pub(super) fn pair(&mut self, cx: &mut impl Read) -> Result<(u32, u32), Error> {
        let ptr = self.part(0).bits(cx, POINTER_BYTES)?;
        let len = self.part(POINTER_BYTES).bits(cx, POINTER_BYTES)?;
        Ok((ptr as u32, len as u32))
    }

    /// The slot after a flat value of this many slots.
    pub(super) fn end(&self, flat_len: usize) -> usize {
        match self {
            LiftFrom::Flat(flat) => flat.position() + flat_len,
            LiftFrom::Memory(_) => 0,
        }
    }

    /// Skips the slots that a case leaves unused.
    pub(super) fn skip_to(self, end: usize) {
        if let LiftFrom::Flat(flat) = self {
            flat.skip_to(end);
        }
    }
}

impl<'s> LowerTo<'_, 's> {
    /// A part of the value: the next flat values, or those at an offset.
    pub(super) fn part(&mut self, offset: u32) -> LowerTo<'_, 's> {
        match self {
            LowerTo::Flat(flat) => LowerTo::Flat(flat),
            LowerTo::Memory(addr) => LowerTo::Memory(addr.wrapping_add(offset)),
        }
    }

    /// Writes a number of `size` bytes.
    pub(super) fn put(&mut self, cx: &mut impl Write, size: u32, bits: u64) -> Result<(), Error> {
        match self {
            LowerTo::Flat(flat) => {
                flat.push(bits);
                Ok(())
            }
            LowerTo::Memory(addr) => cx.write_bits(*addr, size, bits),
        }
    }

    /// Writes a pointer and a length.
    pub(super) fn put_pair(&mut self, cx: &mut impl Write, (ptr, len): (u32, u32)) -> Result<(), Error> {
        self.part(0).put(cx, POINTER_BYTES, ptr.into())?;
        self.part(POINTER_BYTES).put(cx, POINTER_BYTES, len.into())
    }

    /// The slot after a flat value of this many slots.
    pub(super) fn end(&self, flat_len: usize) -> usize {
        match self {
            LowerTo::Flat(flat) => flat.position() + flat_len,
            LowerTo::Memory(_) => 0,
        }
    }

    /// Writes zeros to the slots that a case leaves unused.
    pub(super) fn pad_to(self, end: usize) {
        if let LowerTo::Flat(flat) = self {
            flat.pad_to(end);
        }
    }
}
