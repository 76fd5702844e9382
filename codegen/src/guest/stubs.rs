//! The option `stubs`: an implementation of all exports of the world, whose functions panic.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::exports::{has_guest, head, resources};
use crate::ir::{Direction, Func, FuncKind, ModuleId};
use crate::options::Options;
use crate::types::Scope;

/// The struct `Stub`, its implementations, and its export.
pub(super) fn of_world(scope: Scope<'_>, options: &Options) -> TokenStream {
    let bindings = scope.bindings;
    if !options.stubs {
        return TokenStream::new();
    }
    let (stub, allow) = (&bindings.names.stub, scope.allow());
    let own = (!bindings.exports.is_empty()).then(|| {
        let funcs = bindings.exports.iter().map(|func| function(scope, func));
        quote!(#allow impl Guest for #stub { #(#funcs)* })
    });
    let interfaces: Vec<TokenStream> =
        bindings.interfaces(Direction::Export).map(|(id, _)| interface(scope, id, stub)).collect();
    let is_exported = own.is_some() || interfaces.iter().any(|interface| !interface.is_empty());
    let export = is_exported.then(|| {
        let name = options.export_macro();
        quote!(#name!(#stub with_types_in self);)
    });
    quote! {
        /// Implements all exports; each function panics.
        #allow
        #[derive(Debug)]
        pub struct #stub;
        #own
        #(#interfaces)*
        #export
    }
}

/// The stub's implementation of an interface, in the root module.
fn interface(scope: Scope<'_>, id: ModuleId, stub: &Ident) -> TokenStream {
    let module = scope.bindings.module(id);
    let (path, allow) = (&module.path, scope.allow());
    let resources: Vec<_> = resources(Scope { module: id, ..scope }, module).collect();
    let of_resources = resources.iter().map(|resource| {
        let name = &scope.bindings.def(*resource).derived.guest;
        let funcs = module.funcs.iter().filter(|func| func.kind.resource() == Some(*resource));
        let funcs = funcs.map(|func| function(scope, func));
        quote!(#allow impl #(#path::)*#name for #stub { #(#funcs)* })
    });
    let types = resources.iter().map(|resource| {
        let name = &scope.bindings.def(*resource).derived.associated;
        quote!(type #name = #stub;)
    });
    let free = module.funcs.iter().filter(|func| func.kind == FuncKind::Free).map(|func| function(scope, func));
    let own = has_guest(scope, module).then(|| quote!(#allow impl #(#path::)*Guest for #stub { #(#types)* #(#free)* }));
    quote!(#(#of_resources)* #own)
}

fn function(scope: Scope<'_>, func: &Func) -> TokenStream {
    let head = head(scope, func);
    let name = &func.extern_name;
    quote!(#[allow(unused_variables)] #head { ::core::unreachable!("`{}` is not implemented", #name) })
}
