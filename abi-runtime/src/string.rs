//! The three string encodings: checking a lifted string, and storing it in another encoding
//! (`CanonicalABI.md#loading`, `#storing`).
//!
//! The specification fixes the order in which storing calls the receiver's `realloc`, since the receiver can observe it.

#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};
use core::char::{DecodeUtf16, REPLACEMENT_CHARACTER, decode_utf16};
use core::iter::Map;
use core::slice;
use core::str::{self, Utf8Error};

use crate::layout::MAX_STRING_BYTES;
use crate::trap::Trap;

/// The encoding of a component's strings: the `string-encoding` option of a canonical definition.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum StringEncoding {
    /// `utf8`
    #[default]
    Utf8,
    /// `utf16`
    Utf16,
    /// `latin1+utf16`: each string is in one of both; [`UTF16_TAG`] is set if it is in UTF-16.
    Latin1OrUtf16,
}

/// Set in the length of a `latin1+utf16` string that is in UTF-16.
pub const UTF16_TAG: u32 = 1 << 31;

/// The form of one string.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum StringForm {
    /// UTF-8; a code unit is a byte.
    Utf8,
    /// UTF-16 of the encoding `utf16`; a code unit is two bytes, little-endian.
    Utf16,
    /// Latin-1; a code unit is a byte.
    Latin1,
    /// UTF-16 of the encoding `latin1+utf16`.
    TaggedUtf16,
}

impl StringForm {
    /// Bytes of a code unit.
    #[must_use]
    #[inline]
    pub const fn unit_bytes(self) -> u32 {
        match self {
            StringForm::Utf8 | StringForm::Latin1 => 1,
            StringForm::Utf16 | StringForm::TaggedUtf16 => 2,
        }
    }
}

/// A string in a guest's memory: short enough, aligned and in bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StringRange {
    /// Its address.
    pub ptr: u32,
    /// Its length in code units, without a tag.
    pub units: u32,
    /// Its form.
    pub form: StringForm,
}

impl StringRange {
    /// Checks an address and a length, tagged as the encoding tags it, against a memory of `memory_bytes`.
    ///
    /// # Errors
    /// When the string is too long, misaligned or out of bounds.
    #[inline]
    pub fn check(
        memory_bytes: usize,
        ptr: u32,
        tagged_units: u32,
        encoding: StringEncoding,
    ) -> Result<StringRange, Trap> {
        let (form, units, align) = match encoding {
            StringEncoding::Utf8 => (StringForm::Utf8, tagged_units, 1),
            StringEncoding::Utf16 => (StringForm::Utf16, tagged_units, 2),
            StringEncoding::Latin1OrUtf16 if tagged_units & UTF16_TAG != 0 => {
                (StringForm::TaggedUtf16, tagged_units ^ UTF16_TAG, 2)
            }
            StringEncoding::Latin1OrUtf16 => (StringForm::Latin1, tagged_units, 2),
        };
        let bytes = u64::from(units) * u64::from(form.unit_bytes());
        if bytes > u64::from(MAX_STRING_BYTES) {
            return Err(Trap::StringTooLong);
        }
        if !ptr.is_multiple_of(align) {
            return Err(Trap::UnalignedPointer);
        }
        if u64::from(ptr) + bytes > memory_bytes as u64 {
            return Err(Trap::StringOutOfBounds);
        }
        Ok(StringRange { ptr, units, form })
    }

    /// Its length in bytes.
    #[must_use]
    #[inline]
    pub const fn bytes(&self) -> u32 {
        self.units * self.form.unit_bytes()
    }

