//! Types at the limits of their sizes, through a guest without std, in our host on both engines.

use witwright::{Component, CoreEngine, HasSelf, Linker, Store};
use witwright_tests::guests::{self, Target};

witwright::host!({ path: "wit-limits" });

use test::limits::{echo, types};
use types::{All, E256, E257, F1, F8, F9, F16, F17, FAll, One, R16, R17, V256, V257};

#[derive(Default)]
struct State {
    calls: u32,
}

macro_rules! echo {
    ($($name:ident: $ty:ident),*) => {
        impl echo::Host for State {
            $(fn $name(&mut self, a: types::$ty) -> types::$ty {
                self.calls += 1;
                a
            })*
        }
    };
}

echo!(
    of_f1: F1, of_f8: F8, of_f9: F9, of_f16: F16, of_f17: F17, of_f_all: FAll, of_one: One, of_e256: E256, of_e257: E257,
    of_v256: V256, of_v257: V257, of_r16: R16, of_r17: R17, of_t16: T16, of_t17: T17, of_nested: Nested, of_all: All
);

const T16: types::T16 = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
const T17: types::T17 = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);

fn r16() -> R16 {
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15] = core::array::from_fn(|i| i as u8);
    R16 { c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15 }
}

fn r17() -> R17 {
    let R16 { c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15 } = r16();
    R17 { c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16: 255 }
}

fn nested() -> [types::Nested; 7] {
    [
        None,
        Some(None),
        Some(Some(Ok(None))),
        Some(Some(Ok(Some(Err(()))))),
        Some(Some(Err(Ok(())))),
        Some(Some(Err(Err(None)))),
        Some(Some(Err(Err(Some("deep".to_owned()))))),
    ]
}

fn all() -> All {
    All {
        a: vec![F9::C8; 3],
        b: vec![F17::C16; 3],
        c: One::C0,
        d: vec![E257::C256, E257::C0],
        e: vec![V256::C255(7), V256::C0("a".to_owned()), V256::C1],
        f: vec![V257::C256(7), V257::C0("b".to_owned()), V257::C255],
        g: Some(r17()),
        h: vec![T17, T17],
        i: Some(Some(Err(Err(Some("deep".to_owned()))))),
    }
}

fn exercise<E: CoreEngine>(engine: &E) {
    let bytes = std::fs::read(guests::build_no_std("no-std-limits", Target::Wasip2)).unwrap();
    let component = Component::new(engine, &bytes).unwrap();
    let mut linker = Linker::new(engine);
    Limits::add_to_linker::<HasSelf<State>>(&mut linker).unwrap();
    let mut store = Store::new(engine, State::default());
    let limits = Limits::instantiate(&mut store, &component, &linker).unwrap();
    let echo = limits.test_limits_echo();
    // Bindings promise no `PartialEq`, and a tuple of more than twelve elements has no traits.
    macro_rules! same {
        ($($call:ident($($value:tt)*)),* $(,)?) => {
            $(
                let returned = echo.$call(&mut store, $($value)*).unwrap();
                assert_eq!(format!("{returned:?}"), format!("{:?}", $($value)*));
            )*
        };
    }
    same!(
        call_of_f1(F1::C0),
        call_of_f8(F8::all()),
        call_of_f8(F8::C7),
        call_of_f9(F9::C0 | F9::C8),
        call_of_f16(F16::C15 | F16::C7),
        call_of_f17(F17::C16 | F17::C0),
        call_of_f_all(FAll::all()),
        call_of_f_all(FAll::C31),
        call_of_one(One::C0),
        call_of_e256(E256::C255),
        call_of_e257(E257::C255),
        call_of_e257(E257::C256),
        call_of_v256(&V256::C0("first".to_owned())),
        call_of_v256(&V256::C254),
        call_of_v256(&V256::C255(u64::MAX)),
        call_of_v257(&V257::C0(String::new())),
        call_of_v257(&V257::C255),
        call_of_v257(&V257::C256(1)),
        call_of_r16(r16()),
        call_of_r17(r17()),
    );
    for nested in nested() {
        assert_eq!(echo.call_of_nested(&mut store, &nested).unwrap(), nested);
    }
    let t16 = echo.call_of_t16(&mut store, T16).unwrap();
    assert_eq!((t16.0, t16.15), (1, 16));
    let t17 = echo.call_of_t17(&mut store, T17).unwrap();
    assert_eq!((t17.0, t17.16), (1, 17));
    let all = echo.call_of_all(&mut store, &all()).unwrap();
    assert_eq!((all.a, all.b, all.c), (vec![F9::C8; 3], vec![F17::C16; 3], One::C0));
    assert_eq!((all.d, format!("{:?}", all.g)), (vec![E257::C256, E257::C0], format!("{:?}", Some(r17()))));
    assert!(matches!(&all.e[..], [V256::C255(7), V256::C0(_), V256::C1]));
    assert!(matches!(&all.f[..], [V257::C256(7), V257::C0(_), V257::C255]));
    assert_eq!((all.h.iter().map(|tuple| tuple.16).collect(), all.i), (vec![17, 17], nested()[6].clone()));
    assert_eq!(store.data().calls, 30);
    assert!(limits.call_same(&mut store, b"many bytes, compared", b"many bytes, compared").unwrap());
    assert!(!limits.call_same(&mut store, b"many bytes, compared", b"many bytes, compareD").unwrap());
}

#[test]
fn values_at_limits_are_the_same_on_wasmi() {
    exercise(&witwright::wasmi::Engine::default());
}

#[test]
fn values_at_limits_are_the_same_on_wasmtime() {
    exercise(&witwright::wasmtime::Engine::default());
}
