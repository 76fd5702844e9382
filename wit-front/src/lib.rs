//! The WIT front end of Witwright: lexer, parser, diagnostics, formatter.
//!
//! Text goes in; tokens, a syntax tree and diagnostics come out. This crate knows no files and no packages.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod ast;
pub mod diagnostic;
pub mod source;
pub mod span;

pub use diagnostic::{Code, Diagnostic, Severity};
pub use source::SourceMap;
pub use span::{FileId, Span};
