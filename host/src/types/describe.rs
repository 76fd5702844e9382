//! Types as text, in the words of WIT: for errors.

use alloc::string::String;
use core::fmt::{self, Display, Write as _};

use witwright_abi_runtime::desc::TypeDesc;

use crate::types::{ResourceSlot, TypeId, Types, ValType};

/// A component's type as text.
#[derive(Clone, Copy)]
pub(crate) struct TypeText<'a> {
    pub(crate) types: &'a Types,
    pub(crate) ty: TypeId,
    /// Names of resources, by slot.
    pub(crate) resources: &'a [alloc::sync::Arc<str>],
}

impl<'a> TypeText<'a> {
    fn part(&self, ty: TypeId) -> TypeText<'a> {
        TypeText { ty, ..*self }
    }

    fn resource(&self, slot: ResourceSlot) -> &'a str {
        &self.resources[slot.0 as usize]
    }
}

impl Display for TypeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |ty: &TypeId| self.part(*ty);
        match &self.types[self.ty].ty {
            ValType::Bool => f.write_str("bool"),
            ValType::S8 => f.write_str("s8"),
            ValType::U8 => f.write_str("u8"),
            ValType::S16 => f.write_str("s16"),
            ValType::U16 => f.write_str("u16"),
            ValType::S32 => f.write_str("s32"),
            ValType::U32 => f.write_str("u32"),
            ValType::S64 => f.write_str("s64"),
            ValType::U64 => f.write_str("u64"),
            ValType::F32 => f.write_str("f32"),
            ValType::F64 => f.write_str("f64"),
            ValType::Char => f.write_str("char"),
            ValType::String => f.write_str("string"),
            ValType::ErrorContext => f.write_str("error-context"),
            ValType::List(ty) => write!(f, "list<{}>", part(ty)),
            ValType::FixedList(ty, len) => write!(f, "list<{}, {len}>", part(ty)),
            ValType::Map(key, value) => write!(f, "map<{}, {}>", part(key), part(value)),
            ValType::Tuple(types) => bracketed(f, "tuple<", types.iter().map(part), ">"),
            ValType::Option(ty) => write!(f, "option<{}>", part(ty)),
            ValType::Result(ok, err) => result(f, ok.as_ref().map(part), err.as_ref().map(part)),
            ValType::Record(fields) => {
                bracketed(f, "record { ", fields.iter().map(|(name, ty)| Field(name, part(ty))), " }")
            }
            ValType::Variant(cases) => {
                bracketed(f, "variant { ", cases.iter().map(|(name, ty)| Case(name, ty.as_ref().map(part))), " }")
            }
            ValType::Enum(labels) => bracketed(f, "enum { ", labels.iter(), " }"),
            ValType::Flags(labels) => bracketed(f, "flags { ", labels.iter(), " }"),
            ValType::Own(slot) => write!(f, "own<{}>", self.resource(*slot)),
            ValType::Borrow(slot) => write!(f, "borrow<{}>", self.resource(*slot)),
            ValType::Stream(ty) => generic(f, "stream", ty.as_ref().map(part)),
            ValType::Future(ty) => generic(f, "future", ty.as_ref().map(part)),
        }
    }
}

/// A described type as text.
pub(crate) struct DescText(pub(crate) &'static TypeDesc);

impl Display for DescText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            TypeDesc::Bool => f.write_str("bool"),
            TypeDesc::S8 => f.write_str("s8"),
            TypeDesc::U8 => f.write_str("u8"),
            TypeDesc::S16 => f.write_str("s16"),
            TypeDesc::U16 => f.write_str("u16"),
            TypeDesc::S32 => f.write_str("s32"),
            TypeDesc::U32 => f.write_str("u32"),
            TypeDesc::S64 => f.write_str("s64"),
            TypeDesc::U64 => f.write_str("u64"),
            TypeDesc::F32 => f.write_str("f32"),
            TypeDesc::F64 => f.write_str("f64"),
            TypeDesc::Char => f.write_str("char"),
            TypeDesc::String => f.write_str("string"),
            TypeDesc::ErrorContext => f.write_str("error-context"),
            TypeDesc::List(ty) => write!(f, "list<{}>", DescText(ty)),
            TypeDesc::FixedList(ty, len) => write!(f, "list<{}, {len}>", DescText(ty)),
            TypeDesc::Map(key, value) => write!(f, "map<{}, {}>", DescText(key), DescText(value)),
            TypeDesc::Tuple(types) => bracketed(f, "tuple<", types.iter().map(|ty| DescText(ty)), ">"),
            TypeDesc::Option(ty) => write!(f, "option<{}>", DescText(ty)),
            TypeDesc::Result(ok, err) => result(f, ok.map(DescText), err.map(DescText)),
            TypeDesc::Record(record) => {
                let fields = record.fields.iter().map(|field| Field(field.name, DescText(field.ty)));
                bracketed(f, "record { ", fields, " }")
            }
            TypeDesc::Variant(variant) => {
                let cases = variant.cases.iter().map(|case| Case(case.name, case.ty.map(DescText)));
                bracketed(f, "variant { ", cases, " }")
            }
            TypeDesc::Enum(labels) => bracketed(f, "enum { ", labels.labels.iter(), " }"),
            TypeDesc::Flags(labels) => bracketed(f, "flags { ", labels.labels.iter(), " }"),
            TypeDesc::Own(resource) => write!(f, "own<{}>", resource.name),
            TypeDesc::Borrow(resource) => write!(f, "borrow<{}>", resource.name),
            TypeDesc::Stream(ty) => generic(f, "stream", ty.map(DescText)),
            TypeDesc::Future(ty) => generic(f, "future", ty.map(DescText)),
        }
    }
}

struct Field<'a, T>(&'a str, T);

impl<T: Display> Display for Field<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0, self.1)
    }
}

struct Case<'a, T>(&'a str, Option<T>);

impl<T: Display> Display for Case<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        self.1.iter().try_for_each(|ty| write!(f, "({ty})"))
    }
}

fn bracketed<T: Display>(
    f: &mut fmt::Formatter<'_>,
    open: &str,
    items: impl Iterator<Item = T>,
    close: &str,
) -> fmt::Result {
    f.write_str(open)?;
    for (i, item) in items.enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    f.write_str(close)
}

fn generic<T: Display>(f: &mut fmt::Formatter<'_>, name: &str, ty: Option<T>) -> fmt::Result {
    f.write_str(name)?;
    ty.iter().try_for_each(|ty| write!(f, "<{ty}>"))
}

fn result<T: Display>(f: &mut fmt::Formatter<'_>, ok: Option<T>, err: Option<T>) -> fmt::Result {
    match (ok, err) {
        (None, None) => f.write_str("result"),
        (Some(ok), None) => write!(f, "result<{ok}>"),
        (None, Some(err)) => write!(f, "result<_, {err}>"),
        (Some(ok), Some(err)) => write!(f, "result<{ok}, {err}>"),
    }
}

/// A function type as text.
pub(crate) fn func_text<T: Display>(
    async_: bool,
    params: impl Iterator<Item = (impl Display, T)>,
    result: Option<T>,
) -> String {
    let mut text = String::from(if async_ { "async func(" } else { "func(" });
    for (i, (name, ty)) in params.enumerate() {
        let separator = if i > 0 { ", " } else { "" };
        let written = write!(text, "{separator}{name}: {ty}");
        debug_assert!(written.is_ok(), "writing to a string does not fail");
    }
    text.push(')');
    if let Some(ty) = result {
        let written = write!(text, " -> {ty}");
        debug_assert!(written.is_ok(), "writing to a string does not fail");
    }
    text
}
