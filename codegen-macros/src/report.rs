//! Code that reports to the compiler: errors with the lines of WIT that they point to, and the files that were read.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use witwright_codegen::{INLINE, Options, Response, Target};
use witwright_front::{Diagnostic, Subject};
use witwright_resolver::Disk;
use witwright_resolver::codes::{E0301, E0303, E0307, E0608};

use crate::options::{Asked, Given, Output};

/// A `compile_error!` for each error. It points at the option that the mistake comes from, if there is one, else at the macro;
/// all state file, line, column and source line of the WIT.
pub(crate) fn errors(asked: &Asked, response: &Response) -> Vec<TokenStream> {
    let error = |diagnostic: &Diagnostic| {
        let text = response.render(&with_help(asked, response, diagnostic));
        // The compiler writes `error: ` itself.
        let text = text.strip_prefix("error").unwrap_or(&text).trim_end();
        let span = place(asked, response, diagnostic).unwrap_or_else(Span::call_site);
        quote_spanned!(span=> ::core::compile_error!(#text);)
    };
    response.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).map(error).collect()
}

/// Items in place of bindings that were not generated, so that the compiler does not miss the macro that exports an
/// implementation as well.
pub(crate) fn in_place_of(output: Output, options: &Options) -> TokenStream {
    if output != Output::Bindings(Target::Guest) {
        return TokenStream::new();
    }
    let name = options.export_macro();
    quote! {
        #[allow(unused_macros)]
        macro_rules! __export_of_bindings_with_errors {
            ($($ignored:tt)*) => {};
        }
        #[allow(unused_imports)]
        pub(crate) use __export_of_bindings_with_errors as #name;
    }
}

/// Modules in place of those of bindings that were not generated. With one of the errors in it, which the compiler shows once, the
/// module of an interface is not missed, nor is any of its items.
pub(crate) fn modules(paths: &[Vec<Ident>], error: &TokenStream) -> TokenStream {
    let mut inner: BTreeMap<&Ident, Vec<Vec<Ident>>> = BTreeMap::new();
    for (name, rest) in paths.iter().filter_map(|path| path.split_first()) {
        inner.entry(name).or_default().push(rest.to_vec());
    }
    let modules = inner.into_iter().map(|(name, paths)| {
        let inner = modules(&paths, error);
        let error = paths.iter().any(Vec::is_empty).then_some(error);
        quote!(#[allow(unused)] pub mod #name { #error #inner })
    });
    quote!(#(#modules)*)
}

/// The option that a mistake comes from.
fn place(asked: &Asked, response: &Response, diagnostic: &Diagnostic) -> Option<Span> {
    let places = &asked.places;
    match diagnostic.primary() {
        Some(span) if is_inline(asked, response, span) => places.inline,
        Some(_) => places.path,
        None => match diagnostic.code {
            E0608 => places.world,
            E0301 | E0303 => places.path,
            // Of a key that is given twice, the second is too many.
            _ => places.keys.iter().rfind(|given| is_about(diagnostic, given)).map(|given| given.span),
        },
    }
}

/// Whether a diagnostic is about this key of an option.
fn is_about(diagnostic: &Diagnostic, given: &Given) -> bool {
    matches!(&diagnostic.subject, Some(Subject::Key { option, key, .. }) if *option == given.option && *key == given.text)
}

/// A mistake, with what to do about a path, and the way in which lines of a string are counted.
fn with_help(asked: &Asked, response: &Response, diagnostic: &Diagnostic) -> Diagnostic {
    let places = &asked.places;
    let is_inline = |span| is_inline(asked, response, span);
    let labels = || diagnostic.labels.iter().map(|label| is_inline(label.span));
    let diagnostic = diagnostic.clone();
    match diagnostic.code {
        E0307 if labels().any(|inline| inline) && labels().any(|inline| !inline) => {
            let path = if places.path.is_some() { "`path`" } else { "the folder `wit` beside `Cargo.toml`" };
            diagnostic.help(format!("{path} is read as well as `inline`, for its packages"))
        }
        _ if asked.request.inline_name == INLINE && diagnostic.primary().is_some_and(is_inline) => diagnostic
            .note("lines and columns are counted in the string; those of a raw string in the option itself, `r#\"..\"#`, are the file's"),
        _ => diagnostic,
    }
}

/// Whether a place is in WIT that is given as text.
fn is_inline(asked: &Asked, response: &Response, span: witwright_front::Span) -> bool {
    response.sources.file(span.file).name == asked.request.inline_name
}

/// Items that make the compiler expand the macro again when a file changes.
pub(crate) fn tracked(response: &Response) -> TokenStream {
    let paths = response.files_read.iter().map(|path| Disk.absolute(path).to_string_lossy().into_owned());
    quote!(#(const _: &[::core::primitive::u8] = ::core::include_bytes!(#paths);)*)
}
