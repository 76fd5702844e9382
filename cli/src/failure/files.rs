//! Files that could not be read or written: the reason, and what to do.

use core::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use witwright_front::similar::closest;

pub(super) fn not_read(f: &mut fmt::Formatter<'_>, path: &Path, error: &io::Error, help: Option<&str>) -> fmt::Result {
    write!(f, "cannot read {}: {}", path.display(), reason(error))?;
    help.map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
}

pub(super) fn not_written(f: &mut fmt::Formatter<'_>, path: &Path, error: &io::Error) -> fmt::Result {
    write!(f, "cannot write {}: ", path.display())?;
    if error.kind() == ErrorKind::NotFound {
        write!(f, "its folder does not exist")
    } else if error.kind() == ErrorKind::IsADirectory {
        write!(f, "it is a folder\n  help: name a file in it")
    } else {
        f.write_str(&reason(error))
    }
}

/// A directory that a component is to be given could not be opened. The error names it too.
pub(super) fn not_granted(f: &mut fmt::Formatter<'_>, path: &Path, error: &io::Error) -> fmt::Result {
    let reason = if error.kind() == ErrorKind::NotADirectory {
        "it is a file, not a folder".to_owned()
    } else if [ErrorKind::NotFound, ErrorKind::PermissionDenied].contains(&error.kind()) {
        reason(error)
    } else {
        return write!(f, "{error}");
    };
    write!(f, "cannot open the directory {}: {reason}", path.display())
}

/// The reason without the number of the operating system, if we have words for it.
fn reason(error: &io::Error) -> String {
    let known = [
        (ErrorKind::NotFound, "no such file or directory"),
        (ErrorKind::IsADirectory, "it is a folder"),
        (ErrorKind::NotADirectory, "a part of its path is a file, not a folder"),
        (ErrorKind::PermissionDenied, "permission denied"),
        (ErrorKind::StorageFull, "no space is left on the device"),
    ];
    let known = known.into_iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| error.to_string(), |(_, reason)| reason.to_owned())
}

/// Help for a file that cannot be read: the one that may be meant.
pub(super) fn help(path: &Path, error: &io::Error) -> Option<String> {
    if error.kind() == ErrorKind::NotFound {
        match meant(path) {
            Some(meant) => Some(format!("did you mean `{}`?", meant.display())),
            None => path.extension().is_some_and(|extension| extension == "wasm").then(|| BUILD.to_owned()),
        }
    } else if error.kind() == ErrorKind::IsADirectory {
        Some("name a file in it".to_owned())
    } else {
        None
    }
}

/// Help for a component that does not exist.
const BUILD: &str =
    "`cargo build --target wasm32-wasip2` builds a component of a crate, into `target/wasm32-wasip2/debug`";

/// The path beside a missing one that may be meant: of the same name with an extension that a command reads, or of the nearest name.
fn meant(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut names = names(folder.unwrap_or(Path::new(".")));
    names.sort();
    let name = path.file_name()?.to_str()?;
    let with_extension = |other: &&String| matches!(other.strip_prefix(name), Some(".wasm" | ".wast" | ".wit"));
    let same = names.iter().find(with_extension).map(String::as_str);
    // The extension alone makes no name similar.
    let is_similar = |other: &&str| closest(stem(name), [stem(other)]).is_some() || stem(name) == stem(other);
    let found = same.or_else(|| closest(name, names.iter().map(String::as_str).filter(is_similar)))?;
    Some(folder.map_or_else(|| PathBuf::from(found), |folder| folder.join(found)))
}

/// The name of a file without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}
