//! Size, alignment and flat types of every value type, as `const fn`
//! (`CanonicalABI.md#alignment`, `#element-size`, `#flattening`).
//!
//! All sizes are for 32-bit memories.

use crate::desc::{CaseDesc, TypeDesc};

/// Parameters beyond this many flat values travel in memory (`CanonicalABI.md#flattening`).
pub const MAX_FLAT_PARAMS: usize = 16;
/// The same for a function lowered `async`.
pub const MAX_FLAT_ASYNC_PARAMS: usize = 4;
/// Results beyond this many flat values travel in memory.
pub const MAX_FLAT_RESULTS: usize = 1;
/// The longest list that can be lifted, in bytes (`CanonicalABI.md#loading`).
pub const MAX_LIST_BYTES: u32 = (1 << 28) - 1;
/// The longest string that can be lifted, in bytes (`CanonicalABI.md#loading`).
pub const MAX_STRING_BYTES: u32 = (1 << 28) - 1;

/// A core value type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are the types' own")]
pub enum FlatType {
    I32,
    I64,
    F32,
    F64,
}

impl FlatType {
    /// The type of a slot that holds either (`join` in `CanonicalABI.md#flattening`).
    #[must_use]
    pub const fn join(self, other: FlatType) -> FlatType {
        match (self, other) {
            (FlatType::I32, FlatType::I32 | FlatType::F32) | (FlatType::F32, FlatType::I32) => FlatType::I32,
            (FlatType::F32, FlatType::F32) => FlatType::F32,
            (FlatType::F64, FlatType::F64) => FlatType::F64,
            (FlatType::I32 | FlatType::I64 | FlatType::F32 | FlatType::F64, _) => FlatType::I64,
        }
    }
}

/// The flat types of a value: how many, and which, up to [`MAX_FLAT_PARAMS`]. A longer list travels in memory, and then
/// only its length matters.
#[derive(Clone, Copy, Debug)]
pub struct FlatTypes {
    types: [FlatType; MAX_FLAT_PARAMS],
    len: u32,
}

impl FlatTypes {
    /// No values.
    pub const EMPTY: FlatTypes = FlatTypes { types: [FlatType::I32; MAX_FLAT_PARAMS], len: 0 };

    /// How many values there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The types, or nothing when there are more than [`MAX_FLAT_PARAMS`].
    #[must_use]
    pub const fn as_slice(&self) -> Option<&[FlatType]> {
        if self.len() > MAX_FLAT_PARAMS { None } else { Some(self.types.split_at(self.len()).0) }
    }

    const fn push(mut self, ty: FlatType) -> FlatTypes {
        if self.len() < MAX_FLAT_PARAMS {
            self.types[self.len()] = ty;
        }
        self.len = self.len.saturating_add(1);
        self
    }

    const fn append(mut self, other: &FlatTypes) -> FlatTypes {
        let mut i = 0;
        while i < other.len() && i < MAX_FLAT_PARAMS {
            self = self.push(other.types[i]);
            i += 1;
        }
        self.len = self.len.saturating_add(other.len - i as u32);
        self
    }

    /// Joins the payload of one more case to those of the cases before; the first slot is the discriminant's.
    const fn join_case(mut self, case: &FlatTypes) -> FlatTypes {
        let mut i = 0;
        while i < case.len() && i + 1 < MAX_FLAT_PARAMS {
            self.types[i + 1] = if i + 1 < self.len() { self.types[i + 1].join(case.types[i]) } else { case.types[i] };
            i += 1;
        }
        if self.len < case.len.saturating_add(1) {
            self.len = case.len.saturating_add(1);
        }
        self
    }
}

/// How a value of one type lies in memory and on the stack.
#[derive(Clone, Copy, Debug)]
pub struct TypeAbi {
    /// Bytes in memory, padding at the end included.
    pub size: u32,
    /// Alignment in bytes: 1, 2, 4 or 8.
    pub align: u32,
    /// Its flat types.
    pub flat: FlatTypes,
}

impl TypeAbi {
    /// The unit type, which takes no room.
    pub const UNIT: TypeAbi = TypeAbi { size: 0, align: 1, flat: FlatTypes::EMPTY };

    const fn scalar(size: u32, flat: FlatType) -> TypeAbi {
        TypeAbi { size, align: size, flat: FlatTypes::EMPTY.push(flat) }
    }

    /// A pointer and a length.
    const POINTER_AND_LENGTH: TypeAbi =
        TypeAbi { size: 8, align: 4, flat: FlatTypes::EMPTY.push(FlatType::I32).push(FlatType::I32) };

