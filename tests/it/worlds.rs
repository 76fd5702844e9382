//! Components beside the tables of a world from which each differs by one thing.

use core::fmt::Write;
use std::fs;

use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{LiftLowerAbi, ManglingAndAbi, Resolve};
use witwright_host::Component;
use witwright_host::wasmi::Engine;

witwright::tables!({ path: "it/worlds/base.wit" });

const WIT: &str = include_str!("worlds/base.wit");

/// The changes of each case.
const CHANGES: &[&[(&str, &str)]] = &[
    &[("  export run: func() -> u32;\n", "")],
    &[("  export deep;\n  export other;\n", "")],
    &[("  export other;\n", "")],
    &[("  export types-only;\n", "")],
    &[("import log:", "import lag:")],
    &[("import log: func(text: string)", "import log: func(text: string) -> u8")],
    &[("import log: func(text: string)", "import log: func(text: string, to: u8)")],
    &[("import log: func(text", "import log: func(txt")],
    &[("import log: func", "import log: async func")],
    &[("import logs: async func", "import logs: func")],
    &[("texts: stream)", "texts: stream<u8>)")],
    &[("a: u8, b", "a: s8, b")],
    &[("a: u8, b", "c: u8, b")],
    &[("a: u8, b: string", "b: string, a: u8")],
    &[("a: u8, b: string", "a: u8, b: string, c: u8")],
    &[("low, high", "high, low")],
    &[("low, high", "low, high, top")],
    &[("flags bits { x, y }", "enum bits { x, y }")],
    &[("empty, one(leaf)", "one(leaf), empty")],
    &[("one(leaf)", "one")],
    &[("option<result<leaf, u32>>", "option<result<leaf, s32>>")],
    &[("option<result<leaf, u32>>", "result<result<leaf, u32>>")],
    &[("option<result<leaf, u32>>", "option<result<leaf>>")],
    &[("result<list<u8>, string>", "option<list<u8>>")],
    &[("tuple<u8, u16>", "tuple<u8, u16, u8>")],
    &[("take: func(t: thing)", "take: func(t: borrow<thing>)")],
    &[("get: func() -> node;", "")],
    &[("get: func() -> node;", "get: static func() -> node;")],
    &[("get: func() -> node;", "gets: func() -> node;")],
    &[("constructor(l: leaf);", "")],
    &[("future<node>", "stream<node>")],
    &[("@1.2.0", "@2.0.0")],
    &[("@1.2.0", "")],
    &[("interface other {", "interface more {"), ("export other;", "export more;")],
];

/// The problems of each. `BLESS=1` writes them anew.
const SAID: &str = include_str!("worlds/said.txt");

/// A component of the world in a text, which imports all that the world does.
fn component(wit: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("main.wit", wit).unwrap();
    let world = resolve.select_world(&[package], None).unwrap();
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Legacy(LiftLowerAbi::Sync));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8, false).unwrap();
    ComponentEncoder::default().module(&module).unwrap().encode().unwrap()
}

/// The problems of a component whose world is the text with each of these changes.
fn problems(changes: &[(&str, &str)]) -> String {
    let changed = changes.iter().fold(WIT.to_owned(), |wit, (from, to)| {
        assert!(wit.contains(from), "{from}");
        wit.replace(from, to)
    });
    let component = Component::new(&Engine::default(), &component(&changed)).unwrap();
    component.check_world(&BASE).map_or_else(|error| error.to_string(), |()| String::new())
}

#[test]
fn a_component_of_the_world_fits() {
    assert_eq!(problems(&[]), "");
    // It may import less and export more, be of a compatible version, and call types by other names.
    let less = ("  import log: func(text: string);\n", "");
    let more = ("  export run:", "  export more: func();\n  export run:");
    let older = ("@1.2.0", "@1.1.7");
    for change in [
        less,
        more,
        older,
        ("level", "height"),
        ("leaf", "leaves"),
        ("types-only;", "types-only;\n  export mine: interface { f: func(); }"),
    ] {
        assert_eq!(problems(&[change]), "", "{change:?}");
    }
}

#[test]
fn every_difference_is_said() {
    let mut said = String::new();
    for changes in CHANGES {
        for (from, to) in *changes {
            writeln!(said, "{from:?} => {to:?}").unwrap();
        }
        let problems = problems(changes);
        let (first, rest) = problems.split_once('\n').unwrap_or_else(|| panic!("{changes:?} is no difference"));
        assert_eq!(first, "the component does not fit the world `base`:");
        writeln!(said, "{rest}\n").unwrap();
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(xtask::root().join("tests/it/worlds/said.txt"), &said).unwrap();
        return;
    }
    for (number, (said, expected)) in (1..).zip(said.lines().zip(SAID.lines())) {
        assert_eq!(said, expected, "in line {number} of said.txt");
    }
    assert_eq!(said, SAID);
}
