//! Values of described types, lowered without an allocator from their parts, in the order in which [`visit`] passes them.
//!
//! ```
//! use witwright_abi_runtime::desc::{FieldDesc, RecordDesc, TypeDesc};
//! use witwright_abi_runtime::flat::FlatWriter;
//! use witwright_abi_runtime::supply::{Target, supply};
//! use witwright_abi_runtime::view::{GuestMemory, LowerView};
//! use witwright_abi_runtime::visit::Part;
//!
//! static POINT: TypeDesc = TypeDesc::Record(&RecordDesc {
//!     name: "point",
//!     fields: &[FieldDesc { name: "x", ty: &TypeDesc::U8 }, FieldDesc { name: "name", ty: &TypeDesc::String }],
//! });
//!
//! fn lower_point<M: GuestMemory>(view: &mut LowerView<'_, M>, slots: &mut [u64; 3]) -> bool {
//!     let parts = [
//!         Part::Begin(&POINT, 2),
//!         Part::Field("x"),
//!         Part::Unsigned(7),
//!         Part::Field("name"),
//!         Part::Text("home".into()),
//!         Part::End,
//!     ];
//!     supply(view, &POINT, Target::Flat(&mut FlatWriter::new(slots)), &mut parts.into_iter()).is_ok()
//! }
//! ```
//!
//! [`visit`]: crate::visit::visit

use core::fmt;

use crate::desc::TypeDesc;
use crate::flat::FlatWriter;
use crate::form::{case_count, payload_offset};
use crate::layout::{RecordLayout, TypeAbi, discriminant_size};
use crate::transfer::{Lower, LowerCx};
use crate::view::{GuestMemory, LowerView};
use crate::visit::{Part, case};

/// The place that a value is lowered to.
#[derive(Debug)]
pub enum Target<'f, 's> {
    /// An address of the guest's memory, which is aligned.
    Memory(u32),
    /// The next flat values.
    Flat(&'f mut FlatWriter<'s>),
}

impl<'s> Target<'_, 's> {
    /// The target after this number of bytes of memory. It is the same target for flat values, which follow one another.
    fn after(&mut self, bytes: u32) -> Target<'_, 's> {
        match self {
            Target::Memory(address) => Target::Memory(address.wrapping_add(bytes)),
            Target::Flat(flat) => Target::Flat(flat),
        }
    }
}

/// A value was not lowered. Memory that the guest's `realloc` gave for it, and handles that were lowered before, are the guest's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SupplyError<E> {
    /// The error of the guest.
    Guest(E),
    /// A part is not the one that the type asks for, or there is none.
    Part(WrongPart),
}

/// A part that does not fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrongPart {
    /// Its number, from 0.
    pub index: usize,
    /// The part that the type asks for there.
    pub expected: Expected,
}

/// A part that a type asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// The field of this name.
    Field(&'static str),
    /// Another part, in words.
    Part(&'static str),
}

impl fmt::Display for WrongPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "part {} of the value is not ", self.index)?;
        match self.expected {
            Expected::Field(name) => write!(f, "the field `{name}`"),
            Expected::Part(part) => f.write_str(part),
        }
    }
}

impl core::error::Error for WrongPart {}

impl<E: fmt::Display> fmt::Display for SupplyError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SupplyError::Guest(error) => error.fmt(f),
            SupplyError::Part(part) => part.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for SupplyError<E> {}

/// Lowers the value of a type whose parts come next. Parts that follow it stay.
///
/// # Errors
/// A part that does not fit; a trap; the errors of the guest.
pub fn supply<'a, M: GuestMemory>(
    view: &mut LowerView<'_, M>,
    ty: &'static TypeDesc,
    target: Target<'_, '_>,
    parts: &mut impl Iterator<Item = Part<'a>>,
) -> Result<(), SupplyError<M::Error>> {
    Supply { view, parts, index: 0 }.value(ty, target)
}

