//! Exports of a guest: traits to implement, the functions of core exports, and the macros that export an implementation.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use witwright_abi_runtime::flatten::{Convention, CoreSignature};

use super::{ComponentTypes, asyncness, core_result, core_type, ends, guest_trait, return_type, section};
use crate::ir::{
    Bindings, DefId, DefKind, Direction, Func, FuncKind, Module, ModuleId, Output, Param, RustType, ident, snake_text,
};
use crate::options::Options;
use crate::types::{self, Lifetime, Scope};

/// The traits of an exported interface, and the items that export an implementation.
pub(super) fn of_interface(scope: Scope<'_>, module: &Module, options: &Options) -> TokenStream {
    let resources: Vec<DefId> = resources(scope, module).collect();
    if !has_guest(scope, module) {
        return TokenStream::new();
    }
    let traits = guest_traits(scope, &module.funcs, &resources);
    let functions = module.funcs.iter().map(|func| function(scope, func));
    let cabi = cabi_macro(scope, &module.funcs, &resources, options);
    quote! {
        #traits
        #(#functions)*
        #cabi
    }
}

/// The same for the functions that the world itself exports.
pub(super) fn of_world(scope: Scope<'_>, options: &Options) -> TokenStream {
    let funcs = &scope.bindings.exports;
    if funcs.is_empty() {
        return TokenStream::new();
    }
    let traits = guest_traits(scope, funcs, &[]);
    let functions = funcs.iter().map(|func| function(scope, func));
    let cabi = cabi_macro(scope, funcs, &[], options);
    quote! {
        #traits
        #(#functions)*
        #cabi
    }
}

/// Whether an exported interface has anything to implement.
pub(super) fn has_guest(scope: Scope<'_>, module: &Module) -> bool {
    !module.funcs.is_empty() || resources(scope, module).next().is_some()
}

/// The resources that an exported interface defines.
pub(super) fn resources<'a>(scope: Scope<'a>, module: &'a Module) -> impl Iterator<Item = DefId> + 'a {
    module.defs.iter().copied().filter(move |id| matches!(scope.bindings.def(*id).kind, DefKind::Resource))
}

