//! The grammar of `WIT.md`: one function per production, named after it, one file per area.
//!
//! Every function consumes what it can and reports the rest; what it returns is as complete as the text allows, so that
//! a mistake in one item does not make its name unknown to others. `None` if the tree gets no node; a diagnostic
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