    /// The layout of a described type.
    #[must_use]
    pub const fn of(ty: &TypeDesc) -> TypeAbi {
        match ty {
            TypeDesc::Bool | TypeDesc::S8 | TypeDesc::U8 => TypeAbi::scalar(1, FlatType::I32),
            TypeDesc::S16 | TypeDesc::U16 => TypeAbi::scalar(2, FlatType::I32),
            TypeDesc::S32
            | TypeDesc::U32
            | TypeDesc::Char
            | TypeDesc::ErrorContext
            | TypeDesc::Own(_)
            | TypeDesc::Borrow(_)
            | TypeDesc::Stream(_)
            | TypeDesc::Future(_) => TypeAbi::scalar(4, FlatType::I32),
            TypeDesc::S64 | TypeDesc::U64 => TypeAbi::scalar(8, FlatType::I64),
            TypeDesc::F32 => TypeAbi::scalar(4, FlatType::F32),
            TypeDesc::F64 => TypeAbi::scalar(8, FlatType::F64),
            TypeDesc::String | TypeDesc::List(_) | TypeDesc::Map(..) => TypeAbi::POINTER_AND_LENGTH,
            TypeDesc::FixedList(element, len) => TypeAbi::of(element).repeat(*len),
            TypeDesc::Tuple(types) => {
                let mut record = RecordLayout::new();
                let mut i = 0;
                while i < types.len() {
                    record = record.field(&TypeAbi::of(types[i])).0;
                    i += 1;
                }
                record.finish()
            }
            TypeDesc::Record(desc) => {
                let mut record = RecordLayout::new();
                let mut i = 0;
                while i < desc.fields.len() {
                    record = record.field(&TypeAbi::of(desc.fields[i].ty)).0;
                    i += 1;
                }
                record.finish()
            }
            TypeDesc::Variant(desc) => TypeAbi::of_cases(desc.cases),
            TypeDesc::Option(some) => VariantLayout::new(2).case(&TypeAbi::of(some)).finish(),
            TypeDesc::Result(ok, err) => {
                VariantLayout::new(2).case(&TypeAbi::of_option(*ok)).case(&TypeAbi::of_option(*err)).finish()
            }
            TypeDesc::Enum(desc) => VariantLayout::new(desc.labels.len()).finish(),
            TypeDesc::Flags(desc) => TypeAbi::scalar(flags_size(desc.labels.len()), FlatType::I32),
        }
    }

    /// The layout of a payload or a result that may be absent.
    #[must_use]
    pub const fn of_option(ty: Option<&TypeDesc>) -> TypeAbi {
        match ty {
            Some(ty) => TypeAbi::of(ty),
            None => TypeAbi::UNIT,
        }
    }

    const fn of_cases(cases: &[CaseDesc]) -> TypeAbi {
        let mut variant = VariantLayout::new(cases.len());
        let mut i = 0;
        while i < cases.len() {
            variant = variant.case(&TypeAbi::of_option(cases[i].ty));
            i += 1;
        }
        variant.finish()
    }

    /// `len` values in a row: a fixed-length list.
    #[must_use]
    pub const fn repeat(self, len: u32) -> TypeAbi {
        let mut flat = FlatTypes::EMPTY;
        let mut i = 0;
        while i < len && flat.len() <= MAX_FLAT_PARAMS {
            flat = flat.append(&self.flat);
            i += 1;
        }
        TypeAbi { size: self.size.saturating_mul(len), align: self.align, flat }
    }

    /// A record, or a tuple, of these fields.
    #[must_use]
    pub const fn record(fields: &[TypeAbi]) -> TypeAbi {
        let mut record = RecordLayout::new();
        let mut i = 0;
        while i < fields.len() {
            record = record.field(&fields[i]).0;
            i += 1;
        }
        record.finish()
    }

    /// The offsets in bytes of a record's fields.
    #[must_use]
    pub const fn offsets<const N: usize>(fields: &[TypeAbi; N]) -> [u32; N] {
        let mut offsets = [0; N];
        let mut record = RecordLayout::new();
        let mut i = 0;
        while i < N {
            (record, offsets[i]) = record.field(&fields[i]);
            i += 1;
        }
        offsets
    }

    /// A variant of these cases; [`TypeAbi::UNIT`] stands for a case without payload.
    #[must_use]
    pub const fn variant(cases: &[TypeAbi]) -> TypeAbi {
        let mut variant = VariantLayout::new(cases.len());
        let mut i = 0;
        while i < cases.len() {
            variant = variant.case(&cases[i]);
            i += 1;
        }
        variant.finish()
    }
}

/// Lays out a record, field by field.
#[derive(Clone, Copy, Debug)]
pub struct RecordLayout {
    abi: TypeAbi,
}

impl RecordLayout {
    /// No fields yet.
    #[must_use]
    pub const fn new() -> RecordLayout {
        RecordLayout { abi: TypeAbi::UNIT }
    }

    /// Adds a field and tells its offset in bytes.
    #[must_use]
    pub const fn field(self, field: &TypeAbi) -> (RecordLayout, u32) {
        let offset = align_to(self.abi.size, field.align);
        let abi = TypeAbi {
            size: offset.saturating_add(field.size),
            align: max(self.abi.align, field.align),
            flat: self.abi.flat.append(&field.flat),
        };
        (RecordLayout { abi }, offset)
    }

