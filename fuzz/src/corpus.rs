//! The kept inputs: texts in `fuzz/corpus/wit`, one file an input, and what they are in binary form.

use std::path::{Path, PathBuf};

use witwright_front::LanguageFeatures;
use witwright_resolver::binary::encode_package;
use witwright_resolver::{Input, Options, load, resolve};

/// The kept texts, in the order of their names.
///
/// # Panics
///
/// Where the folder cannot be read.
#[must_use]
pub fn texts() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/wit");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

/// The packages among the kept texts, encoded.
#[must_use]
pub fn binaries() -> Vec<Vec<u8>> {
    let options = Options { all_features: true, language: LanguageFeatures::active(), ..Options::default() };
    let texts = texts().into_iter().filter_map(|bytes| String::from_utf8(bytes).ok());
    let resolutions = texts.map(|text| {
        let input = Input::Inline { name: "kept".to_owned(), text };
        resolve(&[input], &load::Memory::default(), &options)
    });
    let packages = resolutions.filter(|resolution| !resolution.has_errors()).filter_map(|resolution| {
        let package = *resolution.main.first()?;
        Some(encode_package(&resolution.model, package))
    });
    packages.collect()
}
