//! Values and types between the host and WAVE, the notation for values of the component model.

mod read;
mod syntax;
mod write;

use wasm_wave::value::Type as WaveType;
use wasm_wave::wasm::{DisplayType, WasmTypeKind};
use witwright_host::{FuncType, Type};

pub(crate) use read::arguments;
pub(crate) use syntax::not_a_call;
pub(crate) use write::text;

/// The reason why a value cannot be read or written as WAVE.
#[derive(Debug)]
pub(crate) enum WaveError {
    /// The function's type has a type of this name, for which WAVE has no notation.
    Type(&'static str),
    /// An argument does not fit its parameter: where, and why.
    Argument(String),
    /// A result does not fit its type.
    Value(wasm_wave::wasm::WasmValueError),
    /// A result cannot be written.
    Write(wasm_wave::writer::WriterError),
}

impl core::fmt::Display for WaveError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            WaveError::Type(name) => write!(f, "its type contains {name}, for which WAVE has no notation"),
            WaveError::Argument(reason) => f.write_str(reason),
            WaveError::Value(error) => write!(f, "{error}"),
            WaveError::Write(error) => write!(f, "{error}"),
        }
    }
}

impl From<wasm_wave::wasm::WasmValueError> for WaveError {
    fn from(error: wasm_wave::wasm::WasmValueError) -> WaveError {
        WaveError::Value(error)
    }
}

/// The declaration of a function.
pub(crate) fn signature(name: &str, func: &FuncType) -> Result<String, WaveError> {
    let text = |ty: &Type| wave_type(ty).map(|ty| DisplayType(&ty).to_string());
    let parameter = |(name, ty): &(String, Type)| text(ty).map(|ty| format!("{name}: {ty}"));
    let parameters = func.params.iter().map(parameter).collect::<Result<Vec<_>, _>>()?.join(", ");
    let result = func.result.as_ref().map(text).transpose()?.map(|ty| format!(" -> {ty}"));
    Ok(format!("{name}: func({parameters}){}", result.unwrap_or_default()))
}

fn simple(kind: WasmTypeKind) -> Result<WaveType, WaveError> {
    WaveType::simple(kind).ok_or(WaveError::Type("a type of another kind"))
}

/// The WAVE type of a type.
fn wave_type(ty: &Type) -> Result<WaveType, WaveError> {
    let nothing = || WaveError::Type("a type without members");
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
        Type::Own | Type::Borrow => return Err(WaveError::Type("a resource")),
        Type::Stream(_) => return Err(WaveError::Type("a stream")),
        Type::Future(_) => return Err(WaveError::Type("a future")),
        Type::ErrorContext => return Err(WaveError::Type("an error-context")),
        _ => return Err(WaveError::Type("a type of another kind")),
    })
}
