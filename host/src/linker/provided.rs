//! The definitions that a linker provides: functions, resources and types, of the host's own or exported by instances.

use witwright_abi_runtime::desc::ResourceDesc;

use crate::component::{Component, TypedModule};
use crate::engine::CoreEngine;
use crate::lifted::NamedResources;
use crate::mismatch::{Problem, Sort};
use crate::store::linked::{GuestType, HostFunc, HostResourceId, ProvidedFunc, ProvidedResource};
use crate::types::compare::Comparison;
use crate::types::shape::{FuncShape, TypeRef};
use crate::types::{FuncTypeId, ResourceSlot, TypeId};

/// A definition of a linker.
pub(crate) enum Definition<T, E: CoreEngine> {
    Func(ProvidedFunc<T, E>),
    Resource(ProvidedResource<T, E>),
    /// A value type that an instance exports.
    Type(GuestType<T, E, TypeId>),
    Module(TypedModule<E>),
    Component(Component<E>),
}

impl<T, E: CoreEngine> Definition<T, E> {
    pub(crate) fn sort(&self) -> Sort {
        match self {
            Definition::Func(_) => Sort::Func,
            Definition::Resource(_) => Sort::Resource,
            Definition::Type(_) => Sort::Type,
            Definition::Module(_) => Sort::Module,
            Definition::Component(_) => Sort::Component,
        }
    }
}

impl<T, E: CoreEngine> HostFunc<T, E> {
    /// The same function, of the type that a component exports it with.
    pub(crate) fn typed_as(&self, ty: GuestType<T, E, FuncTypeId>) -> HostFunc<T, E> {
        HostFunc { exported: Some(ty), ..self.clone() }
    }

    /// Compares its type with that of an import, and matches the resources of both.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn compare(
        &self,
        expected: &FuncShape<'_, TypeRef<'_>>,
        resources: &[Option<ProvidedResource<T, E>>],
        named: &mut NamedResources,
    ) -> Result<(), Problem> {
        if let Some(desc) = self.desc {
            Comparison::new(|slot, desc| named.is(slot, desc)).func(expected, &FuncShape::of_world(desc))?;
        }
        if let Some((params, result)) = self.rust
            && let Some(rust) = FuncShape::of_rust(params, result)
        {
            Comparison::new(|slot, desc| named.is(slot, desc)).func(expected, &rust)?;
        }
        self.exported.as_ref().map_or(Ok(()), |ty| ty.compare(expected, resources))
    }
}

impl<T, E: CoreEngine> ProvidedResource<T, E> {
    /// The description that the Rust type of its handles has, if it has one.
    pub(crate) fn desc(&self) -> Option<&'static ResourceDesc> {
        match self {
            ProvidedResource::Host { desc, .. } => *desc,
            ProvidedResource::Guest { .. } => None,
        }
    }

    /// Whether both are the same resource type.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (
                ProvidedResource::Host { desc, drop, .. },
                ProvidedResource::Host { desc: other, drop: other_drop, .. },
            ) => HostResourceId::new(*desc, drop) == HostResourceId::new(*other, other_drop),
            (ProvidedResource::Guest { store, ty }, ProvidedResource::Guest { store: other, ty: other_ty }) => {
                store == other && ty == other_ty
            }
            (ProvidedResource::Host { .. }, ProvidedResource::Guest { .. })
            | (ProvidedResource::Guest { .. }, ProvidedResource::Host { .. }) => false,
        }
    }
}

impl<T, E: CoreEngine, I> GuestType<T, E, I> {
    /// Whether the resource of a slot is a provided one.
    pub(crate) fn is_resource(&self, slot: ResourceSlot, other: Option<&ProvidedResource<T, E>>) -> bool {
        other.is_some_and(|other| self.resources[slot.0 as usize].is(other))
    }
}

impl<T, E: CoreEngine> GuestType<T, E, FuncTypeId> {
    /// Compares it with the type that a function is imported as; `resources` are those of the importing component.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn compare(
        &self,
        expected: &FuncShape<'_, TypeRef<'_>>,
        resources: &[Option<ProvidedResource<T, E>>],
    ) -> Result<(), Problem> {
        let same = |ours: ResourceSlot, theirs| self.is_resource(theirs, resources[ours.0 as usize].as_ref());
        Comparison::new(same).func(expected, &self.component.plan().func_shape(self.ty))
    }
}

impl<T, E: CoreEngine> GuestType<T, E, TypeId> {
    pub(crate) fn shape(&self) -> TypeRef<'_> {
        self.component.plan().type_ref(self.ty)
    }
}

impl<T, E: CoreEngine> Clone for Definition<T, E> {
    fn clone(&self) -> Self {
        match self {
            Definition::Func(func) => Definition::Func(func.clone()),
            Definition::Resource(resource) => Definition::Resource(resource.clone()),
            Definition::Type(ty) => Definition::Type(ty.clone()),
            Definition::Module(module) => Definition::Module(module.clone()),
            Definition::Component(component) => Definition::Component(component.clone()),
        }
    }
}
