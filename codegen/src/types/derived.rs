//! The derive for Rust types that stand for types of WIT (the option `with`): a struct is a record, an enum a variant or an
//! enum. The names in WIT are those in Rust, in kebab case.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Error, Field, Fields};
use witwright_front::lexer::is_label;

use super::compound::impls;
use super::given::Checks;
use super::{Head, Member, enums, records, variants};
use crate::ir::Ways;

/// The integers of Rust that WIT does not have.
const FOREIGN: [&str; 4] = ["usize", "isize", "u128", "i128"];

/// The impls by which a type stands for a type of WIT; `runtime` is the path of the runtime.
///
/// # Errors
/// Unions, types with parameters, tuple structs, cases with several payloads, integers of other sizes, and types that contain
/// themselves: WIT has no such types.
pub fn derive(input: &DeriveInput, runtime: &TokenStream) -> syn::Result<TokenStream> {
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics, "a type of WIT has no parameters"));
    }
    check_members(input)?;
    let head = Head::plain(&input.ident, kebab(&input.ident));
    let mut checks = Checks::new(Ident::new("__Given", Span::call_site()));
    let bodies = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => {
                let named = fields.named.iter().filter_map(|field| Some((field.ident.as_ref()?, &field.ty)));
                let fields: Vec<Member> =
                    named.map(|(name, ty)| member(&input.ident, name, Some(ty), &mut checks)).collect();
                check_names(&input.ident, &fields, "a record of WIT has at least one field")?;
                records::bodies(&head, &fields)
            }
            Fields::Unnamed(_) | Fields::Unit => {
                return Err(Error::new_spanned(&input.ident, "a record of WIT has fields with names"));
            }
        },
        Data::Enum(data) => {
            let cases = data.variants.iter().map(|case| self::case(&input.ident, case, &mut checks));
            let cases = cases.collect::<syn::Result<Vec<_>>>()?;
            check_names(&input.ident, &cases, "a variant or an enum of WIT has at least one case")?;
            let is_enum = cases.iter().all(|case| case.ty.is_none());
            if is_enum { enums::bodies(&head, &cases) } else { variants::bodies(&head, &cases) }
        }
        Data::Union(data) => return Err(Error::new(data.union_token.span, "a union has no form in WIT")),
    };
    let (checks, impls) = (checks.items(), impls(&head, &bodies, Ways::BOTH));
    Ok(quote! {
        const _: () = {
            #[allow(unused_imports)]
            use #runtime as _rt;
            #checks
            #impls
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

/// Refuses attributes of fields and cases, and types that WIT does not have wherever fields and payloads mention them.
fn check_members(input: &DeriveInput) -> syn::Result<()> {
    let (fields, cases): (Vec<&Fields>, Vec<&Attribute>) = match &input.data {
        Data::Struct(data) => (vec![&data.fields], Vec::new()),
        Data::Enum(data) => {
            let attributes = data.variants.iter().flat_map(|variant| &variant.attrs);
            (data.variants.iter().map(|variant| &variant.fields).collect(), attributes.collect())
        }
        Data::Union(_) => (Vec::new(), Vec::new()),
    };
    let fields: Vec<&Field> = fields.into_iter().flatten().collect();
    let attributes = cases.into_iter().chain(fields.iter().flat_map(|field| &field.attrs));
    let attributes = attributes.filter(|attribute| attribute.path().is_ident("witwright")).map(|attribute| {
        let message =
            "fields and cases have no attribute `witwright`: the names in WIT are those in Rust in kebab case";
        Error::new_spanned(attribute, message)
    });
    let types = fields.iter().filter_map(|field| foreign(&input.ident, field.ty.to_token_stream()));
    all_of(attributes.chain(types))
}

/// The error for the first part of a type that has no form in WIT: an integer of another size, or the type itself, `of`. The length
/// of an array, after `;`, is none of its types.
fn foreign(of: &Ident, ty: TokenStream) -> Option<Error> {
    let is_part = |token: &TokenTree| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    let mut after = ' ';
    ty.into_iter().take_while(is_part).find_map(|token| {
        let before = after;
        after = if let TokenTree::Punct(punct) = &token { punct.as_char() } else { ' ' };
        match token {
            TokenTree::Ident(name) if FOREIGN.iter().any(|foreign| name == foreign) => {
                let message = format!(
                    "WIT has no `{name}`: its integers are `u8`, `u16`, `u32`, `u64` and `i8`, `i16`, `i32`, `i64` in Rust (`s8` to \
                     `s64` in WIT)"
                );
                Some(Error::new(name.span(), message))
            }
            // After a `:` it is a type of another module, after a `'` a lifetime.
            TokenTree::Ident(name) if !matches!(before, ':' | '\'') && (name == *of || name == "Self") => {
                let message =
                    "a type of WIT cannot contain itself: break the cycle with a resource, or with indices into a list";
                Some(Error::new(name.span(), message))
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => foreign(of, group.stream()),
            TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => None,
        }
    })
}

/// A field or a case, and the check of its type.
fn member(of: &Ident, name: &Ident, ty: Option<&syn::Type>, checks: &mut Checks) -> Member {
    let ty = ty.map(|ty| {
        let checked = Ident::new(&format!("__{}_checked", name.unraw()), Span::call_site().located_at(ty.span()));
        checks.add_field(of, &checked, ty);
        quote!(#checked)
    });
    Member { name: name.clone(), wit_name: kebab(name), ty, shape: None, is_written: true }
}

fn case(of: &Ident, case: &syn::Variant, checks: &mut Checks) -> syn::Result<Member> {
    let payload = match &case.fields {
        Fields::Unit => None,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first().map(|field| &field.ty),
        Fields::Unnamed(_) | Fields::Named(_) => {
            return Err(Error::new_spanned(case, "a case of WIT has one payload or none: use a tuple or a record"));
        }
    };
    Ok(member(of, &case.ident, payload, checks))
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
