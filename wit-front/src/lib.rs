//! The WIT front end of Witwright: lexer, parser, diagnostics, formatter.
//!
//! Text goes in; tokens, a syntax tree and diagnostics come out. Files and packages are not its subject.
//!
//! [`parse()`] returns all three for any text, also for one with mistakes. Every name in the tree has its place, definitions and
//! references alike:
//! ```
//! use witwright_front::ast::{InterfaceMember, Item, TyKind};
//! use witwright_front::{FileId, LanguageFeatures, parse};
//!
//! let text = "interface shop { type price = u32; buy: func(of: price) -> resul }";
//! let parsed = parse(FileId(0), text, &LanguageFeatures::default());
//!
//! // A `;` is missing: one mistake, at its place, and a complete tree.
//! let place = parsed.diagnostics[0].primary().expect("mistakes of the parser have places");
//! assert_eq!(&text[..place.start as usize], "interface shop { type price = u32; buy: func(of: price) -> resul");
//! let Item::Interface(shop) = &parsed.tree.items[0] else { panic!("it is an interface") };
//! let InterfaceMember::Func(buy) = &shop.items[1] else { panic!("it is a function") };
//! let TyKind::Name(price) = &buy.func.params[0].ty.kind else { panic!("it is a name") };
//! assert_eq!(&text[price.span.start as usize..price.span.end as usize], "price");
//!
//! // No byte is lost.
//! let tokens = parsed.tokens.iter().map(|token| &text[token.start as usize..token.end as usize]);
//! assert_eq!(tokens.collect::<String>(), text);
//! ```
//! Trees and tokens are plain values, `Send` and `Sync`. A caller that keeps them parses only changed files, as
//! `resolve_cached` of the crate `witwright-resolver` does with its `ParseCache`.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;
pub mod ast;
mod collector;
#[expect(clippy::wildcard_enum_match_arm, reason = "a parser asks for a few kinds of tokens among many")]
mod delimiters;
pub mod diagnostic;
mod docs;
mod errors;
pub mod features;
pub mod fix;
pub mod fmt;
pub mod foreign_types;
#[expect(clippy::wildcard_enum_match_arm, reason = "a parser asks for a few kinds of tokens among many")]
mod grammar;
pub mod json;
pub mod lexer;
mod name;
mod parse;
mod parser;
mod recovery;
pub mod render;
pub mod similar;
pub mod source;
pub mod span;
mod tokenize;

/// Codes that later stages look for among the diagnostics of a text.
pub mod codes {
    pub use crate::errors::lexical::E0106;
    pub use crate::errors::syntax::{E0206, W0204};
}

pub use collector::{MAX_DIAGNOSTICS, bounded};
pub use diagnostic::{Code, Diagnostic, Severity, Subject};
pub use features::{LanguageFeature, LanguageFeatures};
pub use lexer::{Token, TokenKind};
pub use parse::{Parsed, parse};
pub use source::SourceMap;
pub use span::{FileId, Span};
pub use tokenize::{MAX_TEXT_BYTES, tokenize};
