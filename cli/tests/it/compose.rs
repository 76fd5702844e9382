//! `witwright compose`: components plugged into one another, which then run.

use crate::{binary, command, temporary, witwright};

const SOCKET: &str = r#"
    (component
        (import "test:doubling/double@0.1.0" (instance $double (export "double" (func (param "x" u32) (result u32)))))
        (core func $double (canon lower (func $double "double")))
        (core module $m
            (import "" "double" (func $double (param i32) (result i32)))
            (func (export "quadruple") (param i32) (result i32) (call $double (call $double (local.get 0)))))
        (core instance $i (instantiate $m (with "" (instance (export "double" (func $double))))))
        (func (export "quadruple") (param "x" u32) (result u32) (canon lift (core func $i "quadruple"))))"#;

const PLUG: &str = r#"
    (component
        (core module $m
            (func (export "double") (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1))))
        (core instance $i (instantiate $m))
        (func $double (param "x" u32) (result u32) (canon lift (core func $i "double")))
        (instance $double (export "double" (func $double)))
        (export "test:doubling/double@0.1.3" (instance $double)))"#;

#[test]
fn what_is_composed_runs() {
    let (socket, plug) = (binary("quadruple.wasm", SOCKET), binary("double.wasm", PLUG));
    let composed = temporary("composed.wasm");
    let composed = composed.to_str().unwrap();
    let ran = witwright(&["compose", &socket, &plug, "-o", composed]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for engine in ["wasmi", "wasmtime"] {
        let ran = witwright(&["run", composed, "--invoke", "quadruple(10)", "--engine", engine]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), "40\n"), "{}", ran.err);
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let socket = binary("socket.wasm", SOCKET);
    let other = binary("other.wasm", &PLUG.replace("@0.1.3", "@0.2.0"));
    let output = temporary("never.wasm");
    let ran = witwright(&["compose", &socket, &other, "-o", output.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    let open = format!("test:doubling/double@0.1.0 of `{socket}` (the exported version is not compatible)");
    assert!(ran.err.contains(&open), "{}", ran.err);

    let wider = binary("wider.wasm", &PLUG.replace("\"x\" u32", "\"x\" s32"));
    let ran = witwright(&["compose", &socket, &wider, "-o", output.to_str().unwrap(), "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let error: serde_json::Value = serde_json::from_str(ran.out.trim()).unwrap();
    assert_eq!(error["code"], "E0623");
    assert!(!output.exists());
}

#[test]
fn what_is_no_component_is_refused() {
    let module = binary("module.wasm", "(module)");
    let socket = binary("with-module.wasm", SOCKET);
    let ran = witwright(&["compose", &socket, &module, "-o", "never.wasm"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("module.wasm") && ran.err.contains("this is a core module"), "{}", ran.err);
    for command in ["run", "serve"] {
        let ran = witwright(&[command, &module]);
        let says = ["cannot load ", "module.wasm: this is a core module", "build it for `wasm32-wasip2`"];
        assert!(ran.code == Some(1) && says.iter().all(|text| ran.err.contains(text)), "{}", ran.err);
    }
    assert_eq!(witwright(&["compose", &socket, "-o", "never.wasm"]).code, Some(2));
}

#[test]
fn a_wire_says_which_export_is_meant() {
    let socket = binary("wired.wasm", SOCKET);
    let double = binary("wired-double.wasm", PLUG);
    let triple = binary(
        "wired-triple.wasm",
        &PLUG.replace("(i32.shl (local.get 0) (i32.const 1))", "(i32.mul (local.get 0) (i32.const 3))"),
    );
    let between = binary("wired-between.wasm", &SOCKET.replace("\"quadruple\" (func", "\"unused\" (func"));
    let output = temporary("wired-composed.wasm");
    let output = output.to_str().unwrap();
    // Whichever is named, the other would be unused.
    let both = ["compose", &socket, &double, &triple, "-o", output];
    let ran = witwright(&both);
    assert_eq!(ran.code, Some(1));
    let says = format!("which several components export: `{double}`, `{triple}`\n  help: give one of them alone");
    assert!(ran.err.contains(&says), "{}", ran.err);
    let to_double = format!("{socket}#test:doubling/double@0.1.0={double}");
    let ran = witwright(&[&both[..], &["--wire", &to_double]].concat());
    let says = format!("`{triple}` would be unused: `{socket}` imports `test:doubling/double@0.1.0` from `{double}`");
    assert!(ran.code == Some(1) && ran.err.contains(&says), "{}", ran.err);
    let wire = format!("{socket}#test:doubling/double@0.1.0={triple}");
    let ran = witwright(&["compose", &triple, &socket, "-o", output, "--wire", &wire]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let ran = witwright(&["run", output, "--invoke", "quadruple(10)"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "90\n"), "{}", ran.err);
    let wrong = format!("{socket}#test:doubling/doubel={between}");
    let ran = witwright(&["compose", &socket, &triple, &between, "-o", output, "--wire", &wrong]);
    assert_eq!(ran.code, Some(1));
    let says = "does not import `test:doubling/doubel`\n  help: did you mean `test:doubling/double@0.1.0`?";
    assert!(ran.err.contains(says), "{}", ran.err);
    let twice = ["--wire", &wire, "--wire", &wire];
    let ran = witwright(&[&["compose", &socket, &triple, "-o", output], &twice[..]].concat());
    assert!(ran.err.contains("two components are named for `test:doubling/double@0.1.0` of"), "{}", ran.err);
}

#[test]
fn a_file_is_given_once() {
    let plug = binary("twice-double.wasm", PLUG);
    let socket = binary("twice-quadruple.wasm", SOCKET);
    let (folder, file) = plug.rsplit_once('/').unwrap();
    for again in [plug.clone(), format!("{folder}/./{file}")] {
        let ran = witwright(&["compose", &socket, &plug, &again, "-o", "never.wasm"]);
        let says = format!("`{again}` is given twice\n  help: give it once");
        assert!(ran.code == Some(1) && ran.err.contains(&says), "{}", ran.err);
    }
}

#[test]
fn imports_of_wasi_are_the_hosts() {
    let wasi = "(import \"wasi:cli/stdout@0.2.0\" (instance)) (import \"wasi:cli/stdin@0.2.0\" (instance))";
    let importer = binary("with-wasi.wasm", &format!("(component {wasi})"));
    let run = "(instance $run (export \"run\" (func $double))) (export \"wasi:cli/run@0.2.0\" (instance $run)))";
    let text = PLUG.replace("(export \"test:doubling/double@0.1.3\" (instance $double)))", run);
    let main = binary("command.wasm", &text);
    let ran = witwright(&["compose", &importer, &main, "-o", "never.wasm"]);
    let says = "wasi:cli/run@0.2.0\nno import is unsatisfied but those of WASI (2), which the host provides\n";
    assert!(ran.code == Some(1) && ran.err.contains(says), "{}", ran.err);
    assert!(!ran.err.contains("did you mean"), "{}", ran.err);
}

#[test]
fn a_dash_is_standard_output() {
    let (socket, plug) = (binary("dash-quadruple.wasm", SOCKET), binary("dash-double.wasm", PLUG));
    let output = command(&["compose", &socket, &plug, "-o", "-"]).output().unwrap();
    assert!(output.status.success() && output.stdout.starts_with(b"\0asm"), "{output:?}");
}
