//! The derive for Rust types that stand for types of WIT (the option `with`): a struct is a record, an enum a variant or an
//! enum. The names in WIT are those in Rust, in kebab case.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Error, Fields};
use witwright_front::lexer::is_label;

use super::compound::impls;
use super::{Head, Member, enums, records, variants};
use crate::ir::Ways;

/// The integers of Rust that WIT does not have.
const FOREIGN: [&str; 4] = ["usize", "isize", "u128", "i128"];

/// The impls by which a type stands for a type of WIT; `runtime` is the path of the runtime.
///
/// # Errors
/// Unions, types with parameters, tuple structs, cases with several payloads, and integers of other sizes: WIT has no such types.
pub fn derive(input: &DeriveInput, runtime: &TokenStream) -> syn::Result<TokenStream> {
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a type of WIT has no parameters"));
    }
    check_integers(&input.data)?;
    let head = Head::plain(&input.ident, kebab(&input.ident));
    let ways = Ways::BOTH;
    let items = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let member = |field: &syn::Field| field.ident.as_ref().map(|name| member(name, Some(&field.ty)));
                let fields: Vec<Member> = fields.named.iter().filter_map(member).collect();
                check_names(&input.ident, &fields, "a record of WIT has at least one field")?;
                impls(&head, &records::bodies(&head, &fields), ways)
            }
            Fields::Unnamed(_) | Fields::Unit => {
                return Err(Error::new_spanned(&input.ident, "a record of WIT has fields with names"));
            }
        },
        Data::Enum(data) => {
            let cases = data.variants.iter().map(case).collect::<syn::Result<Vec<_>>>()?;
            check_names(&input.ident, &cases, "a variant or an enum of WIT has at least one case")?;
            if cases.iter().all(|case| case.ty.is_none()) {
                let labels: Vec<_> = cases.iter().map(|case| (&case.name, case.wit_name.as_str())).collect();
                enums::impls(&input.ident, &head.wit_name, &labels)
            } else {
                impls(&head, &variants::bodies(&head, &cases), ways)
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

/// Refuses a type without fields or cases, and those whose names are none in WIT, or are those of others there.
fn check_names(ty: &Ident, members: &[Member], of_none: &str) -> syn::Result<()> {
    if members.is_empty() {
        return Err(Error::new_spanned(ty, of_none));
    }
    let mut names = BTreeSet::new();
    let found = members.iter().filter_map(|Member { name, wit_name, .. }| {
        let message = if !is_label(wit_name) {
            format!("`{wit_name}` is not a name in WIT: it has words of ASCII letters and digits, and `-` between them")
        } else if !names.insert(wit_name) {
            format!("two have the name `{wit_name}` in WIT, where upper and lower case are the same")
        } else {
            return None;
        };
        Some(Error::new(name.span(), message))
    });
    all_of(found)
}

/// All errors as one.
fn all_of(errors: impl Iterator<Item = Error>) -> syn::Result<()> {
    let all = errors.reduce(|mut all, error| {
        all.combine(error);
        all
    });
    all.map_or(Ok(()), Err)
}

/// Refuses integers that WIT does not have, wherever fields and payloads mention them.
fn check_integers(data: &Data) -> syn::Result<()> {
    let fields: Vec<&Fields> = match data {
        Data::Struct(data) => vec![&data.fields],
        Data::Enum(data) => data.variants.iter().map(|variant| &variant.fields).collect(),
        Data::Union(_) => Vec::new(),
    };
    let found = fields.into_iter().flatten().filter_map(|field| foreign_integer(field.ty.to_token_stream())).map(|name| {
        let message = format!(
            "WIT has no `{name}`: its integers are `u8`, `u16`, `u32`, `u64` and `i8`, `i16`, `i32`, `i64` in Rust (`s8` to `s64` in WIT)"
        );
        Error::new(name.span(), message)
    });
    all_of(found)
}

/// The first integer in a type that has no form in WIT. The length of an array, after `;`, is none of its types.
fn foreign_integer(ty: TokenStream) -> Option<Ident> {
    let is_part = |token: &TokenTree| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    ty.into_iter().take_while(is_part).find_map(|token| match token {
        TokenTree::Ident(name) => FOREIGN.iter().any(|foreign| name == foreign).then_some(name),
        TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => foreign_integer(group.stream()),
        TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

fn member(name: &Ident, ty: Option<&syn::Type>) -> Member {
    Member { name: name.clone(), wit_name: kebab(name), ty: ty.map(|ty| quote!(#ty)), shape: None, is_written: false }
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
