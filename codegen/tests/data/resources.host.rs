::witwright::__host_runtime!(_rt_test_resources_resources);
/// An instance of a component of the world `test:resources/resources`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[derive(Clone, Copy, Debug)]
pub struct Resources {
    test_resources_shelf: exports::test::resources::shelf::Guest,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl Resources {
    /// Adds all imports of the world to a linker. `_D` gets their implementation from the host's state.
    pub fn add_to_linker<_D: _rt_test_resources_resources::HasData>(
        linker: &mut impl _rt_test_resources_resources::AsLinker<State = _D::State>,
    ) -> ::core::result::Result<(), _rt_test_resources_resources::Error>
    where
        for<'a> _D::Data<'a>: test::resources::docs::Host,
    {
        test::resources::docs::add_to_linker::<_D>(linker)?;
        Ok(())
    }
    /// Compares a component with the world, instantiates it, and finds the world's exports in the instance.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate<_S: _rt_test_resources_resources::AsContextMut>(
        store: _S,
        component: &_rt_test_resources_resources::Component<_S::Engine>,
        linker: &_rt_test_resources_resources::Linker<_S::Data, _S::Engine>,
    ) -> ::core::result::Result<Resources, _rt_test_resources_resources::Error> {
        ResourcesPre::new(linker.instantiate_pre(component)?)?.instantiate(store)
    }
    /// Finds the world's exports in an instance and compares their types with those of these bindings.
    pub fn new(
        mut store: impl _rt_test_resources_resources::AsContextMut,
        instance: &_rt_test_resources_resources::Instance,
    ) -> ::core::result::Result<Resources, _rt_test_resources_resources::Error> {
        Ok(Resources {
            test_resources_shelf: exports::test::resources::shelf::Guest::new(
                &mut store,
                instance,
            )?,
        })
    }
    /// The interface `test:resources/shelf`.
    pub fn test_resources_shelf(&self) -> &exports::test::resources::shelf::Guest {
        &self.test_resources_shelf
    }
}
/// A component of the world `test:resources/resources` whose imports have been found. It can be instantiated any number of times.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub struct ResourcesPre<
    _T: 'static,
    _E: _rt_test_resources_resources::CoreEngine
        = _rt_test_resources_resources::DefaultEngine,
