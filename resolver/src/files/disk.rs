//! Files of the operating system.

use alloc::vec::Vec;
use std::fs;
use std::io;

use super::{Entry, FileError, Files};

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

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

/// Symbolic links count as what they point to.
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
