//! The core modules that the benchmarks call, and components of the same modules.

/// Adds two numbers.
pub(super) const ADD: &str =
    r#"(func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))"#;

/// Calls its import a given number of times.
pub(super) const REPEAT: &str = r#"
    (import "" "f" (func $f (param i32) (result i32)))
    (func (export "repeat") (param $n i32) (result i32) (local $x i32)
      (loop $again
        (local.set $x (call $f (local.get $x)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $again (local.get $n)))
      (local.get $x))"#;

/// The callee of calls between guests.
pub(super) const NEXT: &str = r#"(func (export "f") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))"#;

/// The binary of a core module of these fields.
pub(super) fn module(fields: &str) -> Vec<u8> {
    binary(&format!("(module {fields})"))
}

/// Exports `add`.
pub(super) fn adder() -> Vec<u8> {
    binary(&format!(
        r#"(component
            (core module $m {ADD})
            (core instance $i (instantiate $m))
            (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))"#
    ))
}

/// Imports `f`, and exports `repeat`.
pub(super) fn repeater() -> Vec<u8> {
    binary(&format!("(component {})", repeat()))
}

/// Exports `repeat`, which calls the `f` of a nested component.
pub(super) fn pair() -> Vec<u8> {
    binary(&format!(
        r#"(component
            (component $next
              (core module $m {NEXT})
              (core instance $i (instantiate $m))
              (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
            (component $repeat {})
            (instance $next (instantiate $next))
            (instance $repeat (instantiate $repeat (with "f" (func $next "f"))))
            (export "repeat" (func $repeat "repeat")))"#,
        repeat()
    ))
}

fn repeat() -> String {
    format!(
        r#"(import "f" (func $f (param "x" u32) (result u32)))
           (core func $f (canon lower (func $f)))
           (core module $m {REPEAT})
           (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
           (func (export "repeat") (param "n" u32) (result u32) (canon lift (core func $i "repeat")))"#
    )
}

fn binary(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
