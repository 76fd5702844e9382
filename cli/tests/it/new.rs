//! `witwright new`: the projects build, test and run by the commands that it prints.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::witwright;

/// A folder in which projects are made.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Makes a project that depends on this workspace, in its versions of other crates.
fn project(kind: &str, name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let project = folder().join(name);
    let _ = std::fs::remove_dir_all(&project);
    let ran = witwright(&[
        "new",
        kind,
        project.to_str().unwrap(),
        "--witwright-path",
        root.join("witwright").to_str().unwrap(),
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("cargo test"), "{}", ran.out);
    std::fs::copy(root.join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
    project
}

/// Runs cargo, which succeeds.
fn cargo(project: &Path, args: &[&str]) -> String {
    let output = run(project, args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs cargo. What projects outside of the workspace depend on is built once, for the one of the first page too.
fn run(project: &Path, args: &[&str]) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside");
    cargo.args(args).arg("--offline").current_dir(project).env("CARGO_TARGET_DIR", target);
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo.output().unwrap()
}

#[test]
fn a_guest_is_tested() {
    let out = cargo(&project("guest", "new-guest"), &["test"]);
    assert!(out.contains("greetings_are_logged ... ok"), "{out}");
}

#[test]
fn a_host_is_tested_and_runs() {
    let project = project("host", "new-host");
    let out = cargo(&project, &["test"]);
    assert!(out.contains("the_component_greets ... ok"), "{out}");
    assert_eq!(cargo(&project, &["run"]), "Hello, Ada!\n");
}

#[test]
fn a_program_with_plugins_is_tested_and_runs() {
    let project = project("plugin", "new-plugin");
    let out = cargo(&project, &["test"]);
    assert!(out.contains("the_component_greets ... ok") && out.contains("greetings_are_logged ... ok"), "{out}");
    let early = run(&project, &["run"]);
    let message = String::from_utf8_lossy(&early.stderr);
    assert!(!early.status.success() && message.contains("`cargo plugin` makes the plugin"), "{message}");
    // The host finds the plugin where `cargo plugin` puts it, which needs a toolchain for guests. No variable moves it.
    let toolchain = xtask::toolchain::ensure().unwrap_or_else(|failure| panic!("{failure}"));
    let mut plugin = toolchain.cargo();
    plugin.args(["plugin", "--offline"]).current_dir(&project).env("CARGO_TARGET_DIR", folder().join("elsewhere"));
    let output = plugin.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(cargo(&project, &["run"]), "Hello, Ada!\n");
}

#[test]
fn nothing_is_overwritten() {
    let project = project("guest", "new-twice");
    let path = project.to_str().unwrap();
    let ran = witwright(&["new", "guest", path]);
    assert!(ran.code == Some(1) && ran.err.contains("exists already"), "{}", ran.err);
}

#[test]
fn nothing_is_written_without_the_crate() {
    let project = folder().join("without-crate");
    let empty = folder().join("empty");
    std::fs::create_dir_all(&empty).unwrap();
    let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    for (path, code, says) in [
        ("nowhere", 1, "cannot read nowhere"),
        (empty.to_str().unwrap(), 2, "no `Cargo.toml`"),
        (workspace, 2, "of a workspace"),
    ] {
        let ran = witwright(&["new", "host", project.to_str().unwrap(), "--witwright-path", path]);
        assert!(ran.code == Some(code) && ran.err.contains(says), "{}", ran.err);
        assert!(!project.exists());
    }
}

#[test]
fn a_package_has_a_name() {
    let folder = folder();
    for (name, says) in [
        ("not a name", "use letters, digits, `-` and `_`"),
        ("9x", "begin with a letter"),
        ("fn", "it is a keyword of Rust"),
        ("gen", "it is a keyword of Rust"),
        ("größe", "use letters, digits, `-` and `_`"),
        ("crate", "it is a keyword of Rust"),
        ("std", "a crate of Rust has this name"),
        ("witwright", "depends on the crate of this name"),
    ] {
        let ran = witwright(&["new", "guest", folder.join(name).to_str().unwrap()]);
        assert!(ran.code == Some(2) && ran.err.contains(says), "{}", ran.err);
    }
    let ran = witwright(&["new", "guest", ".."]);
    assert!(ran.code == Some(2) && ran.err.contains("write `../NAME`"), "{}", ran.err);
}
