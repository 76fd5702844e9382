//! Imports of a guest: the functions of an imported interface or of the world.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use witwright_abi_runtime::flatten::Convention;

use super::{asyncness, core_result, core_type, ends, return_type};
use crate::ir::{Chaining, DefId, Func, FuncKind, Module};
use crate::types::{self, Lifetime, Scope};

/// The functions of a module: free ones, and an `impl` for each resource.
pub(super) fn funcs(scope: Scope<'_>, module: &Module) -> TokenStream {
    let free = module.funcs.iter().filter(|func| func.kind == FuncKind::Free).map(|func| function(scope, module, func));
    let mut resources: Vec<DefId> = Vec::new();
    for id in module.funcs.iter().filter_map(|func| func.kind.resource()) {
        if !resources.contains(&id) {
            resources.push(id);
        }
    }
    let resources = resources.into_iter().map(|id| {
        let name = &scope.bindings.def(id).name;
        let funcs = module.funcs.iter().filter(|func| func.kind.resource() == Some(id));
        let funcs = funcs.map(|func| function(scope, module, func));
        scope.nameless(quote!(impl #name { #(#funcs)* }))
    });
    quote!(#(#free)* #(#resources)*)
}

/// A function that calls its import.
fn function(scope: Scope<'_>, module: &Module, func: &Func) -> TokenStream {
    let attributes = types::attributes(func.docs.as_deref(), func.deprecated.as_deref());
    let name = &func.name;
    let (signature, arguments) = params(scope, func);
    let result = return_type(scope, func);
    let call = call(scope, module, func, &arguments);
    let (result, call) = match func.chaining {
        None => (result, call),
        Some(Chaining::Owning) => (quote!(-> Self), quote!(let () = #call; self)),
        Some(Chaining::Borrowing) => (quote!(-> &Self), quote!(let () = #call; self)),
    };
    let (allow, asyncness) = (scope.allow(), asyncness(func));
    quote! {
        #attributes
        #allow
        pub #asyncness fn #name(#(#signature),*) #result {
            #call
        }
    }
}

/// The parameters in a signature, and the arguments that are passed on.
fn params(scope: Scope<'_>, func: &Func) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let is_method = matches!(func.kind, FuncKind::Method(_));
    let param = |(i, param): (usize, &crate::ir::Param)| {
        if i == 0 && is_method {
            return match func.chaining {
                None | Some(Chaining::Borrowing) => (quote!(&self), quote!(self)),
                Some(Chaining::Owning) => (quote!(self), quote!(&self)),
            };
        }
        let (name, ty): (&Ident, _) = (&param.name, scope.ty(&param.given, Lifetime::Elided));
        (quote!(#name: #ty), quote!(#name))
    };
    func.params.iter().enumerate().map(param).unzip()
}

fn call(scope: Scope<'_>, module: &Module, func: &Func, arguments: &[TokenStream]) -> TokenStream {
    let import_module = module.extern_name.as_deref().unwrap_or("$root");
    let convention = if func.is_concurrent() { Convention::LowerAsync } else { Convention::Lower };
    let name = &func.extern_name;
    let signature = func.abi.signature(convention);
    let core = signature.params().iter().map(|ty| core_type(*ty));
    let slots = (0..signature.params().len()).map(Literal::usize_unsuffixed);
    let result = core_result(&signature);
    let words = Literal::u32_unsuffixed(func.abi.area_words(convention));
    let ends = ends::argument(scope, func);
    let arguments =
        arguments.iter().zip(&func.params).map(|(argument, param)| match scope.shape(&param.given, Lifetime::Elided) {
            Some(shape) => quote!(_rt::By::<#shape, _>::new(#argument)),
            None => argument.clone(),
        });
    let call = if func.is_concurrent() {
        let core_name = format!("[async-lower]{name}");
        quote! {
            _rt::import_async! {
                #import_module #core_name #name (#(#slots: #core),*), words #words, #ends params (#(#arguments,)*)
            }
            .await
        }
    } else {
        quote! {
            _rt::import! {
                #import_module #name (#(#slots: #core),*) -> #result, words #words, #ends params (#(#arguments,)*)
            }
        }
    };
    match types::output_shape(&scope, func) {
        Some(shape) => quote!(_rt::By::<#shape, _>::into_inner(#call)),
        None => call,
    }
}
