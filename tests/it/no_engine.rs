//! A host without an engine has one error, which says what to add.

use std::path::Path;
use std::process::Command;

#[test]
fn the_only_error_names_the_features() {
    let output = Command::new(env!("CARGO"))
        .current_dir(xtask::root())
        .args(["check", "-p", "witwright-host", "--no-default-features", "--features", "std", "--offline", "--locked"])
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-engine"))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let of_compiler = said.lines().filter(|line| line.starts_with("error") || line.starts_with("warning"));
    // The last one is Cargo's.
    let [error, _could_not_compile] = of_compiler.collect::<Vec<_>>()[..] else { panic!("{said}") };
    assert!(error.contains("add the feature `wasmi` or `wasmtime` to the dependency `witwright`"), "{said}");
}
