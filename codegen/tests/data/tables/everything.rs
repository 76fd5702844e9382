/// The world `everything`.
pub static EVERYTHING: ::witwright_abi_runtime::world::WorldDesc = {
    #[allow(unused_imports)]
    use ::core::option::Option::{None, Some};
    use ::witwright_abi_runtime::world as _rt;
    #[allow(dead_code)]
    static SHARED_MOMENT: _rt::TypeDesc = _rt::TypeDesc::Record(
        &_rt::RecordDesc {
            name: "moment",
            fields: &[
                _rt::FieldDesc {
                    name: "seconds",
                    ty: &_rt::TypeDesc::U64,
                },
                _rt::FieldDesc {
                    name: "nanoseconds",
                    ty: &_rt::TypeDesc::U32,
                },
            ],
        },
    );
    static SHARED_ENTRY: _rt::ResourceDesc = _rt::ResourceDesc::World {
        name: "entry",
        interface: Some("demo:everything/shared@1.2.0"),
    };
    #[allow(dead_code)]
    static TYPES_MOMENT: _rt::TypeDesc = _rt::TypeDesc::Alias(
        &_rt::AliasDesc {
            name: "moment",
            ty: &SHARED_MOMENT,
        },
    );
    #[allow(dead_code)]
    static TYPES_FILE: _rt::TypeDesc = _rt::TypeDesc::Alias(
        &_rt::AliasDesc {
            name: "file",
            ty: &_rt::TypeDesc::Own(&SHARED_ENTRY),
        },
    );
    #[allow(dead_code)]
    static TYPES_ID: _rt::TypeDesc = _rt::TypeDesc::Alias(
        &_rt::AliasDesc {
            name: "id",
            ty: &_rt::TypeDesc::U64,
        },
    );
    #[allow(dead_code)]
    static TYPES_IDS: _rt::TypeDesc = _rt::TypeDesc::Alias(
        &_rt::AliasDesc {
            name: "ids",
            ty: &_rt::TypeDesc::List(&TYPES_ID),
        },
    );
    #[allow(dead_code)]
    static TYPES_POINT: _rt::TypeDesc = _rt::TypeDesc::Record(
        &_rt::RecordDesc {
            name: "point",
            fields: &[
                _rt::FieldDesc {
                    name: "x",
                    ty: &_rt::TypeDesc::F32,
                },
                _rt::FieldDesc {
                    name: "y",
                    ty: &_rt::TypeDesc::F32,
                },
            ],
        },
    );
    #[allow(dead_code)]
    static TYPES_SHAPE: _rt::TypeDesc = _rt::TypeDesc::Variant(
        &_rt::VariantDesc {
            name: "shape",
            cases: &[
                _rt::CaseDesc {
                    name: "empty",
                    ty: None,
                },
                _rt::CaseDesc {
                    name: "polygon",
                    ty: Some(&_rt::TypeDesc::List(&TYPES_POINT)),
                },
                _rt::CaseDesc {
                    name: "at",
                    ty: Some(&TYPES_MOMENT),
                },
            ],
        },
    );
    #[allow(dead_code)]
    static TYPES_RECORD: _rt::TypeDesc = _rt::TypeDesc::Enum(
        &_rt::LabelsDesc {
            name: "record",
            labels: &["plain", "enum"],
        },
    );
    #[allow(dead_code)]
    static TYPES_RIGHTS: _rt::TypeDesc = _rt::TypeDesc::Flags(
        &_rt::LabelsDesc {
            name: "rights",
            labels: &["read", "write"],
        },
    );
    static TYPES_STORE: _rt::ResourceDesc = _rt::ResourceDesc::World {
        name: "store",
        interface: Some("demo:everything/types@1.2.0"),
    };
    #[allow(dead_code)]
    static EVERYTHING_POINT: _rt::TypeDesc = _rt::TypeDesc::Alias(
        &_rt::AliasDesc {
            name: "point",
            ty: &TYPES_POINT,
        },
    );
    #[allow(dead_code)]
    static EVERYTHING_LOCAL: _rt::TypeDesc = _rt::TypeDesc::Record(
        &_rt::RecordDesc {
            name: "local",
            fields: &[
                _rt::FieldDesc {
                    name: "corner",
                    ty: &EVERYTHING_POINT,
                },
            ],
        },
    );
    static SHARED: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "demo:everything/shared@1.2.0",
        about: _rt::About::NONE,
        types: &[
            _rt::TypeDefDesc {
                name: "moment",
                about: _rt::About::NONE,
                members: &[],
                ty: &SHARED_MOMENT,
                origin: _rt::Origin::Here,
            },
            _rt::TypeDefDesc {
                name: "entry",
                about: _rt::About::NONE,
                members: &[],
                ty: &_rt::TypeDesc::Own(&SHARED_ENTRY),
                origin: _rt::Origin::Here,
            },
        ],
        funcs: &[],
    };
    static TYPES: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "demo:everything/types@1.2.0",
        about: _rt::About {
            docs: "Types of every form.",
            attributes: "",
        },
        types: &[
            _rt::TypeDefDesc {
                name: "moment",
                about: _rt::About::NONE,
                members: &[],
                ty: &TYPES_MOMENT,
                origin: _rt::Origin::Used(&SHARED, "moment"),
            },
            _rt::TypeDefDesc {
                name: "file",
                about: _rt::About::NONE,
                members: &[],
                ty: &_rt::TypeDesc::Own(&SHARED_ENTRY),
                origin: _rt::Origin::Used(&SHARED, "entry"),
            },
            _rt::TypeDefDesc {
                name: "id",
                about: _rt::About {
                    docs: "A name for a number.",
                    attributes: "",
                },
                members: &[],
                ty: &_rt::TypeDesc::U64,
                origin: _rt::Origin::Alias,
            },
            _rt::TypeDefDesc {
                name: "ids",
                about: _rt::About::NONE,
                members: &[],
                ty: &_rt::TypeDesc::List(&TYPES_ID),
                origin: _rt::Origin::Alias,
            },
            _rt::TypeDefDesc {
                name: "point",
                about: _rt::About::NONE,
                members: &["From the left.", ""],
                ty: &TYPES_POINT,
                origin: _rt::Origin::Here,
            },
            _rt::TypeDefDesc {
                name: "shape",
                about: _rt::About::NONE,
                members: &["", "With its corners.", ""],
                ty: &TYPES_SHAPE,
                origin: _rt::Origin::Here,
            },
            _rt::TypeDefDesc {
                name: "record",
                about: _rt::About::NONE,
                members: &[],
                ty: &TYPES_RECORD,
                origin: _rt::Origin::Here,
            },
            _rt::TypeDefDesc {
                name: "rights",
                about: _rt::About::NONE,
                members: &[],
                ty: &TYPES_RIGHTS,
                origin: _rt::Origin::Here,
            },
            _rt::TypeDefDesc {
                name: "store",
                about: _rt::About {
                    docs: "An open store.",
                    attributes: "",
                },
                members: &[],
                ty: &_rt::TypeDesc::Own(&TYPES_STORE),
                origin: _rt::Origin::Here,
            },
        ],
        funcs: &[
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "[constructor]store",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "path",
                            ty: &_rt::TypeDesc::String,
                        },
                    ],
                    result: Some(&_rt::TypeDesc::Own(&TYPES_STORE)),
                },
            },
            _rt::FunctionDesc {
                about: _rt::About {
                    docs: "The value of a key.",
                    attributes: "",
                },
                desc: _rt::FuncDesc {
                    name: "[method]store.get-value",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: &_rt::TypeDesc::Borrow(&TYPES_STORE),
                        },
                        _rt::FieldDesc {
                            name: "key",
                            ty: &TYPES_ID,
                        },
                    ],
                    result: Some(
                        &_rt::TypeDesc::Option(&_rt::TypeDesc::List(&_rt::TypeDesc::U8)),
                    ),
                },
            },
            _rt::FunctionDesc {
                about: _rt::About {
                    docs: "",
                    attributes: "@since(version = 1.1.0)",
                },
                desc: _rt::FuncDesc {
                    name: "[method]store.watch",
                    async_: true,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: &_rt::TypeDesc::Borrow(&TYPES_STORE),
                        },
                        _rt::FieldDesc {
                            name: "keys",
                            ty: &TYPES_IDS,
                        },
                    ],
                    result: Some(&_rt::TypeDesc::Stream(Some(&TYPES_SHAPE))),
                },
            },
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "[static]store.open",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "file",
                            ty: &_rt::TypeDesc::Borrow(&SHARED_ENTRY),
                        },
                    ],
                    result: Some(
                        &_rt::TypeDesc::Result(
                            Some(&_rt::TypeDesc::Own(&TYPES_STORE)),
                            Some(&_rt::TypeDesc::String),
                        ),
                    ),
                },
            },
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "merge",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "a",
                            ty: &_rt::TypeDesc::Own(&TYPES_STORE),
                        },
                        _rt::FieldDesc {
                            name: "b",
                            ty: &_rt::TypeDesc::Borrow(&TYPES_STORE),
                        },
                    ],
                    result: Some(
                        &_rt::TypeDesc::Result(
                            None,
                            Some(&_rt::TypeDesc::Tuple(&[&TYPES_ID, &TYPES_RIGHTS])),
                        ),
                    ),
                },
            },
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "all",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "of",
                            ty: &_rt::TypeDesc::Map(&_rt::TypeDesc::String, &TYPES_ID),
                        },
                        _rt::FieldDesc {
                            name: "ready",
                            ty: &_rt::TypeDesc::Future(None),
                        },
                    ],
                    result: Some(
                        &_rt::TypeDesc::Tuple(
                            &[
                                &_rt::TypeDesc::Bool,
                                &_rt::TypeDesc::S8,
                                &_rt::TypeDesc::U16,
                                &_rt::TypeDesc::S32,
                                &_rt::TypeDesc::S64,
                                &_rt::TypeDesc::Char,
                                &_rt::TypeDesc::F64,
                            ],
                        ),
                    ),
                },
            },
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "touch",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "x",
                            ty: &_rt::TypeDesc::Own(&SHARED_ENTRY),
                        },
                        _rt::FieldDesc {
                            name: "kind",
                            ty: &TYPES_RECORD,
                        },
                    ],
                    result: None,
                },
            },
        ],
    };
    static IN_PLACE: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "",
        about: _rt::About::NONE,
        types: &[],
        funcs: &[
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "line",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "text",
                            ty: &_rt::TypeDesc::String,
                        },
                    ],
                    result: None,
                },
            },
        ],
    };
    _rt::WorldDesc {
        name: "everything",
        about: _rt::About {
            docs: "A world with everything in it.",
            attributes: "",
        },
        packages: &[
            _rt::PackageDesc {
                name: "demo:everything@1.2.0",
                docs: "",
                interfaces: &[&SHARED, &TYPES],
            },
        ],
        types: &[
            _rt::TypeDefDesc {
                name: "point",
                about: _rt::About::NONE,
                members: &[],
                ty: &EVERYTHING_POINT,
                origin: _rt::Origin::Used(&TYPES, "point"),
            },
            _rt::TypeDefDesc {
                name: "local",
                about: _rt::About::NONE,
                members: &[],
                ty: &EVERYTHING_LOCAL,
                origin: _rt::Origin::Here,
            },
        ],
        imports: &[
            _rt::ItemDesc {
                name: "demo:everything/shared@1.2.0",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&SHARED),
            },
            _rt::ItemDesc {
                name: "demo:everything/types@1.2.0",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&TYPES),
            },
            _rt::ItemDesc {
                name: "log",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&IN_PLACE),
            },
            _rt::ItemDesc {
                name: "center",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About {
                            docs: "The middle.",
                            attributes: "",
                        },
                        desc: _rt::FuncDesc {
                            name: "center",
                            async_: false,
                            params: &[
                                _rt::FieldDesc {
                                    name: "of",
                                    ty: &_rt::TypeDesc::List(&EVERYTHING_POINT),
                                },
                            ],
                            result: Some(&EVERYTHING_POINT),
                        },
                    },
                ),
            },
        ],
        exports: &[
            _rt::ItemDesc {
                name: "run",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About::NONE,
                        desc: _rt::FuncDesc {
                            name: "run",
                            async_: true,
                            params: &[
                                _rt::FieldDesc {
                                    name: "args",
                                    ty: &_rt::TypeDesc::List(&_rt::TypeDesc::String),
                                },
                            ],
                            result: Some(
                                &_rt::TypeDesc::Result(Some(&EVERYTHING_LOCAL), None),
                            ),
                        },
                    },
                ),
            },
            _rt::ItemDesc {
                name: "demo:everything/types@1.2.0",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&TYPES),
            },
        ],
        escaped: &["constructor", "enum", "record"],
    }
};
