//! `witwright componentize`: modules that do not fit their world, and adapters.

use std::fs;

use crate::{binary, temporary, witwright};

const WIT: &str = "package a:b;
    interface files { open: func(path: string, size: u64) -> string; close: func(file: u32); }
    world tool { export seven: func() -> u32; export say-hello: func(); export files; }
    world texts { export name: func(text: string) -> string; }
    world user { import log: func(level: u32); import files; }";

/// Makes a component of a module, and checks the error.
#[track_caller]
fn fails(name: &str, world: &str, module: &str, says: &str) {
    let wit = temporary(&format!("{name}.wit"));
    fs::write(&wit, WIT).unwrap();
    let module = binary(name, &format!("(module {module})"));
    let wit = wit.to_str().unwrap();
    let ran = witwright(&["componentize", &module, "--wit", wit, "--world", world, "-o", "never.wasm"]);
    assert_eq!(ran.code, Some(1), "{module}");
    assert_eq!(ran.err, format!("error: cannot make a component: {says}\n"));
}

#[test]
fn missing_exports_are_listed_with_their_core_types() {
    fails(
        "missing-exports.wasm",
        "tool",
        "(func (export \"seven\") (result i32) (i32.const 7))",
        "the module does not export all that its world `a:b/tool` exports
  missing: `say-hello`, of core type ()
  missing: `a:b/files#open`, of core type (i32, i32, i64) -> i32
  missing: `a:b/files#close`, of core type (i32)
  help: in Rust, `bindings::export!(Component with_types_in bindings)` exports an implementation",
    );
    fails(
        "misspelt-exports.wasm",
        "tool",
        "(func (export \"seven\") (result i32) (i32.const 7)) (func (export \"say_hello\"))
         (func (export \"a:b/files#open\") (param i32 i32 i64) (result i32) (i32.const 0))
         (func (export \"a:b/files#close\") (param i32))",
        "the module does not export all that its world `a:b/tool` exports
  missing: `say-hello`, of core type ()
  help: export `say_hello` under the name `say-hello`",
    );
}

#[test]
fn other_core_types_are_shown_beside_the_worlds() {
    fails(
        "other-export.wasm",
        "tool",
        "(func (export \"seven\") (result i64) (i64.const 7))",
        "the export `seven` has another core type than in its world `a:b/tool`
  expected: () -> i32
  found: () -> i64
  help: the module was built for another version of the world; generate its bindings again, and build it",
    );
    fails(
        "other-import.wasm",
        "user",
        "(import \"a:b/files\" \"open\" (func (param i32 i32)))",
        "the import `open` of `a:b/files` has another core type than in its world `a:b/user`
  expected: (i32, i32, i64, i32)
  found: (i32, i32)
  help: the module was built for another version of the world; generate its bindings again, and build it",
    );
    fails(
        "other-realloc.wasm",
        "texts",
        "(func (export \"cabi_realloc\") (param i32) (result i32) (i32.const 0))",
        "the export `cabi_realloc` has another core type than it must have
  expected: (i32, i32, i32, i32) -> i32
  found: (i32) -> i32
  help: give it this core type",
    );
}

#[test]
fn imports_that_the_world_does_not_have_are_named() {
    fails(
        "env.wasm",
        "user",
        "(import \"env\" \"foo\" (func)) (import \"env\" \"bar\" (func (param i32)))",
        "the module imports the functions `foo`, `bar` from `env`, where no world has functions
  help: it is declared `extern`, and no library defines it: link the library that does; imports of the world are called \
         through its bindings",
    );
    for (module, name, message, help) in [
        ("$root", "logs", "the function `logs`, which its world does not import", "did you mean `log`?"),
        ("a:b/file", "open", "`open` of `a:b/file`, which its world does not import", "did you mean `a:b/files`?"),
        ("a:b/files", "opens", "`opens` of `a:b/files`, which has no such function", "did you mean `open`?"),
        (
            "other",
            "open",
            "`open` of `other`, which its world does not import",
            "import it in the world, or build the module without it",
        ),
    ] {
        let says = format!("the module imports {message}\n  its world: `a:b/user`\n  help: {help}");
        fails("unknown-import.wasm", "user", &format!("(import \"{module}\" \"{name}\" (func))"), &says);
    }
    let import = "(import \"__wbindgen_externref_xform__\" \"f\" (func))";
    let says =
        "the module imports `f` from `__wbindgen_externref_xform__`: it uses `wasm-bindgen`, which is for JavaScript
  help: switch off the features of its dependencies that are for browsers, such as `js` and `wasmbind`";
    fails("wasm-bindgen.wasm", "user", import, says);
}

#[test]
fn memory_and_its_allocator_are_exported() {
    let name = "(func (export \"name\") (param i32 i32) (result i32) (i32.const 0))";
    fails(
        "no-realloc.wasm",
        "texts",
        &format!("(memory (export \"memory\") 1) {name}"),
        "the module does not export `cabi_realloc`, the function that allocates memory for texts, lists and results that it \
         receives
  its core type: (i32, i32, i32, i32) -> i32
  help: bindings of Rust export it; in other languages, export an allocator of this type (old address, old size, \
         alignment, new size)",
    );
    let realloc = "(func (export \"cabi_realloc\") (param i32 i32 i32 i32) (result i32) (i32.const 0))";
    fails(
        "no-memory.wasm",
        "texts",
        &format!("{realloc} {name}"),
        "the module does not export its memory, through which texts, lists and results are passed
  help: export it as `memory`, as linkers do by default",
    );
}

#[test]
fn adapters_are_explained() {
    let module =
        binary("adapted.wasm", "(module (import \"wasi_snapshot_preview1\" \"sched_yield\" (func (result i32))))");
    let component = binary("adapter-component.wasm", "(component)");
    let adapt = |adapter: &str| witwright(&["componentize", &module, "--adapt", adapter, "-o", "never.wasm"]);
    for (adapter, code, says) in [
        ("wasi_snapshot_preview2", 1, "help: an adapter makes a module that was built for another interface fit"),
        ("wasi_snapshot_previw1", 1, "help: did you mean `wasi_snapshot_preview1`?"),
        ("nowhere/adapter.wasm", 1, "cannot read nowhere/adapter.wasm: no such file or directory"),
        (&component, 1, "it is a component, and an adapter is a core module"),
        ("=adapter.wasm", 2, "the name is missing; write `NAME=FILE`"),
    ] {
        let ran = adapt(adapter);
        assert!(ran.code == Some(code) && ran.err.contains(says), "{adapter}: {}", ran.err);
    }
}

#[test]
fn a_module_that_is_not_valid_is_refused_first() {
    let path = temporary("invalid.wasm");
    let module = wat::parse_str("(module (func (export \"seven\") (result i32)))").unwrap();
    fs::write(&path, module).unwrap();
    let ran = witwright(&["componentize", path.to_str().unwrap(), "-o", "never.wasm"]);
    assert!(ran.code == Some(1) && ran.err.contains("it is not a valid module: type mismatch"), "{}", ran.err);
}
