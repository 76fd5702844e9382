//! `witwright run --invoke`: the functions that can be called, and those that cannot.

use crate::{binary, witwright};

const COMPONENT: &str = r#"(component
    (import "say" (func (param "text" string)))
    (import "acme:test/log@1.2.0" (instance (export "note" (func))))
    (core module $m (func (export "none")) (func (export "one") (param i32) (result i32) (local.get 0)))
    (core instance $i (instantiate $m))
    (type $thing' (resource (rep i32)))
    (func $none (canon lift (core func $i "none")))
    (func $make (param "value" u32) (result (own $thing')) (canon lift (core func $i "one")))
    (component $things
        (import "thing" (type $thing (sub resource)))
        (import "make" (func $make (param "value" u32) (result (own $thing))))
        (import "none" (func $none))
        (export $thing' "thing" (type $thing))
        (export "make" (func $make) (func (param "value" u32) (result (own $thing'))))
        (export "[constructor]thing" (func $make) (func (param "value" u32) (result (own $thing'))))
        (export "clear" (func $none)))
    (instance $things (instantiate $things
        (with "thing" (type $thing')) (with "make" (func $make)) (with "none" (func $none))))
    (export "acme:test/things@1.0.0" (instance $things))
    (export "start" (func $none)))"#;

const LIST: &str = ":
  acme:test/things@1.0.0#clear
  start
WAVE has no notation for resources, streams and futures, so these cannot be called:
  acme:test/things@1.0.0#make
  acme:test/things@1.0.0#[constructor]thing
";

#[test]
fn functions_that_cannot_be_called_are_listed_too() {
    let component = binary("functions.wasm", COMPONENT);
    let ran = witwright(&["run", &component]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.ends_with(&format!("call one of its functions with `--invoke`{LIST}")), "{}", ran.err);
}

#[test]
fn a_function_that_is_not_exported_is_said_to_be_imported_or_misspelt() {
    let component = binary("called-functions.wasm", COMPONENT);
    for (call, says) in [
        ("say(1)", "the component imports `say` and does not export it: only exports can be called"),
        ("note()", "the component imports `acme:test/log@1.2.0#note` and does not export it"),
        ("log#note()", "the component imports `acme:test/log@1.2.0#note` and does not export it"),
        ("things#clear()", "no function `things#clear`; did you mean `acme:test/things@1.0.0#clear`?"),
        ("acme:test/thing@1.0.0#clear()", "did you mean `acme:test/things@1.0.0#clear`?"),
        ("strat()", "no function `strat`; did you mean `start`?"),
        ("other()", "no function `other`"),
    ] {
        let ran = witwright(&["run", &component, "--invoke", call]);
        assert_eq!(ran.code, Some(1), "{call}");
        assert!(ran.err.contains(says) && ran.err.ends_with(&format!("; it exports{LIST}")), "{call}: {}", ran.err);
    }
}

/// The core module traps when it is instantiated, so that a component that is refused was not.
#[test]
fn what_is_no_command_or_no_service_is_refused_before_it_runs() {
    let component = |name: &str, export: &str| {
        let start = "(core module $m (func $f unreachable) (start $f)) (core instance (instantiate $m))";
        let import = "(import \"acme:test/missing\" (instance (export \"f\" (func))))";
        let wat = format!("(component {import} {start} (instance $e) (export \"{export}\" (instance $e)))");
        binary(name, &wat)
    };
    let command = component("refused-command.wasm", "wasi:cli/run@0.2.0");
    let other = component("refused-other.wasm", "acme:test/other");
    for (name, handler) in [("2", "wasi:http/incoming-handler@0.2.0"), ("3", "wasi:http/handler@0.3.0")] {
        let service = component(&format!("refused-service-{name}.wasm"), handler);
        let ran = witwright(&["run", &service]);
        let handler = handler.split('@').next().unwrap();
        let says =
            format!("is an HTTP service, not a command: it exports `{handler}`\n  help: `witwright serve` runs it");
        assert!(ran.code == Some(1) && ran.err.contains(&says), "{}", ran.err);
    }
    let ran = witwright(&["serve", &command]);
    assert!(ran.code == Some(1) && ran.err.contains("help: it is a command; `witwright run` runs it"), "{}", ran.err);
    for (command, says) in [("run", "the component is not a WASI command"), ("serve", "the component is not a service")]
    {
        let ran = witwright(&[command, &other]);
        assert!(ran.code == Some(1) && ran.err.contains(says), "{}", ran.err);
        assert!(!ran.err.contains("missing") && !ran.err.contains("unreachable"), "{}", ran.err);
    }
}
