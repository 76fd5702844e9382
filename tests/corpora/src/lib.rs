//! The folders of the packages in `tests/suites/Cargo.toml`, which cargo fetches and unpacks.
//!
//! This crate is separate so that tests of WIT do not build the engines that other tests need.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// The crates whose WIT packages every stage must accept.
pub const WIT_CRATES: [&str; 5] = ["wasip2", "wasip3", "wasmtime-wasi", "wasmtime-wasi-http", "spin-sdk"];

/// The crates that ship WIT, as packages or as tests.
const CRATES_WITH_WIT: [&str; 12] = [
    "golem-wit",
    "grafbase-sdk",
    "spin-sdk",
    "wash-runtime",
    "wasip2",
    "wasip3",
    "wasm-tools",
    "wasmtime-wasi",
    "wasmtime-wasi-http",
    "wit-component",
    "wit-parser",
    "zed_extension_api",
];

/// Every `.wit` file of those crates, correct or not, crate by crate.
#[must_use]
pub fn wit_files() -> Vec<PathBuf> {
    CRATES_WITH_WIT.iter().flat_map(|name| files(folder(name), "wit")).collect()
}

/// The folder of a direct dependency of the suites package, for example `wit-parser`.
///
/// # Panics
///
/// If cargo cannot fetch the packages, or `name` is not one of them.
#[must_use]
pub fn folder(name: &str) -> &'static Path {
    static FOLDERS: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    let folders = FOLDERS.get_or_init(find_folders);
    match folders.get(name) {
        Some(folder) => folder,
        None => panic!("`{name}` is not a dependency of tests/suites/Cargo.toml; these are: {:?}", folders.keys()),
    }
}

/// The official text of the component model: `design/mvp/*.md`, the reference ABI, and the tests in `test`.
#[must_use]
pub fn component_model() -> PathBuf {
    folder("wasm-tools").join("tests/component-model")
}

/// Every WIT package that a crate ships: the folders with `.wit` files that are not another package's `deps`, in order.
#[must_use]
pub fn wit_packages(name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect_wit_packages(folder(name), &mut found);
    assert!(!found.is_empty(), "`{name}` ships no WIT");
    found
}

/// The files below `folder` with this extension, in order.
///
/// # Panics
///
/// If the folder cannot be read.
#[must_use]
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if has_extension(&path, extension) {
            found.push(path);
        }
    }
    found
}

/// The entries of `folder`, in order.
///
/// # Panics
///
/// If the folder cannot be read.
#[must_use]
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn collect_wit_packages(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = entries(folder);
    if entries.iter().any(|path| has_extension(path, "wit")) {
        found.push(folder.to_owned());
    }
    for path in entries {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "deps" && name != "target") {
            collect_wit_packages(&path, found);
        }
    }
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

fn find_folders() -> BTreeMap<String, PathBuf> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../suites/Cargo.toml");
    let metadata = metadata(&["--locked", "--manifest-path", &manifest.display().to_string()]);
    let root = text(&metadata["resolve"]["root"]);
    let nodes = array(&metadata["resolve"]["nodes"]);
    let root = nodes.iter().find(|node| text(&node["id"]) == root).expect("the root is a node of the graph");
    let direct: Vec<&str> = array(&root["dependencies"]).iter().map(text).collect();
    let packages = array(&metadata["packages"]).iter().filter(|package| direct.contains(&text(&package["id"])));
    packages.map(|package| (text(&package["name"]).to_owned(), manifest_folder(package))).collect()
}

fn manifest_folder(package: &Value) -> PathBuf {
    let manifest = Path::new(text(&package["manifest_path"]));
    manifest.parent().expect("a manifest lies in a folder").to_owned()
}

/// The output of `cargo metadata` with these arguments.
///
/// # Panics
///
/// If cargo fails. The message has its output.
#[must_use]
pub fn metadata(arguments: &[&str]) -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1"]).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("cannot start cargo: {error}"));
    assert!(
        output.status.success(),
        "cargo metadata {} failed; it needs the crates registry the first time:\n{}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr),
    );
    serde_json::from_slice(&output.stdout).expect("cargo metadata writes JSON")
}

/// A JSON string.
fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

/// A JSON array.
fn array(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}
