//! Loading of packages from inputs (`WIT.md#package-format`, `WIT.md#wit-packages`).
//!
//! An input is a file, a directory with its `deps/`, or a text. `deps/` holds files and directories; each is one
//! package, with packages nested in it. The `deps/` of a dependency is ignored.

mod binary;
mod cache;
mod format;
mod group;

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_front::{Diagnostic, LanguageFeatures, Parsed, SourceMap};

use crate::errors::packages as errors;
#[cfg(feature = "std")]
pub use crate::files::Disk;
use crate::files::Searched;
pub use crate::files::{Entry, FileError, Files, Memory};
use crate::options::Options;
pub use cache::ParseCache;
pub(crate) use group::{PackageSource, Part, package_name, packages};

/// A source of WIT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A file, which is a package; or a directory, whose `*.wit` files are a package and whose `deps/` holds others.
    Path(String),
    /// As [`Input::Path`], but as a dependency: none of its packages is a main one.
    Dependency(String),
    /// A text, which is a package.
    Inline {
        /// Its name in diagnostics, such as `<inline>`.
        name: String,
        /// The text.
        text: String,
    },
}

/// The parsed files.
#[derive(Default)]
pub(crate) struct Read {
    groups: Vec<Group>,
    pub(crate) sources: SourceMap,
    pub(crate) files_read: Vec<String>,
    pub(crate) directories_read: Vec<String>,
    pub(crate) searched: Searched,
}

/// The files of one package and of the packages nested in it.
struct Group {
    files: Vec<File>,
    /// Whether the package is one of the inputs and not a dependency.
    main: bool,
}

struct File {
    parsed: Arc<Parsed>,
    /// Whether it was printed from a package in binary form.
    is_binary: bool,
}

/// Reads and parses everything.
pub(crate) fn read(
    inputs: &[Input],
    files: &dyn Files,
    options: &Options,
    cache: &mut ParseCache,
    diagnostics: &mut Vec<Diagnostic>,
) -> Read {
    let mut loader = Loader { files, options, cache, read: Read::default(), diagnostics };
    for input in inputs {
        match input {
            Input::Path(path) => loader.path(path, true),
            Input::Dependency(path) => loader.path(path, false),
            Input::Inline { name, text } => {
                let file = loader.parse(name, text.clone(), false);
                loader.group(Vec::from([file]), true);
            }
        }
    }
    let Loader { cache, read, .. } = loader;
    cache.keep_only(&read.sources);
    read
}

fn is_wit(entry: &Entry) -> bool {
    !entry.is_directory && extension(&entry.name) == Some("wit")
}

struct Loader<'a> {
    files: &'a dyn Files,
    options: &'a Options,
    cache: &'a mut ParseCache,
    read: Read,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Loader<'_> {
    fn path(&mut self, path: &str, main: bool) {
        match self.list(path) {
            Err(()) => {}
            Ok(None) => {
                self.read.searched.files.push(path.to_string());
                self.file(path, main);
            }
            Ok(Some(entries)) => {
                let has_deps = entries.iter().any(|entry| entry.is_directory && entry.name == "deps");
                // A folder that is searched for dependencies alone need not have a package of its own.
                if main || !has_deps || entries.iter().any(is_wit) {
                    self.directory(path, &entries, main, errors::no_wit_files);
                }
                self.read.searched.deps.push(join(path, "deps"));
                if has_deps {
                    self.deps(&join(path, "deps"));
                }
            }
        }
    }

    fn deps(&mut self, path: &str) {
        let Ok(Some(entries)) = self.list(path) else { return };
        for entry in entries {
            let path = join(path, &entry.name);
            if entry.is_directory {
                if let Ok(Some(entries)) = self.list(&path) {
                    self.directory(&path, &entries, false, errors::no_wit_files_in_dependency);
                }
            } else if matches!(extension(&entry.name), Some("wit" | "wasm" | "wat")) {
                self.file(&path, false);
            }
        }
    }

    /// The `*.wit` files of a directory: one package. `without_wit` is about a directory with none.
    fn directory(&mut self, path: &str, entries: &[Entry], main: bool, without_wit: fn(&str, &[&str]) -> Diagnostic) {
        let names: Vec<&str> = entries.iter().filter(|entry| is_wit(entry)).map(|entry| entry.name.as_str()).collect();
        if names.is_empty() {
            let inside = entries.iter().filter(|entry| entry.is_directory).map(|entry| entry.name.as_str());
            let inside: Vec<&str> = inside.collect();
            self.diagnostics.push(without_wit(path, &inside));
            return;
        }
        let files: Vec<File> = names.iter().filter_map(|name| self.read(&join(path, name))).collect();
        self.group(files, main);
    }

    fn file(&mut self, path: &str, main: bool) {
        if let Some(file) = self.read(path) {
            self.group(Vec::from([file]), main);
        }
    }

    fn group(&mut self, files: Vec<File>, main: bool) {
        self.read.groups.push(Group { files, main });
    }

    fn read(&mut self, path: &str) -> Option<File> {
        let contents = match self.files.read(path) {
            Ok(contents) => contents,
            Err(error) => {
                let meant = self.meant(path);
                self.diagnostics.push(errors::cannot_read(path, error, meant.as_deref()));
                return None;
            }
        };
        self.read.files_read.push(path.to_string());
        if let Some(format) = format::other_format(path, &contents) {
            self.diagnostics.push(errors::other_format(path, format));
            return None;
        }
        let is_binary = binary::is_binary(path, &contents);
        let text = if is_binary {
            binary::text(path, &contents)
        } else {
            String::from_utf8(contents)
                .map_err(|error| errors::not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to()).into())
        };
        match text {
            Ok(text) => Some(self.parse(path, text, is_binary)),
            Err(diagnostic) => {
                self.diagnostics.push(*diagnostic);
                None
            }
        }
    }

    /// The path beside a missing one that may be meant: a directory, or a file of WIT.
    fn meant(&self, path: &str) -> Option<String> {
        let (folder, name) = path.trim_end_matches('/').rsplit_once('/').unwrap_or((".", path));
        let entries = self.files.list(folder).ok().flatten()?;
        let inside = entries.iter().filter(|entry| entry.is_directory || is_wit(entry));
        let meant = errors::meant(name, inside.map(|entry| entry.name.as_str()))?;
        Some(if path.contains('/') { join(folder, meant) } else { meant.to_string() })
    }

    fn parse(&mut self, name: &str, text: String, is_binary: bool) -> File {
        // A binary may use every part of the language.
        let language = if is_binary { LanguageFeatures::active() } else { self.options.language };
        File { parsed: self.cache.parse(&mut self.read.sources, name, text, language), is_binary }
    }

    fn list(&mut self, path: &str) -> Result<Option<Vec<Entry>>, ()> {
        match self.files.list(path) {
            Ok(None) => Ok(None),
            Ok(Some(mut entries)) => {
                self.read.directories_read.push(path.to_string());
                entries.sort();
                Ok(Some(entries))
            }
            Err(error) => {
                self.diagnostics.push(errors::cannot_read(path, error, None));
                Err(())
            }
        }
    }
}

fn join(directory: &str, name: &str) -> String {
    match directory.trim_end_matches('/') {
        "" if directory.is_empty() => name.to_string(),
        directory => format!("{directory}/{name}"),
    }
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension)
}
