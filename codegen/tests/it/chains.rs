//! Types that mention the type before them several times: each is read once, or generating would never end.

use core::fmt::Write;

use witwright_codegen::{Ownership, Request, TableOptions, Target};

const DEPTH: usize = 24;

/// A chain of types, each with the one before it in two places.
fn chain(prefix: &str, first: &str, next: impl Fn(&str) -> String) -> String {
    let mut types = format!("{}\n", first.replace('%', &format!("{prefix}0")));
    for depth in 1..=DEPTH {
        let text = next(&format!("{prefix}{}", depth - 1));
        writeln!(types, "{}", text.replace('%', &format!("{prefix}{depth}"))).unwrap();
    }
    types
}

/// Chains of each sort, twice, so that types of one structure have different names.
fn world(first: &str) -> String {
    let mut types = String::new();
    let mut funcs = String::new();
    for copy in ["a", "b"] {
        let tuple = |of: &str| format!("type % = tuple<list<{of}>, option<{of}>>;");
        let result = |of: &str| format!("type % = result<list<{of}>, {of}>;");
        let record = |of: &str| format!("record % {{ x: {of}, y: list<{of}> }}");
        let variant = |of: &str| format!("variant % {{ x({of}), y(tuple<{of}>), z }}");
        types += &chain(&format!("tuple-{copy}"), &format!("type % = {first};"), tuple);
        types += &chain(&format!("result-{copy}"), &format!("type % = {first};"), result);
        types += &chain(&format!("record-{copy}"), &format!("record % {{ x: {first} }}"), record);
        types += &chain(&format!("variant-{copy}"), &format!("variant % {{ x({first}) }}"), variant);
        for kind in ["tuple", "result", "record", "variant"] {
            writeln!(funcs, "take-{kind}-{copy}: func(a: {kind}-{copy}{DEPTH}, b: list<{kind}-{copy}{DEPTH}>);")
                .unwrap();
            if first.starts_with("borrow") {
                continue;
            }
            writeln!(funcs, "give-{kind}-{copy}: func() -> {kind}-{copy}{DEPTH};").unwrap();
            writeln!(funcs, "ends-{kind}-{copy}: func() -> stream<{kind}-{copy}{DEPTH}>;").unwrap();
        }
    }
    format!(
        "package test:chains;
        interface chains {{ resource r; {types} {funcs} }}
        world w {{ import chains; export chains; }}
        world other {{ import chains; }}"
    )
}

fn request(target: Target, first: &str) -> Request {
    let mut request = Request::new(target, env!("CARGO_MANIFEST_DIR").into());
    request.inline = Some(world(first));
    request.world = Some("w".to_owned());
    request
}

/// The bindings of chains of each kind of value.
fn check(target: Target, change: impl Fn(&mut Request)) {
    for first in ["u32", "string", "r", "borrow<r>", "error-context"] {
        let mut request = request(target, first);
        change(&mut request);
        let response = request.run();
        let said: String = response.diagnostics.iter().map(|diagnostic| response.render(diagnostic)).collect();
        assert!(response.code.is_some(), "{said}");
    }
}

#[test]
fn guests_read_each_type_once() {
    check(Target::Guest, |_| {});
    check(Target::Guest, |request| request.options.stubs = true);
    check(Target::Guest, |request| request.options.merge_structurally_equal_types = true);
    for duplicate in [false, true] {
        check(Target::Guest, |request| request.options.ownership = Ownership::Borrowing { duplicate });
    }
}

#[test]
fn raw_strings_are_told_from_bytes_once() {
    check(Target::Guest, |request| request.options.raw_strings = true);
}

#[test]
fn hosts_read_each_type_once() {
    check(Target::Host, |_| {});
}

#[test]
fn tables_have_each_type_once() {
    for first in ["u32", "string", "r", "borrow<r>", "error-context"] {
        assert!(request(Target::Host, first).tables(&TableOptions::default()).code.is_some());
    }
}
