//! The smallest host of use: a component of one function, on wasmi.
#![no_std]
#![no_main]

use no_std_bare::{heap, say};
use witwright_host::{Component, DefaultEngine, Error, Linker, Store};

no_std_bare::main!(main);

const ADDER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/adder.wasm"));

fn main() -> bool {
    match sum() {
        Ok(sum) => say!("sum: {sum}"),
        Err(error) => {
            say!("{error}");
            return false;
        }
    }
    say!("heap: {} bytes at most, {} left", heap::peak_bytes(), heap::used_bytes());
    say!("stack: {} bytes at most", no_std_bare::stack_peak_bytes());
    true
}

fn sum() -> Result<u32, Error> {
    let engine = DefaultEngine::default();
    let component = Component::new(&engine, ADDER)?;
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &component)?;
    let add = instance.func(&mut store, None, "add").expect("the component exports `add`");
    add.call_typed::<(u32, u32), u32>(&mut store, &(2, 40))
}
