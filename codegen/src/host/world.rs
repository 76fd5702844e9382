//! The struct of a world: the exports of an instance, and `add_to_linker` for the imports.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{desc_name, descriptions, exports, imports};
use crate::ir::{Direction, Module, ModuleId};
use crate::options::Options;
use crate::types::{Scope, attributes};

/// The struct of a world.
pub(super) fn world(scope: Scope<'_>, options: &Options) -> TokenStream {
    let bindings = scope.bindings;
    let name = &bindings.names.structure;
    let interfaces: Vec<Interface> =
        bindings.interfaces(Direction::Export).map(|(_, module)| Interface::of(module)).collect();
    let docs = match &bindings.docs {
        Some(docs) => docs.clone(),
        None => format!("An instance of a component of the world `{}`.", bindings.world_id),
    };
    let docs = attributes(Some(&docs), None);
    let descriptions = descriptions(scope, Direction::Export, &bindings.exports);
    let (fields, paths): (Vec<_>, Vec<_>) =
        interfaces.iter().map(|interface| (&interface.name, &interface.path)).unzip();
    let funcs: Vec<_> = bindings.exports.iter().map(exports::field).collect();
    let construct = construct(scope, name, &interfaces);
    let pre = pre(scope, &interfaces);
    let add_to_linker = add_to_linker(scope, options);
    let calls = bindings.exports.iter().map(|func| exports::call(scope, None, func, &quote!(self)));
    let accessors = interfaces.iter().map(|Interface { name, path, docs, .. }| {
        quote! {
            #[doc = #docs]
            pub fn #name(&self) -> &#path::Guest {
                &self.#name
            }
        }
    });
    let allow = scope.allow();
    quote! {
        #descriptions

        #docs
        #allow
        #[derive(Clone, Copy, Debug)]
        pub struct #name {
            #(#fields: #paths::Guest,)*
            #(#funcs: _rt::Func,)*
        }

        #allow
        impl #name {
            #add_to_linker
            #construct
            #(#calls)*
            #(#accessors)*
        }

        #pre
    }
}

/// The names of an exported interface.
struct Interface {
    /// `acme:text/render@1.0.0`
    wit_name: String,
    /// `acme_text_render`
    name: Ident,
    /// `exports::acme::text::render`
    path: TokenStream,
    docs: String,
}

