//! The form in which the generator states types: one record, one variant, one enum, one flags type, written by hand.

use core::marker::PhantomData;
use std::collections::{BTreeMap, BTreeSet};

use witwright_abi_runtime as rt;

use rt::bytes::{ByteMemory, GuestHandles};
use rt::concurrent::{FutureReader, StreamReader};
use rt::desc::{AliasDesc, CaseDesc, FieldDesc, LabelsDesc, RecordDesc, TypeDesc, VariantDesc};
use rt::flat::{FlatReader, FlatWriter};
use rt::form::{TypeLayout, case_count, field_offsets, payload_offset};
use rt::layout::{MAX_FLAT_PARAMS, TypeAbi};
use rt::resource::Own;
use rt::string::StringEncoding;
use rt::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, layouts};
use rt::trap::Trap;
use rt::variant::{self, Enum};

use crate::resources::Document;
use crate::round_trip::{check_round_trip, transfer};

/// `record page { title: string, tags: list<string>, size: option<u64> }`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) tags: Vec<String>,
    pub(crate) size: Option<u64>,
}

impl ComponentType for Page {
    const DESC: &'static TypeDesc = &TypeDesc::Record(&RecordDesc {
        name: "page",
        fields: &[
            FieldDesc { name: "title", ty: <String as ComponentType>::DESC },
            FieldDesc { name: "tags", ty: <Vec<String> as ComponentType>::DESC },
            FieldDesc { name: "size", ty: <Option<u64> as ComponentType>::DESC },
        ],
    });
    const PARTS: &'static [TypeLayout] = layouts![String, Vec<String>, Option<u64>];
}

impl Lower for Page {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        Lower::lower(&self.title, cx, flat)?;
        Lower::lower(&self.tags, cx, flat)?;
        Lower::lower(&self.size, cx, flat)
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let at = const { field_offsets::<3>(Self::PARTS) };
        Lower::store(&self.title, cx, addr + at[0])?;
        Lower::store(&self.tags, cx, addr + at[1])?;
        Lower::store(&self.size, cx, addr + at[2])
    }
}

impl Lift for Page {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(Page { title: Lift::lift(cx, flat)?, tags: Lift::lift(cx, flat)?, size: Lift::lift(cx, flat)? })
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let at = const { field_offsets::<3>(Self::PARTS) };
        Ok(Page {
            title: Lift::load(cx, addr + at[0])?,
            tags: Lift::load(cx, addr + at[1])?,
            size: Lift::load(cx, addr + at[2])?,
        })
    }
}

/// A record as a parameter of an import: the fields are borrowed. It is only lowered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageParam<'a> {
    pub(crate) title: &'a str,
    pub(crate) tags: &'a [&'a str],
    pub(crate) size: Option<u64>,
}

impl ComponentType for PageParam<'_> {
    const DESC: &'static TypeDesc = Page::DESC;
    const PARTS: &'static [TypeLayout] = Page::PARTS;
}

impl Lower for PageParam<'_> {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        Lower::lower(&self.title, cx, flat)?;
        Lower::lower(&self.tags, cx, flat)?;
        Lower::lower(&self.size, cx, flat)
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let at = const { field_offsets::<3>(Self::PARTS) };
        Lower::store(&self.title, cx, addr + at[0])?;
        Lower::store(&self.tags, cx, addr + at[1])?;
        Lower::store(&self.size, cx, addr + at[2])
    }
}

/// `variant shape { empty, circle(f32), polygon(list<tuple<s16, s16>>), named(page) }`
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Empty,
    Circle(f32),
    Polygon(Vec<(i16, i16)>),
    Named(Page),
}

impl ComponentType for Shape {
    const DESC: &'static TypeDesc = &TypeDesc::Variant(&VariantDesc {
        name: "shape",
        cases: &[
            CaseDesc { name: "empty", ty: None },
            CaseDesc { name: "circle", ty: Some(<f32 as ComponentType>::DESC) },
            CaseDesc { name: "polygon", ty: Some(<Vec<(i16, i16)> as ComponentType>::DESC) },
            CaseDesc { name: "named", ty: Some(<Page as ComponentType>::DESC) },
        ],
    });
    const PARTS: &'static [TypeLayout] = layouts![(), f32, Vec<(i16, i16)>, Page];
}

