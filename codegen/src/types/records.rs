//! Records (`CanonicalABI.md#loading`, `#storing`, `#flattening`: field by field).

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::compound::{Compound, compound};
use super::{Lifetime, Scope};
use crate::ir::{Def, Field};

/// A struct with its impls.
pub(super) fn record(scope: &Scope<'_>, def: &Def, fields: &[Field]) -> TokenStream {
    let member = |field: &Field| {
        let attributes = super::attributes(field.docs.as_deref(), None);
        let (name, ty) = (&field.name, scope.ty(&field.ty, Lifetime::Named));
        quote!(#attributes pub #name: #ty)
    };
    let parts = Compound {
        keyword: quote!(struct),
        members: fields.iter().map(member).collect(),
        description: description(scope, def, fields),
        lower: lower(fields),
        lift: lift(fields),
    };
    compound(scope, def, &parts)
}

fn description(scope: &Scope<'_>, def: &Def, fields: &[Field]) -> TokenStream {
    let wit_name = &def.wit_name;
    let fields = fields.iter().map(|field| {
        let (name, ty) = (&field.wit_name, scope.ty(&field.ty, Lifetime::Elided));
        quote!(_rt::FieldDesc { name: #name, ty: <#ty as _rt::ComponentType>::DESC })
    });
    quote!(_rt::TypeDesc::Record(&_rt::RecordDesc { name: #wit_name, fields: &[#(#fields),*] }))
}

fn lower(fields: &[Field]) -> [TokenStream; 2] {
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let (offsets, indices) = (offsets(fields), indices(fields));
    let lower = quote! {
        #(_rt::Lower::lower(&self.#names, cx, flat)?;)*
        Ok(())
    };
    let store = quote! {
        #offsets
        #(_rt::Lower::store(&self.#names, cx, addr + at[#indices])?;)*
        Ok(())
    };
    [lower, store]
}

fn lift(fields: &[Field]) -> [TokenStream; 2] {
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let (offsets, indices) = (offsets(fields), indices(fields));
    let lift = quote!(Ok(Self { #(#names: _rt::Lift::lift(cx, flat)?),* }));
    let load = quote! {
        #offsets
        Ok(Self { #(#names: _rt::Lift::load(cx, addr + at[#indices])?),* })
    };
    [lift, load]
}

/// The statement that computes the offsets of the fields.
fn offsets(fields: &[Field]) -> TokenStream {
    let len = Literal::usize_unsuffixed(fields.len());
    quote!(let at = const { _rt::field_offsets::<#len>(<Self as _rt::ComponentType>::DESC) };)
}

fn indices(fields: &[Field]) -> Vec<Literal> {
    (0..fields.len()).map(Literal::usize_unsuffixed).collect()
}