    /// Its bytes in the memory that it was checked against.
    #[must_use]
    #[inline]
    pub fn of<'a>(&self, memory: &'a [u8]) -> &'a [u8] {
        let start = self.ptr as usize;
        memory.get(start..start + self.bytes() as usize).unwrap_or_default()
    }

    /// Checks that bytes are valid in the string's form.
    ///
    /// # Errors
    /// When they are not valid.
    pub fn validate(&self, bytes: &[u8]) -> Result<(), Trap> {
        match self.form {
            StringForm::Utf8 => str::from_utf8(bytes).map(|_| ()).map_err(utf8_trap),
            StringForm::Latin1 => Ok(()),
            StringForm::Utf16 | StringForm::TaggedUtf16 => {
                utf16(bytes).try_for_each(|unit| unit.map(|_| ())).map_err(|_| Trap::InvalidUtf16)
            }
        }
    }

    /// The text of its bytes.
    ///
    /// # Errors
    /// When they are not valid in the string's form.
    #[cfg(feature = "alloc")]
    pub fn decode(&self, bytes: &[u8]) -> Result<String, Trap> {
        match self.form {
            StringForm::Utf8 => str::from_utf8(bytes).map(String::from).map_err(utf8_trap),
            StringForm::Latin1 => Ok(bytes.iter().copied().map(char::from).collect()),
            StringForm::Utf16 | StringForm::TaggedUtf16 => {
                utf16(bytes).collect::<Result<_, _>>().map_err(|_| Trap::InvalidUtf16)
            }
        }
    }
}

/// Text of UTF-8 bytes, checked.
///
/// # Errors
/// When the bytes are not UTF-8.
#[cfg(feature = "alloc")]
pub fn owned_utf8(bytes: Vec<u8>) -> Result<String, Trap> {
    String::from_utf8(bytes).map_err(|error| utf8_trap(error.utf8_error()))
}

fn utf8_trap(error: Utf8Error) -> Trap {
    match error.error_len() {
        Some(_) => Trap::InvalidUtf8,
        None => Trap::IncompleteUtf8,
    }
}

/// The source of a string and the memory that it is stored to.
pub trait StringTransfer {
    /// The error of the transfer.
    type Error: From<Trap>;

    /// The source's bytes, and the whole memory that receives them, both as they are now.
    fn sides(&mut self) -> (&[u8], &mut [u8]);

    /// Calls the receiver's `realloc` and checks that the block is aligned and in bounds.
    ///
    /// # Errors
    /// When the receiver traps, or the check fails.
    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Self::Error>;
}

/// Stores a string, valid in its form, as `encoding`; returns its address and its length, tagged as the encoding tags it.
///
/// # Errors
/// When the string is too long to be lifted again; the errors of `realloc`.
pub fn store_string<T: StringTransfer>(
    transfer: &mut T,
    form: StringForm,
    encoding: StringEncoding,
) -> Result<(u32, u32), T::Error> {
    let bytes = transfer.sides().0.len();
    if bytes > MAX_STRING_BYTES as usize {
        return Err(Trap::StringTooLong.into());
    }
    let units = bytes as u32 / form.unit_bytes();
    match (encoding, form) {
        (StringEncoding::Utf8, StringForm::Utf8) => copy(transfer, units, 1, 1),
        (StringEncoding::Utf8, StringForm::Utf16 | StringForm::TaggedUtf16) => to_utf8(transfer, form, units, 3),
        (StringEncoding::Utf8, StringForm::Latin1) => to_utf8(transfer, form, units, 2),
        (StringEncoding::Utf16, StringForm::Utf8) => utf8_to_utf16(transfer, units),
        (StringEncoding::Utf16, StringForm::Utf16 | StringForm::TaggedUtf16) => copy(transfer, units, 2, 2),
        (StringEncoding::Utf16, StringForm::Latin1) => latin1_to_utf16(transfer, units),
        (StringEncoding::Latin1OrUtf16, StringForm::Utf8 | StringForm::Utf16) => {
            to_latin1_or_utf16(transfer, form, units)
        }
        (StringEncoding::Latin1OrUtf16, StringForm::Latin1) => copy(transfer, units, 1, 2),
        (StringEncoding::Latin1OrUtf16, StringForm::TaggedUtf16) => tagged_to_latin1_or_utf16(transfer, units),
    }
}

