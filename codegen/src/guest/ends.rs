//! The types of streams and futures of a world: their built-ins, and the functions that make them, `wit_stream::new` and
//! `wit_future::new`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::ir::{Bindings, End, EndKind, Func, ident};
use crate::types::{Lifetime, Scope};

/// The items of the root.
pub(super) fn of_world(scope: Scope<'_>) -> TokenStream {
    let ends = &scope.bindings.ends;
    if ends.is_empty() {
        return TokenStream::new();
    }
    let (module, table) = (module_name(scope.bindings), table_name(scope.bindings));
    let modules = [EndKind::Stream, EndKind::Future].map(|kind| constructor(scope, kind));
    let built_ins = ends.iter().map(|end| built_ins(scope, end));
    let entries = ends.iter().map(|end| {
        let element = scope.element(end.element.as_ref(), Lifetime::Elided);
        let (path, reader) = match end.kind {
            EndKind::Stream => (quote!(#module::wit_stream::StreamPayload), quote!(_rt::StreamReader<#element>)),
            EndKind::Future => (quote!(#module::wit_future::FuturePayload), quote!(_rt::FutureReader<#element>)),
        };
        quote!(_rt::EndEntry::of::<#reader>(<#element as #path>::VTABLE.built_ins()))
    });
    let count = ends.len();
    let allow = scope.allow();
    quote! {
        // A glob, because another set of bindings in this module may have modules of these names.
        #[doc(hidden)]
        #allow
        pub mod #module {
            #(#modules)*
        }
        #[allow(unused_imports)]
        pub use #module::*;
        #[doc(hidden)]
        #[allow(deprecated)]
        pub static #table: [_rt::EndEntry; #count] = [#(#entries),*];
        #(#built_ins)*
    }
}

/// The table of the types of ends that a function may lift, for the macros of the runtime; empty if it lifts none.
pub(super) fn argument(scope: Scope<'_>, func: &Func) -> TokenStream {
    if !func.has_ends {
        return TokenStream::new();
    }
    let (root, table) = (scope.to_root(), table_name(scope.bindings));
    quote!(ends (#root #table),)
}

fn module_name(bindings: &Bindings) -> Ident {
    ident(&format!("__ends_{}", bindings.suffix))
}

fn table_name(bindings: &Bindings) -> Ident {
    ident(&format!("__ENDS_{}", bindings.suffix.to_ascii_uppercase()))
}

/// The module with the function that makes streams or futures, for those types of which the world has some.
fn constructor(scope: Scope<'_>, kind: EndKind) -> TokenStream {
    if !scope.bindings.ends.iter().any(|end| end.kind == kind) {
        return TokenStream::new();
    }
    let (what, name, payload, vtable) = match kind {
        EndKind::Stream => ("stream", ident("wit_stream"), ident("StreamPayload"), ident("StreamVtable")),
        EndKind::Future => ("future", ident("wit_future"), ident("FuturePayload"), ident("FutureVtable")),
    };
    let message = format!("no function of the world `{}` has a `{what}` of `{{Self}}`", scope.bindings.world_id);
    let label = format!("a `{what}` of this type cannot be made here");
    let module_docs = format!(" Makes the {what}s that functions of the world have.");
    let trait_docs = format!(" A type of which functions of the world have {what}s.");
    let root = [ident("super"), ident("super")];
    let new = match kind {
        EndKind::Stream => quote! {
            /// Makes a stream.
            pub fn new<T: #payload>() -> (_rt::StreamWriter<T>, _rt::StreamReader<T>) {
                // SAFETY: the built-ins are those of streams of this type.
                unsafe { _rt::stream_new(T::VTABLE) }
            }
        },
        EndKind::Future => quote! {
            /// Makes a future. If no value is written to it, that of `default` is, when the writer is dropped.
            pub fn new<T: #payload>(default: fn() -> T) -> (_rt::FutureWriter<T>, _rt::FutureReader<T>) {
                // SAFETY: the built-ins are those of futures of this type.
                unsafe { _rt::future_new(default, T::VTABLE) }
            }
        },
    };
    quote! {
        #[doc = #module_docs]
        pub mod #name {
            use #(#root::)*_rt;

            #[doc = #trait_docs]
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            pub trait #payload: ::core::marker::Sized + 'static {
                #[doc(hidden)]
                const VTABLE: &'static _rt::#vtable<Self>;
            }

            #new
        }
    }
}

/// The built-ins of a type, and the impl by which `wit_stream` or `wit_future` makes streams or futures of it.
fn built_ins(scope: Scope<'_>, end: &End) -> TokenStream {
    let element = scope.element(end.element.as_ref(), Lifetime::Elided);
    let shape = scope.element_shape(end.element.as_ref(), Lifetime::Elided);
    let shape = shape.map(|shape| quote!(, #shape));
    let (root, table) = (module_name(scope.bindings), table_name(scope.bindings));
    let (module, func, index) = (&end.module, &end.func, end.index);
    let (what, kind, path) = match end.kind {
        EndKind::Stream => ("stream", ident("stream"), quote!(#root::wit_stream::StreamPayload)),
        EndKind::Future => ("future", ident("future"), quote!(#root::wit_future::FuturePayload)),
    };
    let [new, cancel_read, cancel_write, drop_readable, drop_writable] =
        ["new", "cancel-read", "cancel-write", "drop-readable", "drop-writable"]
            .map(|name| format!("[{what}-{name}-{index}]{func}"));
    let [read, write] = ["read", "write"].map(|name| format!("[async-lower][{what}-{name}-{index}]{func}"));
    scope.nameless(quote! {
        _rt::end! {
            #kind (#element #shape) as (#path), ends (#table),
            #module #new #read #write #cancel_read #cancel_write #drop_readable #drop_writable
        }
    })
}
