//! Type definitions, types and function types as text (`WIT.md#items-type`, `WIT.md#types`).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::text::{Head, Kind, escaped};
use super::{Printer, func_head};
use crate::model::{Accessor, Func, FuncKind, Model, Param, Type, TypeDef, TypeDefKind, TypeId, TypeRef};

impl<'m> Printer<'m> {
    /// Adds a definition; a resource has its functions in its body.
    pub(super) fn typedef(&mut self, id: TypeId, funcs: &[&'m Func]) {
        let def = &self.model.types[id];
        let head = head(def);
        let name = self.type_name(id);
        match &def.kind {
            TypeDefKind::Record(fields) => {
                self.text.block(Kind::Type, head, &format!("record {name}"));
                for field in fields {
                    let line = format!("{}: {},", escaped(&field.name), self.ty(field.ty));
                    self.part(field.docs.as_deref(), &line);
                }
                self.text.end();
            }
            TypeDefKind::Variant(cases) => {
                self.text.block(Kind::Type, head, &format!("variant {name}"));
                for case in cases {
                    let payload = case.ty.map_or(String::new(), |ty| format!("({})", self.ty(ty)));
                    self.part(case.docs.as_deref(), &format!("{}{payload},", escaped(&case.name)));
                }
                self.text.end();
            }
            TypeDefKind::Enum(labels) | TypeDefKind::Flags(labels) => {
                let keyword = if matches!(def.kind, TypeDefKind::Enum(_)) { "enum" } else { "flags" };
                self.text.block(Kind::Type, head, &format!("{keyword} {name}"));
                for label in labels {
                    self.part(label.docs.as_deref(), &format!("{},", escaped(&label.name)));
                }
                self.text.end();
            }
            TypeDefKind::Resource if funcs.is_empty() => {
                self.text.item(Kind::Type, head, &format!("resource {name};"));
            }
            TypeDefKind::Resource => {
                self.text.block(Kind::Type, head, &format!("resource {name}"));
                for func in funcs {
                    let line = self.resource_func(func);
                    self.text.item(Kind::Func, func_head(func), &line);
                }
                self.text.end();
            }
            TypeDefKind::Own(resource) => {
                let line = format!("type {name} = own<{}>;", self.type_name(*resource));
                self.text.item(Kind::Type, head, &line);
            }
            TypeDefKind::Alias(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => {
                let line = format!("type {name} = {};", self.unnamed(&def.kind));
                self.text.item(Kind::Type, head, &line);
            }
        }
    }

    fn part(&mut self, docs: Option<&str>, line: &str) {
        self.text.item(Kind::Part, Head { docs, ..Head::default() }, line);
    }

    fn resource_func(&self, func: &Func) -> String {
        let name = escaped(&func.name);
        match func.kind {
            FuncKind::Constructor(resource) => {
                let result = func.result.filter(|ty| !self.is_own(ty.ty, resource));
                format!("constructor({}){};", self.params(&func.params), self.result(result))
            }
            FuncKind::Static(_) => format!("{name}: static {};", self.func_type(func)),
            FuncKind::Method(_) | FuncKind::Free => format!("{name}: {};", self.func_type(func)),
        }
    }

    fn is_own(&self, ty: Type, resource: TypeId) -> bool {
        ty.id().and_then(|id| self.model.types[id].kind.as_own()) == Some(resource)
    }

    /// `async func(…) -> …`, without the `self` of a method.
    pub(super) fn func_type(&self, func: &Func) -> String {
        let params = match func.kind {
            FuncKind::Method(_) => func.params.get(1..).unwrap_or_default(),
            FuncKind::Free | FuncKind::Static(_) | FuncKind::Constructor(_) => &func.params[..],
        };
        let keyword = match func.accessor {
            None if func.async_ => "async func",
            None => "func",
            Some(Accessor::Get) => "get",
            Some(Accessor::Set) => "set",
        };
        format!("{keyword}({}){}", self.params(params), self.result(func.result))
    }

    fn params(&self, params: &[Param]) -> String {
        let params: Vec<_> = params.iter().map(|p| format!("{}: {}", escaped(&p.name), self.ty(p.ty))).collect();
        params.join(", ")
    }

    fn result(&self, ty: Option<TypeRef>) -> String {
        ty.map_or(String::new(), |ty| format!(" -> {}", self.ty(ty)))
    }

    pub(super) fn type_name(&self, id: TypeId) -> String {
        type_name(self.model, id)
    }

    fn ty(&self, ty: TypeRef) -> String {
        type_text(self.model, ty.ty)
    }

    fn unnamed(&self, kind: &TypeDefKind) -> String {
        kind_text(self.model, kind)
    }
}

fn type_name(model: &Model, id: TypeId) -> String {
    escaped(model.types[id].name.as_deref().unwrap_or_default())
}

/// A type as it is written where it is used.
pub(crate) fn type_text(model: &Model, ty: Type) -> String {
    let primitive = match ty {
        Type::Bool => "bool",
        Type::S8 => "s8",
        Type::U8 => "u8",
        Type::S16 => "s16",
        Type::U16 => "u16",
        Type::S32 => "s32",
        Type::U32 => "u32",
        Type::S64 => "s64",
        Type::U64 => "u64",
        Type::F32 => "f32",
        Type::F64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        Type::ErrorContext => "error-context",
        Type::Id(id) if model.types[id].name.is_some() => return type_name(model, id),
        Type::Id(id) => return kind_text(model, &model.types[id].kind),
    };
    primitive.to_string()
}

/// A type without a name; for a definition with members its keyword.
pub(crate) fn kind_text(model: &Model, kind: &TypeDefKind) -> String {
    let text = |ty: &TypeRef| type_text(model, ty.ty);
    let optional = |ty: &Option<TypeRef>| ty.as_ref().map_or("_".to_string(), text);
    match kind {
        TypeDefKind::Alias(ty) => text(ty),
        TypeDefKind::Own(id) => type_name(model, *id),
        TypeDefKind::Borrow(id) => format!("borrow<{}>", type_name(model, *id)),
        TypeDefKind::Tuple(types) => {
            let types: Vec<_> = types.iter().map(text).collect();
            format!("tuple<{}>", types.join(", "))
        }
        TypeDefKind::List(ty, None) => format!("list<{}>", text(ty)),
        TypeDefKind::List(ty, Some(length)) => format!("list<{}, {length}>", text(ty)),
        TypeDefKind::Option(ty) => format!("option<{}>", text(ty)),
        TypeDefKind::Result(None, None) => "result".to_string(),
        TypeDefKind::Result(Some(ok), None) => format!("result<{}>", text(ok)),
        TypeDefKind::Result(ok, Some(err)) => format!("result<{}, {}>", optional(ok), text(err)),
        TypeDefKind::Map(key, value) => format!("map<{}, {}>", text(key), text(value)),
        TypeDefKind::Future(None) => "future".to_string(),
        TypeDefKind::Future(Some(ty)) => format!("future<{}>", text(ty)),
        TypeDefKind::Stream(None) => "stream".to_string(),
        TypeDefKind::Stream(Some(ty)) => format!("stream<{}>", text(ty)),
        TypeDefKind::Record(_) => "record".to_string(),
        TypeDefKind::Variant(_) => "variant".to_string(),
        TypeDefKind::Enum(_) => "enum".to_string(),
        TypeDefKind::Flags(_) => "flags".to_string(),
        TypeDefKind::Resource => "resource".to_string(),
    }
}

fn head(def: &TypeDef) -> Head<'_> {
    Head { docs: def.docs.as_deref(), gate: Some(&def.gate), external_id: def.external_id.as_deref() }
}
