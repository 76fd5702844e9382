//! Types as JSON: a named type is an id, any other is written out in place.

use super::Json;
use crate::model::{Accessor, Func, Label, Type, TypeDef, TypeDefKind, TypeId, TypeRef};

impl Json<'_> {
    pub(super) fn type_def(&mut self, id: TypeId) {
        let def = &self.model.types[id];
        let own_id = self.type_id(id);
        self.out.begin_object();
        self.out.key("id").string(&own_id);
        self.out.key("name").string(def.name.as_deref().unwrap_or_default());
        self.out.key("docs").optional_string(def.docs.as_deref());
        self.gate(&def.gate);
        self.out.key("external_id").optional_string(def.external_id.as_deref());
        self.out.key("span").span(def.span);
        self.out.key("definition").begin_object();
        self.definition(id, def);
        self.out.end_object();
        self.out.end_object();
    }

    fn definition(&mut self, id: TypeId, def: &TypeDef) {
        match &def.kind {
            TypeDefKind::Record(fields) => {
                self.out.key("kind").string("record");
                self.out.key("fields").begin_array();
                for field in fields {
                    self.out.begin_object();
                    self.out.key("name").string(&field.name);
                    self.out.key("type");
                    self.ty(field.ty);
                    self.out.key("docs").optional_string(field.docs.as_deref());
                    self.out.key("span").span(field.span);
                    self.out.end_object();
                }
                self.out.end_array();
            }
            TypeDefKind::Variant(cases) => {
                self.out.key("kind").string("variant");
                self.out.key("cases").begin_array();
                for case in cases {
                    self.out.begin_object();
                    self.out.key("name").string(&case.name);
                    self.optional("payload", case.ty);
                    self.out.key("docs").optional_string(case.docs.as_deref());
                    self.out.key("span").span(case.span);
                    self.out.end_object();
                }
                self.out.end_array();
            }
            TypeDefKind::Enum(labels) => self.labels("enum", "cases", labels),
            TypeDefKind::Flags(labels) => self.labels("flags", "flags", labels),
            TypeDefKind::Resource => self.out.key("kind").string("resource"),
            TypeDefKind::Alias(target) => {
                let is_use = self.model.used_from(id).is_some();
                self.out.key("kind").string(if is_use { "use" } else { "alias" });
                self.out.key("type");
                self.ty(*target);
            }
            TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => {
                self.out.key("kind").string("alias");
                self.out.key("type").begin_object();
                self.unnamed(&def.kind);
                self.out.key("span").null();
                self.out.end_object();
            }
        }
    }

    fn labels(&mut self, kind: &str, name: &str, labels: &[Label]) {
        self.out.key("kind").string(kind);
        self.out.key(name).begin_array();
        for label in labels {
            self.out.begin_object();
            self.out.key("name").string(&label.name);
            self.out.key("docs").optional_string(label.docs.as_deref());
            self.out.key("span").span(label.span);
            self.out.end_object();
        }
        self.out.end_array();
    }

    /// The type of a function, as members of its object.
    pub(super) fn func_type(&mut self, func: &Func) {
        self.out.key("accessor").optional_string(func.accessor.map(|accessor| match accessor {
            Accessor::Get => "get",
            Accessor::Set => "set",
        }));
        self.out.key("async").bool(func.async_);
        self.out.key("params").begin_array();
        for param in &func.params {
            self.out.begin_object();
            self.out.key("name").string(&param.name);
            self.out.key("type");
            self.ty(param.ty);
            self.out.key("span").span(param.span);
            self.out.end_object();
        }
        self.out.end_array();
        self.optional("result", func.result);
    }

    fn optional(&mut self, name: &str, ty: Option<TypeRef>) {
        self.out.key(name);
        match ty {
            Some(ty) => self.ty(ty),
            None => self.out.null(),
        }
    }

    fn ty(&mut self, ty: TypeRef) {
        self.out.begin_object();
        match ty.ty {
            Type::Id(id) if self.model.types[id].name.is_some() => {
                let id = self.type_id(id);
                self.out.key("kind").string("named");
                self.out.key("id").string(&id);
            }
            Type::Id(id) => {
                let model = self.model;
                self.unnamed(&model.types[id].kind);
            }
            Type::Bool => self.out.key("kind").string("bool"),
            Type::S8 => self.out.key("kind").string("s8"),
            Type::U8 => self.out.key("kind").string("u8"),
            Type::S16 => self.out.key("kind").string("s16"),
            Type::U16 => self.out.key("kind").string("u16"),
            Type::S32 => self.out.key("kind").string("s32"),
            Type::U32 => self.out.key("kind").string("u32"),
            Type::S64 => self.out.key("kind").string("s64"),
            Type::U64 => self.out.key("kind").string("u64"),
            Type::F32 => self.out.key("kind").string("f32"),
            Type::F64 => self.out.key("kind").string("f64"),
            Type::Char => self.out.key("kind").string("char"),
            Type::String => self.out.key("kind").string("string"),
            Type::ErrorContext => self.out.key("kind").string("error-context"),
        }
        self.out.key("span").span(ty.span);
        self.out.end_object();
    }

    /// The members of a type that needs no name. The parser and the validator limit how deeply such types are nested.
    fn unnamed(&mut self, kind: &TypeDefKind) {
        match kind {
            TypeDefKind::Own(resource) => {
                let resource = self.type_id(*resource);
                self.out.key("kind").string("own");
                self.out.key("resource").string(&resource);
            }
            TypeDefKind::Borrow(resource) => {
                let resource = self.type_id(*resource);
                self.out.key("kind").string("borrow");
                self.out.key("resource").string(&resource);
            }
            TypeDefKind::Tuple(types) => {
                self.out.key("kind").string("tuple");
                self.out.key("elements").begin_array();
                for &ty in types {
                    self.ty(ty);
                }
                self.out.end_array();
            }
            TypeDefKind::List(element, length) => {
                self.out.key("kind").string("list");
                self.optional("element", Some(*element));
                self.out.key("length");
                match length {
                    Some(length) => self.out.number(*length as usize),
                    None => self.out.null(),
                }
            }
            TypeDefKind::Option(payload) => {
                self.out.key("kind").string("option");
                self.optional("payload", Some(*payload));
            }
            TypeDefKind::Result(ok, err) => {
                self.out.key("kind").string("result");
                self.optional("ok", *ok);
                self.optional("err", *err);
            }
            TypeDefKind::Map(key, value) => {
                self.out.key("kind").string("map");
                self.optional("key", Some(*key));
                self.optional("value", Some(*value));
            }
            TypeDefKind::Future(payload) => {
                self.out.key("kind").string("future");
                self.optional("payload", *payload);
            }
            TypeDefKind::Stream(payload) => {
                self.out.key("kind").string("stream");
                self.optional("payload", *payload);
            }
            TypeDefKind::Alias(_)
            | TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource => unreachable!("these have names"),
        }
    }
}
