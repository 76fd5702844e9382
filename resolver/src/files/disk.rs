//! Files of the operating system.

use alloc::string::String;
use alloc::vec::Vec;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use super::{Entry, FileError, Files};

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Disk {
    /// Whether a file or directory has this path.
    #[must_use]
    pub fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    /// A path as messages show it: relative to the current directory, if it is below that.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        let current = env::current_dir().unwrap_or_default();
        let shown = path.strip_prefix(&current).unwrap_or(path);
        let shown = if shown.as_os_str().is_empty() { Path::new(".") } else { shown };
        shown.to_string_lossy().into_owned()
    }

    /// A path that is valid in every directory: the reverse of [`Disk::shown`].
    #[must_use]
    pub fn absolute(&self, path: &str) -> PathBuf {
        env::current_dir().unwrap_or_default().join(path)
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        fs::read(path).map_err(|error| reason(&error))
    }

    fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, FileError> {
        match fs::read_dir(path) {
            Ok(entries) => entries.map(entry).collect::<Result<Vec<Entry>, FileError>>().map(Some),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::NotFound) => Ok(None),
            Err(error) => Err(reason(&error)),
        }
    }
}

/// An entry of a directory. A symbolic link counts as the file or directory that it points to.
fn entry(entry: io::Result<fs::DirEntry>) -> Result<Entry, FileError> {
    let entry = entry.map_err(|error| reason(&error))?;
    let name = entry.file_name().into_string().map_err(|_| FileError::NotUnicode)?;
    let file_type = entry.file_type().map_err(|error| reason(&error))?;
    let is_directory = if file_type.is_symlink() {
        fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir())
    } else {
        file_type.is_dir()
    };
    Ok(Entry { name, is_directory })
}

fn reason(error: &io::Error) -> FileError {
    if error.kind() == io::ErrorKind::NotFound {
        FileError::NotFound
    } else if error.kind() == io::ErrorKind::PermissionDenied {
        FileError::Forbidden
    } else {
        FileError::Unreadable
    }
}