impl Interface {
    fn of(module: &Module) -> Interface {
        let path = &module.path;
        let wit_name = module.extern_name.clone().unwrap_or_default();
        let docs = format!(" The interface `{wit_name}`.");
        Interface { wit_name, name: module.accessor.clone(), path: quote!(#(#path)::*), docs }
    }
}

/// `instantiate`, and `new` for an existing instance.
fn construct(scope: Scope<'_>, name: &Ident, interfaces: &[Interface]) -> TokenStream {
    let interfaces =
        interfaces.iter().map(|Interface { name, path, .. }| quote!(#name: #path::Guest::new(&mut store, instance)?));
    let funcs = scope.bindings.exports.iter().map(|func| {
        let (field, desc) = (exports::field(func), desc_name(Direction::Export, func));
        quote!(#field: instance.typed_func(&mut store, None, &#desc)?)
    });
    let loads: Vec<_> = interfaces.chain(funcs).collect();
    let (store, instance) =
        if loads.is_empty() { (quote!(_), quote!(_)) } else { (quote!(mut store), quote!(instance)) };
    let pre = &scope.bindings.names.pre;
    quote! {
        /// Compares a component with the world, instantiates it, and finds the world's exports in the instance.
        #[doc(alias = "instantiate_async")]
        pub fn instantiate<_S: _rt::AsContextMut>(
            store: _S,
            component: &_rt::Component<_S::Engine>,
            linker: &_rt::Linker<_S::Data, _S::Engine>,
        ) -> ::core::result::Result<#name, _rt::Error> {
            #pre::new(linker.instantiate_pre(component)?)?.instantiate(store)
        }

        /// Finds the world's exports in an instance and compares their types with those of these bindings.
        pub fn new(
            #store: impl _rt::AsContextMut,
            #instance: &_rt::Instance,
        ) -> ::core::result::Result<#name, _rt::Error> {
            Ok(#name { #(#loads,)* })
        }
    }
}

/// The struct of a linked component of the world.
fn pre(scope: Scope<'_>, interfaces: &[Interface]) -> TokenStream {
    let (structure, name) = (&scope.bindings.names.structure, &scope.bindings.names.pre);
    let world = scope.bindings.world_id.to_string();
    let of_interfaces =
        interfaces.iter().map(|Interface { wit_name, path, .. }| quote!((Some(#wit_name), #path::Guest::FUNCS)));
    let funcs: Vec<_> = scope.bindings.exports.iter().map(|func| desc_name(Direction::Export, func)).collect();
    let of_world = (!funcs.is_empty()).then(|| quote!((None, &[#(&#funcs),*])));
    let exports = of_interfaces.chain(of_world);
    let docs = format!(
        " A component of the world `{world}` whose imports have been found. It can be instantiated any number of times."
    );
    let allow = scope.allow();
    quote! {
        #[doc = #docs]
        #allow
        pub struct #name<_T: 'static, _E: _rt::CoreEngine = _rt::DefaultEngine> {
            instance_pre: _rt::InstancePre<_T, _E>,
        }

        #allow
        impl<_T: 'static, _E: _rt::CoreEngine> ::core::clone::Clone for #name<_T, _E> {
            fn clone(&self) -> Self {
                #name { instance_pre: self.instance_pre.clone() }
            }
        }

        #allow
        impl<_T: 'static, _E: _rt::CoreEngine> #name<_T, _E> {
            /// Compares the exports of a linked component with those of the world.
            pub fn new(instance_pre: _rt::InstancePre<_T, _E>) -> ::core::result::Result<Self, _rt::Error> {
                instance_pre.component().check_exports(#world, &[#(#exports),*])?;
                Ok(#name { instance_pre })
            }

            /// The linked component.
            pub fn instance_pre(&self) -> &_rt::InstancePre<_T, _E> {
                &self.instance_pre
            }

            /// The engine that the component was compiled for.
            pub fn engine(&self) -> &_E {
                self.instance_pre.engine()
            }

            /// Instantiates the component and finds the world's exports in the instance.
            #[doc(alias = "instantiate_async")]
            pub fn instantiate(
                &self,
                mut store: impl _rt::AsContextMut<Data = _T, Engine = _E>,
            ) -> ::core::result::Result<#structure, _rt::Error> {
                let instance = self.instance_pre.instantiate(&mut store)?;
                #structure::new(store, &instance)
            }
        }
    }
}

/// `add_to_linker`, for all that the world imports, and `add_to_linker_imports`, for what it imports outside of interfaces.
fn add_to_linker(scope: Scope<'_>, options: &Options) -> TokenStream {
    let root = scope.bindings.module(ModuleId::ROOT);
    let imported: Vec<_> = scope
        .bindings
        .interfaces(Direction::Import)
        .filter(|(id, module)| imports::is_implemented(Scope { module: *id, ..scope }, module))
        .map(|(_, module)| {
            let path = &module.path;
            (quote!(#(#path)::*), module)
        })
        .collect();
    let mut bounds: Vec<TokenStream> =
        imported.iter().flat_map(|(path, module)| imports::bounds(scope, module, &quote!(#path::), options)).collect();
    let mut calls: Vec<_> = imported.iter().map(|(path, _)| quote!(#path::add_to_linker::<_D>(linker)?;)).collect();
    let mut of_world = None;
    if imports::is_implemented(scope, root) {
        let bounds_of_world = imports::bounds(scope, root, &TokenStream::new(), options);
        let definitions = imports::world_definitions(scope, root);
        let docs = " Adds the functions and resources that the world imports outside of interfaces to a linker.";
        of_world = Some(adder(docs, &quote!(add_to_linker_imports), &bounds_of_world, &definitions));
        bounds.extend(bounds_of_world);
        calls.push(quote!(Self::add_to_linker_imports::<_D>(linker)?;));
    }
    if bounds.is_empty() {
        return TokenStream::new();
    }
    let docs = " Adds all imports of the world to a linker. `_D` gets their implementation from the host's state.";
    let of_all = adder(docs, &quote!(add_to_linker), &bounds, &quote!(#(#calls)*));
    quote!(#of_all #of_world)
}

/// A function that adds definitions to a linker.
fn adder(docs: &str, name: &TokenStream, bounds: &[TokenStream], definitions: &TokenStream) -> TokenStream {
    quote! {
        #[doc = #docs]
        pub fn #name<_D: _rt::HasData>(
            linker: &mut impl _rt::AsLinker<State = _D::State>,
        ) -> ::core::result::Result<(), _rt::Error>
        where
            #(#bounds,)*
        {
            #definitions
            Ok(())
        }
    }
}