impl Lower for Shape {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        match self {
            Shape::Empty => variant::lower_case::<Self, _, _>(0, &(), cx, flat),
            Shape::Circle(payload) => variant::lower_case::<Self, _, _>(1, payload, cx, flat),
            Shape::Polygon(payload) => variant::lower_case::<Self, _, _>(2, payload, cx, flat),
            Shape::Named(payload) => variant::lower_case::<Self, _, _>(3, payload, cx, flat),
        }
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        match self {
            Shape::Empty => variant::store_case::<Self, _, _>(0, &(), cx, addr),
            Shape::Circle(payload) => variant::store_case::<Self, _, _>(1, payload, cx, addr),
            Shape::Polygon(payload) => variant::store_case::<Self, _, _>(2, payload, cx, addr),
            Shape::Named(payload) => variant::store_case::<Self, _, _>(3, payload, cx, addr),
        }
    }
}

impl Lift for Shape {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        variant::lift_case(cx, flat, |cx, case, flat| {
            Ok(Some(match case {
                0 => Shape::Empty,
                1 => Shape::Circle(Lift::lift(cx, flat)?),
                2 => Shape::Polygon(Lift::lift(cx, flat)?),
                3 => Shape::Named(Lift::lift(cx, flat)?),
                _ => return Ok(None),
            }))
        })
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        variant::load_case(cx, addr, |cx, case, addr| {
            Ok(Some(match case {
                0 => Shape::Empty,
                1 => Shape::Circle(Lift::load(cx, addr)?),
                2 => Shape::Polygon(Lift::load(cx, addr)?),
                3 => Shape::Named(Lift::load(cx, addr)?),
                _ => return Ok(None),
            }))
        })
    }
}

/// `enum color { red, green, blue }`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    Red,
    Green,
    Blue,
}

impl ComponentType for Color {
    const DESC: &'static TypeDesc = &TypeDesc::Enum(&LabelsDesc { name: "color", labels: &["red", "green", "blue"] });
}

impl Enum for Color {
    const CASES: &'static [Self] = &[Color::Red, Color::Green, Color::Blue];

    fn discriminant(self) -> u32 {
        self as u32
    }
}

impl Lower for Color {
    fn lower<C: LowerCx>(&self, _cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        variant::lower_enum::<Self, C>(*self, flat)
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        variant::store_enum(*self, cx, addr)
    }
}

impl Lift for Color {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        variant::lift_enum(cx, flat)
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        variant::load_enum(cx, addr)
    }
}

/// `flags rights { read, write, execute }`: the bits are a `u8`, `u16` or `u32`, by the number of labels. Undefined bits are
/// masked when they arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rights {
    bits: u8,
}

impl Rights {
    pub(crate) const READ: Rights = Rights { bits: 1 << 0 };
    pub(crate) const WRITE: Rights = Rights { bits: 1 << 1 };
    pub(crate) const EXECUTE: Rights = Rights { bits: 1 << 2 };

    const ALL: u8 = 0b111;

    pub(crate) const fn bits(&self) -> u8 {
        self.bits
    }

    pub(crate) const fn from_bits_truncate(bits: u8) -> Rights {
        Rights { bits: bits & Rights::ALL }
    }
}

impl ComponentType for Rights {
    const DESC: &'static TypeDesc =
        &TypeDesc::Flags(&LabelsDesc { name: "rights", labels: &["read", "write", "execute"] });
}

impl Lower for Rights {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        Lower::lower(&self.bits(), cx, flat)
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        Lower::store(&self.bits(), cx, addr)
    }
}

impl Lift for Rights {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        Ok(Rights::from_bits_truncate(Lift::lift(cx, flat)?))
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        Ok(Rights::from_bits_truncate(Lift::load(cx, addr)?))
    }
}

