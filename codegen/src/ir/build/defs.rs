//! Named types, and types as Rust writes them.

use proc_macro2::TokenStream;
use witwright_resolver::model::{FuncKind, Type, TypeDef, TypeDefKind, TypeId, TypeRef, WorldItemKind};

use super::modules::deprecated;
use super::{Build, MAX_TUPLE};
use crate::errors;
use crate::ir::names::{self, Taken};
use crate::ir::{Case, Def, DefId, DefKind, Derived, Direction, Field, Label, ModuleId, Primitive, RustType, Ways};
use crate::options::Target;

impl Build<'_> {
    /// Adds the definitions of the world and of all interfaces.
    pub(super) fn add_defs(&mut self) {
        let world = self.world;
        let mut names = Taken::with(self.always_there());
        for item in &world.imports {
            if let WorldItemKind::Type(id) = item.kind {
                self.add_def(Direction::Import, ModuleId::ROOT, id, &mut names);
            }
        }
        let interfaces: Vec<_> = self.interfaces.iter().map(|(key, module)| (*key, *module)).collect();
        for &((direction, interface), module) in &interfaces {
            let mut names = Taken::with(self.always_there());
            for &id in &self.model.interfaces[interface].types {
                self.add_def(direction, module, id, &mut names);
            }
        }
    }

    /// Decides the form of each definition. Errors in definitions that are not printed are dropped.
    pub(super) fn fill_defs(&mut self) {
        let ids: Vec<_> = self.ids.iter().map(|(key, def)| (*key, *def)).collect();
        for ((direction, id), def) in ids {
            let errors = self.errors.len();
            self.defs[def.0].kind = self.def_kind(direction, id);
            if !self.defs[def.0].printed {
                self.errors.truncate(errors);
            }
        }
    }

    /// Whether functions of an imported interface, or of the world, belong to a resource.
    fn has_functions(&self, module: ModuleId, resource: TypeId) -> bool {
        let of_world = self.world.imports.iter().filter_map(|item| match &item.kind {
            WorldItemKind::Func(func) => Some(func),
            WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => None,
        });
        let interface = self.interfaces.iter().find(|(_, id)| **id == module).map(|((_, interface), _)| *interface);
        let funcs = interface.into_iter().flat_map(|id| &self.model.interfaces[id].funcs).chain(of_world);
        funcs.into_iter().any(|func| match func.kind {
            FuncKind::Free => false,
            FuncKind::Method(of) | FuncKind::Static(of) | FuncKind::Constructor(of) => of == resource,
        })
    }

    fn add_def(&mut self, direction: Direction, module: ModuleId, id: TypeId, names: &mut Taken) {
        let ty = &self.model.types[id];
        let wit_name = ty.name.clone().unwrap_or_default();
        let remapped = match direction {
            Direction::Import => self.remapped_type(module, &wit_name),
            Direction::Export => None,
        };
        if remapped.is_some() && self.target == Target::Guest && self.has_functions(module, id) {
            let interface = self.modules[module.0].extern_name.as_deref();
            self.errors.push(errors::type_for_resource(&wit_name, interface, ty.span, self.options.command_line));
        }
        let def_id = DefId(self.defs.len());
        let name = names::camel(&wit_name);
        let attributes = self.attributes(&self.options.type_attributes, module, &wit_name, None);
        let typed_error = match direction {
            Direction::Import => self.typed_error(module, &wit_name),
            Direction::Export => None,
        };
        let is_import = direction == Direction::Import && !self.modules[module.0].remapped;
        let drop_async = is_import && is_resource(ty) && self.drop_waits(module, &wit_name);
        let by_shape = remapped.is_none() && self.modules[module.0].remapped && self.has_shape(id);
        let ignored = self.ignores(module, &wit_name);
        self.defs.push(Def {
            module,
            name: names.take(&name),
            derived: Derived {
                borrow: name.clone(),
                guest: name.clone(),
                host: name.clone(),
                host_async: name.clone(),
                associated: name.clone(),
                accessor: name.clone(),
            },
            docs: ty.docs.clone(),
            deprecated: deprecated(&ty.gate),
            printed: remapped.is_none() && !self.modules[module.0].remapped,
            by_shape,
            remapped,
            holds: self.holds(Type::Id(id)),
            lifetime: false,
            borrowed: None,
            is_borrowed: false,
            drop_async,
            ways: Ways::BOTH,
            typed_error,
            attributes,
            is_error: false,
            derives: if ignored { Vec::new() } else { self.options.additional_derives.clone() },
            kind: DefKind::Resource,
            wit_name,
        });
        self.ids.insert((direction, id), def_id);
        self.modules[module.0].defs.push(def_id);
    }

    /// Whether bindings of wit-bindgen may have a type, so that its public shape is known. They have no resource with functions
    /// of the names of those that are about its handle.
    fn has_shape(&self, id: TypeId) -> bool {
        let resource = self.model.dealias_id(id);
        let about_handle = |func: &witwright_resolver::model::Func| {
            ["handle", "take-handle", "from-handle"].contains(&func.name.as_str())
                && match func.kind {
                    FuncKind::Method(id) | FuncKind::Static(id) | FuncKind::Constructor(id) => {
                        self.model.dealias_id(id) == resource
                    }
                    FuncKind::Free => false,
                }
        };
        let mut interfaces = self.model.interfaces.iter();
        self.target == Target::Guest && !interfaces.any(|(_, interface)| interface.funcs.iter().any(about_handle))
    }

    /// Marks the aliases of types that are read and made by their public shape, and of lists and others of these.
    pub(super) fn mark_shapes(&mut self) {
        loop {
            let mut changed = Vec::new();
            for (i, def) in self.defs.iter().enumerate() {
                if let DefKind::Alias(target) = &def.kind
                    && def.remapped.is_none()
                    && self.mentions_shape(target) != def.by_shape
                {
                    changed.push(i);
                }
            }
            if changed.is_empty() {
                return;
            }
            changed.into_iter().for_each(|i| self.defs[i].by_shape ^= true);
        }
    }

    fn mentions_shape(&self, ty: &RustType) -> bool {
        let (RustType::Def(id) | RustType::Own(id) | RustType::Borrow(id)) = ty else {
            let is_map = matches!(ty, RustType::Map(..)) && self.options.map_type.is_some();
            return is_map || ty.parts().into_iter().any(|part| self.mentions_shape(part));
        };
        let def = &self.defs[id.0];
        match def.kind {
            DefKind::ResourceAlias(target) if def.remapped.is_none() => {
                def.by_shape || self.mentions_shape(&RustType::Own(target))
            }
            DefKind::ResourceAlias(_)
            | DefKind::Resource
            | DefKind::Record(_)
            | DefKind::Variant(_)
            | DefKind::Enum(_)
            | DefKind::Flags(_)
            | DefKind::Alias(_) => def.by_shape,
        }
    }

    fn def_kind(&mut self, direction: Direction, id: TypeId) -> DefKind {
        let model = self.model;
        let def = &self.defs[self.ids[&(direction, id)].0];
        let (module, name) = (def.module, def.wit_name.clone());
        let given =
            |cx: &mut Self, member: &str| cx.attributes(&cx.options.member_attributes, module, &name, Some(member));
        match &model.types[id].kind {
            TypeDefKind::Record(fields) => {
                let field = |field: &witwright_resolver::model::Field| Field {
                    name: names::snake(&field.name),
                    wit_name: field.name.clone(),
                    docs: field.docs.clone(),
                    attributes: given(self, &field.name),
                    ty: self.owned(direction, field.ty),
                };
                DefKind::Record(fields.iter().map(field).collect())
            }
            TypeDefKind::Variant(cases) => {
                let mut names = Taken::default();
                let case = |case: &witwright_resolver::model::Case| Case {
                    name: names.take(&names::camel(&case.name)),
                    wit_name: case.name.clone(),
                    docs: case.docs.clone(),
                    attributes: given(self, &case.name),
                    ty: case.ty.map(|ty| self.owned(direction, ty)),
                };
                DefKind::Variant(cases.iter().map(case).collect())
            }
            TypeDefKind::Enum(cases) => DefKind::Enum(labels(cases, names::camel, |name| given(self, name))),
            TypeDefKind::Flags(flags) => DefKind::Flags(labels(flags, names::shouty, |name| given(self, name))),
            TypeDefKind::Resource => DefKind::Resource,
            TypeDefKind::Alias(target) => match (target.ty, model.dealias(target.ty)) {
                (Type::Id(target), Type::Id(definition)) if is_resource(&model.types[definition]) => {
                    DefKind::ResourceAlias(self.def_id(direction, target))
                }
                _ => DefKind::Alias(self.owned(direction, *target)),
            },
            TypeDefKind::Own(_)
            | TypeDefKind::Borrow(_)
            | TypeDefKind::Tuple(_)
            | TypeDefKind::List(..)
            | TypeDefKind::Option(_)
            | TypeDefKind::Result(..)
            | TypeDefKind::Map(..)
            | TypeDefKind::Future(_)
            | TypeDefKind::Stream(_) => {
                let mention = TypeRef { ty: Type::Id(id), span: model.types[id].span };
                DefKind::Alias(self.unnamed(direction, mention, id))
            }
        }
    }

    /// A type in a position that owns the value.
    pub(super) fn owned(&mut self, direction: Direction, mention: TypeRef) -> RustType {
        let primitive = match mention.ty {
            Type::Bool => Primitive::Bool,
            Type::S8 => Primitive::S8,
            Type::U8 => Primitive::U8,
            Type::S16 => Primitive::S16,
            Type::U16 => Primitive::U16,
            Type::S32 => Primitive::S32,
            Type::U32 => Primitive::U32,
            Type::S64 => Primitive::S64,
            Type::U64 => Primitive::U64,
            Type::F32 => Primitive::F32,
            Type::F64 => Primitive::F64,
            Type::Char => Primitive::Char,
            Type::String => return RustType::String,
            Type::ErrorContext => return RustType::ErrorContext,
            Type::Id(id) if self.model.types[id].name.is_none() => return self.unnamed(direction, mention, id),
            Type::Id(id) => {
                let def = self.def_id(direction, id);
                let resource = self.model.dealias_id(id);
                let owned = is_resource(&self.model.types[resource]);
                return if owned { RustType::Own(def) } else { RustType::Def(def) };
            }
        };
        RustType::Primitive(primitive)
    }

    fn unnamed(&mut self, direction: Direction, mention: TypeRef, id: TypeId) -> RustType {
        let model = self.model;
        let mut part = |ty: &TypeRef| Box::new(self.owned(direction, *ty));
        match &model.types[id].kind {
            TypeDefKind::Alias(target) => *part(target),
            TypeDefKind::Own(resource) => RustType::Own(self.def_id(direction, *resource)),
            TypeDefKind::Borrow(resource) => RustType::Borrow(self.def_id(direction, *resource)),
            TypeDefKind::Tuple(types) if types.len() > MAX_TUPLE => {
                self.report(errors::too_many("values in a tuple", types.len(), MAX_TUPLE, mention.span));
                RustType::Tuple(Vec::new())
            }
            TypeDefKind::Tuple(types) => RustType::Tuple(types.iter().map(|ty| *part(ty)).collect()),
            TypeDefKind::List(element, None) => RustType::Vec(part(element)),
            TypeDefKind::List(element, Some(len)) => RustType::Array(part(element), *len),
            TypeDefKind::Option(some) => RustType::Option(part(some)),
            TypeDefKind::Result(ok, err) => {
                let ok = ok.as_ref().map(&mut part);
                RustType::Result(ok, err.as_ref().map(part))
            }
            TypeDefKind::Map(key, value) => {
                let key = part(key);
                RustType::Map(key, part(value))
            }
            TypeDefKind::Future(element) => RustType::Future(element.as_ref().map(part)),
            TypeDefKind::Stream(element) => RustType::Stream(element.as_ref().map(part)),
            TypeDefKind::Record(_)
            | TypeDefKind::Variant(_)
            | TypeDefKind::Enum(_)
            | TypeDefKind::Flags(_)
            | TypeDefKind::Resource => unreachable!("records, variants, enums, flags and resources have names"),
        }
    }

    /// A parameter's type for the caller, who keeps the value.
    pub(super) fn by_reference(&self, ty: &RustType) -> RustType {
        let part = |ty: &RustType| Box::new(self.by_reference(ty));
        match ty {
            RustType::String => RustType::Str,
            RustType::Vec(element) => RustType::Slice(element.clone()),
            RustType::Map(..) => RustType::Ref(Box::new(ty.clone())),
            RustType::Tuple(types) => RustType::Tuple(types.iter().map(|ty| self.by_reference(ty)).collect()),
            RustType::Option(some) => RustType::Option(part(some)),
            RustType::Result(ok, err) => RustType::Result(ok.as_deref().map(part), err.as_deref().map(part)),
            RustType::Def(id) => match self.string_or_list(*id) {
                Some(target) => self.by_reference(target),
                None => RustType::Ref(Box::new(ty.clone())),
            },
            RustType::Primitive(_)
            | RustType::Array(..)
            | RustType::Str
            | RustType::Slice(_)
            | RustType::Ref(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::Stream(_)
            | RustType::Future(_)
            | RustType::ErrorContext => ty.clone(),
        }
    }

    /// The string, list or map that an alias stands for.
    pub(super) fn string_or_list(&self, id: DefId) -> Option<&RustType> {
        let DefKind::Alias(target) = &self.defs[id.0].kind else { return None };
        match target {
            RustType::String | RustType::Vec(_) | RustType::Map(..) => Some(target),
            RustType::Def(id) => self.string_or_list(*id),
            RustType::Primitive(_)
            | RustType::Str
            | RustType::Slice(_)
            | RustType::Array(..)
            | RustType::Tuple(_)
            | RustType::Option(_)
            | RustType::Result(..)
            | RustType::Ref(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::Stream(_)
            | RustType::Future(_)
            | RustType::ErrorContext => None,
        }
    }
}

fn is_resource(ty: &TypeDef) -> bool {
    matches!(ty.kind, TypeDefKind::Resource)
}

fn labels(
    labels: &[witwright_resolver::model::Label],
    name: fn(&str) -> proc_macro2::Ident,
    mut attributes: impl FnMut(&str) -> Vec<TokenStream>,
) -> Vec<Label> {
    let mut names = Taken::default();
    let label = |label: &witwright_resolver::model::Label| Label {
        name: names.take(&name(&label.name)),
        wit_name: label.name.clone(),
        docs: label.docs.clone(),
        attributes: attributes(&label.name),
    };
    labels.iter().map(label).collect()
}
