//! Layouts, encoded bytes and calls of `realloc`, against those that the specification's reference code gave
//! (`xtask/vectors`).

use core::fmt::Debug;

use serde_json::Value;
use witwright_abi_runtime::bytes::{ByteMemory, ByteSide, GuestHandles, ReallocCall};
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::layout::{FlatType, MAX_FLAT_PARAMS, TypeAbi};
use witwright_abi_runtime::string::{StringEncoding, StringForm, StringTransfer, store_string};
use witwright_abi_runtime::transfer::{Lift, Lower};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{GuestMemory, LowerView, reallocate};

use crate::generated_form::{Color, Page, Rights, Shape};
use crate::vector_types::{self, FromJson};

pub(crate) fn cases(text: &str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line is a JSON object"))
}

pub(crate) fn number(value: &Value) -> u32 {
    value.as_u64().and_then(|number| number.try_into().ok()).expect("a 32-bit number")
}

pub(crate) fn encoding(case: &Value) -> StringEncoding {
    match case["encoding"].as_str() {
        Some("utf8") => StringEncoding::Utf8,
        Some("utf16") => StringEncoding::Utf16,
        Some("latin1+utf16") => StringEncoding::Latin1OrUtf16,
        other => panic!("unknown encoding {other:?}"),
    }
}

pub(crate) fn bytes(hex: &Value) -> Vec<u8> {
    let digits = hex.as_str().expect("bytes in hex").as_bytes();
    let digit = |digit: u8| char::from(digit).to_digit(16).expect("a hex digit") as u8;
    digits.as_chunks().0.iter().map(|[high, low]| digit(*high) << 4 | digit(*low)).collect()
}

pub(crate) fn check_memory(memory: &ByteMemory, case: &Value) {
    assert_eq!(memory.bytes(), bytes(&case["memory"]), "{case}");
    let call = |call: &ReallocCall| [call.old_ptr, call.old_size, call.align, call.new_size, call.ptr].map(Value::from);
    let calls: Vec<_> = memory.realloc_calls().iter().map(|done| Value::from(call(done).to_vec())).collect();
    assert_eq!(Value::from(calls), case["realloc"], "{case}");
}

#[test]
fn layouts() {
    for case in cases(include_str!("../data/layout.jsonl")) {
        let abi = TypeAbi::of(vector_types::describe(&case["type"]));
        assert_eq!((abi.size, abi.align), (number(&case["size"]), number(&case["align"])), "{case}");
        let name = |ty: &FlatType| match ty {
            FlatType::I32 => "i32",
            FlatType::I64 => "i64",
            FlatType::F32 => "f32",
            FlatType::F64 => "f64",
        };
        match abi.flat.as_slice() {
            Some(flat) => assert_eq!(Value::from(flat.iter().map(name).collect::<Vec<_>>()), case["flat"], "{case}"),
            None if case["flat"].is_u64() => assert!(number(&case["flat"]) > MAX_FLAT_PARAMS as u32, "{case}"),
            None => panic!("travels in memory, and should not: {case}"),
        }
    }
}

/// One kind of case, for each of the Rust types that the vectors are of.
trait Check {
    fn check<T: Lower + Lift + FromJson + Debug>(case: &Value);
}

/// A value is lowered to the same flat values, bytes and calls, and lifted again.
struct Lowered;

impl Check for Lowered {
    fn check<T: Lower + Lift + FromJson + Debug>(case: &Value) {
        let value = T::from_json(&case["value"]);
        let at = case.get("at").map(number);
        let max_flat = if at.is_some() { 0 } else { MAX_FLAT_PARAMS };
        let start = at.map_or(8, |at| at + T::ABI.size) as usize;
        let mut memory = ByteMemory::from_bytes(vec![0; start], encoding(case));
        let mut slots = [0; MAX_FLAT_PARAMS];
        let mut flat = FlatWriter::new(&mut slots);
        LowerView::new(&mut memory.side(&mut GuestHandles), encoding(case))
            .lower_values(&value, max_flat, &mut flat, at)
            .expect("there is room");
        let written = flat.position();
        let flat = &slots[..written];
        assert_eq!(Value::from(flat), case["flat"], "{case}");
        check_memory(&memory, case);
        let flat = if let Some(at) = at { vec![at.into()] } else { flat.to_vec() };
        let lifted = memory.lift::<T, _>(&mut GuestHandles, max_flat, &flat).expect("what was lowered is valid");
        assert_eq!(format!("{lifted:?}"), format!("{value:?}"), "{case}");
    }
}

