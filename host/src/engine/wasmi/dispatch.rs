//! A test whether wasmi's interpreter, as it was compiled, runs in constant native stack.
//!
//! Optimised, wasmi goes from one instruction of a guest to the next by tail calls, which Rust does not promise. Compiled with
//! optimisation and debug assertions they are ordinary calls: each instruction takes native stack, and any loop of a guest aborts the
//! process. So the first engine tests this, and panics with a message that says how to compile wasmi.

use core::sync::atomic::{AtomicBool, Ordering};

use ::wasmi as engine;
use engine::{Caller, Extern, Func, Instance, Module, Store};

/// ```wat
/// (module
///   (import "" "" (func $mark))
///   (func (export "") (param i32)
///     (loop $again
///       (call $mark)
///       (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
///       (br_if $again (local.get 0)))))
/// ```
const LOOP: &[u8] = b"\0asm\x01\0\0\0\
    \x01\x08\x02\x60\0\0\x60\x01\x7f\0\
    \x02\x05\x01\0\0\0\0\
    \x03\x02\x01\x01\
    \x07\x04\x01\0\0\x01\
    \x0a\x14\x01\x12\0\x03\x40\x10\0\x20\0\x41\x01\x6b\x21\0\x20\0\x0d\0\x0b\x0b";

/// Rounds of the loop.
const ROUNDS: u32 = 100;

/// Checks once that guests can loop.
///
/// # Panics
/// When they cannot.
pub(super) fn check() {
    static CHECKED: AtomicBool = AtomicBool::new(false);
    if CHECKED.load(Ordering::Relaxed) {
        return;
    }
    match growth_bytes() {
        Ok(0) => CHECKED.store(true, Ordering::Relaxed),
        Ok(bytes) => panic!(
            "`wasmi` was compiled with optimisation and debug assertions: its interpreter used {bytes} bytes of native stack for \
             {ROUNDS} rounds of a loop, and guests would abort the process; \
             set `debug-assertions = false` for it, under `[profile.dev.package.wasmi]` in the workspace's Cargo.toml"
        ),
        Err(error) => panic!("`wasmi` cannot run a loop: {error}"),
    }
}

/// Native stack that the loop takes from its first round to its last.
fn growth_bytes() -> Result<usize, engine::Error> {
    let raw = engine::Engine::default();
    let mut store = Store::new(&raw, (usize::MAX, 0));
    let mark = Func::wrap(&mut store, |mut caller: Caller<'_, (usize, usize)>| {
        let local = 0_u8;
        let here = core::ptr::from_ref(core::hint::black_box(&local)).addr();
        let (lowest, highest) = *caller.data();
        *caller.data_mut() = (lowest.min(here), highest.max(here));
    });
    let module = Module::new(&raw, LOOP)?;
    let instance = Instance::new(&mut store, &module, &[Extern::Func(mark)])?;
    instance.get_typed_func::<u32, ()>(&store, "")?.call(&mut store, ROUNDS)?;
    let (lowest, highest) = store.into_data();
    Ok(highest.saturating_sub(lowest))
}
