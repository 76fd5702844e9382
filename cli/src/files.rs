//! Files of WIT: finding, reading, and replacing them as a whole.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// The path for standard input, or, of an output, for standard output.
const DASH: &str = "-";

/// The name of standard input in messages.
const STDIN_NAME: &str = "<stdin>";

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new(DASH)
}

/// Reads a file, or standard input.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if !is_stdin(path) {
        return fs::read(path).map_err(Failure::read(path));
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(Failure::read(Path::new(STDIN_NAME)))?;
    Ok(bytes)
}

/// Writes a file, or, for the path `-`, standard output.
pub(crate) fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<(), Failure> {
    match path == Path::new(DASH) {
        true => write_stdout(contents),
        false => fs::write(path, contents).map_err(Failure::write(path)),
    }
}

/// Writes to standard output.
pub(crate) fn write_stdout(contents: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut stdout = io::stdout();
    written_to_stdout(stdout.write_all(contents.as_ref()).and_then(|()| stdout.flush()))
}

/// The outcome of writing to standard output. A reader that has gone away ends the output, not the command.
pub(crate) fn written_to_stdout(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::write(Path::new("standard output"))(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The first bytes of every WebAssembly binary.
pub(crate) const MAGIC: &[u8] = b"\0asm";

/// A text and its name in messages.
pub(crate) struct WitText {
    pub(crate) name: String,
    pub(crate) text: String,
}

impl WitText {
    /// Reads a file, or standard input.
    pub(crate) fn read(path: &Path) -> Result<WitText, Failure> {
        WitText::of(path, read(path)?)
    }

    /// The text of a file that was read.
    pub(crate) fn of(path: &Path, bytes: Vec<u8>) -> Result<WitText, Failure> {
        let name = if is_stdin(path) { STDIN_NAME.to_owned() } else { path.display().to_string() };
        if bytes.starts_with(MAGIC) {
            return Err(Failure::NotText(name));
        }
        let utf16 =
            if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") { "; it is UTF-16" } else { "" };
        let text = String::from_utf8(bytes).map_err(|error| {
            let reason = format!("its text is not UTF-8, at byte {}{utf16}", error.utf8_error().valid_up_to());
            Failure::Read(name.clone().into(), io::Error::other(reason), Some("save it as UTF-8".to_owned()))
        })?;
        Ok(WitText { name, text })
    }
}

/// The WIT files of these paths: files themselves, and all `*.wit` files in folders, at any depth.
///
/// Hidden folders, `target`, symbolic links and `deps` inside a folder are left out: `deps` has copies of other packages, which
/// are overwritten when they are fetched again. Each can be named by a path of its own.
pub(crate) fn wit_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            collect(path, &mut files)?;
            if files.len() == before {
                return Err(Failure::NoWit(path.clone()));
            }
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = entries.map_err(Failure::read(folder))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(Failure::read(folder))?;
        let name = entry.file_name();
        // Not `./a.wit`.
        let path = if folder == Path::new(".") { PathBuf::from(&name) } else { entry.path() };
        let is_left_out = name == "deps" || name == "target" || name.as_encoded_bytes().starts_with(b".");
        if kind.is_dir() && !is_left_out {
            collect(&path, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "wit") {
            files.push(path);
        }
    }
    Ok(())
}

/// Replaces the text of a file in one step: a reader finds the old or the new text, even after an interruption.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    write_and_rename(path, text).map_err(Failure::write(path))
}

fn write_and_rename(path: &Path, text: &str) -> io::Result<()> {
    // The target of a link is replaced, not the link.
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    let mut beside = NamedTempFile::new_in(path.parent().unwrap_or(&path))?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    beside.persist(&path)?;
    Ok(())
}
