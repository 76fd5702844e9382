//! `witwright wast`: its output, the traps and errors that it accepts as the expected ones, and the memory that it needs.

use std::fs;

use super::{Ran, temporary, witwright};

/// Runs a script of this text.
fn wast(name: &str, text: &str, args: &[&str]) -> Ran {
    let path = temporary(name);
    fs::write(&path, text).unwrap();
    witwright(&[&["wast", path.to_str().unwrap()], args].concat())
}

#[test]
fn failures_and_the_sum_are_printed() {
    for engine in ["wasmi", "wasmtime"] {
        let ran = witwright(&["wast", "--engine", engine, "script.wast"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
        let lines: Vec<&str> = ran.out.lines().collect();
        assert_eq!(lines.len(), 2, "{}", ran.out);
        assert!(
            lines[0].starts_with("script.wast:36:2: assert_return: expected (u32.const 3), found (u32.const 2)"),
            "{}",
            ran.out
        );
        assert_eq!(lines[1], "12 passed, 1 failed");
    }
    let ran = witwright(&["wast", "--validate", "script.wast"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "13 passed, 0 failed\n"));
    let ran = witwright(&["wast", "--features", "nonsense", "script.wast"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("cm-threading"), "{}", ran.err);
}

/// The error for a component that this host does not run is not the trap that a script expects.
#[test]
fn an_unsupported_construct_is_no_expected_trap() {
    let text = r#"
        (assert_trap
          (component
            (core module $m (memory (export "memory") i64 1) (func (export "f") (result i64) (i64.const 8)))
            (core instance $i (instantiate $m))
            (func (export "f") (result string) (canon lift (core func $i "f") (memory (core memory $i "memory")))))
          "cm64")"#;
    let ran = wast("unsupported.wast", text, &["--features", "cm64"]);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].contains("2:10: assert_trap: the component uses cm64, which this host does not run"), "{lines:?}");
}

#[test]
fn the_messages_of_errors_count() {
    let invalid = r#"(component (import "a" (func)) (import "A" (func)))"#;
    let right = format!(r#"(assert_invalid {invalid} "import name `A` conflicts with previous name `a`")"#);
    assert_eq!(wast("right.wast", &right, &[]).code, Some(0));
    let wrong = format!(r#"(assert_invalid {invalid} "export name `A` conflicts with previous name `a`")"#);
    let ran = wast("wrong-message.wast", &wrong, &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("expected the error `export name `A`"), "{}", ran.out);
    assert!(ran.out.contains("found `import name `A`"), "{}", ran.out);
}

#[test]
fn memory_is_limited() {
    let text = r#"(component (core module $m (memory 32)) (core instance (instantiate $m)))"#;
    for engine in ["wasmi", "wasmtime"] {
        let run = |limit| wast("limit.wast", text, &["--engine", engine, "--max-memory", limit]);
        assert_eq!(run("2MiB").code, Some(0));
        let ran = run("2047KiB");
        assert_eq!(ran.code, Some(1));
        assert!(ran.out.contains("a store may have 2096128 bytes of memory"), "{}", ran.out);
    }
    for (size, says) in [("2GB", "the unit is KiB, MiB or GiB"), ("GiB", "begins with a whole number")] {
        let ran = wast("limit.wast", text, &["--max-memory", size]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}

/// 24 instances with 128 MiB each run in 1.5 GiB of addresses: at most two of them exist at once.
#[cfg(target_os = "linux")]
#[test]
fn instances_that_nothing_names_are_dropped() {
    let component = r#"(component definition $c
        (core module $m
          (memory 1)
          (func (export "grow") (result i32) (drop (memory.grow (i32.const 2047))) (memory.size)))
        (core instance $i (instantiate $m))
        (func (export "grow") (result u32) (canon lift (core func $i "grow"))))"#;
    let unnamed = "(component instance $c)\n(assert_return (invoke \"grow\") (u32.const 2048))\n";
    let renamed = "(component instance $i $c)\n(assert_return (invoke $i \"grow\") (u32.const 2048))\n";
    let path = temporary("instances.wast");
    fs::write(&path, format!("{component}\n{}{}", unnamed.repeat(12), renamed.repeat(12))).unwrap();
    let limited = format!("ulimit -v 1572864; exec {} wast {}", env!("CARGO_BIN_EXE_witwright"), path.display());
    let output = std::process::Command::new("sh").args(["-c", &limited]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "49 passed, 0 failed\n");
}
