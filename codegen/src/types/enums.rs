//! Enums: variants without payloads.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::compound::Bodies;
use super::{Head, Member, Scope, attributes, debug, derives, labels_desc, variants};
use crate::ir::{Def, Label, ident};

/// A fieldless enum with its impls.
pub(super) fn enumeration(scope: &Scope<'_>, def: &Def, cases: &[Label]) -> TokenStream {
    let (name, wit_name) = (&def.name, &def.wit_name);
    let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let given = &def.attributes;
    let allow = scope.allow();
    let derives = derives(def, &["Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord"]);
    let repr = ident(match cases.len() {
        0..=0x100 => "u8",
        0x101..=0x1_0000 => "u16",
        _ => "u32",
    });
    let members = cases.iter().map(|case| {
        let attributes = super::attributes(case.docs.as_deref(), None);
        let (name, given) = (&case.name, &case.attributes);
        quote!(#attributes #(#given)* #name)
    });
    let names: Vec<_> = cases.iter().map(|case| (&case.name, case.wit_name.as_str())).collect();
    let impls = scope.nameless(impls(name, wit_name, &names));
    let texts = if def.is_error { scope.nameless(texts(def, cases)) } else { TokenStream::new() };
    let debug = debug::enumeration(scope, def, cases);
    quote! {
        #attributes
        #allow
        #derives
        #(#given)*
        #[repr(#repr)]
        pub enum #name {
            #(#members,)*
        }
        #debug
        #texts
        #impls
    }
}

/// The impls of a fieldless enum: names in Rust and in WIT.
fn impls(name: &Ident, wit_name: &str, cases: &[(&Ident, &str)]) -> TokenStream {
    let (names, labels): (Vec<_>, Vec<_>) = cases.iter().copied().unzip();
    let description = description(wit_name, &labels);
    quote! {
        impl _rt::ComponentType for #name {
            const DESC: &'static _rt::TypeDesc = &#description;
        }
        impl _rt::Enum for #name {
            const CASES: &'static [Self] = &[#(Self::#names),*];
            fn discriminant(self) -> u32 {
                self as u32
            }
        }
        impl _rt::Lower for #name {
            fn lower<_C: _rt::LowerCx>(
                &self,
                _cx: &mut _C,
                flat: &mut _rt::FlatWriter<'_>,
            ) -> _rt::Lowered<_C> {
                _rt::variant::lower_enum::<Self, _C>(*self, flat)
            }
            fn store<_C: _rt::LowerCx>(&self, cx: &mut _C, addr: u32) -> _rt::Lowered<_C> {
                _rt::variant::store_enum(*self, cx, addr)
            }
        }
        impl _rt::Lift for #name {
            fn lift<_C: _rt::LiftCx>(
                cx: &mut _C,
                flat: &mut _rt::FlatReader<'_>,
            ) -> _rt::Lifted<Self, _C> {
                _rt::variant::lift_enum(cx, flat)
            }
            fn load<_C: _rt::LiftCx>(cx: &mut _C, addr: u32) -> _rt::Lifted<Self, _C> {
                _rt::variant::load_enum(cx, addr)
            }
        }
    }
}

/// The cases of an enum, as those of a variant.
pub(super) fn members(scope: Scope<'_>, cases: &[Label]) -> Vec<Member> {
    cases.iter().map(|case| scope.member(&case.name, &case.wit_name, None)).collect()
}

/// The parts of the impls of an enum that may lack `Copy`, or of its shape.
pub(super) fn bodies(head: &Head, cases: &[Member]) -> Bodies {
    let labels: Vec<&str> = cases.iter().map(|case| case.wit_name.as_str()).collect();
    let description = description(&head.wit_name, &labels);
    Bodies { description, parts: Vec::new(), lower: variants::lower(head, cases), lift: variants::lift(head, cases) }
}

fn description(wit_name: &str, labels: &[&str]) -> TokenStream {
    let labels = labels_desc(wit_name, labels);
    quote!(_rt::TypeDesc::Enum(#labels))
}

/// `Display` of an error: the names and the documentation of its cases.
fn texts(def: &Def, cases: &[Label]) -> TokenStream {
    let name = &def.name;
    let labels = cases.iter().map(|case| &case.wit_name);
    let docs = cases.iter().map(|case| case.docs.as_deref().unwrap_or_default().trim());
    quote! {
        impl #name {
            /// The name of the case in WIT.
            pub fn name(&self) -> &'static str {
                [#(#labels),*][*self as usize]
            }
            /// The documentation of the case in WIT.
            pub fn message(&self) -> &'static str {
                [#(#docs),*][*self as usize]
            }
        }
    }
}
