//! Resolves and type-checks graphs of WIT packages; encodes and decodes them.
//!
//! [`resolve`] is the whole way from text to a checked [`Model`], stage by stage: packages are loaded, names of interfaces
//! and worlds are followed (which leaves out what feature gates close, so that a Model only ever grows), the graphs that
//! this gives are ordered, types and functions are elaborated in that order, worlds are completed, and the whole is checked.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod arena;
pub mod binary;
mod check;
mod elaborate;
mod errors;
mod foreign_types;
mod gates;
mod graph;
pub mod load;
pub mod model;
mod names;
mod options;
mod order;
pub mod print;
mod resolution;
mod select;
mod worlds;

use alloc::vec::Vec;

#[cfg(feature = "std")]
pub use load::Disk;
pub use load::{Files, Input};
pub use model::Model;
pub use options::Options;
pub use resolution::Resolution;
pub use witwright_front::LanguageFeatures;

/// Resolves the packages of some inputs and all that they refer to.
///
/// All mistakes of all files are reported at once; where there are some, the model lacks what they concern.
pub fn resolve(inputs: &[Input], files: &dyn Files, options: &Options) -> Resolution {
    let mut diagnostics = Vec::new();
    let loaded = load::load(inputs, files, options, &mut diagnostics);
    gates::check(&loaded.packages, options, &mut diagnostics);
    let names = names::resolve(&loaded.packages, options, &mut diagnostics);
    let order = order::order(&names, &mut diagnostics);
    let elaborated = elaborate::elaborate(&names, &order, options, &mut diagnostics);
    let elaborate::Elaborated { mut model, main, worlds, error } = elaborated;
    worlds::complete(&mut model, &worlds, error, &mut diagnostics);
    check::check(&model, error, &mut diagnostics);
    Resolution {
        model,
        main,
        sources: loaded.sources,
        diagnostics: resolution::by_place(diagnostics),
        files_read: loaded.files_read,
        directories_read: loaded.directories_read,
    }
}
