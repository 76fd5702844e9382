//! Size, alignment and flat types of every value type, as `const fn`
//! (`CanonicalABI.md#alignment`, `#element-size`, `#flattening`).
//!
//! All sizes are for 32-bit memories.

/// More flat parameters than this are passed in memory (`CanonicalABI.md#flattening`).
pub const MAX_FLAT_PARAMS: usize = 16;
/// More flat parameters of a function lowered `async` than this are passed in memory.
pub const MAX_FLAT_ASYNC_PARAMS: usize = 4;
/// More flat results than this are passed in memory.
pub const MAX_FLAT_RESULTS: usize = 1;
/// Bytes of an address, and of a length. The length of a string, a list or a map is at this offset, after the address.
pub const POINTER_BYTES: u32 = 4;
/// The size of an address or a length in a memory with addresses of 64 bits, in bytes.
const WIDE_POINTER_BYTES: u32 = 8;
/// Bytes of an index: the form of a handle, a stream, a future or an error context.
pub const INDEX_BYTES: u32 = 4;
/// The longest list that can be lifted, in bytes (`CanonicalABI.md#loading`).
pub const MAX_LIST_BYTES: u32 = (1 << 28) - 1;
/// The longest string that can be lifted, in bytes (`CanonicalABI.md#loading`).
pub const MAX_STRING_BYTES: u32 = (1 << 28) - 1;
/// The largest value, in bytes, with [wide addresses](crate::form::Form::WIDE_POINTER_AND_LENGTH). The specification does not state
/// it, but validators of components have it.
pub const MAX_VALUE_BYTES: u32 = (1 << 28) - 1;
/// The largest number of elements of a read or a write of a stream (`CanonicalABI.md#buffer-state`).
pub const MAX_BUFFER_LENGTH: u32 = (1 << 28) - 1;

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
    /// The type of a slot that can hold both (`join` in `CanonicalABI.md#flattening`).
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

/// The flat types of a value: their number, and up to [`MAX_FLAT_PARAMS`] types. More values are passed in
/// memory, and then only their number matters.
#[derive(Clone, Copy, Debug)]
pub struct FlatTypes {
    types: [FlatType; MAX_FLAT_PARAMS],
    len: u32,
}

impl FlatTypes {
    /// No values.
    pub const EMPTY: FlatTypes = FlatTypes { types: [FlatType::I32; MAX_FLAT_PARAMS], len: 0 };

    /// The number of values.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether the number of values is 0.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The types, or `None` if there are more than [`MAX_FLAT_PARAMS`].
    #[must_use]
    pub const fn as_slice(&self) -> Option<&[FlatType]> {
        if self.len() > MAX_FLAT_PARAMS { None } else { Some(self.types.split_at(self.len()).0) }
    }

