//! Resolves and type-checks graphs of WIT packages; encodes and decodes them.
//!
//! [`resolve`] makes a checked [`Model`] from texts, in stages: it loads packages, resolves the names of interfaces and worlds,
//! orders packages and items, elaborates types and functions in that order, completes worlds, and checks and lints the result.
//! Items that feature gates disable are left out when names are resolved, so a Model only ever grows.
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
pub mod layouts;
pub mod lints;
pub mod load;
pub mod merge;
mod misspelt;
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

/// Codes that other crates look for, with the names that `docs/diagnostics.md` has for them.
pub mod codes {
    pub use crate::errors::gates::W0501;
    pub use crate::errors::packages::{E0301, E0303, E0307};
    pub use crate::errors::worlds::E0608;
}

use alloc::vec::Vec;

use witwright_front::Diagnostic;

pub use equality::Difference;
pub use errors::worlds::with_way_to_name;
#[cfg(feature = "std")]
pub use files::Disk;
pub use files::Files;
pub use gate_rules::unknown_features;
pub use load::{Input, ParseCache};
pub use model::Model;
pub use options::{Options, TargetVersion, TargetVersionError};
pub use resolution::Resolution;
pub use witwright_front::LanguageFeatures;
pub use worlds::{TurnError, VersionsError};

/// Resolves the packages of some inputs and all packages that they refer to.
///
/// All mistakes of all files are reported at once. If there are any, the Model lacks the definitions that have them.
pub fn resolve(inputs: &[Input], files: &dyn Files, options: &Options) -> Resolution {
    resolve_cached(inputs, files, options, &mut ParseCache::default())
}

/// [`resolve`] with a cache of parsed texts, for repeated use: only texts that have changed are parsed again.
///
/// A language server keeps one cache for each set of inputs and supplies its open documents through [`Files`]:
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
/// // The tree and all tokens exist nevertheless.
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
    let features = gate_rules::check(&packages, options, &mut diagnostics);
    let misspelt = misspelt::Misspelt::of(&diagnostics, &read.sources);
    let names = names::resolve(&packages, &read.searched, options, &misspelt, &mut diagnostics);
    let order = elaborate::order(&names, &mut diagnostics);
    let elaborated = elaborate::elaborate(&names, &order, options, &misspelt, &mut diagnostics);
    let elaborate::Elaborated { mut model, main, worlds, error } = elaborated;
    worlds::complete(&mut model, &worlds, error, &mut diagnostics);
    check::check(&model, error, &misspelt, &mut diagnostics);
    if !diagnostics.iter().any(Diagnostic::is_error) {
        lints::check(&packages, &model, &worlds, &options.lints, &mut diagnostics);
        diagnostics.extend(unknown_features(&features, &options.features));
    }
    let load::Read { sources, files_read, directories_read, .. } = read;
    let diagnostics = resolution::by_place(diagnostics, &misspelt);
    Resolution { model, main, features, sources, diagnostics, files_read, directories_read }
}
