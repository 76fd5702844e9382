//! Flags: a set of bits with the interface of the crate `bitflags`, whose body is in the runtime.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use witwright_abi_runtime::layout::flags_size;

use super::compound::Bodies;
use super::{Head, Scope, attributes, labels_desc};
use crate::ir::{Def, Label, ident};

/// A struct of bits with its impls.
pub(super) fn flags(scope: &Scope<'_>, def: &Def, flags: &[Label]) -> TokenStream {
    let (name, wit_name) = (&def.name, &def.wit_name);
    let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let given = &def.attributes;
    let allow = scope.allow();
    let bits = bits(flags);
    let constants = flags.iter().enumerate().map(|(i, flag)| {
        let attributes = super::attributes(flag.docs.as_deref(), None);
        let (name, i, given) = (&flag.name, Literal::usize_unsuffixed(i), &flag.attributes);
        quote!(#attributes #(#given)* pub const #name: Self = Self { bits: 1 << #i };)
    });
    let names = flags.iter().map(|flag| &flag.name);
    let labels = flags.iter().map(|flag| &flag.wit_name);
    let impls = scope.nameless(quote! {
        #allow
        impl #name {
            #(#constants)*
        }
        _rt::flags!(#name: #bits, [#(#names),*], #wit_name, [#(#labels),*]);
    });
    quote! {
        #attributes
        #allow
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #(#given)*
        pub struct #name {
            bits: #bits,
        }
        #impls
    }
}

/// The parts of the impls of the shape of a flags type.
pub(super) fn bodies(head: &Head, flags: &[Label]) -> Bodies {
    let labels: Vec<&str> = flags.iter().map(|flag| flag.wit_name.as_str()).collect();
    let labels = labels_desc(&head.wit_name, &labels);
    let (value, constructor, bits) = (head.value(), head.constructor(), bits(flags));
    // Bits that belong to no flag are dropped.
    let all = Literal::u64_unsuffixed((1 << flags.len()) - 1);
    let lower = |function: &str, place: &str| {
        let (function, place) = (ident(function), ident(place));
        quote! {
            let bits: #bits = #value.bits();
            _rt::Lower::#function(&bits, cx, #place)
        }
    };
    let lift = |function: &str, place: &str| {
        let (function, place) = (ident(function), ident(place));
        quote!(Ok(#constructor::from_bits_retain(<#bits as _rt::Lift>::#function(cx, #place)? & #all)))
    };
    Bodies {
        description: quote!(_rt::TypeDesc::Flags(#labels)),
        parts: Vec::new(),
        lower: [lower("lower", "flat"), lower("store", "addr")],
        lift: [lift("lift", "flat"), lift("load", "addr")],
    }
}

/// The type of the bits.
fn bits(flags: &[Label]) -> Ident {
    ident(match flags_size(flags.len()) {
        1 => "u8",
        2 => "u16",
        _ => "u32",
    })
}
