//! Values of described types, lifted without an allocator: a visitor is passed one part after the other.
//!
//! ```
//! use witwright_abi_runtime::desc::{FieldDesc, RecordDesc, TypeDesc};
//! use witwright_abi_runtime::string::StringEncoding;
//! use witwright_abi_runtime::trap::Trap;
//! use witwright_abi_runtime::view::{Handles, LiftView};
//! use witwright_abi_runtime::visit::{Part, Place, visit};
//!
//! # struct NoHandles;
//! # impl Handles for NoHandles {
//! #     type Error = Trap;
//! # }
//! static POINT: TypeDesc = TypeDesc::Record(&RecordDesc {
//!     name: "point",
//!     fields: &[FieldDesc { name: "x", ty: &TypeDesc::U8 }, FieldDesc { name: "y", ty: &TypeDesc::U16 }],
//! });
//!
//! // The coordinates of the point at address 4.
//! let memory = [0, 0, 0, 0, 7, 0, 9, 0];
//! let mut coordinates = [0; 2];
//! let mut count = 0;
//! let mut handles = NoHandles;
//! let mut view = LiftView::new(&memory, StringEncoding::Utf8, &mut handles);
//! visit(&mut view, &POINT, Place::Memory(4), &mut |part| {
//!     if let Part::Unsigned(value) = part {
//!         coordinates[count] = value;
//!         count += 1;
//!     }
//!     Ok::<(), Trap>(())
//! })?;
//! assert_eq!(coordinates, [7, 9]);
//! # Ok::<(), Trap>(())
//! ```

use core::fmt;

use crate::desc::{ResourceDesc, TypeDesc};
use crate::flat::FlatReader;
use crate::form::{case_count, payload_offset};
use crate::layout::{RecordLayout, TypeAbi, discriminant_size};
use crate::string::{StringForm, StringRange, chars};
use crate::transfer::{Lift, LiftCx};
use crate::trap::Trap;
use crate::view::{Handles, LiftView};

