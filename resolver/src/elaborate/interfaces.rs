//! Interfaces: those of packages, and those written in place in a world (`WIT.md#item-interface`).

use alloc::vec::Vec;

use witwright_front::Span;
use witwright_front::ast::{AsName, InterfaceItem, InterfaceMember, TypedefItem, TypedefKind, UseItem};

use super::Elaborator;
use super::scope::{NameKind, Scope};
use crate::errors::{gates as gate_errors, names as errors};
use crate::gates;
use crate::model::{
    Func, Gate, Interface, InterfaceId, PackageId, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, TypeRef,
};
use crate::names::ItemIndex;
use crate::worlds::accessors;

/// The parts of an interface besides its items.
pub(super) struct InterfaceHead {
    pub(super) name: Option<alloc::string::String>,
    pub(super) package: PackageId,
    pub(super) docs: Option<alloc::string::String>,
    pub(super) gate: Gate,
    pub(super) span: Span,
}

impl<'a> Elaborator<'a, '_> {
    pub(super) fn interface(&mut self, package: PackageId, item: ItemIndex, ast: &'a InterfaceItem) -> InterfaceId {
        let head = InterfaceHead {
            name: Some((&ast.name.name).into()),
            package,
            docs: ast.docs.text.clone(),
            gate: self.view.gate(&ast.attributes),
            span: ast.name.span,
        };
        let (id, scope) = self.interface_items(head, &ast.items);
        self.interfaces[item] = Some(id);
        self.scopes[item] = Some(scope);
        id
    }

    pub(super) fn interface_items(
        &mut self,
        head: InterfaceHead,
        items: &'a [InterfaceMember],
    ) -> (InterfaceId, Scope<'a>) {
        let InterfaceHead { name, package, docs, gate, span } = head;
        let unknown_around = core::mem::take(&mut self.unknown_types);
        let (types, funcs) = (Vec::new(), Vec::new());
        let id = self.model.interfaces.add(Interface { name, package, docs, gate, types, funcs, span: Some(span) });
        let owner = TypeOwner::Interface(id);
        let mut scope = Scope::default();
        let mut types = Vec::new();
        let mut typedefs = Vec::new();
        for item in items {
            match item {
                InterfaceMember::Use(item) => self.use_item(&mut scope, owner, item, &mut types),
                InterfaceMember::Type(item) => typedefs.push(item),
                InterfaceMember::Func(_) => {}
            }
        }
        self.reserve(&mut scope, &typedefs);
        for item in items {
            if let InterfaceMember::Func(func) = item {
                scope.define(&func.name.name, NameKind::Func, func.name.span, self.misspelt);
            }
        }
        types.extend(self.typedefs(&mut scope, owner, &typedefs));
        let funcs = self.interface_funcs(&scope, items);
        self.unknown_types = unknown_around;
        let interface = &mut self.model.interfaces[id];
        interface.types = types;
        interface.funcs = funcs;
        (id, scope)
    }

    /// The functions in the order of the text, those of a resource at its place.
    fn interface_funcs(&mut self, scope: &Scope<'a>, items: &'a [InterfaceMember]) -> Vec<Func> {
        let mut funcs = Vec::new();
        for item in items {
            match item {
                InterfaceMember::Func(item) => {
                    if self.view.shows(&item.attributes) {
                        funcs.push(self.free_func(scope, item));
                    }
                }
                InterfaceMember::Type(item) => funcs.extend(self.resource_funcs(scope, item)),
                InterfaceMember::Use(_) => {}
            }
        }
        accessors::order_funcs(&mut funcs);
        funcs
    }

    /// The functions of a type definition, if it is an enabled resource.
    pub(super) fn resource_funcs(&mut self, scope: &Scope<'a>, item: &'a TypedefItem) -> Vec<Func> {
        let TypedefKind::Resource(methods) = &item.kind else { return Vec::new() };
        if !self.view.shows(&item.attributes) {
            return Vec::new();
        }
        // If two definitions have one name, the first one gets it.
        let Some(NameKind::Type(resource)) =
            scope.get(&item.name.name).filter(|name| name.span == item.name.span).map(|name| name.kind)
        else {
            return Vec::new();
        };
        let view = self.view;
        let there = methods.iter().filter(|method| view.shows(&method.attributes));
        there.map(|method| self.resource_func(scope, resource, method)).collect()
    }

    /// `use path.{a, b as c}`: an alias for each name.
    pub(super) fn use_item(
        &mut self,
        scope: &mut Scope<'a>,
        owner: TypeOwner,
        item: &'a UseItem,
        types: &mut Vec<TypeId>,
    ) {
        let closed_by = self.view.closed_by(&item.attributes);
        for name in &item.names {
            let here = name.as_.as_ref().unwrap_or(&name.name);
            if let Some(closed) = closed_by {
                scope.define(&here.name, NameKind::Closed(closed), here.span, self.misspelt);
                continue;
            }
            let Some(target) = self.used_type(item, name) else {
                let error = self.error_type();
                scope.define(&here.name, NameKind::Type(error), here.span, self.misspelt);
                continue;
            };
            let id = self.named(TypeDef {
                name: Some((&here.name).into()),
                owner: Some(owner),
                kind: TypeDefKind::Alias(TypeRef { ty: Type::Id(target), span: Some(name.name.span) }),
                docs: None,
                gate: self.view.gate(&item.attributes),
                external_id: gates::external_id(&item.attributes),
                span: Some(here.span),
            });
            scope.define(&here.name, NameKind::Type(id), here.span, self.misspelt);
            types.push(id);
        }
    }

    /// The type that a name in a `use` refers to.
    fn used_type(&mut self, item: &UseItem, name: &AsName) -> Option<TypeId> {
        let target = self.names.target(&item.path)?;
        // An interface without a scope is in a cycle with this one, which has been reported.
        let scope = self.scopes[target].as_ref()?;
        let (span, text) = (name.name.span, name.name.name.as_str());
        let found = scope.get(text);
        let diagnostic = match found.map(|found| (found.kind, found.span)) {
            Some((NameKind::Type(id), _)) => return (!self.is_error(id)).then_some(id),
            Some((NameKind::Pending, _)) => return None,
            Some((NameKind::Func, definition)) => errors::use_of_func(span, text, definition),
            Some((NameKind::Closed(closed), definition)) => gate_errors::closed(span, text, closed, definition),
            None if text.is_empty() => return None,
            None => {
                let interface = self.names.items[target].name;
                errors::not_in_interface(span, text, &interface.name, interface.span, scope.types())
            }
        };
        self.diagnostics.push(diagnostic);
        None
    }
}
