//! The functions of core exports. They are generic over the implementation; the macro `export!` of a world names it and
//! gives them their core names.

/// Defines the function of a core export. `kept`: its result holds strings or lists, which live until `post-return`.
/// `plain`: its result is a core value, or is copied to this number of words of memory. `held`: the export is lent imported resources.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    (
        fn $name:ident<$implementation:ident: $guest:ident>($($arg:ident: $core:ident),*) -> $core_result:ty,
        $(ends ($ends:path),)? [$($held:ident)?] kept $result:ty, post $post:ident, $body:expr
    ) => {
        #[allow(deprecated)]
        #[doc(hidden)]
        pub unsafe fn $name<$implementation: $guest>($($arg: $core),*) -> $core_result {
            let flat: &[u64] = &[$($crate::__rt::CoreValue::to_slot($arg)),*];
            $(let $held = $crate::__rt::held::Scope::enter();)?
            // SAFETY: the host calls the export with values of its type.
            let result = unsafe { $crate::__rt::guest::export::<_, $result>(flat, $crate::__ends!($($ends)?), $body) };
            $crate::__rt::CoreValue::from_slot(result)
        }

        #[doc(hidden)]
        pub unsafe fn $post<$implementation: $guest>(result: i32) {
            // SAFETY: the host passes the result of the export, once.
            unsafe { $crate::__rt::guest::post_return::<$result>(result as u32) }
        }
    };
    (
        fn $name:ident<$implementation:ident: $guest:ident>($($arg:ident: $core:ident),*) -> $core_result:ty,
        $(ends ($ends:path),)? [$($held:ident)?] plain $result:ty, words $words:tt, $body:expr
    ) => {
        #[allow(deprecated)]
        #[doc(hidden)]
        pub unsafe fn $name<$implementation: $guest>($($arg: $core),*) -> $core_result {
            static AREA: $crate::__rt::guest::ReturnArea<$words> = $crate::__rt::guest::ReturnArea::new();
            let flat: &[u64] = &[$($crate::__rt::CoreValue::to_slot($arg)),*];
            $(let $held = $crate::__rt::held::Scope::enter();)?
            // SAFETY: the host calls the export with values of its type; only this export uses the area.
            let result = unsafe {
                $crate::__rt::guest::export_plain::<_, $result>(
                    flat,
                    $crate::__ends!($($ends)?),
                    AREA.get(),
                    $body,
                )
            };
            $crate::__rt::CoreValue::from_slot(result)
        }
    };
}

/// Defines nothing: natively there are no core exports, and tests call the implementation.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    ($($any:tt)*) => {};
}

/// Defines the function of a core export that is lifted with a callback, and the callback. `returns` is the built-in with
/// which it returns its result.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_async {
    (
        fn $name:ident<$implementation:ident: $guest:ident>($($arg:ident: $core:ident),*), callback $callback:ident,
        $(ends ($ends:path),)? returns $module:tt $task_return:tt ($($slot:tt: $returned:ident),*), $body:expr
    ) => {
        #[allow(deprecated)]
        #[doc(hidden)]
        pub unsafe fn $name<$implementation: $guest + 'static>($($arg: $core),*) -> i32 {
            unsafe fn __returns(slots: &[u64]) {
                #[link(wasm_import_module = $module)]
                unsafe extern "C" {
                    #[link_name = $task_return]
                    fn __task_return($(_: $returned),*);
                }
                let _ = slots;
                // SAFETY: the caller passes the core values of the result.
                unsafe { __task_return($($crate::__rt::CoreValue::from_slot(slots[$slot])),*) }
            }
            let flat: &[u64] = &[$($crate::__rt::CoreValue::to_slot($arg)),*];
            // SAFETY: the host calls the export with values of its type; the built-in is that of this export.
            unsafe { $crate::__rt::export_async(flat, $crate::__ends!($($ends)?), __returns, $body) as i32 }
        }

        #[doc(hidden)]
        pub unsafe fn $callback(event: i32, index: i32, payload: i32) -> i32 {
            // SAFETY: the host calls it for a task that the export has started.
            unsafe { $crate::__rt::callback(event as u32, index as u32, payload as u32) as i32 }
        }
    };
}

/// Defines nothing: natively there are no core exports, and tests call the implementation.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __export_async {
    ($($any:tt)*) => {};
}
