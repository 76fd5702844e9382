//! `Debug` of records, variants and enums, with the text that the bindings of wit-bindgen and wasmtime print: fields by
//! their names in WIT, cases after the name of their type, and the cases of errors with their documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Scope, elided};
use crate::ir::{Case, Def, Field, Label, last};

/// `Line { item-name: "tea", cents: 250 }`
pub(super) fn record(scope: &Scope<'_>, def: &Def, fields: &[Field]) -> TokenStream {
    let name = def.name.to_string();
    let labels = fields.iter().map(|field| &field.wit_name);
    let values = fields.iter().map(|field| {
        let name = &field.name;
        if scope.has_debug(&field.ty) { quote!(self.#name) } else { untold() }
    });
    debug(scope, def, &quote!(f.debug_struct(#name)#(.field(#labels, &#values))*.finish()))
}

/// `Shape::Circle(2.0)`
pub(super) fn variant(scope: &Scope<'_>, def: &Def, cases: &[Case]) -> TokenStream {
    let arms = cases.iter().map(|case| {
        let (name, text) = (&case.name, format!("{}::{}", def.name, case.name));
        match &case.ty {
            Some(ty) if scope.has_debug(ty) => {
                quote!(Self::#name(payload) => f.debug_tuple(#text).field(payload).finish())
            }
            Some(_) => {
                let untold = untold();
                quote!(Self::#name(_) => f.debug_tuple(#text).field(&#untold).finish())
            }
            None => quote!(Self::#name => f.write_str(#text)),
        }
    });
    debug(scope, def, &quote!(match self { #(#arms,)* }))
}

/// `Color::Red`, or `Errno { code: 1, name: "not-found", message: "There is no such file." }`
pub(super) fn enumeration(scope: &Scope<'_>, def: &Def, cases: &[Label]) -> TokenStream {
    let name = def.name.to_string();
    let body = if def.is_error {
        quote! {
            f.debug_struct(#name)
                .field("code", &(*self as u32))
                .field("name", &self.name())
                .field("message", &self.message())
                .finish()
        }
    } else {
        let texts = cases.iter().map(|case| format!("{name}::{}", case.name));
        quote!(f.write_str([#(#texts),*][*self as usize]))
    };
    debug(scope, def, &body)
}

/// In place of a value that has no `Debug`.
fn untold() -> TokenStream {
    quote!(::core::format_args!("_"))
}

/// The impl, unless the user asks for the derived one.
fn debug(scope: &Scope<'_>, def: &Def, body: &TokenStream) -> TokenStream {
    if def.derives.iter().any(|path| last(path) == "Debug") {
        return TokenStream::new();
    }
    let name = elided(def);
    scope.nameless(quote! {
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #body
            }
        }
    })
}
