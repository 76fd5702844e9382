//! Values of every type.

wit_bindgen::generate!({ path: "wit/values.wit", world: "test", type_section_suffix: "values" });

use exports::test::values::{aggregates, fallible, lists, maps, numbers, text};

struct Component;

export!(Component);

impl text::Guest for Component {
    fn take(x: String) {
        assert_eq!(x, "latin utf16");
    }

    fn give() -> String {
        "hello ⚑".to_owned()
    }

    fn echo(x: String) -> String {
        x
    }

    fn join(parts: Vec<String>, by: String) -> String {
        parts.join(&by)
    }

    fn next(c: char) -> char {
        char::from_u32(c as u32 + 1).unwrap()
    }
}

impl numbers::Guest for Component {
    fn s8(a: i8) -> i8 {
        a
    }
    fn u8(a: u8) -> u8 {
        a
    }
    fn s16(a: i16) -> i16 {
        a
    }
    fn u16(a: u16) -> u16 {
        a
    }
    fn s32(a: i32) -> i32 {
        a
    }
    fn u32(a: u32) -> u32 {
        a
    }
    fn s64(a: i64) -> i64 {
        a
    }
    fn u64(a: u64) -> u64 {
        a
    }
    fn f32(a: f32) -> f32 {
        a
    }
    fn f64(a: f64) -> f64 {
        a
    }
    fn bool(a: bool) -> bool {
        !a
    }
    fn many(
        a1: u64,
        a2: u64,
        a3: u64,
        a4: u64,
        a5: u64,
        a6: u64,
        a7: u64,
        a8: u64,
        a9: u64,
        a10: u64,
        a11: u64,
        a12: u64,
        a13: u64,
        a14: u64,
        a15: u64,
        a16: u64,
        a17: String,
        a18: f32,
    ) -> Vec<u64> {
        assert_eq!((a17.as_str(), a18), ("seventeen", 18.5));
        vec![a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16]
    }
}

impl lists::Guest for Component {
    fn empty_in(a: Vec<u8>) {
        assert!(a.is_empty());
    }

    fn empty_out() -> Vec<u8> {
        Vec::new()
    }

    fn nested(a: Vec<Vec<String>>) -> Vec<Vec<String>> {
        a.into_iter().rev().collect()
    }

    fn numbers(a: Vec<i16>, b: Vec<u64>, c: Vec<f32>, d: Vec<bool>) -> (Vec<i16>, Vec<u64>, Vec<f32>, Vec<bool>) {
        (a, b, c, d)
    }

    fn alias(mut a: lists::Bytes) -> lists::Bytes {
        a.push(7);
        a
    }

    fn records(a: Vec<lists::Pair>) -> Vec<lists::Pair> {
        a.into_iter().map(|lists::Pair { left, right }| lists::Pair { left: left + 1, right: right + "!" }).collect()
    }

    fn options(a: Vec<Option<lists::Pair>>) -> Vec<Option<lists::Pair>> {
        a
    }

    fn flagged(a: Vec<lists::Marks>) -> Vec<lists::Marks> {
        a.into_iter().map(|marks| !marks).collect()
    }

    fn tuples(a: Vec<(u8, u32, i8)>) -> Vec<(i64, u8)> {
        a.into_iter().map(|(a, b, c)| (i64::from(b) * i64::from(c), a)).collect()
    }

    fn chars(a: Vec<char>) -> Vec<char> {
        a.into_iter().rev().collect()
    }

    fn results(a: Vec<Result<String, u8>>) -> Vec<Result<u8, String>> {
        a.into_iter()
            .map(|item| match item {
                Ok(text) => Err(text),
                Err(code) => Ok(code),
            })
            .collect()
    }
}

impl aggregates::Guest for Component {
    fn swap((a, b): (u8, String)) -> (String, u8) {
        (b, a)
    }
    fn flag1(a: aggregates::F1) -> aggregates::F1 {
        a
    }
    fn flag9(a: aggregates::F9) -> aggregates::F9 {
        a
    }
    fn flag32(a: aggregates::F32s) -> aggregates::F32s {
        a ^ aggregates::F32s::all()
    }
    fn enum1(a: aggregates::E1) -> aggregates::E1 {
        assert_eq!(a, aggregates::E1::B);
        a
    }
    fn scale(a: aggregates::Scalars) -> aggregates::Scalars {
        a
    }
    fn real(a: aggregates::Really) -> aggregates::Really {
        a
    }
    fn tuple(a: aggregates::Tup) -> aggregates::Tup {
        a
    }
    fn variant1(a: aggregates::V1) -> aggregates::V1 {
        a
    }
    fn cast(a: aggregates::Casts, b: aggregates::CastsList) -> (aggregates::Casts, aggregates::CastsList) {
        (a, b)
    }
    fn option1(
        a: Option<u32>,
        b: Option<String>,
        c: Option<Option<String>>,
    ) -> (Option<u32>, Option<String>, Option<Option<String>>) {
        (a, b, c)
    }
}

impl fallible::Guest for Component {
    fn strings(a: String) -> Result<String, String> {
        if a.is_empty() { Err("empty".to_owned()) } else { Ok(a) }
    }
    fn enums(a: bool) -> Result<f32, fallible::Failure> {
        if a { Ok(0.5) } else { Err(fallible::Failure::Busy) }
    }
    fn records(a: u32) -> Result<f32, fallible::Reason> {
        if a == 0 { Ok(1.0) } else { Err(fallible::Reason { text: format!("{a} is not 0"), code: a }) }
    }
    fn variants(a: u32) -> Result<(), fallible::Cause> {
        match a {
            0 => Ok(()),
            1 => Err(fallible::Cause::Empty),
            code => Err(fallible::Cause::Because(fallible::Reason { text: "many".to_owned(), code })),
        }
    }
    fn nothing(a: u32) -> Result<u32, ()> {
        if a < 5 { Ok(a + 1) } else { Err(()) }
    }
    fn neither(a: bool) -> Result<(), ()> {
        if a { Ok(()) } else { Err(()) }
    }
    fn nested(a: u32) -> Result<Result<(), String>, String> {
        match a {
            0 => Ok(Ok(())),
            1 => Ok(Err("inner".to_owned())),
            _ => Err("outer".to_owned()),
        }
    }
}

impl maps::Guest for Component {
    fn count(a: wit_bindgen::rt::Map<String, u32>) -> wit_bindgen::rt::Map<u32, String> {
        a.into_iter().map(|(word, count)| (count, word)).collect()
    }

    fn inside(
        a: maps::Labeled,
        b: maps::Maybe,
        c: Option<wit_bindgen::rt::Map<char, bool>>,
    ) -> (maps::Labeled, maps::Maybe, Option<wit_bindgen::rt::Map<char, bool>>) {
        (a, b, c)
    }

    fn lists(
        mut a: wit_bindgen::rt::Map<String, Vec<String>>,
        b: Vec<wit_bindgen::rt::Map<String, String>>,
    ) -> wit_bindgen::rt::Map<String, Vec<String>> {
        for (key, value) in b.into_iter().flatten() {
            a.entry(key).or_default().push(value);
        }
        a
    }

    fn deep(a: wit_bindgen::rt::Map<u8, wit_bindgen::rt::Map<u8, u8>>) -> wit_bindgen::rt::Map<u8, wit_bindgen::rt::Map<u8, u8>> {
        a
    }
}