/// `store_string_copy`
#[inline]
fn copy<T: StringTransfer>(transfer: &mut T, units: u32, unit_bytes: u32, align: u32) -> Result<(u32, u32), T::Error> {
    let size = units * unit_bytes;
    let ptr = transfer.realloc(0, 0, align, size)?;
    let (source, memory) = transfer.sides();
    let target = room(memory, ptr, size);
    if target.len() == source.len() {
        target.copy_from_slice(source);
    }
    Ok((ptr, units))
}

/// `store_string_copy`, where each byte becomes a unit of two.
fn latin1_to_utf16<T: StringTransfer>(transfer: &mut T, units: u32) -> Result<(u32, u32), T::Error> {
    let ptr = transfer.realloc(0, 0, 2, 2 * units)?;
    let (source, memory) = transfer.sides();
    for (to, from) in room(memory, ptr, 2 * units).as_chunks_mut().0.iter_mut().zip(source) {
        *to = u16::from(*from).to_le_bytes();
    }
    Ok((ptr, units))
}

/// `store_string_to_utf8`: room for ASCII alone, then for the worst case from the first other character on.
fn to_utf8<T: StringTransfer>(
    transfer: &mut T,
    form: StringForm,
    units: u32,
    worst_bytes_per_unit: u32,
) -> Result<(u32, u32), T::Error> {
    let ptr = transfer.realloc(0, 0, 1, units)?;
    let (source, memory) = transfer.sides();
    let ascii = chars(source, form).take_while(char::is_ascii);
    let done = fill(room(memory, ptr, units).iter_mut().zip(ascii), |to, c| *to = c as u8);
    if done == units {
        return Ok((ptr, units));
    }
    let worst = units * worst_bytes_per_unit;
    let ptr = transfer.realloc(ptr, units, 1, worst)?;
    let (source, memory) = transfer.sides();
    let target = room(memory, ptr, worst);
    let mut len = done as usize;
    for c in chars(source, form).skip(len) {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        if let Some(to) = target.get_mut(len..len + bytes.len()) {
            to.copy_from_slice(bytes);
            len += bytes.len();
        }
    }
    let len = len as u32;
    let ptr = if len < worst { transfer.realloc(ptr, worst, 1, len)? } else { ptr };
    Ok((ptr, len))
}

/// `store_utf8_to_utf16`: room for the worst case, then shrunk.
fn utf8_to_utf16<T: StringTransfer>(transfer: &mut T, source_units: u32) -> Result<(u32, u32), T::Error> {
    let worst = 2 * source_units;
    let ptr = transfer.realloc(0, 0, 2, worst)?;
    let (source, memory) = transfer.sides();
    let units = fill_utf16(room(memory, ptr, worst), chars(source, StringForm::Utf8));
    let ptr = if 2 * units < worst { transfer.realloc(ptr, worst, 2, 2 * units)? } else { ptr };
    Ok((ptr, units))
}

/// `store_string_to_latin1_or_utf16`: room for Latin-1 alone, then for UTF-16 from the first other character on.
fn to_latin1_or_utf16<T: StringTransfer>(
    transfer: &mut T,
    form: StringForm,
    source_units: u32,
) -> Result<(u32, u32), T::Error> {
    let ptr = transfer.realloc(0, 0, 2, source_units)?;
    let (source, memory) = transfer.sides();
    let latin1 = chars(source, form).map_while(|c| u8::try_from(c).ok());
    let done = fill(room(memory, ptr, source_units).iter_mut().zip(latin1), |to, byte| *to = byte);
    if chars(source, form).nth(done as usize).is_none() {
        let ptr = if done < source_units { transfer.realloc(ptr, source_units, 2, done)? } else { ptr };
        return Ok((ptr, done));
    }
    let worst = 2 * source_units;
    let ptr = transfer.realloc(ptr, source_units, 2, worst)?;
    let (source, memory) = transfer.sides();
    let target = room(memory, ptr, worst);
    inflate(target, done as usize);
    let (_, rest) = target.split_at_mut_checked(2 * done as usize).unwrap_or_default();
    let units = done + fill_utf16(rest, chars(source, form).skip(done as usize));
    let ptr = if 2 * units < worst { transfer.realloc(ptr, worst, 2, 2 * units)? } else { ptr };
    Ok((ptr, units | UTF16_TAG))
}

