//! A host with bindings that a macro has generated.

use witwright::wasmi::Engine;
use witwright::{Component, Error, HasSelf, Linker, Store};

witwright::host!({
    inline: "
        package demo:adder;
        world adder {
            import twice: func(x: u32) -> u32;
            export add: func(a: u32, b: u32) -> u32;
        }
    ",
});

const ADDER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/adder.wasm"));

struct Host;

impl AdderImports for Host {
    fn twice(&mut self, x: u32) -> u32 {
        2 * x
    }
}

/// The result of a call of the component, which calls the host.
pub(crate) fn run() -> Result<u32, Error> {
    let engine = Engine::default();
    let component = Component::new(&engine, ADDER)?;
    let mut linker = Linker::new(&engine);
    Adder::add_to_linker::<HasSelf<Host>>(&mut linker)?;
    let mut store = Store::new(&engine, Host);
    Adder::instantiate(&mut store, &component, &linker)?.call_add(&mut store, 1, 20)
}
