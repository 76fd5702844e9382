//! The permissions of a guest in a directory that it is given.

/// The permissions of a guest in a directory that it is given, and in everything below.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FsPerms {
    /// It may list directories and read files.
    ReadOnly,
    /// It may also write files, and create, rename and remove entries.
    ReadWrite,
}
