//! The target `echo`: a value goes from the host through a chain of components to a host function, and back the same way.
//! It must stay the same, on both engines and in wasmtime's component runtime.
//!
//! Every component of the chain passes on the core values of its parameters and of the callee's results, and leaves values
//! in memory where they are. So only lifting and lowering can change a value.

mod peer;
mod text;
mod types;
mod values;

use core::hash::{Hash, Hasher};
use std::hash::DefaultHasher;
use std::sync::{Arc, Mutex, OnceLock};

use fastrand::Rng;
use witwright_host::{
    Component, CoreEngine, FuncType, Gate, Linker, Options, Store, StoreContextMut, Val, wasmi, wasmtime,
};

use types::{Type, Types};

/// The number of values that are sent for one type.
const VALUES: usize = 8;

/// The facts about the chain that the bytes describe.
///
/// # Panics
/// If a value comes back changed.
pub fn run(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let mut random = Rng::with_seed(hasher.finish());
    let mut types = Types::default();
    let ty = types.random(&mut random);
    let values: Vec<Val> = (0..VALUES).map(|_| values::random(&types, &ty, &mut random)).collect();
    let text = text::component(&types, &ty, &mut random);
    let binary = wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));

    static WASMI: OnceLock<wasmi::Engine> = OnceLock::new();
    static WASMTIME: OnceLock<wasmtime::Engine> = OnceLock::new();
    let on_wasmi = ours(WASMI.get_or_init(wasmi::Engine::default), &binary, &values);
    let on_wasmtime = ours(WASMTIME.get_or_init(wasmtime::Engine::default), &binary, &values);
    let theirs = peer::echo(&binary, &types, &ty, &values);
    for (index, value) in values.iter().enumerate() {
        let expected = format!("{value:?}");
        for (who, found) in [("wasmi", &on_wasmi), ("wasmtime", &on_wasmtime), ("the peer", &theirs)] {
            assert_eq!(found[index].arrived, expected, "it does not arrive, on {who}:\n{text}");
            assert_eq!(found[index].returned, expected, "it does not return, on {who}:\n{text}");
        }
    }
    shape(&types, &ty)
}

/// A value at both ends of the chain, as text, so that every `NaN` is equal.
struct Echo {
    /// The value in the host function.
    arrived: String,
    /// The value that came back.
    returned: String,
}

fn ours<E: CoreEngine>(engine: &E, binary: &[u8], values: &[Val]) -> Vec<Echo> {
    let mut options = Options::default();
    options.gates.push(Gate::FixedLengthLists);
    let component = Component::with_options(engine, binary, &options).unwrap_or_else(|error| panic!("{error}"));
    let arrived = Arc::new(Mutex::new(String::new()));
    let seen = arrived.clone();
    let mut linker = Linker::<(), E>::new(engine);
    let host = move |_: StoreContextMut<'_, (), E>, _: &FuncType, parameters: &[Val]| {
        *seen.lock().expect("no one panics with it") = format!("{:?}", parameters[0]);
        Ok(Some(parameters[0].clone()))
    };
    linker.root().func_dynamic("host", host).map(drop).expect("the name is free");
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap_or_else(|error| panic!("{error}"));
    let echo = instance.func(&mut store, None, "echo").expect("it is exported");
    let send = |value: &Val| {
        let returned = echo.call(&mut store, core::slice::from_ref(value)).unwrap_or_else(|error| panic!("{error}"));
        let arrived = arrived.lock().expect("no one panics with it").clone();
        Echo { arrived, returned: returned.map(|value| format!("{value:?}")).unwrap_or_default() }
    };
    values.iter().map(send).collect()
}

/// The kinds of types, and the number of core values.
fn shape(types: &Types, ty: &Type) -> String {
    format!("{} {}", types.flat(ty).len().min(18), types.kinds(ty).join(" "))
}
