//! Calls between the host and core modules: values, traps, nested entry in one domain and in several.

use witwright_host::core::{
    Blocking, CoreEngine, CoreTrap, DomainId, Domains, Extern, Fault, FaultKind, Flow, FuncType, ValType,
};
use witwright_host::{AsContextMut, Limits, Store, StoreContextMut};

use crate::{module, on_every_engine};

on_every_engine!(
    values_cross_both_ways,
    long_signatures_cross_both_ways,
    signatures_of_references_are_passed_on_but_not_called,
    nested_entry_in_one_domain,
    nested_entry_across_domains,
    traps_say_what_happened,
    faults_of_the_host_keep_their_error,
    a_memory_is_seen_by_the_host_while_its_guest_waits,
    globals_and_tables,
    invalid_modules_are_refused,
    start_functions_are_checked,
    an_import_of_another_type_is_refused,
    a_module_of_another_engine_is_refused,
    a_panic_leaves_the_store_usable,
    features_of_core_modules,
    segments_that_do_not_fit_trap,
    stores_are_send,
);

/// The function that an instance exports under a name.
pub(crate) fn func<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    domain: DomainId,
    instance: E::Instance,
    name: &str,
) -> E::Func {
    match cx.domain(domain).export(instance, name) {
        Some(Extern::Func(func)) => func,
        other => panic!("`{name}` is {other:?}"),
    }
}

fn values_cross_both_ways<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, Vec::new());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let all = [ValType::I32, ValType::I64, ValType::F32, ValType::F64];
    let host = cx
        .domain(domain)
        .host_func(&FuncType::new(all, [ValType::F64]), Blocking::Never, |mut cx, slots| {
            cx.data_mut().push(slots.to_vec());
            slots[0] = 2.5_f64.to_bits();
            Ok(Flow::Return)
        })
        .unwrap();
    let module = module(
        &engine,
        r#"(module
            (import "h" "f" (func $f (param i32 i64 f32 f64) (result f64)))
            (func (export "run") (param i32 i64 f32 f64) (result i64 i32 f32 f64)
                i64.const -2
                local.get 0
                f32.const 1.5
                (call $f (local.get 0) (local.get 1) (local.get 2) (local.get 3))))"#,
    );
    let instance = cx.domain(domain).instantiate(&module, &[Extern::Func(host)]).unwrap();
    let run = func(&mut cx, domain, instance, "run");
    assert_eq!(cx.domain(domain).func_type(run).params[..], all);

    let params = [u64::from(u32::MAX), u64::MAX, u64::from(0.5_f32.to_bits()), (-0.0_f64).to_bits()];
    let mut slots = params;
    cx.domain(domain).call(run, &mut slots).unwrap();
    let results = [(-2_i64).cast_unsigned(), params[0], u64::from(1.5_f32.to_bits()), 2.5_f64.to_bits()];
    assert_eq!(slots, results);
    assert_eq!(store.into_data(), [params]);
}

fn long_signatures_cross_both_ways<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    for count in [0, 1, 8, 9, 17, 20, 21, 40] {
        let ty = FuncType::new(vec![ValType::I32; count], [ValType::I32]);
        let host = cx
            .domain(domain)
            .host_func(&ty, Blocking::Never, move |_, slots| {
                slots[0] = slots[..count].iter().sum();
                Ok(Flow::Return)
            })
            .unwrap();
        let params = "i32 ".repeat(count);
        let gets = (0..count).map(|index| format!("(local.get {index})")).collect::<String>();
        let text = format!(
            r#"(module (import "h" "f" (func $f (param {params}) (result i32)))
                (func (export "run") (param {params}) (result i32) (call $f {gets})))"#
        );
        let instance = cx.domain(domain).instantiate(&module(&engine, &text), &[Extern::Func(host)]).unwrap();
        let run = func(&mut cx, domain, instance, "run");
        let mut slots = (1..=count.max(1) as u64).collect::<Vec<_>>();
        cx.domain(domain).call(run, &mut slots).unwrap();
        assert_eq!(slots[0], (count * (count + 1) / 2) as u64, "{count} parameters");
        let mut host_called = (1..=count.max(1) as u64).collect::<Vec<_>>();
        cx.domain(domain).call(host, &mut host_called).unwrap();
        assert_eq!(host_called[0], slots[0]);

        let fault = cx.domain(domain).call(run, &mut []).unwrap_err();
        assert_eq!(fault.kind(), FaultKind::Misuse);
    }
}

