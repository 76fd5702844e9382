//! The formatter: one style for all WIT (`docs/wit-style.md`); every comment keeps its place.
//!
//! The tree shows how tokens belong together, but the tokens are printed: each one once, in their order, with its
//! comments. So no token can be lost or moved, whatever the tree is. Only three things change: the whitespace between
//! tokens, the comma after a list's last element, and the `;` that other tools reject after `with { … }`.
//!
//! `items` and `types` know the style of each production, `printer` and `comments` the tokens and comments, `layout` the
//! width of the page.

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

/// The greatest width of a line before a list in it is broken, in characters.
pub const MAX_WIDTH: usize = 100;

/// The text in the style of `docs/wit-style.md`. Formatting the result again does not change it.
///
/// Lines end as the first line of `text` does, with `\n` or `\r\n`; a byte order mark is dropped. Every gated part of the
/// language is accepted.
///
/// # Errors
/// All diagnostics of [`parse`], if one is an error: a text with mistakes is not formatted.
pub fn format(file: FileId, text: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse(file, text, &LanguageFeatures::active());
    if parsed.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(parsed.diagnostics);
    }
    let mut printer = Printer::new(text, &parsed.tokens);
    printer.wit_file(&parsed.tree);
    Ok(printer.finish())
}
