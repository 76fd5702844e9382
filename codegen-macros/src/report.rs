//! Code that reports to the compiler: errors with the lines of WIT that they point to, and the files that were read.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use witwright_codegen::{INLINE, Response};
use witwright_front::Diagnostic;
use witwright_resolver::Disk;

/// A `compile_error!` for each error. Those in inline WIT point at the literal, the others at the macro; all state file,
/// line, column and source line of the WIT.
pub(crate) fn errors(response: &Response, inline: Option<Span>) -> TokenStream {
    let errors = response.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).map(|diagnostic| {
        let text = response.render(diagnostic);
        // The compiler writes `error: ` itself.
        let text = text.strip_prefix("error").unwrap_or(&text).trim_end();
        let span = match inline {
            Some(span) if is_inline(response, diagnostic) => span,
            Some(_) | None => Span::call_site(),
        };
        quote_spanned!(span=> ::core::compile_error!(#text);)
    });
    quote!(#(#errors)*)
}

fn is_inline(response: &Response, diagnostic: &Diagnostic) -> bool {
    diagnostic.primary().is_some_and(|span| response.sources.file(span.file).name == INLINE)
}

/// Items that make the compiler expand the macro again when a file changes.
pub(crate) fn tracked(response: &Response) -> TokenStream {
    let paths = response.files_read.iter().map(|path| Disk.absolute(path).to_string_lossy().into_owned());
    quote!(#(const _: &[::core::primitive::u8] = ::core::include_bytes!(#paths);)*)
}
