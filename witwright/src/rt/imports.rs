//! Calls of imports: core imports on wasm32, the imports that a test installed elsewhere.

/// Calls an import: its module, its name, its core signature, the words of memory that the call needs, its parameters.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __import {
    (
        $module:tt $name:tt ($($slot:tt: $core:ident),*) -> $result:ty, words $words:tt,
        $(ends ($ends:path),)? params $params:expr
    ) => {{
        #[link(wasm_import_module = $module)]
        unsafe extern "C" {
            #[link_name = $name]
            fn __import($(_: $core),*) -> $result;
        }
        let mut area = $crate::__rt::guest::area::<$words>();
        // SAFETY: the component type that stands beside this code gives the import this type; the generator has
        // computed the words.
        unsafe {
            $crate::__rt::guest::import(&$params, $crate::__ends!($($ends)?), &mut area, |slots: &[u64]| {
                let _ = slots;
                $crate::__rt::CoreValue::to_slot(__import($($crate::__rt::CoreValue::from_slot(slots[$slot])),*))
            })
        }
    }};
}

/// Calls an import. The implementation that the test installed finds it by its module and its name.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __import {
    (
        $module:tt $name:tt ($($slot:tt: $core:ident),*) -> $result:ty, words $words:tt,
        $(ends ($ends:path),)? params $params:expr
    ) => {{
        static IMPORT: $crate::__rt::native::ImportDesc = $crate::__rt::import_desc($module, $name);
        $crate::__rt::native::import(&IMPORT, &$params)
    }};
}

/// Calls an import that waits: its module, the name of the core import and its own, its core parameters, the words of memory
/// that the call needs, its parameters. The value is a future.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __import_async {
    (
        $module:tt $core_name:tt $name:tt ($($slot:tt: $core:ident),*), words $words:tt,
        $(ends ($ends:path),)? params $params:expr
    ) => {{
        #[link(wasm_import_module = $module)]
        unsafe extern "C" {
            #[link_name = $core_name]
            fn __import($(_: $core),*) -> i32;
        }
        unsafe fn __call(slots: &[u64]) -> u32 {
            let _ = slots;
            // SAFETY: the caller passes the core parameters of the import.
            unsafe { __import($($crate::__rt::CoreValue::from_slot(slots[$slot])),*) as u32 }
        }
        // SAFETY: the component type that stands beside this code gives the import this type; the generator has
        // computed the words.
        unsafe { $crate::__rt::import_call::<_, _, $words>($params, $crate::__ends!($($ends)?), __call) }
    }};
}

/// Calls an import that waits. The implementation that the test installed finds it by its module and its name.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __import_async {
    (
        $module:tt $core_name:tt $name:tt ($($slot:tt: $core:ident),*), words $words:tt,
        $(ends ($ends:path),)? params $params:expr
    ) => {{
        static IMPORT: $crate::__rt::native::ImportDesc = $crate::__rt::import_desc($module, $name);
        $crate::__rt::native::import_async(&IMPORT, $params)
    }};
}
