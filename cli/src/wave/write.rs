//! Results as WAVE text.

use wasm_wave::value::{Type as WaveType, Value};
use wasm_wave::wasm::WasmValue;
use witwright_host::{Type, Val};

use super::{WaveError, wave_type};

/// A result as text.
pub(crate) fn text(result: &Val, ty: &Type) -> Result<String, WaveError> {
    wasm_wave::to_string(&value(result, &wave_type(ty)?, ty)?).map_err(WaveError::Write)
}

/// The WAVE value of a value of the host.
fn value(from: &Val, wave: &WaveType, ty: &Type) -> Result<Value, WaveError> {
    let part = |from: &Val, ty: &Type| value(from, &wave_type(ty)?, ty);
    let option = |from: &Option<Box<Val>>, ty: Option<&Type>| match (from, ty) {
        (Some(from), Some(ty)) => part(from, ty).map(Some),
        (_, _) => Ok(None),
    };
    Ok(match (from, ty) {
        (Val::Bool(value), _) => Value::make_bool(*value),
        (Val::S8(value), _) => Value::make_s8(*value),
        (Val::U8(value), _) => Value::make_u8(*value),
        (Val::S16(value), _) => Value::make_s16(*value),
        (Val::U16(value), _) => Value::make_u16(*value),
        (Val::S32(value), _) => Value::make_s32(*value),
        (Val::U32(value), _) => Value::make_u32(*value),
        (Val::S64(value), _) => Value::make_s64(*value),
        (Val::U64(value), _) => Value::make_u64(*value),
        (Val::F32(value), _) => Value::make_f32(*value),
        (Val::F64(value), _) => Value::make_f64(*value),
        (Val::Char(value), _) => Value::make_char(*value),
        (Val::String(value), _) => Value::make_string(value.into()),
        (Val::List(values), Type::List(element) | Type::FixedList(element, _)) => {
            let values = values.iter().map(|value| part(value, element)).collect::<Result<Vec<_>, _>>()?;
            Value::make_list(wave, values)?
        }
        (Val::Map(entries), Type::Map(types)) => {
            let entries = entries.iter().map(|(key, value)| Ok((part(key, &types.0)?, part(value, &types.1)?)));
            Value::make_map(wave, entries.collect::<Result<Vec<_>, WaveError>>()?)?
        }
        (Val::Tuple(values), Type::Tuple(types)) => {
            let values = values.iter().zip(types).map(|(value, ty)| part(value, ty));
            Value::make_tuple(wave, values.collect::<Result<Vec<_>, _>>()?)?
        }
        (Val::Option(value), Type::Option(some)) => Value::make_option(wave, option(value, Some(some))?)?,
        (Val::Result(Ok(value)), Type::Result(types)) => {
            Value::make_result(wave, Ok(option(value, types.0.as_ref())?))?
        }
        (Val::Result(Err(value)), Type::Result(types)) => {
            Value::make_result(wave, Err(option(value, types.1.as_ref())?))?
        }
        (Val::Record(values), Type::Record(fields)) => {
            let values =
                values.iter().zip(fields).map(|((name, value), (_, ty))| Ok((name.as_str(), part(value, ty)?)));
            Value::make_record(wave, values.collect::<Result<Vec<_>, WaveError>>()?)?
        }
        (Val::Variant(name, value), Type::Variant(cases)) => {
            let ty = cases.iter().find(|(case, _)| case == name).and_then(|(_, ty)| ty.as_ref());
            Value::make_variant(wave, name, option(value, ty)?)?
        }
        (Val::Enum(name), _) => Value::make_enum(wave, name)?,
        (Val::Flags(names), _) => Value::make_flags(wave, names.iter().map(String::as_str))?,
        (_, _) => return Err(WaveError::Type("a value of another type")),
    })
}
