#[doc(hidden)]
mod __rt_of_test_types_types_1_2_0 {
    #[allow(unused_imports)]
    pub(super) use ::witwright::__rt as _rt;
}
#[allow(unused_imports)]
use __rt_of_test_types_types_1_2_0::*;
#[allow(unused_imports)]
use ::witwright::__rt as _rt_test_types_types_1_2_0;
#[cfg(target_arch = "wasm32")]
const _: () = {
    #[used]
    static LINK: fn() = __link_component_type_test_types_types_1_2_0;
};
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub type Point = test::types::kinds::Point;
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
pub fn origin() -> Point {
    _rt_test_types_types_1_2_0::import! {
        "$root" "origin"(0 : i32) -> (), words 1, params()
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
            #[allow(unused_imports)]
            use ::witwright::__rt as _rt;
            #[cfg(target_arch = "wasm32")]
            const _: () = {
                #[used]
                static LINK: fn() = super::super::super::__link_component_type_test_types_types_1_2_0;
            };
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
            pub fn draw(
                shape: &Shape,
                color: Color,
                rights: Rights,
            ) -> ::core::result::Result<Point, Failure> {
                _rt::import! {
                    "test:types/kinds@1.2.0" "draw"(0 : i32, 1 : i32, 2 : i32, 3 : i32, 4
                    : i32, 5 : i32, 6 : i64, 7 : i32, 8 : i32, 9 : i32) -> (), words 2,
                    params(shape, color, rights,)
                }
            }
            pub fn publish(
                pages: &[Page],
                first: &Page,
                pair: &Pair,
                points: &[Point],
            ) -> ::core::option::Option<Pages> {
                _rt::import! {
                    "test:types/kinds@1.2.0" "publish"(0 : i32, 1 : i32, 2 : i32, 3 :
                    i32, 4 : i32, 5 : i32, 6 : i32, 7 : i64, 8 : i32, 9 : i32, 10 : i32,
                    11 : i32, 12 : i32, 13 : i32) -> (), words 2, params(pages, first,
                    pair, points,)
                }
            }
            pub fn nested(
                o: ::core::option::Option<::core::option::Option<&str>>,
                t: (&str, &Point),
                r: ::core::result::Result<&str, &[u8]>,
            ) {
                _rt::import! {
                    "test:types/kinds@1.2.0" "nested"(0 : i32, 1 : i32, 2 : i32, 3 : i32,
                    4 : i32, 5 : i32, 6 : i32, 7 : i32, 8 : i32, 9 : i32, 10 : i32) ->
                    (), words 0, params(o, t, r,)
                }
            }
            pub fn many(
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
            ) -> u8 {
                _rt::import! {
                    "test:types/kinds@1.2.0" "many"(0 : i32) -> i32, words 4, params(a,
                    b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r,)
                }
            }
            /// The implementation of the interface `test:types/kinds@1.2.0` in native tests.
            #[cfg(not(target_arch = "wasm32"))]
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
                );
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
            #[cfg(not(target_arch = "wasm32"))]
            #[doc(hidden)]
            pub fn __answer<_T: Host>(
                host_: &mut _T,
                func: &str,
                call: &mut _rt::native::Call<'_>,
            ) {
                let _scope = _rt::held::Scope::enter();
                match func {
                    "draw" => {
                        call.answer(|(shape, color, rights): (Shape, Color, Rights)| Host::draw(
                            host_,
                            shape,
                            color,
                            rights,
                        ))
                    }
                    "publish" => {
                        call.answer(|
                            (
                                pages,
                                first,
                                pair,
                                points,
                            ): (Pages, Page, Pair, _rt::Vec<Point>)|
                        Host::publish(host_, pages, first, pair, points))
                    }
                    "nested" => {
                        call.answer(|
                            (
                                o,
                                t,
                                r,
                            ): (
                                ::core::option::Option<::core::option::Option<_rt::String>>,
                                (_rt::String, Point),
                                ::core::result::Result<_rt::String, _rt::Vec<u8>>,
                            )|
                        Host::nested(host_, o, t, r))
                    }
                    "many" => {
                        call.answer(|
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
                        Host::many(
                            host_,
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
                        ))
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
        pub mod types {
            /// Every kind of named type.
            pub mod kinds {
                #[allow(unused_imports)]
                use ::witwright::__rt as _rt;
                #[cfg(target_arch = "wasm32")]
                const _: () = {
                    #[used]
                    static LINK: fn() = super::super::super::super::__link_component_type_test_types_types_1_2_0;
                };
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
                /// The implementation of the interface `test:types/kinds@1.2.0`.
                pub trait Guest {
                    fn draw(
                        shape: Shape,
                        color: Color,
                        rights: Rights,
                    ) -> ::core::result::Result<Point, Failure>;
                    fn publish(
                        pages: Pages,
                        first: Page,
                        pair: Pair,
                        points: _rt::Vec<Point>,
                    ) -> ::core::option::Option<Pages>;
                    fn nested(
                        o: ::core::option::Option<::core::option::Option<_rt::String>>,
                        t: (_rt::String, Point),
                        r: ::core::result::Result<_rt::String, _rt::Vec<u8>>,
                    );
                    fn many(
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
                _rt::export! {
                    fn _export_draw_cabi < _T : Guest > (arg0 : i32, arg1 : i32, arg2 :
                    i32, arg3 : i32, arg4 : i32, arg5 : i32, arg6 : i64, arg7 : i32, arg8
                    : i32) -> i32, [] plain::core::result::Result < Point, Failure >,
                    words 2, | (shape, color, rights,) : (Shape, Color, Rights,) |
                    _T::draw(shape, color, rights)
                }
                _rt::export! {
                    fn _export_publish_cabi < _T : Guest > (arg0 : i32, arg1 : i32, arg2
                    : i32, arg3 : i32, arg4 : i32, arg5 : i32, arg6 : i32, arg7 : i64,
                    arg8 : i32, arg9 : i32, arg10 : i32, arg11 : i32, arg12 : i32) ->
                    i32, [] kept::core::option::Option < Pages >, post
                    _post_return_publish, | (pages, first, pair, points,) : (Pages, Page,
                    Pair, _rt::Vec < Point >,) | _T::publish(pages, first, pair, points)
                }
                _rt::export! {
                    fn _export_nested_cabi < _T : Guest > (arg0 : i32, arg1 : i32, arg2 :
                    i32, arg3 : i32, arg4 : i32, arg5 : i32, arg6 : i32, arg7 : i32, arg8
                    : i32, arg9 : i32, arg10 : i32) -> (), [] plain(), words 0, | (o, t,
                    r,) : (::core::option::Option < ::core::option::Option < _rt::String
                    > >, (_rt::String, Point,), ::core::result::Result < _rt::String,
                    _rt::Vec < u8 > >,) | _T::nested(o, t, r)
                }
                _rt::export! {
                    fn _export_many_cabi < _T : Guest > (arg0 : i32) -> i32, [] plain u8,
                    words 0, | (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r,) :
                    (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8,
                    _rt::String,) | _T::many(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o,
                    p, q, r)
                }
                #[doc(hidden)]
                #[allow(unused_macros)]
                macro_rules! __export_test_types_kinds_1_2_0_cabi {
                    ($ty:ident with_types_in $($path_to_types:tt)*) => {
                        #[cfg(target_arch = "wasm32")] #[allow(deprecated)] const _ : ()
                        = { #[unsafe (export_name = "test:types/kinds@1.2.0#draw")]
                        unsafe extern "C" fn export_draw(arg0 : i32, arg1 : i32, arg2 :
                        i32, arg3 : i32, arg4 : i32, arg5 : i32, arg6 : i64, arg7 : i32,
                        arg8 : i32) -> i32 { unsafe { $($path_to_types)*
                        ::_export_draw_cabi:: < $ty > (arg0, arg1, arg2, arg3, arg4,
                        arg5, arg6, arg7, arg8) } } #[unsafe (export_name =
                        "test:types/kinds@1.2.0#publish")] unsafe extern "C" fn
                        export_publish(arg0 : i32, arg1 : i32, arg2 : i32, arg3 : i32,
                        arg4 : i32, arg5 : i32, arg6 : i32, arg7 : i64, arg8 : i32, arg9
                        : i32, arg10 : i32, arg11 : i32, arg12 : i32) -> i32 { unsafe {
                        $($path_to_types)* ::_export_publish_cabi:: < $ty > (arg0, arg1,
                        arg2, arg3, arg4, arg5, arg6, arg7, arg8, arg9, arg10, arg11,
                        arg12) } } #[unsafe (export_name =
                        "cabi_post_test:types/kinds@1.2.0#publish")] unsafe extern "C" fn
                        post_return_publish(arg0 : i32) { unsafe { $($path_to_types)*
                        ::_post_return_publish:: < $ty > (arg0) } } #[unsafe (export_name
                        = "test:types/kinds@1.2.0#nested")] unsafe extern "C" fn
                        export_nested(arg0 : i32, arg1 : i32, arg2 : i32, arg3 : i32,
                        arg4 : i32, arg5 : i32, arg6 : i32, arg7 : i32, arg8 : i32, arg9
                        : i32, arg10 : i32) { unsafe { $($path_to_types)*
                        ::_export_nested_cabi:: < $ty > (arg0, arg1, arg2, arg3, arg4,
                        arg5, arg6, arg7, arg8, arg9, arg10) } } #[unsafe (export_name =
                        "test:types/kinds@1.2.0#many")] unsafe extern "C" fn
                        export_many(arg0 : i32) -> i32 { unsafe { $($path_to_types)*
                        ::_export_many_cabi:: < $ty > (arg0) } } }; #[cfg(not(target_arch
                        = "wasm32"))] #[allow(deprecated)] const _ : fn () = || { fn
                        implements < T : $($path_to_types)* ::Guest > () {} implements::
                        < $ty > (); };
                    };
                }
                #[doc(hidden)]
                #[allow(unused_imports)]
                pub(crate) use __export_test_types_kinds_1_2_0_cabi as __export_test_types_kinds_1_2_0_cabi;
            }
        }
    }
}
/// The implementation of the imported functions of the world `test:types/types@1.2.0` in native tests.
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[cfg(not(target_arch = "wasm32"))]
pub trait TypesImports {
    fn origin(&mut self) -> Point;
}
#[allow(clippy::all, dead_code, deprecated, missing_docs)]
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub fn _answer_test_types_types_1_2_0<_T: TypesImports>(
    host_: &mut _T,
    func: &str,
    call: &mut _rt_test_types_types_1_2_0::native::Call<'_>,
) {
    let _scope = _rt_test_types_types_1_2_0::held::Scope::enter();
    match func {
        "origin" => call.answer(|(): ()| TypesImports::origin(host_)),
        _ => {}
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
mod __natively_test_types_types_1_2_0 {
    /// Runs `body` natively, with its imports: calls of imports on this thread go to `imports`.
    #[allow(clippy::all, dead_code, deprecated, missing_docs)]
    pub fn with_imports<_T: super::TypesImports + super::test::types::kinds::Host, _R>(
        imports: &mut _T,
        body: impl ::core::ops::FnOnce() -> _R,
    ) -> _R {
        super::_rt_test_types_types_1_2_0::native::with_dispatch(
            &mut |import, call| match import.interface {
                ::core::option::Option::None => {
                    super::_answer_test_types_types_1_2_0(imports, import.func, call)
                }
                ::core::option::Option::Some("test:types/kinds@1.2.0") => {
                    super::test::types::kinds::__answer(imports, import.func, call)
                }
                _ => {}
            },
            body,
        )
    }
}
#[cfg(not(target_arch = "wasm32"))]
#[allow(unused_imports)]
pub use __natively_test_types_types_1_2_0::*;
/// Exports a type, by its name or its path, as the implementation of the world `test:types/types@1.2.0`: `export!(Type)` where the bindings are, or `export!(Type with_types_in path::to::bindings)`.
#[allow(unused_macros)]
macro_rules! __export_types_impl {
    ($($ty:ident)::+) => {
        self::bindings_of_test_types_types_1_2_0__or_write_with_types_in_and_their_path!($($ty)::+
        with_types_in self);
    };
    (:: $($ty:ident)::+) => {
        self::bindings_of_test_types_types_1_2_0__or_write_with_types_in_and_their_path!(::
        $($ty)::+ with_types_in self);
    };
    ($ty:ident with_types_in $($path_to_types_root:tt)*) => {
        $($path_to_types_root)* ::__export_test_types_types_1_2_0_0!($ty with_types_in
        $($path_to_types_root)* ::exports::test::types::kinds);
    };
    ($($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_types_types_1_2_0__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
    (:: $($ty:ident)::+ with_types_in $($path_to_types_root:tt)*) => {
        const _ : () = { use :: $($ty)::+ as __Exported; $($path_to_types_root)*
        ::bindings_of_test_types_types_1_2_0__or_write_with_types_in_and_their_path!(__Exported
        with_types_in $($path_to_types_root)*); };
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_types_impl as bindings_of_test_types_types_1_2_0__or_write_with_types_in_and_their_path;
#[doc(inline)]
#[allow(unused_imports)]
pub(crate) use __export_types_impl as export;
#[doc(hidden)]
#[allow(unused_imports, deprecated)]
pub(crate) use self::exports::test::types::kinds::__export_test_types_kinds_1_2_0_cabi as __export_test_types_types_1_2_0_0;
#[doc(hidden)]
pub(crate) mod __export_macros_test_types_types_1_2_0 {
    #[allow(unused_imports)]
    pub(crate) use __export_types_impl as __export_types_impl;
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __export_macros_test_types_types_1_2_0::*;
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
        ":test:types/types@1.2.0:world"
    )
)]
pub static __COMPONENT_TYPE_TEST_TYPES_TYPES_1_2_0: [u8; 1160] = *b"\0asm\r\0\x01\0\0\x19\x16wit-component-encoding\x04\0\x07\xAA\x08\x01A\x02\x01A\x08\x01B$\x01r\x02\x01xz\x01yz\x04\0\x05point\x03\0\0\x01ps\x01kw\x01r\x03\x05titles\x04tags\x02\x04size\x03\x04\0\x04page\x03\0\x04\x01p\x01\x01q\x04\x05empty\0\0\x06circle\x01v\0\x07polygon\x01\x06\0\x05named\x01\x05\0\x04\0\x05shape\x03\0\x07\x01m\x03\x03red\x0Blight-green\x04blue\x04\0\x05color\x03\0\t\x01m\x02\x08too-much\ntoo-little\x04\0\x07failure\x03\0\x0B\x01n\x03\x04read\x05write\x0Bexecute-all\x04\0\x06rights\x03\0\r\x01p\x05\x04\0\x05pages\x03\0\x0F\x01o\x02}s\x04\0\x04pair\x03\0\x11\x01}\x04\0\x06unused\x03\0\x13\x01j\x01\x01\x01\x0C\x01@\x03\x05shape\x08\x05color\n\x06rights\x0E\0\x15\x04\0\x04draw\x01\x16\x01k\x10\x01@\x04\x05pages\x10\x05first\x05\x04pair\x12\x06points\x06\0\x17\x04\0\x07publish\x01\x18\x01ks\x01k\x19\x01o\x02s\x01\x01p}\x01j\x01s\x01\x1C\x01@\x03\x01o\x1A\x01t\x1B\x01r\x1D\x01\0\x04\0\x06nested\x01\x1E\x01@\x12\x01a}\x01b}\x01c}\x01d}\x01e}\x01f}\x01g}\x01h}\x01i}\x01j}\x01k}\x01l}\x01m}\x01n}\x01o}\x01p}\x01q}\x01rs\0}\x04\0\x04many\x01\x1F\x03\0\x16test:types/kinds@1.2.0\x05\0\x02\x03\0\0\x05point\x03\0\x05point\x03\0\x01\x01@\0\0\x02\x03\0\x06origin\x01\x03\x01B$\x01r\x02\x01xz\x01yz\x04\0\x05point\x03\0\0\x01ps\x01kw\x01r\x03\x05titles\x04tags\x02\x04size\x03\x04\0\x04page\x03\0\x04\x01p\x01\x01q\x04\x05empty\0\0\x06circle\x01v\0\x07polygon\x01\x06\0\x05named\x01\x05\0\x04\0\x05shape\x03\0\x07\x01m\x03\x03red\x0Blight-green\x04blue\x04\0\x05color\x03\0\t\x01m\x02\x08too-much\ntoo-little\x04\0\x07failure\x03\0\x0B\x01n\x03\x04read\x05write\x0Bexecute-all\x04\0\x06rights\x03\0\r\x01p\x05\x04\0\x05pages\x03\0\x0F\x01o\x02}s\x04\0\x04pair\x03\0\x11\x01}\x04\0\x06unused\x03\0\x13\x01j\x01\x01\x01\x0C\x01@\x03\x05shape\x08\x05color\n\x06rights\x0E\0\x15\x04\0\x04draw\x01\x16\x01k\x10\x01@\x04\x05pages\x10\x05first\x05\x04pair\x12\x06points\x06\0\x17\x04\0\x07publish\x01\x18\x01ks\x01k\x19\x01o\x02s\x01\x01p}\x01j\x01s\x01\x1C\x01@\x03\x01o\x1A\x01t\x1B\x01r\x1D\x01\0\x04\0\x06nested\x01\x1E\x01@\x12\x01a}\x01b}\x01c}\x01d}\x01e}\x01f}\x01g}\x01h}\x01i}\x01j}\x01k}\x01l}\x01m}\x01n}\x01o}\x01p}\x01q}\x01rs\0}\x04\0\x04many\x01\x1F\x04\0\x16test:types/kinds@1.2.0\x05\x04\x04\0\x16test:types/types@1.2.0\x04\0\x0B\x0B\x01\0\x05types\x03\0\0\0)\tproducers\x01\x0Cprocessed-by\x01\twitwright\x050.1.0";
/// Linking this links the section beside it.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
#[inline(never)]
pub fn __link_component_type_test_types_types_1_2_0() {}
