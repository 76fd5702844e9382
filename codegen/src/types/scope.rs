//! The types of a module as Rust code, with paths and lifetimes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::{Bindings, DefId, DefKind, Direction, ModuleId, Primitive, RustType, ident};
use crate::options::Target;

/// A place in the generated code, from which types are named.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) bindings: &'a Bindings,
    pub(crate) module: ModuleId,
}

/// The lifetimes that references and borrowed handles have in the code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// `'a`, the parameter of the type being defined.
    Named,
    /// `'_`, in the signature of a function.
    Elided,
    /// `'static`, for values that have no lifetime of their own.
    Static,
}

impl Scope<'_> {
    /// The path from this module to another one; empty for itself.
    fn to_module(self, to: ModuleId) -> TokenStream {
        if to == self.module {
            return TokenStream::new();
        }
        let up = self.bindings.module(self.module).path.iter().map(|_| ident("super"));
        let down = self.bindings.module(to).path.iter().cloned();
        let path: Vec<Ident> = up.chain(down).collect();
        quote!(#(#path::)*)
    }

    /// The `allow` attributes of an item in the bindings' own module: a crate need not use, or document, everything in its
    /// bindings. The modules of interfaces have the attributes for all their items.
    pub(crate) fn allow(self) -> TokenStream {
        if self.module == ModuleId::ROOT { allow() } else { TokenStream::new() }
    }

    /// Items without names: impls, and what macros of the runtime make. In the bindings' own module they may use deprecated items
    /// of the bindings too.
    pub(crate) fn nameless(self, items: TokenStream) -> TokenStream {
        if self.module != ModuleId::ROOT || items.is_empty() || !self.bindings.has_deprecated() {
            return items;
        }
        // A macro takes no attributes.
        quote!(#[allow(deprecated)] const _: () = { #items };)
    }

    /// Whether this type has `Debug`, which Rust gives to tuples of up to twelve elements.
    pub(crate) fn has_debug(self, ty: &RustType) -> bool {
        let is_long = matches!(ty, RustType::Tuple(types) if types.len() > 12);
        let target = if let RustType::Def(id) = ty
            && let DefKind::Alias(target) = &self.bindings.def(*id).kind
        {
            Some(target)
        } else {
            None
        };
        !is_long && target.into_iter().chain(ty.parts()).all(|part| self.has_debug(part))
    }

    /// The path to the root: `super::super::`, empty in the root.
    pub(crate) fn to_root(self) -> TokenStream {
        self.to_module(ModuleId::ROOT)
    }

    /// The path to the root's import of the runtime.
    pub(crate) fn runtime_of_root(self) -> TokenStream {
        let (root, runtime) = (self.to_root(), ident(&format!("_rt_{}", self.bindings.suffix)));
        quote!(#root #runtime)
    }

    /// The path to a definition.
    pub(crate) fn path(self, id: DefId) -> TokenStream {
        let name = &self.bindings.def(id).name;
        self.path_to(id, name)
    }

    /// The path to an item in the module of a definition, such as `DocumentBorrow`.
    pub(crate) fn path_to(self, id: DefId, name: &Ident) -> TokenStream {
        let def = self.bindings.def(id);
        let (module, name) = match &def.remapped {
            Some(alias) => (self.to_root(), self.given(def, alias)),
            None => match self.imported(def, name) {
                Some(alias) => (self.to_root(), alias),
                None => (self.to_module(def.module), name.clone()),
            },
        };
        quote!(#module #name)
    }

    /// A type.
    pub(crate) fn ty(self, ty: &RustType, lifetime: Lifetime) -> TokenStream {
        self.with_strings(ty, lifetime, self.bindings.raw_strings)
    }

    /// The type of the elements of a stream, or of the value of a future; `()` if absent.
    pub(crate) fn element(self, element: Option<&RustType>, lifetime: Lifetime) -> TokenStream {
        let raw = self.bindings.raw_elements;
        element.map_or_else(|| quote!(()), |element| self.with_strings(element, lifetime, raw))
    }

    /// A type whose strings are bytes if they are raw.
    pub(super) fn with_strings(self, ty: &RustType, lifetime: Lifetime, raw: bool) -> TokenStream {
        let part = |ty: &RustType| self.with_strings(ty, lifetime, raw);
        let part_or_unit = |ty: Option<&RustType>| ty.map_or_else(|| quote!(()), part);
        match ty {
            RustType::Primitive(primitive) => self::primitive(*primitive),
            RustType::String if raw => quote!(_rt::Vec<u8>),
            RustType::String => quote!(_rt::String),
            RustType::Str if raw => lifetime.reference(&quote!([u8])),
            RustType::Str => lifetime.reference(&quote!(str)),
            RustType::Vec(element) => {
                let element = part(element);
                quote!(_rt::Vec<#element>)
            }
            RustType::Slice(element) => {
                let element = part(element);
                lifetime.reference(&quote!([#element]))
            }
            RustType::Array(element, len) => {
                let (element, len) = (part(element), *len as usize);
                let len = proc_macro2::Literal::usize_unsuffixed(len);
                quote!([#element; #len])
            }
            RustType::Map(key, value) => {
                let (key, value) = (part(key), part(value));
                match &self.bindings.map_type {
                    Some(_) => {
                        let (root, map) = (self.to_root(), self.map_name());
                        quote!(#root #map<#key, #value>)
                    }
                    None => quote!(_rt::Map<#key, #value>),
                }
            }
            RustType::Tuple(types) => {
                let types = types.iter().map(part);
                quote!((#(#types,)*))
            }
            RustType::Option(some) => {
                let some = part(some);
                quote!(::core::option::Option<#some>)
            }
            RustType::Result(ok, err) => {
                let (ok, err) = (part_or_unit(ok.as_deref()), part_or_unit(err.as_deref()));
                quote!(::core::result::Result<#ok, #err>)
            }
            RustType::Def(id) => {
                if raw != self.bindings.raw_strings
                    && let DefKind::Alias(target) = &self.bindings.def(*id).kind
                {
                    return part(target);
                }
                let path = self.path(*id);
                let lifetime = lifetime.argument();
                if self.bindings.def(*id).lifetime { quote!(#path<#lifetime>) } else { path }
            }
            RustType::Ref(ty) => lifetime.reference(&part(ty)),
            RustType::Own(id) => self.own(*id),
            RustType::Borrow(id) => self.borrow(*id, lifetime),
            RustType::Stream(element) => {
                let (ends, element) = (self.ends(), self.element(element.as_deref(), lifetime));
                quote!(#ends StreamReader<#element>)
            }
            RustType::Future(element) => {
                let (ends, element) = (self.ends(), self.element(element.as_deref(), lifetime));
                quote!(#ends FutureReader<#element>)
            }
            RustType::ErrorContext => {
                let ends = self.ends();
                quote!(#ends ErrorContext)
            }
        }
    }

    /// The path to the types of ends of streams and futures.
    fn ends(self) -> TokenStream {
        match self.bindings.target {
            Target::Guest => quote!(_rt::),
            Target::Host => quote!(_rt::host::),
        }
    }

    /// A type, or `()` if absent.
    pub(crate) fn or_unit(self, ty: Option<&RustType>, lifetime: Lifetime) -> TokenStream {
        ty.map_or_else(|| quote!(()), |ty| self.ty(ty, lifetime))
    }

    /// An owned handle.
    pub(crate) fn own(self, id: DefId) -> TokenStream {
        let path = self.path(id);
        match (self.bindings.target, self.defining_direction(id)) {
            (Target::Guest, Direction::Import | Direction::Export) => path,
            (Target::Host, Direction::Import) => quote!(_rt::host::Resource<#path>),
            (Target::Host, Direction::Export) => quote!(_rt::ResourceAny<#path>),
        }
    }

    /// A borrowed handle.
    pub(crate) fn borrow(self, id: DefId, lifetime: Lifetime) -> TokenStream {
        let path = self.path(id);
        match (self.bindings.target, self.defining_direction(id)) {
            (Target::Guest, Direction::Import) => lifetime.reference(&path),
            (Target::Guest, Direction::Export) => {
                let borrow = self.path_to(id, &self.bindings.def(id).derived.borrow);
                let lifetime = lifetime.argument();
                quote!(#borrow<#lifetime>)
            }
            (Target::Host, Direction::Import) => quote!(_rt::ResourceBorrow<#path>),
            (Target::Host, Direction::Export) => lifetime.reference(&quote!(_rt::ResourceAny<#path>)),
        }
    }

    /// Whether the resource of a definition is imported or exported.
    pub(crate) fn defining_direction(self, id: DefId) -> Direction {
        let (_, resource) = self.bindings.resource(id);
        debug_assert!(matches!(resource.kind, DefKind::Resource), "handles are of resources");
        self.bindings.module(resource.module).direction
    }
}

/// Lints that bindings do not follow.
pub(crate) fn allow() -> TokenStream {
    quote!(#[allow(clippy::all, dead_code, deprecated, missing_docs)])
}

impl Lifetime {
    fn argument(self) -> TokenStream {
        match self {
            Lifetime::Named => quote!('a),
            Lifetime::Elided => quote!('_),
            Lifetime::Static => quote!('static),
        }
    }

    fn reference(self, target: &TokenStream) -> TokenStream {
        match self {
            Lifetime::Named => quote!(&'a #target),
            Lifetime::Elided => quote!(&#target),
            Lifetime::Static => quote!(&'static #target),
        }
    }
}

fn primitive(primitive: Primitive) -> TokenStream {
    match primitive {
        Primitive::Bool => quote!(bool),
        Primitive::S8 => quote!(i8),
        Primitive::U8 => quote!(u8),
        Primitive::S16 => quote!(i16),
        Primitive::U16 => quote!(u16),
        Primitive::S32 => quote!(i32),
        Primitive::U32 => quote!(u32),
        Primitive::S64 => quote!(i64),
        Primitive::U64 => quote!(u64),
        Primitive::F32 => quote!(f32),
        Primitive::F64 => quote!(f64),
        Primitive::Char => quote!(char),
    }
}
