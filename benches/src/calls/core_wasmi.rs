//! Calls by wasmi's API for core modules.

use wasmi::{Caller, Engine, Func, Instance, Module, Store};

use super::{Way, modules};

pub(super) fn host_to_guest() -> Way {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let add = instance(&mut store, modules::ADD, None).get_typed_func::<(u32, u32), u32>(&store, "add");
    let add = add.expect("it is exported");
    Box::new(move |calls| {
        let mut sum = 0;
        for number in 0..calls {
            sum = add.call(&mut store, (sum, number)).expect("it adds");
        }
        assert_eq!(sum, (0..calls).fold(0, u32::wrapping_add));
    })
}

pub(super) fn guest_to_host() -> Way {
    let mut store = Store::new(&Engine::default(), ());
    let f = Func::wrap(&mut store, |x: u32| x.wrapping_add(1));
    repeated(store, f)
}

pub(super) fn guest_to_guest() -> Way {
    let mut store = Store::new(&Engine::default(), ());
    let next = instance(&mut store, modules::NEXT, None).get_typed_func::<u32, u32>(&store, "f");
    let next = next.expect("it is exported");
    let f = Func::wrap(&mut store, move |mut caller: Caller<'_, ()>, x: u32| next.call(&mut caller, x));
    repeated(store, f)
}

fn repeated(mut store: Store<()>, f: Func) -> Way {
    let repeat = instance(&mut store, modules::REPEAT, Some(f)).get_typed_func::<u32, u32>(&store, "repeat");
    let repeat = repeat.expect("it is exported");
    Box::new(move |calls| assert_eq!(repeat.call(&mut store, calls).expect("it returns"), calls))
}

fn instance(store: &mut Store<()>, fields: &str, import: Option<Func>) -> Instance {
    let module = Module::new(store.engine(), &modules::module(fields)[..]).expect("it is valid");
    let imports: Vec<_> = import.into_iter().map(Into::into).collect();
    Instance::new(store, &module, &imports).expect("all is there")
}
