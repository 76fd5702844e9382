::witwright::__host_runtime!(_rt_test_exported_exported);
/// An instance of a component of the world `test:exported/exported`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[derive(Clone, Copy, Debug)]
pub struct Exported {
    test_exported_docs: exports::test::exported::docs::Guest,
    test_exported_shelf: exports::test::exported::shelf::Guest,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl Exported {
    /// Compares a component with the world, instantiates it, and finds the world's exports in the instance.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate<_S: _rt_test_exported_exported::AsContextMut>(
        store: _S,
        component: &_rt_test_exported_exported::Component<_S::Engine>,
        linker: &_rt_test_exported_exported::Linker<_S::Data, _S::Engine>,
    ) -> ::core::result::Result<Exported, _rt_test_exported_exported::Error> {
        ExportedPre::new(linker.instantiate_pre(component)?)?.instantiate(store)
    }
    /// Finds the world's exports in an instance and compares their types with those of these bindings.
    pub fn new(
        mut store: impl _rt_test_exported_exported::AsContextMut,
        instance: &_rt_test_exported_exported::Instance,
    ) -> ::core::result::Result<Exported, _rt_test_exported_exported::Error> {
        Ok(Exported {
            test_exported_docs: exports::test::exported::docs::Guest::new(
                &mut store,
                instance,
            )?,
            test_exported_shelf: exports::test::exported::shelf::Guest::new(
                &mut store,
                instance,
            )?,
        })
    }
    /// The interface `test:exported/docs`.
    pub fn test_exported_docs(&self) -> &exports::test::exported::docs::Guest {
        &self.test_exported_docs
    }
    /// The interface `test:exported/shelf`.
    pub fn test_exported_shelf(&self) -> &exports::test::exported::shelf::Guest {
        &self.test_exported_shelf
    }
}
/// A component of the world `test:exported/exported` whose imports have been found. It can be instantiated any number of times.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub struct ExportedPre<
    _T: 'static,
    _E: _rt_test_exported_exported::CoreEngine
        = _rt_test_exported_exported::DefaultEngine,
