#[doc(hidden)]
mod __rt_of_test_resources_resources {
    #[allow(unused_imports)]
    pub(super) use ::witwright::__rt as _rt;
}
#[allow(unused_imports)]
use __rt_of_test_resources_resources::*;
#[allow(unused_imports)]
use ::witwright::__rt as _rt_test_resources_resources;
#[doc(hidden)]
#[allow(dead_code, non_upper_case_globals)]
const __bindings_with_test_are_here_twice__put_each_into_a_mod_of_its_own: () = ();
#[doc(hidden)]
#[allow(dead_code, non_upper_case_globals)]
const __bindings_with_exports_are_here_twice__put_each_into_a_mod_of_its_own: () = ();
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod test {
    pub mod resources {
        pub mod docs {
            #[allow(unused_imports)]
            use ::witwright::__rt as _rt;
            #[cfg(target_arch = "wasm32")]
            const _: () = {
                #[used]
                static LINK: fn() = super::super::super::__link_component_type_test_resources_resources;
            };
            /// A document.
            #[derive(Debug)]
            #[repr(transparent)]
            pub struct Document {
                handle: _rt::Own<Document>,
            }
            _rt::imported_resource!(
                Document, ::core::option::Option::Some("test:resources/docs"),
                "test:resources/docs", "document", "[resource-drop]document",
                [from_handle take_handle handle]
            );
            pub enum Failure {
                Missing,
                Locked(Document),
            }
            impl _rt::ComponentType for Failure {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Variant(
                    &_rt::VariantDesc {
                        name: "failure",
                        cases: &[
                            _rt::CaseDesc {
                                name: "missing",
                                ty: None,
                            },
                            _rt::CaseDesc {
                                name: "locked",
                                ty: Some(<Document as _rt::ComponentType>::DESC),
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![(), Document];
            }
            impl _rt::Lower for Failure {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    match self {
                        Self::Missing => {
                            _rt::variant::lower_case::<Self, _, _>(0, &(), cx, flat)
                        }
                        Self::Locked(payload) => {
                            _rt::variant::lower_case::<Self, _, _>(1, payload, cx, flat)
                        }
                    }
                }
                fn store<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lowered<_C> {
                    match self {
                        Self::Missing => {
                            _rt::variant::store_case::<Self, _, _>(0, &(), cx, addr)
                        }
                        Self::Locked(payload) => {
                            _rt::variant::store_case::<Self, _, _>(1, payload, cx, addr)
                        }
                    }
                }
            }
            impl _rt::Lift for Failure {
                fn lift<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    flat: &mut _rt::FlatReader<'_>,
                ) -> _rt::Lifted<Self, _C> {
                    _rt::variant::lift_case(
                        cx,
                        flat,
                        |cx, case, flat| {
                            Ok(
                                Some(
                                    match case {
                                        0 => Self::Missing,
                                        1 => Self::Locked(_rt::Lift::lift(cx, flat)?),
                                        _ => return Ok(None),
                                    },
                                ),
                            )
                        },
                    )
                }
                fn load<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lifted<Self, _C> {
                    _rt::variant::load_case(
                        cx,
                        addr,
                        |cx, case, addr| {
                            Ok(
                                Some(
                                    match case {
                                        0 => Self::Missing,
                                        1 => Self::Locked(_rt::Lift::load(cx, addr)?),
                                        _ => return Ok(None),
                                    },
                                ),
                            )
                        },
                    )
                }
            }
            impl ::core::fmt::Debug for Failure {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    match self {
                        Self::Missing => f.write_str("Failure::Missing"),
                        Self::Locked(payload) => {
                            f.debug_tuple("Failure::Locked").field(payload).finish()
                        }
                    }
                }
            }
            impl ::core::fmt::Display for Failure {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    ::core::fmt::Debug::fmt(self, f)
                }
            }
            impl ::core::error::Error for Failure {}
            pub struct View<'a> {
                pub of: &'a Document,
                pub start: u32,
            }
            impl _rt::ComponentType for View<'_> {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                    &_rt::RecordDesc {
                        name: "view",
                        fields: &[
                            _rt::FieldDesc {
                                name: "of",
                                ty: <&Document as _rt::ComponentType>::DESC,
                            },
                            _rt::FieldDesc {
                                name: "start",
                                ty: <u32 as _rt::ComponentType>::DESC,
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![& Document, u32];
            }
            impl _rt::Lower for View<'_> {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    _rt::Lower::lower(&self.of, cx, flat)?;
                    _rt::Lower::lower(&self.start, cx, flat)?;
                    Ok(())
                }
                fn store<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lowered<_C> {
                    let at = const {
                        _rt::field_offsets::<2>(<Self as _rt::ComponentType>::PARTS)
                    };
                    _rt::Lower::store(&self.of, cx, addr + at[0])?;
                    _rt::Lower::store(&self.start, cx, addr + at[1])?;
                    Ok(())
                }
            }
            impl<'a> _rt::Lift for View<'a> {
                fn lift<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    flat: &mut _rt::FlatReader<'_>,
                ) -> _rt::Lifted<Self, _C> {
                    Ok(Self {
                        of: _rt::Lift::lift(cx, flat)?,
                        start: _rt::Lift::lift(cx, flat)?,
                    })
                }
                fn load<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lifted<Self, _C> {
                    let at = const {
                        _rt::field_offsets::<2>(<Self as _rt::ComponentType>::PARTS)
                    };
                    Ok(Self {
                        of: _rt::Lift::load(cx, addr + at[0])?,
                        start: _rt::Lift::load(cx, addr + at[1])?,
                    })
                }
            }
            impl ::core::fmt::Debug for View<'_> {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    f.debug_struct("View")
                        .field("of", &self.of)
                        .field("start", &self.start)
                        .finish()
                }
            }
            pub fn show(view: &View<'_>, all: _rt::Vec<Document>) -> u32 {
                _rt::import! {
                    "test:resources/docs" "show"(0 : i32, 1 : i32, 2 : i32, 3 : i32) ->
                    i32, words 0, params(view, all,)
                }
            }
            impl Document {
                pub fn new(title: &str) -> Self {
                    _rt::import! {
                        "test:resources/docs" "[constructor]document"(0 : i32, 1 : i32)
                        -> i32, words 0, params(title,)
                    }
                }
                pub fn open(path: &str) -> ::core::result::Result<Document, Failure> {
                    _rt::import! {
                        "test:resources/docs" "[static]document.open"(0 : i32, 1 : i32, 2
                        : i32) -> (), words 2, params(path,)
                    }
                }
                pub fn title(&self) -> _rt::String {
                    _rt::import! {
                        "test:resources/docs" "[method]document.title"(0 : i32, 1 : i32)
                        -> (), words 1, params(self,)
                    }
                }
                pub fn append(&self, other: &Document, more: &[&Document]) {
                    _rt::import! {
                        "test:resources/docs" "[method]document.append"(0 : i32, 1 : i32,
                        2 : i32, 3 : i32) -> (), words 0, params(self, other, more,)
                    }
                }
                pub fn merge(&self, other: Document) {
                    _rt::import! {
                        "test:resources/docs" "[method]document.merge"(0 : i32, 1 : i32)
                        -> (), words 0, params(self, other,)
                    }
                }
            }
            /// The implementation of the resource `document` in native tests.
            #[cfg(not(target_arch = "wasm32"))]
            pub trait HostDocument {
                fn new(&mut self, title: _rt::String) -> Document;
                fn open(
                    &mut self,
                    path: _rt::String,
                ) -> ::core::result::Result<Document, Failure>;
                fn title(&mut self, self_: &Document) -> _rt::String;
                fn append(
                    &mut self,
                    self_: &Document,
                    other: &Document,
                    more: _rt::Vec<&Document>,
                );
                fn merge(&mut self, self_: &Document, other: Document);
                /// The guest has dropped the resource with this representation.
                fn drop(&mut self, rep: u64) {
                    let _ = rep;
                }
            }
            /// The implementation of the interface `test:resources/docs` in native tests.
            #[cfg(not(target_arch = "wasm32"))]
            pub trait Host: HostDocument {
                fn show(&mut self, view: View<'_>, all: _rt::Vec<Document>) -> u32;
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
                    "[constructor]document" => {
                        call.answer(|(title,): (_rt::String,)| HostDocument::new(
                            host_,
                            title,
                        ))
                    }
                    "[static]document.open" => {
                        call.answer(|(path,): (_rt::String,)| HostDocument::open(
                            host_,
                            path,
                        ))
                    }
                    "[method]document.title" => {
                        call.answer(|(self_,): (&Document,)| HostDocument::title(
                            host_,
                            self_,
                        ))
                    }
                    "[method]document.append" => {
                        call.answer(|
                            (
                                self_,
                                other,
                                more,
                            ): (&Document, &Document, _rt::Vec<&Document>)|
                        HostDocument::append(host_, self_, other, more))
                    }
                    "[method]document.merge" => {
                        call.answer(|(self_, other): (&Document, Document)| HostDocument::merge(
                            host_,
                            self_,
                            other,
                        ))
                    }
                    "show" => {
                        call.answer(|(view, all): (View<'_>, _rt::Vec<Document>)| Host::show(
                            host_,
                            view,
                            all,
                        ))
                    }
                    "[resource-drop]document" => {
                        call.answer(|(rep,): (u64,)| HostDocument::drop(host_, rep))
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
        pub mod resources {
            pub mod shelf {
                #[allow(unused_imports)]
                use ::witwright::__rt as _rt;
                #[cfg(target_arch = "wasm32")]
                const _: () = {
                    #[used]
                    static LINK: fn() = super::super::super::super::__link_component_type_test_resources_resources;
                };
                pub type Document = super::super::super::super::test::resources::docs::Document;
                #[derive(Debug)]
                #[repr(transparent)]
                pub struct Crate {
                    handle: _rt::Own<Crate>,
                }
                /// A borrowed [`Crate`].
                #[derive(Debug)]
                #[repr(transparent)]
                pub struct CrateBorrow<'a> {
                    rep: _rt::BorrowedRep<'a, Crate>,
                }
                _rt::exported_resource!(
                    Crate, CrateBorrow, GuestCrate,
                    ::core::option::Option::Some("test:resources/shelf"),
                    "[export]test:resources/shelf", "crate", "[resource-new]crate",
                    "[resource-rep]crate", "[resource-drop]crate"
                );
                /// The implementation of the interface `test:resources/shelf`.
                pub trait Guest {
                    /// The type of the values of the resource `crate`.
                    type Crate: GuestCrate;
                    fn best(of: _rt::Vec<&Document>, in_: Crate) -> (u32, Document);
                }
                /// The implementation of the resource `crate`.
                pub trait GuestCrate: _rt::Resource {
                    _rt::resource_functions!(Crate);
                    fn new() -> ::core::result::Result<Self, _rt::String>;
                    fn put(
                        &self,
                        document: &Document,
                    ) -> ::core::option::Option<Document>;
                }
                _rt::export! {
                    fn _export_constructor_crate_cabi < _T : GuestCrate > () -> i32, []
                    kept::core::result::Result < Crate, _rt::String >, post
                    _post_return_constructor_crate, | () : () | _T::new().map(Crate::new)
                }
                _rt::export! {
                    fn _export_method_crate_put_cabi < _T : GuestCrate > (arg0 : i32,
                    arg1 : i32) -> i32, [_held] plain::core::option::Option < Document >,
                    words 1, | (self_, document,) : (CrateBorrow < '_ >, & Document,) |
                    _T::put(self_.get:: < _T > (), document)
                }
                _rt::export! {
                    fn _export_best_cabi < _T : Guest > (arg0 : i32, arg1 : i32, arg2 :
                    i32) -> i32, [_held] plain(u32, Document,), words 1, | (of, in_,) :
                    (_rt::Vec < & Document >, Crate,) | _T::best(of, in_)
                }
                #[doc(hidden)]
                #[allow(unused_macros)]
                macro_rules! __export_test_resources_shelf_cabi {
                    ($ty:ident with_types_in $($path_to_types:tt)*) => {
                        #[cfg(target_arch = "wasm32")] #[allow(deprecated)] const _ : ()
                        = { #[unsafe (export_name =
                        "test:resources/shelf#[constructor]crate")] unsafe extern "C" fn
                        export_constructor_crate() -> i32 { unsafe { $($path_to_types)*
                        ::_export_constructor_crate_cabi:: < < $ty as $($path_to_types)*
                        ::Guest > ::Crate > () } } #[unsafe (export_name =
                        "cabi_post_test:resources/shelf#[constructor]crate")] unsafe
                        extern "C" fn post_return_constructor_crate(arg0 : i32) { unsafe
                        { $($path_to_types)* ::_post_return_constructor_crate:: < < $ty
                        as $($path_to_types)* ::Guest > ::Crate > (arg0) } } #[unsafe
                        (export_name = "test:resources/shelf#[method]crate.put")] unsafe
                        extern "C" fn export_method_crate_put(arg0 : i32, arg1 : i32) ->
                        i32 { unsafe { $($path_to_types)*
                        ::_export_method_crate_put_cabi:: < < $ty as $($path_to_types)*
                        ::Guest > ::Crate > (arg0, arg1) } } #[unsafe (export_name =
                        "test:resources/shelf#best")] unsafe extern "C" fn
                        export_best(arg0 : i32, arg1 : i32, arg2 : i32) -> i32 { unsafe {
                        $($path_to_types)* ::_export_best_cabi:: < $ty > (arg0, arg1,
                        arg2) } } const _ : () = { #[unsafe (export_name =
                        "test:resources/shelf#[dtor]crate")] unsafe extern "C" fn
                        dtor(rep : * mut u8) { unsafe { $($path_to_types)*
                        ::Crate::dtor:: << $ty as $($path_to_types)* ::Guest > ::Crate >
                        (rep) } } }; }; #[cfg(not(target_arch = "wasm32"))]
                        #[allow(deprecated)] const _ : fn () = || { fn implements < T :
                        $($path_to_types)* ::Guest > () {} implements:: < $ty > (); };
                    };
                }
                #[doc(hidden)]
                #[allow(unused_imports)]
                pub(crate) use __export_test_resources_shelf_cabi as __export_test_resources_shelf_cabi;
            }
        }
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
mod __natively_test_resources_resources {
    /// Runs `body` natively, with its imports: calls of imports on this thread go to `imports`.
    #[allow(clippy::all, dead_code, deprecated, missing_docs)]
    pub fn with_imports<_T: super::test::resources::docs::Host, _R>(
        imports: &mut _T,
        body: impl ::core::ops::FnOnce() -> _R,
    ) -> _R {
        super::_rt_test_resources_resources::native::with_dispatch(
            &mut |import, call| match import.interface {
                ::core::option::Option::Some("test:resources/docs") => {
                    super::test::resources::docs::__answer(imports, import.func, call)
                }
                _ => {}
            },
            body,
        )
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[allow(unused_imports)]
pub use __natively_test_resources_resources::*;
/// Exports a type, by its name or its path, as the implementation of the world `test:resources/resources`: `export!(Type)` where the bindings are, or `export!(Type with_types_in path::to::bindings)`.
#[allow(unused_macros)]
macro_rules! __export_resources_impl {
    ($($ty:ident)::+) => {
        self::bindings_of_test_resources_resources__or_write_with_types_in_and_their_path!($($ty)::+
        with_types_in self);
    };
    (:: $($ty:ident)::+) => {
        self::bindings_of_test_resources_resources__or_write_with_types_in_and_their_path!(::
        $($ty)::+ with_types_in self);
    };
    ($ty:ident with_types_in $($path_to_types_root:tt)*) => {
        $($path_to_types_root)* ::__export_test_resources_resources_0!($ty with_types_in
        $($path_to_types_root)* ::exports::test::resources::shelf);
    };
    ($($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_resources_resources__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
    (:: $($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use :: $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_resources_resources__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_resources_impl as bindings_of_test_resources_resources__or_write_with_types_in_and_their_path;
#[doc(inline)]
#[allow(unused_imports)]
pub(crate) use __export_resources_impl as export;
#[doc(hidden)]
#[allow(unused_imports, deprecated)]
pub(crate) use self::exports::test::resources::shelf::__export_test_resources_shelf_cabi as __export_test_resources_resources_0;
#[doc(hidden)]
pub(crate) mod __export_macros_test_resources_resources {
    #[allow(unused_imports)]
    pub(crate) use __export_resources_impl as __export_resources_impl;
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_macros_test_resources_resources::*;
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
        ":test:resources/resources:world"
    )
)]
pub static __COMPONENT_TYPE_TEST_RESOURCES_RESOURCES: [u8; 678] = *b"\0asm\r\0\x01\0\0\x19\x16wit-component-encoding\x04\0\x07\xC4\x04\x01A\x02\x01A\x05\x01B\x16\x04\0\x08document\x03\x01\x01i\0\x01q\x02\x07missing\0\0\x06locked\x01\x01\0\x04\0\x07failure\x03\0\x02\x01h\0\x01r\x02\x02of\x04\x05starty\x04\0\x04view\x03\0\x05\x01@\x01\x05titles\0\x01\x04\0\x15[constructor]document\x01\x07\x01j\x01\x01\x01\x03\x01@\x01\x04paths\0\x08\x04\0\x15[static]document.open\x01\t\x01@\x01\x04self\x04\0s\x04\0\x16[method]document.title\x01\n\x01p\x04\x01@\x03\x04self\x04\x05other\x04\x04more\x0B\x01\0\x04\0\x17[method]document.append\x01\x0C\x01@\x02\x04self\x04\x05other\x01\x01\0\x04\0\x16[method]document.merge\x01\r\x01p\x01\x01@\x02\x04view\x06\x03all\x0E\0y\x04\0\x04show\x01\x0F\x03\0\x13test:resources/docs\x05\0\x02\x03\0\0\x08document\x01B\x11\x02\x03\x02\x01\x01\x04\0\x08document\x03\0\0\x04\0\x05crate\x03\x01\x01i\x02\x01j\x01\x03\x01s\x01@\0\0\x04\x04\0\x12[constructor]crate\x01\x05\x01h\x02\x01h\x01\x01i\x01\x01k\x08\x01@\x02\x04self\x06\x08document\x07\0\t\x04\0\x11[method]crate.put\x01\n\x01p\x07\x01o\x02y\x08\x01@\x02\x02of\x0B\x02in\x03\0\x0C\x04\0\x04best\x01\r\x04\0\x14test:resources/shelf\x05\x02\x04\0\x18test:resources/resources\x04\0\x0B\x0F\x01\0\tresources\x03\0\0\0)\tproducers\x01\x0Cprocessed-by\x01\twitwright\x050.1.0";
/// Linking this links the section beside it.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[inline(never)]
pub fn __link_component_type_test_resources_resources() {}
