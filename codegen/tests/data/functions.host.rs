#[allow(unused_imports)]
use ::witwright::__rt as _rt;
/// What a host does for the world `test:functions/functions`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub trait FunctionsImports {
    fn log(&mut self, text: _rt::String) -> ();
}
#[allow(deprecated)]
impl<T: FunctionsImports + ?Sized> FunctionsImports for &mut T {
    fn log(&mut self, text: _rt::String) -> () {
        T::log(*self, text)
    }
}
static FUNC_LOG: _rt::FuncDesc = _rt::FuncDesc {
    name: "log",
    async_: false,
    params: &[
        _rt::FieldDesc {
            name: "text",
            ty: <_rt::String as _rt::ComponentType>::DESC,
        },
    ],
    result: None,
};
static FUNC_RUN: _rt::FuncDesc = _rt::FuncDesc {
    name: "run",
    async_: false,
    params: &[
        _rt::FieldDesc {
            name: "args",
            ty: <_rt::Vec<_rt::String> as _rt::ComponentType>::DESC,
        },
    ],
    result: Some(<::core::result::Result<u32, _rt::String> as _rt::ComponentType>::DESC),
};
/// A world of functions.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[derive(Clone, Copy, Debug)]
pub struct Functions {
    test_functions_plain: exports::test::functions::plain::Guest,
    func_run: _rt::Func,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl Functions {
    /// Adds all that the world imports to a linker. `D` tells where in the host's state the implementation is.
    pub fn add_to_linker<D: _rt::HasData>(
        linker: &mut impl _rt::AsLinker<State = D::State>,
    ) -> ::core::result::Result<(), _rt::Error>
    where
        for<'a> D::Data<'a>: test::functions::plain::Host + FunctionsImports,
    {
        test::functions::plain::add_to_linker::<D>(linker)?;
        let mut instance = linker.as_linker().root();
        instance
            .func(
                &FUNC_LOG,
                |mut store, (text,): (_rt::String,)| {
                    Ok(FunctionsImports::log(&mut D::data(store.data_mut()), text))
                },
            )?;
        Ok(())
    }
    /// Instantiates a component and finds the world's exports in the instance.
    pub fn instantiate<S: _rt::AsContextMut>(
        mut store: S,
        component: &_rt::Component<S::Engine>,
        linker: &_rt::Linker<S::Data, S::Engine>,
    ) -> ::core::result::Result<Functions, _rt::Error> {
        let instance = linker.instantiate(&mut store, component)?;
        Functions::new(store, &instance)
    }
    /// Finds the world's exports in an instance and compares their types with those of these bindings.
    pub fn new(
        mut store: impl _rt::AsContextMut,
        instance: &_rt::Instance,
    ) -> ::core::result::Result<Functions, _rt::Error> {
        Ok(Functions {
            test_functions_plain: exports::test::functions::plain::Guest::new(
                &mut store,
                instance,
            )?,
            func_run: instance.typed_func(&mut store, None, &FUNC_RUN)?,
        })
    }
    pub fn call_run(
        &self,
        store: impl _rt::AsContextMut,
        args: &[_rt::String],
    ) -> ::core::result::Result<::core::result::Result<u32, _rt::String>, _rt::Error> {
        self.func_run
            .call_typed::<
                (&[_rt::String],),
                ::core::result::Result<u32, _rt::String>,
            >(store, &(args,))
    }
    /// The interface `test:functions/plain`.
    pub fn test_functions_plain(&self) -> &exports::test::functions::plain::Guest {
        &self.test_functions_plain
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod test {
    pub mod functions {
        /// Functions over plain values.
        pub mod plain {
            #[allow(unused_imports)]
            use ::witwright::__rt as _rt;
            /// What a host does for the interface `test:functions/plain`.
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
            #[allow(deprecated)]
            impl<T: Host + ?Sized> Host for &mut T {
                fn nothing(&mut self) -> () {
                    T::nothing(*self)
                }
                fn add(&mut self, a: u32, b: u32) -> u32 {
                    T::add(*self, a, b)
                }
                fn scale(&mut self, by: f32, type_: u64) -> f64 {
                    T::scale(*self, by, type_)
                }
                fn say(
                    &mut self,
                    text: _rt::String,
                    times: ::core::option::Option<u8>,
                ) -> _rt::String {
                    T::say(*self, text, times)
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
            /// Adds the interface to a linker. `D` tells where in the host's state its implementation is.
            pub fn add_to_linker<D: _rt::HasData>(
                linker: &mut impl _rt::AsLinker<State = D::State>,
            ) -> ::core::result::Result<(), _rt::Error>
            where
                for<'a> D::Data<'a>: Host,
            {
                let mut instance = linker.as_linker().instance("test:functions/plain");
                instance
                    .func(
                        &FUNC_NOTHING,
                        |mut store, (): ()| {
                            Ok(Host::nothing(&mut D::data(store.data_mut())))
                        },
                    )?;
                instance
                    .func(
                        &FUNC_ADD,
                        |mut store, (a, b): (u32, u32)| {
                            Ok(Host::add(&mut D::data(store.data_mut()), a, b))
                        },
                    )?;
                instance
                    .func(
                        &FUNC_SCALE,
                        |mut store, (by, type_): (f32, u64)| {
                            Ok(Host::scale(&mut D::data(store.data_mut()), by, type_))
                        },
                    )?;
                instance
                    .func(
                        &FUNC_SAY,
                        |
                            mut store,
                            (text, times): (_rt::String, ::core::option::Option<u8>)|
                        { Ok(Host::say(&mut D::data(store.data_mut()), text, times)) },
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
                #[allow(unused_imports)]
                use ::witwright::__rt as _rt;
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
                /// The interface `test:functions/plain` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct Guest {
                    func_nothing: _rt::Func,
                    func_add: _rt::Func,
                    func_scale: _rt::Func,
                    func_say: _rt::Func,
                }
                impl Guest {
                    /// Finds the interface in an instance and compares its types with those of these bindings.
                    pub fn new(
                        mut store: impl _rt::AsContextMut,
                        instance: &_rt::Instance,
                    ) -> ::core::result::Result<Guest, _rt::Error> {
                        Ok(Guest {
                            func_nothing: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &FUNC_NOTHING,
                                )?,
                            func_add: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &FUNC_ADD,
                                )?,
                            func_scale: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &FUNC_SCALE,
                                )?,
                            func_say: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:functions/plain"),
                                    &FUNC_SAY,
                                )?,
                        })
                    }
                    pub fn call_nothing(
                        &self,
                        store: impl _rt::AsContextMut,
                    ) -> ::core::result::Result<(), _rt::Error> {
                        self.func_nothing.call_typed::<(), ()>(store, &())
                    }
                    pub fn call_add(
                        &self,
                        store: impl _rt::AsContextMut,
                        a: u32,
                        b: u32,
                    ) -> ::core::result::Result<u32, _rt::Error> {
                        self.func_add.call_typed::<(u32, u32), u32>(store, &(a, b))
                    }
                    pub fn call_scale(
                        &self,
                        store: impl _rt::AsContextMut,
                        by: f32,
                        type_: u64,
                    ) -> ::core::result::Result<f64, _rt::Error> {
                        self.func_scale
                            .call_typed::<(f32, u64), f64>(store, &(by, type_))
                    }
                    /// Says something.
                    pub fn call_say(
                        &self,
                        store: impl _rt::AsContextMut,
                        text: &str,
                        times: ::core::option::Option<u8>,
                    ) -> ::core::result::Result<_rt::String, _rt::Error> {
                        self.func_say
                            .call_typed::<
                                (&str, ::core::option::Option<u8>),
                                _rt::String,
                            >(store, &(text, times))
                    }
                }
            }
        }
    }
}
