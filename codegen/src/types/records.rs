//! Records (`CanonicalABI.md#loading`, `#storing`, `#flattening`: field by field).

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Lifetime, Scope, attributes, derives, elided, generics, plain_derives};
use crate::ir::{Def, Field};

/// A struct with its impls.
pub(super) fn record(scope: &Scope<'_>, def: &Def, fields: &[Field]) -> TokenStream {
    let (name, generics) = (&def.name, generics(def));
    let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let allow = scope.allow();
    let derives = derives(def, plain_derives(def));
    let members = fields.iter().map(|field| {
        let attributes = super::attributes(field.docs.as_deref(), None);
        let (name, ty) = (&field.name, scope.ty(&field.ty, Lifetime::Named));
        quote!(#attributes pub #name: #ty)
    });
    let ways = scope.ways(def);
    let component_type = component_type(scope, def, fields);
    let lower = ways.lower.then(|| lower(def, fields));
    let lift = ways.lift.then(|| lift(def, fields));
    quote! {
        #attributes
        #allow
        #derives
        pub struct #name #generics {
            #(#members,)*
        }
        #component_type
        #lower
        #lift
    }
}

fn component_type(scope: &Scope<'_>, def: &Def, fields: &[Field]) -> TokenStream {
    let (name, wit_name) = (elided(def), &def.wit_name);
    let descriptions = fields.iter().map(|field| {
        let (name, ty) = (&field.wit_name, scope.ty(&field.ty, Lifetime::Elided));
        quote!(_rt::FieldDesc { name: #name, ty: <#ty as _rt::ComponentType>::DESC })
    });
    quote! {
        impl _rt::ComponentType for #name {
            const DESC: &'static _rt::TypeDesc =
                &_rt::TypeDesc::Record(&_rt::RecordDesc { name: #wit_name, fields: &[#(#descriptions),*] });
        }
    }
}

fn lower(def: &Def, fields: &[Field]) -> TokenStream {
    let name = elided(def);
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let (len, indices) = (count(fields), indices(fields));
    quote! {
        impl _rt::Lower for #name {
            fn lower<_C: _rt::LowerCx>(
                &self,
                cx: &mut _C,
                flat: &mut _rt::FlatWriter<'_>,
            ) -> ::core::result::Result<(), _C::Error> {
                #(_rt::Lower::lower(&self.#names, cx, flat)?;)*
                Ok(())
            }
            fn store<_C: _rt::LowerCx>(&self, cx: &mut _C, addr: u32) -> ::core::result::Result<(), _C::Error> {
                let at = const { _rt::field_offsets::<#len>(<Self as _rt::ComponentType>::DESC) };
                #(_rt::Lower::store(&self.#names, cx, addr + at[#indices])?;)*
                Ok(())
            }
        }
    }
}

fn lift(def: &Def, fields: &[Field]) -> TokenStream {
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let (len, indices) = (count(fields), indices(fields));
    let (generics, generic_name) = (generics(def), generic_name(def));
    quote! {
        impl #generics _rt::Lift for #generic_name {
            fn lift<_C: _rt::LiftCx>(
                cx: &mut _C,
                flat: &mut _rt::FlatReader<'_>,
            ) -> ::core::result::Result<Self, _C::Error> {
                Ok(Self { #(#names: _rt::Lift::lift(cx, flat)?),* })
            }
            fn load<_C: _rt::LiftCx>(cx: &mut _C, addr: u32) -> ::core::result::Result<Self, _C::Error> {
                let at = const { _rt::field_offsets::<#len>(<Self as _rt::ComponentType>::DESC) };
                Ok(Self { #(#names: _rt::Lift::load(cx, addr + at[#indices])?),* })
            }
        }
    }
}

/// `Name` or `Name<'a>`.
pub(super) fn generic_name(def: &Def) -> TokenStream {
    let (name, generics) = (&def.name, generics(def));
    quote!(#name #generics)
}

fn count(fields: &[Field]) -> Literal {
    Literal::usize_unsuffixed(fields.len())
}

fn indices(fields: &[Field]) -> Vec<Literal> {
    (0..fields.len()).map(Literal::usize_unsuffixed).collect()
}
