//! A guest of asynchronous bindings in our host, on both engines: with our bindings, and with those of wit-bindgen.

use core::future::{Future, poll_fn};
use core::task::Poll;

use witwright::{Access, Component, CoreEngine, EngineOptions, Linker, Store};
use witwright_tests::guests;

/// Runs the guest. A host function is ready after the number of turns in its argument, and logs that.
fn exercise<E: CoreEngine>(engine: &E) {
    for guest in ["async", "async-wit-bindgen"] {
        exercise_guest(engine, &std::fs::read(guests::build(guest)).expect("the guest was built"));
    }
}

fn exercise_guest<E: CoreEngine>(engine: &E, bytes: &[u8]) {
    let component = Component::new(engine, bytes).expect("the guest is a component");
    let mut linker = Linker::<Vec<String>, E>::new(engine);
    let later = |access: Access<Vec<String>, E>, (turns, text): (u32, String)| async move {
        turns_of_the_executor(turns).await;
        access.with(|mut cx| cx.data_mut().push(text.clone()));
        Ok(text.to_uppercase())
    };
    linker.root().func_wrap_async("later", later).expect("the name is free");
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, Vec::new());
    let instance = linker.instantiate(&mut store, &component).expect("the host provides all imports");
    let [both, in_turn] = ["both", "in-turn"]
        .map(|name| instance.func(&mut store, None, name).unwrap_or_else(|| panic!("no export `{name}`")));
    block_on(async {
        let result: String = both.call_async(&mut store, (1_u32,)).await.expect("it returns");
        assert_eq!(result, "FIRST and SECOND");
        assert_eq!(core::mem::take(store.data_mut()), ["second", "first"], "the second is ready before the first");
        let bytes: u32 = in_turn.call_async(&mut store, (vec![3_u32, 0, 2],)).await.expect("it returns");
        assert_eq!(bytes, 5);
        assert_eq!(core::mem::take(store.data_mut()), ["ooo", "", "oo"]);
        let results = store
            .run(async |access| {
                let [slow, fast] = [5_u32, 0].map(|turns| both.call_concurrent::<_, _, _, String>(&access, (turns,)));
                (fast.await.expect("it returns"), slow.await.expect("it returns"))
            })
            .await;
        assert_eq!(results.expect("nothing traps"), ("FIRST and SECOND".into(), "FIRST and SECOND".into()));
    });
    assert_eq!(store.census().tasks, 0, "all tasks have ended");
}

pub(super) async fn turns_of_the_executor(mut count: u32) {
    poll_fn(|cx| {
        if count == 0 {
            return Poll::Ready(());
        }
        count -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

pub(super) fn block_on<R>(future: impl Future<Output = R>) -> R {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime without drivers");
    runtime.block_on(future)
}

#[test]
fn on_wasmi() {
    exercise(&witwright::wasmi::Engine::default());
}

#[test]
fn on_wasmtime() {
    exercise(&witwright::wasmtime::Engine::default());
}

#[test]
fn on_wasmtime_with_fibers() {
    let mut options = EngineOptions::default();
    options.stack_switching = false;
    exercise(&witwright::wasmtime::Engine::new(options));
}