/// The value that a part has, or the end of the function if it is another part.
macro_rules! taken {
    ($supply:expr, $expected:expr, $part:pat => $value:expr) => {
        $supply.part($expected, |part| if let $part = part { $value } else { None })?
    };
}

/// The state of lowering parts to a guest.
struct Supply<'v, 'm, M, P> {
    view: &'v mut LowerView<'m, M>,
    parts: &'v mut P,
    /// The number of parts that were taken.
    index: usize,
}

impl<'a, M: GuestMemory, P: Iterator<Item = Part<'a>>> Supply<'_, '_, M, P> {
    fn value(&mut self, ty: &'static TypeDesc, mut target: Target<'_, '_>) -> Result<(), SupplyError<M::Error>> {
        let target = &mut target;
        match ty {
            TypeDesc::Alias(alias) => self.value(alias.ty, target.after(0)),
            TypeDesc::U8 => self.unsigned::<u8>("a `u8`", target),
            TypeDesc::U16 => self.unsigned::<u16>("a `u16`", target),
            TypeDesc::U32 => self.unsigned::<u32>("a `u32`", target),
            TypeDesc::U64 => self.unsigned::<u64>("a `u64`", target),
            TypeDesc::S8 => self.signed::<i8>("an `s8`", target),
            TypeDesc::S16 => self.signed::<i16>("an `s16`", target),
            TypeDesc::S32 => self.signed::<i32>("an `s32`", target),
            TypeDesc::S64 => self.signed::<i64>("an `s64`", target),
            TypeDesc::Bool => {
                let value = taken!(self, "a `bool`", Part::Bool(value) => Some(value));
                self.scalar(&value, target)
            }
            TypeDesc::F32 => {
                let value = taken!(self, "an `f32`", Part::F32(value) => Some(value));
                self.scalar(&value, target)
            }
            TypeDesc::F64 => {
                let value = taken!(self, "an `f64`", Part::F64(value) => Some(value));
                self.scalar(&value, target)
            }
            TypeDesc::Char => {
                let value = taken!(self, "a `char`", Part::Char(value) => Some(value));
                self.scalar(&value, target)
            }
            TypeDesc::String => self.text(target),
            TypeDesc::List(element) => self.list(&[element], "the beginning of a list", target),
            TypeDesc::Map(key, value) => {
                self.list(&[key, value], "the beginning of a map, of two values an entry", target)
            }
            TypeDesc::FixedList(element, len) => self.fixed_list(element, *len, target),
            TypeDesc::Tuple(types) => {
                self.record("the beginning of a tuple of this type", types.iter().map(|ty| (None, *ty)), target)
            }
            TypeDesc::Record(desc) => {
                let fields = desc.fields.iter().map(|field| (Some(field.name), field.ty));
                self.record("the beginning of a record of this type", fields, target)
            }
            TypeDesc::Variant(_) | TypeDesc::Enum(_) | TypeDesc::Option(_) | TypeDesc::Result(..) => {
                self.variant(ty, target)
            }
            TypeDesc::Flags(desc) => self.flags(TypeAbi::of(ty).size, desc.labels, target),
            TypeDesc::Own(resource) => {
                let expected = "an owned handle of this resource";
                let key = taken!(self, expected, Part::Own(other, key) => resource.is(other).then_some(key));
                let index = self.view.lower_own(resource, key);
                self.index(index, target)
            }
            TypeDesc::Borrow(resource) => {
                let expected = "a borrowed handle of this resource";
                let key = taken!(self, expected, Part::Borrow(other, key) => resource.is(other).then_some(key));
                let index = self.view.lower_borrow(resource, key);
                self.index(index, target)
            }
            TypeDesc::Stream(_) | TypeDesc::Future(_) => {
                let expected = "the readable end of a stream or a future";
                let key = taken!(self, expected, Part::ReadableEnd(_, key) => Some(key));
                let index = self.view.lower_end(ty, key);
                self.index(index, target)
            }
            TypeDesc::ErrorContext => {
                let key = taken!(self, "an error context", Part::ErrorContext(key) => Some(key));
                let index = self.view.lower_error_context(key);
                self.index(index, target)
            }
        }
    }

