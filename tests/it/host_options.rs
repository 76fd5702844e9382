//! Options of `host!`: each changes what its documentation says, and a component runs with it.

#![allow(unreachable_pub, reason = "the bindings mention these types in public traits")]

use core::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;

use witwright::{Component, HasSelf, Linker, Resource, ResourceBorrow, Store};

/// A file of the host's, by its number.
pub struct File;

/// An error of the host's.
#[derive(Debug)]
pub enum Fault {
    Code(bindings::test::opts::io::ErrorCode),
    Broken,
}

mod bindings {
    witwright::host!({
        inline: "
            package test:opts@1.0.0;
            interface io {
                enum error-code { missing, denied }
                resource file { size: func() -> result<u32, error-code>; }
                open: func(name: u32) -> file;
                read: func(n: u32) -> result<u32, error-code>;
                check: func(n: u32) -> result<u32, error-code>;
                stop: func();
            }
            interface more {
                use io.{error-code};
                again: func(n: u32) -> result<u32, error-code>;
            }
            world opts {
                import io;
                import more;
                export run: func(n: u32) -> u32;
            }
        ",
        imports: {
            "test:opts/io.stop": trappable | tracing,
            "test:opts/io@1.0.0.read": trappable | tracing,
            "test:opts/io.[method]file.size": trappable,
            "test:opts/more": trappable,
        },
        exports: { default: tracing },
        trappable_error_type: { "test:opts/io.error-code" => super::Fault },
        with: { "test:opts/io.file": super::File },
        require_store_data_send: true,
    });
}

use bindings::test::opts::{io, more};

#[derive(Default)]
struct State {
    dropped: u32,
}

impl io::HostFile for State {
    fn size(&mut self, file: ResourceBorrow<File>) -> Result<u32, Fault> {
        Ok(u32::try_from(file.rep()).unwrap())
    }

    fn drop(&mut self, _file: Resource<File>) -> Result<(), witwright::Error> {
        self.dropped += 1;
        Ok(())
    }
}

impl io::Host for State {
    fn open(&mut self, name: u32) -> Resource<File> {
        Resource::new_own(name.into())
    }

    fn read(&mut self, n: u32) -> Result<u32, Fault> {
        match n {
            0 => Err(Fault::Code(io::ErrorCode::Denied)),
            1 => Err(Fault::Broken),
            n => Ok(n),
        }
    }

    // It is not `trappable`, so it fails with the type of WIT.
    fn check(&mut self, n: u32) -> Result<u32, io::ErrorCode> {
        if n == 0 { Err(io::ErrorCode::Missing) } else { Ok(n) }
    }

    fn stop(&mut self) -> Result<(), witwright::Error> {
        Err(witwright::Error::host(Stopped))
    }

    fn convert_error_code(&mut self, fault: Fault) -> Result<io::ErrorCode, witwright::Error> {
        match fault {
            Fault::Code(code) => Ok(code),
            Fault::Broken => Err(witwright::Error::host(Stopped)),
        }
    }
}

impl more::Host for State {
    fn again(&mut self, n: u32) -> Result<u32, Fault> {
        io::Host::read(self, n)
    }
}

#[derive(Debug)]
struct Stopped;

impl core::fmt::Display for Stopped {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the host has stopped the guest")
    }
}

impl core::error::Error for Stopped {}

