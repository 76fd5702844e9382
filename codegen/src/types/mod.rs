//! The code that guests and hosts share: named types, their layout in memory, and descriptions of functions.
//!
//! The emitted code has the form of `abi-runtime/tests/it/generated_form.rs`.

mod compound;
mod debug;
mod derived;
mod describe;
mod enums;
mod flags;
mod given;
mod records;
mod scope;
mod shape;
mod variants;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Def, DefId, DefKind, Module, last};

pub use derived::derive;

pub(crate) use describe::{func_desc, output, output_shape};
pub(crate) use given::{checks, given, of_modules};
pub(crate) use scope::{Lifetime, Scope, allow};
pub(crate) use shape::{marked, shapes};

/// The definition of a named type, with the code that lifts and lowers it. Resources are not printed here, because they
/// differ between guests and hosts.
pub(crate) fn def(scope: &Scope<'_>, id: DefId) -> TokenStream {
    let def = scope.bindings.def(id);
    if !def.printed {
        return TokenStream::new();
    }
    let item = match &def.kind {
        DefKind::Record(fields) => records::record(scope, def, fields),
        DefKind::Variant(cases) => variants::variant(scope, def, cases),
        DefKind::Enum(cases) => enums::enumeration(scope, def, cases),
        DefKind::Flags(flags) => return flags::flags(scope, def, flags),
        DefKind::Alias(target) => {
            let (name, generics) = (&def.name, generics(def));
            let attributes = attributes(def.docs.as_deref(), def.deprecated.as_deref());
            let (allow, target) = (scope.allow(), scope.ty(target, Lifetime::Named));
            return quote!(#attributes #allow pub type #name #generics = #target;);
        }
        DefKind::Resource | DefKind::ResourceAlias(_) => return TokenStream::new(),
    };
    let error = if def.is_error { error(scope, def) } else { TokenStream::new() };
    quote!(#item #error)
}

/// Documentation and deprecation.
pub(crate) fn attributes(docs: Option<&str>, deprecated: Option<&str>) -> TokenStream {
    let mut in_fence = false;
    let lines = docs.into_iter().flat_map(str::lines).map(|line| {
        let is_fence = line.trim_start().starts_with("```");
        let opens = is_fence && !in_fence;
        in_fence ^= is_fence;
        // A fence without a language would be a Rust test to rustdoc.
        let language = if opens && line.trim() == "```" { "text" } else { "" };
        let line = if line.is_empty() { String::new() } else { format!(" {line}{language}") };
        quote!(#[doc = #line])
    });
    let deprecated = deprecated.map(|since| quote!(#[deprecated(since = #since)]));
    quote!(#(#lines)* #deprecated)
}

/// The name of a module's interface, as an `Option`.
pub(crate) fn interface(module: &Module) -> TokenStream {
    match &module.extern_name {
        Some(name) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    }
}

/// The description of the labels of an enum or of flags.
fn labels_desc(wit_name: &str, labels: &[&str]) -> TokenStream {
    quote!(&_rt::LabelsDesc { name: #wit_name, labels: &[#(#labels),*] })
}

/// The type that impls are for, or the shape of one.
pub(crate) struct Head {
    /// `<'a>`, or nothing.
    generics: TokenStream,
    /// `Name<'a>`
    named: TokenStream,
    /// `Name<'_>`
    elided: TokenStream,
    wit_name: String,
    /// The shape by which values are lifted and lowered, and the path to their type. `None` if the type has the impls itself.
    shape: Option<(proc_macro2::Ident, TokenStream)>,
}

impl Head {
    fn of(def: &Def) -> Head {
        let (name, generics) = (&def.name, generics(def));
        let (named, elided) = (quote!(#name #generics), elided(def));
        Head { named, elided, wit_name: def.wit_name.clone(), shape: None, generics }
    }

    /// A type without a lifetime.
    pub(crate) fn plain(name: &proc_macro2::Ident, wit_name: String) -> Head {
        Head { generics: TokenStream::new(), named: quote!(#name), elided: quote!(#name), shape: None, wit_name }
    }

    /// The head of an impl of a trait, or of that of shapes.
    fn impl_of(&self, name: &TokenStream, of_shape: &TokenStream) -> TokenStream {
        let ty = &self.elided;
        match &self.shape {
            None => quote!(impl _rt::#name for #ty),
            Some((shape, _)) => quote!(impl _rt::#of_shape<#ty> for #shape),
        }
    }

    /// The value in the code that lowers it.
    fn value(&self) -> TokenStream {
        if self.shape.is_some() { quote!(value) } else { quote!(self) }
    }

    /// The type in the code that makes values and looks at them.
    fn constructor(&self) -> TokenStream {
        self.shape.as_ref().map_or_else(|| quote!(Self), |(_, path)| path.clone())
    }

    /// The type that has the impls of the runtime's traits.
    fn transferred(&self) -> TokenStream {
        let ty = &self.elided;
        if self.shape.is_some() { quote!(_rt::By<Self, #ty>) } else { quote!(Self) }
    }
}

/// A field or a case that has a type: the names in Rust and in WIT.
pub(crate) struct Member {
    pub(crate) name: proc_macro2::Ident,
    pub(crate) wit_name: String,
    /// `None` for a case without a payload.
    pub(crate) ty: Option<TokenStream>,
    /// The shape by which it is lifted and lowered. `None` if it has the runtime's traits.
    pub(crate) shape: Option<TokenStream>,
    /// Whether the code that lifts and lowers it states its type, which depends on a check.
    pub(crate) is_written: bool,
}

impl Member {
    /// The description of the type.
    fn desc(&self) -> TokenStream {
        let ty = &self.ty;
        match &self.shape {
            Some(shape) => quote!(<#shape as _rt::Shape<#ty>>::DESC),
            None => quote!(<#ty as _rt::ComponentType>::DESC),
        }
    }

    /// The type whose layout is that of the field or payload.
    fn transferred(&self) -> TokenStream {
        match (&self.ty, &self.shape) {
            (Some(ty), Some(shape)) => quote!(_rt::By<#shape, #ty>),
            (Some(ty), None) => ty.clone(),
            (None, _) => quote!(()),
        }
    }

    /// The trait that lowers it.
    fn lower(&self) -> TokenStream {
        self.by(&quote!(Lower), &quote!(LowerBy))
    }

    /// The trait that lifts it.
    fn lift(&self) -> TokenStream {
        self.by(&quote!(Lift), &quote!(LiftBy))
    }

    fn by(&self, name: &TokenStream, of_shape: &TokenStream) -> TokenStream {
        let ty = &self.ty;
        match &self.shape {
            Some(shape) => quote!(<#shape as _rt::#of_shape<#ty>>),
            None if self.is_written => quote!(<#ty as _rt::#name>),
            None => quote!(_rt::#name),
        }
    }
}

/// `<'a>` if a type has a lifetime.
fn generics(def: &Def) -> TokenStream {
    if def.lifetime { quote!(<'a>) } else { TokenStream::new() }
}

/// `Name` or `Name<'_>`, for the head of an impl.
fn elided(def: &Def) -> TokenStream {
    let name = &def.name;
    if def.lifetime { quote!(#name<'_>) } else { quote!(#name) }
}

/// The traits that a record or variant derives, without those that the user asks for too.
fn derives(def: &Def, own: &[&str]) -> TokenStream {
    let asked: Vec<String> = def.derives.iter().map(last).collect();
    let own = own.iter().filter(|name| !asked.iter().any(|asked| asked == *name)).map(|name| crate::ir::ident(name));
    let mut all: Vec<TokenStream> = own.map(|name| quote!(#name)).collect();
    for path in &def.derives {
        let is_new = !all.iter().any(|other| other.to_string() == path.to_string());
        all.extend(is_new.then(|| path.clone()));
    }
    if all.is_empty() { TokenStream::new() } else { quote!(#[derive(#(#all),*)]) }
}

/// `Clone` and `Copy`, if the values allow it.
fn plain_derives(def: &Def) -> &'static [&'static str] {
    if def.holds.is_copy() {
        &["Clone", "Copy"]
    } else if def.holds.is_clone() {
        &["Clone"]
    } else {
        &[]
    }
}

/// `Error` for types that functions fail with.
fn error(scope: &Scope<'_>, def: &Def) -> TokenStream {
    let name = elided(def);
    let with_std = scope.bindings.std_feature.then(|| quote!(#[cfg(feature = "std")]));
    let display = match def.kind {
        DefKind::Enum(_) => quote!(::core::write!(f, "{} (error {})", self.name(), *self as u32)),
        DefKind::Record(_)
        | DefKind::Variant(_)
        | DefKind::Flags(_)
        | DefKind::Alias(_)
        | DefKind::Resource
        | DefKind::ResourceAlias(_) => quote!(::core::fmt::Debug::fmt(self, f)),
    };
    scope.nameless(quote! {
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #display
            }
        }
        #with_std
        impl ::core::error::Error for #name {}
    })
}
