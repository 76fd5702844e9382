//! Streams without an element type, by which one part of a guest wakes another. No function of the world need mention them.

use super::element::Form;
use super::ops::{StreamOps, StreamVtable};
use super::stream::{self, StreamReader, StreamWriter};
use crate::end::EndVtable;

/// The type of streams without an element type, under the name of `wit_bindgen`.
#[derive(Clone, Copy, Debug)]
pub struct UnitStreamOps;

impl UnitStreamOps {
    /// Makes a stream without an element type.
    #[expect(clippy::new_ret_no_self, reason = "the name is `wit_bindgen`'s")]
    #[must_use]
    pub fn new() -> (StreamWriter<()>, StreamReader<()>) {
        // SAFETY: the built-ins are those of streams without an element type.
        unsafe { stream::ends(&VTABLE) }
    }
}

impl StreamOps for UnitStreamOps {
    type Payload = ();

    fn built_ins(&self) -> &'static EndVtable {
        VTABLE.built_ins()
    }

    fn form(&self) -> &'static Form<()> {
        (&VTABLE).form()
    }
}

#[cfg(target_arch = "wasm32")]
static VTABLE: StreamVtable<()> = {
    #[link(wasm_import_module = "$root")]
    unsafe extern "C" {
        #[link_name = "[stream-new-unit]"]
        fn new() -> u64;
        #[link_name = "[async-lower][stream-read-unit]"]
        fn read(_: u32, _: *mut u8, _: usize) -> u32;
        #[link_name = "[async-lower][stream-write-unit]"]
        fn write(_: u32, _: *const u8, _: usize) -> u32;
        #[link_name = "[stream-cancel-read-unit]"]
        fn cancel_read(_: u32) -> u32;
        #[link_name = "[stream-cancel-write-unit]"]
        fn cancel_write(_: u32) -> u32;
        #[link_name = "[stream-drop-readable-unit]"]
        fn drop_readable(_: u32);
        #[link_name = "[stream-drop-writable-unit]"]
        fn drop_writable(_: u32);
    }
    StreamVtable::new(EndVtable {
        new,
        read,
        write,
        cancel_read,
        cancel_write,
        drop_readable,
        drop_writable,
        ends: || crate::end::NO_ENDS,
    })
};

#[cfg(not(target_arch = "wasm32"))]
static VTABLE: StreamVtable<()> = StreamVtable::new(crate::native::ends::stream_vtable::<()>());
