//! The Rust types of a host's resources, in the option `with`: any type, of any crate, for any number of resources.

#![allow(unreachable_pub, reason = "the bindings mention these types in public traits")]

use std::fs::File;

use witwright::{Error, HasSelf, Linker, Resource, ResourceBorrow, ResourceTable};

/// A type of this crate, for resources of two sets of bindings and for two of one set.
pub struct Entry(u32);

/// Stands for a resource through a pointer.
pub trait Source: Send {
    fn read(&self) -> u32;
}

impl Source for Entry {
    fn read(&self) -> u32 {
        self.0
    }
}

/// An error with a parameter.
#[derive(Debug)]
pub struct Failure<C>(C);

mod first {
    witwright::host!({
        inline: "
            package test:kinds@1.0.0;
            interface files {
                enum error-code { missing }
                resource file;
                resource input;
                resource output;
                resource source { read: func() -> result<u32, error-code>; }
                record pair { input: own<input>, output: own<output> }
                open: func() -> file;
                both: func() -> pair;
                join: func(input: borrow<input>, outputs: list<borrow<output>>) -> u32;
            }
            world first { import files; }
        ",
        with: {
            "test:kinds/files.file": std::fs::File,
            "test:kinds/files.input": super::Entry,
            "test:kinds/files.output": super::Entry,
            "test:kinds/files.source": Box<dyn super::Source>,
        },
        imports: { "test:kinds/files.[method]source.read": trappable },
        trappable_error_type: { "test:kinds/files.error-code" => super::Failure<u32> },
    });
}

mod second {
    witwright::host!({
        inline: "
            package test:kinds;
            world second {
                resource entry { constructor(n: u32); }
                import more: interface { resource entry { n: func() -> u32; } }
            }
        ",
        with: { "test:kinds/second.entry": super::Entry, "more.entry": super::Entry },
    });
}

use first::test::kinds::files::{self, ErrorCode, Pair};

#[derive(Default)]
struct State {
    table: ResourceTable,
}

impl files::HostFile for State {
    fn drop(&mut self, file: Resource<File>) -> Result<(), Error> {
        self.table.delete(file).map(drop)
    }
}

impl files::HostInput for State {
    fn drop(&mut self, input: Resource<Entry>) -> Result<(), Error> {
        self.table.delete(input).map(drop)
    }
}

impl files::HostOutput for State {
    fn drop(&mut self, output: Resource<Entry>) -> Result<(), Error> {
        self.table.delete(output).map(drop)
    }
}

impl files::HostSource for State {
    fn read(&mut self, source: ResourceBorrow<Box<dyn Source>>) -> Result<u32, Failure<u32>> {
        let source = self.table.get(&source).map_err(|_| Failure(0))?;
        Ok(source.read())
    }

    fn drop(&mut self, source: Resource<Box<dyn Source>>) -> Result<(), Error> {
        self.table.delete(source).map(drop)
    }
}

impl files::Host for State {
    fn open(&mut self) -> Resource<File> {
        let file = File::open(env!("CARGO_MANIFEST_DIR")).expect("the folder of this crate can be opened");
        self.table.push(file).expect("the table has room")
    }

    fn both(&mut self) -> Pair {
        let mut entry = |n| self.table.push(Entry(n)).expect("the table has room");
        Pair { input: entry(1), output: entry(2) }
    }

    fn join(&mut self, input: ResourceBorrow<Entry>, outputs: Vec<ResourceBorrow<Entry>>) -> u32 {
        let all = outputs.iter().chain([&input]);
        all.map(|entry| self.table.get(entry).expect("the table has it").0).sum()
    }

    fn convert_error_code(&mut self, Failure(code): Failure<u32>) -> Result<ErrorCode, Error> {
        assert_eq!(code, 0);
        Ok(ErrorCode::Missing)
    }
}

impl second::HostEntry for State {
    fn new(&mut self, n: u32) -> Resource<Entry> {
        self.table.push(Entry(n)).expect("the table has room")
    }

    fn drop(&mut self, entry: Resource<Entry>) -> Result<(), Error> {
        self.table.delete(entry).map(drop)
    }
}

impl second::SecondImports for State {}

impl second::more::HostEntry for State {
    fn n(&mut self, entry: ResourceBorrow<Entry>) -> u32 {
        self.table.get(&entry).expect("the table has it").0
    }

    fn drop(&mut self, entry: Resource<Entry>) -> Result<(), Error> {
        self.table.delete(entry).map(drop)
    }
}

impl second::more::Host for State {}

#[test]
fn any_type_stands_for_any_number_of_resources() {
    let mut linker = Linker::<State>::new(&witwright::wasmi::Engine::default());
    first::First::add_to_linker::<HasSelf<State>>(&mut linker).unwrap();
    second::Second::add_to_linker::<HasSelf<State>>(&mut linker).unwrap();

    use files::{Host as _, HostSource as _};
    let mut state = State::default();
    let Pair { input, output } = state.both();
    let borrow = |entry: Resource<Entry>| ResourceBorrow::new_borrow(entry.rep());
    assert_eq!(state.join(borrow(input), vec![borrow(output), borrow(input)]), 4);
    let source = state.table.push::<Box<dyn Source>>(Box::new(Entry(5))).unwrap();
    assert_eq!(state.read(ResourceBorrow::new_borrow(source.rep())).unwrap(), 5);
    let file = state.open();
    assert!(state.table.get(&file).unwrap().metadata().unwrap().is_dir());
    // One type for the resources of both worlds.
    let entry = second::HostEntry::new(&mut state, 6);
    assert_eq!(second::more::HostEntry::n(&mut state, borrow(entry)), 6);
}
