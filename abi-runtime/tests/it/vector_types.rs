//! Types and values of the vectors: JSON to descriptions and back, and JSON to Rust values.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use witwright_abi_runtime::desc::{CaseDesc, FieldDesc, LabelsDesc, RecordDesc, ResourceDesc, TypeDesc, VariantDesc};

use crate::generated_form::{Color, Page, Rights, Shape};

static RESOURCE: ResourceDesc = ResourceDesc::World { name: "r", interface: None };

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn items<'a, T>(array: &'a Value, item: impl FnMut(&'a Value) -> T) -> &'static [T] {
    array.as_array().expect("an array").iter().map(item).collect::<Vec<_>>().leak()
}

fn name(text: &Value) -> &'static str {
    text.as_str().expect("a label").to_owned().leak()
}

fn describe_option(ty: &Value) -> Option<&'static TypeDesc> {
    if ty.is_null() { None } else { Some(describe(ty)) }
}

fn labels(labels: &Value) -> &'static LabelsDesc {
    let labels = match labels.as_u64() {
        Some(count) => vec!["l"; count as usize].leak(),
        None => items(labels, name),
    };
    leak(LabelsDesc { name: "labels", labels })
}

/// The description of a type; it is never freed.
pub(crate) fn describe(ty: &Value) -> &'static TypeDesc {
    let Some(object) = ty.as_object() else { return leak(describe_primitive(ty.as_str().expect("a type"))) };
    let (kind, of) = object.iter().find(|(key, _)| *key != "len").expect("a kind of type");
    leak(match kind.as_str() {
        "list" => match ty["len"].as_u64() {
            Some(len) => TypeDesc::FixedList(describe(of), len as u32),
            None => TypeDesc::List(describe(of)),
        },
        "record" => TypeDesc::Record(leak(RecordDesc {
            name: "record",
            fields: items(of, |field| FieldDesc { name: name(&field[0]), ty: describe(&field[1]) }),
        })),
        "tuple" => TypeDesc::Tuple(items(of, describe)),
        "variant" => TypeDesc::Variant(leak(VariantDesc {
            name: "variant",
            cases: items(of, |case| CaseDesc { name: name(&case[0]), ty: describe_option(&case[1]) }),
        })),
        "enum" => TypeDesc::Enum(labels(of)),
        "flags" => TypeDesc::Flags(labels(of)),
        "option" => TypeDesc::Option(describe(of)),
        "result" => TypeDesc::Result(describe_option(&of[0]), describe_option(&of[1])),
        "map" => TypeDesc::Map(describe(&of[0]), describe(&of[1])),
        "stream" => TypeDesc::Stream(describe_option(of)),
        "future" => TypeDesc::Future(describe_option(of)),
        other => panic!("unknown kind of type {other}"),
    })
}

fn describe_primitive(name: &str) -> TypeDesc {
    match name {
        "bool" => TypeDesc::Bool,
        "s8" => TypeDesc::S8,
        "u8" => TypeDesc::U8,
        "s16" => TypeDesc::S16,
        "u16" => TypeDesc::U16,
        "s32" => TypeDesc::S32,
        "u32" => TypeDesc::U32,
        "s64" => TypeDesc::S64,
        "u64" => TypeDesc::U64,
        "f32" => TypeDesc::F32,
        "f64" => TypeDesc::F64,
        "char" => TypeDesc::Char,
        "string" => TypeDesc::String,
        "error-context" => TypeDesc::ErrorContext,
        "own" => TypeDesc::Own(&RESOURCE),
        "borrow" => TypeDesc::Borrow(&RESOURCE),
        other => panic!("unknown type {other}"),
    }
}

fn json_option(ty: Option<&TypeDesc>) -> Value {
    ty.map_or(Value::Null, json)
}

/// The type of a description.
pub(crate) fn json(ty: &TypeDesc) -> Value {
    match ty {
        TypeDesc::Bool => "bool".into(),
        TypeDesc::S8 => "s8".into(),
        TypeDesc::U8 => "u8".into(),
        TypeDesc::S16 => "s16".into(),
        TypeDesc::U16 => "u16".into(),
        TypeDesc::S32 => "s32".into(),
        TypeDesc::U32 => "u32".into(),
        TypeDesc::S64 => "s64".into(),
        TypeDesc::U64 => "u64".into(),
        TypeDesc::F32 => "f32".into(),
        TypeDesc::F64 => "f64".into(),
        TypeDesc::Char => "char".into(),
        TypeDesc::String => "string".into(),
        TypeDesc::ErrorContext => "error-context".into(),
        TypeDesc::List(of) => json!({ "list": json(of) }),
        TypeDesc::FixedList(of, len) => json!({ "list": json(of), "len": len }),
        TypeDesc::Map(key, value) => json!({ "map": [json(key), json(value)] }),
        TypeDesc::Tuple(of) => json!({ "tuple": of.iter().map(|ty| json(ty)).collect::<Vec<_>>() }),
        TypeDesc::Option(some) => json!({ "option": json(some) }),
        TypeDesc::Result(ok, error) => json!({ "result": [json_option(*ok), json_option(*error)] }),
        TypeDesc::Record(desc) => {
            json!({ "record": desc.fields.iter().map(|field| json!([field.name, json(field.ty)])).collect::<Vec<_>>() })
        }
        TypeDesc::Variant(desc) => {
            json!({ "variant": desc.cases.iter().map(|case| json!([case.name, json_option(case.ty)])).collect::<Vec<_>>() })
        }
        TypeDesc::Enum(desc) => json!({ "enum": desc.labels }),
        TypeDesc::Flags(desc) => json!({ "flags": desc.labels }),
        TypeDesc::Own(_) => "own".into(),
        TypeDesc::Borrow(_) => "borrow".into(),
        TypeDesc::Stream(of) => json!({ "stream": json_option(*of) }),
        TypeDesc::Future(of) => json!({ "future": json_option(*of) }),
        TypeDesc::Alias(alias) => json(alias.ty),
    }
}

