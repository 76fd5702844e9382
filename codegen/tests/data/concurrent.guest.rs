#[doc(hidden)]
mod __rt_of_test_concurrent_concurrent {
    #[allow(unused_imports)]
    pub(super) use ::witwright::__rt as _rt;
}
#[allow(unused_imports)]
use __rt_of_test_concurrent_concurrent::*;
#[allow(unused_imports)]
use ::witwright::__rt as _rt_test_concurrent_concurrent;
/// The implementation of the functions of the world `test:concurrent/concurrent`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[allow(async_fn_in_trait)]
pub trait Guest {
    async fn run(
        args: _rt_test_concurrent_concurrent::Vec<_rt_test_concurrent_concurrent::String>,
    ) -> _rt_test_concurrent_concurrent::FutureReader<u32>;
}
_rt_test_concurrent_concurrent::export_async! {
    fn _export_run_cabi < _T : Guest > (arg0 : i32, arg1 : i32), callback _callback_run,
    ends(__ENDS_TEST_CONCURRENT_CONCURRENT), returns "[export]$root" "[task-return]run"(0
    : i32), | (args,) : (_rt_test_concurrent_concurrent::Vec <
    _rt_test_concurrent_concurrent::String >,) | async move { _T::run(args). await }
}
#[doc(hidden)]
#[allow(unused_macros)]
macro_rules! __export_world_concurrent_cabi {
    ($ty:ident with_types_in $($path_to_types:tt)*) => {
        #[cfg(target_arch = "wasm32")] #[allow(deprecated)] const _ : () = { #[unsafe
        (export_name = "[async-lift]run")] unsafe extern "C" fn export_run(arg0 : i32,
        arg1 : i32) -> i32 { unsafe { $($path_to_types)* ::_export_run_cabi:: < $ty >
        (arg0, arg1) } } #[unsafe (export_name = "[callback][async-lift]run")] unsafe
        extern "C" fn callback_run(event : i32, index : i32, payload : i32) -> i32 {
        unsafe { $($path_to_types)* ::_callback_run(event, index, payload) } } };
        #[cfg(not(target_arch = "wasm32"))] #[allow(deprecated)] const _ : fn () = || {
        fn implements < T : $($path_to_types)* ::Guest > () {} implements:: < $ty > ();
        };
    };
}
#[doc(hidden)]
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod __ends_test_concurrent_concurrent {
    /// Makes the streams that functions of the world have.
    pub mod wit_stream {
        use super::super::_rt_test_concurrent_concurrent;
        /// A type of which functions of the world have streams.
        #[diagnostic::on_unimplemented(
            message = "no function of the world `test:concurrent/concurrent` has a `stream` of `{Self}`",
            label = "a `stream` of this type cannot be made here"
        )]
        pub trait StreamPayload: ::core::marker::Sized + 'static {
            #[doc(hidden)]
            const VTABLE: &'static _rt_test_concurrent_concurrent::StreamVtable<Self>;
        }
        /// Makes a stream.
        pub fn new<T: StreamPayload>() -> (
            _rt_test_concurrent_concurrent::StreamWriter<T>,
            _rt_test_concurrent_concurrent::StreamReader<T>,
        ) {
            unsafe { _rt_test_concurrent_concurrent::stream_new(T::VTABLE) }
        }
    }
    /// Makes the futures that functions of the world have.
    pub mod wit_future {
        use super::super::_rt_test_concurrent_concurrent;
        /// A type of which functions of the world have futures.
        #[diagnostic::on_unimplemented(
            message = "no function of the world `test:concurrent/concurrent` has a `future` of `{Self}`",
            label = "a `future` of this type cannot be made here"
        )]
        pub trait FuturePayload: ::core::marker::Sized + 'static {
            #[doc(hidden)]
            const VTABLE: &'static _rt_test_concurrent_concurrent::FutureVtable<Self>;
        }
        /// Makes a future. If no value is written to it, that of `default` is, when the writer is dropped.
        pub fn new<T: FuturePayload>(
            default: fn() -> T,
        ) -> (
            _rt_test_concurrent_concurrent::FutureWriter<T>,
            _rt_test_concurrent_concurrent::FutureReader<T>,
        ) {
            unsafe { _rt_test_concurrent_concurrent::future_new(default, T::VTABLE) }
        }
    }
}
#[allow(unused_imports)]
pub use __ends_test_concurrent_concurrent::*;
#[doc(hidden)]
#[allow(deprecated)]
pub static __ENDS_TEST_CONCURRENT_CONCURRENT: [_rt_test_concurrent_concurrent::EndEntry; 5usize] = [
    _rt_test_concurrent_concurrent::EndEntry::of::<
        _rt_test_concurrent_concurrent::FutureReader<
            _rt_test_concurrent_concurrent::String,
        >,
    >(
        <_rt_test_concurrent_concurrent::String as __ends_test_concurrent_concurrent::wit_future::FuturePayload>::VTABLE
            .built_ins(),
    ),
    _rt_test_concurrent_concurrent::EndEntry::of::<
        _rt_test_concurrent_concurrent::StreamReader<u8>,
    >(
        <u8 as __ends_test_concurrent_concurrent::wit_stream::StreamPayload>::VTABLE
            .built_ins(),
    ),
    _rt_test_concurrent_concurrent::EndEntry::of::<
        _rt_test_concurrent_concurrent::StreamReader<test::concurrent::service::Part>,
    >(
        <test::concurrent::service::Part as __ends_test_concurrent_concurrent::wit_stream::StreamPayload>::VTABLE
            .built_ins(),
    ),
    _rt_test_concurrent_concurrent::EndEntry::of::<
        _rt_test_concurrent_concurrent::StreamReader<
            exports::test::concurrent::service::Part,
        >,
    >(
        <exports::test::concurrent::service::Part as __ends_test_concurrent_concurrent::wit_stream::StreamPayload>::VTABLE
            .built_ins(),
    ),
    _rt_test_concurrent_concurrent::EndEntry::of::<
        _rt_test_concurrent_concurrent::FutureReader<u32>,
    >(
        <u32 as __ends_test_concurrent_concurrent::wit_future::FuturePayload>::VTABLE
            .built_ins(),
    ),
];
_rt_test_concurrent_concurrent::end! {
    future(_rt_test_concurrent_concurrent::String) as
    (__ends_test_concurrent_concurrent::wit_future::FuturePayload),
    ends(__ENDS_TEST_CONCURRENT_CONCURRENT), "test:concurrent/service"
    "[future-new-0]parts" "[async-lower][future-read-0]parts"
    "[async-lower][future-write-0]parts" "[future-cancel-read-0]parts"
    "[future-cancel-write-0]parts" "[future-drop-readable-0]parts"
    "[future-drop-writable-0]parts"
}
_rt_test_concurrent_concurrent::end! {
    stream(u8) as (__ends_test_concurrent_concurrent::wit_stream::StreamPayload),
    ends(__ENDS_TEST_CONCURRENT_CONCURRENT), "test:concurrent/service"
    "[stream-new-1]parts" "[async-lower][stream-read-1]parts"
    "[async-lower][stream-write-1]parts" "[stream-cancel-read-1]parts"
    "[stream-cancel-write-1]parts" "[stream-drop-readable-1]parts"
    "[stream-drop-writable-1]parts"
}
_rt_test_concurrent_concurrent::end! {
    stream(test::concurrent::service::Part) as
    (__ends_test_concurrent_concurrent::wit_stream::StreamPayload),
    ends(__ENDS_TEST_CONCURRENT_CONCURRENT), "test:concurrent/service"
    "[stream-new-2]parts" "[async-lower][stream-read-2]parts"
    "[async-lower][stream-write-2]parts" "[stream-cancel-read-2]parts"
    "[stream-cancel-write-2]parts" "[stream-drop-readable-2]parts"
    "[stream-drop-writable-2]parts"
}
_rt_test_concurrent_concurrent::end! {
    stream(exports::test::concurrent::service::Part) as
    (__ends_test_concurrent_concurrent::wit_stream::StreamPayload),
    ends(__ENDS_TEST_CONCURRENT_CONCURRENT), "[export]test:concurrent/service"
    "[stream-new-2]parts" "[async-lower][stream-read-2]parts"
    "[async-lower][stream-write-2]parts" "[stream-cancel-read-2]parts"
    "[stream-cancel-write-2]parts" "[stream-drop-readable-2]parts"
    "[stream-drop-writable-2]parts"
}
_rt_test_concurrent_concurrent::end! {
    future(u32) as (__ends_test_concurrent_concurrent::wit_future::FuturePayload),
    ends(__ENDS_TEST_CONCURRENT_CONCURRENT), "[export]$root" "[future-new-0]run"
    "[async-lower][future-read-0]run" "[async-lower][future-write-0]run"
    "[future-cancel-read-0]run" "[future-cancel-write-0]run"
    "[future-drop-readable-0]run" "[future-drop-writable-0]run"
}
#[doc(hidden)]
#[allow(dead_code, non_upper_case_globals)]
const __bindings_with_test_are_here_twice__put_each_into_a_mod_of_its_own: () = ();
#[doc(hidden)]
#[allow(dead_code, non_upper_case_globals)]
const __bindings_with_exports_are_here_twice__put_each_into_a_mod_of_its_own: () = ();
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod test {
    pub mod concurrent {
        pub mod service {
            #[allow(unused_imports)]
            use ::witwright::__rt as _rt;
            #[cfg(target_arch = "wasm32")]
            const _: () = {
                #[used]
                static LINK: fn() = super::super::super::__link_component_type_test_concurrent_concurrent;
            };
            pub struct Part {
                pub name: _rt::String,
                pub rest: _rt::StreamReader<u8>,
            }
            impl _rt::ComponentType for Part {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                    &_rt::RecordDesc {
                        name: "part",
                        fields: &[
                            _rt::FieldDesc {
                                name: "name",
                                ty: <_rt::String as _rt::ComponentType>::DESC,
                            },
                            _rt::FieldDesc {
                                name: "rest",
                                ty: <_rt::StreamReader<u8> as _rt::ComponentType>::DESC,
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                    _rt::String, _rt::StreamReader < u8 >
                ];
            }
            impl _rt::Lower for Part {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    _rt::Lower::lower(&self.name, cx, flat)?;
                    _rt::Lower::lower(&self.rest, cx, flat)?;
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
                    _rt::Lower::store(&self.name, cx, addr + at[0])?;
                    _rt::Lower::store(&self.rest, cx, addr + at[1])?;
                    Ok(())
                }
            }
            impl _rt::Lift for Part {
                fn lift<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    flat: &mut _rt::FlatReader<'_>,
                ) -> _rt::Lifted<Self, _C> {
                    Ok(Self {
                        name: _rt::Lift::lift(cx, flat)?,
                        rest: _rt::Lift::lift(cx, flat)?,
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
                        name: _rt::Lift::load(cx, addr + at[0])?,
                        rest: _rt::Lift::load(cx, addr + at[1])?,
                    })
                }
            }
            impl ::core::fmt::Debug for Part {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    f.debug_struct("Part")
                        .field("name", &self.name)
                        .field("rest", &self.rest)
                        .finish()
                }
            }
            #[derive(Debug)]
            #[repr(transparent)]
            pub struct Session {
                handle: _rt::Own<Session>,
            }
            _rt::imported_resource!(
                Session, ::core::option::Option::Some("test:concurrent/service"),
                "test:concurrent/service", "session", "[resource-drop]session",
                [from_handle take_handle handle]
            );
            /// Waits.
            pub async fn fetch(
                url: _rt::String,
                retries: u32,
            ) -> ::core::result::Result<_rt::String, u8> {
                _rt::import_async! {
                    "test:concurrent/service" "[async-lower]fetch" "fetch"(0 : i32, 1 :
                    i32, 2 : i32, 3 : i32), words 2, params(url, retries,)
                }
                    .await
            }
            pub fn parts(
                text: _rt::FutureReader<_rt::String>,
            ) -> _rt::StreamReader<Part> {
                _rt::import! {
                    "test:concurrent/service" "parts"(0 : i32) -> i32, words 0,
                    ends(super::super::super::__ENDS_TEST_CONCURRENT_CONCURRENT),
                    params(text,)
                }
            }
            impl Session {
                pub fn new(name: &str) -> Self {
                    _rt::import! {
                        "test:concurrent/service" "[constructor]session"(0 : i32, 1 :
                        i32) -> i32, words 0, params(name,)
                    }
                }
                pub async fn wait(&self) -> u32 {
                    _rt::import_async! {
                        "test:concurrent/service" "[async-lower][method]session.wait"
                        "[method]session.wait"(0 : i32, 1 : i32), words 1, params(self,)
                    }
                        .await
                }
            }
            /// The implementation of the resource `session` in native tests.
            #[cfg(not(target_arch = "wasm32"))]
            pub trait HostSession {
                fn new(&mut self, name: _rt::String) -> Session;
                fn wait(
                    &mut self,
                    self_: &Session,
                ) -> impl ::core::future::Future<Output = u32> + 'static;
                /// The guest has dropped the resource with this representation.
                fn drop(&mut self, rep: u64) {
                    let _ = rep;
                }
            }
            /// The implementation of the interface `test:concurrent/service` in native tests.
            #[cfg(not(target_arch = "wasm32"))]
            pub trait Host: HostSession {
                fn fetch(
                    &mut self,
                    url: _rt::String,
                    retries: u32,
                ) -> impl ::core::future::Future<
                    Output = ::core::result::Result<_rt::String, u8>,
                > + 'static;
                fn parts(
                    &mut self,
                    text: _rt::FutureReader<_rt::String>,
                ) -> _rt::StreamReader<Part>;
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
                    "fetch" => {
                        call.answer_later(|(url, retries): (_rt::String, u32)| Host::fetch(
                            host_,
                            url,
                            retries,
                        ))
                    }
                    "parts" => {
                        call.answer(|(text,): (_rt::FutureReader<_rt::String>,)| Host::parts(
                            host_,
                            text,
                        ))
                    }
                    "[constructor]session" => {
                        call.answer(|(name,): (_rt::String,)| HostSession::new(
                            host_,
                            name,
                        ))
                    }
                    "[method]session.wait" => {
                        call.answer_later(|(self_,): (&Session,)| HostSession::wait(
                            host_,
                            self_,
                        ))
                    }
                    "[resource-drop]session" => {
                        call.answer(|(rep,): (u64,)| HostSession::drop(host_, rep))
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
        pub mod concurrent {
            pub mod service {
                #[allow(unused_imports)]
                use ::witwright::__rt as _rt;
                #[cfg(target_arch = "wasm32")]
                const _: () = {
                    #[used]
                    static LINK: fn() = super::super::super::super::__link_component_type_test_concurrent_concurrent;
                };
                pub struct Part {
                    pub name: _rt::String,
                    pub rest: _rt::StreamReader<u8>,
                }
                impl _rt::ComponentType for Part {
                    const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                        &_rt::RecordDesc {
                            name: "part",
                            fields: &[
                                _rt::FieldDesc {
                                    name: "name",
                                    ty: <_rt::String as _rt::ComponentType>::DESC,
                                },
                                _rt::FieldDesc {
                                    name: "rest",
                                    ty: <_rt::StreamReader<u8> as _rt::ComponentType>::DESC,
                                },
                            ],
                        },
                    );
                    const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                        _rt::String, _rt::StreamReader < u8 >
                    ];
                }
                impl _rt::Lower for Part {
                    fn lower<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        flat: &mut _rt::FlatWriter<'_>,
                    ) -> _rt::Lowered<_C> {
                        _rt::Lower::lower(&self.name, cx, flat)?;
                        _rt::Lower::lower(&self.rest, cx, flat)?;
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
                        _rt::Lower::store(&self.name, cx, addr + at[0])?;
                        _rt::Lower::store(&self.rest, cx, addr + at[1])?;
                        Ok(())
                    }
                }
                impl _rt::Lift for Part {
                    fn lift<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        flat: &mut _rt::FlatReader<'_>,
                    ) -> _rt::Lifted<Self, _C> {
                        Ok(Self {
                            name: _rt::Lift::lift(cx, flat)?,
                            rest: _rt::Lift::lift(cx, flat)?,
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
                            name: _rt::Lift::load(cx, addr + at[0])?,
                            rest: _rt::Lift::load(cx, addr + at[1])?,
                        })
                    }
                }
                impl ::core::fmt::Debug for Part {
                    fn fmt(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.debug_struct("Part")
                            .field("name", &self.name)
                            .field("rest", &self.rest)
                            .finish()
                    }
                }
                #[derive(Debug)]
                #[repr(transparent)]
                pub struct Session {
                    handle: _rt::Own<Session>,
                }
                /// A borrowed [`Session`].
                #[derive(Debug)]
                #[repr(transparent)]
                pub struct SessionBorrow<'a> {
                    rep: _rt::BorrowedRep<'a, Session>,
                }
                _rt::exported_resource!(
                    Session, SessionBorrow, GuestSession,
                    ::core::option::Option::Some("test:concurrent/service"),
                    "[export]test:concurrent/service", "session",
                    "[resource-new]session", "[resource-rep]session",
                    "[resource-drop]session"
                );
                /// The implementation of the interface `test:concurrent/service`.
                #[allow(async_fn_in_trait)]
                pub trait Guest {
                    /// The type of the values of the resource `session`.
                    type Session: GuestSession;
                    /// Waits.
                    async fn fetch(
                        url: _rt::String,
                        retries: u32,
                    ) -> ::core::result::Result<_rt::String, u8>;
                    fn parts(
                        text: _rt::FutureReader<_rt::String>,
                    ) -> _rt::StreamReader<Part>;
                }
                /// The implementation of the resource `session`.
                #[allow(async_fn_in_trait)]
                pub trait GuestSession: _rt::Resource {
                    _rt::resource_functions!(Session);
                    fn new(name: _rt::String) -> Self;
                    async fn wait(&self) -> u32;
                }
                _rt::export_async! {
                    fn _export_fetch_cabi < _T : Guest > (arg0 : i32, arg1 : i32, arg2 :
                    i32), callback _callback_fetch, returns
                    "[export]test:concurrent/service" "[task-return]fetch"(0 : i32, 1 :
                    i32, 2 : i32), | (url, retries,) : (_rt::String, u32,) | async move {
                    _T::fetch(url, retries). await }
                }
                _rt::export! {
                    fn _export_parts_cabi < _T : Guest > (arg0 : i32) -> i32,
                    ends(super::super::super::super::__ENDS_TEST_CONCURRENT_CONCURRENT),
                    [] plain _rt::StreamReader < Part >, words 0, | (text,) :
                    (_rt::FutureReader < _rt::String >,) | _T::parts(text)
                }
                _rt::export! {
                    fn _export_constructor_session_cabi < _T : GuestSession > (arg0 :
                    i32, arg1 : i32) -> i32, [] plain Session, words 0, | (name,) :
                    (_rt::String,) | Session::new(_T::new(name))
                }
                _rt::export_async! {
                    fn _export_method_session_wait_cabi < _T : GuestSession > (arg0 :
                    i32), callback _callback_method_session_wait, returns
                    "[export]test:concurrent/service"
                    "[task-return][method]session.wait"(0 : i32), | (self_,) :
                    (SessionBorrow < 'static >,) | async move { _T::wait(self_.get:: < _T
                    > (),). await }
                }
                #[doc(hidden)]
                #[allow(unused_macros)]
                macro_rules! __export_test_concurrent_service_cabi {
                    ($ty:ident with_types_in $($path_to_types:tt)*) => {
                        #[cfg(target_arch = "wasm32")] #[allow(deprecated)] const _ : ()
                        = { #[unsafe (export_name =
                        "[async-lift]test:concurrent/service#fetch")] unsafe extern "C"
                        fn export_fetch(arg0 : i32, arg1 : i32, arg2 : i32) -> i32 {
                        unsafe { $($path_to_types)* ::_export_fetch_cabi:: < $ty > (arg0,
                        arg1, arg2) } } #[unsafe (export_name =
                        "[callback][async-lift]test:concurrent/service#fetch")] unsafe
                        extern "C" fn callback_fetch(event : i32, index : i32, payload :
                        i32) -> i32 { unsafe { $($path_to_types)*
                        ::_callback_fetch(event, index, payload) } } #[unsafe
                        (export_name = "test:concurrent/service#parts")] unsafe extern
                        "C" fn export_parts(arg0 : i32) -> i32 { unsafe {
                        $($path_to_types)* ::_export_parts_cabi:: < $ty > (arg0) } }
                        #[unsafe (export_name =
                        "test:concurrent/service#[constructor]session")] unsafe extern
                        "C" fn export_constructor_session(arg0 : i32, arg1 : i32) -> i32
                        { unsafe { $($path_to_types)*
                        ::_export_constructor_session_cabi:: < < $ty as
                        $($path_to_types)* ::Guest > ::Session > (arg0, arg1) } }
                        #[unsafe (export_name =
                        "[async-lift]test:concurrent/service#[method]session.wait")]
                        unsafe extern "C" fn export_method_session_wait(arg0 : i32) ->
                        i32 { unsafe { $($path_to_types)*
                        ::_export_method_session_wait_cabi:: < < $ty as
                        $($path_to_types)* ::Guest > ::Session > (arg0) } } #[unsafe
                        (export_name =
                        "[callback][async-lift]test:concurrent/service#[method]session.wait")]
                        unsafe extern "C" fn callback_method_session_wait(event : i32,
                        index : i32, payload : i32) -> i32 { unsafe { $($path_to_types)*
                        ::_callback_method_session_wait(event, index, payload) } } const
                        _ : () = { #[unsafe (export_name =
                        "test:concurrent/service#[dtor]session")] unsafe extern "C" fn
                        dtor(rep : * mut u8) { unsafe { $($path_to_types)*
                        ::Session::dtor:: << $ty as $($path_to_types)* ::Guest >
                        ::Session > (rep) } } }; }; #[cfg(not(target_arch = "wasm32"))]
                        #[allow(deprecated)] const _ : fn () = || { fn implements < T :
                        $($path_to_types)* ::Guest > () {} implements:: < $ty > (); };
                    };
                }
                #[doc(hidden)]
                #[allow(unused_imports)]
                pub(crate) use __export_test_concurrent_service_cabi as __export_test_concurrent_service_cabi;
            }
        }
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
mod __natively_test_concurrent_concurrent {
    /// Runs `body` natively, with its imports: calls of imports on this thread go to `imports`.
    #[allow(clippy::all, dead_code, deprecated, missing_docs)]
    pub fn with_imports<_T: super::test::concurrent::service::Host, _R>(
        imports: &mut _T,
        body: impl ::core::ops::FnOnce() -> _R,
    ) -> _R {
        super::_rt_test_concurrent_concurrent::native::with_dispatch(
            &mut |import, call| match import.interface {
                ::core::option::Option::Some("test:concurrent/service") => {
                    super::test::concurrent::service::__answer(
                        imports,
                        import.func,
                        call,
                    )
                }
                _ => {}
            },
            body,
        )
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[allow(unused_imports)]
pub use __natively_test_concurrent_concurrent::*;
/// Exports a type, by its name or its path, as the implementation of the world `test:concurrent/concurrent`: `export!(Type)` where the bindings are, or `export!(Type with_types_in path::to::bindings)`.
#[allow(unused_macros)]
macro_rules! __export_concurrent_impl {
    ($($ty:ident)::+) => {
        self::bindings_of_test_concurrent_concurrent__or_write_with_types_in_and_their_path!($($ty)::+
        with_types_in self);
    };
    (:: $($ty:ident)::+) => {
        self::bindings_of_test_concurrent_concurrent__or_write_with_types_in_and_their_path!(::
        $($ty)::+ with_types_in self);
    };
    ($ty:ident with_types_in $($path_to_types_root:tt)*) => {
        $($path_to_types_root)* ::__export_test_concurrent_concurrent_0!($ty
        with_types_in $($path_to_types_root)*); $($path_to_types_root)*
        ::__export_test_concurrent_concurrent_1!($ty with_types_in
        $($path_to_types_root)* ::exports::test::concurrent::service);
    };
    ($($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_concurrent_concurrent__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
    (:: $($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use :: $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_concurrent_concurrent__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_concurrent_impl as bindings_of_test_concurrent_concurrent__or_write_with_types_in_and_their_path;
#[doc(inline)]
#[allow(unused_imports)]
pub(crate) use __export_concurrent_impl as export;
#[doc(hidden)]
#[allow(unused_imports, deprecated)]
pub(crate) use __export_world_concurrent_cabi as __export_test_concurrent_concurrent_0;
#[doc(hidden)]
#[allow(unused_imports, deprecated)]
pub(crate) use self::exports::test::concurrent::service::__export_test_concurrent_service_cabi as __export_test_concurrent_concurrent_1;
#[doc(hidden)]
pub(crate) mod __export_macros_test_concurrent_concurrent {
    #[allow(unused_imports)]
    pub(crate) use {
        __export_world_concurrent_cabi as __export_world_concurrent_cabi,
        __export_concurrent_impl as __export_concurrent_impl,
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_macros_test_concurrent_concurrent::*;
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
        ":test:concurrent/concurrent:world"
    )
)]
pub static __COMPONENT_TYPE_TEST_CONCURRENT_CONCURRENT: [u8; 590] = *b"\0asm\r\0\x01\0\0\x19\x16wit-component-encoding\x04\0\x07\xEB\x03\x01A\x02\x01A\x08\x01B\x11\x01f\x01}\x01r\x02\x04names\x04rest\0\x04\0\x04part\x03\0\x01\x04\0\x07session\x03\x01\x01i\x03\x01@\x01\x04names\0\x04\x04\0\x14[constructor]session\x01\x05\x01h\x03\x01C\x01\x04self\x06\0y\x04\0\x14[method]session.wait\x01\x07\x01j\x01s\x01}\x01C\x02\x03urls\x07retriesy\0\x08\x04\0\x05fetch\x01\t\x01e\x01s\x01f\x01\x02\x01@\x01\x04text\n\0\x0B\x04\0\x05parts\x01\x0C\x03\0\x17test:concurrent/service\x05\0\x01ps\x01e\x01y\x01C\x01\x04args\x01\0\x02\x04\0\x03run\x01\x03\x01B\x11\x01f\x01}\x01r\x02\x04names\x04rest\0\x04\0\x04part\x03\0\x01\x04\0\x07session\x03\x01\x01i\x03\x01@\x01\x04names\0\x04\x04\0\x14[constructor]session\x01\x05\x01h\x03\x01C\x01\x04self\x06\0y\x04\0\x14[method]session.wait\x01\x07\x01j\x01s\x01}\x01C\x02\x03urls\x07retriesy\0\x08\x04\0\x05fetch\x01\t\x01e\x01s\x01f\x01\x02\x01@\x01\x04text\n\0\x0B\x04\0\x05parts\x01\x0C\x04\0\x17test:concurrent/service\x05\x04\x04\0\x1Atest:concurrent/concurrent\x04\0\x0B\x10\x01\0\nconcurrent\x03\0\0\0)\tproducers\x01\x0Cprocessed-by\x01\twitwright\x050.1.0";
/// Linking this links the section beside it.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[inline(never)]
pub fn __link_component_type_test_concurrent_concurrent() {}
