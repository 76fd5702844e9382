//! The formatter: one style for all WIT (`docs/wit-style.md`), and every comment where it was.
//!
//! The tree says how tokens belong together, but what is printed are the tokens: each one once, in their order, with its
//! comments. So nothing can be lost or moved, whatever the tree says. Three things change: the whitespace between
//! tokens, the comma behind a list's last element, and the `;` that tools reject behind `with { … }`.
//!
//! `items` and `types` know the style of each production, `printer` the comments, `layout` the width of the page.

mod comments;
mod items;
mod layout;
mod printer;
mod types;

use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::features::LanguageFeatures;
use crate::parse::parse;
use crate::span::FileId;

use self::printer::Printer;

/// How wide a line may become before a list in it is broken, in characters.
pub const MAX_WIDTH: usize = 100;

/// The text in the style of `docs/wit-style.md`. Formatting what this gives changes nothing.
///
/// Lines end as the first line of `text` does, in `\n` or `\r\n`; a byte order mark is dropped. Every gated part of the
/// language is taken.
///
/// # Errors
/// A text with mistakes has no format: they are given instead, with all that [`parse`] says.
pub fn format(file: FileId, text: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse(file, text, &LanguageFeatures::active());
    if parsed.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(parsed.diagnostics);
    }
    let mut printer = Printer::new(text, &parsed.tokens);
    printer.wit_file(&parsed.tree);
    Ok(printer.finish())
}