/// A part of a value.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A `bool`.
    Bool(bool),
    /// A `u8`, `u16`, `u32` or `u64`.
    Unsigned(u64),
    /// An `s8`, `s16`, `s32` or `s64`.
    Signed(i64),
    /// An `f32`.
    F32(f32),
    /// An `f64`.
    F64(f64),
    /// A `char`.
    Char(char),
    /// A `string`, which is valid.
    Text(Text<'a>),
    /// A list, a map, a tuple or a record begins: this number of values follows (two for each entry of a map), then [`Part::End`].
    Begin(&'static TypeDesc, u32),
    /// The end of the value that began last and has not ended.
    End,
    /// The name of the field whose value follows.
    Field(&'static str),
    /// The case of a variant, an enum, an option (`none`, `some`) or a result (`ok`, `error`), and whether its payload follows.
    Case(&'static str, bool),
    /// A flag that is set. Flags are between [`Part::Begin`], with their number, and [`Part::End`].
    Flag(&'static str),
    /// An owned handle, taken out of the table: its resource.
    Own(&'static ResourceDesc, u64),
    /// A borrowed handle: its resource.
    Borrow(&'static ResourceDesc, u64),
    /// The readable end of a stream or a future, taken out of the table.
    ReadableEnd(&'static TypeDesc, u64),
    /// An error context.
    ErrorContext(u64),
}

/// A valid string, in a guest's memory or of the host's. It is written as its characters.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) form: StringForm,
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Text<'a> {
        Text { bytes: text.as_bytes(), form: StringForm::Utf8 }
    }
}

/// Texts are equal if their characters are.
impl PartialEq for Text<'_> {
    fn eq(&self, other: &Text<'_>) -> bool {
        chars(self.bytes, self.form).eq(chars(other.bytes, other.form))
    }
}

impl Eq for Text<'_> {}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        chars(self.bytes, self.form).try_for_each(|char| f.write_char(char))
    }
}

/// The place of a value.
#[derive(Debug)]
pub enum Place<'f, 's> {
    /// At an address of the guest's memory, which is aligned.
    Memory(u32),
    /// The next flat values.
    Flat(&'f mut FlatReader<'s>),
}

impl<'s> Place<'_, 's> {
    /// The place after this number of bytes of memory. It is the same place for flat values, which follow one another.
    fn after(&mut self, bytes: u32) -> Place<'_, 's> {
        match self {
            Place::Memory(address) => Place::Memory(address.wrapping_add(bytes)),
            Place::Flat(flat) => Place::Flat(flat),
        }
    }
}

/// Lifts a value of a type and passes its parts to a visitor.
///
/// # Errors
/// A trap for bits that are no value of the type; the errors of the view and of the visitor.
pub fn visit<'a, H: Handles, V: FnMut(Part<'a>) -> Result<(), H::Error>>(
    view: &mut LiftView<'a, H>,
    ty: &'static TypeDesc,
    mut place: Place<'_, '_>,
    visitor: &mut V,
) -> Result<(), H::Error> {
    let place = &mut place;
    let part = match ty {
        TypeDesc::Bool => Part::Bool(scalar(view, place)?),
        TypeDesc::U8 => Part::Unsigned(scalar::<u8, H>(view, place)?.into()),
        TypeDesc::U16 => Part::Unsigned(scalar::<u16, H>(view, place)?.into()),
        TypeDesc::U32 => Part::Unsigned(scalar::<u32, H>(view, place)?.into()),
        TypeDesc::U64 => Part::Unsigned(scalar(view, place)?),
        TypeDesc::S8 => Part::Signed(scalar::<i8, H>(view, place)?.into()),
        TypeDesc::S16 => Part::Signed(scalar::<i16, H>(view, place)?.into()),
        TypeDesc::S32 => Part::Signed(scalar::<i32, H>(view, place)?.into()),
        TypeDesc::S64 => Part::Signed(scalar(view, place)?),
        TypeDesc::F32 => Part::F32(scalar(view, place)?),
        TypeDesc::F64 => Part::F64(scalar(view, place)?),
        TypeDesc::Char => Part::Char(scalar(view, place)?),
        TypeDesc::String => Part::Text(text(view, place)?),
        TypeDesc::Alias(alias) => return visit(view, alias.ty, place.after(0), visitor),
        TypeDesc::List(element) => return list(view, ty, &[element], place, visitor),
        TypeDesc::Map(key, value) => return list(view, ty, &[key, value], place, visitor),
        TypeDesc::FixedList(element, len) => return fixed_list(view, ty, element, *len, place, visitor),
        TypeDesc::Tuple(types) => {
            let parts = types.iter().map(|ty| (None, *ty));
            return record(view, ty, parts, place, visitor);
        }
        TypeDesc::Record(desc) => {
            let parts = desc.fields.iter().map(|field| (Some(field.name), field.ty));
            return record(view, ty, parts, place, visitor);
        }
        TypeDesc::Variant(_) | TypeDesc::Enum(_) | TypeDesc::Option(_) | TypeDesc::Result(..) => {
            return variant(view, ty, place, visitor);
        }
        TypeDesc::Flags(desc) => return flags(view, ty, desc.labels, place, visitor),
        TypeDesc::Own(resource) => {
            let index = scalar(view, place)?;
            Part::Own(resource, view.lift_own(resource, index)?)
        }
        TypeDesc::Borrow(resource) => {
            let index = scalar(view, place)?;
            Part::Borrow(resource, view.lift_borrow(resource, index)?)
        }
        TypeDesc::Stream(_) | TypeDesc::Future(_) => {
            let index = scalar(view, place)?;
            Part::ReadableEnd(ty, view.lift_end(ty, index)?)
        }
        TypeDesc::ErrorContext => {
            let index = scalar(view, place)?;
            Part::ErrorContext(view.lift_error_context(index)?)
        }
    };
    visitor(part)
}

fn scalar<T: Lift, H: Handles>(view: &mut LiftView<'_, H>, place: &mut Place<'_, '_>) -> Result<T, H::Error> {
    match place {
        Place::Memory(address) => T::load(view, *address),
        Place::Flat(flat) => T::lift(view, flat),
    }
}

/// The address and the length of a string or a list.
fn pointer_and_length<H: Handles>(view: &mut LiftView<'_, H>, place: &mut Place<'_, '_>) -> Result<[u32; 2], H::Error> {
    Ok([scalar(view, place)?, scalar(view, &mut place.after(4))?])
}

fn text<'a, H: Handles>(view: &mut LiftView<'a, H>, place: &mut Place<'_, '_>) -> Result<Text<'a>, H::Error> {
    let [ptr, units] = pointer_and_length(view, place)?;
    let memory = view.bytes();
    let range = StringRange::check(memory.len(), ptr, units, view.encoding())?;
    view.handles().charge(range.bytes())?;
    let bytes = range.of(memory);
    range.validate(bytes)?;
    Ok(Text { bytes, form: range.form })
}