fn signatures_of_references_are_passed_on_but_not_called<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let ty = FuncType::new([ValType::ExternRef], []);
    let refused = cx.domain(domain).host_func(&ty, Blocking::Never, |_, _| Ok(Flow::Return)).unwrap_err();
    assert_eq!(refused.kind(), FaultKind::Misuse);

    let from = module(&engine, r#"(module (func (export "f") (param externref v128) (result i32) i32.const 7))"#);
    let from = cx.domain(domain).instantiate(&from, &[]).unwrap();
    let given = func(&mut cx, domain, from, "f");
    assert_eq!(cx.domain(domain).call(given, &mut [0; 4]).unwrap_err().kind(), FaultKind::Misuse);

    let to = module(
        &engine,
        r#"(module (import "h" "f" (func $f (param externref v128) (result i32)))
            (func (export "run") (result i32) (call $f (ref.null extern) (v128.const i64x2 0 0))))"#,
    );
    let to = cx.domain(domain).instantiate(&to, &[Extern::Func(given)]).unwrap();
    let run = func(&mut cx, domain, to, "run");
    let mut slots = [0];
    cx.domain(domain).call(run, &mut slots).unwrap();
    assert_eq!(slots, [7]);
}

/// The functions that the host functions of the nested tests call, by the number of the instance, with their domains.
type Peers<E> = Vec<(DomainId, <E as CoreEngine>::Func)>;

/// Instances that pass a countdown on, each through the host to the next one, and add one to the result.
fn ring<E: CoreEngine>(store: &mut Store<Peers<E>, E>, engine: &E, size: usize, shared: bool) {
    let mut cx = store.as_context_mut();
    let relay = module(
        engine,
        r#"(module
            (import "h" "next" (func $next (param i32 i32) (result i32)))
            (memory (export "memory") 1)
            (func (export "run") (param $self i32) (param $left i32) (result i32)
                (if (result i32) (i32.eqz (local.get $left))
                    (then (i32.const 0))
                    (else (i32.add (i32.const 1)
                        (call $next (local.get $self) (i32.sub (local.get $left) (i32.const 1))))))))"#,
    );
    for _ in 0..size {
        let domain = cx.domain_for(!shared).unwrap();
        let ty = FuncType::new([ValType::I32, ValType::I32], [ValType::I32]);
        let next = cx.domain(domain).host_func(&ty, Blocking::Never, call_next::<E>).unwrap();
        let instance = cx.domain(domain).instantiate(&relay, &[Extern::Func(next)]).unwrap();
        let run = func(&mut cx, domain, instance, "run");
        cx.data_mut().push((domain, run));
    }
}

fn call_next<E: CoreEngine>(mut cx: StoreContextMut<'_, Peers<E>, E>, slots: &mut [u64]) -> Result<Flow, Fault> {
    let next = (slots[0] as usize + 1) % cx.data().len();
    let (domain, run) = cx.data()[next];
    slots[0] = next as u64;
    cx.domain(domain).call(run, slots)?;
    Ok(Flow::Return)
}

fn pass_around<E: CoreEngine>(store: &mut Store<Peers<E>, E>, count: u64) -> Result<u64, Fault> {
    let (domain, run) = store.data()[0];
    let mut slots = [0, count];
    store.as_context_mut().domain(domain).call(run, &mut slots)?;
    Ok(slots[0])
}

