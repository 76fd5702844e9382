//! Types as WIT text (`WIT.md#types`).

use core::fmt;

use super::{FieldDesc, Origin, ResourceDesc, TypeDefDesc, TypeDesc};

/// The place in which names are written: the types that have names there, and the names that are keywords.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) types: &'static [TypeDefDesc],
    pub(super) escaped: &'static [&'static str],
}

impl Scope {
    /// A name, with `%` if it is a keyword.
    pub(super) fn name(self, name: &'static str) -> Name {
        Name { name, is_escaped: self.escaped.contains(&name) }
    }

    pub(super) fn ty(self, ty: &'static TypeDesc) -> Ty {
        Ty { scope: self, ty }
    }

    /// Parameters in parentheses.
    pub(super) fn params(self, params: &'static [FieldDesc]) -> Params {
        Params { scope: self, params }
    }

    /// The name that a resource has here.
    pub(super) fn resource(self, resource: &'static ResourceDesc) -> Name {
        let is_it = |def: &&TypeDefDesc| match (def.ty, def.origin) {
            (TypeDesc::Own(other), Origin::Here | Origin::Used(..)) => resource.is(other),
            _ => false,
        };
        self.name(self.types.iter().find(is_it).map_or(resource.name(), |def| def.name))
    }
}

/// A name.
#[derive(Clone, Copy)]
pub(super) struct Name {
    name: &'static str,
    is_escaped: bool,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_escaped { "%" } else { "" })?;
        f.write_str(self.name)
    }
}

/// Parameters.
pub(super) struct Params {
    scope: Scope,
    params: &'static [FieldDesc],
}

impl fmt::Display for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for (index, param) in self.params.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{}: {}", self.scope.name(param.name), self.scope.ty(param.ty))?;
        }
        f.write_str(")")
    }
}

/// A type in the form in which it is written where it is used.
#[derive(Clone, Copy)]
pub(super) struct Ty {
    scope: Scope,
    ty: &'static TypeDesc,
}

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ty { scope, ty } = *self;
        let primitive = match ty {
            TypeDesc::Bool => "bool",
            TypeDesc::S8 => "s8",
            TypeDesc::U8 => "u8",
            TypeDesc::S16 => "s16",
            TypeDesc::U16 => "u16",
            TypeDesc::S32 => "s32",
            TypeDesc::U32 => "u32",
            TypeDesc::S64 => "s64",
            TypeDesc::U64 => "u64",
            TypeDesc::F32 => "f32",
            TypeDesc::F64 => "f64",
            TypeDesc::Char => "char",
            TypeDesc::String => "string",
            TypeDesc::ErrorContext => "error-context",
            TypeDesc::List(part) => return write!(f, "list<{}>", scope.ty(part)),
            TypeDesc::FixedList(part, len) => return write!(f, "list<{}, {len}>", scope.ty(part)),
            TypeDesc::Map(key, value) => return write!(f, "map<{}, {}>", scope.ty(key), scope.ty(value)),
            TypeDesc::Option(part) => return write!(f, "option<{}>", scope.ty(part)),
            TypeDesc::Tuple(parts) => return tuple(f, scope, parts),
            TypeDesc::Result(ok, err) => return result(f, scope, *ok, *err),
            TypeDesc::Stream(part) => return with_element(f, "stream", scope, *part),
            TypeDesc::Future(part) => return with_element(f, "future", scope, *part),
            TypeDesc::Record(desc) => return scope.name(desc.name).fmt(f),
            TypeDesc::Variant(desc) => return scope.name(desc.name).fmt(f),
            TypeDesc::Enum(desc) | TypeDesc::Flags(desc) => return scope.name(desc.name).fmt(f),
            TypeDesc::Alias(desc) => return scope.name(desc.name).fmt(f),
            TypeDesc::Own(resource) => return scope.resource(resource).fmt(f),
            TypeDesc::Borrow(resource) => return write!(f, "borrow<{}>", scope.resource(resource)),
        };
        f.write_str(primitive)
    }
}

fn tuple(f: &mut fmt::Formatter<'_>, scope: Scope, parts: &'static [&'static TypeDesc]) -> fmt::Result {
    f.write_str("tuple<")?;
    for (index, part) in parts.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{}", scope.ty(part))?;
    }
    f.write_str(">")
}

fn result(
    f: &mut fmt::Formatter<'_>,
    scope: Scope,
    ok: Option<&'static TypeDesc>,
    err: Option<&'static TypeDesc>,
) -> fmt::Result {
    match (ok, err) {
        (None, None) => f.write_str("result"),
        (Some(ok), None) => write!(f, "result<{}>", scope.ty(ok)),
        (None, Some(err)) => write!(f, "result<_, {}>", scope.ty(err)),
        (Some(ok), Some(err)) => write!(f, "result<{}, {}>", scope.ty(ok), scope.ty(err)),
    }
}

fn with_element(
    f: &mut fmt::Formatter<'_>,
    keyword: &str,
    scope: Scope,
    part: Option<&'static TypeDesc>,
) -> fmt::Result {
    match part {
        Some(part) => write!(f, "{keyword}<{}>", scope.ty(part)),
        None => f.write_str(keyword),
    }
}
