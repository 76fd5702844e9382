//! Records (`CanonicalABI.md#loading`, `#storing`, `#flattening`: field by field).

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::compound::{Bodies, compound};
use super::{Lifetime, Member, Scope, debug};
use crate::ir::{Def, Field};

/// A struct with its impls.
pub(super) fn record(scope: &Scope<'_>, def: &Def, fields: &[Field]) -> TokenStream {
    let member = |field: &Field| {
        let attributes = super::attributes(field.docs.as_deref(), None);
        let (name, ty, given) = (&field.name, scope.ty(&field.ty, Lifetime::Named), &field.attributes);
        quote!(#attributes #(#given)* pub #name: #ty)
    };
    let members: Vec<TokenStream> = fields.iter().map(member).collect();
    let field = |field: &Field| Member {
        name: field.name.clone(),
        wit_name: field.wit_name.clone(),
        ty: Some(scope.ty(&field.ty, Lifetime::Elided)),
    };
    let bodies = bodies(&def.wit_name, &fields.iter().map(field).collect::<Vec<_>>());
    let item = compound(scope, def, &quote!(struct), &members, &bodies);
    let debug = debug::record(scope, def, fields);
    quote!(#item #debug)
}

/// The parts of the impls of a struct.
pub(super) fn bodies(wit_name: &str, fields: &[Member]) -> Bodies {
    Bodies { description: description(wit_name, fields), lower: lower(fields), lift: lift(fields) }
}

fn description(wit_name: &str, fields: &[Member]) -> TokenStream {
    let fields = fields.iter().map(|Member { wit_name: name, ty, .. }| {
        quote!(_rt::FieldDesc { name: #name, ty: <#ty as _rt::ComponentType>::DESC })
    });
    quote!(_rt::TypeDesc::Record(&_rt::RecordDesc { name: #wit_name, fields: &[#(#fields),*] }))
}

fn lower(fields: &[Member]) -> [TokenStream; 2] {
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

fn lift(fields: &[Member]) -> [TokenStream; 2] {
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
fn offsets(fields: &[Member]) -> TokenStream {
    let len = Literal::usize_unsuffixed(fields.len());
    quote!(let at = const { _rt::field_offsets::<#len>(<Self as _rt::ComponentType>::DESC) };)
}

fn indices(fields: &[Member]) -> Vec<Literal> {
    (0..fields.len()).map(Literal::usize_unsuffixed).collect()
}
