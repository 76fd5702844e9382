//! The source of files: a trait, so that macros, tests and editors can supply them.

#[cfg(feature = "std")]
mod disk;

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

#[cfg(feature = "std")]
pub use disk::Disk;

/// A tree of files. Paths are joined with `/`.
pub trait Files {
    /// The contents of a file.
    ///
    /// # Errors
    /// If the file does not exist or cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The entries of a directory; `None` if the path is not a directory.
    ///
    /// # Errors
    /// If the path is a directory that cannot be read.
    fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, FileError>;
}

/// The places where packages were searched.
#[derive(Default, Debug)]
pub(crate) struct Searched {
    /// The `deps` of each directory that was read, whether it exists or not.
    pub(crate) deps: Vec<String>,
    /// Files that were read alone.
    pub(crate) files: Vec<String>,
}

/// A file or directory in a directory.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Entry {
    /// Its name, without the path of the directory.
    pub name: String,
    /// Whether it is a directory.
    pub is_directory: bool,
}

/// The reason why a file could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum FileError {
    /// No file or directory has this path.
    NotFound,
    /// The user may not read it.
    Forbidden,
    /// The name of the file, or a name in the directory, is not Unicode.
    NotUnicode,
    /// The system reported another error.
    Unreadable,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FileError::NotFound => "no such file or directory",
            FileError::Forbidden => "reading it is not permitted",
            FileError::NotUnicode => "its name is not Unicode",
            FileError::Unreadable => "the system could not read it",
        })
    }
}

impl core::error::Error for FileError {}

/// Files in memory, by path.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// Adds a file; it replaces a file of the same path.
    pub fn add(&mut self, path: impl Into<String>, contents: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), contents.into());
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.files.get(path).cloned().ok_or(FileError::NotFound)
    }

    fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, FileError> {
        let prefix = if path.is_empty() || path.ends_with('/') { path.to_owned() } else { path.to_string() + "/" };
        let below = self.files.keys().filter_map(|file| file.strip_prefix(prefix.as_str()));
        let entries: BTreeSet<Entry> = below
            .map(|rest| match rest.split_once('/') {
                Some((directory, _)) => Entry { name: directory.to_owned(), is_directory: true },
                None => Entry { name: rest.to_owned(), is_directory: false },
            })
            .collect();
        Ok((!entries.is_empty()).then(|| entries.into_iter().collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_files_and_directories() {
        let mut files = Memory::default();
        files.add("wit/a.wit", "");
        files.add("wit/deps/b.wit", "");
        let entry = |name: &str, is_directory| Entry { name: name.to_owned(), is_directory };
        assert_eq!(files.list("wit"), Ok(Some(alloc::vec![entry("a.wit", false), entry("deps", true)])));
        assert_eq!(files.list("wit/a.wit"), Ok(None));
        assert_eq!(files.read("wit/c.wit"), Err(FileError::NotFound));
    }
}
