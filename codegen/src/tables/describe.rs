//! The descriptions of types, a `static` for each that has a name.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use witwright_resolver::Model;
use witwright_resolver::model::{InterfaceId, Label, Type, TypeDefKind, TypeId, TypeOwner, TypeRef};

use super::mentioned::Mentioned;
use crate::ir::{Taken, shouty};

pub(super) struct Describe<'a> {
    model: &'a Model,
    types: BTreeMap<TypeId, Ident>,
    interfaces: BTreeMap<InterfaceId, Ident>,
}

impl<'a> Describe<'a> {
    /// Chooses the names of the statics: a type's is made of its owner's name and its own.
    pub(super) fn new(model: &'a Model, mentioned: &Mentioned) -> Describe<'a> {
        let world = &model.worlds[mentioned.world].name;
        let mut taken = Taken::default();
        let name_of = |id: InterfaceId| model.interfaces[id].name.as_deref().unwrap_or("in-place");
        let interfaces = mentioned.interfaces.iter().map(|id| (*id, taken.take(&shouty(name_of(*id))))).collect();
        let types = mentioned.types.iter().map(|id| {
            let def = &model.types[*id];
            let owner = match def.owner {
                Some(TypeOwner::Interface(id)) => name_of(id),
                Some(TypeOwner::World(_)) | None => world,
            };
            let name = format!("{owner}-{}", def.name.as_deref().unwrap_or_default());
            (*id, taken.take(&shouty(&name)))
        });
        let types = types.collect();
        Describe { model, types, interfaces }
    }

    pub(super) fn interface(&self, id: InterfaceId) -> &Ident {
        &self.interfaces[&id]
    }

    pub(super) fn statics(&self) -> Vec<TokenStream> {
        let statics = self.types.iter().map(|(id, ident)| {
            let def = &self.model.types[*id];
            let name = def.name.as_deref().unwrap_or_default();
            if matches!(def.kind, TypeDefKind::Resource) {
                return self.resource(*id, ident, name);
            }
            let ty = self.named(&def.kind, name);
            quote! {
                #[allow(dead_code)]
                static #ident: _rt::TypeDesc = _rt::TypeDesc::#ty;
            }
        });
        statics.collect()
    }

    /// The static of a resource, which the descriptions of its handles refer to.
    fn resource(&self, id: TypeId, ident: &Ident, name: &str) -> TokenStream {
        let interface = match self.model.types[id].owner {
            Some(TypeOwner::Interface(id)) => self.model.interface_name(id),
            Some(TypeOwner::World(_)) | None => None,
        };
        let interface = match interface {
            Some(interface) => quote!(Some(#interface)),
            None => quote!(None),
        };
        quote! {
            static #ident: _rt::ResourceDesc = _rt::ResourceDesc::World { name: #name, interface: #interface };
        }
    }

    /// The description of a type that has a name.
    fn named(&self, kind: &TypeDefKind, name: &str) -> TokenStream {
        if is_nominal(kind) || matches!(kind, TypeDefKind::Alias(_)) {
            return self.form(name, kind);
        }
        let target = self.nameless(kind);
        quote!(Alias(&_rt::AliasDesc { name: #name, ty: #target }))
    }

    /// The type of a name in its scope, and its origin.
    pub(super) fn definition(&self, id: TypeId) -> (TokenStream, TokenStream) {
        let kind = &self.model.types[id].kind;
        let here = self.ty(Type::Id(id));
        if let (Some(from), TypeDefKind::Alias(target)) = (self.model.used_from(id), kind) {
            let original = target.ty.id().and_then(|target| self.model.types[target].name.as_deref());
            let (from, original) = (self.interface(from), original.unwrap_or_default());
            return (here, quote!(Used(&#from, #original)));
        }
        if is_nominal(kind) {
            return (here, quote!(Here));
        }
        (self.nameless(kind), if self.resource_of(id).is_some() { quote!(Resource) } else { quote!(Alias) })
    }

    pub(super) fn field(&self, name: &str, ty: TypeRef) -> TokenStream {
        let ty = self.ty(ty.ty);
        quote!(_rt::FieldDesc { name: #name, ty: #ty })
    }

    pub(super) fn optional(&self, ty: Option<TypeRef>) -> TokenStream {
        match ty {
            None => quote!(None),
            Some(ty) => {
                let ty = self.ty(ty.ty);
                quote!(Some(#ty))
            }
        }
    }

    /// A reference to the description of a type.
    fn ty(&self, ty: Type) -> TokenStream {
        let primitive = match ty {
            Type::Bool => quote!(Bool),
            Type::S8 => quote!(S8),
            Type::U8 => quote!(U8),
            Type::S16 => quote!(S16),
            Type::U16 => quote!(U16),
            Type::S32 => quote!(S32),
            Type::U32 => quote!(U32),
            Type::S64 => quote!(S64),
            Type::U64 => quote!(U64),
            Type::F32 => quote!(F32),
            Type::F64 => quote!(F64),
            Type::Char => quote!(Char),
            Type::String => quote!(String),
            Type::ErrorContext => quote!(ErrorContext),
            Type::Id(id) => return self.defined(id),
        };
        quote!(&_rt::TypeDesc::#primitive)
    }

    /// The resource that a type is, by its own name or by another.
    fn resource_of(&self, id: TypeId) -> Option<&Ident> {
        let end = self.model.dealias_id(id);
        matches!(self.model.types[end].kind, TypeDefKind::Resource).then(|| &self.types[&end])
    }

    fn defined(&self, id: TypeId) -> TokenStream {
        if let Some(resource) = self.resource_of(id) {
            return quote!(&_rt::TypeDesc::Own(&#resource));
        }
        match self.types.get(&id) {
            Some(ident) => quote!(&#ident),
            None => self.nameless(&self.model.types[id].kind),
        }
    }

    /// A reference to the description of a type without a name.
    fn nameless(&self, kind: &TypeDefKind) -> TokenStream {
        if let TypeDefKind::Alias(target) = kind {
            return self.ty(target.ty);
        }
        let ty = self.form("", kind);
        quote!(&_rt::TypeDesc::#ty)
    }

    /// A variant of `TypeDesc`.
    fn form(&self, name: &str, kind: &TypeDefKind) -> TokenStream {
        let resource = |id: &TypeId| &self.types[&self.model.dealias_id(*id)];
        let labels = |all: &[Label]| {
            let labels = all.iter().map(|label| &label.name);
            quote!(&_rt::LabelsDesc { name: #name, labels: &[#(#labels),*] })
        };
        match kind {
            TypeDefKind::Record(fields) => {
                let fields = fields.iter().map(|field| self.field(&field.name, field.ty));
                quote!(Record(&_rt::RecordDesc { name: #name, fields: &[#(#fields),*] }))
            }
            TypeDefKind::Variant(cases) => {
                let cases = cases.iter().map(|case| {
                    let (name, ty) = (&case.name, self.optional(case.ty));
                    quote!(_rt::CaseDesc { name: #name, ty: #ty })
                });
                quote!(Variant(&_rt::VariantDesc { name: #name, cases: &[#(#cases),*] }))
            }
            TypeDefKind::Enum(all) => {
                let labels = labels(all);
                quote!(Enum(#labels))
            }
            TypeDefKind::Flags(all) => {
                let labels = labels(all);
                quote!(Flags(#labels))
            }
            TypeDefKind::Alias(target) => {
                let target = self.ty(target.ty);
                quote!(Alias(&_rt::AliasDesc { name: #name, ty: #target }))
            }
            TypeDefKind::Resource => unreachable!("its handles are described"),
            TypeDefKind::Own(id) => {
                let resource = resource(id);
                quote!(Own(&#resource))
            }
            TypeDefKind::Borrow(id) => {
                let resource = resource(id);
                quote!(Borrow(&#resource))
            }
            TypeDefKind::Tuple(types) => {
                let types = types.iter().map(|ty| self.ty(ty.ty));
                quote!(Tuple(&[#(#types),*]))
            }
            TypeDefKind::List(ty, len) => {
                let ty = self.ty(ty.ty);
                match len {
                    None => quote!(List(#ty)),
                    Some(len) => quote!(FixedList(#ty, #len)),
                }
            }
            TypeDefKind::Option(ty) => {
                let ty = self.ty(ty.ty);
                quote!(Option(#ty))
            }
            TypeDefKind::Result(ok, err) => {
                let (ok, err) = (self.optional(*ok), self.optional(*err));
                quote!(Result(#ok, #err))
            }
            TypeDefKind::Map(key, value) => {
                let (key, value) = (self.ty(key.ty), self.ty(value.ty));
                quote!(Map(#key, #value))
            }
            TypeDefKind::Future(ty) => {
                let ty = self.optional(*ty);
                quote!(Future(#ty))
            }
            TypeDefKind::Stream(ty) => {
                let ty = self.optional(*ty);
                quote!(Stream(#ty))
            }
        }
    }
}

/// Whether a definition of this kind is a type of its own, and not another name.
fn is_nominal(kind: &TypeDefKind) -> bool {
    kind.members().next().is_some() || matches!(kind, TypeDefKind::Resource)
}
