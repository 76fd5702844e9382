//! The kept inputs: texts in `fuzz/corpus/wit`, one in each file, and their binary forms.

use std::path::{Path, PathBuf};

use witwright_front::LanguageFeatures;
use witwright_resolver::binary::{EncodingOptions, encode_package, encode_world};
use witwright_resolver::{Input, Options, load, resolve};

/// The kept texts, in the order of their names.
///
/// # Panics
///
/// If the folder cannot be read.
#[must_use]
pub fn texts() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/wit");
    let read = |path: &PathBuf| std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    files(&folder).iter().map(read).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The packages among the kept texts, encoded; their worlds, as a guest's module has them; and small components.
///
/// # Panics
///
/// If a component cannot be read.
#[must_use]
pub fn binaries() -> Vec<Vec<u8>> {
    let options = Options::default().with_all_features().with_language(LanguageFeatures::active());
    let mut binaries = Vec::new();
    for text in texts().into_iter().filter_map(|bytes| String::from_utf8(bytes).ok()) {
        let input = Input::Inline { name: "kept".to_owned(), text };
        let resolution = resolve(&[input], &load::Memory::default(), &options);
        let Some(&package) = resolution.main.first().filter(|_| !resolution.has_errors()) else { continue };
        binaries.push(encode_package(&resolution.model, package));
        for &world in &resolution.model.packages[package].worlds {
            let payload = encode_world(&resolution.model, world, EncodingOptions::default());
            binaries.extend(module(&payload));
            binaries.push(payload);
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../resolver/tests/components");
    let components =
        files(&folder).into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "wat"));
    binaries.extend(components.map(|path| wat::parse_file(&path).unwrap_or_else(|error| panic!("{error}"))));
    binaries
}

/// A core module with a `component-type` section. `None` if the section is long.
fn module(payload: &[u8]) -> Option<Vec<u8>> {
    const NAME: &[u8] = b"component-type:kept";
    let name_len = u8::try_from(NAME.len()).ok()?;
    // A length of two bytes, as LEB128.
    let section = u16::try_from(1 + NAME.len() + payload.len()).ok().filter(|len| *len < 1 << 14)?;
    let mut module = b"\0asm\x01\0\0\0\0".to_vec();
    module.extend([(section & 0x7f) as u8 | 0x80, (section >> 7) as u8, name_len]);
    module.extend(NAME.iter().chain(payload));
    Some(module)
}
