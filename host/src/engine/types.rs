//! Types of core WebAssembly as the engine trait speaks of them (core specification, 2.3 Types).

use alloc::boxed::Box;
use alloc::string::String;

/// The type of a core value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ValType {
    /// A 32-bit integer; in a slot, the low half.
    I32,
    /// A 64-bit integer.
    I64,
    /// A 32-bit float; in a slot, its bits in the low half.
    F32,
    /// A 64-bit float; in a slot, its bits.
    F64,
    /// A 128-bit vector, which no slot can hold.
    V128,
    /// A reference to a function, which no slot can hold.
    FuncRef,
    /// A reference of the host, which no slot can hold.
    ExternRef,
    /// Any other reference, which no slot can hold.
    OtherRef,
}

impl ValType {
    /// Whether a 64-bit slot can hold a value of this type.
    #[must_use]
    pub const fn fits_slot(self) -> bool {
        matches!(self, Self::I32 | Self::I64 | Self::F32 | Self::F64)
    }

    /// Whether a value of this type takes the low half of a slot.
    #[must_use]
    pub const fn is_narrow(self) -> bool {
        matches!(self, Self::I32 | Self::F32)
    }
}

/// The type of a core function.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FuncType {
    /// The types of the parameters, in order.
    pub params: Box<[ValType]>,
    /// The types of the results, in order.
    pub results: Box<[ValType]>,
}

impl FuncType {
    /// A function type of the given parameters and results.
    pub fn new(params: impl Into<Box<[ValType]>>, results: impl Into<Box<[ValType]>>) -> Self {
        Self { params: params.into(), results: results.into() }
    }

    /// The number of slots of a call: parameters and results share them.
    #[must_use]
    pub fn slot_count(&self) -> usize {
        self.params.len().max(self.results.len())
    }

    /// Whether the host can call it, or define it, with slots.
    #[must_use]
    pub fn fits_slots(&self) -> bool {
        self.params.iter().chain(&*self.results).all(|ty| ty.fits_slot())
    }
}

/// The type of a memory, in pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MemoryType {
    /// The number of pages at the start.
    pub minimum: u64,
    /// The number of pages that it may grow to.
    pub maximum: Option<u64>,
    /// Whether addresses have 64 bits.
    pub memory64: bool,
    /// Whether threads may share it.
    pub shared: bool,
}

/// The type of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableType {
    /// The type of the elements, a reference type.
    pub element: ValType,
    /// The number of elements at the start.
    pub minimum: u64,
    /// The number of elements that it may grow to.
    pub maximum: Option<u64>,
}

/// The type of a global.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GlobalType {
    /// The type of its value.
    pub content: ValType,
    /// Whether it can be set.
    pub mutable: bool,
}

/// The type of something a module imports or exports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExternType {
    /// A function.
    Func(FuncType),
    /// A memory.
    Memory(MemoryType),
    /// A table.
    Table(TableType),
    /// A global.
    Global(GlobalType),
    /// A tag of exceptions.
    Tag(FuncType),
}

/// An import of a module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportType {
    /// The first half of the name.
    pub module: String,
    /// The second half of the name.
    pub name: String,
    /// The type of the import.
    pub ty: ExternType,
}

/// An export of a module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExportType {
    /// The name.
    pub name: String,
    /// The type of the export.
    pub ty: ExternType,
}
