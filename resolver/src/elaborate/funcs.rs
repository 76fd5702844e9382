//! Functions, and the functions of resources (`WIT.md#item-func`, `WIT.md#item-resource`).

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_front::Span;
use witwright_front::ast::{self, Attributes, Docs, FuncItem, FuncType, Ident, ResourceMethod, ResourceMethodKind, Ty};

use super::Elaborator;
use super::scope::Scope;
use crate::errors::types as errors;
use crate::gates;
use crate::model::{Accessor, Func, FuncKind, Param, Type, TypeDefKind, TypeId, TypeRef};

/// The parts of a function's declaration besides its type.
struct FuncHead<'h> {
    name: String,
    span: Span,
    kind: FuncKind,
    docs: &'h Docs,
    attributes: &'h Attributes,
}

impl<'a> Elaborator<'a, '_> {
    pub(super) fn free_func(&mut self, scope: &Scope<'a>, item: &FuncItem) -> Func {
        self.named_func(scope, &item.name, &item.docs, &item.attributes, &item.func)
    }

    /// A function that belongs to no resource.
    pub(super) fn named_func(
        &mut self,
        scope: &Scope<'a>,
        name: &Ident,
        docs: &Docs,
        attributes: &Attributes,
        ty: &FuncType,
    ) -> Func {
        let head = FuncHead { name: (&name.name).into(), span: name.span, kind: FuncKind::Free, docs, attributes };
        self.func(scope, head, ty)
    }

    pub(super) fn resource_func(&mut self, scope: &Scope<'a>, resource: TypeId, method: &ResourceMethod) -> Func {
        let (name, span, kind) = match &method.kind {
            ResourceMethodKind::Method(name) => (String::from(&name.name), name.span, FuncKind::Method(resource)),
            ResourceMethodKind::Static(name) => (String::from(&name.name), name.span, FuncKind::Static(resource)),
            ResourceMethodKind::Constructor(span) => {
                ("constructor".to_string(), *span, FuncKind::Constructor(resource))
            }
        };
        self.func(
            scope,
            FuncHead { name, span, kind, docs: &method.docs, attributes: &method.attributes },
            &method.func,
        )
    }

    fn func(&mut self, scope: &Scope<'a>, head: FuncHead<'_>, ty: &FuncType) -> Func {
        let mut params = Vec::new();
        if let FuncKind::Method(resource) = head.kind {
            let span = Some(head.span);
            let self_ = TypeRef { ty: self.anonymous(TypeDefKind::Borrow(resource), head.span), span };
            params.push(Param { name: "self".to_string(), ty: self_, span });
        }
        for param in &ty.params {
            let (name, span) = (String::from(&param.name.name), Some(param.name.span));
            params.push(Param { name, ty: self.ty(scope, &param.ty), span });
        }
        let result = match head.kind {
            FuncKind::Constructor(resource) => Some(self.constructor_result(scope, resource, head.span, ty)),
            FuncKind::Free | FuncKind::Method(_) | FuncKind::Static(_) => {
                ty.result.as_ref().map(|result| self.ty(scope, result))
            }
        };
        Func {
            name: head.name,
            kind: head.kind,
            accessor: match ty.kind {
                ast::FuncKind::Func => None,
                ast::FuncKind::Get => Some(Accessor::Get),
                ast::FuncKind::Set => Some(Accessor::Set),
            },
            async_: ty.async_.is_some(),
            params,
            result,
            docs: head.docs.text.clone(),
            gate: self.view.gate(head.attributes),
            external_id: gates::external_id(head.attributes),
            span: Some(head.span),
        }
    }

    /// The result of a constructor: its resource, or the stated `result` of it.
    fn constructor_result(&mut self, scope: &Scope<'a>, resource: TypeId, head: Span, ty: &FuncType) -> TypeRef {
        let Some(stated) = &ty.result else {
            return TypeRef { ty: self.anonymous(TypeDefKind::Own(resource), head), span: Some(head) };
        };
        let result = self.ty(scope, stated);
        if !self.is_result_of(result.ty, resource) {
            let name = self.model.types[resource].name.clone().unwrap_or_default();
            self.diagnostics.push(errors::constructor_result(wrong_part(stated), &name));
        }
        result
    }

    /// Whether a type is a `result` whose value is an owned handle of a resource, or the error type.
    fn is_result_of(&self, ty: Type, resource: TypeId) -> bool {
        let Some(id) = ty.id() else { return false };
        if self.is_error(id) {
            return true;
        }
        let TypeDefKind::Result(Some(ok), _) = &self.model.types[self.dealias_id(id)].kind else { return false };
        let Some(ok) = ok.ty.id() else { return false };
        let own = self.model.types[self.dealias_id(ok)].kind.as_own();
        self.is_error(ok) || own.is_some_and(|own| self.dealias_id(own) == resource)
    }
}

/// The place of the value's type in a `result`, otherwise that of the whole type.
fn wrong_part(stated: &Ty) -> Span {
    match &stated.kind {
        ast::TyKind::Result(Some(ok), _) => ok.span,
        ast::TyKind::Result(None, _)
        | ast::TyKind::Prim(_)
        | ast::TyKind::Tuple(_)
        | ast::TyKind::List(..)
        | ast::TyKind::Option(_)
        | ast::TyKind::Map(..)
        | ast::TyKind::Future(_)
        | ast::TyKind::Stream(_)
        | ast::TyKind::Borrow(_)
        | ast::TyKind::Own(_)
        | ast::TyKind::ErrorContext
        | ast::TyKind::Name(_)
        | ast::TyKind::Error => stated.span,
    }
}