fn nested_entry_in_one_domain<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, Vec::new());
    ring(&mut store, &engine, 2, true);
    assert_eq!(pass_around(&mut store, 3).unwrap(), 3);
    assert_eq!(pass_around(&mut store, 0).unwrap(), 0);
}

fn nested_entry_across_domains<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, Vec::new());
    ring(&mut store, &engine, 3, false);
    let domains = store.data().iter().map(|(domain, _)| *domain).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(domains.len(), if engine.domain_per_suspender() { 3 } else { 1 });
    assert_eq!(pass_around(&mut store, 7).unwrap(), 7);
    assert_eq!(pass_around(&mut store, 7).unwrap(), 7);
}

fn traps_say_what_happened<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let traps = module(
        &engine,
        r#"(module
            (memory 1) (table 2 funcref) (elem (i32.const 1) $typed) (type $v (func)) (func $typed (param i32))
            (func (export "unreachable") unreachable)
            (func (export "load") (drop (i32.load (i32.const -1))))
            (func (export "null") (call_indirect (type $v) (i32.const 0)))
            (func (export "signature") (call_indirect (type $v) (i32.const 1)))
            (func (export "index") (call_indirect (type $v) (i32.const 9)))
            (func (export "zero") (drop (i32.div_u (i32.const 1) (i32.const 0))))
            (func (export "overflow") (drop (i32.div_s (i32.const 0x80000000) (i32.const -1))))
            (func (export "convert") (drop (i32.trunc_f32_s (f32.const nan))))
            (func $deep (export "deep") (call $deep) (call $deep)))"#,
    );
    let instance = cx.domain(domain).instantiate(&traps, &[]).unwrap();
    let expected = [
        ("unreachable", FaultKind::Trap(CoreTrap::Unreachable), "unreachable"),
        ("load", FaultKind::Trap(CoreTrap::MemoryOutOfBounds), "out of bounds memory access"),
        ("null", FaultKind::Trap(CoreTrap::IndirectCallToNull), "uninitialized element"),
        ("signature", FaultKind::Trap(CoreTrap::BadSignature), "indirect call type mismatch"),
        ("index", FaultKind::Trap(CoreTrap::TableOutOfBounds), "out of bounds table access"),
        ("zero", FaultKind::Trap(CoreTrap::IntegerDivisionByZero), "integer divide by zero"),
        ("overflow", FaultKind::Trap(CoreTrap::IntegerOverflow), "integer overflow"),
        ("convert", FaultKind::Trap(CoreTrap::BadConversionToInteger), "invalid conversion to integer"),
        ("deep", FaultKind::StackExhausted, "call stack exhausted"),
    ];
    for (name, kind, message) in expected {
        let trap = func(&mut cx, domain, instance, name);
        let fault = cx.domain(domain).call(trap, &mut []).unwrap_err();
        assert_eq!((fault.kind(), fault.message()), (kind, message), "{name}");
    }
}

#[derive(Debug, PartialEq)]
struct OwnError(u32);

impl core::fmt::Display for OwnError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "own error {}", self.0)
    }
}

fn faults_of_the_host_keep_their_error<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    for suspends in [false, true] {
        let domain = cx.domain_for(suspends).unwrap();
        let fail = cx
            .domain(domain)
            .host_func(&FuncType::new([], []), Blocking::Never, |_, _| Err(Fault::host(OwnError(5))))
            .unwrap();
        let text = r#"(module (import "h" "f" (func $f)) (func (export "run") (call $f)))"#;
        let instance = cx.domain(domain).instantiate(&module(&engine, text), &[Extern::Func(fail)]).unwrap();
        let run = func(&mut cx, domain, instance, "run");
        let called = cx.domain(domain).call(run, &mut []).unwrap_err();
        let started = cx.domain(domain).start(run, &mut []).unwrap_err();
        for fault in [called, started] {
            assert_eq!((fault.kind(), fault.message()), (FaultKind::Host, "own error 5"));
            assert_eq!(fault.into_payload::<OwnError>().unwrap(), OwnError(5));
        }

        let start = r#"(module (import "h" "f" (func $f)) (start $f))"#;
        let fault = cx.domain(domain).instantiate(&module(&engine, start), &[Extern::Func(fail)]).unwrap_err();
        assert_eq!(fault.into_payload::<OwnError>().unwrap(), OwnError(5));
    }
}

