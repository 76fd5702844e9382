::witwright::__host_runtime!(_rt_test_concurrent_concurrent);
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
static EXPORTED_FUNC_RUN: _rt_test_concurrent_concurrent::FuncDesc = _rt_test_concurrent_concurrent::FuncDesc {
    name: "run",
    async_: true,
    params: &[
        _rt_test_concurrent_concurrent::FieldDesc {
            name: "args",
            ty: <_rt_test_concurrent_concurrent::Vec<
                _rt_test_concurrent_concurrent::String,
            > as _rt_test_concurrent_concurrent::ComponentType>::DESC,
        },
    ],
    result: Some(
        <_rt_test_concurrent_concurrent::host::FutureReader<
            u32,
        > as _rt_test_concurrent_concurrent::ComponentType>::DESC,
    ),
};
/// An instance of a component of the world `test:concurrent/concurrent`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[derive(Clone, Copy, Debug)]
pub struct Concurrent {
    test_concurrent_service: exports::test::concurrent::service::Guest,
    _func_run: _rt_test_concurrent_concurrent::Func,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl Concurrent {
    /// Adds all imports of the world to a linker. `_D` gets their implementation from the host's state.
    pub fn add_to_linker<_D: _rt_test_concurrent_concurrent::HasData>(
        linker: &mut impl _rt_test_concurrent_concurrent::AsLinker<State = _D::State>,
    ) -> ::core::result::Result<(), _rt_test_concurrent_concurrent::Error>
    where
        for<'a> _D::Data<'a>: test::concurrent::service::Host,
        _D::State: ::core::marker::Send,
        _D: test::concurrent::service::HostWithStore,
        _D: test::concurrent::service::HostSessionWithStore,
    {
        test::concurrent::service::add_to_linker::<_D>(linker)?;
        Ok(())
    }
    /// Compares a component with the world, instantiates it, and finds the world's exports in the instance.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate<_S: _rt_test_concurrent_concurrent::AsContextMut>(
        store: _S,
        component: &_rt_test_concurrent_concurrent::Component<_S::Engine>,
        linker: &_rt_test_concurrent_concurrent::Linker<_S::Data, _S::Engine>,
    ) -> ::core::result::Result<Concurrent, _rt_test_concurrent_concurrent::Error> {
        ConcurrentPre::new(linker.instantiate_pre(component)?)?.instantiate(store)
    }
    /// Finds the world's exports in an instance and compares their types with those of these bindings.
    pub fn new(
        mut store: impl _rt_test_concurrent_concurrent::AsContextMut,
        instance: &_rt_test_concurrent_concurrent::Instance,
    ) -> ::core::result::Result<Concurrent, _rt_test_concurrent_concurrent::Error> {
        Ok(Concurrent {
            test_concurrent_service: exports::test::concurrent::service::Guest::new(
                &mut store,
                instance,
            )?,
            _func_run: instance.typed_func(&mut store, None, &EXPORTED_FUNC_RUN)?,
        })
    }
    pub async fn call_run(
        &self,
        store_: impl _rt_test_concurrent_concurrent::AsyncStore,
        args: &[_rt_test_concurrent_concurrent::String],
    ) -> ::core::result::Result<
        _rt_test_concurrent_concurrent::host::FutureReader<u32>,
        _rt_test_concurrent_concurrent::Error,
    > {
        store_
            .call::<
                (&[_rt_test_concurrent_concurrent::String],),
                _rt_test_concurrent_concurrent::host::FutureReader<u32>,
            >(self._func_run, (args,))
            .await
    }
    /// The interface `test:concurrent/service`.
    pub fn test_concurrent_service(&self) -> &exports::test::concurrent::service::Guest {
        &self.test_concurrent_service
    }
}
/// A component of the world `test:concurrent/concurrent` whose imports have been found. It can be instantiated any number of times.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub struct ConcurrentPre<
    _T: 'static,
    _E: _rt_test_concurrent_concurrent::CoreEngine
        = _rt_test_concurrent_concurrent::DefaultEngine,
