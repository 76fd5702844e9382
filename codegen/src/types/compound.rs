//! The parts that the code of records and variants has in common.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Head, Scope, attributes, derives, generics, plain_derives};
use crate::ir::{Def, Ways};

/// The parts of the impls that depend on the fields or cases.
pub(super) struct Bodies {
    /// The `TypeDesc`.
    pub(super) description: TokenStream,
    /// The types of the fields or payloads.
    pub(super) parts: Vec<TokenStream>,
    /// The bodies of `Lower::lower` and `Lower::store`.
    pub(super) lower: [TokenStream; 2],
    /// The bodies of `Lift::lift` and `Lift::load`.
    pub(super) lift: [TokenStream; 2],
}

/// A definition with its impls: `struct` or `enum`, and its fields or cases.
pub(super) fn compound(
    scope: &Scope<'_>,
    def: &Def,
    keyword: &TokenStream,
    members: &[TokenStream],
    bodies: &Bodies,
) -> TokenStream {
    let (name, generics, given) = (&def.name, generics(def), &def.attributes);
    let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let allow = scope.allow();
    let derives = derives(def, plain_derives(def));
    let impls = scope.nameless(impls(&Head::of(def), bodies, def.ways));
    quote! {
        #attributes
        #allow
        #derives
        #(#given)*
        pub #keyword #name #generics {
            #(#members,)*
        }
        #impls
    }
}

/// The impls of a definition.
pub(super) fn impls(head: &Head, bodies: &Bodies, ways: Ways) -> TokenStream {
    let (description, parts) = (&bodies.description, &bodies.parts);
    let component_type = head.impl_of(&quote!(ComponentType), &quote!(Shape));
    let lower = ways.lower.then(|| lower(head, &bodies.lower));
    let lift = ways.lift.then(|| lift(head, &bodies.lift));
    quote! {
        #component_type {
            const DESC: &'static _rt::TypeDesc = &#description;
            const PARTS: &'static [_rt::TypeLayout] = _rt::layouts![#(#parts),*];
        }
        #lower
        #lift
    }
}

fn lower(head: &Head, [lower, store]: &[TokenStream; 2]) -> TokenStream {
    let impl_of = head.impl_of(&quote!(Lower), &quote!(LowerBy));
    let ty = &head.elided;
    let value = if head.shape.is_some() { quote!(value: &#ty) } else { quote!(&self) };
    quote! {
        #impl_of {
            fn lower<_C: _rt::LowerCx>(
                #value,
                cx: &mut _C,
                flat: &mut _rt::FlatWriter<'_>,
            ) -> _rt::Lowered<_C> {
                #lower
            }
            fn store<_C: _rt::LowerCx>(#value, cx: &mut _C, addr: u32) -> _rt::Lowered<_C> {
                #store
            }
        }
    }
}

fn lift(head: &Head, [lift, load]: &[TokenStream; 2]) -> TokenStream {
    let Head { generics, named, .. } = head;
    let (of, ty) = match &head.shape {
        None => (quote!(_rt::Lift for #named), quote!(Self)),
        Some((shape, _)) => (quote!(_rt::LiftBy<#named> for #shape), named.clone()),
    };
    quote! {
        impl #generics #of {
            fn lift<_C: _rt::LiftCx>(
                cx: &mut _C,
                flat: &mut _rt::FlatReader<'_>,
            ) -> _rt::Lifted<#ty, _C> {
                #lift
            }
            fn load<_C: _rt::LiftCx>(cx: &mut _C, addr: u32) -> _rt::Lifted<#ty, _C> {
                #load
            }
        }
    }
}