> {
    instance_pre: _rt_test_exported_exported::InstancePre<_T, _E>,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_exported_exported::CoreEngine> ::core::clone::Clone
for ExportedPre<_T, _E> {
    fn clone(&self) -> Self {
        ExportedPre {
            instance_pre: self.instance_pre.clone(),
        }
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_exported_exported::CoreEngine> ExportedPre<_T, _E> {
    /// Compares the exports of a linked component with those of the world.
    pub fn new(
        instance_pre: _rt_test_exported_exported::InstancePre<_T, _E>,
    ) -> ::core::result::Result<Self, _rt_test_exported_exported::Error> {
        instance_pre
            .component()
            .check_exports(
                "test:exported/exported",
                &[
                    (
                        Some("test:exported/docs"),
                        exports::test::exported::docs::Guest::FUNCS,
                    ),
                    (
                        Some("test:exported/shelf"),
                        exports::test::exported::shelf::Guest::FUNCS,
                    ),
                ],
            )?;
        Ok(ExportedPre { instance_pre })
    }
    /// The linked component.
    pub fn instance_pre(&self) -> &_rt_test_exported_exported::InstancePre<_T, _E> {
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
        mut store: impl _rt_test_exported_exported::AsContextMut<Data = _T, Engine = _E>,
    ) -> ::core::result::Result<Exported, _rt_test_exported_exported::Error> {
        let instance = self.instance_pre.instantiate(&mut store)?;
        Exported::new(store, &instance)
    }
}
#[doc(hidden)]
#[allow(dead_code, non_upper_case_globals)]
const __bindings_with_exports_are_here_twice__put_each_into_a_mod_of_its_own: () = ();
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub mod exports {
    pub mod test {
        pub mod exported {
            pub mod docs {
                ::witwright::__host_runtime!(
                    _rt super::super::super::super::_rt_test_exported_exported
                );
                /// A document.
                #[derive(Debug)]
                pub enum Document {}
                pub enum Failure {
                    Missing,
                    Locked(_rt::ResourceAny<Document>),
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
                                        <_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                                    ),
                                },
                            ],
                        },
                    );
                    const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                        (), _rt::ResourceAny < Document >
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
                pub struct View<'a> {
                    pub of: &'a _rt::ResourceAny<Document>,
                    pub start: u32,
                }
                impl _rt::ComponentType for View<'_> {
                    const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                        &_rt::RecordDesc {
                            name: "view",
                            fields: &[
                                _rt::FieldDesc {
                                    name: "of",
                                    ty: <&_rt::ResourceAny<
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
                        & _rt::ResourceAny < Document >, u32
                    ];
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
                static EXPORTED_FUNC_CONSTRUCTOR_DOCUMENT: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[constructor]document",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "title",
                            ty: <_rt::String as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_STATIC_DOCUMENT_OPEN: _rt::FuncDesc = _rt::FuncDesc {
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
                            _rt::ResourceAny<Document>,
                            Failure,
                        > as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_METHOD_DOCUMENT_TITLE: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[method]document.title",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: <&_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<_rt::String as _rt::ComponentType>::DESC),
                };
                static EXPORTED_FUNC_METHOD_DOCUMENT_APPEND: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[method]document.append",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: <&_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "other",
                            ty: <&_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "more",
                            ty: <_rt::Vec<
                                &_rt::ResourceAny<Document>,
                            > as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: None,
                };
                static EXPORTED_FUNC_METHOD_DOCUMENT_MERGE: _rt::FuncDesc = _rt::FuncDesc {
                    name: "[method]document.merge",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: <&_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "other",
                            ty: <_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: None,
                };
                static EXPORTED_FUNC_SHOW: _rt::FuncDesc = _rt::FuncDesc {
                    name: "show",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "view",
                            ty: <View<'_> as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "all",
                            ty: <_rt::Vec<
                                _rt::ResourceAny<Document>,
                            > as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<u32 as _rt::ComponentType>::DESC),
                };
                /// The interface `test:exported/docs` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct Guest {
                    _func_constructor_document: _rt::Func,
                    _func_static_document_open: _rt::Func,
                    _func_method_document_title: _rt::Func,
                    _func_method_document_append: _rt::Func,
                    _func_method_document_merge: _rt::Func,
                    _func_show: _rt::Func,
                }
                impl Guest {
                    /// The descriptions of the functions.
                    pub(crate) const FUNCS: &'static [&'static _rt::FuncDesc] = &[
                        &EXPORTED_FUNC_CONSTRUCTOR_DOCUMENT,
                        &EXPORTED_FUNC_STATIC_DOCUMENT_OPEN,
                        &EXPORTED_FUNC_METHOD_DOCUMENT_TITLE,
                        &EXPORTED_FUNC_METHOD_DOCUMENT_APPEND,
                        &EXPORTED_FUNC_METHOD_DOCUMENT_MERGE,
                        &EXPORTED_FUNC_SHOW,
                    ];
                    /// Finds the interface in an instance and compares its types with those of these bindings.
                    pub fn new(
                        mut store: impl _rt::AsContextMut,
                        instance: &_rt::Instance,
                    ) -> ::core::result::Result<Guest, _rt::Error> {
                        Ok(Guest {
                            _func_constructor_document: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/docs"),
                                    &EXPORTED_FUNC_CONSTRUCTOR_DOCUMENT,
                                )?,
                            _func_static_document_open: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/docs"),
                                    &EXPORTED_FUNC_STATIC_DOCUMENT_OPEN,
                                )?,
                            _func_method_document_title: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/docs"),
                                    &EXPORTED_FUNC_METHOD_DOCUMENT_TITLE,
                                )?,
                            _func_method_document_append: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/docs"),
                                    &EXPORTED_FUNC_METHOD_DOCUMENT_APPEND,
                                )?,
                            _func_method_document_merge: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/docs"),
                                    &EXPORTED_FUNC_METHOD_DOCUMENT_MERGE,
                                )?,
                            _func_show: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/docs"),
                                    &EXPORTED_FUNC_SHOW,
                                )?,
                        })
                    }
                    pub fn call_show(
                        &self,
                        store_: impl _rt::AsContextMut,
                        view: &View<'_>,
                        all: _rt::Vec<_rt::ResourceAny<Document>>,
                    ) -> ::core::result::Result<u32, _rt::Error> {
                        self._func_show
                            .call_typed::<
                                (&View<'_>, _rt::Vec<_rt::ResourceAny<Document>>),
                                u32,
                            >(store_, &(view, all))
                    }
                    /// The functions of the resource `document`.
                    pub fn document(&self) -> GuestDocument<'_> {
                        GuestDocument { guest: self }
                    }
                }
                /// The functions of the resource `document` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct GuestDocument<'a> {
                    guest: &'a Guest,
                }
                impl GuestDocument<'_> {
                    pub fn call_constructor(
                        &self,
                        store_: impl _rt::AsContextMut,
                        title: &str,
                    ) -> ::core::result::Result<_rt::ResourceAny<Document>, _rt::Error> {
                        self.guest
                            ._func_constructor_document
                            .call_typed::<
                                (&str,),
                                _rt::ResourceAny<Document>,
                            >(store_, &(title,))
                    }
                    pub fn call_open(
                        &self,
                        store_: impl _rt::AsContextMut,
                        path: &str,
                    ) -> ::core::result::Result<
                        ::core::result::Result<_rt::ResourceAny<Document>, Failure>,
                        _rt::Error,
                    > {
                        self.guest
                            ._func_static_document_open
                            .call_typed::<
                                (&str,),
                                ::core::result::Result<_rt::ResourceAny<Document>, Failure>,
                            >(store_, &(path,))
                    }
                    pub fn call_title(
                        &self,
                        store_: impl _rt::AsContextMut,
                        self_: &_rt::ResourceAny<Document>,
                    ) -> ::core::result::Result<_rt::String, _rt::Error> {
                        self.guest
                            ._func_method_document_title
                            .call_typed::<
                                (&_rt::ResourceAny<Document>,),
                                _rt::String,
                            >(store_, &(self_,))
                    }
                    pub fn call_append(
                        &self,
                        store_: impl _rt::AsContextMut,
                        self_: &_rt::ResourceAny<Document>,
                        other: &_rt::ResourceAny<Document>,
                        more: &[&_rt::ResourceAny<Document>],
                    ) -> ::core::result::Result<(), _rt::Error> {
                        self.guest
                            ._func_method_document_append
                            .call_typed::<
                                (
                                    &_rt::ResourceAny<Document>,
                                    &_rt::ResourceAny<Document>,
                                    &[&_rt::ResourceAny<Document>],
                                ),
                                (),
                            >(store_, &(self_, other, more))
                    }
                    pub fn call_merge(
                        &self,
                        store_: impl _rt::AsContextMut,
                        self_: &_rt::ResourceAny<Document>,
                        other: _rt::ResourceAny<Document>,
                    ) -> ::core::result::Result<(), _rt::Error> {
                        self.guest
                            ._func_method_document_merge
                            .call_typed::<
                                (&_rt::ResourceAny<Document>, _rt::ResourceAny<Document>),
                                (),
                            >(store_, &(self_, other))
                    }
                }
            }
            pub mod shelf {
                ::witwright::__host_runtime!(
                    _rt super::super::super::super::_rt_test_exported_exported
                );
                pub type Document = super::super::super::super::exports::test::exported::docs::Document;
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
                            ty: <&_rt::ResourceAny<Document> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <::core::option::Option<
                            _rt::ResourceAny<Document>,
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
                                &_rt::ResourceAny<Document>,
                            > as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "in",
                            ty: <_rt::ResourceAny<Crate> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <(u32, _rt::ResourceAny<Document>) as _rt::ComponentType>::DESC,
                    ),
                };
                /// The interface `test:exported/shelf` of an instance.
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
                                    Some("test:exported/shelf"),
                                    &EXPORTED_FUNC_CONSTRUCTOR_CRATE,
                                )?,
                            _func_method_crate_put: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/shelf"),
                                    &EXPORTED_FUNC_METHOD_CRATE_PUT,
                                )?,
                            _func_best: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:exported/shelf"),
                                    &EXPORTED_FUNC_BEST,
                                )?,
                        })
                    }
                    pub fn call_best(
                        &self,
                        store_: impl _rt::AsContextMut,
                        of: &[&_rt::ResourceAny<Document>],
                        in_: _rt::ResourceAny<Crate>,
                    ) -> ::core::result::Result<
                        (u32, _rt::ResourceAny<Document>),
                        _rt::Error,
                    > {
                        self._func_best
                            .call_typed::<
                                (&[&_rt::ResourceAny<Document>], _rt::ResourceAny<Crate>),
                                (u32, _rt::ResourceAny<Document>),
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
                        document: &_rt::ResourceAny<Document>,
                    ) -> ::core::result::Result<
                        ::core::option::Option<_rt::ResourceAny<Document>>,
                        _rt::Error,
                    > {
                        self.guest
                            ._func_method_crate_put
                            .call_typed::<
                                (&_rt::ResourceAny<Crate>, &_rt::ResourceAny<Document>),
                                ::core::option::Option<_rt::ResourceAny<Document>>,
                            >(store_, &(self_, document))
                    }
                }
            }
        }
    }
}
