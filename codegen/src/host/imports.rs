//! The imports of a world: traits that the host implements, and functions that add implementations to a linker.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Position, desc_name, descriptions, params, result, tracing};
use crate::ir::{DefId, DefKind, Direction, Func, FuncKind, Module, ModuleId, Output};
use crate::options::Options;
use crate::types::{self, Lifetime, Scope};

/// The traits of an imported interface and its `add_to_linker`. An interface of types alone has an empty trait, which hosts that
/// were written for wasmtime implement, and which nothing requires.
pub(super) fn of_interface(scope: Scope<'_>, module: &Module, options: &Options) -> TokenStream {
    let name = &module.extern_name;
    let traits = traits(scope, module, options);
    if !is_implemented(scope, module) {
        return traits;
    }
    let descriptions = descriptions(scope, Direction::Import, &module.funcs);
    let definitions = definitions(scope, module);
    let bounds = bounds(scope, module, &quote!(), options);
    quote! {
        #traits
        #descriptions

        /// Adds the interface to a linker. `_D` gets its implementation from the host's state.
        pub fn add_to_linker<_D: _rt::HasData>(
            linker: &mut impl _rt::AsLinker<State = _D::State>,
        ) -> ::core::result::Result<(), _rt::Error>
        where
            #(#bounds,)*
        {
            let mut instance = linker.as_linker().instance(#name);
            #definitions
            Ok(())
        }
    }
}

/// The trait of the types and functions that the world imports itself.
pub(super) fn of_world(scope: Scope<'_>, root: &Module, options: &Options) -> TokenStream {
    if !is_implemented(scope, root) {
        return TokenStream::new();
    }
    let traits = traits(scope, root, options);
    let descriptions = descriptions(scope, Direction::Import, &root.funcs);
    quote!(#traits #descriptions)
}

/// Statements that add the types and functions of the world itself to a linker.
pub(super) fn world_definitions(scope: Scope<'_>, root: &Module) -> TokenStream {
    let definitions = definitions(scope, root);
    quote! {
        let mut instance = linker.as_linker().root();
        #definitions
    }
}

/// Whether the host has anything to implement.
pub(super) fn is_implemented(scope: Scope<'_>, module: &Module) -> bool {
    !module.funcs.is_empty() || resources(scope, module).next().is_some() || conversions(scope, module).next().is_some()
}

/// The trait by which a host implements a module.
fn host_trait<'a>(scope: Scope<'a>, module: &'a Module) -> &'a Ident {
    if module.extern_name.is_none() { &scope.bindings.names.imports } else { &module.host_trait }
}

/// The trait by which a host implements the functions of a module that may wait.
fn host_async_trait<'a>(scope: Scope<'a>, module: &'a Module) -> &'a Ident {
    if module.extern_name.is_none() { &scope.bindings.names.async_imports } else { &module.host_async_trait }
}

/// The bounds of `_D` in `add_to_linker`, for a module that is at a path.
pub(super) fn bounds(scope: Scope<'_>, module: &Module, path: &TokenStream, options: &Options) -> Vec<TokenStream> {
    let name = host_trait(scope, module);
    let mut bounds = vec![quote!(for<'a> _D::Data<'a>: #path #name)];
    let mut of_futures: Vec<&Ident> = Vec::new();
    let funcs = module.funcs.iter().filter(|func| func.is_future(Direction::Import));
    let of_funcs = funcs.map(|func| async_trait_of(scope, module, func.kind.resource()));
    let dropped = resources(scope, module).filter(|id| scope.bindings.def(*id).drop_async);
    for name in of_funcs.chain(dropped.map(|id| async_trait_of(scope, module, Some(id)))) {
        if !of_futures.contains(&name) {
            of_futures.push(name);
        }
    }
    if options.require_store_data_send || !of_futures.is_empty() {
        bounds.push(quote!(_D::State: ::core::marker::Send));
    }
    bounds.extend(of_futures.iter().map(|name| quote!(_D: #path #name)));
    bounds
}

/// The trait of the functions that may wait, those of a resource or of none.
fn async_trait_of<'a>(scope: Scope<'a>, module: &'a Module, resource: Option<DefId>) -> &'a Ident {
    match resource {
        Some(id) => &scope.bindings.def(id).derived.host_async,
        None => host_async_trait(scope, module),
    }
}

/// The error types of a module that Rust types replace (the option `trappable_error_type`).
fn conversions<'a>(scope: Scope<'a>, module: &'a Module) -> impl Iterator<Item = DefId> + 'a {
    module.defs.iter().copied().filter(move |id| scope.bindings.def(*id).typed_error.is_some())
}

/// The resources that a module defines.
fn resources<'a>(scope: Scope<'a>, module: &'a Module) -> impl Iterator<Item = DefId> + 'a {
    module.defs.iter().copied().filter(move |id| {
        let def = scope.bindings.def(*id);
        matches!(def.kind, DefKind::Resource)
    })
}

/// A trait for each resource, one for all other functions, and implementations for references.
fn traits(scope: Scope<'_>, module: &Module, options: &Options) -> TokenStream {
    let name = host_trait(scope, module);
    let resources: Vec<_> =
        resources(scope, module).map(|id| (id, scope.bindings.def(id).derived.host.clone())).collect();
    let of_resources = resources.iter().map(|(id, trait_name)| {
        let (own, drop_async) = (scope.own(*id), scope.bindings.def(*id).drop_async);
        let (futures, funcs): (Vec<&Func>, Vec<&Func>) = module
            .funcs
            .iter()
            .filter(|func| func.kind.resource() == Some(*id))
            .partition(|func| func.is_future(Direction::Import));
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
        let drop = if drop_async { Default::default() } else { (drop, forward_drop) };
        let own = one_trait(scope, options, (trait_name, &docs), &[], &funcs, drop);
        let of_futures = async_trait(scope, module, Some(*id), &futures);
        quote!(#own #of_futures)
    });
    let (futures, free): (Vec<&Func>, Vec<&Func>) = module
        .funcs
        .iter()
        .filter(|func| func.kind == FuncKind::Free)
        .partition(|func| func.is_future(Direction::Import));
    let mut bounds: Vec<_> = resources.iter().map(|(_, name)| quote!(#name)).collect();
    bounds.extend(converting_traits(scope, module));
    let docs = match &module.extern_name {
        Some(name) => format!(" The host's implementation of the interface `{name}`."),
        None => format!(" The host's implementation of the imports of the world `{}`.", scope.bindings.world_id),
    };
    let conversions = conversions(scope, module).filter_map(|id| {
        let error = scope.bindings.def(id).typed_error.as_ref()?;
        let (root, ty, convert, wit) = (scope.to_root(), &error.ty, &error.convert, scope.path(id));
        let docs = " Turns an error into that of WIT. An `Err` ends the guest as a trap does.";
        let head = quote!(fn #convert(&mut self, error: #root #ty) -> ::core::result::Result<#wit, _rt::Error>);
        Some((quote!(#[doc = #docs] #head;), quote!(#head { <_T as #name>::#convert(*self, error) })))
    });
    let conversions = conversions.unzip();
    let own = one_trait(scope, options, (name, &docs), &bounds, &free, conversions);
    let of_futures = async_trait(scope, module, None, &futures);
    quote!(#(#of_resources)* #own #of_futures)
}

/// The trait of functions that may wait, all of one resource or of none. They get access to the store between two awaits, and
/// not the implementation, which is part of the store.
fn async_trait(scope: Scope<'_>, module: &Module, resource: Option<DefId>, funcs: &[&Func]) -> TokenStream {
    let dropped = resource.filter(|id| scope.bindings.def(*id).drop_async);
    if funcs.is_empty() && dropped.is_none() {
        return TokenStream::new();
    }
    let name = async_trait_of(scope, module, resource);
    let host = match resource {
        Some(id) => &scope.bindings.def(id).derived.host,
        None => host_trait(scope, module),
    };
    let drop = dropped.map(|id| {
        let own = scope.own(id);
        quote! {
            /// The guest has dropped the resource, and waits.
            fn drop<_E: _rt::CoreEngine>(
                access: &_rt::Access<Self::State, _E>,
                resource: #own,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<(), _rt::Error>> + ::core::marker::Send;
        }
    });
    let docs = format!(" The functions of [`{host}`] that may wait. They have access to the store between two awaits.");
    let declared = funcs.iter().map(|func| {
        let (names, tys) = params(scope, func, Position::Owned);
        let (name, result) = (&func.host_name, given_back(scope, func));
        let attributes = types::attributes(func.docs.as_deref(), func.deprecated.as_deref());
        quote! {
            #attributes
            fn #name<_E: _rt::CoreEngine>(
                access: &_rt::Access<Self::State, _E>,
                #(#names: #tys),*
            ) -> impl ::core::future::Future<Output = #result> + ::core::marker::Send;
        }
    });
    let allow = scope.allow();
    quote! {
        #[doc = #docs]
        #allow
        pub trait #name: _rt::HasData {
            #(#declared)*
            #drop
        }
    }
}

/// A trait, and its implementation for exclusive references. `more` has the items that are not functions: their
/// declarations, and how a reference forwards them.
fn one_trait(
    scope: Scope<'_>,
    options: &Options,
    (trait_name, docs): (&Ident, &str),
    bounds: &[TokenStream],
    funcs: &[&Func],
    more: (TokenStream, TokenStream),
) -> TokenStream {
    let bounds = if bounds.is_empty() { TokenStream::new() } else { quote!(: #(#bounds)+*) };
    let (declared, forwarded): (Vec<_>, Vec<_>) = funcs
        .iter()
        .map(|func| {
            let (names, tys) = params(scope, func, Position::Owned);
            let name = &func.host_name;
            let result = given_back(scope, func);
            let attributes = types::attributes(func.docs.as_deref(), func.deprecated.as_deref());
            let head = quote!(fn #name(&mut self, #(#names: #tys),*) -> #result);
            (quote!(#attributes #head;), quote!(#head { <_T as #trait_name>::#name(*self, #(#names),*) }))
        })
        .unzip();
    let (more_declared, more_forwarded) = more;
    let allow = scope.allow();
    let forwarding = (!options.skip_mut_forwarding_impls).then(|| {
        quote! {
            #allow
            impl<_T: #trait_name + ?::core::marker::Sized> #trait_name for &mut _T {
                #(#forwarded)*
                #more_forwarded
            }
        }
    });
    quote! {
        #[doc = #docs]
        #allow
        pub trait #trait_name #bounds {
            #(#declared)*
            #more_declared
        }

        #forwarding
    }
}

/// The traits of other modules that convert the Rust errors of this module's functions to errors of WIT.
fn converting_traits(scope: Scope<'_>, module: &Module) -> Vec<TokenStream> {
    let failures = module.funcs.iter().filter_map(|func| func.typed_error);
    let mut by_module = std::collections::BTreeMap::new();
    for id in failures.filter(|id| scope.bindings.def(*id).module != scope.module) {
        by_module.entry(scope.bindings.def(id).module).or_insert(id);
    }
    by_module.into_values().map(|id| host_trait_of(scope, id)).collect()
}

/// The path of the trait `Host` of the module that a definition is in.
fn host_trait_of(scope: Scope<'_>, id: DefId) -> TokenStream {
    let module = scope.bindings.def(id).module;
    let name = match module {
        ModuleId::ROOT => &scope.bindings.names.imports,
        module => &scope.bindings.module(module).host_trait,
    };
    scope.path_to(id, name)
}

/// The return type of a function of a trait: its result, or a `Result` whose error ends the guest, or whose error is a Rust
/// type for an error of WIT.
fn given_back(scope: Scope<'_>, func: &Func) -> TokenStream {
    let result = result(scope, func);
    if let Some(error) = func.typed_error.and_then(|id| scope.bindings.def(id).typed_error.as_ref()) {
        let ok = match (&func.result, func.kind.resource()) {
            (Output::Value(crate::ir::RustType::Result(ok, _)), _) => scope.or_unit(ok.as_deref(), Lifetime::Elided),
            (_, Some(resource)) => scope.own(resource),
            (_, None) => unreachable!("a function that fails gives a `result`"),
        };
        let (root, error) = (scope.to_root(), &error.ty);
        return quote!(::core::result::Result<#ok, #root #error>);
    }
    if func.flags.trappable { quote!(::core::result::Result<#result, _rt::Error>) } else { result }
}

/// The statements by which a host function answers a call.
fn answer(scope: Scope<'_>, module: &Module, func: &Func, call: &TokenStream) -> TokenStream {
    let (before, after) = tracing(module.extern_name.as_deref(), func, Direction::Import);
    let typed_error = func.typed_error.and_then(|id| Some((id, scope.bindings.def(id).typed_error.as_ref()?)));
    let answer = match typed_error {
        Some((id, error)) => {
            let (host, convert) = (host_trait_of(scope, id), &error.convert);
            return quote! {
                #before
                let mut data_ = <_D as _rt::HasData>::data(store_.data_mut());
                let result_ = #call;
                #after
                Ok(match result_ {
                    Ok(value_) => Ok(value_),
                    Err(error_) => Err(<_ as #host>::#convert(&mut data_, error_)?),
                })
            };
        }
        None if func.flags.trappable => quote!(#call),
        None => quote!(Ok(#call)),
    };
    if func.flags.tracing { quote!(#before let result_ = #answer; #after result_) } else { answer }
}

/// The statements by which a host function that may wait answers a call.
fn async_answer(scope: Scope<'_>, module: &Module, func: &Func, call: &TokenStream) -> TokenStream {
    let (before, after) = tracing(module.extern_name.as_deref(), func, Direction::Import);
    let typed_error = func.typed_error.and_then(|id| Some((id, scope.bindings.def(id).typed_error.as_ref()?)));
    let answer = match typed_error {
        Some((id, error)) => {
            let (host, convert) = (host_trait_of(scope, id), &error.convert);
            quote! {
                match result_ {
                    Ok(value_) => Ok(Ok(value_)),
                    Err(error_) => access_
                        .with(|mut store_| <_ as #host>::#convert(&mut <_D as _rt::HasData>::data(store_.data_mut()), error_))
                        .map(Err),
                }
            }
        }
        None if func.flags.trappable => quote!(result_),
        None => quote!(Ok(result_)),
    };
    quote!(#before let result_ = #call; #after #answer)
}

/// Statements that add the resources and functions of a module to `instance`.
fn definitions(scope: Scope<'_>, module: &Module) -> TokenStream {
    let resources = resources(scope, module).map(|id| {
        let (path, def) = (scope.path(id), scope.bindings.def(id));
        let (name, trait_name) = (&def.wit_name, &def.derived.host);
        if def.drop_async {
            let trait_name = async_trait_of(scope, module, Some(id));
            return quote! {
                instance.resource_async::<#path, _>(#name, |access_, rep| async move {
                    <_D as #trait_name>::drop(&access_, _rt::host::Resource::new_own(rep)).await
                })?;
            };
        }
        quote! {
            instance.resource::<#path>(#name, |mut store_, rep| {
                #trait_name::drop(&mut <_D as _rt::HasData>::data(store_.data_mut()), _rt::host::Resource::new_own(rep))
            })?;
        }
    });
    let funcs = module.funcs.iter().map(|func| {
        let desc = desc_name(Direction::Import, func);
        let (names, tys) = params(scope, func, Position::Owned);
        let name = &func.host_name;
        if func.is_future(Direction::Import) {
            let trait_name = async_trait_of(scope, module, func.kind.resource());
            let call = quote!(<_D as #trait_name>::#name(&access_, #(#names),*).await);
            let answer = async_answer(scope, module, func, &call);
            return quote! {
                instance.func_async(&#desc, |access_, (#(#names,)*): (#(#tys,)*)| async move { #answer })?;
            };
        }
        let trait_name = match func.kind.resource() {
            Some(id) => &scope.bindings.def(id).derived.host,
            None => host_trait(scope, module),
        };
        let data = match func.typed_error {
            Some(_) => quote!(&mut data_),
            None => quote!(&mut <_D as _rt::HasData>::data(store_.data_mut())),
        };
        let call = answer(scope, module, func, &quote!(#trait_name::#name(#data, #(#names),*)));
        quote! {
            instance.func(&#desc, |mut store_, (#(#names,)*): (#(#tys,)*)| { #call })?;
        }
    });
    quote!(#(#resources)* #(#funcs)*)
}