fn a_memory_is_seen_by_the_host_while_its_guest_waits<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, None);
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let ty = FuncType::new([ValType::I32], [ValType::I32]);
    let double = cx
        .domain(domain)
        .host_func(&ty, Blocking::Never, move |mut cx: StoreContextMut<'_, Option<E::Memory>, E>, slots| {
            let memory = cx.data().expect("the memory is known");
            let bytes = cx.domain(domain).memory(memory);
            let at = slots[0] as usize;
            bytes[at] *= 2;
            slots[0] = u64::from(bytes[at]);
            Ok(Flow::Return)
        })
        .unwrap();
    let text = r#"(module (import "h" "double" (func $double (param i32) (result i32)))
        (memory (export "memory") 1)
        (func (export "run") (result i32)
            (i32.store8 (i32.const 9) (i32.const 21))
            (call $double (i32.const 9))
            (i32.mul (i32.load8_u (i32.const 9)))))"#;
    let instance = cx.domain(domain).instantiate(&module(&engine, text), &[Extern::Func(double)]).unwrap();
    let Some(Extern::Memory(memory)) = cx.domain(domain).export(instance, "memory") else {
        panic!("no memory is exported");
    };
    *cx.data_mut() = Some(memory);
    let run = func(&mut cx, domain, instance, "run");
    let mut slots = [0];
    cx.domain(domain).call(run, &mut slots).unwrap();
    assert_eq!(slots, [42 * 42]);
    assert_eq!(cx.domain(domain).memory(memory).len(), 1 << 16);
}

fn globals_and_tables<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let text = r#"(module
        (global (export "g") (mut i64) (i64.const -1))
        (global (export "c") f32 (f32.const 1))
        (global (export "v") (mut v128) (v128.const i64x2 1 2))
        (table (export "t") 2 funcref) (elem (i32.const 0) $seven)
        (func $seven (result i32) i32.const 7)
        (func (export "run") (result i32) (call_indirect (result i32) (i32.const 1))))"#;
    let instance = cx.domain(domain).instantiate(&module(&engine, text), &[]).unwrap();
    let mut domain_mut = cx.domain(domain);
    let mut export = |name: &str| domain_mut.export(instance, name).unwrap();
    let (g, c, v, t) = (export("g"), export("c"), export("v"), export("t"));
    let (Extern::Global(g), Extern::Global(c), Extern::Global(v), Extern::Table(t)) = (g, c, v, t) else {
        panic!("exports have other kinds");
    };
    assert!(domain_mut.export(instance, "nothing").is_none());

    assert_eq!(domain_mut.global(g), Some(u64::MAX));
    domain_mut.set_global(g, 5).unwrap();
    assert_eq!(domain_mut.global(g), Some(5));
    assert_eq!(domain_mut.global(c), Some(u64::from(1_f32.to_bits())));
    assert_eq!(domain_mut.set_global(c, 0).unwrap_err().kind(), FaultKind::Misuse);
    assert_eq!(domain_mut.global(v), None);
    assert_eq!(domain_mut.set_global(v, 0).unwrap_err().kind(), FaultKind::Misuse);

    assert!(domain_mut.table_func(t, 1).is_none());
    assert!(domain_mut.table_func(t, 2).is_none());
    let seven = domain_mut.table_func(t, 0).unwrap();
    domain_mut.set_table_func(t, 1, Some(seven)).unwrap();
    assert_eq!(domain_mut.set_table_func(t, 2, None).unwrap_err().kind(), FaultKind::Misuse);
    let mut slots = [0];
    let run = func(&mut cx, domain, instance, "run");
    cx.domain(domain).call(run, &mut slots).unwrap();
    assert_eq!(slots, [7]);
}

