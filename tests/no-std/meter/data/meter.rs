/// The world `meter`.
pub static METER: ::witwright_abi_runtime::world::WorldDesc = {
    #[allow(unused_imports)]
    use ::core::option::Option::{None, Some};
    use ::witwright_abi_runtime::world as _rt;
    _rt::WorldDesc {
        name: "meter",
        about: _rt::About {
            docs: "A component that sums samples, and rests between them.",
            attributes: "",
        },
        packages: &[
            _rt::PackageDesc {
                name: "demo:meter@1.0.0",
                docs: "",
                interfaces: &[],
            },
        ],
        types: &[],
        imports: &[
            _rt::ItemDesc {
                name: "sleep",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About {
                            docs: "Waits for some ticks of the host's clock.",
                            attributes: "",
                        },
                        desc: _rt::FuncDesc {
                            name: "sleep",
                            async_: true,
                            params: &[
                                _rt::FieldDesc {
                                    name: "ticks",
                                    ty: &_rt::TypeDesc::U32,
                                },
                            ],
                            result: None,
                        },
                    },
                ),
            },
        ],
        exports: &[
            _rt::ItemDesc {
                name: "sum",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About {
                            docs: "The sum of all samples; four are read at a time.",
                            attributes: "",
                        },
                        desc: _rt::FuncDesc {
                            name: "sum",
                            async_: true,
                            params: &[
                                _rt::FieldDesc {
                                    name: "samples",
                                    ty: &_rt::TypeDesc::Stream(Some(&_rt::TypeDesc::U32)),
                                },
                            ],
                            result: Some(&_rt::TypeDesc::U32),
                        },
                    },
                ),
            },
        ],
        escaped: &[],
    }
};
