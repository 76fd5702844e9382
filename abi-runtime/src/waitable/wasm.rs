//! The built-ins of waitable sets (`CanonicalABI.md#canon-waitable-setnew` and later).

mod imports {
    #[link(wasm_import_module = "$root")]
    unsafe extern "C" {
        #[link_name = "[waitable-set-new]"]
        pub(in super::super) safe fn new() -> u32;
        #[link_name = "[waitable-set-wait]"]
        pub(super) fn wait(set: u32, payload: *mut [u32; 2]) -> u32;
        #[link_name = "[waitable-set-poll]"]
        pub(super) fn poll(set: u32, payload: *mut [u32; 2]) -> u32;
        #[link_name = "[waitable-set-drop]"]
        pub(in super::super) safe fn drop(set: u32);
        #[link_name = "[waitable-join]"]
        pub(in super::super) safe fn join(waitable: u32, set: u32);
    }
}

pub(super) use imports::{drop, join, new};

/// Blocks until an event comes, and returns its code and its payload.
pub(crate) fn wait(set: u32) -> [u32; 3] {
    let mut payload = [0; 2];
    // SAFETY: the payload has room for two values.
    let code = unsafe { imports::wait(set, &raw mut payload) };
    [code, payload[0], payload[1]]
}

/// Returns an event that has come, or the event `NONE`.
pub(crate) fn poll(set: u32) -> [u32; 3] {
    let mut payload = [0; 2];
    // SAFETY: the payload has room for two values.
    let code = unsafe { imports::poll(set, &raw mut payload) };
    [code, payload[0], payload[1]]
}
