//! Values of every type.

wit_bindgen::generate!({ path: "../dropin/wit/values.wit", world: "runner" });

use test::values::aggregates::{Casts, E1, F1, F9, F32s, Really, Scalars, V1};
use test::values::fallible::{Cause, Failure};
use test::values::lists::{Marks, Pair};
use test::values::maps::{Labeled, Maybe};
use test::values::{aggregates, fallible, lists, maps, numbers, text};

struct Runner;

export!(Runner);

impl Guest for Runner {
    fn run_values() {
        strings();
        scalars();
        in_lists();
        compound();
        failures();
        mapped();
    }
}

fn strings() {
    text::take("latin utf16");
    assert_eq!(text::give(), "hello ⚑");
    assert_eq!(text::echo(""), "");
    assert_eq!(text::echo("🚀🚀🚀 𠈄𓀀"), "🚀🚀🚀 𠈄𓀀");
    assert_eq!(text::join(&["a".to_owned(), "b".to_owned()], "-"), "a-b");
    assert_eq!(text::next('a'), 'b');
    assert_eq!(text::next('🚀'), '🚁');
}

fn scalars() {
    assert_eq!((numbers::s8(i8::MIN), numbers::u8(u8::MAX)), (i8::MIN, u8::MAX));
    assert_eq!((numbers::s16(i16::MIN), numbers::u16(u16::MAX)), (i16::MIN, u16::MAX));
    assert_eq!((numbers::s32(i32::MIN), numbers::u32(u32::MAX)), (i32::MIN, u32::MAX));
    assert_eq!((numbers::s64(i64::MIN), numbers::u64(u64::MAX)), (i64::MIN, u64::MAX));
    assert!(numbers::f32(f32::NAN).is_nan() && numbers::f64(f64::NAN).is_nan());
    assert_eq!((numbers::f32(f32::NEG_INFINITY), numbers::f64(f64::MIN_POSITIVE)), (f32::NEG_INFINITY, f64::MIN_POSITIVE));
    assert!(numbers::bool(false) && !numbers::bool(true));
    let many = numbers::many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, "seventeen", 18.5);
    assert_eq!(many, (1..=16).collect::<Vec<u64>>());
}

fn in_lists() {
    lists::empty_in(&[]);
    assert!(lists::empty_out().is_empty());
    let nested = [vec!["a".to_owned(), String::new()], vec![], vec!["b".to_owned()]];
    assert_eq!(lists::nested(&nested), [vec!["b".to_owned()], vec![], vec!["a".to_owned(), String::new()]]);
    let numbers = lists::numbers(&[-1, i16::MAX], &[u64::MAX], &[1.5], &[true, false, true]);
    assert_eq!(numbers, (vec![-1, i16::MAX], vec![u64::MAX], vec![1.5], vec![true, false, true]));
    assert_eq!(lists::alias(&[5, 6]), [5, 6, 7]);
    let pairs = lists::records(&[Pair { left: 1, right: "one".to_owned() }]);
    assert!(matches!(&pairs[..], [Pair { left: 2, right }] if right == "one!"));
    let options = lists::options(&[None, Some(Pair { left: 3, right: String::new() })]);
    assert!(matches!(&options[..], [None, Some(Pair { left: 3, .. })]));
    assert_eq!(lists::flagged(&[Marks::A, Marks::empty()]), [Marks::B | Marks::C, Marks::all()]);
    assert_eq!(lists::tuples(&[(1, 2, -3), (4, u32::MAX, 1)]), [(-6, 1), (i64::from(u32::MAX), 4)]);
    assert_eq!(lists::chars(&['x', '⚑']), ['⚑', 'x']);
    assert_eq!(lists::results(&[Ok("a".to_owned()), Err(1)]), [Err("a".to_owned()), Ok(1)]);
}

