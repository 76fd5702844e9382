//! Forms: the layout of a type, from the layouts of its parts (`CanonicalABI.md#alignment`, `#element-size`, `#flattening`).
//!
//! Types are represented by [`TypeDesc`] in bindings, and otherwise where bindings are generated and where components
//! are decoded. Each representation states the [`Form`] of a type and the layouts of its parts, and [`Form::layout`] does the rest.

use crate::desc::TypeDesc;
use crate::layout::{
    FlatType, INDEX_BYTES, RecordLayout, TypeAbi, VariantLayout, align_to, discriminant_size, flags_size,
};
use crate::same;

/// The form of a type. It and the layouts of the type's parts decide the type's layout.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A type without parts, or with parts elsewhere in memory.
    Leaf(TypeAbi),
    /// A `list<t, n>` of this length. Its only part is `t`.
    FixedList(u32),
    /// A `record` or a `tuple` of this number of fields, which are its parts.
    Record(usize),
    /// A `variant`, `enum`, `option` or `result` of this number of cases. The payload of each case is a part, if it has one.
    Variant(usize),
}

impl Form {
    /// `bool`, `s8`, `u8`
    pub const ONE_BYTE: Form = Form::Leaf(TypeAbi::scalar(1, FlatType::I32));
    /// `s16`, `u16`
    pub const TWO_BYTES: Form = Form::Leaf(TypeAbi::scalar(2, FlatType::I32));
    /// `s32`, `u32`, `char`
    pub const FOUR_BYTES: Form = Form::Leaf(TypeAbi::scalar(4, FlatType::I32));
    /// `s64`, `u64`
    pub const EIGHT_BYTES: Form = Form::Leaf(TypeAbi::scalar(8, FlatType::I64));
    /// `f32`
    pub const F32: Form = Form::Leaf(TypeAbi::scalar(4, FlatType::F32));
    /// `f64`
    pub const F64: Form = Form::Leaf(TypeAbi::scalar(8, FlatType::F64));
    /// `string`, `list<t>` and `map<k, v>`: an address and a length.
    pub const POINTER_AND_LENGTH: Form = Form::Leaf(TypeAbi::POINTER_AND_LENGTH);
    /// As [`Form::POINTER_AND_LENGTH`], in a memory with addresses of 64 bits.
    pub const WIDE_POINTER_AND_LENGTH: Form = Form::Leaf(TypeAbi::WIDE_POINTER_AND_LENGTH);
    /// `own`, `borrow`, `stream`, `future` and `error-context`: an index.
    pub const INDEX: Form = Form::Leaf(TypeAbi::scalar(INDEX_BYTES, FlatType::I32));
    /// `option<t>`: its payload is part 1.
    pub const OPTION: Form = Form::Variant(2);
    /// `result<t, e>`: its payloads are the parts 0 and 1.
    pub const RESULT: Form = Form::Variant(2);

    /// `flags` with this number of labels.
    #[must_use]
    pub const fn flags(labels: usize) -> Form {
        Form::Leaf(TypeAbi::scalar(flags_size(labels), FlatType::I32))
    }

    /// The layout of a type of this form. `part` returns the layouts of its parts, by index; `offset` is passed the offsets in bytes
    /// of the fields of a record, or that of the payload of a variant.
    pub fn layout(self, part: impl Fn(usize) -> Option<TypeAbi>, mut offset: impl FnMut(u32)) -> TypeAbi {
        let part = |index| part(index).unwrap_or(TypeAbi::UNIT);
        match self {
            Form::Leaf(abi) => abi,
            Form::FixedList(len) => part(0).repeat(len),
            Form::Record(fields) => TypeAbi::record((0..fields).map(part), offset),
            Form::Variant(cases) => {
                let variant = (0..cases).fold(VariantLayout::new(cases), |variant, case| variant.case(&part(case)));
                offset(variant.payload_offset());
                variant.finish()
            }
        }
    }
}