/// A module is compiled without its start section, and as strictly as with it.
fn start_functions_are_checked<E: CoreEngine>() {
    let engine = E::default();
    let good = wat::parse_str(r#"(module (func $f) (func (export "start")) (start $f))"#).unwrap();
    let names = |module| E::exports(&module).into_iter().map(|export| export.name).collect::<Vec<_>>();
    assert_eq!(names(engine.compile(&good).unwrap()), ["start"]);
    let unnamed = wat::parse_str("(module (func $f) (start $f))").unwrap();
    assert_eq!(names(engine.compile(&unnamed).unwrap()), [""; 0]);

    let section = [8, 1, 0];
    let at = good.windows(3).position(|bytes| bytes == section).unwrap();
    let (before, after) = (&good[..at], &good[at + 3..]);
    let twice = [before, &section, &section, after].concat();
    let late = [before, after, &section].concat();
    let first = [&good[..8], &section, &good[8..at], after].concat();
    let unknown = [before, &[8, 1, 9], after].concat();
    let longer = [before, &[8, 2, 0, 0], after].concat();
    let cut = [before, &[8, 9, 0], after].concat();
    let with_param = wat::parse_str("(module (func $f (param i32)) (start $f))").unwrap();
    for (bytes, what) in [
        (twice, "twice"),
        (late, "late"),
        (first, "first"),
        (unknown, "unknown"),
        (longer, "longer"),
        (cut, "cut"),
        (with_param, "with a parameter"),
    ] {
        let fault = engine.compile(&bytes).map(|_| ()).unwrap_err();
        assert_eq!(fault.kind(), FaultKind::Compile, "{what}: {fault}");
    }
}

fn invalid_modules_are_refused<E: CoreEngine>() {
    let engine = E::default();
    let untyped = wat::parse_str("(module (func (result i32)))").unwrap();
    for bytes in [&b""[..], b"\0asm", b"\0asm\x0d\0\x01\0", &untyped, &untyped[..untyped.len() - 2]] {
        let Err(fault) = engine.compile(bytes) else { panic!("{bytes:?} is not a valid module") };
        assert_eq!(fault.kind(), FaultKind::Compile);
        assert!(!fault.message().is_empty());
    }
}

fn an_import_of_another_type_is_refused<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let text = r#"(module (import "h" "f" (func (param i32))) (memory (export "m") 1))"#;
    let module = module(&engine, text);
    assert_eq!((E::imports(&module)[0].name.as_str(), E::exports(&module)[0].name.as_str()), ("f", "m"));
    let domain = cx.domain_for(false).unwrap();
    let ty = FuncType::new([ValType::I64], []);
    let other = cx.domain(domain).host_func(&ty, Blocking::Never, |_, _| Ok(Flow::Return)).unwrap();
    for imports in [&[][..], &[Extern::Func(other)]] {
        assert_eq!(cx.domain(domain).instantiate(&module, imports).unwrap_err().kind(), FaultKind::Link);
    }
}

