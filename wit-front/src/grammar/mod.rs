//! The grammar of `WIT.md`: one function per production, named after it, one file per area.
//!
//! Every function consumes the tokens that it can read, and reports the others. It returns as much as the text allows, so that
//! a mistake in one item does not make its name unknown to others. `None` stands for no node, and a diagnostic
//! says why.

mod attributes;
mod fields;
mod file;
mod first;
mod foreign;
mod functions;
mod interface;
mod lists;
mod names;
mod paths;
mod resource;
mod skip;
mod typedefs;
mod types;
mod use_;
mod world;

pub(crate) use self::file::wit_file;