impl TypeDesc {
    /// The form of the type.
    #[must_use]
    pub const fn form(&self) -> Form {
        match self {
            TypeDesc::Bool | TypeDesc::S8 | TypeDesc::U8 => Form::ONE_BYTE,
            TypeDesc::S16 | TypeDesc::U16 => Form::TWO_BYTES,
            TypeDesc::S32 | TypeDesc::U32 | TypeDesc::Char => Form::FOUR_BYTES,
            TypeDesc::S64 | TypeDesc::U64 => Form::EIGHT_BYTES,
            TypeDesc::F32 => Form::F32,
            TypeDesc::F64 => Form::F64,
            TypeDesc::String | TypeDesc::List(_) | TypeDesc::Map(..) => Form::POINTER_AND_LENGTH,
            TypeDesc::ErrorContext
            | TypeDesc::Own(_)
            | TypeDesc::Borrow(_)
            | TypeDesc::Stream(_)
            | TypeDesc::Future(_) => Form::INDEX,
            TypeDesc::FixedList(_, len) => Form::FixedList(*len),
            TypeDesc::Tuple(types) => Form::Record(types.len()),
            TypeDesc::Record(desc) => Form::Record(desc.fields.len()),
            TypeDesc::Variant(desc) => Form::Variant(desc.cases.len()),
            TypeDesc::Option(_) => Form::OPTION,
            TypeDesc::Result(..) => Form::RESULT,
            TypeDesc::Enum(desc) => Form::Variant(desc.labels.len()),
            TypeDesc::Flags(desc) => Form::flags(desc.labels.len()),
            TypeDesc::Alias(alias) => alias.ty.form(),
        }
    }

    /// A part of the type by its index, as [`Form`] counts them. `None` if a case has no payload.
    #[must_use]
    const fn part(&self, index: usize) -> Option<&'static TypeDesc> {
        match self {
            TypeDesc::FixedList(element, _) => Some(element),
            TypeDesc::Alias(alias) => alias.ty.part(index),
            TypeDesc::Tuple(types) => Some(types[index]),
            TypeDesc::Record(desc) => Some(desc.fields[index].ty),
            TypeDesc::Variant(desc) => desc.cases[index].ty,
            TypeDesc::Option(some) if index == 1 => Some(some),
            TypeDesc::Result(ok, _) if index == 0 => *ok,
            TypeDesc::Result(_, err) => *err,
            TypeDesc::Option(_)
            | TypeDesc::Enum(_)
            | TypeDesc::Bool
            | TypeDesc::S8
            | TypeDesc::U8
            | TypeDesc::S16
            | TypeDesc::U16
            | TypeDesc::S32
            | TypeDesc::U32
            | TypeDesc::S64
            | TypeDesc::U64
            | TypeDesc::F32
            | TypeDesc::F64
            | TypeDesc::Char
            | TypeDesc::String
            | TypeDesc::ErrorContext
            | TypeDesc::List(_)
            | TypeDesc::Map(..)
            | TypeDesc::Flags(_)
            | TypeDesc::Own(_)
            | TypeDesc::Borrow(_)
            | TypeDesc::Stream(_)
            | TypeDesc::Future(_) => None,
        }
    }
}

impl TypeAbi {
    /// The layout of a described type: [`Form::layout`] as a `const fn`, which cannot be given closures.
    #[must_use]
    pub const fn of(ty: &TypeDesc) -> TypeAbi {
        TypeAbi::of_option(Some(ty))
    }

    /// The layout of a payload or a result that may be absent.
    ///
    /// The compiler limits how deeply constants call functions, so there is one call for each level of a type.
    #[must_use]
    pub const fn of_option(ty: Option<&TypeDesc>) -> TypeAbi {
        let Some(ty) = ty else { return TypeAbi::UNIT };
        match ty.form() {
            Form::Leaf(abi) => abi,
            Form::FixedList(len) => TypeAbi::of_option(ty.part(0)).repeat(len),
            Form::Record(fields) => {
                let mut record = RecordLayout::new();
                let mut i = 0;
                while i < fields {
                    record = record.field(&TypeAbi::of_option(ty.part(i))).0;
                    i += 1;
                }
                record.finish()
            }
            Form::Variant(cases) => {
                let mut variant = VariantLayout::new(cases);
                let mut i = 0;
                while i < cases {
                    variant = variant.case(&TypeAbi::of_option(ty.part(i)));
                    i += 1;
                }
                variant.finish()
            }
        }
    }
}

