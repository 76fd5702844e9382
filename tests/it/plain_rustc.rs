//! Generated bindings that rustc compiles, with the runtime's library and without Cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use witwright_codegen::{Request, Target, format};
use witwright_tests::guests;

/// Compiles the bindings of `codegen/tests/data/NAME.wit` for a guest.
fn check(name: &str) {
    let root = xtask::root();
    let mut request = Request::new(Target::Guest, root.join("codegen/tests/data"));
    request.paths.push(format!("{name}.wit"));
    // As `witwright bindgen` sets it.
    request.options.command_line = true;
    let response = request.run();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plain-rustc");
    fs::create_dir_all(&folder).unwrap();
    let code = folder.join(format!("{name}.rs"));
    fs::write(&code, format(response.code.expect("the WIT has no mistake"))).unwrap();

    // A guest whose dependency is the runtime has had it compiled.
    let guest = guests::build("dropin");
    let libraries = guest.parent().unwrap().join("deps");
    let runtimes = runtimes(&libraries);
    assert!(!runtimes.is_empty(), "{} has no runtime", libraries.display());
    let failures: Vec<String> =
        runtimes.iter().map_while(|runtime| compile(&code, &libraries, runtime, &folder).err()).collect();
    assert!(failures.len() < runtimes.len(), "{name}:\n{}", failures[0]);
}

/// The libraries of the runtime, the last one first: they differ in their features, and an older one may be out of date.
fn runtimes(libraries: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(libraries).unwrap().map(|entry| entry.unwrap().path());
    let is_runtime = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("libwitwright-") && name.ends_with(".rlib")
    };
    let mut found: Vec<PathBuf> = files.filter(is_runtime).collect();
    found.sort_by_key(|path| core::cmp::Reverse(path.metadata().and_then(|data| data.modified()).unwrap()));
    found
}

/// Compiles a file. The error is the output of rustc.
fn compile(code: &Path, libraries: &Path, runtime: &Path, out: &Path) -> Result<(), String> {
    let beside = guests::guest_toolchain().cargo_path().with_file_name("rustc");
    let mut rustc = Command::new(if beside.is_file() { beside } else { "rustc".into() });
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_")) {
        rustc.env_remove(name);
    }
    rustc.args(["--edition", "2024", "--crate-type", "rlib", "--target", "wasm32-wasip2", "-D", "warnings"]);
    rustc.arg("--out-dir").arg(out).arg("-L").arg(format!("dependency={}", libraries.display()));
    // The runtime's macros are a library of the machine that compiles.
    let macros = xtask::root().join("target/guests/release/deps");
    rustc.arg("-L").arg(format!("dependency={}", macros.display()));
    rustc.arg("--extern").arg(format!("witwright={}", runtime.display())).arg(code);
    let output = rustc.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

#[test]
fn bindings_need_nothing_of_cargo() {
    for name in ["types", "functions", "resources", "exported", "concurrent"] {
        check(name);
    }
}
