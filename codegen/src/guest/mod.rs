//! Bindings for guests, in the shape of `wit_bindgen::generate!`: functions and types for imports; for exports, traits to
//! implement and a macro that exports an implementation.
//!
//! The code does not depend on the target that the bindings are compiled for; the macros of the runtime do
//! (`witwright/src/rt`).

mod ends;
mod exports;
mod imports;
mod mocks;
mod resources;
mod section;
mod stubs;

use proc_macro2::TokenStream;
use quote::quote;
use witwright_abi_runtime::flatten::CoreSignature;
use witwright_abi_runtime::layout::FlatType;

use crate::ir::{Bindings, DefId, DefKind, Direction, Func, FuncKind, Module, ModuleId, Output, Param, ident};
use crate::modules;
use crate::options::Options;
use crate::types::{self, Lifetime, Scope};

/// The encoding of a world for the linker: the payload of its `component-type` section.
#[derive(Debug)]
pub(crate) struct ComponentTypes {
    /// The whole world.
    pub(crate) world: Vec<u8>,
    /// The world without its exports, for a library whose exports another crate may or may not use.
    pub(crate) imports: Vec<u8>,
}

/// The bindings of a world.
pub(crate) fn bindings(bindings: &Bindings, encoded: &ComponentTypes, options: &Options) -> TokenStream {
    let interfaces = [Direction::Import, Direction::Export].into_iter().flat_map(|direction| {
        bindings.interfaces(direction).map(move |(id, module)| (module, interface(bindings, options, id, module)))
    });
    let interfaces = modules::nest(interfaces);
    let scope = Scope { bindings, module: ModuleId::ROOT };
    let root = bindings.module(ModuleId::ROOT);
    let prelude = prelude(scope, options, root);
    let remapped = &bindings.remapped;
    let (of_modules, given) = (types::of_modules(scope), types::given(scope));
    let (shapes, checks) = (types::shapes(scope), types::checks(scope));
    let definitions = definitions(scope, root);
    let funcs = imports::funcs(scope, root);
    let mocks = mocks::of_world(scope);
    let exports = exports::of_world(scope, options);
    let ends = ends::of_world(scope);
    let export_macro = exports::export_macro(scope, encoded, options);
    let stubs = modules::in_root(bindings, stubs::of_world(scope, options));
    let section = section::of_world(bindings, encoded, options);
    let items = quote!(#prelude #(#remapped)* #of_modules #given #shapes #checks #definitions #funcs #exports #ends);
    let runtime = runtime_of_users(bindings, options);
    let (items, mocks) = (modules::in_root(bindings, items), modules::in_root(bindings, mocks));
    quote! {
        #runtime
        #items
        #interfaces
        #mocks
        #export_macro
        #stubs
        #section
    }
}

/// The module of an interface.
fn interface(bindings: &Bindings, options: &Options, id: ModuleId, module: &Module) -> TokenStream {
    let scope = Scope { bindings, module: id };
    let prelude = prelude(scope, options, module);
    let definitions = definitions(scope, module);
    let functions = match module.direction {
        Direction::Import => {
            let (funcs, mocks) = (imports::funcs(scope, module), mocks::of_interface(scope, module));
            let mark = types::marked();
            quote!(#funcs #mocks #mark)
        }
        Direction::Export => exports::of_interface(scope, module, options),
    };
    quote! {
        #prelude
        #definitions
        #functions
    }
}

/// The head of a module: the name of the runtime and, if code of the world may be linked, the item that also links its
/// `component-type` section.
fn prelude(scope: Scope<'_>, options: &Options, module: &Module) -> TokenStream {
    let runtime = modules::runtime(&quote!(), options);
    let is_resource = |id: &DefId| matches!(scope.bindings.def(*id).kind, DefKind::Resource);
    let links = options.link_section && (!module.funcs.is_empty() || module.defs.iter().any(is_resource));
    let link = if links { section::link(scope) } else { TokenStream::new() };
    quote!(#runtime #link)
}

/// The name `_rt` of the runtime at the root, as `wit_bindgen` has it. Programs write `_rt::String`, which editors insert. Several
/// sets of bindings in one module lead to the same runtime.
fn runtime_of_users(bindings: &Bindings, options: &Options) -> TokenStream {
    let module = ident(&format!("__rt_of_{}", bindings.suffix));
    let runtime = modules::runtime(&quote!(pub(super)), options);
    quote! {
        #[doc(hidden)]
        mod #module {
            #runtime
        }
        #[allow(unused_imports)]
        use #module::*;
    }
}

/// The types of a module.
fn definitions(scope: Scope<'_>, module: &Module) -> TokenStream {
    let definitions = module.defs.iter().map(|id| {
        let def = scope.bindings.def(*id);
        match def.kind {
            DefKind::Resource | DefKind::ResourceAlias(_) if !def.printed => TokenStream::new(),
            DefKind::Resource => resources::resource(scope, module, *id),
            DefKind::ResourceAlias(target) => resources::alias(scope, def, target),
            DefKind::Record(_) | DefKind::Variant(_) | DefKind::Enum(_) | DefKind::Flags(_) | DefKind::Alias(_) => {
                types::def(&scope, *id)
            }
        }
    });
    quote!(#(#definitions)*)
}

/// `async`, for a function that is so in Rust.
fn asyncness(func: &Func) -> TokenStream {
    if func.is_async { quote!(async) } else { TokenStream::new() }
}

/// The return type in the signature of a function, with its arrow.
fn return_type(scope: Scope<'_>, func: &Func) -> TokenStream {
    match &func.result {
        Output::Unit => TokenStream::new(),
        Output::Value(ty) => {
            let ty = scope.ty(ty, Lifetime::Elided);
            quote!(-> #ty)
        }
        Output::This => quote!(-> Self),
        Output::FallibleThis(err) => {
            let err = scope.or_unit(err.as_ref(), Lifetime::Elided);
            quote!(-> ::core::result::Result<Self, #err>)
        }
    }
}

/// The name of a parameter whose value is lifted.
fn pattern(scope: Scope<'_>, param: &Param) -> TokenStream {
    let name = &param.name;
    let by_shape = scope.shape(&param.owned, Lifetime::Elided).is_some();
    if by_shape { quote!(_rt::By(_, #name)) } else { quote!(#name) }
}

/// The result of a core function in Rust.
fn core_result(signature: &CoreSignature) -> TokenStream {
    signature.result().map_or_else(|| quote!(()), core_type)
}

fn core_type(ty: FlatType) -> TokenStream {
    let name = ident(match ty {
        FlatType::I32 => "i32",
        FlatType::I64 => "i64",
        FlatType::F32 => "f32",
        FlatType::F64 => "f64",
    });
    quote!(#name)
}

/// The trait that implements an exported resource.
fn guest_trait(scope: Scope<'_>, kind: FuncKind) -> Option<proc_macro2::Ident> {
    let (_, resource) = scope.bindings.resource(kind.resource()?);
    Some(resource.derived.guest.clone())
}