> {
    instance_pre: _rt_test_resources_resources::InstancePre<_T, _E>,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_resources_resources::CoreEngine> ::core::clone::Clone
for ResourcesPre<_T, _E> {
    fn clone(&self) -> Self {
        ResourcesPre {
            instance_pre: self.instance_pre.clone(),
        }
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_resources_resources::CoreEngine> ResourcesPre<_T, _E> {
    /// Compares the exports of a linked component with those of the world.
    pub fn new(
        instance_pre: _rt_test_resources_resources::InstancePre<_T, _E>,
    ) -> ::core::result::Result<Self, _rt_test_resources_resources::Error> {
        instance_pre
            .component()
            .check_exports(
                "test:resources/resources",
                &[
                    (
                        Some("test:resources/shelf"),
                        exports::test::resources::shelf::Guest::FUNCS,
                    ),
                ],
            )?;
        Ok(ResourcesPre { instance_pre })
    }
    /// The linked component.
    pub fn instance_pre(&self) -> &_rt_test_resources_resources::InstancePre<_T, _E> {
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
        mut store: impl _rt_test_resources_resources::AsContextMut<
            Data = _T,
            Engine = _E,
        >,
    ) -> ::core::result::Result<Resources, _rt_test_resources_resources::Error> {
        let instance = self.instance_pre.instantiate(&mut store)?;
        Resources::new(store, &instance)
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
    pub mod resources {
        pub mod docs {
            ::witwright::__host_runtime!(
                _rt super::super::super::_rt_test_resources_resources
            );
            /// A document.
            #[derive(Debug)]
            pub enum Document {}
            pub enum Failure {
                Missing,
                Locked(_rt::host::Resource<Document>),
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
                                ty: Some(
                                    <_rt::host::Resource<Document> as _rt::ComponentType>::DESC,
                                ),
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                    (), _rt::host::Resource < Document >
                ];
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
            pub struct View {
                pub of: _rt::ResourceBorrow<Document>,
                pub start: u32,
            }
            impl _rt::ComponentType for View {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                    &_rt::RecordDesc {
                        name: "view",
                        fields: &[
                            _rt::FieldDesc {
                                name: "of",
                                ty: <_rt::ResourceBorrow<
                                    Document,
                                > as _rt::ComponentType>::DESC,
                            },
                            _rt::FieldDesc {
                                name: "start",
                                ty: <u32 as _rt::ComponentType>::DESC,
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                    _rt::ResourceBorrow < Document >, u32
                ];
            }
            impl _rt::Lower for View {
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
            impl _rt::Lift for View {
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
            impl ::core::fmt::Debug for View {
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
            /// The host's implementation of the resource `document`.
            pub trait HostDocument {
                fn new(&mut self, title: _rt::String) -> _rt::host::Resource<Document>;
                fn open(
                    &mut self,
                    path: _rt::String,
                ) -> ::core::result::Result<_rt::host::Resource<Document>, Failure>;
                fn title(&mut self, self_: _rt::ResourceBorrow<Document>) -> _rt::String;
                fn append(
                    &mut self,
                    self_: _rt::ResourceBorrow<Document>,
                    other: _rt::ResourceBorrow<Document>,
                    more: _rt::Vec<_rt::ResourceBorrow<Document>>,
                ) -> ();
                fn merge(
                    &mut self,
                    self_: _rt::ResourceBorrow<Document>,
                    other: _rt::host::Resource<Document>,
                ) -> ();
                /// The guest has dropped the resource.
                fn drop(
                    &mut self,
                    resource: _rt::host::Resource<Document>,
                ) -> ::core::result::Result<(), _rt::Error>;
            }
            impl<_T: HostDocument + ?::core::marker::Sized> HostDocument for &mut _T {
                fn new(&mut self, title: _rt::String) -> _rt::host::Resource<Document> {
                    <_T as HostDocument>::new(*self, title)
                }
                fn open(
                    &mut self,
                    path: _rt::String,
                ) -> ::core::result::Result<_rt::host::Resource<Document>, Failure> {
                    <_T as HostDocument>::open(*self, path)
                }
                fn title(
                    &mut self,
                    self_: _rt::ResourceBorrow<Document>,
                ) -> _rt::String {
                    <_T as HostDocument>::title(*self, self_)
                }
                fn append(
                    &mut self,
                    self_: _rt::ResourceBorrow<Document>,
                    other: _rt::ResourceBorrow<Document>,
                    more: _rt::Vec<_rt::ResourceBorrow<Document>>,
                ) -> () {
                    <_T as HostDocument>::append(*self, self_, other, more)
                }
                fn merge(
                    &mut self,
                    self_: _rt::ResourceBorrow<Document>,
                    other: _rt::host::Resource<Document>,
                ) -> () {
                    <_T as HostDocument>::merge(*self, self_, other)
                }
                fn drop(
                    &mut self,
                    resource: _rt::host::Resource<Document>,
                ) -> ::core::result::Result<(), _rt::Error> {
                    <_T as HostDocument>::drop(*self, resource)
                }
            }
            /// The host's implementation of the interface `test:resources/docs`.
            pub trait Host: HostDocument {
                fn show(
                    &mut self,
                    view: View,
                    all: _rt::Vec<_rt::host::Resource<Document>>,
                ) -> u32;
            }
            impl<_T: Host + ?::core::marker::Sized> Host for &mut _T {
                fn show(
                    &mut self,
                    view: View,
                    all: _rt::Vec<_rt::host::Resource<Document>>,
                ) -> u32 {
                    <_T as Host>::show(*self, view, all)
                }
            }
            static FUNC_CONSTRUCTOR_DOCUMENT: _rt::FuncDesc = _rt::FuncDesc {
                name: "[constructor]document",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "title",
                        ty: <_rt::String as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<_rt::host::Resource<Document> as _rt::ComponentType>::DESC),
            };
            static FUNC_STATIC_DOCUMENT_OPEN: _rt::FuncDesc = _rt::FuncDesc {
                name: "[static]document.open",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "path",
                        ty: <_rt::String as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(
                    <::core::result::Result<
                        _rt::host::Resource<Document>,
                        Failure,
                    > as _rt::ComponentType>::DESC,
                ),
            };
            static FUNC_METHOD_DOCUMENT_TITLE: _rt::FuncDesc = _rt::FuncDesc {
                name: "[method]document.title",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "self",
                        ty: <_rt::ResourceBorrow<Document> as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<_rt::String as _rt::ComponentType>::DESC),
            };
            static FUNC_METHOD_DOCUMENT_APPEND: _rt::FuncDesc = _rt::FuncDesc {
                name: "[method]document.append",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "self",
                        ty: <_rt::ResourceBorrow<Document> as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "other",
                        ty: <_rt::ResourceBorrow<Document> as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "more",
                        ty: <_rt::Vec<
                            _rt::ResourceBorrow<Document>,
                        > as _rt::ComponentType>::DESC,
                    },
                ],
                result: None,
            };
            static FUNC_METHOD_DOCUMENT_MERGE: _rt::FuncDesc = _rt::FuncDesc {
                name: "[method]document.merge",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "self",
                        ty: <_rt::ResourceBorrow<Document> as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "other",
                        ty: <_rt::host::Resource<Document> as _rt::ComponentType>::DESC,
                    },
                ],
                result: None,
            };
            static FUNC_SHOW: _rt::FuncDesc = _rt::FuncDesc {
                name: "show",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "view",
                        ty: <View as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "all",
                        ty: <_rt::Vec<
                            _rt::host::Resource<Document>,
                        > as _rt::ComponentType>::DESC,
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
            {
                let mut instance = linker.as_linker().instance("test:resources/docs");
                instance
                    .resource::<
                        Document,
                    >(
                        "document",
                        |mut store_, rep| {
                            HostDocument::drop(
                                &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                _rt::host::Resource::new_own(rep),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_CONSTRUCTOR_DOCUMENT,
                        |mut store_, (title,): (_rt::String,)| {
                            Ok(
                                HostDocument::new(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    title,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_STATIC_DOCUMENT_OPEN,
                        |mut store_, (path,): (_rt::String,)| {
                            Ok(
                                HostDocument::open(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    path,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_METHOD_DOCUMENT_TITLE,
                        |mut store_, (self_,): (_rt::ResourceBorrow<Document>,)| {
                            Ok(
                                HostDocument::title(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    self_,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_METHOD_DOCUMENT_APPEND,
                        |
                            mut store_,
                            (
                                self_,
                                other,
                                more,
                            ): (
                                _rt::ResourceBorrow<Document>,
                                _rt::ResourceBorrow<Document>,
                                _rt::Vec<_rt::ResourceBorrow<Document>>,
                            )|
                        {
                            Ok(
                                HostDocument::append(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    self_,
                                    other,
                                    more,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_METHOD_DOCUMENT_MERGE,
                        |
                            mut store_,
                            (
                                self_,
                                other,
                            ): (
                                _rt::ResourceBorrow<Document>,
                                _rt::host::Resource<Document>,
                            )|
                        {
                            Ok(
                                HostDocument::merge(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    self_,
                                    other,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_SHOW,
                        |
                            mut store_,
                            (view, all): (View, _rt::Vec<_rt::host::Resource<Document>>)|
                        {
                            Ok(
                                Host::show(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    view,
                                    all,
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
        pub mod resources {
            pub mod shelf {
                ::witwright::__host_runtime!(
                    _rt super::super::super::super::_rt_test_resources_resources
                );
                pub type Document = super::super::super::super::test::resources::docs::Document;
                #[derive(Debug)]
                pub enum Crate {}
                static EXPORTED_FUNC_CONSTRUCTOR_CRATE: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[constructor]crate",
                    async_: false,
                    params: &[],
                    result: Some(
                        <::core::result::Result<
                            _rt::ResourceAny<Crate>,
                            _rt::String,
                        > as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_METHOD_CRATE_PUT: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[method]crate.put",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: <&_rt::ResourceAny<Crate> as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "document",
                            ty: <_rt::ResourceBorrow<
                                Document,
                            > as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <::core::option::Option<
                            _rt::host::Resource<Document>,
                        > as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_BEST: _rt::FuncDesc = _rt::FuncDesc {
                    name: "best",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "of",
                            ty: <_rt::Vec<
                                _rt::ResourceBorrow<Document>,
                            > as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "in",
                            ty: <_rt::ResourceAny<Crate> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <(
                            u32,
                            _rt::host::Resource<Document>,
                        ) as _rt::ComponentType>::DESC,
                    ),
                };
                /// The interface `test:resources/shelf` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct Guest {
                    _func_constructor_crate: _rt::Func,
                    _func_method_crate_put: _rt::Func,
                    _func_best: _rt::Func,
                }
                impl Guest {
                    /// The descriptions of the functions.
                    pub(crate) const FUNCS: &'static [&'static _rt::FuncDesc] = &[
                        &EXPORTED_FUNC_CONSTRUCTOR_CRATE,
                        &EXPORTED_FUNC_METHOD_CRATE_PUT,
                        &EXPORTED_FUNC_BEST,
                    ];
                    /// Finds the interface in an instance and compares its types with those of these bindings.
                    pub fn new(
                        mut store: impl _rt::AsContextMut,
                        instance: &_rt::Instance,
                    ) -> ::core::result::Result<Guest, _rt::Error> {
                        Ok(Guest {
                            _func_constructor_crate: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:resources/shelf"),
                                    &EXPORTED_FUNC_CONSTRUCTOR_CRATE,
                                )?,
                            _func_method_crate_put: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:resources/shelf"),
                                    &EXPORTED_FUNC_METHOD_CRATE_PUT,
                                )?,
                            _func_best: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:resources/shelf"),
                                    &EXPORTED_FUNC_BEST,
                                )?,
                        })
                    }
                    pub fn call_best(
                        &self,
                        store_: impl _rt::AsContextMut,
                        of: &[_rt::ResourceBorrow<Document>],
                        in_: _rt::ResourceAny<Crate>,
                    ) -> ::core::result::Result<
                        (u32, _rt::host::Resource<Document>),
                        _rt::Error,
                    > {
                        self._func_best
                            .call_typed::<
                                (&[_rt::ResourceBorrow<Document>], _rt::ResourceAny<Crate>),
                                (u32, _rt::host::Resource<Document>),
                            >(store_, &(of, in_))
                    }
                    /// The functions of the resource `crate`.
                    pub fn crate_(&self) -> GuestCrate<'_> {
                        GuestCrate { guest: self }
                    }
                }
                /// The functions of the resource `crate` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct GuestCrate<'a> {
                    guest: &'a Guest,
                }
                impl GuestCrate<'_> {
                    pub fn call_constructor(
                        &self,
                        store_: impl _rt::AsContextMut,
                    ) -> ::core::result::Result<
                        ::core::result::Result<_rt::ResourceAny<Crate>, _rt::String>,
                        _rt::Error,
                    > {
                        self.guest
                            ._func_constructor_crate
                            .call_typed::<
                                (),
                                ::core::result::Result<_rt::ResourceAny<Crate>, _rt::String>,
                            >(store_, &())
                    }
                    pub fn call_put(
                        &self,
                        store_: impl _rt::AsContextMut,
                        self_: &_rt::ResourceAny<Crate>,
                        document: _rt::ResourceBorrow<Document>,
                    ) -> ::core::result::Result<
                        ::core::option::Option<_rt::host::Resource<Document>>,
                        _rt::Error,
                    > {
                        self.guest
                            ._func_method_crate_put
                            .call_typed::<
                                (&_rt::ResourceAny<Crate>, _rt::ResourceBorrow<Document>),
                                ::core::option::Option<_rt::host::Resource<Document>>,
                            >(store_, &(self_, document))
                    }
                }
            }
        }
    }
}
