//! `witwright run` with WASI programs: their grants, and their exit codes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use xtask::Failure;
use xtask::guests::{self, Target};
use xtask::toolchain::{self, Toolchain};

use super::{Ran, adder, temporary, witwright};

/// The program `tests/guests/programs/src/bin/NAME.rs`, built for a target.
fn program(name: &str, target: Target) -> String {
    built(|toolchain| guests::build_program(toolchain, &guests::workspace(), "programs", name, target))
}

/// The path of a guest that is built.
pub(super) fn built(build: impl FnOnce(&Toolchain) -> Result<PathBuf, Failure>) -> String {
    static TOOLCHAIN: OnceLock<Toolchain> = OnceLock::new();
    static BUILDING: Mutex<()> = Mutex::new(());
    let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let toolchain = TOOLCHAIN.get_or_init(|| toolchain::ensure().unwrap_or_else(|failure| panic!("{failure}")));
    build(toolchain).unwrap_or_else(|failure| panic!("{failure}")).to_str().unwrap().to_owned()
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = temporary(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_program_has_its_arguments_variables_and_exit_code() {
    let hello = program("hello", Target::Wasip2);
    for engine in ["wasmi", "wasmtime"] {
        let ran = witwright(&["run", "--engine", engine, "--env", "A=1", &hello, "1", "--dir", "x"]);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert!(ran.out.contains("\"1\", \"--dir\", \"x\"]\nvariables [(\"A\", \"1\")]\n"), "{}", ran.out);
        assert_eq!(ran.err, "to standard error\n");
    }
    assert_eq!(witwright(&["run", &hello]).code, Some(0));
}

#[test]
fn input_goes_to_output() {
    let copy = program("copy", Target::Wasip2);
    let mut child = Command::new(env!("CARGO_BIN_EXE_witwright"))
        .args(["run", &copy])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(&[b'x'; 300_000]));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, [b'x'; 300_000]);
    assert_eq!(output.stderr, b"300000 bytes\n");
}

#[test]
fn a_directory_is_given_whole_or_read_only() {
    let files = program("files", Target::Wasip2);
    let data = folder("data");
    let run = |grant: &str| witwright(&["run", "--dir", &format!("{}{grant}", data.display()), &files]);
    let ran = run("::/data:ro");
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 0);
    let ran = run("::/data");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(data.join("a/one.txt")).unwrap(), "one");
    let ran = witwright(&["run", "--dir", "nowhere::/data", &files]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("cannot open the directory nowhere"), "{}", ran.err);
}

