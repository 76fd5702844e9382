::witwright::__host_runtime!(_rt_test_types_types_1_2_0);
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub type Point = test::types::kinds::Point;
/// The host's implementation of the imports of the world `test:types/types@1.2.0`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub trait TypesImports {
    fn origin(&mut self) -> Point;
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: TypesImports + ?::core::marker::Sized> TypesImports for &mut _T {
    fn origin(&mut self) -> Point {
        <_T as TypesImports>::origin(*self)
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
static FUNC_ORIGIN: _rt_test_types_types_1_2_0::FuncDesc = _rt_test_types_types_1_2_0::FuncDesc {
    name: "origin",
    async_: false,
    params: &[],
    result: Some(<Point as _rt_test_types_types_1_2_0::ComponentType>::DESC),
};
/// An instance of a component of the world `test:types/types@1.2.0`.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[derive(Clone, Copy, Debug)]
pub struct Types {
    test_types_kinds: exports::test::types::kinds::Guest,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl Types {
    /// Adds all imports of the world to a linker. `_D` gets their implementation from the host's state.
    pub fn add_to_linker<_D: _rt_test_types_types_1_2_0::HasData>(
        linker: &mut impl _rt_test_types_types_1_2_0::AsLinker<State = _D::State>,
    ) -> ::core::result::Result<(), _rt_test_types_types_1_2_0::Error>
    where
        for<'a> _D::Data<'a>: test::types::kinds::Host,
        for<'a> _D::Data<'a>: TypesImports,
    {
        test::types::kinds::add_to_linker::<_D>(linker)?;
        Self::add_to_linker_imports::<_D>(linker)?;
        Ok(())
    }
    /// Adds the functions and resources that the world imports outside of interfaces to a linker.
    pub fn add_to_linker_imports<_D: _rt_test_types_types_1_2_0::HasData>(
        linker: &mut impl _rt_test_types_types_1_2_0::AsLinker<State = _D::State>,
    ) -> ::core::result::Result<(), _rt_test_types_types_1_2_0::Error>
    where
        for<'a> _D::Data<'a>: TypesImports,
    {
        let mut instance = linker.as_linker().root();
        instance
            .func(
                &FUNC_ORIGIN,
                |mut store_, (): ()| {
                    Ok(
                        TypesImports::origin(
                            &mut <_D as _rt_test_types_types_1_2_0::HasData>::data(
                                store_.data_mut(),
                            ),
                        ),
                    )
                },
            )?;
        Ok(())
    }
    /// Compares a component with the world, instantiates it, and finds the world's exports in the instance.
    #[doc(alias = "instantiate_async")]
    pub fn instantiate<_S: _rt_test_types_types_1_2_0::AsContextMut>(
        store: _S,
        component: &_rt_test_types_types_1_2_0::Component<_S::Engine>,
        linker: &_rt_test_types_types_1_2_0::Linker<_S::Data, _S::Engine>,
    ) -> ::core::result::Result<Types, _rt_test_types_types_1_2_0::Error> {
        TypesPre::new(linker.instantiate_pre(component)?)?.instantiate(store)
    }
    /// Finds the world's exports in an instance and compares their types with those of these bindings.
    pub fn new(
        mut store: impl _rt_test_types_types_1_2_0::AsContextMut,
        instance: &_rt_test_types_types_1_2_0::Instance,
    ) -> ::core::result::Result<Types, _rt_test_types_types_1_2_0::Error> {
        Ok(Types {
            test_types_kinds: exports::test::types::kinds::Guest::new(
                &mut store,
                instance,
            )?,
        })
    }
    /// The interface `test:types/kinds@1.2.0`.
    pub fn test_types_kinds(&self) -> &exports::test::types::kinds::Guest {
        &self.test_types_kinds
    }
}
/// A component of the world `test:types/types@1.2.0` whose imports have been found. It can be instantiated any number of times.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub struct TypesPre<
    _T: 'static,
    _E: _rt_test_types_types_1_2_0::CoreEngine
        = _rt_test_types_types_1_2_0::DefaultEngine,
> {
    instance_pre: _rt_test_types_types_1_2_0::InstancePre<_T, _E>,
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_types_types_1_2_0::CoreEngine> ::core::clone::Clone
for TypesPre<_T, _E> {
    fn clone(&self) -> Self {
        TypesPre {
            instance_pre: self.instance_pre.clone(),
        }
    }
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
impl<_T: 'static, _E: _rt_test_types_types_1_2_0::CoreEngine> TypesPre<_T, _E> {
    /// Compares the exports of a linked component with those of the world.
    pub fn new(
        instance_pre: _rt_test_types_types_1_2_0::InstancePre<_T, _E>,
    ) -> ::core::result::Result<Self, _rt_test_types_types_1_2_0::Error> {
        instance_pre
            .component()
            .check_exports(
                "test:types/types@1.2.0",
                &[
                    (
                        Some("test:types/kinds@1.2.0"),
                        exports::test::types::kinds::Guest::FUNCS,
                    ),
                ],
            )?;
        Ok(TypesPre { instance_pre })
    }
    /// The linked component.
    pub fn instance_pre(&self) -> &_rt_test_types_types_1_2_0::InstancePre<_T, _E> {
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
        mut store: impl _rt_test_types_types_1_2_0::AsContextMut<Data = _T, Engine = _E>,
    ) -> ::core::result::Result<Types, _rt_test_types_types_1_2_0::Error> {
        let instance = self.instance_pre.instantiate(&mut store)?;
        Types::new(store, &instance)
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
    pub mod types {
        /// Every kind of named type.
        pub mod kinds {
            ::witwright::__host_runtime!(
                _rt super::super::super::_rt_test_types_types_1_2_0
            );
            /// A point.
            #[derive(Clone, Copy)]
            pub struct Point {
                /// To the right.
                pub x: i32,
                pub y: i32,
            }
            impl _rt::ComponentType for Point {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                    &_rt::RecordDesc {
                        name: "point",
                        fields: &[
                            _rt::FieldDesc {
                                name: "x",
                                ty: <i32 as _rt::ComponentType>::DESC,
                            },
                            _rt::FieldDesc {
                                name: "y",
                                ty: <i32 as _rt::ComponentType>::DESC,
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![i32, i32];
            }
            impl _rt::Lower for Point {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    _rt::Lower::lower(&self.x, cx, flat)?;
                    _rt::Lower::lower(&self.y, cx, flat)?;
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
                    _rt::Lower::store(&self.x, cx, addr + at[0])?;
                    _rt::Lower::store(&self.y, cx, addr + at[1])?;
                    Ok(())
                }
            }
            impl _rt::Lift for Point {
                fn lift<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    flat: &mut _rt::FlatReader<'_>,
                ) -> _rt::Lifted<Self, _C> {
                    Ok(Self {
                        x: _rt::Lift::lift(cx, flat)?,
                        y: _rt::Lift::lift(cx, flat)?,
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
                        x: _rt::Lift::load(cx, addr + at[0])?,
                        y: _rt::Lift::load(cx, addr + at[1])?,
                    })
                }
            }
            impl ::core::fmt::Debug for Point {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    f.debug_struct("Point")
                        .field("x", &self.x)
                        .field("y", &self.y)
                        .finish()
                }
            }
            #[derive(Clone)]
            pub struct Page {
                pub title: _rt::String,
                pub tags: _rt::Vec<_rt::String>,
                pub size: ::core::option::Option<u64>,
            }
            impl _rt::ComponentType for Page {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                    &_rt::RecordDesc {
                        name: "page",
                        fields: &[
                            _rt::FieldDesc {
                                name: "title",
                                ty: <_rt::String as _rt::ComponentType>::DESC,
                            },
                            _rt::FieldDesc {
                                name: "tags",
                                ty: <_rt::Vec<_rt::String> as _rt::ComponentType>::DESC,
                            },
                            _rt::FieldDesc {
                                name: "size",
                                ty: <::core::option::Option<
                                    u64,
                                > as _rt::ComponentType>::DESC,
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                    _rt::String, _rt::Vec < _rt::String >, ::core::option::Option < u64 >
                ];
            }
            impl _rt::Lower for Page {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    _rt::Lower::lower(&self.title, cx, flat)?;
                    _rt::Lower::lower(&self.tags, cx, flat)?;
                    _rt::Lower::lower(&self.size, cx, flat)?;
                    Ok(())
                }
                fn store<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lowered<_C> {
                    let at = const {
                        _rt::field_offsets::<3>(<Self as _rt::ComponentType>::PARTS)
                    };
                    _rt::Lower::store(&self.title, cx, addr + at[0])?;
                    _rt::Lower::store(&self.tags, cx, addr + at[1])?;
                    _rt::Lower::store(&self.size, cx, addr + at[2])?;
                    Ok(())
                }
            }
            impl _rt::Lift for Page {
                fn lift<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    flat: &mut _rt::FlatReader<'_>,
                ) -> _rt::Lifted<Self, _C> {
                    Ok(Self {
                        title: _rt::Lift::lift(cx, flat)?,
                        tags: _rt::Lift::lift(cx, flat)?,
                        size: _rt::Lift::lift(cx, flat)?,
                    })
                }
                fn load<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lifted<Self, _C> {
                    let at = const {
                        _rt::field_offsets::<3>(<Self as _rt::ComponentType>::PARTS)
                    };
                    Ok(Self {
                        title: _rt::Lift::load(cx, addr + at[0])?,
                        tags: _rt::Lift::load(cx, addr + at[1])?,
                        size: _rt::Lift::load(cx, addr + at[2])?,
                    })
                }
            }
            impl ::core::fmt::Debug for Page {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    f.debug_struct("Page")
                        .field("title", &self.title)
                        .field("tags", &self.tags)
                        .field("size", &self.size)
                        .finish()
                }
            }
            #[derive(Clone)]
            pub enum Shape {
                /// Nothing at all.
                Empty,
                Circle(f32),
                Polygon(_rt::Vec<Point>),
                Named(Page),
            }
            impl _rt::ComponentType for Shape {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Variant(
                    &_rt::VariantDesc {
                        name: "shape",
                        cases: &[
                            _rt::CaseDesc {
                                name: "empty",
                                ty: None,
                            },
                            _rt::CaseDesc {
                                name: "circle",
                                ty: Some(<f32 as _rt::ComponentType>::DESC),
                            },
                            _rt::CaseDesc {
                                name: "polygon",
                                ty: Some(<_rt::Vec<Point> as _rt::ComponentType>::DESC),
                            },
                            _rt::CaseDesc {
                                name: "named",
                                ty: Some(<Page as _rt::ComponentType>::DESC),
                            },
                        ],
                    },
                );
                const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                    (), f32, _rt::Vec < Point >, Page
                ];
            }
            impl _rt::Lower for Shape {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    match self {
                        Self::Empty => {
                            _rt::variant::lower_case::<Self, _, _>(0, &(), cx, flat)
                        }
                        Self::Circle(payload) => {
                            _rt::variant::lower_case::<Self, _, _>(1, payload, cx, flat)
                        }
                        Self::Polygon(payload) => {
                            _rt::variant::lower_case::<Self, _, _>(2, payload, cx, flat)
                        }
                        Self::Named(payload) => {
                            _rt::variant::lower_case::<Self, _, _>(3, payload, cx, flat)
                        }
                    }
                }
                fn store<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lowered<_C> {
                    match self {
                        Self::Empty => {
                            _rt::variant::store_case::<Self, _, _>(0, &(), cx, addr)
                        }
                        Self::Circle(payload) => {
                            _rt::variant::store_case::<Self, _, _>(1, payload, cx, addr)
                        }
                        Self::Polygon(payload) => {
                            _rt::variant::store_case::<Self, _, _>(2, payload, cx, addr)
                        }
                        Self::Named(payload) => {
                            _rt::variant::store_case::<Self, _, _>(3, payload, cx, addr)
                        }
                    }
                }
            }
            impl _rt::Lift for Shape {
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
                                        0 => Self::Empty,
                                        1 => Self::Circle(_rt::Lift::lift(cx, flat)?),
                                        2 => Self::Polygon(_rt::Lift::lift(cx, flat)?),
                                        3 => Self::Named(_rt::Lift::lift(cx, flat)?),
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
                                        0 => Self::Empty,
                                        1 => Self::Circle(_rt::Lift::load(cx, addr)?),
                                        2 => Self::Polygon(_rt::Lift::load(cx, addr)?),
                                        3 => Self::Named(_rt::Lift::load(cx, addr)?),
                                        _ => return Ok(None),
                                    },
                                ),
                            )
                        },
                    )
                }
            }
            impl ::core::fmt::Debug for Shape {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    match self {
                        Self::Empty => f.write_str("Shape::Empty"),
                        Self::Circle(payload) => {
                            f.debug_tuple("Shape::Circle").field(payload).finish()
                        }
                        Self::Polygon(payload) => {
                            f.debug_tuple("Shape::Polygon").field(payload).finish()
                        }
                        Self::Named(payload) => {
                            f.debug_tuple("Shape::Named").field(payload).finish()
                        }
                    }
                }
            }
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
            #[repr(u8)]
            pub enum Color {
                Red,
                LightGreen,
                Blue,
            }
            impl ::core::fmt::Debug for Color {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    f.write_str(
                        [
                            "Color::Red",
                            "Color::LightGreen",
                            "Color::Blue",
                        ][*self as usize],
                    )
                }
            }
            impl _rt::ComponentType for Color {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Enum(
                    &_rt::LabelsDesc {
                        name: "color",
                        labels: &["red", "light-green", "blue"],
                    },
                );
            }
            impl _rt::Enum for Color {
                const CASES: &'static [Self] = &[
                    Self::Red,
                    Self::LightGreen,
                    Self::Blue,
                ];
                fn discriminant(self) -> u32 {
                    self as u32
                }
            }
            impl _rt::Lower for Color {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    _cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    _rt::variant::lower_enum::<Self, _C>(*self, flat)
                }
                fn store<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lowered<_C> {
                    _rt::variant::store_enum(*self, cx, addr)
                }
            }
            impl _rt::Lift for Color {
                fn lift<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    flat: &mut _rt::FlatReader<'_>,
                ) -> _rt::Lifted<Self, _C> {
                    _rt::variant::lift_enum(cx, flat)
                }
                fn load<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lifted<Self, _C> {
                    _rt::variant::load_enum(cx, addr)
                }
            }
            /// Why it went wrong.
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
            #[repr(u8)]
            pub enum Failure {
                /// There was too much.
                TooMuch,
                TooLittle,
            }
            impl ::core::fmt::Debug for Failure {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    f.debug_struct("Failure")
                        .field("code", &(*self as u32))
                        .field("name", &self.name())
                        .field("message", &self.message())
                        .finish()
                }
            }
            impl Failure {
                /// The name of the case in WIT.
                pub fn name(&self) -> &'static str {
                    ["too-much", "too-little"][*self as usize]
                }
                /// The documentation of the case in WIT.
                pub fn message(&self) -> &'static str {
                    ["There was too much.", ""][*self as usize]
                }
            }
            impl _rt::ComponentType for Failure {
                const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Enum(
                    &_rt::LabelsDesc {
                        name: "failure",
                        labels: &["too-much", "too-little"],
                    },
                );
            }
            impl _rt::Enum for Failure {
                const CASES: &'static [Self] = &[Self::TooMuch, Self::TooLittle];
                fn discriminant(self) -> u32 {
                    self as u32
                }
            }
            impl _rt::Lower for Failure {
                fn lower<_C: _rt::LowerCx>(
                    &self,
                    _cx: &mut _C,
                    flat: &mut _rt::FlatWriter<'_>,
                ) -> _rt::Lowered<_C> {
                    _rt::variant::lower_enum::<Self, _C>(*self, flat)
                }
                fn store<_C: _rt::LowerCx>(
                    &self,
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lowered<_C> {
                    _rt::variant::store_enum(*self, cx, addr)
                }
            }
            impl _rt::Lift for Failure {
                fn lift<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    flat: &mut _rt::FlatReader<'_>,
                ) -> _rt::Lifted<Self, _C> {
                    _rt::variant::lift_enum(cx, flat)
                }
                fn load<_C: _rt::LiftCx>(
                    cx: &mut _C,
                    addr: u32,
                ) -> _rt::Lifted<Self, _C> {
                    _rt::variant::load_enum(cx, addr)
                }
            }
            impl ::core::fmt::Display for Failure {
                fn fmt(
                    &self,
                    f: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    ::core::write!(f, "{} (error {})", self.name(), * self as u32)
                }
            }
            impl ::core::error::Error for Failure {}
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct Rights {
                bits: u8,
            }
            impl Rights {
                pub const READ: Self = Self { bits: 1 << 0 };
                /// May write.
                pub const WRITE: Self = Self { bits: 1 << 1 };
                pub const EXECUTE_ALL: Self = Self { bits: 1 << 2 };
            }
            _rt::flags!(
                Rights : u8, [READ, WRITE, EXECUTE_ALL], "rights", ["read", "write",
                "execute-all"]
            );
            pub type Pages = _rt::Vec<Page>;
            pub type Pair = (u8, _rt::String);
            pub type Unused = u8;
            /// The host's implementation of the interface `test:types/kinds@1.2.0`.
            pub trait Host {
                fn draw(
                    &mut self,
                    shape: Shape,
                    color: Color,
                    rights: Rights,
                ) -> ::core::result::Result<Point, Failure>;
                fn publish(
                    &mut self,
                    pages: Pages,
                    first: Page,
                    pair: Pair,
                    points: _rt::Vec<Point>,
                ) -> ::core::option::Option<Pages>;
                fn nested(
                    &mut self,
                    o: ::core::option::Option<::core::option::Option<_rt::String>>,
                    t: (_rt::String, Point),
                    r: ::core::result::Result<_rt::String, _rt::Vec<u8>>,
                ) -> ();
                fn many(
                    &mut self,
                    a: u8,
                    b: u8,
                    c: u8,
                    d: u8,
                    e: u8,
                    f: u8,
                    g: u8,
                    h: u8,
                    i: u8,
                    j: u8,
                    k: u8,
                    l: u8,
                    m: u8,
                    n: u8,
                    o: u8,
                    p: u8,
                    q: u8,
                    r: _rt::String,
                ) -> u8;
            }
            impl<_T: Host + ?::core::marker::Sized> Host for &mut _T {
                fn draw(
                    &mut self,
                    shape: Shape,
                    color: Color,
                    rights: Rights,
                ) -> ::core::result::Result<Point, Failure> {
                    <_T as Host>::draw(*self, shape, color, rights)
                }
                fn publish(
                    &mut self,
                    pages: Pages,
                    first: Page,
                    pair: Pair,
                    points: _rt::Vec<Point>,
                ) -> ::core::option::Option<Pages> {
                    <_T as Host>::publish(*self, pages, first, pair, points)
                }
                fn nested(
                    &mut self,
                    o: ::core::option::Option<::core::option::Option<_rt::String>>,
                    t: (_rt::String, Point),
                    r: ::core::result::Result<_rt::String, _rt::Vec<u8>>,
                ) -> () {
                    <_T as Host>::nested(*self, o, t, r)
                }
                fn many(
                    &mut self,
                    a: u8,
                    b: u8,
                    c: u8,
                    d: u8,
                    e: u8,
                    f: u8,
                    g: u8,
                    h: u8,
                    i: u8,
                    j: u8,
                    k: u8,
                    l: u8,
                    m: u8,
                    n: u8,
                    o: u8,
                    p: u8,
                    q: u8,
                    r: _rt::String,
                ) -> u8 {
                    <_T as Host>::many(
                        *self,
                        a,
                        b,
                        c,
                        d,
                        e,
                        f,
                        g,
                        h,
                        i,
                        j,
                        k,
                        l,
                        m,
                        n,
                        o,
                        p,
                        q,
                        r,
                    )
                }
            }
            static FUNC_DRAW: _rt::FuncDesc = _rt::FuncDesc {
                name: "draw",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "shape",
                        ty: <Shape as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "color",
                        ty: <Color as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "rights",
                        ty: <Rights as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(
                    <::core::result::Result<Point, Failure> as _rt::ComponentType>::DESC,
                ),
            };
            static FUNC_PUBLISH: _rt::FuncDesc = _rt::FuncDesc {
                name: "publish",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "pages",
                        ty: <Pages as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "first",
                        ty: <Page as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "pair",
                        ty: <Pair as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "points",
                        ty: <_rt::Vec<Point> as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<::core::option::Option<Pages> as _rt::ComponentType>::DESC),
            };
            static FUNC_NESTED: _rt::FuncDesc = _rt::FuncDesc {
                name: "nested",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "o",
                        ty: <::core::option::Option<
                            ::core::option::Option<_rt::String>,
                        > as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "t",
                        ty: <(_rt::String, Point) as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "r",
                        ty: <::core::result::Result<
                            _rt::String,
                            _rt::Vec<u8>,
                        > as _rt::ComponentType>::DESC,
                    },
                ],
                result: None,
            };
            static FUNC_MANY: _rt::FuncDesc = _rt::FuncDesc {
                name: "many",
                async_: false,
                params: &[
                    _rt::FieldDesc {
                        name: "a",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "b",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "c",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "d",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "e",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "f",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "g",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "h",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "i",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "j",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "k",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "l",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "m",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "n",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "o",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "p",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "q",
                        ty: <u8 as _rt::ComponentType>::DESC,
                    },
                    _rt::FieldDesc {
                        name: "r",
                        ty: <_rt::String as _rt::ComponentType>::DESC,
                    },
                ],
                result: Some(<u8 as _rt::ComponentType>::DESC),
            };
            /// Adds the interface to a linker. `_D` gets its implementation from the host's state.
            pub fn add_to_linker<_D: _rt::HasData>(
                linker: &mut impl _rt::AsLinker<State = _D::State>,
            ) -> ::core::result::Result<(), _rt::Error>
            where
                for<'a> _D::Data<'a>: Host,
            {
                let mut instance = linker.as_linker().instance("test:types/kinds@1.2.0");
                instance
                    .func(
                        &FUNC_DRAW,
                        |mut store_, (shape, color, rights): (Shape, Color, Rights)| {
                            Ok(
                                Host::draw(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    shape,
                                    color,
                                    rights,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_PUBLISH,
                        |
                            mut store_,
                            (
                                pages,
                                first,
                                pair,
                                points,
                            ): (Pages, Page, Pair, _rt::Vec<Point>)|
                        {
                            Ok(
                                Host::publish(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    pages,
                                    first,
                                    pair,
                                    points,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_NESTED,
                        |
                            mut store_,
                            (
                                o,
                                t,
                                r,
                            ): (
                                ::core::option::Option<::core::option::Option<_rt::String>>,
                                (_rt::String, Point),
                                ::core::result::Result<_rt::String, _rt::Vec<u8>>,
                            )|
                        {
                            Ok(
                                Host::nested(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    o,
                                    t,
                                    r,
                                ),
                            )
                        },
                    )?;
                instance
                    .func(
                        &FUNC_MANY,
                        |
                            mut store_,
                            (
                                a,
                                b,
                                c,
                                d,
                                e,
                                f,
                                g,
                                h,
                                i,
                                j,
                                k,
                                l,
                                m,
                                n,
                                o,
                                p,
                                q,
                                r,
                            ): (
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                u8,
                                _rt::String,
                            )|
                        {
                            Ok(
                                Host::many(
                                    &mut <_D as _rt::HasData>::data(store_.data_mut()),
                                    a,
                                    b,
                                    c,
                                    d,
                                    e,
                                    f,
                                    g,
                                    h,
                                    i,
                                    j,
                                    k,
                                    l,
                                    m,
                                    n,
                                    o,
                                    p,
                                    q,
                                    r,
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
        pub mod types {
            /// Every kind of named type.
            pub mod kinds {
                ::witwright::__host_runtime!(
                    _rt super::super::super::super::_rt_test_types_types_1_2_0
                );
                /// A point.
                #[derive(Clone, Copy)]
                pub struct Point {
                    /// To the right.
                    pub x: i32,
                    pub y: i32,
                }
                impl _rt::ComponentType for Point {
                    const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                        &_rt::RecordDesc {
                            name: "point",
                            fields: &[
                                _rt::FieldDesc {
                                    name: "x",
                                    ty: <i32 as _rt::ComponentType>::DESC,
                                },
                                _rt::FieldDesc {
                                    name: "y",
                                    ty: <i32 as _rt::ComponentType>::DESC,
                                },
                            ],
                        },
                    );
                    const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![i32, i32];
                }
                impl _rt::Lower for Point {
                    fn lower<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        flat: &mut _rt::FlatWriter<'_>,
                    ) -> _rt::Lowered<_C> {
                        _rt::Lower::lower(&self.x, cx, flat)?;
                        _rt::Lower::lower(&self.y, cx, flat)?;
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
                        _rt::Lower::store(&self.x, cx, addr + at[0])?;
                        _rt::Lower::store(&self.y, cx, addr + at[1])?;
                        Ok(())
                    }
                }
                impl _rt::Lift for Point {
                    fn lift<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        flat: &mut _rt::FlatReader<'_>,
                    ) -> _rt::Lifted<Self, _C> {
                        Ok(Self {
                            x: _rt::Lift::lift(cx, flat)?,
                            y: _rt::Lift::lift(cx, flat)?,
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
                            x: _rt::Lift::load(cx, addr + at[0])?,
                            y: _rt::Lift::load(cx, addr + at[1])?,
                        })
                    }
                }
                impl ::core::fmt::Debug for Point {
                    fn fmt(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.debug_struct("Point")
                            .field("x", &self.x)
                            .field("y", &self.y)
                            .finish()
                    }
                }
                #[derive(Clone)]
                pub struct Page {
                    pub title: _rt::String,
                    pub tags: _rt::Vec<_rt::String>,
                    pub size: ::core::option::Option<u64>,
                }
                impl _rt::ComponentType for Page {
                    const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Record(
                        &_rt::RecordDesc {
                            name: "page",
                            fields: &[
                                _rt::FieldDesc {
                                    name: "title",
                                    ty: <_rt::String as _rt::ComponentType>::DESC,
                                },
                                _rt::FieldDesc {
                                    name: "tags",
                                    ty: <_rt::Vec<_rt::String> as _rt::ComponentType>::DESC,
                                },
                                _rt::FieldDesc {
                                    name: "size",
                                    ty: <::core::option::Option<
                                        u64,
                                    > as _rt::ComponentType>::DESC,
                                },
                            ],
                        },
                    );
                    const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                        _rt::String, _rt::Vec < _rt::String >, ::core::option::Option <
                        u64 >
                    ];
                }
                impl _rt::Lower for Page {
                    fn lower<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        flat: &mut _rt::FlatWriter<'_>,
                    ) -> _rt::Lowered<_C> {
                        _rt::Lower::lower(&self.title, cx, flat)?;
                        _rt::Lower::lower(&self.tags, cx, flat)?;
                        _rt::Lower::lower(&self.size, cx, flat)?;
                        Ok(())
                    }
                    fn store<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        addr: u32,
                    ) -> _rt::Lowered<_C> {
                        let at = const {
                            _rt::field_offsets::<3>(<Self as _rt::ComponentType>::PARTS)
                        };
                        _rt::Lower::store(&self.title, cx, addr + at[0])?;
                        _rt::Lower::store(&self.tags, cx, addr + at[1])?;
                        _rt::Lower::store(&self.size, cx, addr + at[2])?;
                        Ok(())
                    }
                }
                impl _rt::Lift for Page {
                    fn lift<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        flat: &mut _rt::FlatReader<'_>,
                    ) -> _rt::Lifted<Self, _C> {
                        Ok(Self {
                            title: _rt::Lift::lift(cx, flat)?,
                            tags: _rt::Lift::lift(cx, flat)?,
                            size: _rt::Lift::lift(cx, flat)?,
                        })
                    }
                    fn load<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        addr: u32,
                    ) -> _rt::Lifted<Self, _C> {
                        let at = const {
                            _rt::field_offsets::<3>(<Self as _rt::ComponentType>::PARTS)
                        };
                        Ok(Self {
                            title: _rt::Lift::load(cx, addr + at[0])?,
                            tags: _rt::Lift::load(cx, addr + at[1])?,
                            size: _rt::Lift::load(cx, addr + at[2])?,
                        })
                    }
                }
                impl ::core::fmt::Debug for Page {
                    fn fmt(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.debug_struct("Page")
                            .field("title", &self.title)
                            .field("tags", &self.tags)
                            .field("size", &self.size)
                            .finish()
                    }
                }
                #[derive(Clone)]
                pub enum Shape {
                    /// Nothing at all.
                    Empty,
                    Circle(f32),
                    Polygon(_rt::Vec<Point>),
                    Named(Page),
                }
                impl _rt::ComponentType for Shape {
                    const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Variant(
                        &_rt::VariantDesc {
                            name: "shape",
                            cases: &[
                                _rt::CaseDesc {
                                    name: "empty",
                                    ty: None,
                                },
                                _rt::CaseDesc {
                                    name: "circle",
                                    ty: Some(<f32 as _rt::ComponentType>::DESC),
                                },
                                _rt::CaseDesc {
                                    name: "polygon",
                                    ty: Some(<_rt::Vec<Point> as _rt::ComponentType>::DESC),
                                },
                                _rt::CaseDesc {
                                    name: "named",
                                    ty: Some(<Page as _rt::ComponentType>::DESC),
                                },
                            ],
                        },
                    );
                    const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![
                        (), f32, _rt::Vec < Point >, Page
                    ];
                }
                impl _rt::Lower for Shape {
                    fn lower<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        flat: &mut _rt::FlatWriter<'_>,
                    ) -> _rt::Lowered<_C> {
                        match self {
                            Self::Empty => {
                                _rt::variant::lower_case::<Self, _, _>(0, &(), cx, flat)
                            }
                            Self::Circle(payload) => {
                                _rt::variant::lower_case::<Self, _, _>(1, payload, cx, flat)
                            }
                            Self::Polygon(payload) => {
                                _rt::variant::lower_case::<Self, _, _>(2, payload, cx, flat)
                            }
                            Self::Named(payload) => {
                                _rt::variant::lower_case::<Self, _, _>(3, payload, cx, flat)
                            }
                        }
                    }
                    fn store<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        addr: u32,
                    ) -> _rt::Lowered<_C> {
                        match self {
                            Self::Empty => {
                                _rt::variant::store_case::<Self, _, _>(0, &(), cx, addr)
                            }
                            Self::Circle(payload) => {
                                _rt::variant::store_case::<Self, _, _>(1, payload, cx, addr)
                            }
                            Self::Polygon(payload) => {
                                _rt::variant::store_case::<Self, _, _>(2, payload, cx, addr)
                            }
                            Self::Named(payload) => {
                                _rt::variant::store_case::<Self, _, _>(3, payload, cx, addr)
                            }
                        }
                    }
                }
                impl _rt::Lift for Shape {
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
                                            0 => Self::Empty,
                                            1 => Self::Circle(_rt::Lift::lift(cx, flat)?),
                                            2 => Self::Polygon(_rt::Lift::lift(cx, flat)?),
                                            3 => Self::Named(_rt::Lift::lift(cx, flat)?),
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
                                            0 => Self::Empty,
                                            1 => Self::Circle(_rt::Lift::load(cx, addr)?),
                                            2 => Self::Polygon(_rt::Lift::load(cx, addr)?),
                                            3 => Self::Named(_rt::Lift::load(cx, addr)?),
                                            _ => return Ok(None),
                                        },
                                    ),
                                )
                            },
                        )
                    }
                }
                impl ::core::fmt::Debug for Shape {
                    fn fmt(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        match self {
                            Self::Empty => f.write_str("Shape::Empty"),
                            Self::Circle(payload) => {
                                f.debug_tuple("Shape::Circle").field(payload).finish()
                            }
                            Self::Polygon(payload) => {
                                f.debug_tuple("Shape::Polygon").field(payload).finish()
                            }
                            Self::Named(payload) => {
                                f.debug_tuple("Shape::Named").field(payload).finish()
                            }
                        }
                    }
                }
                #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
                #[repr(u8)]
                pub enum Color {
                    Red,
                    LightGreen,
                    Blue,
                }
                impl ::core::fmt::Debug for Color {
                    fn fmt(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.write_str(
                            [
                                "Color::Red",
                                "Color::LightGreen",
                                "Color::Blue",
                            ][*self as usize],
                        )
                    }
                }
                impl _rt::ComponentType for Color {
                    const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Enum(
                        &_rt::LabelsDesc {
                            name: "color",
                            labels: &["red", "light-green", "blue"],
                        },
                    );
                }
                impl _rt::Enum for Color {
                    const CASES: &'static [Self] = &[
                        Self::Red,
                        Self::LightGreen,
                        Self::Blue,
                    ];
                    fn discriminant(self) -> u32 {
                        self as u32
                    }
                }
                impl _rt::Lower for Color {
                    fn lower<_C: _rt::LowerCx>(
                        &self,
                        _cx: &mut _C,
                        flat: &mut _rt::FlatWriter<'_>,
                    ) -> _rt::Lowered<_C> {
                        _rt::variant::lower_enum::<Self, _C>(*self, flat)
                    }
                    fn store<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        addr: u32,
                    ) -> _rt::Lowered<_C> {
                        _rt::variant::store_enum(*self, cx, addr)
                    }
                }
                impl _rt::Lift for Color {
                    fn lift<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        flat: &mut _rt::FlatReader<'_>,
                    ) -> _rt::Lifted<Self, _C> {
                        _rt::variant::lift_enum(cx, flat)
                    }
                    fn load<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        addr: u32,
                    ) -> _rt::Lifted<Self, _C> {
                        _rt::variant::load_enum(cx, addr)
                    }
                }
                /// Why it went wrong.
                #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
                #[repr(u8)]
                pub enum Failure {
                    /// There was too much.
                    TooMuch,
                    TooLittle,
                }
                impl ::core::fmt::Debug for Failure {
                    fn fmt(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        f.debug_struct("Failure")
                            .field("code", &(*self as u32))
                            .field("name", &self.name())
                            .field("message", &self.message())
                            .finish()
                    }
                }
                impl Failure {
                    /// The name of the case in WIT.
                    pub fn name(&self) -> &'static str {
                        ["too-much", "too-little"][*self as usize]
                    }
                    /// The documentation of the case in WIT.
                    pub fn message(&self) -> &'static str {
                        ["There was too much.", ""][*self as usize]
                    }
                }
                impl _rt::ComponentType for Failure {
                    const DESC: &'static _rt::TypeDesc = &_rt::TypeDesc::Enum(
                        &_rt::LabelsDesc {
                            name: "failure",
                            labels: &["too-much", "too-little"],
                        },
                    );
                }
                impl _rt::Enum for Failure {
                    const CASES: &'static [Self] = &[Self::TooMuch, Self::TooLittle];
                    fn discriminant(self) -> u32 {
                        self as u32
                    }
                }
                impl _rt::Lower for Failure {
                    fn lower<_C: _rt::LowerCx>(
                        &self,
                        _cx: &mut _C,
                        flat: &mut _rt::FlatWriter<'_>,
                    ) -> _rt::Lowered<_C> {
                        _rt::variant::lower_enum::<Self, _C>(*self, flat)
                    }
                    fn store<_C: _rt::LowerCx>(
                        &self,
                        cx: &mut _C,
                        addr: u32,
                    ) -> _rt::Lowered<_C> {
                        _rt::variant::store_enum(*self, cx, addr)
                    }
                }
                impl _rt::Lift for Failure {
                    fn lift<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        flat: &mut _rt::FlatReader<'_>,
                    ) -> _rt::Lifted<Self, _C> {
                        _rt::variant::lift_enum(cx, flat)
                    }
                    fn load<_C: _rt::LiftCx>(
                        cx: &mut _C,
                        addr: u32,
                    ) -> _rt::Lifted<Self, _C> {
                        _rt::variant::load_enum(cx, addr)
                    }
                }
                impl ::core::fmt::Display for Failure {
                    fn fmt(
                        &self,
                        f: &mut ::core::fmt::Formatter<'_>,
                    ) -> ::core::fmt::Result {
                        ::core::write!(f, "{} (error {})", self.name(), * self as u32)
                    }
                }
                impl ::core::error::Error for Failure {}
                #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
                pub struct Rights {
                    bits: u8,
                }
                impl Rights {
                    pub const READ: Self = Self { bits: 1 << 0 };
                    /// May write.
                    pub const WRITE: Self = Self { bits: 1 << 1 };
                    pub const EXECUTE_ALL: Self = Self { bits: 1 << 2 };
                }
                _rt::flags!(
                    Rights : u8, [READ, WRITE, EXECUTE_ALL], "rights", ["read", "write",
                    "execute-all"]
                );
                pub type Pages = _rt::Vec<Page>;
                pub type Pair = (u8, _rt::String);
                pub type Unused = u8;
                static EXPORTED_FUNC_DRAW: _rt::FuncDesc = _rt::FuncDesc {
                    name: "draw",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "shape",
                            ty: <Shape as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "color",
                            ty: <Color as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "rights",
                            ty: <Rights as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <::core::result::Result<
                            Point,
                            Failure,
                        > as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_PUBLISH: _rt::FuncDesc = _rt::FuncDesc {
                    name: "publish",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "pages",
                            ty: <Pages as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "first",
                            ty: <Page as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "pair",
                            ty: <Pair as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "points",
                            ty: <_rt::Vec<Point> as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(
                        <::core::option::Option<Pages> as _rt::ComponentType>::DESC,
                    ),
                };
                static EXPORTED_FUNC_NESTED: _rt::FuncDesc = _rt::FuncDesc {
                    name: "nested",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "o",
                            ty: <::core::option::Option<
                                ::core::option::Option<_rt::String>,
                            > as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "t",
                            ty: <(_rt::String, Point) as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "r",
                            ty: <::core::result::Result<
                                _rt::String,
                                _rt::Vec<u8>,
                            > as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: None,
                };
                static EXPORTED_FUNC_MANY: _rt::FuncDesc = _rt::FuncDesc {
                    name: "many",
                    async_: false,
                    params: &[
                        _rt::FieldDesc {
                            name: "a",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "b",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "c",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "d",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "e",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "f",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "g",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "h",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "i",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "j",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "k",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "l",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "m",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "n",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "o",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "p",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "q",
                            ty: <u8 as _rt::ComponentType>::DESC,
                        },
                        _rt::FieldDesc {
                            name: "r",
                            ty: <_rt::String as _rt::ComponentType>::DESC,
                        },
                    ],
                    result: Some(<u8 as _rt::ComponentType>::DESC),
                };
                /// The interface `test:types/kinds@1.2.0` of an instance.
                #[derive(Clone, Copy, Debug)]
                pub struct Guest {
                    _func_draw: _rt::Func,
                    _func_publish: _rt::Func,
                    _func_nested: _rt::Func,
                    _func_many: _rt::Func,
                }
                impl Guest {
                    /// The descriptions of the functions.
                    pub(crate) const FUNCS: &'static [&'static _rt::FuncDesc] = &[
                        &EXPORTED_FUNC_DRAW,
                        &EXPORTED_FUNC_PUBLISH,
                        &EXPORTED_FUNC_NESTED,
                        &EXPORTED_FUNC_MANY,
                    ];
                    /// Finds the interface in an instance and compares its types with those of these bindings.
                    pub fn new(
                        mut store: impl _rt::AsContextMut,
                        instance: &_rt::Instance,
                    ) -> ::core::result::Result<Guest, _rt::Error> {
                        Ok(Guest {
                            _func_draw: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:types/kinds@1.2.0"),
                                    &EXPORTED_FUNC_DRAW,
                                )?,
                            _func_publish: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:types/kinds@1.2.0"),
                                    &EXPORTED_FUNC_PUBLISH,
                                )?,
                            _func_nested: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:types/kinds@1.2.0"),
                                    &EXPORTED_FUNC_NESTED,
                                )?,
                            _func_many: instance
                                .typed_func(
                                    &mut store,
                                    Some("test:types/kinds@1.2.0"),
                                    &EXPORTED_FUNC_MANY,
                                )?,
                        })
                    }
                    pub fn call_draw(
                        &self,
                        store_: impl _rt::AsContextMut,
                        shape: &Shape,
                        color: Color,
                        rights: Rights,
                    ) -> ::core::result::Result<
                        ::core::result::Result<Point, Failure>,
                        _rt::Error,
                    > {
                        self._func_draw
                            .call_typed::<
                                (&Shape, Color, Rights),
                                ::core::result::Result<Point, Failure>,
                            >(store_, &(shape, color, rights))
                    }
                    pub fn call_publish(
                        &self,
                        store_: impl _rt::AsContextMut,
                        pages: &[Page],
                        first: &Page,
                        pair: &Pair,
                        points: &[Point],
                    ) -> ::core::result::Result<
                        ::core::option::Option<Pages>,
                        _rt::Error,
                    > {
                        self._func_publish
                            .call_typed::<
                                (&[Page], &Page, &Pair, &[Point]),
                                ::core::option::Option<Pages>,
                            >(store_, &(pages, first, pair, points))
                    }
                    pub fn call_nested(
                        &self,
                        store_: impl _rt::AsContextMut,
                        o: ::core::option::Option<::core::option::Option<&str>>,
                        t: (&str, &Point),
                        r: ::core::result::Result<&str, &[u8]>,
                    ) -> ::core::result::Result<(), _rt::Error> {
                        self._func_nested
                            .call_typed::<
                                (
                                    ::core::option::Option<::core::option::Option<&str>>,
                                    (&str, &Point),
                                    ::core::result::Result<&str, &[u8]>,
                                ),
                                (),
                            >(store_, &(o, t, r))
                    }
                    pub fn call_many(
                        &self,
                        store_: impl _rt::AsContextMut,
                        a: u8,
                        b: u8,
                        c: u8,
                        d: u8,
                        e: u8,
                        f: u8,
                        g: u8,
                        h: u8,
                        i: u8,
                        j: u8,
                        k: u8,
                        l: u8,
                        m: u8,
                        n: u8,
                        o: u8,
                        p: u8,
                        q: u8,
                        r: &str,
                    ) -> ::core::result::Result<u8, _rt::Error> {
                        self._func_many
                            .call_typed::<
                                (
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    u8,
                                    &str,
                                ),
                                u8,
                            >(
                                store_,
                                &(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r),
                            )
                    }
                }
            }
        }
    }
}