fn compound() {
    assert_eq!(aggregates::swap((1, "one")), ("one".to_owned(), 1));
    assert_eq!(aggregates::flag1(F1::B0 | F1::B1), F1::all());
    assert_eq!(aggregates::flag9(F9::B8).bits(), 0x100);
    let odd = F32s::from_bits_truncate(0xaaaa_aaaa);
    assert!(odd.contains(F32s::B31) && !odd.contains(F32s::B30));
    assert_eq!(aggregates::flag32(odd).bits(), 0x5555_5555);
    assert_eq!(aggregates::enum1(E1::B), E1::B);
    assert!(E1::A < E1::C);
    let scalars = Scalars { a: 1, b: -2, c: 3.5 };
    let Scalars { a: 1, b: -2, c: 3.5 } = aggregates::scale(scalars) else { panic!("other scalars") };
    let really = Really { a: scalars, b: F1::B1, c: E1::C, d: Some("deep".to_owned()) };
    assert_eq!(aggregates::real(&really).d.as_deref(), Some("deep"));
    let (tuple, 9) = aggregates::tuple(&(really.clone(), 9)) else { panic!("another tuple") };
    assert!(tuple.c == E1::C && tuple.b == F1::B1);
    assert!(matches!(aggregates::variant1(&V1::A), V1::A));
    assert!(matches!(aggregates::variant1(&V1::B(7)), V1::B(7)));
    assert!(matches!(aggregates::variant1(&V1::C("c".to_owned())), V1::C(text) if text == "c"));
    assert!(matches!(aggregates::variant1(&V1::D(really.clone())), V1::D(Really { c: E1::C, .. })));
    assert!(matches!(aggregates::variant1(&V1::E((1, 2.5))), V1::E((1, 2.5))));
    assert!(matches!(aggregates::variant1(&V1::F(Some(0.5))), V1::F(Some(0.5))));
    let all = [Casts::A(-1), Casts::B(1.5), Casts::C(-2), Casts::D(2.5)];
    for cast in all {
        let (one, list) = aggregates::cast(cast, &all);
        assert_eq!(format!("{one:?} {list:?}"), format!("{cast:?} {all:?}"));
    }
    let (some, text, inner) = (Some(1), Some("b"), Some(Some("c")));
    assert_eq!(aggregates::option1(some, text, inner), (some, Some("b".to_owned()), Some(Some("c".to_owned()))));
    assert_eq!(aggregates::option1(None, None, Some(None)), (None, None, Some(None)));
}

fn failures() {
    assert_eq!(fallible::strings("x"), Ok("x".to_owned()));
    assert_eq!(fallible::strings(""), Err("empty".to_owned()));
    assert_eq!(fallible::enums(true), Ok(0.5));
    let busy = fallible::enums(false).unwrap_err();
    assert_eq!(busy, Failure::Busy);
    let _: &dyn std::error::Error = &busy;
    assert!(busy.to_string().contains("busy") && busy.name() == "busy");
    assert_eq!(fallible::records(3).unwrap_err().text, "3 is not 0");
    assert!(matches!(fallible::variants(1), Err(Cause::Empty)));
    assert!(matches!(fallible::variants(2), Err(Cause::Because(reason)) if reason.code == 2));
    fn with_question_mark() -> Result<u32, Box<dyn std::error::Error>> {
        fallible::variants(0)?;
        Ok(fallible::records(9)?.to_bits())
    }
    assert!(with_question_mark().is_err());
    assert_eq!((fallible::nothing(4), fallible::nothing(5)), (Ok(5), Err(())));
    assert_eq!((fallible::neither(true), fallible::neither(false)), (Ok(()), Err(())));
    assert_eq!(fallible::nested(1), Ok(Err("inner".to_owned())));
    assert_eq!(fallible::nested(2), Err("outer".to_owned()));
}

fn mapped() {
    use wit_bindgen::rt::Map;
    let words = Map::from([("one".to_owned(), 1), ("two".to_owned(), 2)]);
    assert_eq!(maps::count(&words), Map::from([(1, "one".to_owned()), (2, "two".to_owned())]));
    let labeled = Labeled { labels: words };
    let maybe = Maybe::Some(Map::from([(1, "x".to_owned())]));
    let letters = Map::from([('a', true), ('b', false)]);
    let (labeled, maybe, some) = maps::inside(&labeled, &maybe, Some(&letters));
    assert_eq!((labeled.labels.len(), some), (2, Some(letters)));
    assert!(matches!(maybe, Maybe::Some(map) if map[&1] == "x"));
    let lists = Map::from([("k".to_owned(), vec!["v".to_owned()])]);
    let more = [Map::from([("k".to_owned(), "w".to_owned())]), Map::new()];
    assert_eq!(maps::lists(&lists, &more)["k"], ["v", "w"]);
    let deep = Map::from([(1, Map::from([(2, 3)]))]);
    assert_eq!(maps::deep(&deep), deep);
}