/// A list, of elements of one part or, in a map, of two.
fn list<'a, H: Handles, V: FnMut(Part<'a>) -> Result<(), H::Error>>(
    view: &mut LiftView<'a, H>,
    ty: &'static TypeDesc,
    parts: &[&'static TypeDesc],
    place: &mut Place<'_, '_>,
    visitor: &mut V,
) -> Result<(), H::Error> {
    let [ptr, len] = pointer_and_length(view, place)?;
    let element = parts.iter().fold(RecordLayout::new(), |element, part| element.field(&TypeAbi::of(part)).0).finish();
    view.enter_list(element, ptr, len)?;
    visitor(Part::Begin(ty, len.saturating_mul(parts.len() as u32)))?;
    let mut address = ptr;
    for _ in 0..len {
        let mut layout = RecordLayout::new();
        for part in parts {
            let (next, offset) = layout.field(&TypeAbi::of(part));
            layout = next;
            visit(view, part, Place::Memory(address.wrapping_add(offset)), visitor)?;
        }
        address = address.wrapping_add(element.size);
    }
    view.leave_list(element, ptr, len);
    visitor(Part::End)
}

fn fixed_list<'a, H: Handles, V: FnMut(Part<'a>) -> Result<(), H::Error>>(
    view: &mut LiftView<'a, H>,
    ty: &'static TypeDesc,
    element: &'static TypeDesc,
    len: u32,
    place: &mut Place<'_, '_>,
    visitor: &mut V,
) -> Result<(), H::Error> {
    let size = TypeAbi::of(element).size;
    visitor(Part::Begin(ty, len))?;
    for index in 0..len {
        visit(view, element, place.after(index.wrapping_mul(size)), visitor)?;
    }
    visitor(Part::End)
}

/// A record or a tuple: names, where there are any, and types.
fn record<'a, H: Handles, V: FnMut(Part<'a>) -> Result<(), H::Error>>(
    view: &mut LiftView<'a, H>,
    ty: &'static TypeDesc,
    parts: impl ExactSizeIterator<Item = (Option<&'static str>, &'static TypeDesc)>,
    place: &mut Place<'_, '_>,
    visitor: &mut V,
) -> Result<(), H::Error> {
    visitor(Part::Begin(ty, parts.len() as u32))?;
    let mut layout = RecordLayout::new();
    for (name, part) in parts {
        let (next, offset) = layout.field(&TypeAbi::of(part));
        layout = next;
        if let Some(name) = name {
            visitor(Part::Field(name))?;
        }
        visit(view, part, place.after(offset), visitor)?;
    }
    visitor(Part::End)
}

fn variant<'a, H: Handles, V: FnMut(Part<'a>) -> Result<(), H::Error>>(
    view: &mut LiftView<'a, H>,
    ty: &'static TypeDesc,
    place: &mut Place<'_, '_>,
    visitor: &mut V,
) -> Result<(), H::Error> {
    let count = case_count(ty);
    let end = match place {
        Place::Memory(_) => 0,
        Place::Flat(flat) => flat.position() + TypeAbi::of(ty).flat.len(),
    };
    let index: u32 = match (&place, discriminant_size(count)) {
        (Place::Memory(_), 1) => scalar::<u8, H>(view, place)?.into(),
        (Place::Memory(_), 2) => scalar::<u16, H>(view, place)?.into(),
        (Place::Memory(_) | Place::Flat(_), _) => scalar(view, place)?,
    };
    let Some((name, payload)) = case(ty, index) else {
        return Err(Trap::InvalidDiscriminant { case: index, count: count as u32 }.into());
    };
    visitor(Part::Case(name, payload.is_some()))?;
    if let Some(payload) = payload {
        visit(view, payload, place.after(payload_offset(ty)), visitor)?;
    }
    if let Place::Flat(flat) = place {
        flat.skip_to(end);
    }
    Ok(())
}

/// A case by its index: its name and its payload.
pub(crate) fn case(ty: &'static TypeDesc, index: u32) -> Option<(&'static str, Option<&'static TypeDesc>)> {
    match (ty, index) {
        (TypeDesc::Variant(desc), _) => desc.cases.get(index as usize).map(|case| (case.name, case.ty)),
        (TypeDesc::Enum(desc), _) => desc.labels.get(index as usize).map(|label| (*label, None)),
        (TypeDesc::Option(_), 0) => Some(("none", None)),
        (TypeDesc::Option(some), 1) => Some(("some", Some(some))),
        (TypeDesc::Result(ok, _), 0) => Some(("ok", *ok)),
        (TypeDesc::Result(_, error), 1) => Some(("error", *error)),
        (_, _) => None,
    }
}

fn flags<'a, H: Handles, V: FnMut(Part<'a>) -> Result<(), H::Error>>(
    view: &mut LiftView<'a, H>,
    ty: &'static TypeDesc,
    labels: &'static [&'static str],
    place: &mut Place<'_, '_>,
    visitor: &mut V,
) -> Result<(), H::Error> {
    let bits: u32 = match (&place, TypeAbi::of(ty).size) {
        (Place::Memory(_), 1) => scalar::<u8, H>(view, place)?.into(),
        (Place::Memory(_), 2) => scalar::<u16, H>(view, place)?.into(),
        (Place::Memory(_) | Place::Flat(_), _) => scalar(view, place)?,
    };
    let set = labels.iter().enumerate().filter(|(index, _)| bits >> index & 1 != 0).map(|(_, label)| *label);
    visitor(Part::Begin(ty, set.clone().count() as u32))?;
    for label in set {
        visitor(Part::Flag(label))?;
    }
    visitor(Part::End)
}
