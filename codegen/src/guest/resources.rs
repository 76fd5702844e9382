//! Resource types: handles of imported ones, and the values of exported ones.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::{Def, DefId, Direction, Module, ident};
use crate::types::{self, Scope};

/// A resource that a module defines.
pub(super) fn resource(scope: Scope<'_>, module: &Module, id: DefId) -> TokenStream {
    let def = scope.bindings.def(id);
    let attributes = types::attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let name = &def.name;
    let body = match module.direction {
        Direction::Import => scope.nameless(imported(module, id, def)),
        Direction::Export => exported(module, def),
    };
    let allow = scope.allow();
    quote! {
        #attributes
        #allow
        #[derive(Debug)]
        #[repr(transparent)]
        pub struct #name {
            handle: _rt::Own<#name>,
        }
        #body
    }
}

fn imported(module: &Module, id: DefId, def: &Def) -> TokenStream {
    let (name, wit_name, interface) = (&def.name, &def.wit_name, types::interface(module));
    let import_module = module.extern_name.as_deref().unwrap_or("$root");
    let drop = format!("[resource-drop]{wit_name}");
    let functions: Vec<&Ident> =
        module.funcs.iter().filter(|func| func.kind.resource() == Some(id)).map(|func| &func.name).collect();
    let methods = ["from_handle", "take_handle", "handle"].map(ident);
    let methods = methods.iter().filter(|method| !functions.contains(method));
    quote!(_rt::imported_resource!(#name, #interface, #import_module, #wit_name, #drop, [#(#methods)*]);)
}

fn exported(module: &Module, def: &Def) -> TokenStream {
    let (name, wit_name, interface) = (&def.name, &def.wit_name, types::interface(module));
    let (borrow, guest) = (&def.derived.borrow, &def.derived.guest);
    let docs = format!(" A borrowed [`{name}`].");
    let import_module = format!("[export]{}", module.extern_name.as_deref().unwrap_or("$root"));
    let new = format!("[resource-new]{wit_name}");
    let rep = format!("[resource-rep]{wit_name}");
    let drop = format!("[resource-drop]{wit_name}");
    quote! {
        #[doc = #docs]
        #[derive(Debug)]
        #[repr(transparent)]
        pub struct #borrow<'a> {
            rep: _rt::BorrowedRep<'a, #name>,
        }
        _rt::exported_resource!(
            #name, #borrow, #guest, #interface, #import_module, #wit_name, #new, #rep, #drop
        );
    }
}

/// Another name for a resource.
pub(super) fn alias(scope: Scope<'_>, def: &Def, target: DefId) -> TokenStream {
    let attributes = types::attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let (name, path) = (&def.name, scope.path(target));
    let borrow = match scope.defining_direction(target) {
        Direction::Import => TokenStream::new(),
        Direction::Export => {
            let borrow = &def.derived.borrow;
            let path = scope.path_to(target, &scope.bindings.def(target).derived.borrow);
            quote!(#attributes pub type #borrow<'a> = #path<'a>;)
        }
    };
    let allow = scope.allow();
    quote!(#attributes #allow pub type #name = #path; #borrow)
}
