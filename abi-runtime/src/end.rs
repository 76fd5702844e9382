//! The built-ins of streams and futures, for each type of a world.
//!
//! A guest imports them by the name of a function that mentions the type, so they are in generated code: an [`EndVtable`] for
//! each type, and a table of all. A context finds there the built-ins of the type that it lifts.

use core::any::TypeId;

/// The built-ins of one type of stream or future (`CanonicalABI.md#canon-streamfuturenew` and later). Those of a future
/// ignore the length, which is 1.
#[derive(Debug)]
#[expect(missing_docs, reason = "each field has the name of its built-in")]
pub struct EndVtable {
    pub new: unsafe extern "C" fn() -> u64,
    pub read: unsafe extern "C" fn(u32, *mut u8, usize) -> u32,
    pub write: unsafe extern "C" fn(u32, *const u8, usize) -> u32,
    pub cancel_read: unsafe extern "C" fn(u32) -> u32,
    pub cancel_write: unsafe extern "C" fn(u32) -> u32,
    pub drop_readable: unsafe extern "C" fn(u32),
    pub drop_writable: unsafe extern "C" fn(u32),
    /// The table of the world, for ends within elements.
    pub ends: fn() -> &'static [EndEntry],
}

/// The built-ins of a type in the table of a world.
#[derive(Debug)]
pub struct EndEntry {
    reader: fn() -> TypeId,
    vtable: &'static EndVtable,
}

impl EndEntry {
    /// The entry of a stream or future whose readable end is `Reader` in Rust.
    #[must_use]
    pub const fn of<Reader: 'static>(vtable: &'static EndVtable) -> EndEntry {
        EndEntry { reader: TypeId::of::<Reader>, vtable }
    }
}

/// The built-ins of the stream or future whose readable end is `Reader` in Rust. `None` if the world has no such type.
#[must_use]
pub fn find<Reader: 'static>(ends: &'static [EndEntry]) -> Option<&'static EndVtable> {
    let id = TypeId::of::<Reader>();
    ends.iter().find(|entry| (entry.reader)() == id).map(|entry| entry.vtable)
}

/// The table of a world without streams and futures.
pub const NO_ENDS: &[EndEntry] = &[];