/// `store_probably_utf16_to_latin1_or_utf16`: a copy, deflated if it is Latin-1.
fn tagged_to_latin1_or_utf16<T: StringTransfer>(transfer: &mut T, units: u32) -> Result<(u32, u32), T::Error> {
    let (ptr, units) = copy(transfer, units, 2, 2)?;
    let (source, memory) = transfer.sides();
    if source.as_chunks::<2>().0.iter().any(|unit| unit[1] != 0) {
        return Ok((ptr, units | UTF16_TAG));
    }
    for (to, unit) in room(memory, ptr, units).iter_mut().zip(source.as_chunks::<2>().0) {
        *to = unit[0];
    }
    let ptr = transfer.realloc(ptr, 2 * units, 1, units)?;
    Ok((ptr, units))
}

/// The bytes of a block that `realloc` returned, which was checked to be in bounds.
#[inline]
fn room(memory: &mut [u8], ptr: u32, size: u32) -> &mut [u8] {
    let start = ptr as usize;
    memory.get_mut(start..start + size as usize).unwrap_or_default()
}

/// Puts each value in its place; returns their number.
fn fill<A, B>(places: impl Iterator<Item = (A, B)>, put: impl Fn(A, B)) -> u32 {
    let mut count = 0;
    for (place, value) in places {
        put(place, value);
        count += 1;
    }
    count
}

/// Writes UTF-16; returns the number of units.
fn fill_utf16(target: &mut [u8], text: impl Iterator<Item = char>) -> u32 {
    let mut places = target.as_chunks_mut().0.iter_mut();
    let mut units = 0;
    for c in text {
        for unit in c.encode_utf16(&mut [0; 2]) {
            if let Some(place) = places.next() {
                *place = unit.to_le_bytes();
                units += 1;
            }
        }
    }
    units
}

/// Makes units of two bytes from the first `units` bytes, in place, from the last to the first.
fn inflate(bytes: &mut [u8], units: usize) {
    for index in (0..units).rev() {
        let Some(byte) = bytes.get(index).copied() else { continue };
        if let Some(unit) = bytes.get_mut(2 * index..2 * index + 2) {
            unit.copy_from_slice(&u16::from(byte).to_le_bytes());
        }
    }
}

pub(crate) type Utf16<'a> = DecodeUtf16<Map<slice::Iter<'a, [u8; 2]>, fn(&[u8; 2]) -> u16>>;

fn utf16(bytes: &[u8]) -> Utf16<'_> {
    let unit: fn(&[u8; 2]) -> u16 = |unit| u16::from_le_bytes(*unit);
    decode_utf16(bytes.as_chunks().0.iter().map(unit))
}

/// The characters of a string in any form.
pub(crate) enum Chars<'a> {
    Utf8(str::Chars<'a>),
    Utf16(Utf16<'a>),
    Latin1(slice::Iter<'a, u8>),
}

/// The characters of bytes that are valid in their form. If a memory changed between the check and
/// this, which none can, the text would end early or have replacement characters.
pub(crate) fn chars(bytes: &[u8], form: StringForm) -> Chars<'_> {
    match form {
        StringForm::Utf8 => Chars::Utf8(str::from_utf8(bytes).unwrap_or_default().chars()),
        StringForm::Utf16 | StringForm::TaggedUtf16 => Chars::Utf16(utf16(bytes)),
        StringForm::Latin1 => Chars::Latin1(bytes.iter()),
    }
}

impl Iterator for Chars<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        match self {
            Chars::Utf8(chars) => chars.next(),
            Chars::Utf16(units) => Some(units.next()?.unwrap_or(REPLACEMENT_CHARACTER)),
            Chars::Latin1(bytes) => bytes.next().copied().map(char::from),
        }
    }
}