    // Parts.

    fn part<V>(
        &mut self,
        expected: &'static str,
        value: impl FnOnce(Part<'a>) -> Option<V>,
    ) -> Result<V, SupplyError<M::Error>> {
        self.next(Expected::Part(expected), value)
    }

    fn next<V>(
        &mut self,
        expected: Expected,
        value: impl FnOnce(Part<'a>) -> Option<V>,
    ) -> Result<V, SupplyError<M::Error>> {
        let value = self.parts.next().and_then(value);
        let value = value.ok_or(SupplyError::Part(WrongPart { index: self.index, expected }));
        self.index += 1;
        value
    }

    /// The number of values between a beginning and an end.
    fn begin(&mut self, expected: &'static str) -> Result<u32, SupplyError<M::Error>> {
        Ok(taken!(self, expected, Part::Begin(_, count) => Some(count)))
    }

    /// As [`Supply::begin`], of a number of values that the type says.
    fn begin_of(&mut self, count: u32, expected: &'static str) -> Result<(), SupplyError<M::Error>> {
        self.part(expected, |part| matches!(part, Part::Begin(_, found) if found == count).then_some(()))
    }

    fn end(&mut self) -> Result<(), SupplyError<M::Error>> {
        self.part("an end", |part| matches!(part, Part::End).then_some(()))
    }

    // Values without parts.

    fn scalar(&mut self, value: &impl Lower, target: &mut Target<'_, '_>) -> Result<(), SupplyError<M::Error>> {
        let lowered = match target {
            Target::Memory(address) => value.store(self.view, *address),
            Target::Flat(flat) => value.lower(self.view, flat),
        };
        lowered.map_err(SupplyError::Guest)
    }

    fn unsigned<T: Lower + TryFrom<u64>>(
        &mut self,
        expected: &'static str,
        target: &mut Target<'_, '_>,
    ) -> Result<(), SupplyError<M::Error>> {
        let value = taken!(self, expected, Part::Unsigned(value) => T::try_from(value).ok());
        self.scalar(&value, target)
    }

    fn signed<T: Lower + TryFrom<i64>>(
        &mut self,
        expected: &'static str,
        target: &mut Target<'_, '_>,
    ) -> Result<(), SupplyError<M::Error>> {
        let value = taken!(self, expected, Part::Signed(value) => T::try_from(value).ok());
        self.scalar(&value, target)
    }

    fn text(&mut self, target: &mut Target<'_, '_>) -> Result<(), SupplyError<M::Error>> {
        let text = taken!(self, "a `string`", Part::Text(text) => Some(text));
        let range = self.view.lower_text(text.bytes, text.form).map_err(SupplyError::Guest)?;
        self.range(range, target)
    }

    /// The address and the length of a string or a list.
    fn range(&mut self, (ptr, len): (u32, u32), target: &mut Target<'_, '_>) -> Result<(), SupplyError<M::Error>> {
        self.scalar(&ptr, target)?;
        self.scalar(&len, &mut target.after(4))
    }

    fn index(
        &mut self,
        index: Result<u32, M::Error>,
        target: &mut Target<'_, '_>,
    ) -> Result<(), SupplyError<M::Error>> {
        self.scalar(&index.map_err(SupplyError::Guest)?, target)
    }

    // Values with parts.

    /// A list, of elements of one part or, in a map, of two.
    fn list(
        &mut self,
        types: &[&'static TypeDesc],
        expected: &'static str,
        target: &mut Target<'_, '_>,
    ) -> Result<(), SupplyError<M::Error>> {
        let values = self.part(expected, |part| {
            let Part::Begin(_, values) = part else { return None };
            values.is_multiple_of(types.len() as u32).then_some(values)
        })?;
        let element = types.iter().fold(RecordLayout::new(), |element, ty| element.field(&TypeAbi::of(ty)).0).finish();
        let allocated = self.view.alloc_list(element, values as usize / types.len());
        let (ptr, len) = allocated.map_err(SupplyError::Guest)?;
        let mut address = ptr;
        for _ in 0..len {
            let mut layout = RecordLayout::new();
            for ty in types {
                let (next, offset) = layout.field(&TypeAbi::of(ty));
                layout = next;
                self.value(ty, Target::Memory(address.wrapping_add(offset)))?;
            }
            address = address.wrapping_add(element.size);
        }
        self.end()?;
        self.range((ptr, len), target)
    }

    fn fixed_list(
        &mut self,
        element: &'static TypeDesc,
        len: u32,
        target: &mut Target<'_, '_>,
    ) -> Result<(), SupplyError<M::Error>> {
        let size = TypeAbi::of(element).size;
        self.begin_of(len, "the beginning of a list of this length")?;
        for index in 0..len {
            self.value(element, target.after(index.wrapping_mul(size)))?;
        }
        self.end()
    }

    /// A record or a tuple: names, where there are any, and types.
    fn record(
        &mut self,
        expected: &'static str,
        fields: impl ExactSizeIterator<Item = (Option<&'static str>, &'static TypeDesc)>,
        target: &mut Target<'_, '_>,
    ) -> Result<(), SupplyError<M::Error>> {
        self.begin_of(fields.len() as u32, expected)?;
        let mut layout = RecordLayout::new();
        for (name, ty) in fields {
            let (next, offset) = layout.field(&TypeAbi::of(ty));
            layout = next;
            if let Some(name) = name {
                let is_it = |part| matches!(part, Part::Field(found) if found == name).then_some(());
                self.next(Expected::Field(name), is_it)?;
            }
            self.value(ty, target.after(offset))?;
        }
        self.end()
    }

    fn variant(&mut self, ty: &'static TypeDesc, target: &mut Target<'_, '_>) -> Result<(), SupplyError<M::Error>> {
        let count = case_count(ty) as u32;
        let (index, payload) = self.part("a case of this type, with its payload", |part| {
            let Part::Case(found, has_payload) = part else { return None };
            let mut cases = (0..count).filter_map(|index| Some((index, case(ty, index)?)));
            let (index, (_, payload)) = cases.find(|(_, (name, _))| *name == found)?;
            (payload.is_some() == has_payload).then_some((index, payload))
        })?;
        let end = match target {
            Target::Memory(_) => 0,
            Target::Flat(flat) => flat.position() + TypeAbi::of(ty).flat.len(),
        };
        self.bits(index, discriminant_size(count as usize), target)?;
        if let Some(payload) = payload {
            self.value(payload, target.after(payload_offset(ty)))?;
        }
        if let Target::Flat(flat) = target {
            flat.pad_to(end);
        }
        Ok(())
    }

    fn flags(
        &mut self,
        size: u32,
        labels: &'static [&'static str],
        target: &mut Target<'_, '_>,
    ) -> Result<(), SupplyError<M::Error>> {
        let count = self.begin("the beginning of flags")?;
        let mut bits = 0;
        for _ in 0..count {
            bits |= self.part("a flag of this type", |part| {
                let Part::Flag(found) = part else { return None };
                labels.iter().position(|label| *label == found).map(|index| 1 << index)
            })?;
        }
        self.end()?;
        self.bits(bits, size, target)
    }

    /// Bits of a discriminant or of flags, of this size in memory.
    fn bits(&mut self, bits: u32, size: u32, target: &mut Target<'_, '_>) -> Result<(), SupplyError<M::Error>> {
        match (&target, size) {
            (Target::Memory(_), 1) => self.scalar(&(bits as u8), target),
            (Target::Memory(_), 2) => self.scalar(&(bits as u16), target),
            (Target::Memory(_) | Target::Flat(_), _) => self.scalar(&bits, target),
        }
    }
}
