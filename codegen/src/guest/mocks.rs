//! Native imports of a guest, for its tests: a trait for each imported interface, and `with_imports`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::{DefId, DefKind, Direction, Func, FuncKind, Module, ModuleId, ident};
use crate::types::{self, Lifetime, Scope};

/// The traits of an imported interface, and the function by which an implementation answers calls.
pub(super) fn of_interface(scope: Scope<'_>, module: &Module) -> TokenStream {
    module_items(scope, module, &module.host_trait)
}

/// The trait of the functions that the world itself imports, and `with_imports`.
pub(super) fn of_world(scope: Scope<'_>) -> TokenStream {
    let root = scope.bindings.module(ModuleId::ROOT);
    let name = &scope.bindings.names.imports;
    let items = module_items(scope, root, name);
    let mut bounds = Vec::new();
    let mut arms = Vec::new();
    if answers(scope, root) {
        bounds.push(quote!(super::#name));
        arms.push(quote!(::core::option::Option::None => super::_answer(imports, import.func, call)));
    }
    for (_, module) in scope.bindings.interfaces(Direction::Import).filter(|(_, module)| answers(scope, module)) {
        let (path, name, extern_name) = (&module.path, &module.host_trait, &module.extern_name);
        bounds.push(quote!(super::#(#path::)*#name));
        arms.push(quote!(
            ::core::option::Option::Some(#extern_name) => super::#(#path::)*__answer(imports, import.func, call)
        ));
    }
    if bounds.is_empty() {
        return items;
    }
    let (allow, with_imports) = (scope.allow(), &scope.bindings.names.with_imports);
    let (natively, parent) = (ident(&format!("__natively_{}", scope.bindings.suffix)), ident("super"));
    quote! {
        #items

        // A glob, because another set of bindings in this module may have a function of this name.
        #[cfg(not(target_arch = "wasm32"))]
        #[doc(hidden)]
        mod #natively {
            /// Runs `body` natively, with its imports: calls of imports on this thread go to `imports`.
            #allow
            pub fn #with_imports<_T: #(#bounds)+*, _R>(
                imports: &mut _T,
                body: impl ::core::ops::FnOnce() -> _R,
            ) -> _R {
                #parent::_rt::native::with_dispatch(
                    &mut |import, call| match import.interface {
                        #(#arms,)*
                        _ => {}
                    },
                    body,
                )
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        #[allow(unused_imports)]
        pub use #natively::*;
    }
}

/// Whether a module has anything to implement.
fn answers(scope: Scope<'_>, module: &Module) -> bool {
    !module.funcs.is_empty() || resources(scope, module).next().is_some()
}

/// The resources that a module defines.
fn resources<'a>(scope: Scope<'a>, module: &'a Module) -> impl Iterator<Item = DefId> + 'a {
    module.defs.iter().copied().filter(move |id| {
        let def = scope.bindings.def(*id);
        def.printed && matches!(def.kind, DefKind::Resource)
    })
}

fn module_items(scope: Scope<'_>, module: &Module, name: &Ident) -> TokenStream {
    if !answers(scope, module) {
        return TokenStream::new();
    }
    let resources: Vec<DefId> = resources(scope, module).collect();
    let resource_traits = resources.iter().map(|id| resource_trait(scope, module, *id));
    let bounds: Vec<Ident> = resources.iter().map(|id| scope.bindings.def(*id).derived.host.clone()).collect();
    let bounds = if bounds.is_empty() { TokenStream::new() } else { quote!(: #(#bounds)+*) };
    let free = module.funcs.iter().filter(|func| func.kind == FuncKind::Free).map(|func| declaration(scope, func));
    let docs = match &module.extern_name {
        Some(interface) => format!(" The implementation of the interface `{interface}` in native tests."),
        None => format!(
            " The implementation of the imported functions of the world `{}` in native tests.",
            scope.bindings.world_id
        ),
    };
    let answer = answer(scope, module, name, &resources);
    let allow = scope.allow();
    quote! {
        #(#resource_traits)*

        #[doc = #docs]
        #allow
        #[cfg(not(target_arch = "wasm32"))]
        pub trait #name #bounds {
            #(#free)*
        }

        #answer
    }
}

fn resource_trait(scope: Scope<'_>, module: &Module, id: DefId) -> TokenStream {
    let name = &scope.bindings.def(id).derived.host;
    let funcs = module.funcs.iter().filter(|func| func.kind.resource() == Some(id));
    let funcs = funcs.map(|func| declaration(scope, func));
    let docs = format!(" The implementation of the resource `{}` in native tests.", scope.bindings.def(id).wit_name);
    let allow = scope.allow();
    quote! {
        #[doc = #docs]
        #allow
        #[cfg(not(target_arch = "wasm32"))]
        pub trait #name {
            #(#funcs)*
            /// The guest has dropped the resource with this representation.
            fn drop(&mut self, rep: u64) {
                let _ = rep;
            }
        }
    }
}

/// A function of a trait; the function that calls it has the documentation.
fn declaration(scope: Scope<'_>, func: &Func) -> TokenStream {
    let name = &func.host_name;
    let params = func.params.iter().map(|param| {
        let (name, ty) = (&param.name, scope.ty(&param.owned, Lifetime::Elided));
        quote!(#name: #ty)
    });
    let result = match types::output(&scope, func) {
        result if func.is_concurrent() => {
            let result = result.unwrap_or_else(|| quote!(()));
            Some(quote!(-> impl ::core::future::Future<Output = #result> + 'static))
        }
        result => result.map(|ty| quote!(-> #ty)),
    };
    quote!(fn #name(&mut self, #(#params),*) #result;)
}

/// The function that dispatches a call by its name.
fn answer(scope: Scope<'_>, module: &Module, name: &Ident, resources: &[DefId]) -> TokenStream {
    let funcs = module.funcs.iter().map(|func| {
        let trait_name = match func.kind.resource() {
            Some(id) => &scope.bindings.def(id).derived.host,
            None => name,
        };
        let (extern_name, name) = (&func.extern_name, &func.host_name);
        let names: Vec<&Ident> = func.params.iter().map(|param| &param.name).collect();
        let tys = func.params.iter().map(|param| scope.transferred(&param.owned, Lifetime::Elided));
        let patterns = func.params.iter().map(|param| super::pattern(scope, param));
        let answer = ident(if func.is_concurrent() { "answer_later" } else { "answer" });
        let result = quote!(#trait_name::#name(host_, #(#names),*));
        let result = match types::output_shape(&scope, func) {
            None => result,
            Some(shape) if func.is_concurrent() => quote!({
                let result = #result;
                async move { _rt::By::<#shape, _>::new(result.await) }
            }),
            Some(shape) => quote!(_rt::By::<#shape, _>::new(#result)),
        };
        quote!(#extern_name => call.#answer(|(#(#patterns,)*): (#(#tys,)*)| #result))
    });
    let drops = resources.iter().map(|id| {
        let trait_name = &scope.bindings.def(*id).derived.host;
        let drop = format!("[resource-drop]{}", scope.bindings.def(*id).wit_name);
        quote!(#drop => call.answer(|(rep,): (u64,)| #trait_name::drop(host_, rep)))
    });
    let allow = scope.allow();
    let answer = match scope.module {
        ModuleId::ROOT => quote!(_answer),
        _ => quote!(__answer),
    };
    quote! {
        #allow
        #[cfg(not(target_arch = "wasm32"))]
        #[doc(hidden)]
        pub fn #answer<_T: #name>(host_: &mut _T, func: &str, call: &mut _rt::native::Call<'_>) {
            let _scope = _rt::held::Scope::enter();
            match func {
                #(#funcs,)*
                #(#drops,)*
                _ => {}
            }
        }
    }
}
