/// The world `corners`.
pub static CORNERS: ::witwright_abi_runtime::world::WorldDesc = {
    #[allow(unused_imports)]
    use ::core::option::Option::{None, Some};
    use ::witwright_abi_runtime::world as _rt;
    static LINKS_LINK: _rt::ResourceDesc = _rt::ResourceDesc::World {
        name: "link",
        interface: Some("use:type/links@1.0.0"),
    };
    #[allow(dead_code)]
    static BETWEEN_LINK: _rt::TypeDesc = _rt::TypeDesc::Alias(
        &_rt::AliasDesc {
            name: "link",
            ty: &_rt::TypeDesc::Own(&LINKS_LINK),
        },
    );
    static CORNERS_PAGE: _rt::ResourceDesc = _rt::ResourceDesc::World {
        name: "page",
        interface: None,
    };
    static IN_PLACE_LINK: _rt::ResourceDesc = _rt::ResourceDesc::World {
        name: "link",
        interface: None,
    };
    static IN_PLACE_LINK_: _rt::ResourceDesc = _rt::ResourceDesc::World {
        name: "link",
        interface: None,
    };
    static LINKS: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "use:type/links@1.0.0",
        about: _rt::About::NONE,
        types: &[
            _rt::TypeDefDesc {
                name: "link",
                about: _rt::About {
                    docs: "\"Quoted\", \\ and { not.",
                    attributes: "@external-id(\"a \\\"name\\\"\")",
                },
                members: &[],
                ty: &_rt::TypeDesc::Own(&LINKS_LINK),
                origin: _rt::Origin::Here,
            },
        ],
        funcs: &[
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "[method]link.close",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: &_rt::TypeDesc::Borrow(&LINKS_LINK),
                        },
                    ],
                    result: None,
                },
            },
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "open",
                    async_: false,
                    params: &[],
                    result: Some(&_rt::TypeDesc::Own(&LINKS_LINK)),
                },
            },
        ],
    };
    static EMPTY: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "use:type/empty@1.0.0",
        about: _rt::About::NONE,
        types: &[],
        funcs: &[],
    };
    static BETWEEN: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "use:type/between@1.0.0",
        about: _rt::About::NONE,
        types: &[
            _rt::TypeDefDesc {
                name: "link",
                about: _rt::About::NONE,
                members: &[],
                ty: &_rt::TypeDesc::Own(&LINKS_LINK),
                origin: _rt::Origin::Used(&LINKS, "link"),
            },
        ],
        funcs: &[],
    };
    static IN_PLACE: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "use:type/links@1.0.0",
        about: _rt::About::NONE,
        types: &[
            _rt::TypeDefDesc {
                name: "link",
                about: _rt::About {
                    docs: "\"Quoted\", \\ and { not.",
                    attributes: "@external-id(\"a \\\"name\\\"\")",
                },
                members: &[],
                ty: &_rt::TypeDesc::Own(&IN_PLACE_LINK),
                origin: _rt::Origin::Here,
            },
        ],
        funcs: &[
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "[method]link.close",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: &_rt::TypeDesc::Borrow(&IN_PLACE_LINK),
                        },
                    ],
                    result: None,
                },
            },
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "open",
                    async_: false,
                    params: &[],
                    result: Some(&_rt::TypeDesc::Own(&IN_PLACE_LINK)),
                },
            },
        ],
    };
    static IN_PLACE_: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "",
        about: _rt::About::NONE,
        types: &[],
        funcs: &[],
    };
    static IN_PLACE__: _rt::InterfaceDesc = _rt::InterfaceDesc {
        name: "use:type/links@1.0.0",
        about: _rt::About::NONE,
        types: &[
            _rt::TypeDefDesc {
                name: "link",
                about: _rt::About {
                    docs: "\"Quoted\", \\ and { not.",
                    attributes: "@external-id(\"a \\\"name\\\"\")",
                },
                members: &[],
                ty: &_rt::TypeDesc::Own(&IN_PLACE_LINK_),
                origin: _rt::Origin::Here,
            },
        ],
        funcs: &[
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "[method]link.close",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "self",
                            ty: &_rt::TypeDesc::Borrow(&IN_PLACE_LINK_),
                        },
                    ],
                    result: None,
                },
            },
            _rt::FunctionDesc {
                about: _rt::About::NONE,
                desc: _rt::FuncDesc {
                    name: "open",
                    async_: false,
                    params: &[],
                    result: Some(&_rt::TypeDesc::Own(&IN_PLACE_LINK_)),
                },
            },
        ],
    };
    _rt::WorldDesc {
        name: "corners",
        about: _rt::About::NONE,
        packages: &[
            _rt::PackageDesc {
                name: "use:type@1.0.0",
                docs: "",
                interfaces: &[&LINKS, &EMPTY, &BETWEEN],
            },
        ],
        types: &[
            _rt::TypeDefDesc {
                name: "page",
                about: _rt::About::NONE,
                members: &[],
                ty: &_rt::TypeDesc::Own(&CORNERS_PAGE),
                origin: _rt::Origin::Here,
            },
        ],
        imports: &[
            _rt::ItemDesc {
                name: "use:type/links@1.0.0",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&LINKS),
            },
            _rt::ItemDesc {
                name: "use:type/empty@1.0.0",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&EMPTY),
            },
            _rt::ItemDesc {
                name: "use:type/between@1.0.0",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&BETWEEN),
            },
            _rt::ItemDesc {
                name: "local",
                about: _rt::About {
                    docs: "",
                    attributes: "@external-id(\"here\")",
                },
                stated: true,
                kind: _rt::ItemKind::Interface(&IN_PLACE),
            },
            _rt::ItemDesc {
                name: "nothing",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&IN_PLACE_),
            },
            _rt::ItemDesc {
                name: "show",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About {
                            docs: "",
                            attributes: "@unstable(feature = %error-context)\n@external-id(\"show!\")",
                        },
                        desc: _rt::FuncDesc {
                            name: "show",
                            async_: false,
                            params: &[
                                _rt::FieldDesc {
                                    name: "page",
                                    ty: &_rt::TypeDesc::Borrow(&CORNERS_PAGE),
                                },
                            ],
                            result: None,
                        },
                    },
                ),
            },
            _rt::ItemDesc {
                name: "[constructor]page",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About::NONE,
                        desc: _rt::FuncDesc {
                            name: "[constructor]page",
                            async_: false,
                            params: &[
                                _rt::FieldDesc {
                                    name: "title",
                                    ty: &_rt::TypeDesc::String,
                                },
                            ],
                            result: Some(&_rt::TypeDesc::Own(&CORNERS_PAGE)),
                        },
                    },
                ),
            },
            _rt::ItemDesc {
                name: "[method]page.size",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About::NONE,
                        desc: _rt::FuncDesc {
                            name: "[method]page.size",
                            async_: false,
                            params: &[
                                _rt::FieldDesc {
                                    name: "self",
                                    ty: &_rt::TypeDesc::Borrow(&CORNERS_PAGE),
                                },
                            ],
                            result: Some(&_rt::TypeDesc::U32),
                        },
                    },
                ),
            },
            _rt::ItemDesc {
                name: "[static]page.current",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Func(
                    &_rt::FunctionDesc {
                        about: _rt::About {
                            docs: "The page that is shown.",
                            attributes: "",
                        },
                        desc: _rt::FuncDesc {
                            name: "[static]page.current",
                            async_: false,
                            params: &[],
                            result: Some(&_rt::TypeDesc::Own(&CORNERS_PAGE)),
                        },
                    },
                ),
            },
        ],
        exports: &[
            _rt::ItemDesc {
                name: "remote",
                about: _rt::About::NONE,
                stated: true,
                kind: _rt::ItemKind::Interface(&IN_PLACE__),
            },
        ],
        escaped: &["constructor", "type", "use"],
    }
};
