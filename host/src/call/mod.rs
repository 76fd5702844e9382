//! Calls: host → guest, guest → host, guest → guest (`CanonicalABI.md#canon-lift`, `#canon-lower`).

pub(crate) mod between;
pub(crate) mod context;
pub(crate) mod dynamic;
pub(crate) mod export;
pub(crate) mod import;
mod passage;
mod place;
pub(crate) mod resource;
pub(crate) mod staging;
pub(crate) mod task;
