//! Values of scripts and values of the host.

use ::wast::component::WastVal;
use ::wast::core::{NanPattern, WastArgCore, WastRetCore};
use ::wast::{WastArg, WastRet};
use witwright_host::Val;

/// The arguments of a call.
pub(super) fn arguments(args: &[WastArg<'_>]) -> Result<Vec<Val>, String> {
    let argument = |arg: &WastArg<'_>| match arg {
        WastArg::Component(value) => Ok(val(value)),
        // Floats are written alike in both, and read as those of core WebAssembly.
        WastArg::Core(WastArgCore::F32(value)) => Ok(Val::F32(f32::from_bits(value.bits))),
        WastArg::Core(WastArgCore::F64(value)) => Ok(Val::F64(f64::from_bits(value.bits))),
        WastArg::Core(_) | _ => {
            Err("an argument is a value of core WebAssembly, not of the component model".to_owned())
        }
    };
    args.iter().map(argument).collect()
}

/// Compares a result with the one that is expected.
pub(super) fn compare(expected: &[WastRet<'_>], found: Option<&Val>) -> Result<(), String> {
    match (expected, found) {
        ([], None) => Ok(()),
        ([WastRet::Component(expected)], Some(found)) => {
            let expected = val(expected);
            if same(&expected, found) {
                Ok(())
            } else {
                Err(format!("expected {}, found {}", text(&expected), text(found)))
            }
        }
        ([WastRet::Core(expected)], Some(found)) if float(expected, found) => Ok(()),
        ([WastRet::Core(expected @ (WastRetCore::F32(_) | WastRetCore::F64(_)))], found) => {
            Err(format!("expected {expected:?}, found {}", found.map_or_else(|| "none".to_owned(), text)))
        }
        ([WastRet::Core(_)], _) => Err("the expected result is a value of core WebAssembly".to_owned()),
        (_, Some(found)) => Err(format!("expected {} results, found {}", expected.len(), text(found))),
        (_, None) => Err(format!("expected {} results, found none", expected.len())),
    }
}

/// Whether a value is the float that is expected, or one of the NaNs.
fn float(expected: &WastRetCore<'_>, found: &Val) -> bool {
    match (expected, found) {
        (WastRetCore::F32(NanPattern::Value(expected)), Val::F32(found)) => {
            same(&Val::F32(f32::from_bits(expected.bits)), &Val::F32(*found))
        }
        (WastRetCore::F32(_), Val::F32(found)) => found.is_nan(),
        (WastRetCore::F64(NanPattern::Value(expected)), Val::F64(found)) => {
            same(&Val::F64(f64::from_bits(expected.bits)), &Val::F64(*found))
        }
        (WastRetCore::F64(_), Val::F64(found)) => found.is_nan(),
        (_, _) => false,
    }
}

fn val(value: &WastVal<'_>) -> Val {
    let boxed = |value: &Option<Box<WastVal<'_>>>| value.as_ref().map(|value| Box::new(val(value)));
    match value {
        WastVal::Bool(value) => Val::Bool(*value),
        WastVal::U8(value) => Val::U8(*value),
        WastVal::S8(value) => Val::S8(*value),
        WastVal::U16(value) => Val::U16(*value),
        WastVal::S16(value) => Val::S16(*value),
        WastVal::U32(value) => Val::U32(*value),
        WastVal::S32(value) => Val::S32(*value),
        WastVal::U64(value) => Val::U64(*value),
        WastVal::S64(value) => Val::S64(*value),
        WastVal::F32(value) => Val::F32(f32::from_bits(value.bits)),
        WastVal::F64(value) => Val::F64(f64::from_bits(value.bits)),
        WastVal::Char(value) => Val::Char(*value),
        WastVal::String(value) => Val::String((*value).to_owned()),
        WastVal::List(values) => Val::List(values.iter().map(val).collect()),
        WastVal::Map(entries) => Val::Map(entries.iter().map(|(key, value)| (val(key), val(value))).collect()),
        WastVal::Record(fields) => {
            Val::Record(fields.iter().map(|(name, value)| ((*name).to_owned(), val(value))).collect())
        }
        WastVal::Tuple(values) => Val::Tuple(values.iter().map(val).collect()),
        WastVal::Variant(name, payload) => Val::Variant((*name).to_owned(), boxed(payload)),
        WastVal::Enum(name) => Val::Enum((*name).to_owned()),
        WastVal::Option(some) => Val::Option(boxed(some)),
        WastVal::Result(Ok(payload)) => Val::Result(Ok(boxed(payload))),
        WastVal::Result(Err(payload)) => Val::Result(Err(boxed(payload))),
        WastVal::Flags(names) => Val::Flags(names.iter().map(|name| (*name).to_owned()).collect()),
    }
}

/// A value as scripts have it, `(u32.const 1)`.
fn text(value: &Val) -> String {
    let quoted = |name: &String| format!(" {name:?}");
    let with = |value: &Option<Box<Val>>| value.as_ref().map(|value| format!(" {}", text(value))).unwrap_or_default();
    let all = |values: &[Val]| values.iter().map(|value| format!(" {}", text(value))).collect::<String>();
    match value {
        Val::Bool(value) => format!("(bool.const {value})"),
        Val::S8(value) => format!("(s8.const {value})"),
        Val::U8(value) => format!("(u8.const {value})"),
        Val::S16(value) => format!("(s16.const {value})"),
        Val::U16(value) => format!("(u16.const {value})"),
        Val::S32(value) => format!("(s32.const {value})"),
        Val::U32(value) => format!("(u32.const {value})"),
        Val::S64(value) => format!("(s64.const {value})"),
        Val::U64(value) => format!("(u64.const {value})"),
        Val::F32(value) => format!("(f32.const {value})"),
        Val::F64(value) => format!("(f64.const {value})"),
        Val::Char(value) => format!("(char.const {:?})", value.to_string()),
        Val::String(value) => format!("(str.const{})", quoted(value)),
        Val::List(values) => format!("(list.const{})", all(values)),
        Val::Map(entries) => {
            let entry = |(key, value): &(Val, Val)| format!(" (entry {} {})", text(key), text(value));
            format!("(map.const{})", entries.iter().map(entry).collect::<String>())
        }
        Val::Record(fields) => {
            let field = |(name, value): &(String, Val)| format!(" (field{} {})", quoted(name), text(value));
            format!("(record.const{})", fields.iter().map(field).collect::<String>())
        }
        Val::Tuple(values) => format!("(tuple.const{})", all(values)),
        Val::Variant(name, payload) => format!("(variant.const{}{})", quoted(name), with(payload)),
        Val::Enum(name) => format!("(enum.const{})", quoted(name)),
        Val::Option(Some(value)) => format!("(option.some {})", text(value)),
        Val::Option(None) => "(option.none)".to_owned(),
        Val::Result(Ok(payload)) => format!("(result.ok{})", with(payload)),
        Val::Result(Err(payload)) => format!("(result.err{})", with(payload)),
        Val::Flags(names) => format!("(flags.const{})", names.iter().map(quoted).collect::<String>()),
        // These have no constants.
        Val::Resource(_) | Val::Stream(_) | Val::Future(_) | Val::ErrorContext(_) | _ => format!("{value:?}"),
    }
}

/// Whether two values are the same: a NaN is like any other, fields and flags may come in any order.
fn same(a: &Val, b: &Val) -> bool {
    let same_box = |a: &Option<Box<Val>>, b: &Option<Box<Val>>| match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let all = |a: &[Val], b: &[Val]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    match (a, b) {
        (Val::F32(a), Val::F32(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        (Val::F64(a), Val::F64(b)) => a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan(),
        (Val::List(a), Val::List(b)) | (Val::Tuple(a), Val::Tuple(b)) => all(a, b),
        (Val::Map(a), Val::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((ak, av), (bk, bv))| same(ak, bk) && same(av, bv))
        }
        (Val::Record(a), Val::Record(b)) => {
            let field = |name: &str| b.iter().find(|(other, _)| other == name).map(|(_, value)| value);
            a.len() == b.len() && a.iter().all(|(name, value)| field(name).is_some_and(|other| same(value, other)))
        }
        (Val::Variant(a, x), Val::Variant(b, y)) => a == b && same_box(x, y),
        (Val::Option(a), Val::Option(b)) => same_box(a, b),
        (Val::Result(Ok(a)), Val::Result(Ok(b))) | (Val::Result(Err(a)), Val::Result(Err(b))) => same_box(a, b),
        (Val::Flags(a), Val::Flags(b)) => a.len() == b.len() && a.iter().all(|flag| b.contains(flag)),
        (a, b) => a == b,
    }
}
