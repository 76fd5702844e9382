//! The procedural macros of Witwright; use the crate `witwright`.
//!
//! Each reads its options (`options`, `inline`), generates code (`witwright_codegen::Request`) and reports mistakes (`report`).

mod dependency;
mod inline;
mod options;
mod report;
mod syntax;
mod text;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use witwright_codegen::{TableOptions, Target};
use witwright_front::LanguageFeatures;

use crate::options::{Asked, Form, Output};

/// Generates bindings for a guest as the contents of a module. The options are `key = value`: `path`, `world`, `inline`, `features`,
/// `with` and the others of `generate!`; interfaces of other packages are generated too.
///
/// `crate = path` is the path of the crate `witwright`. The name of a renamed dependency is found; editors need the option.
#[proc_macro_attribute]
pub fn guest(options: proc_macro::TokenStream, module: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let form = Form {
        output: Output::Bindings(Target::Guest),
        crate_path: dependency::path(),
        generate_all: true,
        language: LanguageFeatures::default(),
    };
    let bindings = expand(Asked::parse(options.into(), form));
    match syn::parse::<Module>(module) {
        Ok(module) => fill(&module, &bindings).into(),
        Err(error) => error.to_compile_error().into(),
    }
}

/// Makes a Rust type stand for a type of WIT, in the option `with`: a struct for a record, an enum for a variant or an
/// enum, with the names in WIT in kebab case.
///
/// `#[witwright(crate = path)]`, or `crate = "path"`, is the path of the crate `witwright`. The name of a renamed dependency is
/// found; editors need the attribute.
#[proc_macro_derive(WitType, attributes(witwright))]
pub fn wit_type(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let derived = syn::parse::<syn::DeriveInput>(input).and_then(|input| {
        let mut crate_path = dependency::path();
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("witwright")) {
            attribute.parse_nested_meta(|meta| {
                if !meta.path.is_ident("crate") {
                    return Err(meta.error("only `crate = path` is known here"));
                }
                let value = meta.value()?;
                let path = if value.peek(syn::LitStr) {
                    value.parse::<syn::LitStr>()?.parse()?
                } else {
                    syn::Path::parse_mod_style(value)?
                };
                crate_path = quote!(#path);
                Ok(())
            })?;
        }
        witwright_codegen::derive(&input, &quote!(#crate_path::__rt))
    });
    derived.unwrap_or_else(|error| error.to_compile_error()).into()
}

/// The body of `witwright::generate!`: the path of the crate `witwright`, `;`, the options.
#[doc(hidden)]
#[proc_macro]
pub fn generate(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    function_like(input, Output::Bindings(Target::Guest))
}

/// The body of `witwright::host!`: the path of the crate `witwright`, `;`, the options.
#[doc(hidden)]
#[proc_macro]
pub fn host(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    function_like(input, Output::Bindings(Target::Host))
}

/// The body of `witwright::tables!`: the path of the crate `witwright`, `;`, the options.
#[doc(hidden)]
#[proc_macro]
pub fn tables(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    function_like(input, Output::Tables)
}

fn function_like(input: proc_macro::TokenStream, output: Output) -> proc_macro::TokenStream {
    let expanded = syn::parse::<Invocation>(input).map(|Invocation { crate_path, options }| {
        let generate_all = output != Output::Bindings(Target::Guest);
        // As the macros do that this one replaces.
        let language = LanguageFeatures::active();
        let form = Form { output, crate_path, generate_all, language };
        expand(Asked::parse(options, form))
    });
    expanded.unwrap_or_else(|error| error.to_compile_error()).into()
}

/// `crate_path ; options`
struct Invocation {
    crate_path: TokenStream,
    options: TokenStream,
}

impl Parse for Invocation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut crate_path = TokenStream::new();
        while !input.peek(syn::Token![;]) {
            crate_path.extend([input.parse::<proc_macro2::TokenTree>()?]);
        }
        input.parse::<syn::Token![;]>()?;
        Ok(Invocation { crate_path, options: input.parse()? })
    }
}

fn expand(mut asked: Asked) -> TokenStream {
    if let Some(string) = asked.places.inline {
        inline::locate(&mut asked.request, string);
    }
    let response = match asked.output {
        Output::Bindings(_) => asked.request.run(),
        Output::Tables => {
            let mut options = TableOptions::default();
            let crate_path = &asked.request.options.crate_path;
            (options.world_path, options.docs) = (quote!(#crate_path::world), asked.docs);
            asked.request.tables(&options)
        }
    };
    let tracked = report::tracked(&response);
    let errors = match (asked.errors.take(), &response.code) {
        (Some(errors), _) => errors.into_iter().map(|error| error.to_compile_error()).collect(),
        (None, Some(code)) => return quote!(#code #tracked),
        (None, None) => report::errors(&asked, &response),
    };
    let instead = report::in_place_of(asked.output, &asked.request.options);
    let modules = match (asked.output, errors.first()) {
        (Output::Bindings(_), Some(error)) => report::modules(&response.modules, error),
        (Output::Bindings(_), None) | (Output::Tables, _) => TokenStream::new(),
    };
    quote!(#(#errors)* #instead #modules #tracked)
}

/// The module that has the attribute.
struct Module {
    attributes: Vec<syn::Attribute>,
    visibility: syn::Visibility,
    name: syn::Ident,
    items: TokenStream,
}

impl Parse for Module {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(syn::Attribute::parse_outer)?;
        let visibility = input.parse()?;
        if !input.peek(syn::Token![mod]) {
            return Err(input.error("the attribute fills a module with bindings: write it before `mod bindings {}`"));
        }
        input.parse::<syn::Token![mod]>()?;
        let name = input.parse()?;
        if let Some(end) = input.parse::<Option<syn::Token![;]>>()? {
            let message = "the module has a file, which an attribute cannot fill: write `mod bindings {}` here, or remove the \
                           attribute and call `witwright::generate!` in the file";
            let items = syn::Error::new(end.span, message).to_compile_error();
            return Ok(Module { attributes, visibility, name, items });
        }
        let content;
        syn::braced!(content in input);
        Ok(Module { attributes, visibility, name, items: content.parse()? })
    }
}

/// The module with the bindings in it.
fn fill(module: &Module, bindings: &TokenStream) -> TokenStream {
    let Module { attributes, visibility, name, items } = module;
    quote! {
        #(#attributes)*
        #visibility mod #name {
            #items
            #bindings
        }
    }
}