#[test]
fn the_network_is_given_by_address() {
    let net = program("net", Target::Wasip2);
    let ran = witwright(&["run", &net, "127.0.0.1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("PermissionDenied"), "{}", ran.err);
    for grants in [&["--inherit-network"][..], &["--listen", "127.0.0.1:*", "--connect", "127.0.0.1:*"]] {
        let ran = witwright(&[&["run"], grants, &[&net, "127.0.0.1"]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.out.contains("rest true"), "{}", ran.out);
    }
}

#[test]
fn a_program_for_wasi_0_1_runs_by_the_adapter() {
    let component = temporary("files-0.1.wasm");
    let adapt = |name: &str, component: &Path| {
        let module = program(name, Target::Wasip1);
        let component = component.to_str().unwrap();
        witwright(&["componentize", &module, "--adapt", "wasi_snapshot_preview1", "-o", component])
    };
    let ran = adapt("files", &component);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let data = folder("data-0.1");
    let grant = format!("{}::/data", data.display());
    for engine in ["wasmi", "wasmtime"] {
        let _ = std::fs::remove_dir_all(data.join("a"));
        let ran = witwright(&["run", "--engine", engine, "--dir", &grant, component.to_str().unwrap()]);
        assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
        assert!(ran.out.contains("copied 6"), "{}", ran.out);
    }
    let again = witwright(&["componentize", component.to_str().unwrap(), "-o", "never.wasm"]);
    assert!(again.code == Some(1) && again.err.contains("is a component already"), "{}", again.err);
    let bare = witwright(&["componentize", &program("files", Target::Wasip1), "-o", "never.wasm"]);
    assert!(bare.code == Some(1) && bare.err.contains("add `--adapt wasi_snapshot_preview1`"), "{}", bare.err);
    let hello = temporary("hello-0.1.wasm");
    assert_eq!(adapt("hello", &hello).code, Some(0));
    let Ran { code, out, .. } = witwright(&["run", hello.to_str().unwrap(), "1"]);
    assert_eq!((code, out.contains("\"1\"]")), (Some(1), true), "{out}");
}

#[test]
fn a_command_of_the_next_version_runs() {
    let command = built(|toolchain| guests::build(toolchain, &guests::workspace(), "wasi-p3", Target::Wasip2));
    let data = folder("data-0.3");
    let grant = format!("{}::/data", data.display());
    for engine in ["wasmi", "wasmtime"] {
        let _ = std::fs::remove_file(data.join("left"));
        let ran = witwright(&["run", "--engine", engine, "--dir", &grant, &command, "leave"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), "left"), "{}", ran.err);
        assert_eq!(std::fs::read(data.join("left")).unwrap().len(), 300_000);
    }
    let ran = witwright(&["run", &command, "no-network"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn what_cannot_be_run_is_explained() {
    let ran = witwright(&["run", &adder("no-command.wasm")]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("does not export `wasi:cli/run`"), "{}", ran.err);
    assert!(ran.err.contains("--invoke"), "{}", ran.err);

    let component = temporary("missing.wasm");
    // A command, without functions; or not a command.
    let run_importing = |names: &[&str], export: &str| {
        let import = |name: &&str| format!("(import \"{name}\" (instance (export \"f\" (func))))");
        let export = format!("(instance $i) (export \"{export}\" (instance $i))");
        let wat = format!("(component {} {export})", names.iter().map(import).collect::<String>());
        std::fs::write(&component, wat::parse_str(wat).unwrap()).unwrap();
        let ran = witwright(&["run", component.to_str().unwrap()]);
        assert_eq!(ran.code, Some(1));
        ran.err
    };
    let err = run_importing(&["acme:text/render"], "acme:text/other");
    assert!(err.contains("does not export `wasi:cli/run`") && !err.contains("compose"), "{err}");
    let imports = |names: &[&str]| run_importing(names, "wasi:cli/run@0.2.0");
    let err = imports(&["wasi:nn/graph@0.2.0", "wasi:io/poll@0.3.0", "wasi:http/other@0.3.0", "acme:text/render"]);
    for text in [
        "`wasi:nn/graph@0.2.0`: not found",
        "help: `witwright` does not provide `wasi:nn`; of WASI it provides `wasi:cli`, ",
        "help: `witwright` provides WASI 0.2 and 0.3, not 0.3.0 of `wasi:io`; build the component for `wasm32-wasip2`",
        "help: of `wasi:http` 0.3, `witwright` provides the interfaces of `wasi:http/service`",
        "help: `witwright compose` connects `acme:text/render` to a component that exports it",
    ] {
        assert!(err.contains(text), "{text}: {err}");
    }
    let err = imports(&["wasi:io/no-such@0.2.3"]);
    assert!(err.contains("help: of `wasi:io` 0.2, `witwright` provides the interfaces of"), "{err}");

    let calls = r#"(component
        (import "acme:text/links" (instance $links (export "ping" (func))))
        (core func $ping (canon lower (func $links "ping")))
        (core module $m (import "" "ping" (func $ping)) (func (export "go") (call $ping)))
        (core instance $i (instantiate $m (with "" (instance (export "ping" (func $ping))))))
        (func (export "go") (canon lift (core func $i "go"))))"#;
    std::fs::write(&component, wat::parse_str(calls).unwrap()).unwrap();
    let ran = witwright(&["run", component.to_str().unwrap(), "--invoke", "go()"]);
    let says =
        "`acme:text/links` function `ping` was called, and nothing provides it\n  help: `witwright compose` connects";
    assert!(ran.err.contains(says), "{}", ran.err);

    let ran = witwright(&["run", "--env", "NOT_SET_ANYWHERE", component.to_str().unwrap()]);
    assert!(ran.err.contains("`NOT_SET_ANYWHERE` is not set here"), "{}", ran.err);
}
