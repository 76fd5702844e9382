//! Values and types between the host and WAVE, the notation for values of the component model.

use wasm_wave::untyped::UntypedFuncCall;
use wasm_wave::value::{Type as WaveType, Value};
use wasm_wave::wasm::{DisplayType, WasmTypeKind, WasmValue, WasmValueError};
use witwright_host::{FuncType, Type, Val};

/// Why a value is not to be had in WAVE.
#[derive(Debug)]
pub(crate) enum WaveError {
    /// A type for which WAVE has no notation.
    Type(&'static str),
    /// A text that is no call, or does not fit the function.
    Parse(wasm_wave::parser::ParserError),
    /// A value that does not fit its type.
    Value(WasmValueError),
    /// A result that cannot be written.
    Write(wasm_wave::writer::WriterError),
}

impl core::fmt::Display for WaveError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            WaveError::Type(what) => write!(f, "the function has a {what} in its type, which WAVE cannot write"),
            WaveError::Parse(error) => write!(f, "{error}"),
            WaveError::Value(error) => write!(f, "{error}"),
            WaveError::Write(error) => write!(f, "{error}"),
        }
    }
}

impl From<WasmValueError> for WaveError {
    fn from(error: WasmValueError) -> WaveError {
        WaveError::Value(error)
    }
}

/// The arguments of a call.
pub(crate) fn arguments(call: &UntypedFuncCall<'_>, func: &FuncType) -> Result<Vec<Val>, WaveError> {
    let types = func.params.iter().map(|(_, ty)| wave_type(ty)).collect::<Result<Vec<_>, _>>()?;
    let values = call.to_wasm_params::<Value>(&types).map_err(WaveError::Parse)?;
    Ok(values.iter().zip(&func.params).map(|(value, (_, ty))| val(value, ty)).collect())
}

/// A result as text.
pub(crate) fn text(result: &Val, ty: &Type) -> Result<String, WaveError> {
    wasm_wave::to_string(&value(result, &wave_type(ty)?, ty)?).map_err(WaveError::Write)
}

/// A function with its type, as one would declare it.
pub(crate) fn signature(name: &str, func: &FuncType) -> Result<String, WaveError> {
    let text = |ty: &Type| wave_type(ty).map(|ty| DisplayType(&ty).to_string());
    let parameter = |(name, ty): &(String, Type)| text(ty).map(|ty| format!("{name}: {ty}"));
    let parameters = func.params.iter().map(parameter).collect::<Result<Vec<_>, _>>()?.join(", ");
    let result = func.result.as_ref().map(text).transpose()?.map(|ty| format!(" -> {ty}"));
    Ok(format!("{name}: func({parameters}){}", result.unwrap_or_default()))
}

fn simple(kind: WasmTypeKind) -> Result<WaveType, WaveError> {
    WaveType::simple(kind).ok_or(WaveError::Type("type of another kind"))
}

/// A type as WAVE knows it.
fn wave_type(ty: &Type) -> Result<WaveType, WaveError> {
    let nothing = || WaveError::Type("type without members");
    let option = |ty: &Option<Type>| ty.as_ref().map(wave_type).transpose();
    Ok(match ty {
        Type::Bool => WaveType::BOOL,
        Type::S8 => WaveType::S8,
        Type::U8 => WaveType::U8,
        Type::S16 => WaveType::S16,
        Type::U16 => WaveType::U16,
        Type::S32 => WaveType::S32,
        Type::U32 => WaveType::U32,
        Type::S64 => WaveType::S64,
        Type::U64 => WaveType::U64,
        Type::F32 => WaveType::F32,
        Type::F64 => WaveType::F64,
        Type::Char => WaveType::CHAR,
        Type::String => simple(WasmTypeKind::String)?,
        Type::List(element) => WaveType::list(wave_type(element)?),
        Type::FixedList(element, len) => WaveType::fixed_length_list(wave_type(element)?, *len),
        Type::Map(entry) => WaveType::map(wave_type(&entry.0)?, wave_type(&entry.1)?).ok_or_else(nothing)?,
        Type::Tuple(types) => {
            WaveType::tuple(types.iter().map(wave_type).collect::<Result<Vec<_>, _>>()?).ok_or_else(nothing)?
        }
        Type::Option(some) => WaveType::option(wave_type(some)?),
        Type::Result(types) => WaveType::result(option(&types.0)?, option(&types.1)?),
        Type::Record(fields) => {
            let fields = fields.iter().map(|(name, ty)| Ok((name.as_str(), wave_type(ty)?)));
            WaveType::record(fields.collect::<Result<Vec<_>, WaveError>>()?).ok_or_else(nothing)?
        }
        Type::Variant(cases) => {
            let cases = cases.iter().map(|(name, ty)| Ok((name.as_str(), option(ty)?)));
            WaveType::variant(cases.collect::<Result<Vec<_>, WaveError>>()?).ok_or_else(nothing)?
        }
        Type::Enum(cases) => WaveType::enum_ty(cases.iter().map(String::as_str)).ok_or_else(nothing)?,
        Type::Flags(flags) => WaveType::flags(flags.iter().map(String::as_str)).ok_or_else(nothing)?,
        Type::Own | Type::Borrow => return Err(WaveError::Type("resource")),
        Type::Stream(_) => return Err(WaveError::Type("stream")),
        Type::Future(_) => return Err(WaveError::Type("future")),
        Type::ErrorContext => return Err(WaveError::Type("error-context")),
        _ => return Err(WaveError::Type("type of another kind")),
    })
}

