//! Visited values equal those of the vectors: from flat values, from memory, and from changed bytes. Supplied values give the
//! flat values, bytes and calls of `realloc` that the vectors have.

use serde_json::{Value, json};
use witwright_abi_runtime::bytes::{ByteMemory, GuestHandles};
use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::layout::{MAX_FLAT_PARAMS, TypeAbi};
use witwright_abi_runtime::string::StringEncoding;
use witwright_abi_runtime::supply::{Expected, SupplyError, Target, WrongPart, supply};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{LiftView, LowerView};
use witwright_abi_runtime::visit::{Part, Place, visit};

use crate::vector_types::describe;
use crate::vectors::{bytes, cases, check_memory, encoding, number};

/// The value of a case, as JSON.
fn visited(case: &Value, place: Place<'_, '_>) -> Result<Value, Trap> {
    let ty = describe(&case["type"]);
    let memory = bytes(&case["memory"]);
    let mut handles = GuestHandles;
    let mut view = LiftView::new(&memory, encoding(case), &mut handles);
    if let Place::Memory(address) = place {
        view.check_pointer(address, &TypeAbi::of(ty))?;
    }
    let mut parts = Vec::new();
    visit(&mut view, ty, place, &mut |part| {
        parts.push(part);
        Ok(())
    })?;
    let mut parts = parts.into_iter();
    let value = assembled(ty, &mut parts);
    assert!(parts.next().is_none(), "{case}");
    Ok(value)
}

fn assembled<'a>(ty: &'static TypeDesc, parts: &mut impl Iterator<Item = Part<'a>>) -> Value {
    match (ty, parts.next().expect("a value has a part")) {
        (_, Part::Bool(value)) => value.into(),
        (_, Part::Unsigned(value)) => value.into(),
        (_, Part::Signed(value)) => value.into(),
        // NaN is one value, of whatever bits.
        (_, Part::F32(value)) if value.is_nan() => "7fc00000".into(),
        (_, Part::F64(value)) if value.is_nan() => "7ff8000000000000".into(),
        (_, Part::F32(value)) => format!("{:08x}", value.to_bits()).into(),
        (_, Part::F64(value)) => format!("{:016x}", value.to_bits()).into(),
        (_, Part::Char(value)) => value.to_string().into(),
        (_, Part::Text(text)) => text.to_string().into(),
        (TypeDesc::Enum(_), Part::Case(name, false)) => name.into(),
        (TypeDesc::Option(_), Part::Case("none", false)) => Value::Null,
        (_, Part::Case(name, has_payload)) => {
            let payload = payload(ty, name).map(|ty| assembled(ty, parts));
            assert_eq!(payload.is_some(), has_payload);
            if matches!(ty, TypeDesc::Variant(_)) {
                json!({ "case": name, "value": payload })
            } else {
                json!({ name: payload })
            }
        }
        (_, Part::Begin(_, count)) => {
            let value = compound(ty, count as usize, parts);
            assert!(matches!(parts.next(), Some(Part::End)));
            value
        }
        (_, other) => panic!("{other:?} begins no value"),
    }
}

fn payload(ty: &'static TypeDesc, name: &str) -> Option<&'static TypeDesc> {
    match (ty, name) {
        (TypeDesc::Variant(desc), _) => desc.cases.iter().find(|case| case.name == name).and_then(|case| case.ty),
        (TypeDesc::Option(some), "some") => Some(some),
        (TypeDesc::Result(ok, _), "ok") => *ok,
        (TypeDesc::Result(_, error), "error") => *error,
        _ => panic!("there is no case `{name}`"),
    }
}

fn compound<'a>(ty: &'static TypeDesc, count: usize, parts: &mut impl Iterator<Item = Part<'a>>) -> Value {
    match (ty, count) {
        (TypeDesc::List(element) | TypeDesc::FixedList(element, _), _) => {
            (0..count).map(|_| assembled(element, parts)).collect()
        }
        (TypeDesc::Map(key, value), _) => {
            (0..count / 2).map(|_| json!([assembled(key, parts), assembled(value, parts)])).collect()
        }
        (TypeDesc::Tuple(types), _) => types.iter().map(|ty| assembled(ty, parts)).collect(),
        (TypeDesc::Record(desc), _) => {
            let fields = desc.fields.iter().map(|field| {
                assert!(matches!(parts.next(), Some(Part::Field(name)) if name == field.name));
                (field.name.to_owned(), assembled(field.ty, parts))
            });
            Value::Object(fields.collect())
        }
        (TypeDesc::Flags(_), _) => (0..count)
            .map(|_| match parts.next() {
                Some(Part::Flag(label)) => Value::from(label),
                other => panic!("{other:?} is no flag"),
            })
            .collect(),
        (other, _) => panic!("{other:?} has no parts"),
    }
}

