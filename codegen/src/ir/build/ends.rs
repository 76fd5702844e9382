//! The types of streams and futures that functions mention, and the names of their built-ins.
//!
//! wit-component finds the type of a built-in by a function that mentions it, and by its place among the streams and futures of
//! that function: parameters first, then the result, each type after those within it.

use witwright_resolver::model::{Func, Type, TypeDefKind, TypeRef};

use super::Build;
use crate::ir::{Direction, End, EndKind, Primitive, RustType};

impl Build<'_> {
    /// Adds the types of streams and futures that a function mentions to those of the world. Returns whether there are any.
    pub(super) fn add_ends(&mut self, direction: Direction, module: &str, func_name: &str, func: &Func) -> bool {
        let mut found = Vec::new();
        for param in &func.params {
            self.find(param.ty.ty, &mut found);
        }
        if let Some(result) = func.result {
            self.find(result.ty, &mut found);
        }
        for (index, (kind, element)) in found.iter().enumerate() {
            let element = element.map(|element| self.owned(direction, element));
            let is_known = |end: &End| end.kind == *kind && self.options_of(end.element.as_ref(), element.as_ref());
            if !self.ends.iter().any(is_known) {
                let (module, func) = (module.to_owned(), func_name.to_owned());
                self.ends.push(End { kind: *kind, element, module, func, index });
            }
        }
        !found.is_empty()
    }

    /// Whether the types of streams and futures are still distinct in Rust if strings are bytes.
    pub(super) fn ends_differ_if_raw(&self) -> bool {
        let raw: Vec<(EndKind, Option<RustType>)> =
            self.ends.iter().map(|end| (end.kind, end.element.as_ref().map(|element| self.raw(element)))).collect();
        raw.iter().enumerate().all(|(at, (kind, element))| {
            !raw[..at].iter().any(|(k, e)| k == kind && self.options_of(e.as_ref(), element.as_ref()))
        })
    }

    /// An element type in which strings are replaced by lists of bytes.
    fn raw(&self, ty: &RustType) -> RustType {
        let part = |ty: &RustType| Box::new(self.raw(ty));
        match self.followed(ty) {
            RustType::String | RustType::Str => RustType::Vec(Box::new(RustType::Primitive(Primitive::U8))),
            RustType::Vec(element) => RustType::Vec(part(element)),
            RustType::Slice(element) => RustType::Slice(part(element)),
            RustType::Array(element, len) => RustType::Array(part(element), *len),
            RustType::Map(key, value) => RustType::Map(part(key), part(value)),
            RustType::Tuple(types) => RustType::Tuple(types.iter().map(|ty| self.raw(ty)).collect()),
            RustType::Option(some) => RustType::Option(part(some)),
            RustType::Result(ok, err) => RustType::Result(ok.as_deref().map(part), err.as_deref().map(part)),
            RustType::Ref(ty) => RustType::Ref(part(ty)),
            RustType::Stream(element) => RustType::Stream(element.as_deref().map(part)),
            RustType::Future(value) => RustType::Future(value.as_deref().map(part)),
            other @ (RustType::Primitive(_)
            | RustType::Def(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::ErrorContext) => other.clone(),
        }
    }

    fn find(&self, ty: Type, found: &mut Vec<(EndKind, Option<TypeRef>)>) {
        let Type::Id(id) = ty else { return };
        let kind = &self.model.types[id].kind;
        if !self.holds(ty).ends {
            return;
        }
        for part in kind.parts() {
            self.find(part.ty, found);
        }
        match kind {
            TypeDefKind::Stream(element) => found.push((EndKind::Stream, *element)),
            TypeDefKind::Future(element) => found.push((EndKind::Future, *element)),
            TypeDefKind::Alias(_)
            | TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..) => {}
        }
    }
}
