//! Text → tokens → tree, with the mistakes of each step.

use alloc::vec::Vec;

use crate::ast::WitFile;
use crate::collector::Collector;
use crate::delimiters::Delimiters;
use crate::diagnostic::Diagnostic;
use crate::features::LanguageFeatures;
use crate::grammar;
use crate::lexer::Token;
use crate::parser::{Input, Parser};
use crate::span::FileId;
use crate::tokenize;

/// The result of [`parse`].
#[must_use]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Parsed {
    /// The tree; complete if no diagnostic is an error.
    pub tree: WitFile,
    /// Every token with whitespace and comments: their texts, joined, are the text.
    pub tokens: Vec<Token>,
    /// The mistakes, in the order of the text: at most [`MAX_DIAGNOSTICS`](crate::MAX_DIAGNOSTICS), and one more that
    /// gives the number of the others.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a file (`WIT.md`). Never fails: unreadable parts are reported and left out of the tree.
pub fn parse(file: FileId, text: &str, features: &LanguageFeatures) -> Parsed {
    let (tokens, mut diagnostics) = tokenize::collect(file, text);
    let (tree, mistakes) = tree(file, text, &tokens, *features);
    diagnostics.append(mistakes);
    Parsed { tree, tokens, diagnostics: diagnostics.finish() }
}

/// Reads the braces as written. If they do not pair up, reads the text again with the braces that the indentation suggests, and
/// keeps the reading with fewer mistakes.
fn tree(file: FileId, text: &str, tokens: &[Token], features: LanguageFeatures) -> (WitFile, Collector) {
    let as_written = Delimiters::default();
    let mut parser = Parser::new(Input { file, text, tokens, delimiters: &as_written }, features);
    let tree = grammar::wit_file(&mut parser);
    let (mut diagnostics, warnings, braces_suspect) = parser.finish();
    if !braces_suspect {
        diagnostics.append(warnings);
        return (tree, diagnostics);
    }
    let (by_indentation, strays) = Delimiters::by_indentation(file, text, tokens);
    let mut parser = Parser::new(Input { file, text, tokens, delimiters: &by_indentation }, features);
    let second_tree = grammar::wit_file(&mut parser);
    let (mut second, second_warnings, _) = parser.finish();
    second.append(strays);
    if second.len() < diagnostics.len() {
        second.append(second_warnings);
        return (second_tree, second);
    }
    diagnostics.append(warnings);
    (tree, diagnostics)
}
