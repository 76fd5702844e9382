::witwright::__host_runtime!(_rt_test_functions_functions);
/// The host's implementation of the imports of the world `test:functions/functions`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub trait FunctionsImports {
    fn log(&mut self, text: _rt_test_functions_functions::String) -> ();
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: FunctionsImports + ?::core::marker::Sized> FunctionsImports for &mut _T {
    fn log(&mut self, text: _rt_test_functions_functions::String) -> () {
        <_T as FunctionsImports>::log(*self, text)
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
static FUNC_LOG: _rt_test_functions_functions::FuncDesc = _rt_test_functions_functions::FuncDesc {
    name: "log",
    async_: false,
    params: &[
        _rt_test_functions_functions::FieldDesc {
            name: "text",
            ty: <_rt_test_functions_functions::String as _rt_test_functions_functions::ComponentType>::DESC,
        },
    ],
    result: None,
};
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
static EXPORTED_FUNC_RUN: _rt_test_functions_functions::FuncDesc = _rt_test_functions_functions::FuncDesc {
    name: "run",
    async_: false,
    params: &[
        _rt_test_functions_functions::FieldDesc {
            name: "args",
            ty: <_rt_test_functions_functions::Vec<
                _rt_test_functions_functions::String,
            > as _rt_test_functions_functions::ComponentType>::DESC,
        },
    ],
    result: Some(
        <::core::result::Result<
            u32,
            _rt_test_functions_functions::String,
        > as _rt_test_functions_functions::ComponentType>::DESC,
    ),
};
/// A world of functions.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[derive(Clone, Copy, Debug)]
pub struct Functions {
    test_functions_plain: exports::test::functions::plain::Guest,
    _func_run: _rt_test_functions_functions::Func,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl Functions {
    /// Adds all imports of the world to a linker. `_D` gets their implementation from the host's state.
    pub fn add_to_linker<_D: _rt_test_functions_functions::HasData>(
        linker: &mut impl _rt_test_functions_functions::AsLinker<State = _D::State>,
    ) -> ::core::result::Result<(), _rt_test_functions_functions::Error>
    where
        for<'a> _D::Data<'a>: test::functions::plain::Host,
        for<'a> _D::Data<'a>: FunctionsImports,
    {
        test::functions::plain::add_to_linker::<_D>(linker)?;
        Self::add_to_linker_imports::<_D>(linker)?;
        Ok(())
    }
    /// Adds the functions and resources that the world imports outside of interfaces to a linker.
    pub fn add_to_linker_imports<_D: _rt_test_functions_functions::HasData>(
        linker: &mut impl _rt_test_functions_functions::AsLinker<State = _D::State>,
    ) -> ::core::result::Result<(), _rt_test_functions_functions::Error>
    where
        for<'a> _D::Data<'a>: FunctionsImports,
    {
        let mut instance = linker.as_linker().root();
        instance
            .func(
                &FUNC_LOG,
                |mut store_, (text,): (_rt_test_functions_functions::String,)| {
                    Ok(
                        FunctionsImports::log(
                            &mut <_D as _rt_test_functions_functions::HasData>::data(
                                store_.data_mut(),
                            ),
                            text,
                        ),
                    )
                },
            )?;
        Ok(())
    }
    /// Compares a component with the world, instantiates it, and finds the world's exports in the instance.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate<_S: _rt_test_functions_functions::AsContextMut>(
        store: _S,
        component: &_rt_test_functions_functions::Component<_S::Engine>,
        linker: &_rt_test_functions_functions::Linker<_S::Data, _S::Engine>,
    ) -> ::core::result::Result<Functions, _rt_test_functions_functions::Error> {
        FunctionsPre::new(linker.instantiate_pre(component)?)?.instantiate(store)
    }
    /// Finds the world's exports in an instance and compares their types with those of these bindings.
    pub fn new(
        mut store: impl _rt_test_functions_functions::AsContextMut,
        instance: &_rt_test_functions_functions::Instance,
    ) -> ::core::result::Result<Functions, _rt_test_functions_functions::Error> {
        Ok(Functions {
            test_functions_plain: exports::test::functions::plain::Guest::new(
                &mut store,
                instance,
            )?,
            _func_run: instance.typed_func(&mut store, None, &EXPORTED_FUNC_RUN)?,
        })
    }
    pub fn call_run(
        &self,
        store_: impl _rt_test_functions_functions::AsContextMut,
        args: &[_rt_test_functions_functions::String],
    ) -> ::core::result::Result<
        ::core::result::Result<u32, _rt_test_functions_functions::String>,
        _rt_test_functions_functions::Error,
    > {
        self._func_run
            .call_typed::<
                (&[_rt_test_functions_functions::String],),
                ::core::result::Result<u32, _rt_test_functions_functions::String>,
            >(store_, &(args,))
    }
    /// The interface `test:functions/plain`.
    pub fn test_functions_plain(&self) -> &exports::test::functions::plain::Guest {
        &self.test_functions_plain
    }
}
/// A component of the world `test:functions/functions` whose imports have been found. It can be instantiated any number of times.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub struct FunctionsPre<
    _T: 'static,
    _E: _rt_test_functions_functions::CoreEngine
        = _rt_test_functions_functions::DefaultEngine,
> {
    instance_pre: _rt_test_functions_functions::InstancePre<_T, _E>,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_functions_functions::CoreEngine> ::core::clone::Clone
for FunctionsPre<_T, _E> {
    fn clone(&self) -> Self {
        FunctionsPre {
            instance_pre: self.instance_pre.clone(),
        }
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_functions_functions::CoreEngine> FunctionsPre<_T, _E> {
    /// Compares the exports of a linked component with those of the world.
    pub fn new(
        instance_pre: _rt_test_functions_functions::InstancePre<_T, _E>,
    ) -> ::core::result::Result<Self, _rt_test_functions_functions::Error> {
        instance_pre
            .component()
            .check_exports(
                "test:functions/functions",
                &[
                    (
                        Some("test:functions/plain"),
                        exports::test::functions::plain::Guest::FUNCS,
                    ),
                    (None, &[&EXPORTED_FUNC_RUN]),
                ],
            )?;
        Ok(FunctionsPre { instance_pre })
    }
    /// The linked component.
    pub fn instance_pre(&self) -> &_rt_test_functions_functions::InstancePre<_T, _E> {
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
        mut store: impl _rt_test_functions_functions::AsContextMut<
            Data = _T,
            Engine = _E,
        >,
    ) -> ::core::result::Result<Functions, _rt_test_functions_functions::Error> {
        let instance = self.instance_pre.instantiate(&mut store)?;
        Functions::new(store, &instance)
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
    pub mod functions {
        /// Functions over plain values.
        pub mod plain {
            ::witwright::__host_runtime!(
                _rt super::super::super::_rt_test_functions_functions
            );
            /// The host's implementation of the interface `test:functions/plain`.
            pub trait Host {
                fn nothing(&mut self) -> ();
                fn add(&mut self, a: u32, b: u32) -> u32;
                fn scale(&mut self, by: f32, type_: u64) -> f64;
                /// Says something.
                fn say(
                    &mut self,
                    text: _rt::String,
                    times: ::core::option::Option<u8>,
                ) -> _rt::String;
            }
            impl<_T: Host + ?::core::marker::Sized> Host for &mut _T {
                fn nothing(&mut self) -> () {
                    <_T as Host>::nothing(*self)
                }
                fn add(&mut self, a: u32, b: u32) -> u32 {
                    <_T as Host>::add(*self, a, b)
                }
                fn scale(&mut self, by: f32, type_: u64) -> f64 {
                    <_T as Host>::scale(*self, by, type_)
                }
                fn say(
                    &mut self,
                    text: _rt::String,
                    times: ::core::option::Option<u8>,
                ) -> _rt::String {
                    <_T as Host>::say(*self, text, times)
                }
            }
            static FUNC_NOTHING: _rt::FuncDesc = _rt::FuncDesc {
                name: "nothing",
                async_: false,
                params: &[],
                result: None,
            };
            static FUNC_ADD: _rt::FuncDesc = _rt::FuncDesc {
                name: "add",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "a",
                        ty: <u32 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "b",
                        ty: <u32 as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<u32 as _rt::ComponentType>::DESC),
            };
            static FUNC_SCALE: _rt::FuncDesc = _rt::FuncDesc {
                name: "scale",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "by",
                        ty: <f32 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "type",
                        ty: <u64 as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<f64 as _rt::ComponentType>::DESC),
            };
            static FUNC_SAY: _rt::FuncDesc = _rt::FuncDesc {
                name: "say",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "text",
                        ty: <_rt::String as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "times",
                        ty: <::core::option::Option<u8> as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<_rt::String as _rt::ComponentType>::DESC),
            };
            /// Adds the interface to a linker. `_D` gets its implementation from the host's state.
            pub fn add_to_linker<_D: _rt::HasData>(
                linker: &mut impl _rt::AsLinker<State = _D::State>,
            ) -> ::core::result::Result<(), _rt::Error>
            where
                for<'a> _D::Data<'a>: Host,
            {
                let mut instance = linker.as_linker().instance("test:functions/plain");
                instance
                    .func(
                        &FUNC_NOTHING,
                        |mut store_, (): ()| {
                            Ok(
                                Host::nothing(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_ADD,
                        |mut store_, (a, b): (u32, u32)| {
                            Ok(
                                Host::add(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    a,
                                    b,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_SCALE,
                        |mut store_, (by, type_): (f32, u64)| {
                            Ok(
                                Host::scale(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    by,
                                    type_,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_SAY,
                        |
                            mut store_,
                            (text, times): (_rt::String, ::core::option::Option<u8>)|
                        {
                            Ok(
                                Host::say(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    text,
                                    times,
                                ),
                            )
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
        pub mod functions {
            /// Functions over plain values.
            pub mod plain {
                ::witwright::__host_runtime!(
                    _rt super::super::super::super::_rt_test_functions_functions
                );
                static EXPORTED_FUNC_NOTHING: _rt::FuncDesc = _rt::FuncDesc {
                    name: "nothing",
                    async_: false,
                    params: &[],
                    result: None,
                };
                static EXPORTED_FUNC_ADD: _rt::FuncDesc = _rt::FuncDesc {
                    name: "add",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "a",
                            ty: <u32 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "b",
                            ty: <u32 as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<u32 as _rt::ComponentType>::DESC),
                };
                static EXPORTED_FUNC_SCALE: _rt::FuncDesc = _rt::FuncDesc {
                    name: "scale",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "by",
                            ty: <f32 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "type",
                            ty: <u64 as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<f64 as _rt::ComponentType>::DESC),
                };
                static EXPORTED_FUNC_SAY: _rt::FuncDesc = _rt::FuncDesc {
                    name: "say",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "text",
                            ty: <_rt::String as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "times",
                            ty: <::core::option::Option<u8> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<_rt::String as _rt::ComponentType>::DESC),
                };
                /// The interface `test:functions/plain` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct Guest {
                    _func_nothing: _rt::Func,
                    _func_add: _rt::Func,
                    _func_scale: _rt::Func,
                    _func_say: _rt::Func,
                }
                impl Guest {
                    /// The descriptions of the functions.
                    pub(crate) const FUNCS: &'static [&'static _rt::FuncDesc] = &[
                        &EXPORTED_FUNC_NOTHING,
                        &EXPORTED_FUNC_ADD,
                        &EXPORTED_FUNC_SCALE,
                        &EXPORTED_FUNC_SAY,
                    ];
                    /// Finds the interface in an instance and compares its types with those of these bindings.
                    pub fn new(
                        mut store: impl _rt::AsContextMut,
                        instance: &_rt::Instance,
                    ) -> ::core::result::Result<Guest, _rt::Error> {
                        Ok(Guest {
                            _func_nothing: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &EXPORTED_FUNC_NOTHING,
                                )?,
                            _func_add: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &EXPORTED_FUNC_ADD,
                                )?,
                            _func_scale: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &EXPORTED_FUNC_SCALE,
                                )?,
                            _func_say: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &EXPORTED_FUNC_SAY,
                                )?,
                        })
                    }
                    pub fn call_nothing(
                        &self,
                        store_: impl _rt::AsContextMut,
                    ) -> ::core::result::Result<(), _rt::Error> {
                        self._func_nothing.call_typed::<(), ()>(store_, &())
                    }
                    pub fn call_add(
                        &self,
                        store_: impl _rt::AsContextMut,
                        a: u32,
                        b: u32,
                    ) -> ::core::result::Result<u32, _rt::Error> {
                        self._func_add.call_typed::<(u32, u32), u32>(store_, &(a, b))
                    }
                    pub fn call_scale(
                        &self,
                        store_: impl _rt::AsContextMut,
                        by: f32,
                        type_: u64,
                    ) -> ::core::result::Result<f64, _rt::Error> {
                        self._func_scale
                            .call_typed::<(f32, u64), f64>(store_, &(by, type_))
                    }
                    /// Says something.
                    pub fn call_say(
                        &self,
                        store_: impl _rt::AsContextMut,
                        text: &str,
                        times: ::core::option::Option<u8>,
                    ) -> ::core::result::Result<_rt::String, _rt::Error> {
                        self._func_say
                            .call_typed::<
                                (&str, ::core::option::Option<u8>),
                                _rt::String,
                            >(store_, &(text, times))
                    }
                }
            }
        }
    }
}
