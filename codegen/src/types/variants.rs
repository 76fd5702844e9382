//! Variants (`CanonicalABI.md#loading`, `#storing`, `#flattening`: a discriminant and a payload).

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::compound::{Compound, compound};
use super::{Lifetime, Scope};
use crate::ir::{Case, Def, ident};

/// An enum with payloads and its impls.
pub(super) fn variant(scope: &Scope<'_>, def: &Def, cases: &[Case]) -> TokenStream {
    let member = |case: &Case| {
        let attributes = super::attributes(case.docs.as_deref(), None);
        let name = &case.name;
        let payload = case.ty.as_ref().map(|ty| {
            let ty = scope.ty(ty, Lifetime::Named);
            quote!((#ty))
        });
        quote!(#attributes #name #payload)
    };
    let parts = Compound {
        keyword: quote!(enum),
        members: cases.iter().map(member).collect(),
        description: description(scope, def, cases),
        lower: lower(cases),
        lift: lift(cases),
    };
    compound(scope, def, &parts)
}

fn description(scope: &Scope<'_>, def: &Def, cases: &[Case]) -> TokenStream {
    let wit_name = &def.wit_name;
    let cases = cases.iter().map(|case| {
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
    quote!(_rt::TypeDesc::Variant(&_rt::VariantDesc { name: #wit_name, cases: &[#(#cases),*] }))
}

fn lower(cases: &[Case]) -> [TokenStream; 2] {
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

fn lift(cases: &[Case]) -> [TokenStream; 2] {
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
