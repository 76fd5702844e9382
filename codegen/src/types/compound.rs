//! The parts that the code of records and variants has in common.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Scope, attributes, derives, elided, generics, plain_derives};
use crate::ir::Def;

/// The code of a record or variant that depends on its fields or cases.
pub(super) struct Compound {
    /// `struct` or `enum`
    pub(super) keyword: TokenStream,
    /// The fields or cases.
    pub(super) members: Vec<TokenStream>,
    /// The `TypeDesc`.
    pub(super) description: TokenStream,
    /// The bodies of `Lower::lower` and `Lower::store`.
    pub(super) lower: [TokenStream; 2],
    /// The bodies of `Lift::lift` and `Lift::load`.
    pub(super) lift: [TokenStream; 2],
}

/// A definition with its impls.
pub(super) fn compound(scope: &Scope<'_>, def: &Def, parts: &Compound) -> TokenStream {
    let (name, generics, elided) = (&def.name, generics(def), elided(def));
    let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let allow = scope.allow();
    let derives = derives(def, plain_derives(def));
    let Compound { keyword, members, description, .. } = parts;
    let ways = scope.ways(def);
    let lower = ways.lower.then(|| lower(def, &parts.lower));
    let lift = ways.lift.then(|| lift(def, &parts.lift));
    quote! {
        #attributes
        #allow
        #derives
        pub #keyword #name #generics {
            #(#members,)*
        }
        impl _rt::ComponentType for #elided {
            const DESC: &'static _rt::TypeDesc = &#description;
        }
        #lower
        #lift
    }
}

fn lower(def: &Def, [lower, store]: &[TokenStream; 2]) -> TokenStream {
    let name = elided(def);
    quote! {
        impl _rt::Lower for #name {
            fn lower<_C: _rt::LowerCx>(
                &self,
                cx: &mut _C,
                flat: &mut _rt::FlatWriter<'_>,
            ) -> ::core::result::Result<(), _C::Error> {
                #lower
            }
            fn store<_C: _rt::LowerCx>(&self, cx: &mut _C, addr: u32) -> ::core::result::Result<(), _C::Error> {
                #store
            }
        }
    }
}

fn lift(def: &Def, [lift, load]: &[TokenStream; 2]) -> TokenStream {
    let (name, generics) = (&def.name, generics(def));
    quote! {
        impl #generics _rt::Lift for #name #generics {
            fn lift<_C: _rt::LiftCx>(
                cx: &mut _C,
                flat: &mut _rt::FlatReader<'_>,
            ) -> ::core::result::Result<Self, _C::Error> {
                #lift
            }
            fn load<_C: _rt::LiftCx>(cx: &mut _C, addr: u32) -> ::core::result::Result<Self, _C::Error> {
                #load
            }
        }
    }
}
