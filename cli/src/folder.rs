//! A package as a folder: its own file, and one for each other package in `deps`. What is written can be read again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use witwright_resolver::model::{Model, PackageId};
use witwright_resolver::print;

use crate::failure::Failure;

/// The folder of the other packages.
const DEPS: &str = "deps";

/// Bytes of a file's name without `.wit`; file systems allow 255 with it.
const MAX_STEM_BYTES: usize = 200;

/// Writes a package into a folder, and all others of its Model into the `deps` there.
///
/// # Errors
/// A file cannot be written, or a WIT file of another package is in the folder: it would be read as a part of the package.
pub(crate) fn write(model: &Model, main: PackageId, folder: &Path) -> Result<(), Failure> {
    let deps = folder.join(DEPS);
    fs::create_dir_all(&deps).map_err(Failure::write(&deps))?;
    let mut stems = Stems::default();
    let mut files = BTreeMap::new();
    for (id, package) in model.packages.iter() {
        let file = format!("{}.wit", stems.unique(&package.name.to_string()));
        let path = if id == main { folder.join(file) } else { deps.join(file) };
        files.insert(path, print::package(model, id));
    }
    for folder in [folder, &deps] {
        if let Some(stranger) = stranger(folder, &files)? {
            return Err(Failure::Stranger(stranger));
        }
    }
    files.iter().try_for_each(|(path, text)| fs::write(path, text).map_err(Failure::write(path)))
}

/// A file or folder that a reader of the folder would take for a part of it, and that is not one of `files`.
fn stranger(folder: &Path, files: &BTreeMap<PathBuf, String>) -> Result<Option<PathBuf>, Failure> {
    let entries =
        fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(Failure::read(folder))?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    let is_deps = folder.ends_with(DEPS);
    let is_read = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "wit" || is_deps && (extension == "wasm" || extension == "wat"))
            || is_deps && path.is_dir()
    };
    Ok(paths.into_iter().find(|path| is_read(path) && !files.contains_key(path)))
}

/// The names of files, without `.wit`, that are taken.
#[derive(Default)]
pub(crate) struct Stems {
    /// In lower case, since many file systems do not tell `1.0.0-RC` from `1.0.0-rc`.
    taken: BTreeSet<String>,
}

impl Stems {
    /// A name for the file of a package: `wasi-io@0.2.0`. If another package has it, as `a:b-c` and `a-b:c` would, a number
    /// follows.
    ///
    /// It always contains a `-`, so that it is none of the names that Windows reserves, as `con` and `nul`.
    pub(crate) fn unique(&mut self, package: &str) -> String {
        let mut stem = package.replace([':', '/'], "-");
        stem.truncate(MAX_STEM_BYTES);
        let numbered = (2_u32..).map(|number| format!("{stem}-{number}"));
        let mut free = core::iter::once(stem.clone()).chain(numbered);
        let found = free.find(|stem| self.taken.insert(stem.to_lowercase()));
        found.unwrap_or_else(|| unreachable!("there are more numbers than packages"))
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_STEM_BYTES, Stems};

    #[test]
    fn no_two_packages_have_one_file() {
        let mut stems = Stems::default();
        let packages =
            ["a:b-c", "a-b:c", "a:b-c-2", "a:b@1.0.0-rc", "a:b@1.0.0-RC", "a:b@1.0.0+rc", "con:nul", "a:b:c/d"];
        let names = packages.map(|package| stems.unique(package));
        assert_eq!(
            names,
            ["a-b-c", "a-b-c-2", "a-b-c-2-2", "a-b@1.0.0-rc", "a-b@1.0.0-RC-2", "a-b@1.0.0+rc", "con-nul", "a-b-c-d"]
        );
        let long = format!("a:{}", "b".repeat(300));
        assert_eq!(stems.unique(&long).len(), MAX_STEM_BYTES);
        assert!(stems.unique(&long).ends_with("b-2"));
    }
}