/// The number of cases of a described `variant`, `enum`, `option` or `result`; 0 for another type.
#[must_use]
pub const fn case_count(ty: &TypeDesc) -> usize {
    match ty.form() {
        Form::Variant(cases) => cases,
        Form::Leaf(_) | Form::FixedList(_) | Form::Record(_) => 0,
    }
}

/// The offset in bytes of the payload of a described `variant`, `option` or `result`.
#[must_use]
pub const fn payload_offset(ty: &TypeDesc) -> u32 {
    let cases = case_count(ty);
    let mut offset = discriminant_size(cases);
    let mut i = 0;
    while i < cases {
        offset = align_to(offset, TypeAbi::of_option(ty.part(i)).align);
        i += 1;
    }
    offset
}

/// The layout of a Rust type, in the constants of bindings. The compiler computes it once for each type, from those of its parts;
/// [`TypeAbi::of`] walks a whole description.
#[derive(Clone, Copy, Debug)]
pub struct TypeLayout {
    /// The layout of the value type.
    pub abi: TypeAbi,
    /// The offset in bytes of the payload of a `variant`, `option` or `result`; 0 for another type.
    pub payload_offset: u32,
    /// Whether values may hold owned handles, or ends of streams and futures, which have one owner.
    pub has_handles: bool,
    /// Whether values may hold addresses: those of strings, lists and maps.
    pub has_addresses: bool,
    /// A number that types of one structure have, whose parts have the same names and types.
    pub identity: u64,
}

impl TypeLayout {
    const UNIT: TypeLayout = TypeLayout {
        abi: TypeAbi::UNIT,
        payload_offset: 0,
        has_handles: false,
        has_addresses: false,
        identity: same::identity(&TypeDesc::Tuple(&[])),
    };

    /// The layout of a described type, from those of its parts: as [`Form`] counts them, and the elements of lists and maps, and of
    /// streams and futures.
    ///
    /// # Panics
    /// When the type has another number of parts.
    #[must_use]
    pub const fn of(ty: &TypeDesc, parts: &[TypeLayout]) -> TypeLayout {
        if let TypeDesc::Alias(alias) = ty {
            return TypeLayout::of(alias.ty, parts);
        }
        assert!(parts.len() == TypeLayout::part_count(ty), "each field, payload and element is a part");
        let mut layout = TypeLayout {
            has_handles: matches!(ty, TypeDesc::Own(_) | TypeDesc::Stream(_) | TypeDesc::Future(_)),
            has_addresses: matches!(ty, TypeDesc::String | TypeDesc::List(_) | TypeDesc::Map(..)),
            identity: same::identity(ty),
            ..TypeLayout::UNIT
        };
        let is_end = matches!(ty, TypeDesc::Stream(_) | TypeDesc::Future(_));
        let form = ty.form();
        let mut record = RecordLayout::new();
        let mut variant = VariantLayout::new(case_count(ty));
        let mut i = 0;
        while i < parts.len() {
            let part = &parts[i];
            layout.has_handles |= part.has_handles;
            layout.has_addresses |= part.has_addresses && !is_end;
            layout.identity = same::add(layout.identity, part.identity);
            match form {
                Form::Record(_) => record = record.field(&part.abi).0,
                Form::Variant(_) => variant = variant.case(&part.abi),
                Form::Leaf(_) | Form::FixedList(_) => {}
            }
            i += 1;
        }
        match form {
            Form::Leaf(abi) => layout.abi = abi,
            Form::FixedList(len) => layout.abi = parts[0].abi.repeat(len),
            Form::Record(_) => layout.abi = record.finish(),
            Form::Variant(_) => {
                layout.payload_offset = variant.payload_offset();
                layout.abi = variant.finish();
            }
        }
        layout
    }

    /// The number of parts that decide the layout of a type: no case of an `enum` has a payload.
    const fn part_count(ty: &TypeDesc) -> usize {
        match ty.form() {
            Form::Record(fields) => fields,
            Form::Variant(_) if matches!(ty, TypeDesc::Enum(_)) => 0,
            Form::Variant(cases) => cases,
            Form::FixedList(_) => 1,
            Form::Leaf(_) if matches!(ty, TypeDesc::List(_) | TypeDesc::Stream(_) | TypeDesc::Future(_)) => 1,
            Form::Leaf(_) if matches!(ty, TypeDesc::Map(..)) => 2,
            Form::Leaf(_) => 0,
        }
    }
}

