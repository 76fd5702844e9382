//! Variants (`CanonicalABI.md#loading`, `#storing`, `#flattening`: a discriminant and a payload).

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::compound::{Bodies, compound};
use super::{Head, Lifetime, Member, Scope, debug};
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
    let head = Head::of(def);
    let bodies = bodies(&head, &self::members(*scope, cases));
    let item = compound(scope, def, &quote!(enum), &members, &bodies);
    let debug = debug::variant(scope, def, cases);
    quote!(#item #debug)
}

/// The cases of a variant.
pub(super) fn members(scope: Scope<'_>, cases: &[Case]) -> Vec<Member> {
    cases.iter().map(|case| scope.member(&case.name, &case.wit_name, case.ty.as_ref())).collect()
}

/// The parts of the impls of an enum with payloads.
pub(super) fn bodies(head: &Head, cases: &[Member]) -> Bodies {
    Bodies {
        description: description(&head.wit_name, cases),
        parts: cases.iter().map(Member::transferred).collect(),
        lower: lower(head, cases),
        lift: lift(head, cases),
    }
}

fn description(wit_name: &str, cases: &[Member]) -> TokenStream {
    let cases = cases.iter().map(|case| {
        let name = &case.wit_name;
        let ty = match &case.ty {
            Some(_) => {
                let desc = case.desc();
                quote!(Some(#desc))
            }
            None => quote!(None),
        };
        quote!(_rt::CaseDesc { name: #name, ty: #ty })
    });
    quote!(_rt::TypeDesc::Variant(&_rt::VariantDesc { name: #wit_name, cases: &[#(#cases),*] }))
}

/// The bodies of `Lower::lower` and `Lower::store`.
pub(super) fn lower(head: &Head, cases: &[Member]) -> [TokenStream; 2] {
    let (value, constructor, ty) = (head.value(), head.constructor(), head.transferred());
    let body = |function: &str, place: &str| -> TokenStream {
        let (function, place) = (ident(function), ident(place));
        let arms = cases.iter().enumerate().map(|(i, case)| {
            let (case_name, i) = (&case.name, Literal::usize_unsuffixed(i));
            let (pattern, payload) = match (&case.ty, &case.shape) {
                (Some(ty), Some(shape)) => (quote!((payload)), quote!(_rt::By::<#shape, #ty>::of(payload))),
                (Some(_), None) => (quote!((payload)), quote!(payload)),
                (None, _) => (TokenStream::new(), quote!(&())),
            };
            let payload_type = if case.is_written && case.shape.is_none() { &case.ty } else { &None };
            let payload_type = payload_type.clone().unwrap_or_else(|| quote!(_));
            quote!(#constructor::#case_name #pattern =>
                _rt::variant::#function::<#ty, #payload_type, _>(#i, #payload, cx, #place))
        });
        quote!(match #value { #(#arms,)* })
    };
    [body("lower_case", "flat"), body("store_case", "addr")]
}

/// The bodies of `Lift::lift` and `Lift::load`.
pub(super) fn lift(head: &Head, cases: &[Member]) -> [TokenStream; 2] {
    let (constructor, ty) = (head.constructor(), head.transferred());
    let arms = |function: &Ident, place: &Ident| -> TokenStream {
        let arms = cases.iter().enumerate().map(|(i, case)| {
            let (case_name, i) = (&case.name, Literal::usize_unsuffixed(i));
            let payload = case.ty.is_some().then(|| {
                let lift = case.lift();
                quote!((#lift::#function(cx, #place)?))
            });
            quote!(#i => #constructor::#case_name #payload)
        });
        quote!(#(#arms,)*)
    };
    let has_payload = cases.iter().any(|case| case.ty.is_some());
    let used = |name: &Ident| if has_payload { name.into_token_stream() } else { quote!(_) };
    let body = |by_case: &str, function: &str, place: &str| -> TokenStream {
        let (by_case, function, place) = (ident(by_case), ident(function), ident(place));
        let arms = arms(&function, &place);
        let (cx, payload_place) = (used(&ident("cx")), used(&place));
        // The type that has the layout is not that of the values of a shape.
        let by_case = if head.shape.is_some() { quote!(#by_case::<#ty, _, _, _>) } else { quote!(#by_case) };
        quote! {
            _rt::variant::#by_case(cx, #place, |#cx, case, #payload_place| {
                Ok(Some(match case { #arms _ => return Ok(None) }))
            })
        }
    };
    let [lift, load] = match head.shape {
        Some(_) => ["lift_case_by", "load_case_by"],
        None => ["lift_case", "load_case"],
    };
    [body(lift, "lift", "flat"), body(load, "load", "addr")]
}
