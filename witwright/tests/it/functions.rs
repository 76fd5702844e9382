//! Functions over plain values, strings and lists: imported ones go to the test's imports.

#[witwright::guest(path = "../codegen/tests/data/functions.wit")]
mod bindings {}

use bindings::test::functions::plain;
use bindings::with_imports;

struct Functions;

impl bindings::Guest for Functions {
    fn run(args: Vec<String>) -> Result<u32, String> {
        bindings::log(&args.join("-"));
        if args.is_empty() { Err(plain::say("nothing", None)) } else { Ok(plain::add(args.len() as u32, 1)) }
    }
}

impl bindings::exports::test::functions::plain::Guest for Functions {
    fn nothing() {
        plain::nothing();
    }

    fn add(a: u32, b: u32) -> u32 {
        plain::add(a, b)
    }

    fn scale(by: f32, type_: u64) -> f64 {
        plain::scale(by, type_)
    }

    fn say(text: String, times: Option<u8>) -> String {
        plain::say(&text, times)
    }
}

bindings::export!(Functions with_types_in bindings);

#[derive(Default)]
struct Imports {
    calls: Vec<String>,
}

impl bindings::FunctionsImports for Imports {
    fn log(&mut self, text: String) {
        self.calls.push(format!("log {text}"));
    }
}

impl plain::Host for Imports {
    fn nothing(&mut self) {
        self.calls.push("nothing".to_owned());
    }

    fn add(&mut self, a: u32, b: u32) -> u32 {
        a + b
    }

    fn scale(&mut self, by: f32, type_: u64) -> f64 {
        f64::from(by) * type_ as f64
    }

    fn say(&mut self, text: String, times: Option<u8>) -> String {
        text.repeat(times.unwrap_or(2).into())
    }
}

#[test]
fn imports_go_to_the_test() {
    use bindings::Guest as _;
    use bindings::exports::test::functions::plain::Guest as _;
    let mut imports = Imports::default();
    with_imports(&mut imports, || {
        assert_eq!(Functions::run(vec!["a".to_owned(), "ü".to_owned()]), Ok(3));
        assert_eq!(Functions::run(Vec::new()), Err("nothingnothing".to_owned()));
        Functions::nothing();
        assert_eq!(Functions::scale(1.5, 1 << 40).to_bits(), (1.5 * (1u64 << 40) as f64).to_bits());
        assert_eq!(Functions::say("ab".to_owned(), Some(3)), "ababab");
    });
    assert_eq!(imports.calls, ["log a-ü", "log ", "nothing"]);
}

/// The bindings of another world, such as those of a library.
#[witwright::guest(inline = "
    package test:library;

    interface journal {
        write: func(text: string) -> string;
    }

    world library {
        import journal;
    }
")]
mod library {}

impl library::test::library::journal::Host for &str {
    fn write(&mut self, text: String) -> String {
        format!("{self}: {text}")
    }
}

#[test]
fn imports_of_several_worlds_go_to_the_innermost_that_has_them() {
    use library::test::library::journal::write;
    let mut imports = Imports::default();
    with_imports(&mut imports, || {
        library::with_imports(&mut "outer", || {
            library::with_imports(&mut "inner", || {
                assert_eq!(write(&plain::say("a", None)), "inner: aa");
                plain::nothing();
            });
            assert_eq!(write("b"), "outer: b");
            bindings::log("b");
        });
    });
    assert_eq!(imports.calls, ["nothing", "log b"]);
}

#[test]
#[should_panic = "the import `add` of test:functions/plain was called, and nothing answers it here"]
fn a_call_without_imports_says_which() {
    let _ = plain::add(1, 2);
}
