//! Queries: uses, aliases, and forms of types.

use super::{FuncKind, Gate, InterfaceId, Model, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, TypeRef};
use witwright_front::Span;

impl Model {
    /// The interface from which `use` brings in a type.
    #[must_use]
    pub fn used_from(&self, id: TypeId) -> Option<InterfaceId> {
        let def = &self.types[id];
        let TypeDefKind::Alias(TypeRef { ty: Type::Id(target), .. }) = def.kind else { return None };
        let Some(TypeOwner::Interface(from)) = self.types[target].owner else { return None };
        (def.owner != Some(TypeOwner::Interface(from))).then_some(from)
    }

    /// The interfaces whose types an interface brings in by `use`, each as often as it is used.
    pub(crate) fn direct_uses(&self, id: InterfaceId) -> impl Iterator<Item = InterfaceId> {
        self.interfaces[id].types.iter().filter_map(|&ty| self.used_from(ty))
    }

    /// Follows aliases to the type at their end.
    #[must_use]
    pub fn dealias(&self, mut ty: Type) -> Type {
        while let Type::Id(id) = ty {
            let TypeDefKind::Alias(target) = &self.types[id].kind else { break };
            ty = target.ty;
        }
        ty
    }

    /// Follows aliases from a type's id to the definition at their end.
    #[must_use]
    pub fn dealias_id(&self, id: TypeId) -> TypeId {
        if let Type::Id(target) = self.dealias(Type::Id(id)) { target } else { id }
    }
}

impl TypeDef {
    /// A type without a name, as it is written where it is used.
    #[must_use]
    pub fn anonymous(kind: TypeDefKind, span: Option<Span>) -> TypeDef {
        TypeDef { name: None, owner: None, kind, docs: None, gate: Gate::default(), external_id: None, span }
    }
}

impl Type {
    /// The id of a compound or named type.
    #[must_use]
    pub const fn id(self) -> Option<TypeId> {
        if let Type::Id(id) = self { Some(id) } else { None }
    }
}

impl TypeDefKind {
    /// The resource of an owned handle.
    #[must_use]
    pub const fn as_own(&self) -> Option<TypeId> {
        if let TypeDefKind::Own(resource) = self { Some(*resource) } else { None }
    }

    /// Whether it is a resource.
    #[must_use]
    pub const fn is_resource(&self) -> bool {
        matches!(self, TypeDefKind::Resource)
    }
}

impl FuncKind {
    /// The resource that the function belongs to.
    #[must_use]
    pub const fn resource(self) -> Option<TypeId> {
        match self {
            FuncKind::Free => None,
            FuncKind::Method(id) | FuncKind::Static(id) | FuncKind::Constructor(id) => Some(id),
        }
    }

    /// The resource that the function belongs to, mutably.
    pub(crate) const fn resource_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            FuncKind::Free => None,
            FuncKind::Method(id) | FuncKind::Static(id) | FuncKind::Constructor(id) => Some(id),
        }
    }
}