    /// The first type of at most `max`, or `None` if there are none or more.
    pub(crate) const fn first(&self, max: usize) -> Option<FlatType> {
        if self.is_empty() || self.len() > max { None } else { Some(self.types[0]) }
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

/// The layout of a type: its form in memory, and its flat types.
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
    /// The unit type, which has no bytes.
    pub const UNIT: TypeAbi = TypeAbi { size: 0, align: 1, flat: FlatTypes::EMPTY };

    /// One number, aligned to its size.
    pub(crate) const fn scalar(size: u32, flat: FlatType) -> TypeAbi {
        TypeAbi { size, align: size, flat: FlatTypes::EMPTY.push(flat) }
    }

    /// The address and the length of a string, a list or a map. The address comes first.
    pub(crate) const POINTER_AND_LENGTH: TypeAbi = TypeAbi {
        size: 2 * POINTER_BYTES,
        align: POINTER_BYTES,
        flat: FlatTypes::EMPTY.push(FlatType::I32).push(FlatType::I32),
    };

    /// As [`TypeAbi::POINTER_AND_LENGTH`], in a memory with addresses of 64 bits.
    pub(crate) const WIDE_POINTER_AND_LENGTH: TypeAbi = TypeAbi {
        size: 2 * WIDE_POINTER_BYTES,
        align: WIDE_POINTER_BYTES,
        flat: FlatTypes::EMPTY.push(FlatType::I64).push(FlatType::I64),
    };

    /// `len` values in a row: a fixed-length list.
    #[must_use]
    pub const fn repeat(self, len: u32) -> TypeAbi {
        let mut flat = FlatTypes::EMPTY;
        let mut i = 0;
        // Of a type with mistakes, values may have no flat ones.
        while i < len && flat.len() <= MAX_FLAT_PARAMS && !self.flat.is_empty() {
            flat = flat.append(&self.flat);
            i += 1;
        }
        TypeAbi { size: self.size.saturating_mul(len), align: self.align, flat }
    }

    /// A record, or a tuple, of fields of these layouts. `offset` is called with the offset in bytes of each.
    pub fn record(fields: impl IntoIterator<Item = TypeAbi>, mut offset: impl FnMut(u32)) -> TypeAbi {
        let mut record = RecordLayout::new();
        for field in fields {
            let (next, at) = record.field(&field);
            offset(at);
            record = next;
        }
        record.finish()
    }
}

/// Lays out a record, field by field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordLayout {
    abi: TypeAbi,
}

impl RecordLayout {
    /// A record without fields.
    #[must_use]
    pub(crate) const fn new() -> RecordLayout {
        RecordLayout { abi: TypeAbi::UNIT }
    }

    /// Adds a field and returns its offset in bytes.
    #[must_use]
    pub(crate) const fn field(self, field: &TypeAbi) -> (RecordLayout, u32) {
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
    pub(crate) const fn finish(self) -> TypeAbi {
        TypeAbi { size: align_to(self.abi.size, self.abi.align), ..self.abi }
    }
}

/// Lays out a variant, case by case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VariantLayout {
    discriminant_size: u32,
    payload: TypeAbi,
}

impl VariantLayout {
    /// A variant of `cases` cases, whose payloads are added next.
    #[must_use]
    pub(crate) const fn new(cases: usize) -> VariantLayout {
        let flat = FlatTypes::EMPTY.push(FlatType::I32);
        VariantLayout { discriminant_size: discriminant_size(cases), payload: TypeAbi { flat, ..TypeAbi::UNIT } }
    }

    /// Adds a case's payload.
    #[must_use]
    pub(crate) const fn case(self, case: &TypeAbi) -> VariantLayout {
        let payload = TypeAbi {
            size: max(self.payload.size, case.size),
            align: max(self.payload.align, case.align),
            flat: self.payload.flat.join_case(&case.flat),
        };
        VariantLayout { payload, ..self }
    }

    /// The offset of the payload in bytes.
    #[must_use]
    pub(crate) const fn payload_offset(&self) -> u32 {
        align_to(self.discriminant_size, self.payload.align)
    }

    /// The whole variant.
    #[must_use]
    pub(crate) const fn finish(self) -> TypeAbi {
        let align = max(self.discriminant_size, self.payload.align);
        let size = align_to(self.payload_offset().saturating_add(self.payload.size), align);
        TypeAbi { size, align, flat: self.payload.flat }
    }
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

/// The bits of `flags` of `labels` labels. Lifting clears the others.
#[must_use]
pub const fn flags_mask(labels: usize) -> u32 {
    match labels {
        0 => 0,
        1..32 => u32::MAX >> (32 - labels),
        _ => u32::MAX,
    }
}

/// The first multiple of `align` that is not below `offset`.
#[must_use]
pub(crate) const fn align_to(offset: u32, align: u32) -> u32 {
    match offset.checked_next_multiple_of(align) {
        Some(aligned) => aligned,
        None => u32::MAX,
    }
}

const fn max(a: u32, b: u32) -> u32 {
    if a > b { a } else { b }
}
