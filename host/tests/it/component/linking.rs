//! Linking: all missing and mismatched imports are reported at once, with names; compatible versions.

use witwright_abi_runtime::desc::{FieldDesc, FuncDesc, ResourceDesc, TypeDesc};
use witwright_host::{CoreEngine, ErrorKind, Linker, Store};

use super::{component, link_error, message};
use crate::on_every_engine;

on_every_engine! {
    every_problem_is_told, compatible_versions_stand_for_each_other, exports_are_compared, unknown_imports_can_trap,
    a_name_is_defined_once, imports_of_wasi_have_help, a_module_is_no_component, another_version_is_no_guess,
    names_that_none_can_import_are_refused,
}

static RESOLVE: FuncDesc = FuncDesc {
    name: "resolve",
    async_: false,
    params: &[FieldDesc { name: "href", ty: &TypeDesc::U32 }],
    result: Some(&TypeDesc::U32),
};

const LINKS: &str = r#"(component
    (import "acme:text/links@1.2.0" (instance
        (export "resolve" (func (param "href" string) (result u32)))
        (export "report" (func))
        (export "page" (type (sub resource)))))
    (import "acme:text/other" (instance (export "f" (func)))))"#;

fn every_problem_is_told<E: CoreEngine>() {
    let mut linker = Linker::<(), E>::new(&E::default());
    let mut links = linker.instance("acme:text/links@1.0.0");
    links.func(&RESOLVE, |_, (href,): (u32,)| Ok(href)).unwrap();
    links.func_wrap("reports", |_, ()| Ok(())).unwrap();
    links.func_wrap("page", |_, ()| Ok(())).unwrap();
    linker.instance("acme:text/othr").func_wrap("f", |_, ()| Ok(())).unwrap();
    let expected = "the component cannot be linked:
  import `acme:text/links@1.2.0` func `report`: not found in the linker; did you mean `reports`
  import `acme:text/links@1.2.0` resource `page`: expected resource, found func in the linker
  import instance `acme:text/other`: not found in the linker; did you mean `acme:text/othr`
  import `acme:text/links@1.2.0` func `resolve`: parameter 1 `href`: expected string, found u32 in the linker";
    assert_eq!(link_error(&linker, LINKS), expected);
}

