//! Records (`CanonicalABI.md#loading`, `#storing`, `#flattening`: field by field).

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::compound::{Bodies, compound};
use super::{Head, Lifetime, Member, Scope, debug};
use crate::ir::{Def, Field};

/// A struct with its impls.
pub(super) fn record(scope: &Scope<'_>, def: &Def, fields: &[Field]) -> TokenStream {
    let member = |field: &Field| {
        let attributes = super::attributes(field.docs.as_deref(), None);
        let (name, ty, given) = (&field.name, scope.ty(&field.ty, Lifetime::Named), &field.attributes);
        quote!(#attributes #(#given)* pub #name: #ty)
    };
    let members: Vec<TokenStream> = fields.iter().map(member).collect();
    let head = Head::of(def);
    let bodies = bodies(&head, &self::members(*scope, fields));
    let item = compound(scope, def, &quote!(struct), &members, &bodies);
    let debug = debug::record(scope, def, fields);
    quote!(#item #debug)
}

/// The fields of a record.
pub(super) fn members(scope: Scope<'_>, fields: &[Field]) -> Vec<Member> {
    fields.iter().map(|field| scope.member(&field.name, &field.wit_name, Some(&field.ty))).collect()
}

/// The parts of the impls of a struct.
pub(super) fn bodies(head: &Head, fields: &[Member]) -> Bodies {
    Bodies {
        description: description(&head.wit_name, fields),
        parts: fields.iter().map(Member::transferred).collect(),
        lower: lower(head, fields),
        lift: lift(head, fields),
    }
}

fn description(wit_name: &str, fields: &[Member]) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let (name, desc) = (&field.wit_name, field.desc());
        quote!(_rt::FieldDesc { name: #name, ty: #desc })
    });
    quote!(_rt::TypeDesc::Record(&_rt::RecordDesc { name: #wit_name, fields: &[#(#fields),*] }))
}

fn lower(head: &Head, fields: &[Member]) -> [TokenStream; 2] {
    let value = head.value();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let traits: Vec<_> = fields.iter().map(Member::lower).collect();
    let (offsets, indices) = (offsets(head, fields), indices(fields));
    let lower = quote! {
        #(#traits::lower(&#value.#names, cx, flat)?;)*
        Ok(())
    };
    let store = quote! {
        #offsets
        #(#traits::store(&#value.#names, cx, addr + at[#indices])?;)*
        Ok(())
    };
    [lower, store]
}

fn lift(head: &Head, fields: &[Member]) -> [TokenStream; 2] {
    let constructor = head.constructor();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let traits: Vec<_> = fields.iter().map(Member::lift).collect();
    let (offsets, indices) = (offsets(head, fields), indices(fields));
    let lift = quote!(Ok(#constructor { #(#names: #traits::lift(cx, flat)?),* }));
    let load = quote! {
        #offsets
        Ok(#constructor { #(#names: #traits::load(cx, addr + at[#indices])?),* })
    };
    [lift, load]
}

/// The statement that computes the offsets of the fields.
fn offsets(head: &Head, fields: &[Member]) -> TokenStream {
    let (len, ty) = (Literal::usize_unsuffixed(fields.len()), head.transferred());
    quote!(let at = const { _rt::field_offsets::<#len>(<#ty as _rt::ComponentType>::PARTS) };)
}

fn indices(fields: &[Member]) -> Vec<Literal> {
    (0..fields.len()).map(Literal::usize_unsuffixed).collect()
}