fn a_module_of_another_engine_is_refused<E: CoreEngine>() {
    let mut store = Store::new(&E::default(), ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let other = module(&E::default(), "(module)");
    assert_eq!(cx.domain(domain).instantiate(&other, &[]).unwrap_err().kind(), FaultKind::Misuse);
}

fn a_panic_leaves_the_store_usable<E: CoreEngine>() {
    let engine = E::default();
    let mut limits = Limits::default();
    limits.call_depth = 1;
    let mut store = Store::with_limits(&engine, 0, limits);
    let mut cx = store.as_context_mut();
    for suspends in [false, true] {
        *cx.data_mut() = 0;
        let domain = cx.domain_for(suspends).unwrap();
        let host = cx
            .domain(domain)
            .host_func(&FuncType::new([], []), Blocking::May, |cx, _| match cx.data() {
                0 => panic!("the host panics"),
                _ => Ok(Flow::Return),
            })
            .unwrap();
        let text = r#"(module (import "h" "f" (func $f)) (func (export "run") (call $f)))"#;
        let instance = cx.domain(domain).instantiate(&module(&engine, text), &[Extern::Func(host)]).unwrap();
        let run = func(&mut cx, domain, instance, "run");
        for _ in 0..3 {
            let call = core::panic::AssertUnwindSafe(|| cx.domain(domain).call(run, &mut []));
            let payload = std::panic::catch_unwind(call).unwrap_err();
            assert_eq!(payload.downcast_ref(), Some(&"the host panics"));
        }
        *cx.data_mut() = 1;
        cx.domain(domain).call(run, &mut []).unwrap();
    }
}

/// Modules with every feature of core WebAssembly that components may use on every engine.
fn features_of_core_modules<E: CoreEngine>() {
    let engine = E::default();
    let modules = [
        ("mutable globals", r#"(module (global (export "g") (mut i32) (i32.const 1)))"#),
        ("multi-value", "(module (func (result i32 i64) i32.const 1 i64.const 2))"),
        ("bulk memory", "(module (memory 1) (func (memory.fill (i32.const 0) (i32.const 1) (i32.const 2))))"),
        ("reference types", "(module (table 1 externref) (func (result externref) (table.get (i32.const 0))))"),
        ("several memories", "(module (memory 1) (memory $b 1) (func (result i32) (i32.load $b (i32.const 0))))"),
        ("sign extension", "(module (func (param i32) (result i32) (i32.extend8_s (local.get 0))))"),
        ("saturating floats", "(module (func (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0))))"),
        ("vectors", "(module (func (param v128) (result v128) (i32x4.add (local.get 0) (local.get 0))))"),
        ("tail calls", "(module (func $f (return_call $f)))"),
        ("extended constants", "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"),
    ];
    for (feature, text) in modules {
        let bytes = wat::parse_str(text).unwrap();
        assert!(engine.compile(&bytes).is_ok(), "{feature}");
    }
}

fn segments_that_do_not_fit_trap<E: CoreEngine>() {
    let engine = E::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let data = module(&engine, r#"(module (memory 1) (data (i32.const 65535) "ab"))"#);
    let fault = cx.domain(domain).instantiate(&data, &[]).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::Trap(CoreTrap::MemoryOutOfBounds));
    let elements = module(&engine, "(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))");
    let fault = cx.domain(domain).instantiate(&elements, &[]).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::Trap(CoreTrap::TableOutOfBounds));
}

#[cfg(feature = "wasmtime")]
#[test]
fn exceptions_on_wasmtime() {
    let engine = witwright_host::wasmtime::Engine::default();
    let mut store = Store::new(&engine, ());
    let mut cx = store.as_context_mut();
    let domain = cx.domain_for(false).unwrap();
    let text = r#"(module (tag $t (param i32))
        (func (export "caught") (result i32) (block $h (result i32)
            (try_table (catch $t $h) (throw $t (i32.const 7))) unreachable))
        (func (export "uncaught") (throw $t (i32.const 7))))"#;
    let instance = cx.domain(domain).instantiate(&module(&engine, text), &[]).unwrap();
    let [caught, uncaught] = ["caught", "uncaught"].map(|name| func(&mut cx, domain, instance, name));
    let mut slots = [0];
    cx.domain(domain).call(caught, &mut slots).unwrap();
    assert_eq!(slots, [7]);
    let fault = cx.domain(domain).call(uncaught, &mut []).unwrap_err();
    assert_eq!(fault.kind(), FaultKind::Trap(CoreTrap::UncaughtException));
}

fn stores_are_send<E: CoreEngine>() {
    fn is_send<S: Send>() {}
    is_send::<Store<(), E>>();
    is_send::<Store<core::cell::Cell<u32>, E>>();

    let engine = E::default();
    let mut store = Store::new(&engine, Vec::new());
    ring(&mut store, &engine, 2, false);
    let moved = std::thread::spawn(move || pass_around(&mut store, 4).unwrap());
    assert_eq!(moved.join().unwrap(), 4);
}