fn imports_of_wasi_have_help<E: CoreEngine>() {
    let error = |names: &[&str]| {
        let import = |name: &&str| format!(r#"(import "{name}" (instance (export "f" (func))))"#);
        link_error(
            &Linker::<(), E>::new(&E::default()),
            &format!("(component {})", names.iter().map(import).collect::<String>()),
        )
    };
    let of_both = error(&["wasi:io/poll@0.2.3", "wasi:cli/run@0.2.0", "wasi:http/handler@0.3.0"]);
    let help: Vec<&str> = of_both.lines().filter_map(|line| line.strip_prefix("  help: ")).collect();
    assert_eq!(
        help,
        [
            "`witwright::wasi::p2::add_to_linker` (the feature `wasi`) defines the interfaces of WASI 0.2",
            "`witwright::wasi::p3::http::add_to_linker` (the feature `http`) defines `wasi:http` 0.3",
        ]
    );
    for (name, expected) in [
        (
            "wasi:nn/graph@0.2.0",
            "this host has no interfaces of `wasi:nn`: define them with `Linker::instance`, or with bindings",
        ),
        ("wasi:io/poll", "of `wasi:io`, `witwright::wasi` defines version 0.2"),
        ("wasi:cli/run@0.3.0-rc-2026-02-09", "of `wasi:cli`, `witwright::wasi` defines versions 0.2 and 0.3"),
    ] {
        assert!(error(&[name]).contains(&format!("  help: {expected}")), "{}", error(&[name]));
    }
    assert!(
        error(&["acme:cli/run@0.2.0"])
            .contains("  help: `add_to_linker` of the bindings, which `host!` makes of a world,")
    );
}

/// A component of WASI 0.3 in a host of WASI 0.2.
fn another_version_is_no_guess<E: CoreEngine>() {
    let mut linker = Linker::<(), E>::new(&E::default());
    linker.instance("wasi:cli/stdout@0.2.6").func_wrap("f", |_, ()| Ok(())).unwrap();
    linker.instance("wasi:cli/stdin@0.2.6").func_wrap("f", |_, ()| Ok(())).unwrap();
    let error = link_error(&linker, r#"(component (import "wasi:cli/stdout@0.3.0" (instance (export "f" (func)))))"#);
    let expected = "the component cannot be linked:
  import instance `wasi:cli/stdout@0.3.0`: not found in the linker; `wasi:cli/stdout@0.2.6` is of a version that is not compatible
  help: `witwright::wasi::p3::add_to_linker` (the feature `wasi`) defines the interfaces of WASI 0.3";
    assert_eq!(error, expected);
}

/// Names of the grammar are taken, also those of plain instances and of instances within instances.
fn names_that_none_can_import_are_refused<E: CoreEngine>() {
    let mut linker = Linker::<(), E>::new(&E::default());
    for (instance, name) in [
        ("acme", "f"),
        ("a:b/c@0.2.0-rc.1", "f-2"),
        ("outer/inner", "[constructor]r"),
        ("a:b/c@1.0.0/inner", "[method]r.m"),
        ("a:b/c@1/x/y", "HTTP-get"),
    ] {
        linker.instance(instance).func_wrap(name, |_, ()| Ok(())).unwrap();
    }
    let outcome = linker.root().func_wrap("foo_bar", |_, ()| Ok(())).map(|_| ());
    let expected = "no component can import the name `foo_bar`: `foo_bar` is not in kebab case; did you mean `foo-bar`";
    assert_eq!(message(outcome), expected);
    for (instance, name) in [
        ("acme_text", "f"),
        ("a:b/c@", "f"),
        ("a:b/c@x", "f"),
        ("a/b_c", "f"),
        ("", "f"),
        ("a:b", "f"),
        ("a", ""),
        ("a", "f g"),
    ] {
        let outcome = linker.instance(instance).func_dynamic(name, |_, _, _| Ok(None)).map(|_| ());
        assert!(outcome.is_err(), "{instance} {name}");
        assert!(message(outcome).contains("no component can import the name"), "{instance} {name}");
    }
}

fn compatible_versions_stand_for_each_other<E: CoreEngine>() {
    let text = |version: &str| format!(r#"(component (import "a:b/c@{version}" (instance (export "f" (func)))))"#);
    let mut linker = Linker::<(), E>::new(&E::default());
    linker.instance("a:b/c@0.2.3").func_wrap("f", |_, ()| Ok(())).unwrap();
    for version in ["0.2.0", "0.2.3", "0.2.9"] {
        linker.instantiate_pre(&component(linker.engine(), &text(version))).unwrap();
    }
    for version in ["0.1.0", "0.3.0", "1.0.0", "0.2.3-rc"] {
        assert!(link_error(&linker, &text(version)).contains("not found"), "{version}");
    }
}

static ADD: FuncDesc = FuncDesc {
    name: "add",
    async_: false,
    params: &[FieldDesc { name: "a", ty: &TypeDesc::U32 }, FieldDesc { name: "b", ty: &TypeDesc::U32 }],
    result: Some(&TypeDesc::U64),
};

static PAGE: ResourceDesc = ResourceDesc::World { name: "page", interface: None };

static OPEN: FuncDesc = FuncDesc { name: "open", async_: false, params: &[], result: Some(&TypeDesc::Own(&PAGE)) };

fn exports_are_compared<E: CoreEngine>() {
    let engine = E::default();
    let component = component(
        &engine,
        r#"(component
            (core module $m (func (export "add") (param i32 i32) (result i32) (i32.const 0)))
            (core instance $i (instantiate $m))
            (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))"#,
    );
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &component).unwrap();
    let add = instance.typed_func(&mut store, None, &ADD);
    assert_eq!(message(add), "export func `add`: result: expected u64, found u32 in the component");
    let open = instance.typed_func(&mut store, None, &OPEN);
    assert_eq!(message(open), "export func `open`: not found in the component");
    let open = instance.typed_func(&mut store, Some("acme:text/links"), &OPEN);
    assert_eq!(message(open), "export instance `acme:text/links`: not found in the component");
}

fn unknown_imports_can_trap<E: CoreEngine>() {
    let engine = E::default();
    let component = component(
        &engine,
        r#"(component
            (import "acme:text/links" (instance $links (export "ping" (func))))
            (core func $ping (canon lower (func $links "ping")))
            (core module $m (import "" "ping" (func $ping)) (func (export "run") (call $ping)))
            (core instance $i (instantiate $m (with "" (instance (export "ping" (func $ping))))))
            (func (export "run") (canon lift (core func $i "run"))))"#,
    );
    let mut linker = Linker::new(&engine);
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let run = instance.func(&mut store, None, "run").unwrap();
    let expected = "in function `run`: `acme:text/links` function `ping` was called, and nothing provides it";
    assert_eq!(message(run.call_typed::<(), ()>(&mut store, &())), expected);
}

fn a_name_is_defined_once<E: CoreEngine>() {
    let mut linker = Linker::<(), E>::new(&E::default());
    let mut instance = linker.instance("a:b/c");
    instance.func_wrap("f", |_, ()| Ok(())).unwrap();
    assert_eq!(
        message(instance.func_wrap("f", |_, ()| Ok(())).map(|_| ())),
        "`f` is defined twice in `a:b/c`; after `Linker::allow_shadowing(true)`, the later definition replaces the earlier one"
    );
}

fn a_module_is_no_component<E: CoreEngine>() {
    let bytes = wat::parse_str("(module)").unwrap();
    let error = witwright_host::Component::new(&E::default(), &bytes).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unsupported(_)), "{error}");
    assert!(error.to_string().contains("core module"), "{error}");
}
