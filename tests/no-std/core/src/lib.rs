//! The `core` layer of the ABI runtime, linked with neither std nor an allocator, and called by the test `no_std`.
#![no_std]

use witwright_abi_runtime::desc::{FieldDesc, RecordDesc, TypeDesc};
use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::layout::TypeAbi;

static POINT: TypeDesc = TypeDesc::Record(&RecordDesc {
    name: "point",
    fields: &[
        FieldDesc { name: "x", ty: &TypeDesc::U8 },
        FieldDesc { name: "y", ty: &TypeDesc::F64 },
        FieldDesc { name: "label", ty: &TypeDesc::String },
    ],
});

/// The size of a described record, computed here.
#[unsafe(no_mangle)]
pub extern "C" fn record_size() -> u32 {
    TypeAbi::of(&POINT).size
}

/// The number of its flat types.
#[unsafe(no_mangle)]
pub extern "C" fn record_flat_len() -> u32 {
    TypeAbi::of(&POINT).flat.len() as u32
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

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
