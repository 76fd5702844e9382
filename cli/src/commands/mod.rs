//! The commands; each has a file.

pub(crate) mod bindgen;
pub(crate) mod check;
pub(crate) mod componentize;
pub(crate) mod compose;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod new;
pub(crate) mod precompile;
pub(crate) mod run;
pub(crate) mod serve;
pub(crate) mod targets;
pub(crate) mod wast;
pub(crate) mod wit;
