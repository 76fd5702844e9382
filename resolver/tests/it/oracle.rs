//! Every package of the corpora has the meaning that `wit-parser` gives it.

use std::path::Path;

use witwright_corpora as corpora;
use witwright_front::LanguageFeatures;
use witwright_resolver::load::{Entry, FileError, Files};
use witwright_resolver::{Disk, Input, Model, Options, Resolution, resolve};

use crate::binary::peer;
use crate::dump;

#[test]
fn packages_of_crates_resolve_alike() {
    let mut compared = 0;
    for name in corpora::WIT_CRATES {
        for path in corpora::wit_packages(name) {
            assert!(compare(&path, true) || !stands_alone(&path), "wit-parser refuses {}", path.display());
            compared += 1;
        }
    }
    assert!(compared >= 7, "only {compared} packages found");
}

#[test]
fn packages_of_the_suites_resolve_alike() {
    let mut compared = 0;
    for folder in
        [corpora::folder("wit-parser").join("tests/ui"), corpora::folder("wit-component").join("tests/interfaces")]
    {
        for path in corpora::entries(&folder) {
            if is_package(&path) {
                compared += usize::from(compare(&path, false)) + usize::from(compare(&path, true));
            }
        }
    }
    for path in corpora::files(&corpora::folder("wit-component").join("tests/components"), "wit") {
        compared += usize::from(compare(&path, false));
    }
    assert!(compared > 300, "only {compared} packages compared");
}

fn is_package(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    if path.is_dir() { !path.ends_with("parse-fail") } else { extension == "wit" || extension == "wat" }
}

/// The file system, with the text form of binaries in place of the binaries.
struct WatDisk;

impl Files for WatDisk {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if path.ends_with(".wat") { wat::parse_file(path).map_err(|_| FileError::Unreadable) } else { Disk.read(path) }
    }

    fn list(&self, path: &str) -> Result<Option<Vec<Entry>>, FileError> {
        Disk.list(path)
    }
}

/// Packages in `wit-packages` do not have their dependencies beside them.
fn stands_alone(path: &Path) -> bool {
    !path.components().any(|part| part.as_os_str() == "wit-packages")
}

/// A dump without documentation.
fn plain(dump: &str) -> String {
    let is_docs = |line: &&str| line.trim_start().starts_with("///");
    dump.lines().filter(|line| !is_docs(line)).map(|line| format!("{line}\n")).collect()
}

/// Compares both results for a package. False if `wit-parser` rejects it.
fn compare(path: &Path, all_features: bool) -> bool {
    let mut oracle = wit_parser::Resolve { all_features, ..wit_parser::Resolve::default() };
    oracle.features.insert("active".to_owned());
    let accepted = match path.is_dir() {
        true => oracle.push_dir(path).map(|(id, _)| id),
        false => oracle.push_file(path),
    };
    if accepted.is_err() {
        return false;
    }
    let mut options = Options::default().with_feature("active").with_language(LanguageFeatures::active());
    options.all_features = all_features;
    let ours = resolve(&[Input::Path(path.display().to_string())], &WatDisk, &options);
    assert!(!ours.has_errors(), "{}: {:?}", path.display(), messages(&ours));
    // This file tests comment markers. `wit-parser` keeps some of them in the documentation.
    let text = |dump: String| if path.ends_with("comments.wit") { plain(&dump) } else { dump };
    let theirs: Vec<String> = packages(&peer::model(&oracle).model).into_iter().map(text).collect();
    let ours: Vec<String> = packages(&ours.model).into_iter().map(text).collect();
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert!(ours == theirs, "{}: {}", path.display(), difference(ours, theirs));
    }
    assert_eq!(ours.len(), theirs.len(), "{}", path.display());
    true
}

/// The first lines that differ, and the lines before them.
fn difference(ours: &str, theirs: &str) -> String {
    let lines = ours.lines().zip(theirs.lines());
    let same = lines.take_while(|(a, b)| a == b).count();
    let excerpt = |text: &str| -> String {
        text.lines().skip(same.saturating_sub(4)).take(12).map(|line| format!("\n  {line}")).collect()
    };
    format!("ours{}\ntheirs{}", excerpt(ours), excerpt(theirs))
}

/// Packages in alphabetical order, because the order of unrelated packages is not fixed.
fn packages(model: &Model) -> Vec<String> {
    let mut ids: Vec<_> = model.packages.iter().map(|(id, package)| (package.name.clone(), id)).collect();
    ids.sort();
    ids.into_iter().map(|(_, id)| dump::package(model, id)).collect()
}

fn messages(resolution: &Resolution) -> Vec<&str> {
    resolution.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect()
}
