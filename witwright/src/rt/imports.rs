//! Calls of imports: core imports on wasm32, the imports that a test installed elsewhere.

/// Calls an import: its module, its name, its core signature, the words of memory that the call needs, its parameters.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __import {
    (
        $module:tt $name:tt ($($slot:tt: $core:ident),*) -> $result:ty, words $words:tt, params $params:expr
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
            $crate::__rt::guest::import(&$params, &mut area, |slots: &[u64]| {
                let _ = slots;
                $crate::__rt::CoreValue::to_slot(__import($($crate::__rt::CoreValue::from_slot(slots[$slot])),*))
            })
        }
    }};
}

/// Calls an import: what the test installed finds it by its module and its name.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __import {
    (
        $module:tt $name:tt ($($slot:tt: $core:ident),*) -> $result:ty, words $words:tt, params $params:expr
    ) => {{
        static IMPORT: $crate::__rt::native::ImportDesc = $crate::__rt::import_desc($module, $name);
        $crate::__rt::native::import(&IMPORT, &$params)
    }};
}
