//! Random values of a type.

use fastrand::Rng;
use witwright_host::Val;

use super::types::{Definition, Type, Types};

/// Characters that are encoded differently in the encodings of strings.
const CHARACTERS: [char; 12] =
    ['a', '~', '\0', '\u{7f}', '\u{80}', 'é', 'ÿ', '\u{100}', '€', '\u{ffff}', '\u{10000}', '\u{10ffff}'];

pub(super) fn random(types: &Types, ty: &Type, random: &mut Rng) -> Val {
    let mut of = |ty: &Type| self::random(types, ty, random);
    match ty {
        Type::Primitive(name) => primitive(name, random),
        Type::FixedList(ty, len) => Val::List((0..*len).map(|_| of(ty)).collect()),
        Type::Tuple(tys) => Val::Tuple(tys.iter().map(of).collect()),
        Type::List(ty) => {
            let len = random.usize(..5);
            Val::List((0..len).map(|_| self::random(types, ty, random)).collect())
        }
        Type::Map(key, value) => {
            let len = random.usize(..4);
            Val::Map((0..len).map(|_| (primitive(key, random), self::random(types, value, random))).collect())
        }
        Type::Option(ty) => Val::Option(random.bool().then(|| Box::new(self::random(types, ty, random)))),
        Type::Result(ok, error) => {
            let is_ok = random.bool();
            let side = if is_ok { ok } else { error };
            let payload = side.as_ref().map(|ty| Box::new(self::random(types, ty, random)));
            Val::Result(if is_ok { Ok(payload) } else { Err(payload) })
        }
        Type::Named(index) => match &types.definitions[*index] {
            Definition::Record(fields) => {
                let fields = fields.iter().enumerate().map(|(index, ty)| (format!("f{index}"), of(ty)));
                Val::Record(fields.collect())
            }
            Definition::Variant(cases) => {
                let index = random.usize(..cases.len());
                let payload = cases[index].as_ref().map(|ty| Box::new(self::random(types, ty, random)));
                Val::Variant(format!("c{index}"), payload)
            }
            Definition::Enum(cases) => Val::Enum(format!("c{}", random.usize(..*cases))),
            Definition::Flags(flags) => {
                Val::Flags((0..*flags).filter(|_| random.bool()).map(|index| format!("c{index}")).collect())
            }
        },
    }
}

fn primitive(name: &str, random: &mut Rng) -> Val {
    match name {
        "bool" => Val::Bool(random.bool()),
        "s8" => Val::S8(random.i8(..)),
        "u8" => Val::U8(random.u8(..)),
        "s16" => Val::S16(random.i16(..)),
        "u16" => Val::U16(random.u16(..)),
        "s32" => Val::S32(random.i32(..)),
        "u32" => Val::U32(random.u32(..)),
        "s64" => Val::S64(random.i64(..)),
        "u64" => Val::U64(random.u64(..)),
        "f32" => Val::F32(f32::from_bits(random.u32(..))),
        "f64" => Val::F64(f64::from_bits(random.u64(..))),
        "char" => Val::Char(random.char(..)),
        "string" => Val::String(string(random)),
        _ => unreachable!("these are all the primitive types"),
    }
}

/// A text that is Latin 1, or only begins so, or is not.
fn string(random: &mut Rng) -> String {
    let known = [2, 7, 9, CHARACTERS.len()][random.usize(..4)];
    (0..random.usize(..24)).map(|_| CHARACTERS[random.usize(..known)]).collect()
}
