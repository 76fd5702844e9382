//! The imports of a world: traits that the host implements, and functions that add implementations to a linker.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Position, desc_name, descriptions, params, result};
use crate::ir::{DefId, DefKind, Direction, Func, FuncKind, Module};
use crate::types::{self, Scope};

/// The traits of an imported interface and its `add_to_linker`.
pub(super) fn of_interface(scope: Scope<'_>, module: &Module) -> TokenStream {
    if !is_implemented(scope, module) {
        return TokenStream::new();
    }
    let name = &module.extern_name;
    let traits = traits(scope, module, &module.host_trait);
    let descriptions = descriptions(scope, Direction::Import, &module.funcs);
    let definitions = definitions(scope, module, &module.host_trait);
    let bound = &module.host_trait;
    quote! {
        #traits
        #descriptions

        /// Adds the interface to a linker. `_D` gets its implementation from the host's state.
        pub fn add_to_linker<_D: _rt::HasData>(
            linker: &mut impl _rt::AsLinker<State = _D::State>,
        ) -> ::core::result::Result<(), _rt::Error>
        where
            for<'a> _D::Data<'a>: #bound,
        {
            let mut instance = linker.as_linker().instance(#name);
            #definitions
            Ok(())
        }
    }
}

/// The trait of the types and functions that the world imports itself.
pub(super) fn of_world(scope: Scope<'_>, root: &Module) -> TokenStream {
    if !is_implemented(scope, root) {
        return TokenStream::new();
    }
    let traits = traits(scope, root, &scope.bindings.names.imports);
    let descriptions = descriptions(scope, Direction::Import, &root.funcs);
    quote!(#traits #descriptions)
}

/// Statements that add the types and functions of the world itself to a linker.
pub(super) fn world_definitions(scope: Scope<'_>, root: &Module) -> TokenStream {
    if !is_implemented(scope, root) {
        return TokenStream::new();
    }
    let definitions = definitions(scope, root, &scope.bindings.names.imports);
    quote! {
        let mut instance = linker.as_linker().root();
        #definitions
    }
}

/// Whether the host has anything to implement.
pub(super) fn is_implemented(scope: Scope<'_>, module: &Module) -> bool {
    !module.funcs.is_empty() || resources(scope, module).next().is_some()
}

/// The resources that a module defines.
fn resources<'a>(scope: Scope<'a>, module: &'a Module) -> impl Iterator<Item = DefId> + 'a {
    module.defs.iter().copied().filter(move |id| {
        let def = scope.bindings.def(*id);
        def.remapped.is_none() && matches!(def.kind, DefKind::Resource)
    })
}

/// A trait for each resource, one for all other functions, and implementations for references.
fn traits(scope: Scope<'_>, module: &Module, name: &Ident) -> TokenStream {
    let resources: Vec<_> =
        resources(scope, module).map(|id| (id, scope.bindings.def(id).derived.host.clone())).collect();
    let of_resources = resources.iter().map(|(id, trait_name)| {
        let own = scope.own(*id);
        let funcs: Vec<_> = module.funcs.iter().filter(|func| func.kind.resource() == Some(*id)).collect();
        let docs = format!(" The host's implementation of the resource `{}`.", scope.bindings.def(*id).wit_name);
        let drop = quote! {
            /// The guest has dropped the resource.
            fn drop(&mut self, resource: #own) -> ::core::result::Result<(), _rt::Error>;
        };
        let forward_drop = quote! {
            fn drop(&mut self, resource: #own) -> ::core::result::Result<(), _rt::Error> {
                <_T as #trait_name>::drop(*self, resource)
            }
        };
        one_trait(scope, trait_name, &docs, &[], &funcs, (drop, forward_drop))
    });
    let free: Vec<_> = module.funcs.iter().filter(|func| func.kind == FuncKind::Free).collect();
    let bounds: Vec<_> = resources.iter().map(|(_, name)| name.clone()).collect();
    let docs = match &module.extern_name {
        Some(name) => format!(" The host's implementation of the interface `{name}`."),
        None => format!(" The host's implementation of the imports of the world `{}`.", scope.bindings.world_id),
    };
    let own = one_trait(scope, name, &docs, &bounds, &free, (TokenStream::new(), TokenStream::new()));
    quote!(#(#of_resources)* #own)
}

/// A trait, and its implementation for exclusive references. `more` has the items that are not functions: their
/// declarations, and how a reference forwards them.
fn one_trait(
    scope: Scope<'_>,
    trait_name: &Ident,
    docs: &str,
    bounds: &[Ident],
    funcs: &[&Func],
    more: (TokenStream, TokenStream),
) -> TokenStream {
    let bounds = if bounds.is_empty() { TokenStream::new() } else { quote!(: #(#bounds)+*) };
    let (declared, forwarded): (Vec<_>, Vec<_>) = funcs
        .iter()
        .map(|func| {
            let (names, tys) = params(scope, func, Position::Owned);
            let name = &func.host_name;
            let result = trappable(scope, result(scope, func));
            let attributes = types::attributes(func.docs.as_deref(), func.deprecated.as_deref());
            let head = quote!(fn #name(&mut self, #(#names: #tys),*) -> #result);
            (quote!(#attributes #head;), quote!(#head { <_T as #trait_name>::#name(*self, #(#names),*) }))
        })
        .unzip();
    let (more_declared, more_forwarded) = more;
    let allow = scope.allow();
    quote! {
        #[doc = #docs]
        #allow
        pub trait #trait_name #bounds {
            #(#declared)*
            #more_declared
        }

        #[allow(deprecated)]
        impl<_T: #trait_name + ?::core::marker::Sized> #trait_name for &mut _T {
            #(#forwarded)*
            #more_forwarded
        }
    }
}

/// What a function of a trait gives: its result, or an error that ends the guest.
fn trappable(scope: Scope<'_>, result: TokenStream) -> TokenStream {
    if scope.bindings.trappable_imports { quote!(::core::result::Result<#result, _rt::Error>) } else { result }
}

/// Statements that add the resources and functions of a module to `instance`.
fn definitions(scope: Scope<'_>, module: &Module, trait_name: &Ident) -> TokenStream {
    let resources = resources(scope, module).map(|id| {
        let (path, trait_name) = (scope.path(id), &scope.bindings.def(id).derived.host);
        quote! {
            instance.resource(<#path as _rt::ResourceKind>::DESC, |mut store_, rep| {
                #trait_name::drop(&mut _D::data(store_.data_mut()), _rt::Resource::new_own(rep))
            })?;
        }
    });
    let funcs = module.funcs.iter().map(|func| {
        let desc = desc_name(Direction::Import, func);
        let trait_name = match func.kind.resource() {
            Some(id) => &scope.bindings.def(id).derived.host,
            None => trait_name,
        };
        let (names, tys) = params(scope, func, Position::Owned);
        let name = &func.host_name;
        let call = quote!(#trait_name::#name(&mut _D::data(store_.data_mut()), #(#names),*));
        let call = if scope.bindings.trappable_imports { call } else { quote!(Ok(#call)) };
        quote! {
            instance.func(&#desc, |mut store_, (#(#names,)*): (#(#tys,)*)| { #call })?;
        }
    });
    quote!(#(#resources)* #(#funcs)*)
}
