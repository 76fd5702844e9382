//! The WIT front end of Witwright: lexer, parser, diagnostics, formatter.
//!
//! Text goes in; tokens, a syntax tree and diagnostics come out. This crate knows no files and no packages.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;
pub mod ast;
#[expect(clippy::wildcard_enum_match_arm, reason = "a parser asks for a few kinds of tokens among many")]
mod delimiters;
pub mod diagnostic;
mod docs;
mod errors;
pub mod features;
pub mod fmt;
#[expect(clippy::wildcard_enum_match_arm, reason = "a parser asks for a few kinds of tokens among many")]
mod grammar;
mod json;
pub mod lexer;
mod parse;
mod parser;
#[expect(clippy::wildcard_enum_match_arm, reason = "a parser asks for a few kinds of tokens among many")]
mod recovery;
pub mod render;
pub mod similar;
pub mod source;
pub mod span;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use features::{LanguageFeature, LanguageFeatures};
pub use lexer::{Token, TokenKind};
pub use parse::{MAX_TEXT_BYTES, Parsed, parse};
pub use source::SourceMap;
pub use span::{FileId, Span};