    /// The whole record.
    #[must_use]
    pub const fn finish(self) -> TypeAbi {
        TypeAbi { size: align_to(self.abi.size, self.abi.align), ..self.abi }
    }
}

impl Default for RecordLayout {
    fn default() -> Self {
        RecordLayout::new()
    }
}

/// Lays out a variant, case by case.
#[derive(Clone, Copy, Debug)]
pub struct VariantLayout {
    discriminant_size: u32,
    payload: TypeAbi,
}

impl VariantLayout {
    /// A variant of `cases` cases, whose payloads are added next.
    #[must_use]
    pub const fn new(cases: usize) -> VariantLayout {
        let flat = FlatTypes::EMPTY.push(FlatType::I32);
        VariantLayout { discriminant_size: discriminant_size(cases), payload: TypeAbi { flat, ..TypeAbi::UNIT } }
    }

    /// Adds a case's payload.
    #[must_use]
    pub const fn case(self, case: &TypeAbi) -> VariantLayout {
        let payload = TypeAbi {
            size: max(self.payload.size, case.size),
            align: max(self.payload.align, case.align),
            flat: self.payload.flat.join_case(&case.flat),
        };
        VariantLayout { payload, ..self }
    }

    /// The offset of the payload in bytes.
    #[must_use]
    pub const fn payload_offset(&self) -> u32 {
        align_to(self.discriminant_size, self.payload.align)
    }

    /// The whole variant.
    #[must_use]
    pub const fn finish(self) -> TypeAbi {
        let align = max(self.discriminant_size, self.payload.align);
        let size = align_to(self.payload_offset().saturating_add(self.payload.size), align);
        TypeAbi { size, align, flat: self.payload.flat }
    }
}

/// How many cases a described type has: that of a `variant`, `enum`, `option` or `result`; 0 for another type.
#[must_use]
pub const fn case_count(ty: &TypeDesc) -> usize {
    match ty {
        TypeDesc::Variant(desc) => desc.cases.len(),
        TypeDesc::Enum(desc) => desc.labels.len(),
        TypeDesc::Option(_) | TypeDesc::Result(..) => 2,
        TypeDesc::Bool
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
        | TypeDesc::FixedList(..)
        | TypeDesc::Map(..)
        | TypeDesc::Tuple(_)
        | TypeDesc::Record(_)
        | TypeDesc::Flags(_)
        | TypeDesc::Own(_)
        | TypeDesc::Borrow(_)
        | TypeDesc::Stream(_)
        | TypeDesc::Future(_) => 0,
    }
}

/// The payload of a case of a described type, by the case's index.
#[must_use]
pub const fn case_payload(ty: &TypeDesc, case: usize) -> Option<&'static TypeDesc> {
    if let TypeDesc::Variant(desc) = ty {
        desc.cases[case].ty
    } else if let (TypeDesc::Option(some), 1) = (ty, case) {
        Some(some)
    } else if let TypeDesc::Result(ok, err) = ty {
        if case == 0 { *ok } else { *err }
    } else {
        None
    }
}

/// The offset in bytes of the payload of a described `variant`, `option` or `result`.
#[must_use]
pub const fn payload_offset(ty: &TypeDesc) -> u32 {
    let cases = case_count(ty);
    let mut offset = discriminant_size(cases);
    let mut i = 0;
    while i < cases {
        offset = align_to(offset, TypeAbi::of_option(case_payload(ty, i)).align);
        i += 1;
    }
    offset
}

/// The offsets in bytes of the fields of a described `record` or `tuple` of `N` fields.
#[must_use]
pub const fn field_offsets<const N: usize>(ty: &TypeDesc) -> [u32; N] {
    let mut offsets = [0; N];
    let mut record = RecordLayout::new();
    let mut i = 0;
    while i < N {
        let field = if let TypeDesc::Record(desc) = ty {
            desc.fields[i].ty
        } else if let TypeDesc::Tuple(types) = ty {
            types[i]
        } else {
            panic!("only records and tuples have fields");
        };
        (record, offsets[i]) = record.field(&TypeAbi::of(field));
        i += 1;
    }
    offsets
}

/// Bytes of the discriminant of a variant of `cases` cases: 1, 2 or 4.
#[must_use]
pub const fn discriminant_size(cases: usize) -> u32 {
    if cases <= 1 << 8 {
        1
    } else if cases <= 1 << 16 {
        2
    } else {
        4
    }
}

/// Bytes of `flags` of `labels` labels: 1, 2 or 4.
#[must_use]
pub const fn flags_size(labels: usize) -> u32 {
    if labels <= 8 {
        1
    } else if labels <= 16 {
        2
    } else {
        4
    }
}

/// The first multiple of `align` that is not below `offset`.
#[must_use]
pub const fn align_to(offset: u32, align: u32) -> u32 {
    match offset.checked_next_multiple_of(align) {
        Some(aligned) => aligned,
        None => u32::MAX,
    }
}

const fn max(a: u32, b: u32) -> u32 {
    if a > b { a } else { b }
}
