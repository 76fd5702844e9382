//! The allowed dependencies of each crate, and the files that may name them (ARCHITECTURE.md, "Who may know what").

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use witwright_corpora as corpora;

use super::sources::{Source, Sources};
use super::{Problem, check, planted};

/// The allowed dependencies of each published package, without those of its tests. Dependencies point one way.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("witwright-abi-runtime", &["futures-core", "futures-io", "futures-sink"]),
    ("witwright-front", &["codespan-reporting", "logos", "semver"]),
    (
        "witwright-resolver",
        &["petgraph", "semver", "wasm-encoder", "wasmparser", "witwright-abi-runtime", "witwright-front"],
    ),
    (
        "witwright-codegen",
        &[
            "prettyplease",
            "proc-macro2",
            "quote",
            "syn",
            "witwright-abi-runtime",
            "witwright-front",
            "witwright-resolver",
        ],
    ),
    (
        "witwright-codegen-macros",
        &["proc-macro2", "quote", "syn", "witwright-codegen", "witwright-front", "witwright-resolver"],
    ),
    (
        "witwright-host",
        &[
            "atomic-waker",
            "concurrent-queue",
            "futures-core",
            "futures-io",
            "futures-sink",
            "futures-task",
            "once_cell",
            "pin-project-lite",
            "wasm-encoder",
            "wasmi",
            "wasmi_core",
            "wasmparser",
            "wasmtime",
            "witwright-abi-runtime",
        ],
    ),
    (
        "witwright-wasi",
        &[
            "async-channel",
            "async-executor",
            "async-io",
            "blocking",
            "cap-fs-ext",
            "cap-std",
            "fastrand",
            "futures-io",
            "futures-lite",
            "futures-rustls",
            "getrandom",
            "hyper",
            "rustix",
            "socket2",
            "url",
            "webpki-roots",
            "witwright-abi-runtime",
            "witwright-codegen-macros",
            "witwright-host",
        ],
    ),
    (
        "witwright",
        &["witwright-abi-runtime", "witwright-codegen", "witwright-codegen-macros", "witwright-host", "witwright-wasi"],
    ),
    (
        "witwright-cli",
        &[
            "clap",
            "ctrlc",
            "serde-sarif",
            "serde_json",
            "similar",
            "tempfile",
            "toml",
            "wasi-preview1-component-adapter-provider",
            "wasm-encoder",
            "wasm-wave",
            "wasmparser",
            "wast",
            "wit-component",
            "witwright-abi-runtime",
            "witwright-codegen",
            "witwright-front",
            "witwright-host",
            "witwright-resolver",
            "witwright-wasi",
        ],
    ),
];

/// Peers that we compare with. In published packages they are dev-dependencies only.
const PEERS: [&str; 3] = ["wit-parser", "wit-bindgen", "wit-bindgen-core"];

/// Crates that only some files may name, by the prefixes of their paths.
const NAMED_IN: [(&str, &str, &[&str]); 10] = [
    ("codespan_reporting", "wit-front/src/", &["wit-front/src/render.rs"]),
    ("petgraph", "resolver/src/", &["resolver/src/graph.rs", "resolver/src/graph/"]),
    ("wasmi", "host/src/", &["host/src/engine/"]),
    ("wasmi_core", "host/src/", &["host/src/engine/"]),
    ("wasmtime", "host/src/", &["host/src/engine/"]),
    ("wasmparser", "resolver/src/", &["resolver/src/binary/decode"]),
    ("cap_std", "wasi/src/", &["wasi/src/fs/"]),
    ("socket2", "wasi/src/", &["wasi/src/net/"]),
    ("async_io", "wasi/src/", &["wasi/src/http/", "wasi/src/net/", "wasi/src/wait.rs"]),
    ("hyper", "wasi/src/", &["wasi/src/http/", "wasi/src/p2/http/", "wasi/src/p3/http/"]),
];

