//! The guests are examples, so that each is a component of its own.
