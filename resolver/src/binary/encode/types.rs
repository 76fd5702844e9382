//! Types in the index spaces of a component type and of the instance types in it (`Binary.md#type-definitions`).

use alloc::borrow::Cow;
#[cfg(feature = "decode")]
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

#[cfg(feature = "decode")]
use wasm_encoder::ComponentBuilder;
use wasm_encoder::{
    Alias, ComponentDefinedTypeEncoder, ComponentExportKind, ComponentExternName, ComponentOuterAliasKind,
    ComponentType, ComponentTypeEncoder, ComponentTypeRef, ComponentValType, InstanceType, PrimitiveValType,
    TypeBounds,
};

use crate::binary::Form;
use crate::model::{Func, InterfaceId, Model, Type, TypeDef, TypeDefKind, TypeId, TypeOwner, TypeRef};

/// Builds a component type, or the imports of a component, and the instance types in it, one after another.
pub(super) struct TypeEncoder<'m> {
    model: &'m Model,
    component: Scope<'m>,
    /// The instance type under construction, and its interface.
    instance: Option<(InterfaceId, Scope<'m>)>,
    /// The latest instance of each interface.
    instances: BTreeMap<InterfaceId, u32>,
    /// The aliases in the component type of types of instances.
    aliases: BTreeMap<TypeId, u32>,
}

/// An index space of types, and the types in it.
struct Scope<'m> {
    space: Space,
    types: BTreeMap<TypeId, u32>,
    shapes: BTreeMap<Shape, u32>,
    funcs: BTreeMap<FuncShape<'m>, u32>,
}

enum Space {
    /// The index space of a component type.
    Component(ComponentType),
    /// The index space of a component.
    #[cfg(feature = "decode")]
    Builder(Box<ComponentBuilder>),
    Instance(InstanceType),
}

/// The structure of a type without a name; equal ones are defined once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Shape(Form, Vec<ValCode>);

/// The structure of a function type; equal ones are defined once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FuncShape<'m> {
    async_: bool,
    params: Vec<(&'m str, ValCode)>,
    result: ValCode,
}

/// A value type as a key: an index, a primitive's code, or absent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ValCode {
    Absent,
    Primitive(u8),
    Index(u32),
}

