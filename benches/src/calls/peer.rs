//! Calls in wasmtime's component runtime.

use wasmtime::component::{Component, ComponentNamedList, Lift, Linker, Lower, TypedFunc};
use wasmtime::{Engine, Store};

use super::{Way, modules};

pub(super) fn host_to_guest() -> Way {
    let (mut store, add) = exported::<(u32, u32), (u32,)>(&modules::adder(), "add");
    Box::new(move |calls| {
        let mut sum = 0;
        for number in 0..calls {
            (sum,) = add.call(&mut store, (sum, number)).expect("it adds");
        }
        assert_eq!(sum, (0..calls).fold(0, u32::wrapping_add));
    })
}

pub(super) fn guest_to_host() -> Way {
    repeated(exported(&modules::repeater(), "repeat"))
}

pub(super) fn guest_to_guest() -> Way {
    repeated(exported(&modules::pair(), "repeat"))
}

fn repeated((mut store, repeat): (Store<()>, TypedFunc<(u32,), (u32,)>)) -> Way {
    Box::new(move |calls| assert_eq!(repeat.call(&mut store, (calls,)).expect("it returns"), (calls,)))
}

fn exported<P, R>(binary: &[u8], name: &str) -> (Store<()>, TypedFunc<P, R>)
where
    P: ComponentNamedList + Lower,
    R: ComponentNamedList + Lift,
{
    let engine = Engine::default();
    let component = Component::new(&engine, binary).expect("it is valid");
    let mut linker = Linker::new(&engine);
    let host = linker.root().func_wrap("f", |_, (x,): (u32,)| Ok((x.wrapping_add(1),)));
    host.expect("the name is free");
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component).expect("all is there");
    let func = instance.get_typed_func(&mut store, name).expect("it is exported");
    (store, func)
}