/// `Guest`, and a trait for each resource.
fn guest_traits(scope: Scope<'_>, funcs: &[Func], resources: &[DefId]) -> TokenStream {
    let free = funcs.iter().filter(|func| func.kind == FuncKind::Free).map(|func| {
        let head = declaration(scope, func);
        quote!(#head;)
    });
    let types = resources.iter().map(|id| {
        let def = scope.bindings.def(*id);
        let (name, bound) = (&def.derived.associated, &def.derived.guest);
        let docs = format!(" The type of the values of the resource `{}`.", def.wit_name);
        quote!(#[doc = #docs] type #name: #bound;)
    });
    let of_resources = resources.iter().map(|id| {
        let def = scope.bindings.def(*id);
        let name = &def.derived.guest;
        let funcs = funcs.iter().filter(|func| func.kind.resource() == Some(*id));
        let allow_async = allow_async(funcs.clone());
        let funcs = funcs.map(|func| {
            let head = declaration(scope, func);
            quote!(#head;)
        });
        let docs = format!(" The implementation of the resource `{}`.", def.wit_name);
        let resource = &def.name;
        quote! {
            #[doc = #docs]
            #allow_async
            pub trait #name: _rt::Resource {
                _rt::resource_functions!(#resource);
                #(#funcs)*
            }
        }
    });
    let name = scope.bindings.module(scope.module).extern_name.as_deref();
    let docs = match name {
        Some(name) => format!(" The implementation of the interface `{name}`."),
        None => format!(" The implementation of the functions of the world `{}`.", scope.bindings.world_id),
    };
    let (allow, allow_async) = (scope.allow(), allow_async(funcs.iter()));
    quote! {
        #[doc = #docs]
        #allow
        #allow_async
        pub trait Guest {
            #(#types)*
            #(#free)*
        }
        #(#of_resources)*
    }
}

/// The attribute that lets a trait have `async` functions.
fn allow_async<'a>(mut funcs: impl Iterator<Item = &'a Func>) -> TokenStream {
    if funcs.any(|func| func.is_async) { quote!(#[allow(async_fn_in_trait)]) } else { TokenStream::new() }
}

/// The head of a function in a trait, with its documentation.
fn declaration(scope: Scope<'_>, func: &Func) -> TokenStream {
    let attributes = types::attributes(func.docs.as_deref(), func.deprecated.as_deref());
    let head = head(scope, func);
    quote!(#attributes #head)
}

/// The head of a function in a trait or an implementation.
pub(super) fn head(scope: Scope<'_>, func: &Func) -> TokenStream {
    let name = &func.name;
    let is_method = matches!(func.kind, FuncKind::Method(_));
    let params = func.params.iter().enumerate().map(|(i, param)| {
        if i == 0 && is_method {
            return quote!(&self);
        }
        let (name, ty) = (&param.name, scope.ty(&param.owned, Lifetime::Elided));
        quote!(#name: #ty)
    });
    let result = return_type(scope, func);
    let asyncness = asyncness(func);
    quote!(#asyncness fn #name(#(#params),*) #result)
}

/// The function that a core export calls, generic over the implementation.
fn function(scope: Scope<'_>, func: &Func) -> TokenStream {
    let guest = guest_trait(scope, func.kind).unwrap_or_else(|| ident("Guest"));
    if func.is_concurrent() {
        return concurrent_function(scope, func, &guest);
    }
    let name = cabi_name(func);
    let signature = func.abi.signature(Convention::Lift);
    let (core, core_result) = (core_params(&signature), core_result(&signature));
    let ends = ends::argument(scope, func);
    let result = types::output(&scope, func).unwrap_or_else(|| quote!(()));
    let result = match types::output_shape(&scope, func) {
        Some(shape) => quote!(_rt::By<#shape, #result>),
        None => result,
    };
    let held = if func.params.iter().any(|param| lends_import(scope, param)) { quote!(_held) } else { quote!() };
    let body = body(scope, func);
    let form = if func.post_return {
        let post = post_name(func);
        quote!([#held] kept #result, post #post)
    } else {
        let words = Literal::u32_unsuffixed(func.abi.area_words(Convention::Lift));
        quote!([#held] plain #result, words #words)
    };
    quote! {
        _rt::export! {
            fn #name<_T: #guest>(#(#core),*) -> #core_result,
            #ends #form, #body
        }
    }
}

/// The same for a function that is lifted with a callback.
fn concurrent_function(scope: Scope<'_>, func: &Func, guest: &Ident) -> TokenStream {
    let (name, callback) = (cabi_name(func), callback_name(func));
    let core = core_params(&func.abi.signature(Convention::LiftCallback));
    let (ends, body) = (ends::argument(scope, func), body(scope, func));
    let module = scope.bindings.module(scope.module).extern_name.as_deref().unwrap_or("$root");
    let (module, task_return) = (format!("[export]{module}"), format!("[task-return]{}", func.extern_name));
    let returned = CoreSignature::task_return(&func.abi.result);
    let slots = (0..returned.params().len()).map(Literal::usize_unsuffixed);
    let returned = returned.params().iter().map(|ty| core_type(*ty));
    quote! {
        _rt::export_async! {
            fn #name<_T: #guest>(#(#core),*), callback #callback,
            #ends returns #module #task_return (#(#slots: #returned),*), #body
        }
    }
}

/// The closure that calls the implementation.
fn body(scope: Scope<'_>, func: &Func) -> TokenStream {
    let names: Vec<&Ident> = func.params.iter().map(|param| &param.name).collect();
    // A future keeps its parameters.
    let lifetime = if func.is_concurrent() { Lifetime::Static } else { Lifetime::Elided };
    let tys = func.params.iter().map(|param| scope.transferred(&param.owned, lifetime));
    let patterns = func.params.iter().map(|param| super::pattern(scope, param));
    let name = &func.name;
    let call = match func.kind {
        FuncKind::Method(_) => {
            let (this, rest) = names.split_first().unwrap_or_else(|| unreachable!("a method has a `self`"));
            quote!(_T::#name(#this.get::<_T>(), #(#rest),*))
        }
        FuncKind::Free | FuncKind::Static(_) | FuncKind::Constructor(_) => quote!(_T::#name(#(#names),*)),
    };
    let call = match (func.is_async, func.async_) {
        (false, _) => call,
        (true, true) => quote!(#call.await),
        // A sync-typed export must not wait in the host, so its future is run to its end here.
        (true, false) => quote!(_rt::block_on(#call)),
    };
    let this = || func.kind.resource().map(|id| scope.path(id));
    let call = match &func.result {
        Output::Unit | Output::Value(_) => call,
        Output::This => {
            let this = this();
            quote!(#this::new(#call))
        }
        Output::FallibleThis(_) => {
            let this = this();
            quote!(#call.map(#this::new))
        }
    };
    let call = match types::output_shape(&scope, func) {
        Some(shape) => quote!(_rt::By::<#shape, _>::new(#call)),
        None => call,
    };
    if func.is_concurrent() {
        return quote!(|(#(#patterns,)*): (#(#tys,)*)| async move { #call });
    }
    quote!(|(#(#patterns,)*): (#(#tys,)*)| #call)
}

/// Whether a parameter holds borrowed handles of imported resources: they must be dropped before the export returns.
fn lends_import(scope: Scope<'_>, param: &Param) -> bool {
    fn lends(scope: Scope<'_>, ty: &RustType) -> bool {
        if let RustType::Borrow(id) = ty {
            return scope.defining_direction(*id) == Direction::Import;
        }
        if let RustType::Def(id) = ty {
            return scope.bindings.def(*id).lifetime;
        }
        ty.parts().into_iter().any(|part| lends(scope, part))
    }
    lends(scope, &param.owned)
}

fn cabi_name(func: &Func) -> Ident {
    ident(&format!("_export_{}_cabi", func.symbol))
}

fn callback_name(func: &Func) -> Ident {
    ident(&format!("_callback_{}", func.symbol))
}

fn post_name(func: &Func) -> Ident {
    ident(&format!("_post_return_{}", func.symbol))
}

/// `arg0: i32`, …
fn core_params(signature: &CoreSignature) -> Vec<TokenStream> {
    let param = |(i, ty): (usize, &_)| {
        let (name, ty) = (ident(&format!("arg{i}")), core_type(*ty));
        quote!(#name: #ty)
    };
    signature.params().iter().enumerate().map(param).collect()
}

/// The macro that defines the core exports of one implementation.
fn cabi_macro(scope: Scope<'_>, funcs: &[Func], resources: &[DefId], options: &Options) -> TokenStream {
    let module = scope.bindings.module(scope.module);
    let interface = module.extern_name.as_deref();
    let prefix = options.export_prefix.as_deref().unwrap_or_default();
    let core_exports = funcs.iter().map(|func| core_export(scope, interface, func, prefix));
    let destructors = resources.iter().map(|id| {
        let def = scope.bindings.def(*id);
        let export_name = format!("{prefix}{}#[dtor]{}", interface.unwrap_or_default(), def.wit_name);
        let (name, associated) = (&def.name, &def.derived.associated);
        quote! {
            const _: () = {
                #[unsafe(export_name = #export_name)]
                unsafe extern "C" fn dtor(rep: *mut u8) {
                    unsafe { $($path_to_types)*::#name::dtor::<<$ty as $($path_to_types)*::Guest>::#associated>(rep) }
                }
            };
        }
    });
    let ExportMacro { marker, attribute, name, visibility } = ExportMacro::new(scope, &module.export_macro, options);
    // The root of the bindings may be that of the crate, where the macro is already.
    let alias = interface.map(|_| {
        let alias = &module.export_macro;
        quote! {
            #[doc(hidden)]
            #[allow(unused_imports)]
            #visibility use #name as #alias;
        }
    });
    quote! {
        #marker
        #[doc(hidden)]
        #[allow(unused_macros)]
        #attribute
        macro_rules! #name {
            ($ty:ident with_types_in $($path_to_types:tt)*) => {
                #[cfg(target_arch = "wasm32")]
                #[allow(deprecated)]
                const _: () = {
                    #(#core_exports)*
                    #(#destructors)*
                };
                #[cfg(not(target_arch = "wasm32"))]
                #[allow(deprecated)]
                const _: fn() = || {
                    fn implements<T: $($path_to_types)*::Guest>() {}
                    implements::<$ty>();
                };
            };
        }
        #alias
    }
}

fn core_export(scope: Scope<'_>, interface: Option<&str>, func: &Func, prefix: &str) -> TokenStream {
    let implementation = match func.kind.resource() {
        None => quote!($ty),
        Some(id) => {
            let (_, resource) = scope.bindings.resource(id);
            let name = &resource.derived.associated;
            quote!(<$ty as $($path_to_types)*::Guest>::#name)
        }
    };
    let (export_name, post_export_name) = core_names(interface, func, prefix);
    let (name, cabi) = (ident(&format!("export_{}", func.symbol)), cabi_name(func));
    let convention = if func.is_concurrent() { Convention::LiftCallback } else { Convention::Lift };
    let signature = func.abi.signature(convention);
    let core = core_params(&signature);
    let args = (0..signature.params().len()).map(|i| ident(&format!("arg{i}")));
    let result = signature.result().map(core_type).map(|ty| quote!(-> #ty));
    let callback = func.is_concurrent().then(|| {
        let (name, callback) = (ident(&format!("callback_{}", func.symbol)), callback_name(func));
        let export_name = format!("{prefix}[callback]{}", export_name.strip_prefix(prefix).unwrap_or(&export_name));
        quote! {
            #[unsafe(export_name = #export_name)]
            unsafe extern "C" fn #name(event: i32, index: i32, payload: i32) -> i32 {
                unsafe { $($path_to_types)*::#callback(event, index, payload) }
            }
        }
    });
    let post_return = (func.post_return && !func.is_concurrent()).then(|| {
        let (name, post) = (ident(&format!("post_return_{}", func.symbol)), post_name(func));
        quote! {
            #[unsafe(export_name = #post_export_name)]
            unsafe extern "C" fn #name(arg0: i32) {
                unsafe { $($path_to_types)*::#post::<#implementation>(arg0) }
            }
        }
    });
    quote! {
        #[unsafe(export_name = #export_name)]
        unsafe extern "C" fn #name(#(#core),*) #result {
            unsafe { $($path_to_types)*::#cabi::<#implementation>(#(#args),*) }
        }
        #post_return
        #callback
    }
}

/// The core names of a function and of its `post-return`, as wit-component reads them.
///
/// A core name is a symbol for the linker as well. `memory` is that of the memory, and `free` or `write` are functions of the
/// C library, which the guest's own would collide with or replace. So functions of the world itself have the standard
/// names, which begin with `cm32p2`; those of an interface begin with its name, and no symbol of C does.
fn core_names(interface: Option<&str>, func: &Func, prefix: &str) -> (String, String) {
    let name = &func.extern_name;
    if func.is_concurrent() {
        let interface = interface.map(|interface| format!("{interface}#")).unwrap_or_default();
        return (format!("{prefix}[async-lift]{interface}{name}"), String::new());
    }
    match interface {
        Some(interface) => (format!("{prefix}{interface}#{name}"), format!("{prefix}cabi_post_{interface}#{name}")),
        None => (format!("{prefix}cm32p2||{name}"), format!("{prefix}cm32p2||{name}_post")),
    }
}

/// The macro that exports an implementation of the whole world.
pub(super) fn export_macro(scope: Scope<'_>, encoded: &ComponentTypes, options: &Options) -> TokenStream {
    let (bindings, name) = (scope.bindings, options.export_macro());
    // The compiler names it where the macro is used outside of the bindings' module.
    let here = ident(&format!("bindings_of_{}__or_write_with_types_in_and_their_path", bindings.suffix));
    let known_world = &bindings.module(ModuleId::ROOT).export_macro;
    let world = (!bindings.exports.is_empty()).then(|| ExportMacro::new(scope, known_world, options).name);
    let all = ident(&format!("__export_macros_{}", bindings.suffix));
    let (exports, aliases): (Vec<_>, Vec<_>) = exports_of_parts(scope, world.as_ref()).unzip();
    // An interface of types alone has nothing to implement; the macro exists all the same.
    if bindings.exports.is_empty() && bindings.interfaces(Direction::Export).next().is_none() {
        return TokenStream::new();
    }
    let of_path = export_of_path(&here);
    let default = options.default_bindings_module.clone().unwrap_or_else(|| quote!(self));
    let section =
        if options.pub_export_macro { section::in_export_macro(bindings, encoded, options) } else { quote!() };
    let docs = export_docs(bindings, &name);
    let known = ident(&format!("__export_{}_impl", snake_text(&bindings.world)));
    let ExportMacro { marker, attribute, name: inner, visibility } = ExportMacro::new(scope, &known, options);
    let world = world.map(|name| quote!(#name as #known_world,));
    quote! {
        #marker
        #[doc = #docs]
        #[allow(unused_macros)]
        #attribute
        macro_rules! #inner {
            ($($ty:ident)::+) => {
                #default::#here!($($ty)::+ with_types_in #default);
            };
            (::$($ty:ident)::+) => {
                #default::#here!(::$($ty)::+ with_types_in #default);
            };
            ($ty:ident with_types_in $($path_to_types_root:tt)*) => {
                #(#exports)*
                #section
            };
            #of_path
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #inner as #here;
        #[doc(inline)]
        #[allow(unused_imports)]
        #visibility use #inner as #name;
        #(
            #[doc(hidden)]
            #[allow(unused_imports, deprecated)]
            #visibility use #aliases;
        )*
        #[doc(hidden)]
        #visibility mod #all {
            #[allow(unused_imports)]
            #visibility use {#world #inner as #known};
        }
        // The names in it give way to those of the crate's root.
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #all::*;
    }
}

/// The calls of the macros of the world and of its interfaces, and what each is an alias of in the module of the bindings.
///
/// The names are of macros alone, and no other bindings have them. Where a glob import leads to the bindings, the compiler finds
/// a macro while it expands others, but a module only afterwards.
fn exports_of_parts(scope: Scope<'_>, world: Option<&Ident>) -> impl Iterator<Item = (TokenStream, TokenStream)> {
    let bindings = scope.bindings;
    let interfaces = bindings.interfaces(Direction::Export).filter(move |(_, module)| has_guest(scope, module));
    let of_world = world.map(|name| (quote!(#name), quote!())).into_iter();
    let of_interfaces = interfaces
        .map(|(_, Module { path, export_macro: name, .. })| (quote!(self::#(#path::)*#name), quote!(::#(#path)::*)));
    of_world.chain(of_interfaces).enumerate().map(|(i, (name, path))| {
        let alias = ident(&format!("__export_{}_{i}", bindings.suffix));
        let path_to_types = quote!($($path_to_types_root)*);
        (quote!(#path_to_types::#alias!($ty with_types_in #path_to_types #path);), quote!(#name as #alias))
    })
}

/// The documentation of the macro.
fn export_docs(bindings: &Bindings, name: &Ident) -> String {
    format!(
        " Exports a type, by its name or its path, as the implementation of the world `{}`: `{name}!(Type)` where the bindings \
         are, or `{name}!(Type with_types_in path::to::bindings)`.",
        bindings.world_id
    )
}

/// The rule of the macro for the path of a type. The macros within it take a name, as those of wit_bindgen do.
fn export_of_path(here: &Ident) -> TokenStream {
    let rules = [quote!($($ty:ident)::+), quote!(::$($ty:ident)::+)];
    let paths = [quote!($($ty)::+), quote!(::$($ty)::+)];
    quote! {#(
        (#rules with_types_in $($path_to_types_root:tt)*) => {
            const _: () = {
                use #paths as __Exported;
                $($path_to_types_root)*::#here!(__Exported with_types_in $($path_to_types_root)*);
            };
        };
    )*}
}

/// The definition of a macro that programs name as wit_bindgen does: by its name in the modules below and after the bindings, in
/// the order of the text, and by a path.
struct ExportMacro {
    /// An item whose name is an instruction for a user with two such macros at the root of one crate: the compiler prints it.
    marker: TokenStream,
    attribute: TokenStream,
    name: Ident,
    visibility: TokenStream,
}

impl ExportMacro {
    /// The macro that has this name in wit_bindgen. If it is public, it is also at the root of the crate: under the same name, or
    /// under one that no other bindings have if the user names one.
    fn new(scope: Scope<'_>, known: &Ident, options: &Options) -> ExportMacro {
        if !options.pub_export_macro {
            let (marker, attribute) = Default::default();
            return ExportMacro { marker, attribute, name: known.clone(), visibility: quote!(pub(crate)) };
        }
        let name = match &options.export_macro_name {
            Some(own) => ident(&format!("{known}__{}__{own}", scope.bindings.suffix)),
            None => known.clone(),
        };
        let marker =
            ident(&format!("{name}_is_in_this_crate_twice__write_an_export_macro_name_for_one_of_the_bindings"));
        let marker = quote! {
            #[doc(hidden)]
            #[macro_export]
            macro_rules! #marker {
                () => {};
            }
        };
        ExportMacro { marker, attribute: quote!(#[macro_export]), name, visibility: quote!(pub) }
    }
}
