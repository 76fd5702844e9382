//! The functions and resources that scripts may import: those of wasmtime's runner.

use core::future::{pending, poll_fn};
use core::task::Poll;

use witwright_host::{CoreEngine, Error, Linker, Resource, ResourceBorrow};

/// The state of the host functions.
#[derive(Default)]
pub(super) struct State {
    drops: u32,
    last_drop: u32,
}

/// `host` `resource1`
struct Resource1;

/// `host` `resource2`
struct Resource2;

/// A host function got a resource with another representation than expected.
#[derive(Debug)]
struct Mismatch {
    found: u64,
    expected: u32,
}

impl core::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "the resource has the representation {}, not {}", self.found, self.expected)
    }
}

impl core::error::Error for Mismatch {}

fn expect(found: u64, expected: u32) -> Result<(), Error> {
    if found == u64::from(expected) { Ok(()) } else { Err(Error::host(Mismatch { found, expected })) }
}

/// A core module that exports a function `f`, which returns 101, and a global `g` of value 100.
const SIMPLE_MODULE: &[u8] = b"\0asm\x01\0\0\0\x01\x05\x01`\0\x01\x7f\x03\x02\x01\0\x06\x07\x01\x7f\0A\xe4\0\x0b\
    \x07\x09\x02\x01f\0\0\x01g\x03\0\x0a\x07\x01\x05\0A\xe5\0\x0b";

/// Defines the functions and resources.
pub(super) fn define<E: CoreEngine>(linker: &mut Linker<State, E>) -> Result<(), Error> {
    let mut root = linker.root();
    root.func_wrap_async("host-echo-u32", async |_, (value,): (u32,)| Ok(value))?;
    root.func_wrap("host-return-two", |_, (): ()| Ok(2_u32))?;
    linker.instance("host/nested").func_wrap("return-four", |_, (): ()| Ok(4_u32))?;
    let mut host = linker.instance("host");
    host.func_wrap("return-three", |_, (): ()| Ok(3_u32))?;
    host.resource::<Resource1>("resource1", |mut store, rep| {
        let state: &mut State = store.data_mut();
        state.drops += 1;
        state.last_drop = rep as u32;
        Ok(())
    })?;
    host.resource::<Resource2>("resource2", |_, _| Ok(()))?;
    host.resource_alias("resource1-again", "resource1")?;
    host.module("simple-module", SIMPLE_MODULE)?;
    host.func_wrap("[constructor]resource1", |_, (rep,): (u32,)| Ok(Resource::<Resource1>::new_own(rep.into())))?;
    host.func_wrap("[static]resource1.assert", |_, (resource, rep): (Resource<Resource1>, u32)| {
        expect(resource.rep(), rep)
    })?;
    host.func_wrap("[static]resource1.last-drop", |store, (): ()| Ok(store.data().last_drop))?;
    host.func_wrap("[static]resource1.drops", |store, (): ()| Ok(store.data().drops))?;
    host.func_wrap("[method]resource1.simple", |_, (resource, rep): (ResourceBorrow<Resource1>, u32)| {
        expect(resource.rep(), rep)
    })?;
    host.func_wrap("[method]resource1.take-borrow", |_, _: (ResourceBorrow<Resource1>, ResourceBorrow<Resource1>)| {
        Ok(())
    })?;
    host.func_wrap("[method]resource1.take-own", |_, _: (ResourceBorrow<Resource1>, Resource<Resource1>)| Ok(()))?;
    host.func_wrap_async("[method]resource1.never-return", async |_, _: (ResourceBorrow<Resource1>,)| {
        pending::<Result<(), Error>>().await
    })?;
    host.func_wrap_async("never-return", async |_, (): ()| pending::<Result<(), Error>>().await)?;
    host.func_wrap_async("return-two-slowly", async |_, (): ()| {
        next_turn().await;
        Ok(2_i32)
    })?;
    host.func_wrap_async("echo-slowly", async |_, (value,): (u32,)| {
        next_turn().await;
        Ok(value)
    })?;
    host.func_wrap("return-hi", |_, (): ()| Ok("hi".to_owned()))?;
    let mut wasmtime = linker.instance("wasmtime");
    // Its table has the parts of concurrency of all kinds.
    wasmtime.func_wrap("set-max-table-capacity", |mut store, (capacity,): (u32,)| {
        let mut limits = store.limits().concurrency;
        limits.tasks = capacity;
        limits.threads = capacity;
        limits.waitables = capacity;
        limits.waitable_sets = capacity;
        limits.error_contexts = capacity;
        store.set_concurrency_limits(limits);
        Ok(())
    })?;
    wasmtime.func_wrap("gc", |_, (): ()| Ok(()))?;
    Ok(())
}

/// Is ready when it is polled again.
async fn next_turn() {
    let mut is_polled = false;
    poll_fn(|poll| {
        if core::mem::replace(&mut is_polled, true) {
            return Poll::Ready(());
        }
        poll.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