/// A WAVE value of this type as one of the host's.
fn val(value: &Value, ty: &Type) -> Val {
    let boxed = |value: Option<std::borrow::Cow<'_, Value>>, ty: Option<&Type>| {
        value.zip(ty).map(|(value, ty)| Box::new(val(&value, ty)))
    };
    match ty {
        Type::Bool => Val::Bool(value.unwrap_bool()),
        Type::S8 => Val::S8(value.unwrap_s8()),
        Type::U8 => Val::U8(value.unwrap_u8()),
        Type::S16 => Val::S16(value.unwrap_s16()),
        Type::U16 => Val::U16(value.unwrap_u16()),
        Type::S32 => Val::S32(value.unwrap_s32()),
        Type::U32 => Val::U32(value.unwrap_u32()),
        Type::S64 => Val::S64(value.unwrap_s64()),
        Type::U64 => Val::U64(value.unwrap_u64()),
        Type::F32 => Val::F32(value.unwrap_f32()),
        Type::F64 => Val::F64(value.unwrap_f64()),
        Type::Char => Val::Char(value.unwrap_char()),
        Type::String => Val::String(value.unwrap_string().into_owned()),
        Type::List(element) | Type::FixedList(element, _) => {
            Val::List(value.unwrap_list().map(|value| val(&value, element)).collect())
        }
        Type::Map(entry) => {
            Val::Map(value.unwrap_map().map(|(key, value)| (val(&key, &entry.0), val(&value, &entry.1))).collect())
        }
        Type::Tuple(types) => Val::Tuple(value.unwrap_tuple().zip(types).map(|(value, ty)| val(&value, ty)).collect()),
        Type::Option(some) => Val::Option(boxed(value.unwrap_option(), Some(some))),
        Type::Result(types) => Val::Result(match value.unwrap_result() {
            Ok(value) => Ok(boxed(value, types.0.as_ref())),
            Err(value) => Err(boxed(value, types.1.as_ref())),
        }),
        Type::Record(fields) => {
            let fields = value.unwrap_record().zip(fields);
            Val::Record(fields.map(|((name, value), (_, ty))| (name.into_owned(), val(&value, ty))).collect())
        }
        Type::Variant(cases) => {
            let (name, value) = value.unwrap_variant();
            let ty = cases.iter().find(|(case, _)| *case == name).and_then(|(_, ty)| ty.as_ref());
            Val::Variant(name.into_owned(), boxed(value, ty))
        }
        Type::Enum(_) => Val::Enum(value.unwrap_enum().into_owned()),
        Type::Flags(_) => Val::Flags(value.unwrap_flags().map(std::borrow::Cow::into_owned).collect()),
        Type::ErrorContext | Type::Own | Type::Borrow | Type::Stream(_) | Type::Future(_) | _ => {
            unreachable!("`wave_type` refuses the types that WAVE has no notation for")
        }
    }
}

/// One of the host's values as a WAVE value of this type.
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
        (_, _) => return Err(WaveError::Type("value of another type")),
    })
}