/// A Rust value of a value of the vectors.
pub(crate) trait FromJson {
    fn from_json(value: &Value) -> Self;
}

macro_rules! integers {
    ($($ty:ident)+) => {
        $(impl FromJson for $ty {
            fn from_json(value: &Value) -> Self {
                value.to_string().parse().expect("an integer of the type")
            }
        })+
    };
}

integers!(i8 u8 i16 u16 i32 u32 i64 u64);

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

impl FromJson for f32 {
    fn from_json(value: &Value) -> Self {
        f32::from_bits(u32::from_str_radix(text(value), 16).expect("the bits in hex"))
    }
}

impl FromJson for f64 {
    fn from_json(value: &Value) -> Self {
        f64::from_bits(u64::from_str_radix(text(value), 16).expect("the bits in hex"))
    }
}

impl FromJson for bool {
    fn from_json(value: &Value) -> Self {
        value.as_bool().expect("a boolean")
    }
}

impl FromJson for char {
    fn from_json(value: &Value) -> Self {
        text(value).parse().expect("one character")
    }
}

impl FromJson for String {
    fn from_json(value: &Value) -> Self {
        text(value).to_owned()
    }
}

impl FromJson for () {
    fn from_json(value: &Value) -> Self {
        assert!(value.is_null(), "no payload");
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value) -> Self {
        value.as_array().expect("an array").iter().map(T::from_json).collect()
    }
}

impl<T: FromJson, const N: usize> FromJson for [T; N] {
    fn from_json(value: &Value) -> Self {
        core::array::from_fn(|index| T::from_json(&value[index]))
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Value) -> Self {
        value.as_object().map(|some| T::from_json(&some["some"]))
    }
}

impl<T: FromJson, E: FromJson> FromJson for Result<T, E> {
    fn from_json(value: &Value) -> Self {
        match value.get("ok") {
            Some(payload) => Ok(T::from_json(payload)),
            None => Err(E::from_json(&value["error"])),
        }
    }
}

impl<K: FromJson + Ord, V: FromJson> FromJson for BTreeMap<K, V> {
    fn from_json(value: &Value) -> Self {
        Vec::<(K, V)>::from_json(value).into_iter().collect()
    }
}

macro_rules! tuples {
    ($(($($ty:ident $index:tt),+))+) => {
        $(impl<$($ty: FromJson),+> FromJson for ($($ty,)+) {
            fn from_json(value: &Value) -> Self {
                ($($ty::from_json(&value[$index]),)+)
            }
        })+
    };
}

tuples!((A 0) (A 0, B 1) (A 0, B 1, C 2) (A 0, B 1, C 2, D 3));

impl FromJson for Page {
    fn from_json(value: &Value) -> Self {
        Page {
            title: FromJson::from_json(&value["title"]),
            tags: FromJson::from_json(&value["tags"]),
            size: FromJson::from_json(&value["size"]),
        }
    }
}

impl FromJson for Shape {
    fn from_json(value: &Value) -> Self {
        let payload = &value["value"];
        match text(&value["case"]) {
            "empty" => Shape::Empty,
            "circle" => Shape::Circle(FromJson::from_json(payload)),
            "polygon" => Shape::Polygon(FromJson::from_json(payload)),
            "named" => Shape::Named(FromJson::from_json(payload)),
            other => panic!("unknown case {other}"),
        }
    }
}

impl FromJson for Color {
    fn from_json(value: &Value) -> Self {
        match text(value) {
            "red" => Color::Red,
            "green" => Color::Green,
            "blue" => Color::Blue,
            other => panic!("unknown case {other}"),
        }
    }
}

impl FromJson for Rights {
    fn from_json(value: &Value) -> Self {
        let bit = |label: &String| match label.as_str() {
            "read" => Rights::READ.bits(),
            "write" => Rights::WRITE.bits(),
            "execute" => Rights::EXECUTE.bits(),
            other => panic!("unknown flag {other}"),
        };
        Rights::from_bits_truncate(Vec::from_json(value).iter().map(bit).sum())
    }
}