> {
    instance_pre: _rt_test_concurrent_concurrent::InstancePre<_T, _E>,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_concurrent_concurrent::CoreEngine> ::core::clone::Clone
for ConcurrentPre<_T, _E> {
    fn clone(&self) -> Self {
        ConcurrentPre {
            instance_pre: self.instance_pre.clone(),
        }
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_concurrent_concurrent::CoreEngine> ConcurrentPre<_T, _E> {
    /// Compares the exports of a linked component with those of the world.
    pub fn new(
        instance_pre: _rt_test_concurrent_concurrent::InstancePre<_T, _E>,
    ) -> ::core::result::Result<Self, _rt_test_concurrent_concurrent::Error> {
        instance_pre
            .component()
            .check_exports(
                "test:concurrent/concurrent",
                &[
                    (
                        Some("test:concurrent/service"),
                        exports::test::concurrent::service::Guest::FUNCS,
                    ),
                    (None, &[&EXPORTED_FUNC_RUN]),
                ],
            )?;
        Ok(ConcurrentPre { instance_pre })
    }
    /// The linked component.
    pub fn instance_pre(&self) -> &_rt_test_concurrent_concurrent::InstancePre<_T, _E> {
        &self.instance_pre
    }
    /// The engine that the component was compiled for.
    pub fn engine(&self) -> &_E {
        self.instance_pre.engine()
    }
    /// Instantiates the component and finds the world's exports in the instance.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate(
        &self,
        mut store: impl _rt_test_concurrent_concurrent::AsContextMut<
            Data = _T,
            Engine = _E,
        >,
    ) -> ::core::result::Result<Concurrent, _rt_test_concurrent_concurrent::Error> {
        let instance = self.instance_pre.instantiate(&mut store)?;
        Concurrent::new(store, &instance)
    }
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
            ::witwright::__host_runtime!(
                _rt super::super::super::_rt_test_concurrent_concurrent
            );
            pub struct Part {
                pub name: _rt::String,
                pub rest: _rt::host::StreamReader<u8>,
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
                                ty: <_rt::host::StreamReader<
                                    u8,
                                > as _rt::ComponentType>::DESC,
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                    _rt::String, _rt::host::StreamReader < u8 >
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
            pub enum Session {}
            /// The host's implementation of the resource `session`.
            pub trait HostSession {
                fn new(&mut self, name: _rt::String) -> _rt::host::Resource<Session>;
                /// The guest has dropped the resource.
                fn drop(
                    &mut self,
                    resource: _rt::host::Resource<Session>,
                ) -> ::core::result::Result<(), _rt::Error>;
            }
            impl<_T: HostSession + ?::core::marker::Sized> HostSession for &mut _T {
                fn new(&mut self, name: _rt::String) -> _rt::host::Resource<Session> {
                    <_T as HostSession>::new(*self, name)
                }
                fn drop(
                    &mut self,
                    resource: _rt::host::Resource<Session>,
                ) -> ::core::result::Result<(), _rt::Error> {
                    <_T as HostSession>::drop(*self, resource)
                }
            }
            /// The functions of [`HostSession`] that may wait. They have access to the store between two awaits.
            pub trait HostSessionWithStore: _rt::HasData {
                fn wait<_E: _rt::CoreEngine>(
                    access: &_rt::Access<Self::State, _E>,
                    self_: _rt::ResourceBorrow<Session>,
                ) -> impl ::core::future::Future<Output = u32> + ::core::marker::Send;
            }
            /// The host's implementation of the interface `test:concurrent/service`.
            pub trait Host: HostSession {}
            impl<_T: Host + ?::core::marker::Sized> Host for &mut _T {}
            /// The functions of [`Host`] that may wait. They have access to the store between two awaits.
            pub trait HostWithStore: _rt::HasData {
                /// Waits.
                fn fetch<_E: _rt::CoreEngine>(
                    access: &_rt::Access<Self::State, _E>,
                    url: _rt::String,
                    retries: u32,
                ) -> impl ::core::future::Future<
                    Output = ::core::result::Result<_rt::String, u8>,
                > + ::core::marker::Send;
                fn parts<_E: _rt::CoreEngine>(
                    access: &_rt::Access<Self::State, _E>,
                    text: _rt::host::FutureReader<_rt::String>,
                ) -> impl ::core::future::Future<
                    Output = _rt::host::StreamReader<Part>,
                > + ::core::marker::Send;
            }
            static FUNC_FETCH: _rt::FuncDesc = _rt::FuncDesc {
                name: "fetch",
                async_: true,
                params: &[
                    _rt::FieldDesc {
                        name: "url",
                        ty: <_rt::String as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "retries",
                        ty: <u32 as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(
                    <::core::result::Result<_rt::String, u8> as _rt::ComponentType>::DESC,
                ),
            };
            static FUNC_PARTS: _rt::FuncDesc = _rt::FuncDesc {
                name: "parts",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "text",
                        ty: <_rt::host::FutureReader<
                            _rt::String,
                        > as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<_rt::host::StreamReader<Part> as _rt::ComponentType>::DESC),
            };
            static FUNC_CONSTRUCTOR_SESSION: _rt::FuncDesc = _rt::FuncDesc {
                name: "[constructor]session",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "name",
                        ty: <_rt::String as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<_rt::host::Resource<Session> as _rt::ComponentType>::DESC),
            };
            static FUNC_METHOD_SESSION_WAIT: _rt::FuncDesc = _rt::FuncDesc {
                name: "[method]session.wait",
                async_: true,
                params: &[
                    _rt::FieldDesc {
                        name: "self",
                        ty: <_rt::ResourceBorrow<Session> as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<u32 as _rt::ComponentType>::DESC),
            };
            /// Adds the interface to a linker. `_D` gets its implementation from the host's state.
            pub fn add_to_linker<_D: _rt::HasData>(
                linker: &mut impl _rt::AsLinker<State = _D::State>,
            ) -> ::core::result::Result<(), _rt::Error>
            where
                for<'a> _D::Data<'a>: Host,
                _D::State: ::core::marker::Send,
                _D: HostWithStore,
                _D: HostSessionWithStore,
            {
                let mut instance = linker
                    .as_linker()
                    .instance("test:concurrent/service");
                instance
                    .resource::<
                        Session,
                    >(
                        "session",
                        |mut store_, rep| {
                            HostSession::drop(
                                &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                _rt::host::Resource::new_own(rep),
                            )
                        },
                    )?;
                instance
                    .func_async(
                        &FUNC_FETCH,
                        |access_, (url, retries): (_rt::String, u32)| async move {
                            let result_ = <_D as HostWithStore>::fetch(
                                    &access_,
                                    url,
                                    retries,
                                )
                                .await;
                            Ok(result_)
                        },
                    )?;
                instance
                    .func_async(
                        &FUNC_PARTS,
                        |access_, (text,): (_rt::host::FutureReader<_rt::String>,)| async move {
                            let result_ = <_D as HostWithStore>::parts(&access_, text)
                                .await;
                            Ok(result_)
                        },
                    )?;
                instance
                    .func(
                        &FUNC_CONSTRUCTOR_SESSION,
                        |mut store_, (name,): (_rt::String,)| {
                            Ok(
                                HostSession::new(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    name,
                                ),
                            )
                        },
                    )?;
                instance
                    .func_async(
                        &FUNC_METHOD_SESSION_WAIT,
                        |access_, (self_,): (_rt::ResourceBorrow<Session>,)| async move {
                            let result_ = <_D as HostSessionWithStore>::wait(
                                    &access_,
                                    self_,
                                )
                                .await;
                            Ok(result_)
                        },
                    )?;
                Ok(())
            }
        }
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod exports {
    pub mod test {
        pub mod concurrent {
            pub mod service {
                ::witwright::__host_runtime!(
                    _rt super::super::super::super::_rt_test_concurrent_concurrent
                );
                pub struct Part {
                    pub name: _rt::String,
                    pub rest: _rt::host::StreamReader<u8>,
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
                                    ty: <_rt::host::StreamReader<
                                        u8,
                                    > as _rt::ComponentType>::DESC,
                                },
                            ],
                        },
                    );
                    const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                        _rt::String, _rt::host::StreamReader < u8 >
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
                pub enum Session {}
                static EXPORTED_FUNC_FETCH: _rt::FuncDesc = _rt::FuncDesc {
                    name: "fetch",
                    async_: true,
                    params: &[
                        _rt::FieldDesc {
                            name: "url",
                            ty: <_rt::String as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "retries",
                            ty: <u32 as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <::core::result::Result<
                            _rt::String,
                            u8,
                        > as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_PARTS: _rt::FuncDesc = _rt::FuncDesc {
                    name: "parts",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "text",
                            ty: <_rt::host::FutureReader<
                                _rt::String,
                            > as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <_rt::host::StreamReader<Part> as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_CONSTRUCTOR_SESSION: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[constructor]session",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "name",
                            ty: <_rt::String as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<_rt::ResourceAny<Session> as _rt::ComponentType>::DESC),
                };
                static EXPORTED_FUNC_METHOD_SESSION_WAIT: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[method]session.wait",
                    async_: true,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: <&_rt::ResourceAny<Session> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<u32 as _rt::ComponentType>::DESC),
                };
                /// The interface `test:concurrent/service` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct Guest {
                    _func_fetch: _rt::Func,
                    _func_parts: _rt::Func,
                    _func_constructor_session: _rt::Func,
                    _func_method_session_wait: _rt::Func,
                }
                impl Guest {
                    /// The descriptions of the functions.
                    pub(crate) const FUNCS: &'static [&'static _rt::FuncDesc] = &[
                        &EXPORTED_FUNC_FETCH,
                        &EXPORTED_FUNC_PARTS,
                        &EXPORTED_FUNC_CONSTRUCTOR_SESSION,
                        &EXPORTED_FUNC_METHOD_SESSION_WAIT,
                    ];
                    /// Finds the interface in an instance and compares its types with those of these bindings.
                    pub fn new(
                        mut store: impl _rt::AsContextMut,
                        instance: &_rt::Instance,
                    ) -> ::core::result::Result<Guest, _rt::Error> {
                        Ok(Guest {
                            _func_fetch: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:concurrent/service"),
                                    &EXPORTED_FUNC_FETCH,
                                )?,
                            _func_parts: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:concurrent/service"),
                                    &EXPORTED_FUNC_PARTS,
                                )?,
                            _func_constructor_session: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:concurrent/service"),
                                    &EXPORTED_FUNC_CONSTRUCTOR_SESSION,
                                )?,
                            _func_method_session_wait: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:concurrent/service"),
                                    &EXPORTED_FUNC_METHOD_SESSION_WAIT,
                                )?,
                        })
                    }
                    /// Waits.
                    pub async fn call_fetch(
                        &self,
                        store_: impl _rt::AsyncStore,
                        url: &str,
                        retries: u32,
                    ) -> ::core::result::Result<
                        ::core::result::Result<_rt::String, u8>,
                        _rt::Error,
                    > {
                        store_
                            .call::<
                                (&str, u32),
                                ::core::result::Result<_rt::String, u8>,
                            >(self._func_fetch, (url, retries))
                            .await
                    }
                    pub fn call_parts(
                        &self,
                        store_: impl _rt::AsContextMut,
                        text: _rt::host::FutureReader<_rt::String>,
                    ) -> ::core::result::Result<
                        _rt::host::StreamReader<Part>,
                        _rt::Error,
                    > {
                        self._func_parts
                            .call_typed::<
                                (_rt::host::FutureReader<_rt::String>,),
                                _rt::host::StreamReader<Part>,
                            >(store_, &(text,))
                    }
                    /// The functions of the resource `session`.
                    pub fn session(&self) -> GuestSession<'_> {
                        GuestSession { guest: self }
                    }
                }
                /// The functions of the resource `session` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct GuestSession<'a> {
                    guest: &'a Guest,
                }
                impl GuestSession<'_> {
                    pub fn call_constructor(
                        &self,
                        store_: impl _rt::AsContextMut,
                        name: &str,
                    ) -> ::core::result::Result<_rt::ResourceAny<Session>, _rt::Error> {
                        self.guest
                            ._func_constructor_session
                            .call_typed::<
                                (&str,),
                                _rt::ResourceAny<Session>,
                            >(store_, &(name,))
                    }
                    pub async fn call_wait(
                        &self,
                        store_: impl _rt::AsyncStore,
                        self_: &_rt::ResourceAny<Session>,
                    ) -> ::core::result::Result<u32, _rt::Error> {
                        store_
                            .call::<
                                (&_rt::ResourceAny<Session>,),
                                u32,
                            >(self.guest._func_method_session_wait, (self_,))
                            .await
                    }
                }
            }
        }
    }
}
