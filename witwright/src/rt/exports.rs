//! The functions behind core exports. They are generic over the implementation; the macro `export!` of a world names it and
//! gives them their core names.

/// Defines the function behind a core export. `kept`: its result holds strings or lists, and waits for `post-return`.
/// `plain`: its result is a core value, or is copied to so many words of memory. `held`: it is lent imported resources.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    (
        fn $name:ident<$implementation:ident: $guest:ident>($($arg:ident: $core:ident),*) -> $core_result:ty,
        [$($held:ident)?] kept $result:ty, post $post:ident, $body:expr
    ) => {
        #[doc(hidden)]
        pub unsafe fn $name<$implementation: $guest>($($arg: $core),*) -> $core_result {
            let flat: &[u64] = &[$($crate::__rt::CoreValue::to_slot($arg)),*];
            $(let $held = $crate::__rt::held::Scope::enter();)?
            // SAFETY: the host calls the export with values of its type.
            let result = unsafe { $crate::__rt::guest::export::<_, $result>(flat, $body) };
            $crate::__rt::CoreValue::from_slot(result)
        }

        #[doc(hidden)]
        pub unsafe fn $post<$implementation: $guest>(result: i32) {
            // SAFETY: the host passes what the export returned, once.
            unsafe { $crate::__rt::guest::post_return::<$result>(result as u32) }
        }
    };
    (
        fn $name:ident<$implementation:ident: $guest:ident>($($arg:ident: $core:ident),*) -> $core_result:ty,
        [$($held:ident)?] plain $result:ty, words $words:tt, $body:expr
    ) => {
        #[doc(hidden)]
        pub unsafe fn $name<$implementation: $guest>($($arg: $core),*) -> $core_result {
            static AREA: $crate::__rt::guest::ReturnArea<$words> = $crate::__rt::guest::ReturnArea::new();
            let flat: &[u64] = &[$($crate::__rt::CoreValue::to_slot($arg)),*];
            $(let $held = $crate::__rt::held::Scope::enter();)?
            // SAFETY: the host calls the export with values of its type; only this export uses the area.
            let result = unsafe { $crate::__rt::guest::export_plain::<_, $result>(flat, AREA.get(), $body) };
            $crate::__rt::CoreValue::from_slot(result)
        }
    };
}

/// There are no core exports natively: tests call the implementation.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    ($($any:tt)*) => {};
}
