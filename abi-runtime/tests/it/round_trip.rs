//! Values arrive as they left: flat and through memory, in every string encoding.

use core::fmt::Debug;
use std::collections::{BTreeMap, HashMap};

use witwright_abi_runtime::bytes::{ByteMemory, GuestHandles};
use witwright_abi_runtime::layout::MAX_FLAT_PARAMS;
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::transfer::{Lift, Lower};
use witwright_abi_runtime::trap::Trap;

const ENCODINGS: [StringEncoding; 3] = [StringEncoding::Utf8, StringEncoding::Utf16, StringEncoding::Latin1OrUtf16];

/// Lowers a value and lifts it again: flat where it may be, and in memory.
pub(crate) fn transfer<P: Lower, R: Lift + PartialEq + Debug>(value: &P, encoding: StringEncoding) -> Result<R, Trap> {
    let [flat, stored] = [MAX_FLAT_PARAMS, 0].map(|max_flat| {
        let mut memory = ByteMemory::new(encoding);
        let flat = memory.lower(&mut GuestHandles, max_flat, value)?;
        memory.lift(&mut GuestHandles, max_flat, flat.as_slice())
    });
    assert_eq!(flat, stored);
    flat
}

pub(crate) fn check_round_trip<T: Lower + Lift + PartialEq + Debug>(value: T) {
    for encoding in ENCODINGS {
        assert_eq!(transfer(&value, encoding).as_ref(), Ok(&value), "{encoding:?}");
    }
}

#[test]
fn numbers() {
    check_round_trip((u8::MAX, u16::MAX, u32::MAX, u64::MAX));
    check_round_trip((i8::MIN, i16::MIN, i32::MIN, i64::MIN));
    check_round_trip((f32::MIN_POSITIVE, f64::NEG_INFINITY, true, false, 'é', '\u{10ffff}'));
    check_round_trip((vec![1_u8, 2, 3], vec![i16::MIN, -1], vec![0.5_f64], Vec::<u64>::new()));
}

#[test]
fn options_and_results() {
    check_round_trip((None::<u8>, Some(1_u64), Some(None::<String>), Some(Some("x".to_owned()))));
    check_round_trip(vec![Ok::<u8, String>(1), Err("x".to_owned())]);
    check_round_trip(vec![Ok::<(), f32>(()), Err(1.5)]);
    check_round_trip((Ok::<(), ()>(()), Err::<f64, ()>(())));
    check_round_trip(Some(Ok::<(f32, u64), f64>((1.5, 7))));
}

#[test]
fn lists_of_lists_and_arrays() {
    check_round_trip(vec![vec!["a".to_owned(), "é".to_owned()], vec![], vec!["€".to_owned(), "🦀".to_owned()]]);
    check_round_trip([[1_u16, 2], [3, 4], [5, 6]]);
    check_round_trip(vec![["x".to_owned(), "y".to_owned()]]);
}

#[test]
fn maps() {
    check_round_trip(BTreeMap::from([("a".to_owned(), 1_u64), ("b".to_owned(), 2)]));
    check_round_trip(HashMap::<u16, Option<char>>::from([(1, None), (2, Some('x'))]));
}

#[test]
fn of_entries_with_one_key_the_last_wins() {
    let entries = vec![(1_u8, 'a'), (2, 'b'), (1, 'c')];
    let map: BTreeMap<u8, char> = transfer(&entries, StringEncoding::Utf8).expect("the entries are valid");
    assert_eq!(map, BTreeMap::from([(1, 'c'), (2, 'b')]));
}

#[test]
fn more_parameters_than_are_flat() {
    check_round_trip((
        1_u8,
        "a".to_owned(),
        2_u64,
        "b".to_owned(),
        3_u16,
        "c".to_owned(),
        4.5_f32,
        "d".to_owned(),
        [5_u8; 6],
    ));
}

#[test]
fn references_lower_as_what_they_refer_to() {
    let words: Vec<String> = transfer(&["a", "b"].as_slice(), StringEncoding::Utf8).expect("the list is valid");
    assert_eq!(words, ["a", "b"]);
    let pair: (String, Vec<u32>) =
        transfer(&("x", [1_u32, 2].as_slice()), StringEncoding::Utf16).expect("the pair is valid");
    assert_eq!(pair, ("x".to_owned(), vec![1, 2]));
}

#[test]
fn a_nan_stays_one() {
    let floats: Vec<f32> = transfer_floats(&[f32::NAN, f32::from_bits(0x7fa0_0001)]);
    assert!(floats.iter().all(|float| float.is_nan()));
}

fn transfer_floats(floats: &[f32]) -> Vec<f32> {
    let mut memory = ByteMemory::new(StringEncoding::Utf8);
    let flat = memory.lower(&mut GuestHandles, MAX_FLAT_PARAMS, floats).expect("there is room");
    memory.lift(&mut GuestHandles, MAX_FLAT_PARAMS, flat.as_slice()).expect("the list is valid")
}