/// A value as it is compared: a case without payload has none in the vectors, or `null`.
fn normal(value: Value) -> Value {
    match value {
        Value::Object(mut object) => {
            if object.contains_key("case") && object.get("value").is_some_and(Value::is_null) {
                object.remove("value");
            }
            Value::Object(object.into_iter().map(|(key, value)| (key, normal(value))).collect())
        }
        Value::Array(values) => values.into_iter().map(normal).collect(),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other,
    }
}

#[test]
fn lowered_values_are_visited() {
    for case in cases(include_str!("../data/values.jsonl")) {
        let slots: Vec<u64> = case["flat"].as_array().expect("flat values").iter().filter_map(Value::as_u64).collect();
        let found = match case.get("at") {
            Some(at) => visited(&case, Place::Memory(number(at))),
            None if TypeAbi::of(describe(&case["type"])).flat.as_slice().is_none() => {
                visited(&case, Place::Memory(slots[0] as u32))
            }
            None => visited(&case, Place::Flat(&mut FlatReader::new(&slots))),
        };
        assert_eq!(found.map(normal), Ok(normal(case["value"].clone())), "{case}");
    }
}

#[test]
fn changed_bytes_are_visited_or_trap() {
    for case in cases(include_str!("../data/lifts.jsonl")) {
        let found = visited(&case, Place::Memory(number(&case["at"])));
        if case["trap"] == true {
            assert!(found.is_err(), "{case}: {found:?}");
        } else {
            assert_eq!(found.map(normal), Ok(normal(case["value"].clone())), "{case}");
        }
    }
}

/// The parts of a value of the vectors.
fn parts(ty: &'static TypeDesc, value: &'static Value, parts: &mut Vec<Part<'static>>) {
    let signed = || value.as_i64().expect("a number");
    let unsigned = || value.as_u64().expect("a number");
    let text = || value.as_str().expect("a text");
    let hex = || u64::from_str_radix(text(), 16).expect("bits in hex");
    let items = || value.as_array().expect("an array");
    let mut case = |name: &'static str, payload: Option<(&'static TypeDesc, &'static Value)>| {
        parts.push(Part::Case(name, payload.is_some()));
        if let Some((ty, value)) = payload {
            self::parts(ty, value, parts);
        }
    };
    match ty {
        TypeDesc::Bool => parts.push(Part::Bool(value.as_bool().expect("a bool"))),
        TypeDesc::U8 | TypeDesc::U16 | TypeDesc::U32 | TypeDesc::U64 => parts.push(Part::Unsigned(unsigned())),
        TypeDesc::S8 | TypeDesc::S16 | TypeDesc::S32 | TypeDesc::S64 => parts.push(Part::Signed(signed())),
        TypeDesc::F32 => parts.push(Part::F32(f32::from_bits(hex() as u32))),
        TypeDesc::F64 => parts.push(Part::F64(f64::from_bits(hex()))),
        TypeDesc::Char => parts.push(Part::Char(text().chars().next().expect("a character"))),
        TypeDesc::String => parts.push(Part::Text(text().into())),
        TypeDesc::Enum(_) => case(text(), None),
        TypeDesc::Option(_) if value.is_null() => case("none", None),
        TypeDesc::Option(some) => case("some", Some((some, &value["some"]))),
        TypeDesc::Variant(_) => {
            let name = value["case"].as_str().expect("a case");
            case(name, payload(ty, name).map(|ty| (ty, &value["value"])));
        }
        TypeDesc::Result(..) => {
            let (name, value) = value.as_object().and_then(|object| object.iter().next()).expect("a case");
            case(name, payload(ty, name).map(|ty| (ty, value)));
        }
        TypeDesc::List(element) | TypeDesc::FixedList(element, _) => {
            parts.push(Part::Begin(ty, items().len() as u32));
            items().iter().for_each(|value| self::parts(element, value, parts));
            parts.push(Part::End);
        }
        TypeDesc::Map(key, value) => {
            parts.push(Part::Begin(ty, 2 * items().len() as u32));
            for entry in items() {
                self::parts(key, &entry[0], parts);
                self::parts(value, &entry[1], parts);
            }
            parts.push(Part::End);
        }
        TypeDesc::Tuple(types) => {
            parts.push(Part::Begin(ty, types.len() as u32));
            types.iter().zip(items()).for_each(|(ty, value)| self::parts(ty, value, parts));
            parts.push(Part::End);
        }
        TypeDesc::Record(desc) => {
            parts.push(Part::Begin(ty, desc.fields.len() as u32));
            for field in desc.fields {
                parts.push(Part::Field(field.name));
                self::parts(field.ty, &value[field.name], parts);
            }
            parts.push(Part::End);
        }
        TypeDesc::Flags(_) => {
            parts.push(Part::Begin(ty, items().len() as u32));
            parts.extend(items().iter().map(|label| Part::Flag(label.as_str().expect("a flag"))));
            parts.push(Part::End);
        }
        TypeDesc::Own(_)
        | TypeDesc::Borrow(_)
        | TypeDesc::Stream(_)
        | TypeDesc::Future(_)
        | TypeDesc::ErrorContext
        | TypeDesc::Alias(_) => panic!("the vectors have no {ty:?}"),
    }
}

