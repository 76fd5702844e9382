//! `witwright fmt`: the files that it changes, those that it leaves alone, and its output.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{fed, temporary, witwright};

const CROWDED: &str = "package a:b;interface i{f:func();}";
const FORMATTED: &str = "package a:b;\n\ninterface i {\n  f: func();\n}\n";
const BROKEN: &str = "package a:b;interface i{f:func(}";

/// A folder of this test's own, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = temporary(name);
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn files_below_a_folder_are_formatted() {
    let files = ["a.wit", "inner/b.wit", "deps/c/c.wit", "target/d.wit", ".hidden/e.wit", "f.txt"];
    let folder = folder("fmt-folder", &files.map(|file| (file, CROWDED)));
    let ran = witwright(&["fmt", folder.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let changed = files.map(|file| read(&folder, file) == FORMATTED);
    assert_eq!(changed, [true, true, false, false, false, false]);
    let ran = witwright(&["fmt", folder.join("deps").to_str().unwrap(), folder.join("f.txt").to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!((read(&folder, "deps/c/c.wit").as_str(), read(&folder, "f.txt").as_str()), (FORMATTED, FORMATTED));
}

#[test]
fn the_current_folder_is_meant_by_none() {
    let folder = folder("fmt-here", &[("a.wit", CROWDED)]);
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_witwright"));
        command.current_dir(&folder).args(["fmt", "--check"]).output().unwrap()
    };
    let output = command();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("--- a.wit\n"));
    fs::write(folder.join("a.wit"), FORMATTED).unwrap();
    assert_eq!(command().status.code(), Some(0));
}

#[test]
fn check_shows_the_difference_and_writes_nothing() {
    let folder = folder("fmt-check", &[("a.wit", CROWDED), ("b.wit", FORMATTED)]);
    let ran = witwright(&["fmt", "--check", folder.to_str().unwrap()]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert!(ran.out.contains(&format!("\n-{CROWDED}\n")) && ran.out.contains("\n+  f: func();\n"), "{}", ran.out);
    assert!(!ran.out.contains("b.wit"), "{}", ran.out);
    assert_eq!(read(&folder, "a.wit"), CROWDED);

    let ran = witwright(&["fmt", "--check", "--format", "json", folder.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [line] = &lines[..] else { panic!("{}", ran.out) };
    assert_eq!((line["severity"].as_str(), line["labels"][0]["line"].as_u64()), (Some("error"), Some(1)));
}

#[test]
fn a_file_with_mistakes_is_left_alone_and_the_others_are_formatted() {
    let folder = folder("fmt-broken", &[("a.wit", BROKEN), ("b.wit", CROWDED)]);
    let ran = witwright(&["fmt", folder.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("a.wit:1:") && ran.err.contains("a.wit is not changed"), "{}", ran.err);
    assert_eq!((read(&folder, "a.wit").as_str(), read(&folder, "b.wit").as_str()), (BROKEN, FORMATTED));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let ran = fed(&["fmt", "-"], CROWDED.as_bytes());
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), FORMATTED, ""));
    assert_eq!(fed(&["fmt", "--check", "-"], FORMATTED.as_bytes()).code, Some(0));
    let ran = fed(&["fmt", "--check", "-"], CROWDED.as_bytes());
    assert!(ran.code == Some(1) && ran.out.starts_with("--- <stdin>\n"), "{}", ran.out);
    let ran = fed(&["fmt", "-"], BROKEN.as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
}

#[test]
fn what_is_not_there_is_an_error() {
    let empty = folder("fmt-empty", &[("a.txt", "")]);
    for (path, says) in [("nowhere.wit", "cannot read nowhere.wit"), (empty.to_str().unwrap(), "no `*.wit` files in")] {
        let ran = witwright(&["fmt", path]);
        assert!(ran.code == Some(1) && ran.err.contains(says), "{}", ran.err);
    }
    let latin = folder("fmt-latin", &[]);
    fs::create_dir_all(&latin).unwrap();
    fs::write(latin.join("a.wit"), b"// \xe9").unwrap();
    assert_eq!(witwright(&["fmt", latin.to_str().unwrap()]).code, Some(1));
    assert_eq!(fs::read(latin.join("a.wit")).unwrap(), b"// \xe9");
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("fmt-link", &[("a.wit", CROWDED)]);
    let (file, link) = (folder.join("a.wit"), folder.join("link.wit"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.wit", &link).unwrap();
    assert_eq!(witwright(&["fmt", link.to_str().unwrap()]).code, Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(read(&folder, "a.wit"), FORMATTED);
}
