//! Error contexts natively: a table of the thread.

pub(super) use crate::native::error_contexts::{debug_message, drop, new};
