//! Calls of imports: core imports on wasm32, the imports that a test installed elsewhere.

/// Calls an import: its core import, its core signature, the words of memory that the call needs, its parameters, and its
/// description.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __import {
    (
        $module:tt $name:tt ($($slot:tt: $core:ident),*) -> $result:ty,
        words $words:tt, params $params:expr, desc $interface:expr, $desc:expr
    ) => {{
        #[link(wasm_import_module = $module)]
        unsafe extern "C" {
            #[link_name = $name]
            fn import($(_: $core),*) -> $result;
        }
        let mut area = $crate::__rt::guest::area::<$words>();
        // SAFETY: the component type that stands beside this code gives the import this type; the generator has
        // computed the words.
        unsafe {
            $crate::__rt::guest::import(&$params, &mut area, |slots: &[u64]| {
                let _ = slots;
                $crate::__rt::CoreValue::to_slot(import($($crate::__rt::CoreValue::from_slot(slots[$slot])),*))
            })
        }
    }};
}

/// Calls an import: its description says which.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __import {
    (
        $module:tt $name:tt ($($slot:tt: $core:ident),*) -> $result:ty,
        words $words:tt, params $params:expr, desc $interface:expr, $desc:expr
    ) => {{
        static FUNC: $crate::__rt::FuncDesc = $desc;
        static IMPORT: $crate::__rt::native::ImportDesc =
            $crate::__rt::native::ImportDesc { interface: $interface, func: &FUNC };
        $crate::__rt::native::import(&IMPORT, &$params)
    }};
}
