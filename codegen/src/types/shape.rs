//! The shapes of types in modules of other bindings, which the option `with` names: they have no traits of the runtime, so their
//! values are read and made by their public fields, cases and functions. Bindings of wit-bindgen and of this generator have the
//! same.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::compound::impls;
use super::given::located;
use super::{Head, Lifetime, Member, Scope, enums, flags, given, interface, records, variants};
use crate::ir::{Def, DefId, DefKind, RustType, Ways, ident, snake_text};

/// The shapes of all types that the bindings pass, for their root.
pub(crate) fn shapes(scope: Scope<'_>) -> TokenStream {
    let bindings = scope.bindings;
    let passed = given::passed(bindings);
    let by_shape = passed.into_iter().filter(|id| bindings.def(*id).by_shape);
    // An alias has the shape of its type, and may be of the world itself.
    let by_shape: Vec<DefId> = by_shape.filter(|id| !matches!(bindings.def(*id).kind, DefKind::Alias(_))).collect();
    let modules: BTreeSet<&Ident> = by_shape.iter().map(|id| home(scope, bindings.def(*id))).collect();
    let origins = modules.into_iter().map(origin);
    let shapes = by_shape.iter().map(|id| shape(scope, *id));
    quote!(#(#origins)* #(#shapes)*)
}

/// The name of the item by which a module of these bindings says that its types have the traits of the runtime.
fn mark() -> Ident {
    ident(concat!("__witwright_", env!("CARGO_PKG_VERSION_MAJOR"), "_", env!("CARGO_PKG_VERSION_MINOR"), "_has_traits"))
}

/// The item itself.
pub(crate) fn marked() -> TokenStream {
    let mark = mark();
    quote! {
        #[doc(hidden)]
        #[allow(unused_imports)]
        pub use _rt::ByTraits as #mark;
    }
}

/// The origin of a module that the root has under a name. Items of a glob hide those around its block, so the mark is the module's
/// if it has one.
fn origin(module: &Ident) -> TokenStream {
    let (mark, name) = (mark(), origin_name(module));
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types)]
        struct #name;
        #[allow(deprecated, non_local_definitions, unused_imports)]
        const _: () = {
            use _rt::{ByShape as #mark, Origin as __Origin};
            const _: () = {
                use #module::*;
                impl __Origin for #name {
                    type Way = #mark;
                }
            };
        };
    }
}

fn origin_name(module: &Ident) -> Ident {
    ident(&format!("__Origin{module}"))
}