/// The offsets in bytes of the `N` fields of a `record` or a `tuple`, which are its parts.
///
/// # Panics
/// When the type has another number of parts.
#[must_use]
pub const fn field_offsets<const N: usize>(parts: &[TypeLayout]) -> [u32; N] {
    assert!(parts.len() == N, "a record or a tuple of this many fields");
    let mut offsets = [0; N];
    let mut record = RecordLayout::new();
    let mut i = 0;
    while i < N {
        (record, offsets[i]) = record.field(&parts[i].abi);
        i += 1;
    }
    offsets
}

#[cfg(all(test, feature = "std"))]
mod tests {
    use super::Form;
    use crate::desc::{CaseDesc, FieldDesc, LabelsDesc, RecordDesc, TypeDesc, VariantDesc};
    use crate::layout::TypeAbi;

    /// The layout of a described type by the walk for any representation, and the offsets in it.
    fn walk(ty: &TypeDesc) -> (TypeAbi, Vec<u32>) {
        let mut offsets = Vec::new();
        let abi = ty.form().layout(|index| ty.part(index).map(|part| walk(part).0), |offset| offsets.push(offset));
        (abi, offsets)
    }

    fn check(ty: &TypeDesc, offsets: &[u32]) {
        let ((walked, found), abi) = (walk(ty), TypeAbi::of(ty));
        assert_eq!((walked.size, walked.align), (abi.size, abi.align), "{ty:?}");
        assert_eq!(walked.flat.as_slice(), abi.flat.as_slice(), "{ty:?}");
        assert_eq!(found, offsets, "{ty:?}");
    }

    #[test]
    fn the_two_walks_agree() {
        const RECORD: RecordDesc = RecordDesc {
            name: "r",
            fields: &[FieldDesc { name: "a", ty: &TypeDesc::U8 }, FieldDesc { name: "b", ty: &TypeDesc::String }],
        };
        const VARIANT: VariantDesc = VariantDesc {
            name: "v",
            cases: &[CaseDesc { name: "a", ty: None }, CaseDesc { name: "b", ty: Some(&TypeDesc::Record(&RECORD)) }],
        };
        const LABELS: LabelsDesc = LabelsDesc { name: "l", labels: &["a"; 9] };
        check(&TypeDesc::Record(&RECORD), &[0, 4]);
        check(&TypeDesc::Variant(&VARIANT), &[4]);
        check(&TypeDesc::Tuple(&[&TypeDesc::Variant(&VARIANT), &TypeDesc::U64, &TypeDesc::Bool]), &[0, 16, 24]);
        check(&TypeDesc::FixedList(&TypeDesc::Record(&RECORD), 3), &[]);
        check(&TypeDesc::Option(&TypeDesc::F64), &[8]);
        check(&TypeDesc::Result(None, Some(&TypeDesc::U16)), &[2]);
        check(&TypeDesc::Enum(&LABELS), &[1]);
        check(&TypeDesc::Flags(&LABELS), &[]);
        check(&TypeDesc::Map(&TypeDesc::String, &TypeDesc::F32), &[]);
    }

    #[test]
    fn constants_may_be_as_deep_as_the_compiler_lets_calls_be() {
        macro_rules! nested {
            () => { &TypeDesc::U64 };
            ($level:tt $($levels:tt)*) => { &TypeDesc::Option(nested!($($levels)*)) };
        }
        const DEEP: TypeAbi = TypeAbi::of(nested!(
            0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9
            0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9
        ));
        assert_eq!(DEEP.size, 101 * 8);
    }

    /// As of types with mistakes; the time does not depend on the length.
    #[test]
    fn values_without_flat_values_are_repeated_at_once() {
        let nothing = TypeAbi::UNIT.repeat(u32::MAX);
        assert!(nothing.size == 0 && nothing.flat.is_empty());
    }

    #[test]
    fn forms_of_leaves() {
        assert!(matches!(TypeDesc::Char.form(), Form::Leaf(TypeAbi { size: 4, align: 4, .. })));
        assert!(matches!(TypeDesc::String.form(), Form::Leaf(TypeAbi { size: 8, align: 4, .. })));
        assert!(matches!(TypeDesc::Stream(None).form(), Form::Leaf(TypeAbi { size: 4, align: 4, .. })));
    }
}
