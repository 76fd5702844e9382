//! The built-ins of the streams and futures of a world: core imports on wasm32, the table of the thread elsewhere.

/// The table of a world's streams and futures; an empty one if none is given.
#[doc(hidden)]
#[macro_export]
macro_rules! __ends {
    () => {
        $crate::__rt::NO_ENDS
    };
    ($ends:path) => {
        &$ends
    };
}

/// The built-ins of a type of stream or future, as an impl of the world's `StreamPayload` or `FuturePayload` for the type of
/// its elements.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __end {
    (
        $kind:ident ($element:ty $(, $shape:ty)?) as ($payload:path), ends ($ends:path),
        $module:tt $new:tt $read:tt $write:tt $cancel_read:tt $cancel_write:tt $drop_readable:tt $drop_writable:tt
    ) => {
        #[allow(deprecated)]
        const _: () = {
            #[link(wasm_import_module = $module)]
            unsafe extern "C" {
                #[link_name = $new]
                fn new() -> u64;
                #[link_name = $cancel_read]
                fn cancel_read(_: u32) -> u32;
                #[link_name = $cancel_write]
                fn cancel_write(_: u32) -> u32;
                #[link_name = $drop_readable]
                fn drop_readable(_: u32);
                #[link_name = $drop_writable]
                fn drop_writable(_: u32);
            }
    $crate::__end!(@copies $kind $module $read $write);
            $crate::__vtable!($kind $element $(, $shape)?; $payload, $crate::__rt::EndVtable {
                new,
                read,
                write,
                cancel_read,
                cancel_write,
                drop_readable,
                drop_writable,
                ends: || &$ends,
            });
        };
    };
    (@copies stream $module:tt $read:tt $write:tt) => {
        #[link(wasm_import_module = $module)]
        unsafe extern "C" {
            #[link_name = $read]
            fn read(_: u32, _: *mut u8, _: usize) -> u32;
            #[link_name = $write]
            fn write(_: u32, _: *const u8, _: usize) -> u32;
        }
    };
    (@copies future $module:tt $read:tt $write:tt) => {
        unsafe extern "C" fn read(end: u32, value: *mut u8, _: usize) -> u32 {
            #[link(wasm_import_module = $module)]
            unsafe extern "C" {
                #[link_name = $read]
                fn read(_: u32, _: *mut u8) -> u32;
            }
            // SAFETY: as the caller promises.
            unsafe { read(end, value) }
        }
        unsafe extern "C" fn write(end: u32, value: *const u8, _: usize) -> u32 {
            #[link(wasm_import_module = $module)]
            unsafe extern "C" {
                #[link_name = $write]
                fn write(_: u32, _: *const u8) -> u32;
            }
            // SAFETY: as the caller promises.
            unsafe { write(end, value) }
        }
    };
}

/// The built-ins of a type of stream or future, natively.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __end {
    ($kind:ident ($element:ty $(, $shape:ty)?) as ($payload:path), $($any:tt)*) => {
        #[allow(deprecated)]
        const _: () = {
    $crate::__vtable!($kind $element $(, $shape)?; $payload, $crate::__end!(@native $kind $element));
        };
    };
    (@native stream $element:ty) => {
        $crate::__rt::native::ends::stream_vtable::<$element>()
    };
    (@native future $element:ty) => {
        $crate::__rt::native::ends::future_vtable::<$element>()
    };
}

/// The impl for a type with these built-ins.
#[doc(hidden)]
#[macro_export]
macro_rules! __vtable {
    (stream $element:ty $(, $shape:ty)?; $payload:path, $built_ins:expr) => {
        $crate::__vtable!(@impl StreamVtable $element, $payload, new $(by $shape)?, $built_ins);
    };
    (future $element:ty $(, $shape:ty)?; $payload:path, $built_ins:expr) => {
        $crate::__vtable!(@impl FutureVtable $element, $payload, new $(by $shape)?, $built_ins);
    };
    (@impl $vtable:ident $element:ty, $payload:path, new $(by $shape:ty)?, $built_ins:expr) => {
        static VTABLE: $crate::__rt::$vtable<$element> =
            $crate::__rt::$vtable::<$element>::by::<$crate::__vtable!(@shape $($shape)?)>($built_ins);
        impl $payload for $element {
            const VTABLE: &'static $crate::__rt::$vtable<Self> = &VTABLE;
        }
    };
    (@shape) => {
        $crate::__rt::Same
    };
    (@shape $shape:ty) => {
        $shape
    };
}
