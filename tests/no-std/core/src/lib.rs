//! The `core` layer of the ABI runtime, linked with neither std nor an allocator.
#![no_std]

use witwright_abi_runtime as _;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
