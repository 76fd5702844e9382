//! The `core` layer of the ABI runtime, linked with neither std nor an allocator, and called by the test `no_std`.
#![no_std]

use witwright_abi_runtime::desc::{FieldDesc, RecordDesc, TypeDesc};
use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::flatten::{Convention, FuncAbi};
use witwright_abi_runtime::handles::{Handle, HandleTable};
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::table::FixedSlots;
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{GuestMemory, Handles, LiftView, LowerView};

static POINT: TypeDesc = TypeDesc::Record(&RecordDesc {
    name: "point",
    fields: &[
        FieldDesc { name: "x", ty: &TypeDesc::U8 },
        FieldDesc { name: "y", ty: &TypeDesc::F64 },
        FieldDesc { name: "label", ty: &TypeDesc::String },
    ],
});

static POINTS: TypeDesc = TypeDesc::Tuple(&[&POINT, &POINT, &POINT, &POINT]);

/// The size of a record from its description, computed in the guest.
#[unsafe(no_mangle)]
pub extern "C" fn record_size() -> u32 {
    TypeAbi::of(&POINT).size
}

/// The number of its flat types.
#[unsafe(no_mangle)]
pub extern "C" fn record_flat_len() -> u32 {
    TypeAbi::of(&POINT).flat.len() as u32
}

/// The core signature of an import that takes four of it and returns one: ten times its parameters, and its results.
#[unsafe(no_mangle)]
pub extern "C" fn signature() -> u32 {
    let signature = FuncAbi { params: TypeAbi::of(&POINTS), result: TypeAbi::of(&POINT) }.signature(Convention::Lower);
    signature.params().len() as u32 * 10 + u32::from(signature.result().is_some())
}

/// Writes two flat values and reads them back as their sum.
#[unsafe(no_mangle)]
pub extern "C" fn sum(a: u32, b: u32) -> u32 {
    let mut slots = [0; 2];
    let mut writer = FlatWriter::new(&mut slots);
    writer.push(u64::from(a));
    writer.push(u64::from(b));
    let mut reader = FlatReader::new(&slots);
    (reader.pop() + reader.pop()) as u32
}

/// Adds two handles to a table of fixed size, removes one and adds it again. The result has the indices as decimal digits,
/// and whether the full table rejects a third handle.
#[unsafe(no_mangle)]
pub extern "C" fn handles() -> u32 {
    let mut table: HandleTable<u8, FixedSlots<Handle<u8>, 2>> = HandleTable::default();
    let mut digits = 0;
    let mut digit = |index: Result<u32, Trap>| digits = digits * 10 + index.unwrap_or(9);
    digit(table.resource_new(1, 0));
    digit(table.resource_new(1, 0));
    digit(table.lift_own(1, 1).map(|rep| rep as u32));
    digit(table.lower_own(1, 7));
    digit(table.lower_own(1, 8));
    digits
}

/// A memory of fixed size, without resources.
struct Memory {
    bytes: [u8; 64],
    top: u32,
}

impl Handles for Memory {
    type Error = Trap;
}

impl GuestMemory for Memory {
    fn bytes(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    fn realloc(&mut self, _: u32, _: u32, align: u32, new_size: u32) -> Result<u32, Trap> {
        let ptr = self.top.next_multiple_of(align);
        self.top = ptr + new_size;
        Ok(ptr)
    }
}

/// Lowers text, numbers and a pair to a memory, and lifts the pair again: the number of bytes used, times the pair's sum.
#[unsafe(no_mangle)]
pub extern "C" fn transfer() -> u32 {
    let mut memory = Memory { bytes: [0; 64], top: 8 };
    let mut slots = [0; 7];
    let mut flat = FlatWriter::new(&mut slots);
    let values = ("text", [1_u16, 2, 3].as_slice(), (5_u32, Some(2_u8)));
    let lowered = LowerView::new(&mut memory, StringEncoding::Utf16).lower_values(&values, 16, &mut flat, None);
    if lowered.is_err() {
        return 0;
    }
    let (bytes, used) = (memory.bytes, memory.top);
    let pair =
        LiftView::new(&bytes, StringEncoding::Utf16, &mut memory).lift_values::<(u32, Option<u8>)>(16, &slots[4..]);
    match pair {
        Ok((a, Some(b))) => used * (a + u32::from(b)),
        Ok((_, None)) | Err(_) => 0,
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