/// The shape of a type. Its code is in the place of the module that has the type, for errors about types that differ.
fn shape(scope: Scope<'_>, id: DefId) -> TokenStream {
    let def = scope.bindings.def(id);
    let (name, span) = (name(scope, def), home(scope, def).span());
    let head = Head::of_shape(name.clone(), scope.path(id), def);
    let (members, bodies, ways) = match &def.kind {
        DefKind::Record(fields) => {
            let members = records::members(scope, fields);
            let bodies = records::bodies(&head, &members);
            (members, bodies, def.ways)
        }
        DefKind::Variant(cases) => {
            let members = variants::members(scope, cases);
            let bodies = variants::bodies(&head, &members);
            (members, bodies, def.ways)
        }
        DefKind::Enum(labels) => (Vec::new(), enums::bodies(&head, &enums::members(scope, labels)), Ways::BOTH),
        DefKind::Flags(labels) => (Vec::new(), flags::bodies(&head, labels), Ways::BOTH),
        DefKind::Resource | DefKind::ResourceAlias(_) => {
            return located(declared(scope, &name, handles(scope, &name, id)), span);
        }
        DefKind::Alias(_) => return TokenStream::new(),
    };
    let (parts, impls) = (parts(&head, def, &members), impls(&head, &bodies, ways));
    located(declared(scope, &name, quote!(#parts #impls)), span)
}

/// The item in which rustc compares the types of fields and payloads with those of WIT. Each has a type with its name, for the error.
fn parts(head: &Head, def: &Def, members: &[Member]) -> TokenStream {
    let (ty, path, is_record) = (&head.elided, head.constructor(), matches!(def.kind, DefKind::Record(_)));
    let compared = members.iter().filter_map(|Member { name, wit_name, ty, .. }| {
        let ty = ty.as_ref()?;
        let part = ident(&snake_text(&format!("{wit_name} of {}", def.wit_name)));
        let compare = |value| quote!(struct #part; _rt::is_part::<#part, #ty, _>(#value););
        Some(if is_record {
            let compare = compare(quote!(&value.#name));
            quote!({ #compare })
        } else {
            let compare = compare(quote!(payload));
            quote!(if let #path::#name(payload) = value { #compare })
        })
    });
    let compared: TokenStream = compared.collect();
    if compared.is_empty() {
        return compared;
    }
    quote! {
        #[allow(irrefutable_let_patterns, non_camel_case_types)]
        const _: fn(&#ty) = |value| { #compared };
    }
}

/// The impl of the shape of a resource.
fn handles(scope: Scope<'_>, name: &Ident, id: DefId) -> TokenStream {
    let (path, (_, resource)) = (scope.path(id), scope.bindings.resource(id));
    let (wit_name, interface) = (&resource.wit_name, interface(scope.bindings.module(resource.module)));
    quote! {
        impl _rt::Handles<#path> for #name {
            const DESC: &'static _rt::ResourceDesc = {
                static DESC: _rt::ResourceDesc =
                    _rt::ResourceDesc::World { name: #wit_name, interface: #interface };
                &DESC
            };
            fn handle(resource: &#path) -> u32 {
                resource.handle()
            }
            fn take(resource: &#path) -> u32 {
                resource.take_handle()
            }
            unsafe fn owner(handle: u32) -> #path {
                unsafe { #path::from_handle(handle) }
            }
        }
    }
}

fn declared(scope: Scope<'_>, name: &Ident, impls: TokenStream) -> TokenStream {
    let impls = scope.nameless(impls);
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, non_camel_case_types)]
        struct #name;
        #impls
    }
}

/// The name that the root has for the module of a type.
fn home<'a>(scope: Scope<'a>, def: &Def) -> &'a Ident {
    let module = scope.bindings.module(def.module).path.first();
    module.unwrap_or_else(|| unreachable!("a module from elsewhere has a name in the root"))
}

/// The name of the shape of a type, in the root.
fn name(scope: Scope<'_>, def: &Def) -> Ident {
    ident(&format!("__Shape{}_{}", home(scope, def), def.name))
}

impl Head {
    /// The shape of a type from elsewhere.
    fn of_shape(name: Ident, path: TokenStream, def: &Def) -> Head {
        let (generics, elided) =
            if def.lifetime { (quote!(<'a>), quote!(#path<'_>)) } else { (TokenStream::new(), path.clone()) };
        let named = quote!(#path #generics);
        Head { generics, named, elided, wit_name: def.wit_name.clone(), shape: Some((name, path)) }
    }
}

impl Scope<'_> {
    /// A field or a case of the type of an impl.
    pub(super) fn member(self, name: &Ident, wit_name: &str, ty: Option<&RustType>) -> Member {
        Member {
            name: name.clone(),
            wit_name: wit_name.to_owned(),
            ty: ty.map(|ty| self.ty(ty, Lifetime::Elided)),
            shape: ty.and_then(|ty| self.shape(ty, Lifetime::Elided)),
            is_written: false,
        }
    }

    /// The type by which values are lifted and lowered.
    pub(crate) fn transferred(self, ty: &RustType, lifetime: Lifetime) -> TokenStream {
        let rust = self.ty(ty, lifetime);
        match self.shape(ty, lifetime) {
            Some(shape) => quote!(_rt::By<#shape, #rust>),
            None => rust,
        }
    }

    /// The shape by which values are lifted and lowered. `None` if the type has the runtime's traits.
    pub(crate) fn shape(self, ty: &RustType, lifetime: Lifetime) -> Option<TokenStream> {
        self.used_shape(ty, lifetime, self.bindings.raw_strings)
    }

    /// The shape of the elements of a stream, or of the value of a future.
    pub(crate) fn element_shape(self, element: Option<&RustType>, lifetime: Lifetime) -> Option<TokenStream> {
        self.used_shape(element?, lifetime, self.bindings.raw_elements)
    }

    /// That of a compound type is chosen as a whole, so that its lists are read and made as usual if all its parts have the traits.
    fn used_shape(self, ty: &RustType, lifetime: Lifetime, raw: bool) -> Option<TokenStream> {
        let shape = self.structure(ty, lifetime, raw)?;
        let mut origins = BTreeSet::new();
        if !matches!(ty, RustType::Def(_) | RustType::Own(_)) {
            self.add_origins(ty, &mut origins);
        }
        Some(self.chosen(origins, &shape))
    }

    /// The shape that is used where types of these origins have this one.
    fn chosen(self, origins: impl IntoIterator<Item = Ident>, shape: &TokenStream) -> TokenStream {
        let root = self.to_root();
        let ways = origins.into_iter().map(|origin| quote!(<#root #origin as _rt::Origin>::Way));
        match ways.reduce(|all, way| quote!(<#all as _rt::Way>::And<#way>)) {
            Some(way) => quote!(<#way as _rt::Way>::Of<#shape>),
            None => shape.clone(),
        }
    }

    /// Adds the origins of all types with shapes that a type mentions.
    fn add_origins(self, ty: &RustType, origins: &mut BTreeSet<Ident>) {
        let (RustType::Def(id) | RustType::Own(id) | RustType::Borrow(id)) = ty else {
            return ty.parts().into_iter().for_each(|part| self.add_origins(part, origins));
        };
        let def = self.bindings.def(*id);
        match &def.kind {
            DefKind::Alias(target) if def.by_shape => self.add_origins(target, origins),
            DefKind::ResourceAlias(target) if !def.by_shape && def.remapped.is_none() => {
                self.add_origins(&RustType::Own(*target), origins);
            }
            DefKind::Record(_)
            | DefKind::Variant(_)
            | DefKind::Enum(_)
            | DefKind::Flags(_)
            | DefKind::Alias(_)
            | DefKind::Resource
            | DefKind::ResourceAlias(_) => {
                origins.extend(def.by_shape.then(|| origin_name(home(self, def))));
            }
        }
    }

    /// The shape of a type of other bindings or of the user's type of maps, and of those that have such as parts. Strings are bytes if
    /// they are raw.
    fn structure(self, ty: &RustType, lifetime: Lifetime, raw: bool) -> Option<TokenStream> {
        let is_end = matches!(ty, RustType::Stream(_) | RustType::Future(_));
        let raw = if is_end { self.bindings.raw_elements } else { raw };
        match ty {
            RustType::Def(id) => return self.shape_of(*id, lifetime, raw),
            RustType::Own(id) => return self.shape_of_resource(*id),
            RustType::Borrow(id) => return self.shape_of_resource(*id).map(|shape| quote!(_rt::Ref<#shape>)),
            RustType::Primitive(_)
            | RustType::String
            | RustType::Str
            | RustType::Vec(_)
            | RustType::Slice(_)
            | RustType::Array(..)
            | RustType::Map(..)
            | RustType::Tuple(_)
            | RustType::Option(_)
            | RustType::Result(..)
            | RustType::Ref(_)
            | RustType::Stream(_)
            | RustType::Future(_)
            | RustType::ErrorContext => {}
        }
        let parts: Vec<_> = ty.parts().into_iter().map(|part| self.structure(part, lifetime, raw)).collect();
        let is_map = matches!(ty, RustType::Map(..)) && self.bindings.map_type.is_some();
        let has_shape = is_map || parts.iter().any(Option::is_some);
        let mut parts = parts.into_iter().map(|shape| shape.unwrap_or_else(|| quote!(_rt::Same)));
        has_shape.then(|| self.shape_of_parts(ty, lifetime, raw, &mut parts))
    }

    /// The shape of a type whose parts have these shapes.
    fn shape_of_parts(
        self,
        ty: &RustType,
        lifetime: Lifetime,
        raw: bool,
        shapes: &mut impl Iterator<Item = TokenStream>,
    ) -> TokenStream {
        let shape = &mut || shapes.next();
        match ty {
            RustType::Vec(_) => {
                let element = shape();
                quote!(_rt::Vec<#element>)
            }
            RustType::Slice(_) => {
                let element = shape();
                quote!(_rt::Ref<[#element]>)
            }
            RustType::Array(_, len) => {
                let (element, len) = (shape(), Literal::usize_unsuffixed(*len as usize));
                quote!([#element; #len])
            }
            RustType::Map(key, value) => {
                let entries = [key, value].map(|ty| {
                    let (shape, ty) = (shape(), self.with_strings(ty, lifetime, raw));
                    quote!(_rt::By<#shape, #ty>)
                });
                quote!(_rt::Entries<#(#entries),*>)
            }
            RustType::Tuple(_) => quote!((#(#shapes,)*)),
            RustType::Option(_) => {
                let some = shape();
                quote!(::core::option::Option<#some>)
            }
            RustType::Result(ok, err) => {
                let [ok, err] = [ok, err].map(|ty| ty.as_ref().map_or_else(|| Some(quote!(_rt::Same)), |_| shape()));
                quote!(::core::result::Result<#ok, #err>)
            }
            RustType::Ref(_) => {
                let target = shape();
                quote!(_rt::Ref<#target>)
            }
            RustType::Stream(_) => {
                let element = shape();
                quote!(_rt::StreamReader<#element>)
            }
            RustType::Future(_) => {
                let value = shape();
                quote!(_rt::FutureReader<#value>)
            }
            RustType::Primitive(_)
            | RustType::String
            | RustType::Str
            | RustType::Def(_)
            | RustType::Own(_)
            | RustType::Borrow(_)
            | RustType::ErrorContext => unreachable!("they have no parts with shapes"),
        }
    }

    fn shape_of(self, id: DefId, lifetime: Lifetime, raw: bool) -> Option<TokenStream> {
        let def = self.bindings.def(id);
        if !def.by_shape {
            return None;
        }
        if let DefKind::Alias(target) = &def.kind {
            return self.structure(target, lifetime, raw);
        }
        Some(self.chosen([origin_name(home(self, def))], &self.path_to_shape(def)))
    }

    /// The shape of the first alias of a resource, or the resource, that is from elsewhere.
    fn shape_of_resource(self, id: DefId) -> Option<TokenStream> {
        let def = self.bindings.def(id);
        if def.by_shape {
            let shape = self.path_to_shape(def);
            return Some(self.chosen([origin_name(home(self, def))], &quote!(_rt::HandleShape<#shape>)));
        }
        if let DefKind::ResourceAlias(target) = def.kind
            && def.remapped.is_none()
        {
            return self.shape_of_resource(target);
        }
        None
    }

    fn path_to_shape(self, def: &Def) -> TokenStream {
        let (root, name) = (self.to_root(), name(self, def));
        quote!(#root #name)
    }
}