#[test]
fn supplied_values_are_lowered() {
    for case in cases(include_str!("../data/values.jsonl")) {
        let case: &'static Value = Box::leak(Box::new(case));
        let ty = describe(&case["type"]);
        let mut parts = Vec::new();
        self::parts(ty, &case["value"], &mut parts);
        let abi = TypeAbi::of(ty);
        let at = case.get("at").map(number);
        let start = at.map_or(8, |at| at + abi.size) as usize;
        let mut memory = ByteMemory::from_bytes(vec![0; start], encoding(case));
        let mut slots = [0; MAX_FLAT_PARAMS];
        let mut flat = FlatWriter::new(&mut slots);
        let mut parts = parts.into_iter();
        let mut handles = GuestHandles;
        let mut side = memory.side(&mut handles);
        let mut view = LowerView::new(&mut side, encoding(case));
        let lowered = match at {
            Some(at) => supply(&mut view, ty, Target::Memory(at), &mut parts),
            None if abi.flat.as_slice().is_none() => {
                let room = view.allocate(abi.align, abi.size).expect("there is room");
                flat.push(room.into());
                supply(&mut view, ty, Target::Memory(room), &mut parts)
            }
            None => supply(&mut view, ty, Target::Flat(&mut flat), &mut parts),
        };
        assert_eq!(lowered, Ok(()), "{case}");
        assert!(parts.next().is_none(), "{case}");
        let written = flat.position();
        assert_eq!(Value::from(&slots[..written]), case["flat"], "{case}");
        check_memory(&memory, case);
    }
}

#[test]
fn parts_that_do_not_fit_are_named() {
    let supplied = |ty: Value, parts: &[Part<'static>]| {
        let mut memory = ByteMemory::new(StringEncoding::Utf8);
        let mut handles = GuestHandles;
        let mut side = memory.side(&mut handles);
        let mut view = LowerView::new(&mut side, StringEncoding::Utf8);
        let mut slots = [0; MAX_FLAT_PARAMS];
        let mut flat = FlatWriter::new(&mut slots);
        supply(&mut view, describe(&ty), Target::Flat(&mut flat), &mut parts.iter().copied())
    };
    let wrong = |index, expected| Err(SupplyError::Part(WrongPart { index, expected: Expected::Part(expected) }));
    assert_eq!(supplied(json!("u8"), &[Part::Unsigned(256)]), wrong(0, "a `u8`"));
    assert_eq!(supplied(json!("s8"), &[Part::Unsigned(1)]), wrong(0, "an `s8`"));
    assert_eq!(supplied(json!("string"), &[]), wrong(0, "a `string`"));
    let point = json!({ "record": [["x", "u8"], ["y", "u8"]] });
    let begin = Part::Begin(&TypeDesc::U8, 2);
    let swapped = supplied(point.clone(), &[begin, Part::Field("y")]);
    assert_eq!(swapped, Err(SupplyError::Part(WrongPart { index: 1, expected: Expected::Field("x") })));
    let message = swapped.map_err(|error| error.to_string());
    assert_eq!(message, Err("part 1 of the value is not the field `x`".to_owned()));
    let short = [begin, Part::Field("x"), Part::Unsigned(1), Part::End];
    let found = supplied(point, &short);
    assert_eq!(found, Err(SupplyError::Part(WrongPart { index: 3, expected: Expected::Field("y") })));
    let option = json!({ "option": "u8" });
    assert_eq!(
        supplied(option.clone(), &[Part::Case("none", true)]),
        wrong(0, "a case of this type, with its payload")
    );
    assert_eq!(supplied(option, &[Part::Case("some", true), Part::End]), wrong(1, "a `u8`"));
    let rights = json!({ "flags": ["read", "write"] });
    assert_eq!(supplied(rights, &[Part::Begin(&TypeDesc::U8, 1), Part::Flag("run")]), wrong(1, "a flag of this type"));
    let map = json!({ "map": ["u8", "u8"] });
    assert_eq!(
        supplied(map, &[Part::Begin(&TypeDesc::U8, 3)]),
        wrong(0, "the beginning of a map, of two values an entry")
    );
}