impl<'m> TypeEncoder<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        TypeEncoder::within(model, Space::Component(ComponentType::new()))
    }

    /// An encoder that defines types in a component itself.
    #[cfg(feature = "decode")]
    pub(super) fn of_component(model: &'m Model) -> Self {
        TypeEncoder::within(model, Space::Builder(Box::default()))
    }

    fn within(model: &'m Model, space: Space) -> Self {
        TypeEncoder {
            model,
            component: Scope::new(space),
            instance: None,
            instances: BTreeMap::new(),
            aliases: BTreeMap::new(),
        }
    }

    pub(super) fn model(&self) -> &'m Model {
        self.model
    }

    /// The component type.
    pub(super) fn finish(self) -> ComponentType {
        match self.component.space {
            Space::Component(ty) => ty,
            #[cfg(feature = "decode")]
            Space::Builder(_) => unreachable!("`new` makes a component type"),
            Space::Instance(_) => unreachable!("`new` makes a component type"),
        }
    }

    /// The component.
    #[cfg(feature = "decode")]
    pub(super) fn finish_component(self) -> ComponentBuilder {
        match self.component.space {
            Space::Builder(component) => *component,
            Space::Component(_) | Space::Instance(_) => unreachable!("`of_component` makes a component"),
        }
    }

    /// Adds an instance type, whose items `fill` adds, and returns its index.
    pub(super) fn instance(&mut self, id: InterfaceId, fill: impl FnOnce(&mut Self)) -> u32 {
        self.instance = Some((id, Scope::new(Space::Instance(InstanceType::new()))));
        fill(self);
        let Some((_, Scope { space: Space::Instance(ty), .. })) = self.instance.take() else {
            unreachable!("instance types do not nest");
        };
        let index = self.component.space.count();
        self.component.space.define().instance(&ty);
        if let Some(instance) = self.component.space.instance_count() {
            self.instances.insert(id, instance);
        }
        index
    }

    /// Adds an import to the component type, or to the component.
    pub(super) fn import(&mut self, name: ComponentExternName<'_>, ty: ComponentTypeRef) -> u32 {
        self.component.space.import(name, ty)
    }

    /// Adds an export to the instance type under construction, if there is one, or else to the component type.
    pub(super) fn export(&mut self, name: ComponentExternName<'_>, ty: ComponentTypeRef) {
        self.scope().space.export(name, ty);
    }

    /// The index of a function type, which is defined unless an equal one exists.
    pub(super) fn func(&mut self, func: &'m Func) -> u32 {
        let params: Vec<_> = func.params.iter().map(|p| (p.name.as_str(), self.val(p.ty))).collect();
        let result = func.result.map(|ty| self.val(ty));
        let shape = FuncShape {
            async_: func.async_,
            params: params.iter().map(|&(name, ty)| (name, ty.into())).collect(),
            result: result.into(),
        };
        let scope = self.scope();
        if let Some(&index) = scope.funcs.get(&shape) {
            return index;
        }
        let index = scope.space.count();
        scope.space.define().function().async_(func.async_).params(params).result(result);
        scope.funcs.insert(shape, index);
        index
    }

    /// The index of a type, which is defined or aliased unless it is in scope.
    pub(super) fn type_index(&mut self, id: TypeId) -> u32 {
        if let Some(&index) = self.scope().types.get(&id) {
            return index;
        }
        let def = &self.model.types[id];
        let interface = self.instance.as_ref().map(|(id, _)| *id);
        let index = match def.owner {
            Some(TypeOwner::Interface(owner)) if Some(owner) != interface => self.used(owner, id),
            Some(TypeOwner::Interface(_) | TypeOwner::World(_)) | None => self.define(def),
        };
        self.scope().types.insert(id, index);
        index
    }

    /// The index of a type of another interface: an alias of an export of that interface's instance.
    fn used(&mut self, owner: InterfaceId, id: TypeId) -> u32 {
        let index = match self.aliases.get(&id) {
            Some(&index) => index,
            None => {
                let instance = *self.instances.get(&owner).expect("a used interface is imported before its users");
                let name = self.model.types[id].name.as_deref().expect("a type of an interface has a name");
                let index = self.component.space.count();
                self.component.space.alias(Alias::InstanceExport { instance, kind: ComponentExportKind::Type, name });
                self.aliases.insert(id, index);
                index
            }
        };
        let Some((_, scope)) = &mut self.instance else { return index };
        scope.space.alias(Alias::Outer { kind: ComponentOuterAliasKind::Type, count: 1, index });
        scope.space.count() - 1
    }

    fn define(&mut self, def: &'m TypeDef) -> u32 {
        let named = def.name.is_some();
        let index = match &def.kind {
            TypeDefKind::Resource => return self.declare(def, TypeBounds::SubResource),
            TypeDefKind::Alias(target) => match self.val(*target) {
                ComponentValType::Type(index) => index,
                ComponentValType::Primitive(ty) => self.add(|e| e.primitive(ty)),
            },
            TypeDefKind::Record(fields) => {
                let fields: Vec<_> = fields.iter().map(|f| (f.name.as_str(), self.val(f.ty))).collect();
                self.add(|e| e.record(fields))
            }
            TypeDefKind::Variant(cases) => {
                let cases: Vec<_> = cases.iter().map(|c| (c.name.as_str(), c.ty.map(|ty| self.val(ty)))).collect();
                self.add(|e| e.variant(cases))
            }
            TypeDefKind::Enum(cases) => self.add(|e| e.enum_type(cases.iter().map(|c| c.name.as_str()))),
            TypeDefKind::Flags(flags) => self.add(|e| e.flags(flags.iter().map(|f| f.name.as_str()))),
            TypeDefKind::Own(resource) => {
                let resource = self.type_index(*resource);
                self.intern(named, Form::Own, &[ValCode::Index(resource)], |e| e.own(resource))
            }
            TypeDefKind::Borrow(resource) => {
                let resource = self.type_index(*resource);
                self.intern(named, Form::Borrow, &[ValCode::Index(resource)], |e| e.borrow(resource))
            }
            TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => self.container(named, &def.kind),
        };
        if named { self.declare(def, TypeBounds::Eq(index)) } else { index }
    }

    /// Defines a type that takes types as arguments.
    fn container(&mut self, named: bool, kind: &TypeDefKind) -> u32 {
        match kind {
            TypeDefKind::Tuple(types) => {
                let types: Vec<_> = types.iter().map(|&ty| self.val(ty)).collect();
                let codes: Vec<_> = types.iter().map(|&ty| ty.into()).collect();
                self.intern(named, Form::Tuple, &codes, |e| e.tuple(types))
            }
            TypeDefKind::List(ty, None) => {
                let ty = self.val(*ty);
                self.intern(named, Form::List, &[ty.into()], |e| e.list(ty))
            }
            TypeDefKind::List(ty, Some(length)) => {
                let ty = self.val(*ty);
                let write = |e: ComponentDefinedTypeEncoder<'_>| e.fixed_length_list(ty, *length);
                self.intern(named, Form::FixedLengthList(*length), &[ty.into()], write)
            }
            TypeDefKind::Option(ty) => {
                let ty = self.val(*ty);
                self.intern(named, Form::Option, &[ty.into()], |e| e.option(ty))
            }
            TypeDefKind::Result(ok, err) => {
                let ok = ok.map(|ty| self.val(ty));
                let err = err.map(|ty| self.val(ty));
                self.intern(named, Form::Result, &[ok.into(), err.into()], |e| e.result(ok, err))
            }
            TypeDefKind::Map(key, value) => {
                let key = self.val(*key);
                let value = self.val(*value);
                self.intern(named, Form::Map, &[key.into(), value.into()], |e| e.map(key, value))
            }
            TypeDefKind::Future(ty) => {
                let ty = ty.map(|ty| self.val(ty));
                self.intern(named, Form::Future, &[ty.into()], |e| e.future(ty))
            }
            TypeDefKind::Stream(ty) => {
                let ty = ty.map(|ty| self.val(ty));
                self.intern(named, Form::Stream, &[ty.into()], |e| e.stream(ty))
            }
            TypeDefKind::Alias(_)
            | TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource
            | TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_) => unreachable!("`define` treats these itself"),
        }
    }

    fn val(&mut self, ty: TypeRef) -> ComponentValType {
        ComponentValType::Primitive(match ty.ty {
            Type::Bool => PrimitiveValType::Bool,
            Type::S8 => PrimitiveValType::S8,
            Type::U8 => PrimitiveValType::U8,
            Type::S16 => PrimitiveValType::S16,
            Type::U16 => PrimitiveValType::U16,
            Type::S32 => PrimitiveValType::S32,
            Type::U32 => PrimitiveValType::U32,
            Type::S64 => PrimitiveValType::S64,
            Type::U64 => PrimitiveValType::U64,
            Type::F32 => PrimitiveValType::F32,
            Type::F64 => PrimitiveValType::F64,
            Type::Char => PrimitiveValType::Char,
            Type::String => PrimitiveValType::String,
            Type::ErrorContext => PrimitiveValType::ErrorContext,
            Type::Id(id) => return ComponentValType::Type(self.type_index(id)),
        })
    }

    /// Gives a type its name: a type of a world is imported, a type of an interface is exported.
    fn declare(&mut self, def: &'m TypeDef, bounds: TypeBounds) -> u32 {
        let name = extern_name(def.name.as_deref().expect("only named types are declared"), def.external_id.as_deref());
        let ty = ComponentTypeRef::Type(bounds);
        let space = &mut self.scope().space;
        if matches!(space, Space::Instance(_)) {
            space.export(name, ty);
        } else {
            space.import(name, ty);
        }
        space.count() - 1
    }

    /// Adds a definition, unless it has no name and an equal one exists.
    fn intern(
        &mut self,
        named: bool,
        form: Form,
        parts: &[ValCode],
        write: impl FnOnce(ComponentDefinedTypeEncoder<'_>),
    ) -> u32 {
        if named {
            return self.add(write);
        }
        let shape = Shape(form, parts.to_vec());
        if let Some(&index) = self.scope().shapes.get(&shape) {
            return index;
        }
        let index = self.add(write);
        self.scope().shapes.insert(shape, index);
        index
    }

    fn add(&mut self, write: impl FnOnce(ComponentDefinedTypeEncoder<'_>)) -> u32 {
        let space = &mut self.scope().space;
        let index = space.count();
        write(space.define().defined_type());
        index
    }

    fn scope(&mut self) -> &mut Scope<'m> {
        match &mut self.instance {
            Some((_, scope)) => scope,
            None => &mut self.component,
        }
    }
}

