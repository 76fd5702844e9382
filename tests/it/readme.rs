//! The first page, followed word by word: its guest and its host are written into fresh folders, built and run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use witwright_tests::guests::guest_toolchain;

#[test]
fn guest_and_host_of_the_page_run_together() {
    let page = fs::read_to_string(xtask::root().join("README.md")).unwrap();
    let guest = project("plugin", "lib.rs", section(&page, "## Write a guest"));
    let host = project("host", "main.rs", section(&page, "## Host a component"));

    ran(cargo(&guest).arg("test"));
    let mut build = guest_toolchain().cargo();
    ran(build.current_dir(&guest).args(["build", "--target", "wasm32-wasip2"]));
    fs::copy(guest.join("target/wasm32-wasip2/debug/plugin.wasm"), host.join("plugin.wasm")).unwrap();
    assert_eq!(ran(cargo(&host).args(["run", "--quiet"])), "hello (1 words looked up)\n");
}

/// A package with the manifest and the code of a section. Only where `witwright` is found differs from the page.
fn project(name: &str, file: &str, section: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme").join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    let path = xtask::root().join("witwright").display().to_string().replace('\\', "/");
    let manifest = block(section, "```toml\n");
    let manifest = manifest.replace("witwright = \"0.1.0\"", &format!("witwright = {{ path = \"{path}\" }}"));
    let manifest = manifest.replace("version = \"0.1.0\"", &format!("path = \"{path}\""));
    assert!(manifest.contains(&path), "{manifest}");
    fs::write(folder.join("Cargo.toml"), manifest + "\n[workspace]\n").unwrap();
    let code = block(section, "```rust");
    fs::write(folder.join("src").join(file), code.split_once('\n').unwrap().1).unwrap();
    // The versions that everything else is tested with.
    fs::copy(xtask::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let (_, section) = page.split_once(heading).unwrap();
    section.split("\n## ").next().unwrap()
}

fn block(section: &str, start: &str) -> String {
    let (_, block) = section.split_once(start).unwrap();
    block.split("\n```").next().unwrap().to_owned()
}

/// Cargo in a folder. What guest and host depend on natively is built once, for the projects of `witwright new` too.
fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside");
    command.current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
}

/// Runs a command, and returns its output.
fn ran(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