/// Its export reads, and stops for 9; an error is its number after 100.
const COMPONENT: &str = r#"
(component
  (type $code-def (enum "missing" "denied"))
  (import "test:opts/io@1.0.0" (instance $io
    (type $code (enum "missing" "denied"))
    (export "error-code" (type $error (eq $code)))
    (export "read" (func (param "n" u32) (result (result u32 (error $error)))))
    (export "stop" (func))))
  (core module $memory (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (core func $read (canon lower (func $io "read") (memory (core memory $memory "memory"))))
  (core func $stop (canon lower (func $io "stop")))
  (core module $code
    (import "" "memory" (memory 1))
    (import "" "read" (func $read (param i32 i32)))
    (import "" "stop" (func $stop))
    (func (export "run") (param i32) (result i32)
      (if (i32.eq (local.get 0) (i32.const 9)) (then (call $stop)))
      (call $read (local.get 0) (i32.const 16))
      (if (result i32) (i32.load8_u (i32.const 16))
        (then (i32.add (i32.const 100) (i32.load8_u (i32.const 20))))
        (else (i32.load (i32.const 20))))))
  (core instance $guest (instantiate $code (with "" (instance
    (export "memory" (memory $memory "memory"))
    (export "read" (func $read))
    (export "stop" (func $stop))))))
  (func (export "run") (param "n" u32) (result u32) (canon lift (core func $guest "run"))))
"#;

#[test]
fn host_functions_fail_with_types_of_the_host() {
    let _turn = TURN.lock();
    tracing::subscriber::with_default(Subscriber, || {
        let engine = witwright::wasmi::Engine::default();
        let component = Component::new(&engine, &wat::parse_str(COMPONENT).unwrap()).unwrap();
        let mut linker = Linker::new(&engine);
        bindings::Opts::add_to_linker::<HasSelf<State>>(&mut linker).unwrap();
        let run = |n| {
            let mut store = Store::new(&engine, State::default());
            let opts = bindings::Opts::instantiate(&mut store, &component, &linker).unwrap();
            opts.call_run(&mut store, n)
        };
        assert_eq!(run(7).unwrap(), 7);
        assert_eq!(run(0).unwrap(), 101);
        assert!(run(1).unwrap_err().to_string().contains("the host has stopped the guest"));
        assert!(run(9).unwrap_err().to_string().contains("the host has stopped the guest"));
    });
    let seen = SPANS.lock().unwrap().clone();
    assert_eq!(seen.iter().filter(|name| *name == "wit-bindgen export").count(), 4);
    // `stop` ends the guest before it reads.
    assert_eq!(seen.iter().filter(|name| *name == "wit-bindgen import").count(), 4);
}

/// The tests that make traced calls take turns: the first call of a place on a thread without a subscriber, while there is only one,
/// makes `tracing` ignore that place.
static TURN: Mutex<()> = Mutex::new(());

static SPANS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Writes down the names of spans.
struct Subscriber;

impl tracing::Subscriber for Subscriber {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.module_path().is_some_and(|path| path.contains("host_options"))
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        SPANS.lock().unwrap().push(span.metadata().name().to_owned());
        tracing::span::Id::from_u64(NEXT.fetch_add(1, Ordering::Relaxed).into())
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

/// An interface of other bindings: `more` of this world uses its types, and only `more` is to be implemented.
mod mapped {
    witwright::host!({
        inline: "
            package test:opts@1.0.0;
            interface io {
                enum error-code { missing, denied }
                resource file { size: func() -> result<u32, error-code>; }
            }
            interface more {
                use io.{error-code, file};
                again: func(n: borrow<file>) -> result<u32, error-code>;
            }
            world opts { import more; }
        ",
        with: { "test": super::bindings::test, "test:opts/more": generate },
        wasmtime_crate: ::witwright,
        skip_mut_forwarding_impls: true,
    });
}

#[test]
fn a_namespace_may_be_that_of_other_bindings() {
    struct Again;
    // The bindings have no implementation for references, so there may be one of the host's.
    impl mapped::test::opts::more::Host for &mut Again {
        fn again(&mut self, file: ResourceBorrow<File>) -> Result<u32, io::ErrorCode> {
            u32::try_from(file.rep()).map_err(|_| io::ErrorCode::Denied)
        }
    }
    let mut linker = Linker::<Again>::new(&witwright::wasmi::Engine::default());
    mapped::Opts::add_to_linker::<HasSelf<Again>>(&mut linker).unwrap();
}

/// A linked component: its exports are compared before there is an instance, and all that differ are named.
mod linked {
    witwright::host!({
        inline: "
            package test:linked;
            interface shapes {
                resource shape { constructor(); area: func() -> u32; }
                largest: func(shapes: list<borrow<shape>>) -> option<u32>;
            }
            world linked {
                export shapes;
                export run: func(n: u64) -> u32;
            }
        ",
    });
}

#[test]
fn a_linked_component_is_compared_once() {
    let _turn = TURN.lock();
    let engine = witwright::wasmi::Engine::default();
    let component = Component::new(&engine, &wat::parse_str(COMPONENT).unwrap()).unwrap();
    let mut linker = Linker::<State>::new(&engine);
    bindings::Opts::add_to_linker::<HasSelf<State>>(&mut linker).unwrap();
    let linked = || linker.instantiate_pre(&component).unwrap();

    let pre = bindings::OptsPre::new(linked()).unwrap().clone();
    for n in [7, 8] {
        let mut store = Store::new(&engine, State::default());
        let opts = pre.instantiate(&mut store).unwrap();
        assert_eq!(opts.call_run(&mut store, n).unwrap(), n);
    }
    assert!(pre.instance_pre().instantiate(&mut Store::new(&engine, State::default())).is_ok());

    let error = linked::LinkedPre::new(linked()).map(drop).unwrap_err().to_string();
    let problems = [
        "the component does not fit the world `test:linked/linked`:",
        "export instance `test:linked/shapes`: not found in the component",
        "export func `run`: parameter 1 `n`: expected u64, found u32 in the component",
    ];
    assert_eq!(error, problems.join("\n  "));
}

/// A world of imports alone, and options of wasmtime's at their defaults. As with wasmtime's macro, types that no function mentions
/// are there too.
mod interfaces {
    witwright::host!({
        inline: "
            package test:parts;
            interface kinds {
                record point { x: u32 }
                @unstable(feature = more)
                more: func();
            }
            interface numbers { type number = u32; }
            world parts { import kinds; import numbers; }
        ",
        all_features: true,
        anyhow: false,
        include_component_type: false,
    });

    pub mod by_option {
        witwright::host!({
            path: "wit/interop.wit",
            interfaces: "import test:interop/shapes@1.2.0;",
        });
    }
}

#[test]
fn all_of_an_interface_is_there() {
    struct Parts;
    impl interfaces::test::parts::kinds::Host for Parts {
        fn more(&mut self) {}
    }
    // Nothing requires it; hosts that were written for wasmtime have it.
    impl interfaces::test::parts::numbers::Host for Parts {}
    assert_eq!(interfaces::test::parts::kinds::Point { x: 1 }.x, 1);
    let mut linker = Linker::<Parts>::new(&witwright::wasmi::Engine::default());
    interfaces::Parts::add_to_linker::<HasSelf<Parts>>(&mut linker).unwrap();
}

/// A destructor that may wait is a function of the trait for those.
mod dropped {
    witwright::host!({
        inline: "
            package test:dropped@1.0.0;
            interface files {
                resource file;
                resource folder { name: func() -> u32; }
            }
            world w { import files; resource entry; }
        ",
        imports: { "test:dropped/files.[drop]file": async | store, "[drop]entry": async },
        with: { "entry": super::File, "test:dropped/files.file": super::File },
    });
}

#[test]
fn destructors_may_wait() {
    use dropped::test::dropped::files;
    use witwright::{Access, CoreEngine, Error};

    struct Files;
    impl files::HostFile for Files {}
    impl files::HostFileWithStore for HasSelf<Files> {
        async fn drop<E: CoreEngine>(_: &Access<Files, E>, _: Resource<File>) -> Result<(), Error> {
            Ok(())
        }
    }
    impl files::HostFolder for Files {
        fn name(&mut self, _: ResourceBorrow<files::Folder>) -> u32 {
            0
        }

        fn drop(&mut self, _: Resource<files::Folder>) -> Result<(), Error> {
            Ok(())
        }
    }
    impl files::Host for Files {}
    impl dropped::HostEntry for Files {}
    impl dropped::HostEntryWithStore for HasSelf<Files> {
        async fn drop<E: CoreEngine>(_: &Access<Files, E>, _: Resource<File>) -> Result<(), Error> {
            Ok(())
        }
    }
    impl dropped::WImports for Files {}
    let mut linker = Linker::<Files>::new(&witwright::wasmi::Engine::default());
    dropped::W::add_to_linker::<HasSelf<Files>>(&mut linker).unwrap();
}

/// Every item is deprecated, and the bindings compile without a warning.
#[deny(warnings)]
mod deprecated {
    witwright::host!({
        inline: "
            package test:deprecated@2.0.0;
            @since(version = 1.0.0) @deprecated(version = 1.5.0)
            interface i {
                @since(version = 1.0.0) @deprecated(version = 1.5.0) record r { x: u32 }
                @since(version = 1.0.0) @deprecated(version = 1.5.0) enum e { a, b }
                @since(version = 1.0.0) @deprecated(version = 1.5.0) resource file {
                    @since(version = 1.0.0) @deprecated(version = 1.5.0) constructor(r: r);
                }
                @since(version = 1.0.0) @deprecated(version = 1.5.0) f: func(r: r) -> result<file, e>;
            }
            world w {
                @since(version = 1.0.0) @deprecated(version = 1.5.0) import i;
                @since(version = 1.0.0) @deprecated(version = 1.5.0) export i;
                @since(version = 1.0.0) @deprecated(version = 1.5.0) use i.{r, e};
                @since(version = 1.0.0) @deprecated(version = 1.5.0) resource entry;
                @since(version = 1.0.0) @deprecated(version = 1.5.0) record s { r: r }
                @since(version = 1.0.0) @deprecated(version = 1.5.0) variant v { s(s), none }
                @since(version = 1.0.0) @deprecated(version = 1.5.0) flags bits { a }
                @since(version = 1.0.0) @deprecated(version = 1.5.0) enum kind { a }
                @since(version = 1.0.0) @deprecated(version = 1.5.0) type other = s;
                @since(version = 1.0.0) @deprecated(version = 1.5.0)
                import g: func(s: s, v: v, bits: bits, entry: entry, other: other) -> result<kind, v>;
                @since(version = 1.0.0) @deprecated(version = 1.5.0) export run: func(s: s) -> result<_, e>;
            }
        ",
        with: { "test:deprecated/i.file": super::File, "entry": super::File },
        trappable_error_type: { "test:deprecated/i.e" => super::Fault },
        imports: { default: trappable },
    });
}

#[test]
#[deny(unfulfilled_lint_expectations)]
fn users_of_deprecated_items_are_warned() {
    #[expect(deprecated, reason = "a record of an interface")]
    let point = deprecated::test::deprecated::i::R { x: 1 };
    #[expect(deprecated, reason = "a record of the world")]
    let same = deprecated::S { r: point };
    #[expect(deprecated, reason = "a resource")]
    let entry: Resource<deprecated::Entry> = Resource::new_own(u64::from(same.r.x));
    #[expect(deprecated, reason = "an export")]
    let _call = |w: deprecated::W, store: &mut Store<()>| w.call_run(store, same);
    assert_eq!(entry.rep(), 1);
}

/// A rule takes the place of the default, so that a function can be left out of it.
mod left_out {
    witwright::host!({
        inline: "
            package test:left-out;
            interface files { open: func() -> u32; close: func(); }
            world w { import files; }
        ",
        imports: { default: async | trappable, "test:left-out/files.close": trappable },
    });
}

#[test]
fn a_rule_takes_the_place_of_the_default() {
    use left_out::test::left_out::files;
    use witwright::{Access, CoreEngine, Error};

    struct Files;
    impl files::Host for Files {
        fn close(&mut self) -> Result<(), Error> {
            Ok(())
        }
    }
    impl files::HostWithStore for HasSelf<Files> {
        async fn open<E: CoreEngine>(_: &Access<Files, E>) -> Result<u32, Error> {
            Ok(1)
        }
    }
    let mut linker = Linker::<Files>::new(&witwright::wasmi::Engine::default());
    left_out::W::add_to_linker::<HasSelf<Files>>(&mut linker).unwrap();
}

/// A world that imports an interface, and functions and a resource of its own, which can be linked alone.
mod of_world {
    witwright::host!({
        inline: "
            package test:of-world;
            interface files { open: func(); }
            world w {
                import files;
                import log: func(n: u32);
                resource entry;
                export add-to-linker-imports: interface { run: func(); }
            }
        ",
    });
}

#[test]
fn what_a_world_imports_itself_is_linked_alone() {
    #[derive(Default)]
    struct Log(u32);
    impl of_world::WImports for Log {
        fn log(&mut self, n: u32) {
            self.0 += n;
        }
    }
    impl of_world::HostEntry for Log {
        fn drop(&mut self, _: Resource<of_world::Entry>) -> Result<(), witwright::Error> {
            Ok(())
        }
    }
    let bytes = wat::parse_str(
        r#"(component
            (import "log" (func $log (param "n" u32)))
            (import "entry" (type $entry (sub resource)))
            (core func $core-log (canon lower (func $log)))
            (core module $m (import "" "log" (func $log (param i32))) (func (export "run") (call $log (i32.const 7))))
            (core instance $i (instantiate $m (with "" (instance (export "log" (func $core-log))))))
            (func $run (canon lift (core func $i "run")))
            (instance (export "add-to-linker-imports") (export "run" (func $run))))"#,
    );
    let engine = witwright::wasmi::Engine::default();
    let component = Component::new(&engine, &bytes.unwrap()).unwrap();
    let mut linker = Linker::<Log>::new(&engine);
    // `Log` does not implement `files`.
    of_world::W::add_to_linker_imports::<HasSelf<Log>>(&mut linker).unwrap();
    let mut store = Store::new(&engine, Log::default());
    let w = of_world::W::instantiate(&mut store, &component, &linker).unwrap();
    w.add_to_linker_imports_().call_run(&mut store).unwrap();
    assert_eq!(store.data().0, 7);
}