impl Scope<'_> {
    fn new(space: Space) -> Self {
        Scope { space, types: BTreeMap::new(), shapes: BTreeMap::new(), funcs: BTreeMap::new() }
    }
}

impl Space {
    /// The number of types, which is the index of the next one.
    fn count(&self) -> u32 {
        match self {
            Space::Component(ty) => ty.type_count(),
            #[cfg(feature = "decode")]
            Space::Builder(component) => component.type_count(),
            Space::Instance(ty) => ty.type_count(),
        }
    }

    /// The number of instances; `None` in an instance type, which has none.
    fn instance_count(&self) -> Option<u32> {
        match self {
            Space::Component(ty) => Some(ty.instance_count()),
            #[cfg(feature = "decode")]
            Space::Builder(component) => Some(component.instance_count()),
            Space::Instance(_) => None,
        }
    }

    fn define(&mut self) -> ComponentTypeEncoder<'_> {
        match self {
            Space::Component(ty) => ty.ty(),
            #[cfg(feature = "decode")]
            Space::Builder(component) => component.ty(None).1,
            Space::Instance(ty) => ty.ty(),
        }
    }

    fn alias(&mut self, alias: Alias<'_>) {
        match self {
            Space::Component(ty) => drop(ty.alias(alias)),
            #[cfg(feature = "decode")]
            Space::Builder(component) => drop(component.alias(None, alias)),
            Space::Instance(ty) => drop(ty.alias(alias)),
        }
    }

    /// Adds an import, and returns its index among those of its sort.
    fn import(&mut self, name: ComponentExternName<'_>, ty: ComponentTypeRef) -> u32 {
        match self {
            Space::Component(component) => {
                component.import(name, ty);
                // No other part of a component type refers to a function by its index.
                0
            }
            #[cfg(feature = "decode")]
            Space::Builder(component) => component.import(name, ty),
            Space::Instance(_) => unreachable!("instance types have no imports"),
        }
    }

    fn export(&mut self, name: ComponentExternName<'_>, ty: ComponentTypeRef) {
        match self {
            Space::Component(component) => drop(component.export(name, ty)),
            #[cfg(feature = "decode")]
            Space::Builder(_) => unreachable!("a component exports items, not types of items"),
            Space::Instance(instance) => drop(instance.export(name, ty)),
        }
    }
}

impl From<ComponentValType> for ValCode {
    fn from(ty: ComponentValType) -> Self {
        match ty {
            ComponentValType::Primitive(ty) => ValCode::Primitive(ty as u8),
            ComponentValType::Type(index) => ValCode::Index(index),
        }
    }
}

impl From<Option<ComponentValType>> for ValCode {
    fn from(ty: Option<ComponentValType>) -> Self {
        ty.map_or(ValCode::Absent, ValCode::from)
    }
}

/// An import's or export's name without attributes other than `external-id`.
pub(super) fn extern_name<'a>(name: impl Into<Cow<'a, str>>, external_id: Option<&'a str>) -> ComponentExternName<'a> {
    ComponentExternName {
        name: name.into(),
        implements: None,
        version_suffix: None,
        external_id: external_id.map(Cow::Borrowed),
    }
}
