//! Resolves and type-checks graphs of WIT packages; encodes and decodes them.
