//! Calls in Witwright's host.

use witwright_host::{Component, CoreEngine, Func, Linker, Store};

use super::{Way, modules};

pub(super) fn host_to_guest<E: CoreEngine>(engine: &E) -> Way {
    let (mut store, add) = exported(engine, &modules::adder(), "add");
    Box::new(move |calls| {
        let mut sum = 0;
        for number in 0..calls {
            sum = add.call_typed::<(u32, u32), u32>(&mut store, &(sum, number)).expect("it adds");
        }
        assert_eq!(sum, (0..calls).fold(0, u32::wrapping_add));
    })
}

pub(super) fn guest_to_host<E: CoreEngine>(engine: &E) -> Way {
    repeated(exported(engine, &modules::repeater(), "repeat"))
}

pub(super) fn guest_to_guest<E: CoreEngine>(engine: &E) -> Way {
    repeated(exported(engine, &modules::pair(), "repeat"))
}

fn repeated<E: CoreEngine>((mut store, repeat): (Store<(), E>, Func)) -> Way {
    Box::new(move |calls| {
        let result = repeat.call_typed::<(u32,), u32>(&mut store, &(calls,)).expect("it returns");
        assert_eq!(result, calls);
    })
}

fn exported<E: CoreEngine>(engine: &E, binary: &[u8], name: &str) -> (Store<(), E>, Func) {
    let component = Component::new(engine, binary).expect("it is valid");
    let mut linker = Linker::new(engine);
    linker.root().func_wrap("f", |_, (x,): (u32,)| Ok(x.wrapping_add(1))).expect("the name is free");
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &component).expect("all is there");
    let func = instance.func(&mut store, None, name).expect("it is exported");
    (store, func)
}