/// Compares the layout from constants of parts with that of the description.
fn check_layout<T: ComponentType>(has_handles: bool, has_addresses: bool) {
    let (layout, walked) = (T::LAYOUT, TypeAbi::of(T::DESC));
    assert_eq!((layout.abi.size, layout.abi.align), (walked.size, walked.align), "{:?}", T::DESC);
    assert_eq!(layout.abi.flat.as_slice(), walked.flat.as_slice(), "{:?}", T::DESC);
    assert_eq!(
        layout.payload_offset,
        if case_count(T::DESC) == 0 { 0 } else { payload_offset(T::DESC) },
        "{:?}",
        T::DESC
    );
    assert_eq!((layout.has_handles, layout.has_addresses), (has_handles, has_addresses), "{:?}", T::DESC);
}

#[test]
fn the_layouts_of_rust_types_are_those_of_their_descriptions() {
    check_layout::<Page>(false, true);
    check_layout::<&PageParam<'_>>(false, true);
    check_layout::<Shape>(false, true);
    check_layout::<(Color, Rights)>(false, false);
    check_layout::<Result<(), [(u8, Option<u64>); 3]>>(false, false);
    check_layout::<Option<Result<f32, ()>>>(false, false);
    check_layout::<BTreeMap<u32, Vec<bool>>>(false, true);
    check_layout::<[Option<Own<Document>>; 2]>(true, false);
    check_layout::<Vec<(Own<Document>, u8)>>(true, true);
    check_layout::<&Own<Document>>(false, false);
}

#[test]
fn an_alias_has_the_layout_of_its_type() {
    const IDS: TypeDesc = TypeDesc::Alias(&AliasDesc { name: "ids", ty: <Vec<u32>>::DESC });
    assert!(TypeLayout::of(&IDS, <Vec<u32>>::PARTS).has_addresses);
}

#[test]
fn types_of_one_structure_have_one_identity() {
    const PARTS: &[TypeLayout] = layouts![String, Vec<String>, Option<u64>];
    const SIGNED: &[TypeLayout] = layouts![String, Vec<String>, Option<i64>];
    const MOVED: &[TypeLayout] = layouts![Vec<String>, String, Option<u64>];
    let identity = |name, [a, b, c]: [&'static str; 3], parts| {
        let field = |name| FieldDesc { name, ty: &TypeDesc::Bool };
        let fields = Vec::leak(vec![field(a), field(b), field(c)]);
        let desc = Box::leak(Box::new(RecordDesc { name, fields }));
        TypeLayout::of(&TypeDesc::Record(desc), parts).identity
    };
    let page = Page::LAYOUT.identity;
    assert_eq!(identity("sheet", ["title", "tags", "size"], PARTS), page);
    assert_ne!(identity("page", ["title", "size", "tags"], PARTS), page);
    assert_ne!(identity("page", ["titlet", "ags", "size"], PARTS), page);
    assert_ne!(identity("page", ["title", "tags", "size"], SIGNED), page);
    assert_ne!(identity("page", ["title", "tags", "size"], MOVED), page);

    let all = [
        <Option<u8>>::LAYOUT,
        <Vec<u8>>::LAYOUT,
        <[u8; 2]>::LAYOUT,
        <[u8; 3]>::LAYOUT,
        <BTreeMap<u8, u8>>::LAYOUT,
        <(u8, u8)>::LAYOUT,
        <Result<u8, ()>>::LAYOUT,
        <Result<(), u8>>::LAYOUT,
        <Own<Document>>::LAYOUT,
        <&Own<Document>>::LAYOUT,
        <StreamReader<u8>>::LAYOUT,
        <StreamReader<Option<u8>>>::LAYOUT,
        <FutureReader<u8>>::LAYOUT,
        <StreamReader<()>>::LAYOUT,
    ];
    let identities: BTreeSet<u64> = all.iter().map(|layout| layout.identity).collect();
    assert_eq!(identities.len(), all.len());
    check_layout::<StreamReader<Vec<u8>>>(true, false);
}