/// The files that may contain `unsafe`: those of the two crates that need it, the generator and generated code, and guests.
const UNSAFE_IN: [&str; 8] = [
    "abi-runtime/",
    "host/src/engine/",
    "codegen/",
    "witwright/src/rt/",
    "witwright/tests/it/names.rs",
    "tests/guests/",
    "tests/no-std/",
    "tests/it/tidy",
];

#[test]
fn dependencies_point_one_way() {
    let problems = directions();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn only_its_home_names_a_dependency() {
    check(named);
    assert_eq!(planted(named, "resolver/src/check.rs", "use petgraph::graph::Graph;"), 1);
    assert_eq!(planted(named, "host/src/store.rs", "let engine = wasmi::Engine::default();"), 1);
    assert_eq!(planted(named, "host/src/engine/wasmi.rs", "use wasmi::Engine;"), 0);
    assert_eq!(planted(named, "host/src/lib.rs", "pub use engine::wasmi;"), 0);
}

#[test]
fn unsafe_code_stays_in_its_homes() {
    check(unsafe_code);
    assert_eq!(planted(unsafe_code, "host/src/store.rs", "    unsafe { read(p) }"), 1);
    assert_eq!(planted(unsafe_code, "host/src/store.rs", "// unsafe would be faster"), 0);
}

#[test]
fn lock_files_are_current() {
    let root = xtask::root();
    for workspace in ["", "benches/guests", "tests/guests", "tests/models", "tests/no-std"] {
        let manifest = root.join(workspace).join("Cargo.toml").display().to_string();
        let _ = corpora::metadata(&["--locked", "--manifest-path", &manifest]);
    }
}

fn directions() -> Vec<Problem> {
    let manifest = xtask::root().join("Cargo.toml").display().to_string();
    let metadata = corpora::metadata(&["--no-deps", "--manifest-path", &manifest]);
    let packages = metadata["packages"].as_array().unwrap();
    let by_name: BTreeMap<&str, &Value> =
        packages.iter().map(|package| (package["name"].as_str().unwrap(), package)).collect();
    let mut problems = Vec::new();
    for (name, allowed) in ALLOWED {
        let package = by_name.get(name).unwrap_or_else(|| panic!("no package is called {name}"));
        let known: BTreeSet<&str> = allowed.iter().copied().collect();
        for found in dependencies(package).difference(&known) {
            problems.push(format!("{name} may not depend on {found}"));
        }
    }
    for (name, package) in by_name.iter().filter(|(_, package)| package["publish"].is_null()) {
        let found = dependencies(package);
        problems.extend(PEERS.iter().filter(|peer| found.contains(*peer)).map(|peer| format!("{name} ships {peer}")));
    }
    problems
}

/// The names of the dependencies, without dev-dependencies.
fn dependencies(package: &Value) -> BTreeSet<&str> {
    let all = package["dependencies"].as_array().unwrap().iter();
    let shipped = all.filter(|dependency| dependency["kind"].as_str() != Some("dev"));
    shipped.map(|dependency| dependency["name"].as_str().unwrap()).collect()
}

fn named(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, scope, homes) in NAMED_IN {
        let is_outside = |source: &&Source| {
            source.path.starts_with(scope) && !homes.iter().any(|home| source.path.starts_with(home))
        };
        for source in sources.rust().filter(is_outside) {
            let lines = source.code().filter(|(_, line)| names_crate(line, name));
            problems
                .extend(lines.map(|(number, _)| format!("{}:{number}: only {homes:?} may name {name}", source.path)));
        }
    }
    problems
}

/// Whether a line has a path that starts with this crate.
fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + name.len()..];
        let starts =
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '"') && !line[..at].ends_with("e::");
        starts && after.starts_with("::")
    })
}

fn unsafe_code(sources: &Sources) -> Vec<Problem> {
    let mut problems = Vec::new();
    let outside = sources.rust().filter(|source| !UNSAFE_IN.iter().any(|home| source.path.starts_with(home)));
    for source in outside {
        let lines = source.code().filter(|(_, line)| line.contains("unsafe {") || line.contains("unsafe impl"));
        problems.extend(lines.map(|(number, _)| format!("{}:{number}: unsafe code outside of its homes", source.path)));
    }
    problems
}
