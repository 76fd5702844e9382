//! Variants (`CanonicalABI.md#loading`, `#storing`, `#flattening`: a discriminant and a payload).

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::compound::{Bodies, compound};
use super::{Lifetime, Member, Scope, debug};
use crate::ir::{Case, Def, ident};

/// An enum with payloads and its impls.
pub(super) fn variant(scope: &Scope<'_>, def: &Def, cases: &[Case]) -> TokenStream {
    let member = |case: &Case| {
        let attributes = super::attributes(case.docs.as_deref(), None);
        let (name, given) = (&case.name, &case.attributes);
        let payload = case.ty.as_ref().map(|ty| {
            let ty = scope.ty(ty, Lifetime::Named);
            quote!((#ty))
        });
        quote!(#attributes #(#given)* #name #payload)
    };
    let members: Vec<TokenStream> = cases.iter().map(member).collect();
    let case = |case: &Case| Member {
        name: case.name.clone(),
        wit_name: case.wit_name.clone(),
        ty: case.ty.as_ref().map(|ty| scope.ty(ty, Lifetime::Elided)),
    };
    let bodies = bodies(&def.wit_name, &cases.iter().map(case).collect::<Vec<_>>());
    let item = compound(scope, def, &quote!(enum), &members, &bodies);
    let debug = debug::variant(scope, def, cases);
    quote!(#item #debug)
}

/// The parts of the impls of an enum with payloads.
pub(super) fn bodies(wit_name: &str, cases: &[Member]) -> Bodies {
    Bodies { description: description(wit_name, cases), lower: lower(cases), lift: lift(cases) }
}

fn description(wit_name: &str, cases: &[Member]) -> TokenStream {
    let cases = cases.iter().map(|case| {
        let name = &case.wit_name;
        let ty = match &case.ty {
            Some(ty) => quote!(Some(<#ty as _rt::ComponentType>::DESC)),
            None => quote!(None),
        };
        quote!(_rt::CaseDesc { name: #name, ty: #ty })
    });
    quote!(_rt::TypeDesc::Variant(&_rt::VariantDesc { name: #wit_name, cases: &[#(#cases),*] }))
}

fn lower(cases: &[Member]) -> [TokenStream; 2] {
    let body = |function: &str, place: &str| -> TokenStream {
        let (function, place) = (ident(function), ident(place));
        let arms = cases.iter().enumerate().map(|(i, case)| {
            let (case_name, i) = (&case.name, Literal::usize_unsuffixed(i));
            let (pattern, payload) = match case.ty {
                Some(_) => (quote!((payload)), quote!(payload)),
                None => (TokenStream::new(), quote!(&())),
            };
            quote!(Self::#case_name #pattern => _rt::variant::#function::<Self, _, _>(#i, #payload, cx, #place))
        });
        quote!(match self { #(#arms,)* })
    };
    [body("lower_case", "flat"), body("store_case", "addr")]
}

fn lift(cases: &[Member]) -> [TokenStream; 2] {
    let arms = |function: &Ident, place: &Ident| -> TokenStream {
        let arms = cases.iter().enumerate().map(|(i, case)| {
            let (case_name, i) = (&case.name, Literal::usize_unsuffixed(i));
            let payload = case.ty.is_some().then(|| quote!((_rt::Lift::#function(cx, #place)?)));
            quote!(#i => Self::#case_name #payload)
        });
        quote!(#(#arms,)*)
    };
    let has_payload = cases.iter().any(|case| case.ty.is_some());
    let used = |name: &Ident| if has_payload { name.into_token_stream() } else { quote!(_) };
    let body = |by_case: &str, function: &str, place: &str| -> TokenStream {
        let (by_case, function, place) = (ident(by_case), ident(function), ident(place));
        let arms = arms(&function, &place);
        let (cx, payload_place) = (used(&ident("cx")), used(&place));
        quote! {
            _rt::variant::#by_case(cx, #place, |#cx, case, #payload_place| {
                Ok(Some(match case { #arms _ => return Ok(None) }))
            })
        }
    };
    [body("lift_case", "lift", "flat"), body("load_case", "load", "addr")]
}