/// Its handles would be lost.
#[test]
#[should_panic = "is a part"]
fn a_list_has_one_part() {
    let _ = TypeLayout::of(<Vec<Own<Document>>>::DESC, &[]);
}

/// `tuple<t, t>`
struct Twice<T>(PhantomData<T>);

impl<T: ComponentType> ComponentType for Twice<T> {
    const DESC: &'static TypeDesc = &TypeDesc::Tuple(&[T::DESC, T::DESC]);
    const PARTS: &'static [TypeLayout] = layouts![T, T];
}

/// If the layout of a part were computed once for each path to it, this would not compile.
#[test]
fn a_type_may_have_many_paths_to_its_parts() {
    macro_rules! doubled {
        () => { u8 };
        ($level:tt $($levels:tt)*) => { Twice<doubled!($($levels)*)> };
    }
    const LAYOUT: TypeLayout = <doubled!(0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3) as ComponentType>::LAYOUT;
    assert_eq!((LAYOUT.abi.size, LAYOUT.abi.align, LAYOUT.has_addresses), (1 << 24, 1, false));
}

#[test]
fn the_layouts_are_those_of_the_specification() {
    assert_eq!((Page::ABI.size, Page::ABI.align, Page::ABI.flat.len()), (32, 8, 6));
    assert_eq!(field_offsets::<3>(Page::PARTS), [0, 8, 16]);
    assert_eq!((Shape::ABI.size, Shape::ABI.align, Shape::ABI.flat.len()), (40, 8, 7));
    assert_eq!((Color::ABI.size, Color::ABI.align, Color::ABI.flat.len()), (1, 1, 1));
    assert_eq!((Rights::ABI.size, Rights::ABI.align, Rights::ABI.flat.len()), (1, 1, 1));
}

#[test]
fn generated_types_arrive_as_they_left() {
    let page = Page { title: "a page".into(), tags: vec!["x".into(), String::new()], size: Some(1 << 40) };
    check_round_trip(page.clone());
    check_round_trip(vec![Shape::Empty, Shape::Circle(1.5), Shape::Polygon(vec![(-1, 2)]), Shape::Named(page)]);
    check_round_trip((Shape::Circle(-0.0), Color::Blue, Rights::READ));
    check_round_trip(vec![(Color::Red, Rights::WRITE), (Color::Green, Rights::EXECUTE)]);
}

#[test]
fn a_parameter_of_borrowed_parts_arrives_as_the_record() {
    let param = PageParam { title: "a page", tags: &["x", "y"], size: None };
    let page: Page = transfer(&param, StringEncoding::Utf8).expect("the value is valid");
    assert_eq!(page, Page { title: "a page".into(), tags: vec!["x".into(), "y".into()], size: None });
}

#[test]
fn what_names_no_case_traps() {
    let lift = |flat: &[u64]| {
        let memory = ByteMemory::new(StringEncoding::Utf8);
        (
            memory.lift::<Shape, _>(&mut GuestHandles, MAX_FLAT_PARAMS, flat).map(|_| ()),
            memory.lift::<Color, _>(&mut GuestHandles, MAX_FLAT_PARAMS, flat),
        )
    };
    assert_eq!(lift(&[1, 0, 0, 0, 0, 0, 0]), (Ok(()), Ok(Color::Green)));
    let none = |case, count| Trap::InvalidDiscriminant { case, count };
    assert_eq!(lift(&[3, 0, 0, 0, 0, 2, 0]), (Err(none(2, 2)), Err(none(3, 3))));
    assert_eq!(lift(&[4, 0, 0, 0, 0, 0, 0]), (Err(none(4, 4)), Err(none(4, 3))));
}

#[test]
fn flags_that_have_no_name_are_masked() {
    let memory = ByteMemory::new(StringEncoding::Utf8);
    assert_eq!(memory.lift(&mut GuestHandles, 1, &[0xffff_fff2]), Ok(Rights::WRITE));
}