/// Changed bytes are lifted to the same value, or trap.
struct Changed;

impl Check for Changed {
    fn check<T: Lower + Lift + FromJson + Debug>(case: &Value) {
        let memory = ByteMemory::from_bytes(bytes(&case["memory"]), encoding(case));
        let lifted = memory.lift::<T, _>(&mut GuestHandles, 0, &[number(&case["at"]).into()]);
        let expected = if case["trap"] == true { None } else { Some(T::from_json(&case["value"])) };
        assert_eq!(format!("{:?}", lifted.ok()), format!("{expected:?}"), "{case}");
    }
}

/// Finds the Rust type of a case among those given.
macro_rules! check {
    ($check:ty, $case:expr, [$($ty:ty),+ $(,)?]) => {
        $(if vector_types::json(<$ty>::DESC) == $case["type"] {
            <$check>::check::<$ty>($case);
            continue;
        })+
    };
}

fn check_all<C: Check>(text: &str) {
    use std::collections::BTreeMap as Map;
    use witwright_abi_runtime::transfer::ComponentType;
    for case in cases(text) {
        check!(C, &case, [i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, bool, char, String]);
        check!(C, &case, [Vec<i8>, Vec<u8>, Vec<i16>, Vec<u16>, Vec<i32>, Vec<u32>, Vec<i64>, Vec<u64>]);
        check!(C, &case, [Vec<f32>, Vec<f64>, Vec<bool>, Vec<char>, Vec<String>]);
        check!(C, &case, [(u8, u16, u32, u64), (i8, f64, char, bool), (u64, String, u8)]);
        check!(C, &case, [Option<u8>, Option<u64>, Option<String>, Option<Option<f32>>]);
        check!(C, &case, [Result<u8, String>, Result<(), f32>, Result<i64, ()>, Result<(), ()>]);
        check!(C, &case, [Result<f64, Vec<u8>>, Result<(f32, u64), f64>]);
        check!(C, &case, [Vec<Vec<String>>, Vec<(String, u8)>, Vec<Option<String>>, Vec<Result<u16, f64>>]);
        check!(C, &case, [Map<String, u64>, Map<u16, Option<char>>, Map<char, Vec<u8>>]);
        check!(C, &case, [[u16; 3], [String; 2], Vec<[i8; 5]>, ([f32; 17],)]);
        check!(C, &case, [Page, Vec<Page>, Option<Page>, Shape, Vec<Shape>, Color, Rights]);
        check!(C, &case, [Vec<(Color, Rights)>, Result<Shape, Color>]);
        panic!("no Rust type for {case}");
    }
}

#[test]
fn lowered_values() {
    check_all::<Lowered>(include_str!("../data/values.jsonl"));
}

#[test]
fn lifted_bytes() {
    check_all::<Changed>(include_str!("../data/lifts.jsonl"));
}

/// The transfer of a string from one component to another.
struct BetweenGuests<'a> {
    source: Vec<u8>,
    target: ByteSide<'a, GuestHandles>,
}

impl StringTransfer for BetweenGuests<'_> {
    type Error = Trap;

    fn sides(&mut self) -> (&[u8], &mut [u8]) {
        (&self.source, self.target.bytes())
    }

    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Trap> {
        reallocate(&mut self.target, old_ptr, old_size, align, new_size)
    }
}

#[test]
fn stored_strings() {
    for case in cases(include_str!("../data/strings.jsonl")) {
        let text = case["text"].as_str().expect("a text");
        let utf16 = || text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (form, source) = match case["form"].as_str() {
            Some("utf8") => (StringForm::Utf8, text.as_bytes().to_vec()),
            Some("utf16") => (StringForm::Utf16, utf16()),
            Some("tagged-utf16") => (StringForm::TaggedUtf16, utf16()),
            Some("latin1") => (StringForm::Latin1, text.chars().map(|c| u8::try_from(c).expect("Latin-1")).collect()),
            other => panic!("unknown form {other:?}"),
        };
        let mut memory = ByteMemory::new(encoding(&case));
        let mut handles = GuestHandles;
        let target = memory.side(&mut handles);
        let (ptr, units) =
            store_string(&mut BetweenGuests { source, target }, form, encoding(&case)).expect("there is room");
        assert_eq!(Value::from([ptr, units].as_slice()), case["flat"], "{case}");
        check_memory(&memory, &case);
        let stored = memory.lift::<String, _>(&mut GuestHandles, MAX_FLAT_PARAMS, &[ptr.into(), units.into()]);
        assert_eq!(stored.as_deref(), Ok(text), "{case}");
    }
}
