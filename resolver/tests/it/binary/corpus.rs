//! Published packages as `wit-parser` resolves them, without those that it rejects.

use std::path::{Path, PathBuf};

use wit_parser::Resolve;
use witwright_corpora as corpora;

/// A resolved package, with its dependencies.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) resolve: Resolve,
}

/// Every package of the corpora that `wit-parser` accepts, with all features.
pub(crate) fn cases() -> Vec<Case> {
    let mut paths = Vec::new();
    for name in corpora::WIT_CRATES {
        paths.extend(corpora::wit_packages(name));
    }
    paths.extend(single_packages(&corpora::folder("wit-parser").join("tests/ui")));
    paths.extend(single_packages(&corpora::folder("wit-component").join("tests/interfaces")));
    paths.extend(corpora::files(&corpora::folder("wit-component").join("tests/components"), "wit"));
    let cases: Vec<Case> = paths.iter().filter_map(|path| case(path)).collect();
    assert!(cases.len() > 300, "only {} packages found", cases.len());
    cases
}

/// The components and packages in binary form that crates ship, with their names.
pub(crate) fn shipped_binaries() -> Vec<(String, Vec<u8>)> {
    let folders = ["wash-runtime", "oci-wasm"].map(|name| corpora::folder(name).join("tests"));
    let paths = folders.iter().flat_map(|folder| corpora::files(folder, "wasm"));
    paths.map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

/// The files and folders of a suite, one package each. The files in `parse-fail` must be rejected.
fn single_packages(folder: &Path) -> Vec<PathBuf> {
    let is_package = |path: &PathBuf| match path.is_dir() {
        true => !path.ends_with("parse-fail"),
        false => path.extension().is_some_and(|e| e == "wit") && !path.to_string_lossy().ends_with(".print.wit"),
    };
    corpora::entries(folder).into_iter().filter(is_package).collect()
}

fn case(path: &Path) -> Option<Case> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let accepted = match path.is_dir() {
        true => resolve.push_dir(path).is_ok(),
        false => resolve.push_file(path).is_ok(),
    };
    let name = path.components().rev().take(3).map(|c| c.as_os_str().to_string_lossy().into_owned());
    let name = name.collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("/");
    accepted.then_some(Case { name, path: path.to_path_buf(), resolve })
}
