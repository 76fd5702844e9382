//! Resolves and type-checks graphs of WIT packages; encodes and decodes them.
//!
//! [`resolve`] is the whole way from text to a checked [`Model`], stage by stage: packages are loaded, names of interfaces
//! and worlds are followed (which leaves out what feature gates close, so that a Model only ever grows), the graphs that
//! this gives are ordered, types and functions are elaborated in that order, worlds are completed, and the whole is checked
//! and linted.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod arena;
pub mod binary;
mod check;
#[cfg(feature = "decode")]
pub mod compose;
mod elaborate;
mod equality;
mod errors;
mod files;
mod gate_rules;
mod gates;
mod graph;
#[cfg(feature = "json")]
pub mod json;
pub mod lints;
pub mod load;
pub mod merge;
pub mod model;
mod names;
mod options;
mod order;
pub mod print;
mod resolution;
mod select;
mod target_versions;
pub mod targets;
mod versions;
mod worlds;

use alloc::vec::Vec;

use witwright_front::Diagnostic;

pub use equality::Difference;
#[cfg(feature = "std")]
pub use files::Disk;
pub use files::Files;
pub use load::{Input, ParseCache};
pub use model::Model;
pub use options::{Options, TargetVersion, TargetVersionError};
pub use resolution::Resolution;
pub use witwright_front::LanguageFeatures;
pub use worlds::{TurnError, VersionsError};

/// Resolves the packages of some inputs and all that they refer to.
///
/// All mistakes of all files are reported at once; where there are some, the model lacks what they concern.
pub fn resolve(inputs: &[Input], files: &dyn Files, options: &Options) -> Resolution {
    resolve_cached(inputs, files, options, &mut ParseCache::default())
}

/// [`resolve`], for those who resolve again and again: of texts that are in `cache` only those that have changed are parsed.
///
/// A language server keeps one cache for each set of inputs and gives its open documents through [`Files`]:
/// ```
/// use witwright_resolver::load::Memory;
/// use witwright_resolver::{Input, Options, ParseCache, resolve_cached};
///
/// let mut files = Memory::default();
/// files.add("wit/a.wit", "package acme:text; interface a { type id = u32; }");
/// files.add("wit/b.wit", "interface b { use a.{id}; get: func() -> id }");
/// let inputs = [Input::Path("wit".to_owned())];
/// let mut cache = ParseCache::default();
///
/// let broken = resolve_cached(&inputs, &files, &Options::default(), &mut cache);
/// let place = broken.diagnostics[0].primary().expect("a missing `;` is missing somewhere");
/// // There is a tree all the same, and every token.
/// let parsed = cache.parsed(place.file).expect("the file has been read");
/// assert_eq!(parsed.tree.items.len(), 1);
/// assert_eq!(cache.parse_count(), 2);
///
/// files.add("wit/b.wit", "interface b { use a.{id}; get: func() -> id; }");
/// let mended = resolve_cached(&inputs, &files, &Options::default(), &mut cache);
/// assert!(!mended.has_errors());
/// assert_eq!(cache.parse_count(), 3);
/// ```
pub fn resolve_cached(inputs: &[Input], files: &dyn Files, options: &Options, cache: &mut ParseCache) -> Resolution {
    let mut diagnostics = Vec::new();
    let read = load::read(inputs, files, options, cache, &mut diagnostics);
    let mut packages = load::packages(&read, &mut diagnostics);
    target_versions::apply(&mut packages, options, &mut diagnostics);
    gate_rules::check(&packages, options, &mut diagnostics);
    let names = names::resolve(&packages, &read.searched, options, &mut diagnostics);
    let order = elaborate::order(&names, &mut diagnostics);
    let elaborated = elaborate::elaborate(&names, &order, options, &mut diagnostics);
    let elaborate::Elaborated { mut model, main, worlds, error } = elaborated;
    worlds::complete(&mut model, &worlds, error, &mut diagnostics);
    check::check(&model, error, &mut diagnostics);
    if !diagnostics.iter().any(Diagnostic::is_error) {
        lints::check(&packages, &model, &worlds, &options.lints, &mut diagnostics);
    }
    let load::Read { sources, files_read, directories_read, .. } = read;
    let diagnostics = resolution::by_place(diagnostics);
    Resolution { model, main, sources, diagnostics, files_read, directories_read }
}
