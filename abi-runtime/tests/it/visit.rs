//! Visited values equal those of the vectors: from flat values, from memory, and from changed bytes.

use serde_json::{Value, json};
use witwright_abi_runtime::bytes::GuestHandles;
use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::flat::FlatReader;
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::LiftView;
use witwright_abi_runtime::visit::{Part, Place, visit};

use crate::vector_types::describe;
use crate::vectors::{bytes, cases, encoding, number};

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
