//! Suites for the front end and the resolver: WIT that must be accepted or rejected.

use std::fs;
use std::path::{Path, PathBuf};

use witwright_resolver::load::{Entry, FileError, Files};
use witwright_resolver::{Disk, Input, LanguageFeatures, Options, Resolution, resolve};

use super::{Case, CaseId, Outcome, Suite, structure};
use witwright_corpora as corpora;

/// `tests/ui` of wit-parser, with the feature `active`. The packages in `parse-fail` are rejected. All others are accepted,
/// and have the meaning that the JSON file beside them states.
pub(super) const WIT_PARSER_UI: Suite = Suite { name: "wit-parser/ui", engine: None, cases: wit_parser_ui };

/// The WIT packages in published crates: all are accepted.
pub(super) const PACKAGES: Suite = Suite { name: "packages", engine: None, cases: packages };

const CRATES: [&str; 8] = [
    "golem-wit",
    "grafbase-sdk",
    "spin-sdk",
    "wasip2",
    "wasip3",
    "wasmtime-wasi",
    "wasmtime-wasi-http",
    "zed_extension_api",
];

fn wit_parser_ui() -> Vec<Case> {
    let folder = corpora::folder("wit-parser").join("tests/ui");
    let mut cases = Vec::new();
    let groups =
        [("ui", folder.clone(), Expected::Meaning), ("ui/parse-fail", folder.join("parse-fail"), Expected::Rejection)];
    for (group, folder, expected) in groups {
        for path in inputs(&folder) {
            let name = path.file_name().expect("an entry of a folder").to_string_lossy().into_owned();
            cases.push(case(group, name, path, expected));
        }
    }
    cases
}

/// The cases in a folder of the suite, without the files of expectations.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let is_input = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let is_folder = path.is_dir() && !path.ends_with("parse-fail");
        is_folder || matches!(extension.as_str(), "md" | "wat" | "wasm") || (extension == "wit" && path.is_file())
    };
    corpora::entries(folder).into_iter().filter(is_input).collect()
}

fn packages() -> Vec<Case> {
    let mut cases = Vec::new();
    for name in CRATES {
        let folder = corpora::folder(name);
        for package in corpora::wit_packages(name) {
            let inside = package.strip_prefix(folder).expect("packages lie in the crate").display().to_string();
            // The packages in `wit-packages` lack their dependencies. `wit/deps` has the same packages.
            if !inside.starts_with("wit-packages") {
                cases.push(case(name, inside, package, Expected::Acceptance));
            }
        }
    }
    cases
}

/// The result that a suite demands for a package.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Acceptance,
    /// It is accepted, and has the Model that a file beside it describes.
    Meaning,
    Rejection,
}

/// The diagnostics of each rejected case of wit-parser's suite, with line and column, without the source text.
///
/// # Panics
///
/// If a file of the suite cannot be read.
#[must_use]
pub fn rejections() -> String {
    let folder = corpora::folder("wit-parser").join("tests/ui/parse-fail");
    let mut text = String::new();
    for path in inputs(&folder) {
        let name = path.strip_prefix(&folder).expect("inputs lie in the folder").display().to_string();
        text.push_str(&format!("== {name}\n"));
        let resolution = resolution(&path);
        let sources = &resolution.sources;
        for diagnostic in &resolution.diagnostics {
            text.push_str(&format!("{}: {}\n", diagnostic.code.0, diagnostic.message));
            for label in &diagnostic.labels {
                let (line, column) = sources.line_column(label.span);
                let file = Path::new(&sources.file(label.span.file).name);
                let file = file.strip_prefix(&folder).unwrap_or(file).display();
                text.push_str(&format!("  {file}:{line}:{column}: {}\n", label.message));
            }
            text.extend(diagnostic.notes.iter().map(|note| format!("  note: {note}\n")));
            text.extend(diagnostic.help.iter().map(|help| format!("  help: {help}\n")));
        }
    }
    let folder = folder.display().to_string();
    text.replace(&format!("{folder}/"), "").replace(&folder, ".")
}

fn resolution(path: &Path) -> Resolution {
    let options = Options::default().with_feature("active").with_language(LanguageFeatures::active());
    resolve(&[Input::Path(path.display().to_string())], &WatDisk, &options)
}

fn case(group: &str, name: String, path: PathBuf, expected: Expected) -> Case {
    Case { id: CaseId { group: group.to_owned(), name }, run: Box::new(move || judge(&path, expected)) }
}

fn judge(path: &Path, expected: Expected) -> Outcome {
    let resolution = resolution(path);
    if expected != Expected::Rejection && resolution.main.is_empty() {
        return Outcome::Fail("no package was found".to_owned());
    }
    match (expected, resolution.diagnostics.iter().find(|diagnostic| diagnostic.is_error())) {
        (Expected::Meaning, None) => compare(path, &resolution),
        (Expected::Acceptance, None) | (Expected::Rejection, Some(_)) => Outcome::Pass,
        (Expected::Acceptance | Expected::Meaning, Some(error)) => {
            Outcome::Fail(format!("rejected: {}", error.message))
        }
        (Expected::Rejection, None) => Outcome::Fail("accepted".to_owned()),
    }
}

/// Compares the meaning of a package with `wit-parser`'s, which the suite has as JSON.
fn compare(path: &Path, resolution: &Resolution) -> Outcome {
    let is_markdown = path.extension().is_some_and(|extension| extension == "md");
    let expected = path.with_extension(if is_markdown { "md.json" } else { "wit.json" });
    let Ok(text) = fs::read_to_string(&expected) else {
        return Outcome::Fail(format!("{} is not there", expected.display()));
    };
    let json = serde_json::from_str(&text).expect("the suite has JSON");
    let (theirs, ours) = (structure::of_json(&json), structure::of_model(&resolution.model));
    match (theirs.difference(&ours).next(), ours.difference(&theirs).next()) {
        (None, None) => Outcome::Pass,
        (missing, extra) => Outcome::Fail(format!("missing: {missing:?}, too much: {extra:?}")),
    }
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
