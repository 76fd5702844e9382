//! The command as a user runs it: output and exit codes.
#![allow(clippy::unwrap_used, reason = "what fails a test may panic")]

mod bindgen;
mod codes;
mod componentize;
mod components;
mod compose;
mod examples;
mod features;
mod fix;
mod fmt;
mod folders;
mod formats;
mod functions;
mod inputs;
mod new;
mod outputs;
mod serve;
mod usage;
mod wasi;
mod wast;
mod wave;
mod worlds;

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn witwright(args: &[&str]) -> Ran {
    ran(&command(args).output().unwrap())
}

/// The command, in the folder of the test data.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_witwright"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")).args(args);
    command
}

/// The command, with bytes on its standard input, of which it need not read any.
fn fed(args: &[&str], input: &[u8]) -> Ran {
    let streams = command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = streams.unwrap();
    let written = child.stdin.take().unwrap().write_all(input);
    assert!(written.is_ok() || written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe));
    ran(&child.wait_with_output().unwrap())
}

fn ran(output: &Output) -> Ran {
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

/// A file of this test's own.
fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Writes a binary of this test's own.
fn binary(name: &str, wat: &str) -> String {
    let path = temporary(name);
    std::fs::write(&path, wat::parse_str(wat).unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The component of `adder.wat`.
fn adder(name: &str) -> String {
    let path = temporary(name);
    let wat = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/adder.wat");
    std::fs::write(&path, wat::parse_file(wat).unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn check_reports_every_mistake() {
    let ran = witwright(&["check", "mistakes.wit"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    for line in [5, 6, 8, 9, 13] {
        assert!(ran.err.contains(&format!("mistakes.wit:{line}:")), "line {line} in\n{}", ran.err);
    }
    assert!(ran.err.contains("6 errors"), "{}", ran.err);
}

#[test]
fn json_is_one_object_a_line() {
    let ran = witwright(&["check", "mistakes.wit", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 6);
    assert!(lines.iter().all(|line| line["severity"] == "error" && line["code"].is_string()));
    assert_eq!(lines[0]["labels"][0]["line"], 5);
}

#[test]
fn check_accepts_what_is_right() {
    let ran = witwright(&["check", "text.wit"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

#[test]
fn what_is_not_there_is_said() {
    let ran = witwright(&["check", "nowhere"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("nowhere"), "{}", ran.err);
    let ran = witwright(&["run", "nowhere.wasm", "--invoke", "f()"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("cannot read nowhere.wasm"), "{}", ran.err);
}

#[test]
fn wrong_usage_is_2() {
    for args in [&["chek"][..], &["check"], &["bindgen", "gest", "text.wit"], &[]] {
        assert_eq!(witwright(args).code, Some(2), "{args:?}");
    }
    assert_eq!(witwright(&["run", "--help"]).code, Some(0));
}

#[test]
fn precompile_writes_tables() {
    let ran = witwright(&["precompile", "--world", "plugin", "text.wit"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in ["use ::witwright::world as _rt;", "pub static PLUGIN: ::witwright::world::WorldDesc", "name: \"word\""]
    {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let out = temporary("tables.rs");
    let to_file = ["--docs", "--module", "::tables", "--world", "plugin", "text.wit", "-o", out.to_str().unwrap()];
    assert_eq!(witwright(&[&["precompile"], &to_file[..]].concat()).code, Some(0));
    assert!(std::fs::read_to_string(out).unwrap().contains("use ::tables as _rt;"));
    let ran = witwright(&["precompile", "--module", "a b", "--world", "plugin", "text.wit"]);
    assert!(ran.code == Some(2) && ran.err.contains("is not a Rust path"), "{}", ran.err);
    let wit = temporary("only.wit");
    std::fs::write(&wit, "package a:b; world w {}").unwrap();
    let wit = wit.to_str().unwrap();
    let ran = witwright(&["precompile", wit, "-o", wit]);
    assert!(ran.code == Some(2) && ran.err.contains("write the code to another file"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(wit).unwrap(), "package a:b; world w {}");
}

#[test]
fn run_calls_exports_on_either_engine() {
    let component = adder("run.wasm");
    for engine in ["wasmi", "wasmtime"] {
        let ran = witwright(&["run", &component, "--engine", engine, "--invoke", "add(40, 2)"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), "42\n"), "{}", ran.err);
        let ran = witwright(&["run", &component, "--engine", engine, "--invoke", "acme:test/traps#fail()"]);
        assert_eq!(ran.code, Some(1));
        assert!(ran.err.contains("in `acme:test/traps@1.0.0` function `fail`: wasm trap: unreachable"), "{}", ran.err);
    }
}

#[test]
fn run_says_what_is_wrong_with_a_call() {
    let component = adder("wrong.wasm");
    for (call, says) in [
        ("ad(1, 2)", "no function `ad`; did you mean `add`?; it exports:"),
        ("add(1)", "the argument for `b`, `u32` (0 to 2^32 - 1), is missing; it is `add: func(a: u32, b: u32) -> u32`"),
        ("add(1, 2, 3)", "expected 2 arguments, found 3"),
        ("add(", "this is not a call, at column 5: `)` is missing\n  add(\n      ^\n"),
        ("add(1, true)", "parameter `b`: expected `u32` (0 to 2^32 - 1), found `true`"),
        ("add_all(1)", "words in names are separated by `-`: `add-all(…)`"),
        ("local:demo/adder/add(1)", "a `#` separates the interface from the function: `local:demo/adder#add(…)`"),
        ("[method]a.b(1)", "functions of resources cannot be called"),
    ] {
        let ran = witwright(&["run", &component, "--invoke", call]);
        assert_eq!(ran.code, Some(1), "{call}");
        assert!(ran.err.contains(says), "{call}: {}", ran.err);
    }
}

#[test]
fn a_component_is_made_of_a_module_and_a_world() {
    let module = temporary("core.wasm");
    let text = "(module (memory (export \"memory\") 1) (func (export \"seven\") (result i32) (i32.const 7)))";
    std::fs::write(&module, wat::parse_str(text).unwrap()).unwrap();
    let world = temporary("seven.wit");
    std::fs::write(&world, "package a:b; world w { export seven: func() -> u32; }").unwrap();
    let component = temporary("seven.wasm");
    let [module, world, component] = [&module, &world, &component].map(|path| path.to_str().unwrap());
    let ran = witwright(&["componentize", module, "--wit", world, "-o", component]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = witwright(&["wit", component]);
    assert!(ran.out.contains("export seven: func() -> u32;"), "{}{}", ran.out, ran.err);
    let ran = witwright(&["run", component, "--invoke", "seven()"]);
    assert_eq!(ran.out, "7\n", "{}", ran.err);

    std::fs::write(module, wat::parse_str("(module)").unwrap()).unwrap();
    let ran = witwright(&["componentize", module, "-o", component]);
    assert!(ran.code == Some(1) && ran.err.contains("help: name the world with `--wit`"), "{}", ran.err);
    let ran = witwright(&["componentize", module, "--wit", world, "-o", component]);
    assert_eq!(ran.code, Some(1));
    let says = "the module does not export all that its world `a:b/w` exports\n  missing: `seven`, of core type () -> i32\n  \
                help: in Rust, `bindings::export!";
    assert!(ran.err.contains(says), "{}", ran.err);
}

#[test]
fn lints_have_levels() {
    let folder = temporary("lints");
    std::fs::create_dir_all(folder.join("wit")).unwrap();
    let text = "package a:b; interface t { type x = u32; } interface i { use t.{x}; f: func(); }";
    std::fs::write(folder.join("wit/a.wit"), text).unwrap();
    let wit = folder.join("wit");
    let wit = wit.to_str().unwrap();
    let check = |args: &[&str]| witwright(&[&["check", wit], args].concat());
    assert!(check(&[]).err.contains("lint: unused-use"), "{}", check(&[]).err);
    assert_eq!(check(&[]).code, Some(0));
    assert_eq!(check(&["--allow", "all"]).err, "");
    assert_eq!(check(&["--deny", "unused-use", "--allow", "all"]).code, Some(1));
    let unknown = check(&["--deny", "unused-uses"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("did you mean `unused-use`?"), "{}", unknown.err);

    let manifest = folder.join("witwright.toml");
    std::fs::write(&manifest, "[lints]\nunused-use = \"deny\"\n").unwrap();
    assert_eq!(check(&[]).code, Some(1));
    for (text, says) in [
        ("[lints]\nunused = \"deny\"", "there is no lint `unused`"),
        ("[lints]\nnaming = \"off\"", "the level of `naming`"),
        ("[lint]\n", "`lint` is not known"),
        ("[lints", "witwright.toml"),
    ] {
        std::fs::write(&manifest, text).unwrap();
        let ran = check(&[]);
        assert_eq!(ran.code, Some(1));
        assert!(ran.err.contains(says), "{text}: {}", ran.err);
    }
    std::fs::remove_file(manifest).unwrap();
}

#[test]
fn a_package_is_seen_as_of_a_version() {
    let file = temporary("target.wit");
    let text = "package a:b@0.2.2; interface i { @since(version = 0.2.2) type t = u32; f: func(a: t); }";
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(witwright(&["check", file, "--allow", "all"]).code, Some(0));
    let ran = witwright(&["check", file, "--target-version", "a:b@0.2.1"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("`t` exists only since 0.2.2"), "{}", ran.err);
    assert_eq!(witwright(&["check", file, "--target", "a:b"]).code, Some(2));
}

#[test]
fn targets_says_why_not() {
    let component = adder("targets.wasm");
    let world = temporary("targets.wit");
    let text = "package a:b; world fits { export add: func(a: u32, b: u32) -> u32; }
        world wants { export add: func(a: u64, b: u32) -> u32; export more: func(); }";
    std::fs::write(&world, text).unwrap();
    let world = world.to_str().unwrap();
    for fits in [&["fits"][..], &["--world", "fits"], &["-w", "fits"]] {
        let ran = witwright(&[&["targets", &component, "--wit", world], fits].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let ran = witwright(&["targets", &component, "wants", "--wit", world]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("parameter `a`: `u64` in the world, `u32` in the component"), "{}", ran.err);
    assert!(ran.err.contains("the world exports `more`"), "{}", ran.err);
}

#[test]
fn targets_leaves_out_wasi_if_it_is_provided_too() {
    let (component, world) = (temporary("imports-wasi.wasm"), temporary("imports-wasi.wit"));
    let text = "(component (import \"wasi:io/poll@0.2.6\" (instance)) (import \"wasi:cli/exit@0.3.0\" (instance))
        (import \"wasi:io/error@0.2.6\" (instance)) (import \"acme:io/poll\" (instance)))";
    std::fs::write(&component, wat::parse_str(text).unwrap()).unwrap();
    let text = "package acme:io; interface poll {} world w { import poll; import wasi:cli/exit@0.2.0; }
        world less {} package wasi:cli@0.2.0 { interface exit {} }";
    std::fs::write(&world, text).unwrap();
    let [component, world] = [&component, &world].map(|path| path.to_str().unwrap());
    let ran = witwright(&["targets", component, "w", "--wit", world]);
    assert!(
        ran.err.contains("imports 2 interfaces of WASI, which the world does not offer")
            && ran.err.contains("they are `wasi:io/poll@0.2.6` and `wasi:io/error@0.2.6`")
            && ran.err.contains("check it with `--wasi`"),
        "{}",
        ran.err
    );
    // The versions of what the world mentions are compared.
    let ran = witwright(&["targets", component, "w", "--wit", world, "--wasi"]);
    assert!(ran.err.contains("imports `wasi:cli/exit@0.3.0`") && ran.err.contains("1 error"), "{}", ran.err);
    let ran = witwright(&["targets", component, "less", "--wit", world, "--wasi"]);
    assert!(ran.err.contains("imports `acme:io/poll`") && ran.err.contains("1 error"), "{}", ran.err);
}

#[test]
fn wit_prints_packages_and_binaries_as_text() {
    let ran = witwright(&["wit", "text.wit"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("package acme:text"), "{}", ran.out);
    // The output is a package again, and is printed unchanged.
    let folder = temporary("printed");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("printed.wit"), &ran.out).unwrap();
    let again = witwright(&["wit", folder.to_str().unwrap()]);
    assert_eq!((again.code, &again.out), (Some(0), &ran.out), "{}", again.err);

    let ran = witwright(&["wit", &adder("wit.wasm")]);
    assert!(ran.out.contains("export add: func("), "{}{}", ran.out, ran.err);
    let ran = witwright(&["wit", "mistakes.wit"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("6 errors"), "{}", ran.err);
    let ran = witwright(&["wit", "adder.wat"]);
    assert!(ran.err.contains("is not a WebAssembly binary"), "{}", ran.err);
}

#[test]
fn wit_prints_packages_and_binaries_as_json() {
    let model = |ran: &Ran| -> serde_json::Value {
        assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 1), "{}{}", ran.out, ran.err);
        serde_json::from_str(&ran.out).unwrap()
    };
    let text = model(&witwright(&["wit", "text.wit", "--format", "json"]));
    assert_eq!(text["main"], serde_json::json!([text["packages"][0]["id"]]));
    assert_eq!(text["packages"][0]["span"]["file"], "text.wit");
    let component = model(&witwright(&["wit", &adder("wit-json.wasm"), "--format", "json"]));
    assert_eq!(component["main"], serde_json::json!(["root:component"]));
    assert!(component["packages"].as_array().unwrap().iter().all(|package| package["span"].is_null()));
    let ran = witwright(&["wit", "mistakes.wit", "--format", "json"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(1), 6), "diagnostics, and no model");
}
