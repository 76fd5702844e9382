//! What a guest may do in a directory that it is given.

/// What a guest may do in a directory that it is given, and everywhere below.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FsPerms {
    /// It may list directories and read files.
    ReadOnly,
    /// It may also write files, and create, rename and remove entries.
    ReadWrite,
}
