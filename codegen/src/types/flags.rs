//! Flags: a set of bits with the interface of the crate `bitflags`, whose body is in the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use witwright_abi_runtime::layout::flags_size;

use super::{Scope, attributes};
use crate::ir::{Def, Label, ident};

/// A struct of bits with its impls.
pub(super) fn flags(scope: &Scope<'_>, def: &Def, flags: &[Label]) -> TokenStream {
    let (name, wit_name) = (&def.name, &def.wit_name);
    let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let given = &def.attributes;
    let allow = scope.allow();
    let bits = ident(match flags_size(flags.len()) {
        1 => "u8",
        2 => "u16",
        _ => "u32",
    });
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
