//! Bindings for hosts, in the shape of `wasmtime::component::bindgen!`. The imports of a world become traits, and functions
//! that add their implementations to a linker. Its exports become structs with a method for each function.
//!
//! The code names no engine: the engine is a parameter of the store and of the linker.

mod exports;
mod imports;
mod world;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::{Bindings, Def, DefKind, Direction, Func, Module, ModuleId, ident};
use crate::modules;
use crate::options::Options;
use crate::types::{self, Lifetime, Scope};

/// The bindings of a world.
pub(crate) fn bindings(bindings: &Bindings, options: &Options) -> TokenStream {
    let interfaces = [Direction::Import, Direction::Export].into_iter().flat_map(|direction| {
        bindings.interfaces(direction).map(move |(id, module)| (module, interface(bindings, options, id, module)))
    });
    let interfaces = modules::nest(interfaces);
    let root = Scope { bindings, module: ModuleId::ROOT };
    let prelude = prelude(root, options);
    let (remapped, given) = (&bindings.remapped, types::given(root));
    let definitions = definitions(root, bindings.module(ModuleId::ROOT));
    let imports = imports::of_world(root, bindings.module(ModuleId::ROOT), options);
    let world = world::world(root, options);
    let items = modules::in_root(bindings, quote!(#prelude #(#remapped)* #given #definitions #imports #world));
    quote!(#items #interfaces)
}

/// The module of an interface.
fn interface(bindings: &Bindings, options: &Options, id: ModuleId, module: &Module) -> TokenStream {
    let scope = Scope { bindings, module: id };
    let prelude = prelude(scope, options);
    let definitions = definitions(scope, module);
    let functions = match module.direction {
        Direction::Import => imports::of_interface(scope, module, options),
        Direction::Export => exports::of_interface(scope, module),
    };
    quote! {
        #prelude
        #definitions
        #functions
    }
}

/// The import of the runtime. Where there is no engine that of the root fails, with the reason, and the others import what the root has.
/// A runtime that the user names has an engine.
fn prelude(scope: Scope<'_>, options: &Options) -> TokenStream {
    let Options { crate_path, runtime_path, .. } = options;
    let of_root = (scope.module != ModuleId::ROOT).then(|| scope.runtime_of_root());
    match runtime_path {
        None => quote!(#crate_path::__host_runtime!(_rt #of_root);),
        Some(_) => modules::runtime(&quote!(), options),
    }
}

/// The types of a module, among them one that names each resource.
fn definitions(scope: Scope<'_>, module: &Module) -> TokenStream {
    let definitions = module.defs.iter().map(|id| {
        let def = scope.bindings.def(*id);
        match def.kind {
            DefKind::Resource => resource(scope, def),
            DefKind::ResourceAlias(target) => {
                let (name, target) = (&def.name, scope.path(target));
                let attributes = types::attributes(def.docs.as_deref(), def.deprecated.as_deref());
                let allow = scope.allow();
                quote!(#attributes #allow pub type #name = #target;)
            }
            DefKind::Record(_) | DefKind::Variant(_) | DefKind::Enum(_) | DefKind::Flags(_) | DefKind::Alias(_) => {
                types::def(&scope, *id)
            }
        }
    });
    quote!(#(#definitions)*)
}

/// The type that names a resource: one without values, or the one that the user gives.
fn resource(scope: Scope<'_>, def: &Def) -> TokenStream {
    let attributes = types::attributes(def.docs.as_deref(), def.deprecated.as_deref());
    let (name, allow) = (&def.name, scope.allow());
    match &def.remapped {
        None => quote!(#attributes #allow #[derive(Debug)] pub enum #name {}),
        Some(given) => {
            let root = scope.to_root();
            quote!(#attributes #allow pub type #name = #root #given;)
        }
    }
}

/// The descriptions of functions, a static for each.
fn descriptions<'a>(scope: Scope<'a>, direction: Direction, funcs: impl IntoIterator<Item = &'a Func>) -> TokenStream {
    let allow = scope.allow();
    let statics = funcs.into_iter().map(|func| {
        let (name, desc) = (desc_name(direction, func), types::func_desc(&scope, func));
        quote!(#allow static #name: _rt::FuncDesc = #desc;)
    });
    quote!(#(#statics)*)
}

/// The name of the description of a function. The root has those of both directions.
fn desc_name(direction: Direction, func: &Func) -> Ident {
    let prefix = match direction {
        Direction::Import => "FUNC",
        Direction::Export => "EXPORTED_FUNC",
    };
    ident(&format!("{prefix}_{}", func.symbol.to_ascii_uppercase()))
}

/// The type that a function returns to a Rust caller.
fn result(scope: Scope<'_>, func: &Func) -> TokenStream {
    types::output(&scope, func).unwrap_or_else(|| quote!(()))
}

/// The parameters of a function: their names, and their types in a signature.
fn params(scope: Scope<'_>, func: &Func, position: Position) -> (Vec<Ident>, Vec<TokenStream>) {
    func.params
        .iter()
        .map(|param| {
            let ty = match position {
                Position::Owned => &param.owned,
                Position::Given => &param.given,
            };
            (param.name.clone(), scope.ty(ty, Lifetime::Elided))
        })
        .unzip()
}

/// The side on which a parameter's type is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Position {
    /// In the signature of an implementation.
    Owned,
    /// In the signature of a caller.
    Given,
}

/// Statements around a call that tell the crate `tracing` of it: before, and after.
fn tracing(module: Option<&str>, func: &Func, direction: Direction) -> (TokenStream, TokenStream) {
    if !func.flags.tracing {
        return (TokenStream::new(), TokenStream::new());
    }
    let kind = match direction {
        Direction::Import => "wit-bindgen import",
        Direction::Export => "wit-bindgen export",
    };
    let (module, function) = (module.unwrap_or("$root"), &func.extern_name);
    if func.is_future(direction) {
        // A span is entered only between two awaits.
        let before = quote! {
            let span_ = ::tracing::span!(::tracing::Level::TRACE, #kind, module = #module, function = #function);
            span_.in_scope(|| ::tracing::event!(::tracing::Level::TRACE, "call"));
        };
        return (before, quote!(span_.in_scope(|| ::tracing::event!(::tracing::Level::TRACE, "return"));));
    }
    let before = quote! {
        let span_ = ::tracing::span!(::tracing::Level::TRACE, #kind, module = #module, function = #function);
        let _entered_ = span_.enter();
        ::tracing::event!(::tracing::Level::TRACE, "call");
    };
    (before, quote!(::tracing::event!(::tracing::Level::TRACE, "return");))
}
