//! The built-ins of error contexts.

use alloc::string::String;

use crate::end::NO_ENDS;
use crate::guest::memory::Incoming;
use crate::transfer::Lift;

mod imports {
    #[link(wasm_import_module = "$root")]
    unsafe extern "C" {
        #[link_name = "[error-context-new-utf8]"]
        pub(super) fn new(message: *const u8, len: usize) -> u32;
        #[link_name = "[error-context-debug-message-utf8]"]
        pub(super) fn debug_message(handle: u32, message: *mut [u32; 2]);
        #[link_name = "[error-context-drop]"]
        pub(in super::super) safe fn drop(handle: u32);
    }
}

pub(super) use imports::drop;

pub(super) fn new(message: &str) -> u32 {
    // SAFETY: the message is text of this length.
    unsafe { imports::new(message.as_ptr(), message.len()) }
}

pub(super) fn debug_message(handle: u32) -> String {
    let mut message = [0; 2];
    // SAFETY: there is room for the address and the length.
    unsafe { imports::debug_message(handle, &raw mut message) }
    // SAFETY: the host has written a string there, which is taken once.
    let mut incoming = unsafe { Incoming::new(NO_ENDS) };
    let Ok(message) = String::load(&mut incoming, (&raw const message) as usize as u32);
    message
}
