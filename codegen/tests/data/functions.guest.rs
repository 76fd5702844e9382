#[doc(hidden)]
mod __rt_of_test_functions_functions {
    #[allow(unused_imports)]
    pub(super) use ::witwright::__rt as _rt;
}
#[allow(unused_imports)]
use __rt_of_test_functions_functions::*;
#[allow(unused_imports)]
use ::witwright::__rt as _rt_test_functions_functions;
#[cfg(target_arch = "wasm32")]
const _: () = {
    #[used]
    static LINK: fn() = __link_component_type_test_functions_functions;
};
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub fn log(text: &str) {
    _rt_test_functions_functions::import! {
        "$root" "log"(0 : i32, 1 : i32) -> (), words 0, params(text,)
    }
}
/// The implementation of the functions of the world `test:functions/functions`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub trait Guest {
    fn run(
        args: _rt_test_functions_functions::Vec<_rt_test_functions_functions::String>,
    ) -> ::core::result::Result<u32, _rt_test_functions_functions::String>;
}
_rt_test_functions_functions::export! {
    fn _export_run_cabi < _T : Guest > (arg0 : i32, arg1 : i32) -> i32, []
    kept::core::result::Result < u32, _rt_test_functions_functions::String >, post
    _post_return_run, | (args,) : (_rt_test_functions_functions::Vec <
    _rt_test_functions_functions::String >,) | _T::run(args)
}
#[doc(hidden)]
#[allow(unused_macros)]
macro_rules! __export_world_functions_cabi {
    ($ty:ident with_types_in $($path_to_types:tt)*) => {
        #[cfg(target_arch = "wasm32")] #[allow(deprecated)] const _ : () = { #[unsafe
        (export_name = "cm32p2||run")] unsafe extern "C" fn export_run(arg0 : i32, arg1 :
        i32) -> i32 { unsafe { $($path_to_types)* ::_export_run_cabi:: < $ty > (arg0,
        arg1) } } #[unsafe (export_name = "cm32p2||run_post")] unsafe extern "C" fn
        post_return_run(arg0 : i32) { unsafe { $($path_to_types)* ::_post_return_run:: <
        $ty > (arg0) } } }; #[cfg(not(target_arch = "wasm32"))] #[allow(deprecated)]
        const _ : fn () = || { fn implements < T : $($path_to_types)* ::Guest > () {}
        implements:: < $ty > (); };
    };
}
#[doc(hidden)]
#[allow(dead_code, non_upper_case_globals)]
const __bindings_with_test_are_here_twice__put_each_into_a_mod_of_its_own: () = ();
#[doc(hidden)]
#[allow(dead_code, non_upper_case_globals)]
const __bindings_with_exports_are_here_twice__put_each_into_a_mod_of_its_own: () = ();
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod test {
    pub mod functions {
        /// Functions over plain values.
        pub mod plain {
            #[allow(unused_imports)]
            use ::witwright::__rt as _rt;
            #[cfg(target_arch = "wasm32")]
            const _: () = {
                #[used]
                static LINK: fn() = super::super::super::__link_component_type_test_functions_functions;
            };
            pub fn nothing() {
                _rt::import! {
                    "test:functions/plain" "nothing"() -> (), words 0, params()
                }
            }
            pub fn add(a: u32, b: u32) -> u32 {
                _rt::import! {
                    "test:functions/plain" "add"(0 : i32, 1 : i32) -> i32, words 0,
                    params(a, b,)
                }
            }
            pub fn scale(by: f32, type_: u64) -> f64 {
                _rt::import! {
                    "test:functions/plain" "scale"(0 : f32, 1 : i64) -> f64, words 0,
                    params(by, type_,)
                }
            }
            /// Says something.
            pub fn say(text: &str, times: ::core::option::Option<u8>) -> _rt::String {
                _rt::import! {
                    "test:functions/plain" "say"(0 : i32, 1 : i32, 2 : i32, 3 : i32, 4 :
                    i32) -> (), words 1, params(text, times,)
                }
            }
            /// The implementation of the interface `test:functions/plain` in native tests.
            #[cfg(not(target_arch = "wasm32"))]
            pub trait Host {
                fn nothing(&mut self);
                fn add(&mut self, a: u32, b: u32) -> u32;
                fn scale(&mut self, by: f32, type_: u64) -> f64;
                fn say(
                    &mut self,
                    text: _rt::String,
                    times: ::core::option::Option<u8>,
                ) -> _rt::String;
            }
            #[cfg(not(target_arch = "wasm32"))]
            #[doc(hidden)]
            pub fn __answer<_T: Host>(
                host_: &mut _T,
                func: &str,
                call: &mut _rt::native::Call<'_>,
            ) {
                let _scope = _rt::held::Scope::enter();
                match func {
                    "nothing" => call.answer(|(): ()| Host::nothing(host_)),
                    "add" => call.answer(|(a, b): (u32, u32)| Host::add(host_, a, b)),
                    "scale" => {
                        call.answer(|(by, type_): (f32, u64)| Host::scale(
                            host_,
                            by,
                            type_,
                        ))
                    }
                    "say" => {
                        call.answer(|
                            (text, times): (_rt::String, ::core::option::Option<u8>)|
                        Host::say(host_, text, times))
                    }
                    _ => {}
                }
            }
            #[doc(hidden)]
            #[allow(unused_imports)]
            pub use _rt::ByTraits as __witwright_0_1_has_traits;
        }
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod exports {
    pub mod test {
        pub mod functions {
            /// Functions over plain values.
            pub mod plain {
                #[allow(unused_imports)]
                use ::witwright::__rt as _rt;
                #[cfg(target_arch = "wasm32")]
                const _: () = {
                    #[used]
                    static LINK: fn() = super::super::super::super::__link_component_type_test_functions_functions;
                };
                /// The implementation of the interface `test:functions/plain`.
                pub trait Guest {
                    fn nothing();
                    fn add(a: u32, b: u32) -> u32;
                    fn scale(by: f32, type_: u64) -> f64;
                    /// Says something.
                    fn say(
                        text: _rt::String,
                        times: ::core::option::Option<u8>,
                    ) -> _rt::String;
                }
                _rt::export! {
                    fn _export_nothing_cabi < _T : Guest > () -> (), [] plain(), words 0,
                    | () : () | _T::nothing()
                }
                _rt::export! {
                    fn _export_add_cabi < _T : Guest > (arg0 : i32, arg1 : i32) -> i32,
                    [] plain u32, words 0, | (a, b,) : (u32, u32,) | _T::add(a, b)
                }
                _rt::export! {
                    fn _export_scale_cabi < _T : Guest > (arg0 : f32, arg1 : i64) -> f64,
                    [] plain f64, words 0, | (by, type_,) : (f32, u64,) | _T::scale(by,
                    type_)
                }
                _rt::export! {
                    fn _export_say_cabi < _T : Guest > (arg0 : i32, arg1 : i32, arg2 :
                    i32, arg3 : i32) -> i32, [] kept _rt::String, post _post_return_say,
                    | (text, times,) : (_rt::String, ::core::option::Option < u8 >,) |
                    _T::say(text, times)
                }
                #[doc(hidden)]
                #[allow(unused_macros)]
                macro_rules! __export_test_functions_plain_cabi {
                    ($ty:ident with_types_in $($path_to_types:tt)*) => {
                        #[cfg(target_arch = "wasm32")] #[allow(deprecated)] const _ : ()
                        = { #[unsafe (export_name = "test:functions/plain#nothing")]
                        unsafe extern "C" fn export_nothing() { unsafe {
                        $($path_to_types)* ::_export_nothing_cabi:: < $ty > () } }
                        #[unsafe (export_name = "test:functions/plain#add")] unsafe
                        extern "C" fn export_add(arg0 : i32, arg1 : i32) -> i32 { unsafe
                        { $($path_to_types)* ::_export_add_cabi:: < $ty > (arg0, arg1) }
                        } #[unsafe (export_name = "test:functions/plain#scale")] unsafe
                        extern "C" fn export_scale(arg0 : f32, arg1 : i64) -> f64 {
                        unsafe { $($path_to_types)* ::_export_scale_cabi:: < $ty > (arg0,
                        arg1) } } #[unsafe (export_name = "test:functions/plain#say")]
                        unsafe extern "C" fn export_say(arg0 : i32, arg1 : i32, arg2 :
                        i32, arg3 : i32) -> i32 { unsafe { $($path_to_types)*
                        ::_export_say_cabi:: < $ty > (arg0, arg1, arg2, arg3) } }
                        #[unsafe (export_name = "cabi_post_test:functions/plain#say")]
                        unsafe extern "C" fn post_return_say(arg0 : i32) { unsafe {
                        $($path_to_types)* ::_post_return_say:: < $ty > (arg0) } } };
                        #[cfg(not(target_arch = "wasm32"))] #[allow(deprecated)] const _
                        : fn () = || { fn implements < T : $($path_to_types)* ::Guest >
                        () {} implements:: < $ty > (); };
                    };
                }
                #[doc(hidden)]
                #[allow(unused_imports)]
                pub(crate) use __export_test_functions_plain_cabi as __export_test_functions_plain_cabi;
            }
        }
    }
}
/// The implementation of the imported functions of the world `test:functions/functions` in native tests.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[cfg(not(target_arch = "wasm32"))]
pub trait FunctionsImports {
    fn log(&mut self, text: _rt_test_functions_functions::String);
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub fn _answer_test_functions_functions<_T: FunctionsImports>(
    host_: &mut _T,
    func: &str,
    call: &mut _rt_test_functions_functions::native::Call<'_>,
) {
    let _scope = _rt_test_functions_functions::held::Scope::enter();
    match func {
        "log" => {
            call.answer(|(text,): (_rt_test_functions_functions::String,)| FunctionsImports::log(
                host_,
                text,
            ))
        }
        _ => {}
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
mod __natively_test_functions_functions {
    /// Runs `body` natively, with its imports: calls of imports on this thread go to `imports`.
    #[allow(clippy::all, dead_code, deprecated, missing_docs)]
    pub fn with_imports<
        _T: super::FunctionsImports + super::test::functions::plain::Host,
        _R,
    >(imports: &mut _T, body: impl ::core::ops::FnOnce() -> _R) -> _R {
        super::_rt_test_functions_functions::native::with_dispatch(
            &mut |import, call| match import.interface {
                ::core::option::Option::None => {
                    super::_answer_test_functions_functions(imports, import.func, call)
                }
                ::core::option::Option::Some("test:functions/plain") => {
                    super::test::functions::plain::__answer(imports, import.func, call)
                }
                _ => {}
            },
            body,
        )
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[allow(unused_imports)]
pub use __natively_test_functions_functions::*;
/// Exports a type, by its name or its path, as the implementation of the world `test:functions/functions`: `export!(Type)` where the bindings are, or `export!(Type with_types_in path::to::bindings)`.
#[allow(unused_macros)]
macro_rules! __export_functions_impl {
    ($($ty:ident)::+) => {
        self::bindings_of_test_functions_functions__or_write_with_types_in_and_their_path!($($ty)::+
        with_types_in self);
    };
    (:: $($ty:ident)::+) => {
        self::bindings_of_test_functions_functions__or_write_with_types_in_and_their_path!(::
        $($ty)::+ with_types_in self);
    };
    ($ty:ident with_types_in $($path_to_types_root:tt)*) => {
        $($path_to_types_root)* ::__export_test_functions_functions_0!($ty with_types_in
        $($path_to_types_root)*); $($path_to_types_root)*
        ::__export_test_functions_functions_1!($ty with_types_in $($path_to_types_root)*
        ::exports::test::functions::plain);
    };
    ($($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_functions_functions__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
    (:: $($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use :: $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_functions_functions__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_functions_impl as bindings_of_test_functions_functions__or_write_with_types_in_and_their_path;
#[doc(inline)]
#[allow(unused_imports)]
pub(crate) use __export_functions_impl as export;
#[doc(hidden)]
#[allow(unused_imports, deprecated)]
pub(crate) use __export_world_functions_cabi as __export_test_functions_functions_0;
#[doc(hidden)]
#[allow(unused_imports, deprecated)]
pub(crate) use self::exports::test::functions::plain::__export_test_functions_plain_cabi as __export_test_functions_functions_1;
#[doc(hidden)]
pub(crate) mod __export_macros_test_functions_functions {
    #[allow(unused_imports)]
    pub(crate) use {
        __export_world_functions_cabi as __export_world_functions_cabi,
        __export_functions_impl as __export_functions_impl,
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_macros_test_functions_functions::*;
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[unsafe(
    link_section = concat!(
        "component-type:witwright:",
        env!("CARGO_PKG_NAME"),
        "@",
        env!("CARGO_PKG_VERSION"),
        ":",
        module_path!(),
        ":test:functions/functions:world"
    )
)]
pub static __COMPONENT_TYPE_TEST_FUNCTIONS_FUNCTIONS: [u8; 416] = *b"\0asm\r\0\x01\0\0\x19\x16wit-component-encoding\x04\0\x07\xBE\x02\x01A\x02\x01A\n\x01B\t\x01@\0\x01\0\x04\0\x07nothing\x01\0\x01@\x02\x01ay\x01by\0y\x04\0\x03add\x01\x01\x01@\x02\x02byv\x04typew\0u\x04\0\x05scale\x01\x02\x01k}\x01@\x02\x04texts\x05times\x03\0s\x04\0\x03say\x01\x04\x03\0\x14test:functions/plain\x05\0\x01@\x01\x04texts\x01\0\x03\0\x03log\x01\x01\x01ps\x01j\x01y\x01s\x01@\x01\x04args\x02\0\x03\x04\0\x03run\x01\x04\x01B\t\x01@\0\x01\0\x04\0\x07nothing\x01\0\x01@\x02\x01ay\x01by\0y\x04\0\x03add\x01\x01\x01@\x02\x02byv\x04typew\0u\x04\0\x05scale\x01\x02\x01k}\x01@\x02\x04texts\x05times\x03\0s\x04\0\x03say\x01\x04\x04\0\x14test:functions/plain\x05\x05\x04\0\x18test:functions/functions\x04\0\x0B\x0F\x01\0\tfunctions\x03\0\0\0)\tproducers\x01\x0Cprocessed-by\x01\twitwright\x050.1.0";
/// Linking this links the section beside it.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[inline(never)]
pub fn __link_component_type_test_functions_functions() {}
