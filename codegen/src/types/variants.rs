//! Variants (`CanonicalABI.md#loading`, `#storing`, `#flattening`: a discriminant and a payload).

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::records::generic_name;
use super::{Lifetime, Scope, attributes, derives, elided, generics, plain_derives};
use crate::ir::{Case, Def};

/// An enum with payloads and its impls.
pub(super) fn variant(scope: &Scope<'_>, def: &Def, cases: &[Case]) -> TokenStream {
    let (name, generics) = (&def.name, generics(def));
    let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let allow = scope.allow();
    let derives = derives(def, plain_derives(def));
    let members = cases.iter().map(|case| {
        let attributes = super::attributes(case.docs.as_deref(), None);
        let name = &case.name;
        let payload = case.ty.as_ref().map(|ty| {
            let ty = scope.ty(ty, Lifetime::Named);
            quote!((#ty))
        });
        quote!(#attributes #name #payload)
    });
    let ways = scope.ways(def);
    let component_type = component_type(scope, def, cases);
    let lower = ways.lower.then(|| lower(def, cases));
    let lift = ways.lift.then(|| lift(def, cases));
    quote! {
        #attributes
        #allow
        #derives
        pub enum #name #generics {
            #(#members,)*
        }
        #component_type
        #lower
        #lift
    }
}

fn component_type(scope: &Scope<'_>, def: &Def, cases: &[Case]) -> TokenStream {
    let (name, wit_name) = (elided(def), &def.wit_name);
    let descriptions = cases.iter().map(|case| {
        let name = &case.wit_name;
        let ty = match &case.ty {
            Some(ty) => {
                let ty = scope.ty(ty, Lifetime::Elided);
                quote!(Some(<#ty as _rt::ComponentType>::DESC))
            }
            None => quote!(None),
        };
        quote!(_rt::CaseDesc { name: #name, ty: #ty })
    });
    quote! {
        impl _rt::ComponentType for #name {
            const DESC: &'static _rt::TypeDesc =
                &_rt::TypeDesc::Variant(&_rt::VariantDesc { name: #wit_name, cases: &[#(#descriptions),*] });
        }
    }
}

fn lower(def: &Def, cases: &[Case]) -> TokenStream {
    let name = elided(def);
    let arms = |function: &Ident, place: &TokenStream| -> TokenStream {
        let arms = cases.iter().enumerate().map(|(i, case)| {
            let (case_name, i) = (&case.name, Literal::usize_unsuffixed(i));
            let (pattern, payload) = match case.ty {
                Some(_) => (quote!((payload)), quote!(payload)),
                None => (TokenStream::new(), quote!(&())),
            };
            quote!(Self::#case_name #pattern => _rt::variant::#function::<Self, _, _>(#i, #payload, cx, #place))
        });
        quote!(#(#arms,)*)
    };
    let flat_arms = arms(&crate::ir::ident("lower_case"), &quote!(flat));
    let memory_arms = arms(&crate::ir::ident("store_case"), &quote!(addr));
    quote! {
        impl _rt::Lower for #name {
            fn lower<_C: _rt::LowerCx>(
                &self,
                cx: &mut _C,
                flat: &mut _rt::FlatWriter<'_>,
            ) -> ::core::result::Result<(), _C::Error> {
                match self { #flat_arms }
            }
            fn store<_C: _rt::LowerCx>(&self, cx: &mut _C, addr: u32) -> ::core::result::Result<(), _C::Error> {
                match self { #memory_arms }
            }
        }
    }
}

fn lift(def: &Def, cases: &[Case]) -> TokenStream {
    let arms = |function: &Ident, place: &TokenStream| -> TokenStream {
        let arms = cases.iter().enumerate().map(|(i, case)| {
            let (case_name, i) = (&case.name, Literal::usize_unsuffixed(i));
            let payload = case.ty.is_some().then(|| quote!((_rt::Lift::#function(cx, #place)?)));
            quote!(#i => Self::#case_name #payload)
        });
        quote!(#(#arms,)*)
    };
    let flat_arms = arms(&crate::ir::ident("lift"), &quote!(flat));
    let memory_arms = arms(&crate::ir::ident("load"), &quote!(addr));
    let (generics, generic_name) = (generics(def), generic_name(def));
    let has_payload = cases.iter().any(|case| case.ty.is_some());
    let used = |name: &str| if has_payload { crate::ir::ident(name).into_token_stream() } else { quote!(_) };
    let (cx, flat, addr) = (used("cx"), used("flat"), used("addr"));
    quote! {
        impl #generics _rt::Lift for #generic_name {
            fn lift<_C: _rt::LiftCx>(
                cx: &mut _C,
                flat: &mut _rt::FlatReader<'_>,
            ) -> ::core::result::Result<Self, _C::Error> {
                _rt::variant::lift_case(cx, flat, |#cx, case, #flat| {
                    Ok(Some(match case { #flat_arms _ => return Ok(None) }))
                })
            }
            fn load<_C: _rt::LiftCx>(cx: &mut _C, addr: u32) -> ::core::result::Result<Self, _C::Error> {
                _rt::variant::load_case(cx, addr, |#cx, case, #addr| {
                    Ok(Some(match case { #memory_arms _ => return Ok(None) }))
                })
            }
        }
    }
}
