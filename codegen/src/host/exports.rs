//! The exports of a world: a struct for each interface, with a method for each function.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Position, desc_name, descriptions, params, result, tracing};
use crate::ir::{DefId, DefKind, Direction, Func, FuncKind, Module, ident};
use crate::types::{self, Scope};

/// The struct of an exported interface and those of its resources.
pub(super) fn of_interface(scope: Scope<'_>, module: &Module) -> TokenStream {
    let name = &module.extern_name;
    let descriptions = descriptions(scope, Direction::Export, &module.funcs);
    let fields: Vec<_> = module.funcs.iter().map(field).collect();
    let descs = module.funcs.iter().map(|func| desc_name(Direction::Export, func));
    let loads = module.funcs.iter().map(|func| {
        let (field, desc) = (field(func), desc_name(Direction::Export, func));
        quote!(#field: instance.typed_func(&mut store, Some(#name), &#desc)?)
    });
    let free = module.funcs.iter().filter(|func| func.kind == FuncKind::Free);
    let calls = free.map(|func| call(scope, name.as_deref(), func, &quote!(self)));
    let resources: Vec<_> =
        module.defs.iter().copied().filter(|id| matches!(scope.bindings.def(*id).kind, DefKind::Resource)).collect();
    let accessors = resources.iter().map(|id| accessor(scope, *id));
    let of_resources = resources.iter().map(|id| resource(scope, module, *id));
    let docs = format!(" The interface `{}` of an instance.", module.extern_name.as_deref().unwrap_or_default());
    let store = if module.funcs.is_empty() { quote!(_) } else { quote!(mut store) };
    let instance = if module.funcs.is_empty() { quote!(_) } else { quote!(instance) };
    quote! {
        #descriptions

        #[doc = #docs]
        #[derive(Clone, Copy, Debug)]
        pub struct Guest {
            #(#fields: _rt::Func,)*
        }

        impl Guest {
            /// The descriptions of the functions.
            pub(crate) const FUNCS: &'static [&'static _rt::FuncDesc] = &[#(&#descs),*];

            /// Finds the interface in an instance and compares its types with those of these bindings.
            pub fn new(
                #store: impl _rt::AsContextMut,
                #instance: &_rt::Instance,
            ) -> ::core::result::Result<Guest, _rt::Error> {
                Ok(Guest { #(#loads,)* })
            }

            #(#calls)*
            #(#accessors)*
        }

        #(#of_resources)*
    }
}

/// The method that returns the struct of a resource.
fn accessor(scope: Scope<'_>, id: DefId) -> TokenStream {
    let def = scope.bindings.def(id);
    let (struct_name, name) = (&def.derived.guest, &def.derived.accessor);
    let docs = format!(" The functions of the resource `{}`.", def.wit_name);
    quote! {
        #[doc = #docs]
        pub fn #name(&self) -> #struct_name<'_> {
            #struct_name { guest: self }
        }
    }
}

/// The struct of a resource, with a method for each of its functions.
fn resource(scope: Scope<'_>, module: &Module, id: DefId) -> TokenStream {
    let def = scope.bindings.def(id);
    let name = &def.derived.guest;
    let docs = format!(" The functions of the resource `{}` of an instance.", def.wit_name);
    let funcs: Vec<_> = module.funcs.iter().filter(|func| func.kind.resource() == Some(id)).collect();
    let calls = funcs.iter().map(|func| call(scope, module.extern_name.as_deref(), func, &quote!(self.guest)));
    let unused = if funcs.is_empty() { quote!(#[allow(dead_code)]) } else { TokenStream::new() };
    quote! {
        #[doc = #docs]
        #[derive(Clone, Copy, Debug)]
        #unused
        pub struct #name<'a> {
            guest: &'a Guest,
        }

        impl #name<'_> {
            #(#calls)*
        }
    }
}

/// The field that holds a function.
pub(super) fn field(func: &Func) -> Ident {
    ident(&format!("_func_{}", func.symbol))
}

/// The method that calls a function, which is a field of `holder`.
pub(super) fn call(scope: Scope<'_>, module: Option<&str>, func: &Func, holder: &TokenStream) -> TokenStream {
    let (names, tys) = params(scope, func, Position::Given);
    let (field, result) = (field(func), result(scope, func));
    let name = &func.call_name;
    let attributes = types::attributes(func.docs.as_deref(), func.deprecated.as_deref());
    let (before, after) = tracing(module, func, Direction::Export);
    let traced = |call| if func.flags.tracing { quote!(#before let result_ = #call; #after result_) } else { call };
    if func.is_future(Direction::Export) {
        let call = traced(quote!(store_.call::<(#(#tys,)*), #result>(#holder.#field, (#(#names,)*)).await));
        return quote! {
            #attributes
            pub async fn #name(
                &self,
                store_: impl _rt::AsyncStore,
                #(#names: #tys),*
            ) -> ::core::result::Result<#result, _rt::Error> {
                #call
            }
        };
    }
    let call = traced(quote!(#holder.#field.call_typed::<(#(#tys,)*), #result>(store_, &(#(#names,)*))));
    quote! {
        #attributes
        pub fn #name(
            &self,
            store_: impl _rt::AsContextMut,
            #(#names: #tys),*
        ) -> ::core::result::Result<#result, _rt::Error> {
            #call
        }
    }
}
