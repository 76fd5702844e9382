//! The derive for Rust types that stand for types of WIT (the option `with`): a struct is a record, an enum a variant or an
//! enum. The names in WIT are those in Rust, in kebab case.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Error, Fields};

use super::compound::impls;
use super::{Head, Member, enums, records, variants};
use crate::ir::Ways;

/// The impls by which a type stands for a type of WIT; `runtime` is the path of the runtime.
///
/// # Errors
/// Unions, types with parameters, tuple structs, and cases with several payloads: WIT has no such types.
pub fn derive(input: &DeriveInput, runtime: &TokenStream) -> syn::Result<TokenStream> {
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a type of WIT has no parameters"));
    }
    let head = Head::plain(&input.ident, kebab(&input.ident));
    let ways = Ways::BOTH;
    let items = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let member = |field: &syn::Field| field.ident.as_ref().map(|name| member(name, Some(&field.ty)));
                let fields: Vec<Member> = fields.named.iter().filter_map(member).collect();
                impls(&head, &records::bodies(&head.wit_name, &fields), ways)
            }
            Fields::Unnamed(_) | Fields::Unit => {
                return Err(Error::new_spanned(&input.ident, "a record of WIT has fields with names"));
            }
        },
        Data::Enum(data) => {
            let cases = data.variants.iter().map(case).collect::<syn::Result<Vec<_>>>()?;
            if cases.iter().all(|case| case.ty.is_none()) {
                let labels: Vec<_> = cases.iter().map(|case| (&case.name, case.wit_name.as_str())).collect();
                enums::impls(&input.ident, &head.wit_name, &labels)
            } else {
                impls(&head, &variants::bodies(&head.wit_name, &cases), ways)
            }
        }
        Data::Union(data) => return Err(Error::new(data.union_token.span, "a union has no form in WIT")),
    };
    Ok(quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #runtime as _rt;
            #items
        };
    })
}

fn member(name: &Ident, ty: Option<&syn::Type>) -> Member {
    Member { name: name.clone(), wit_name: kebab(name), ty: ty.map(|ty| quote!(#ty)) }
}

fn case(case: &syn::Variant) -> syn::Result<Member> {
    let payload = match &case.fields {
        Fields::Unit => None,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first().map(|field| &field.ty),
        Fields::Unnamed(_) | Fields::Named(_) => {
            return Err(Error::new_spanned(case, "a case of WIT has one payload or none: use a tuple or a record"));
        }
    };
    Ok(member(&case.ident, payload))
}

/// `LightGreen` and `light_green` are `light-green`; the `_` after a keyword is not part of the name.
fn kebab(name: &Ident) -> String {
    let mut kebab = String::new();
    let name = name.unraw().to_string();
    for c in name.trim_end_matches('_').chars() {
        if c.is_uppercase() && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        kebab.extend(if c == '_' { vec!['-'] } else { c.to_lowercase().collect() });
    }
    kebab
}
