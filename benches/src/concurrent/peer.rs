//! Tasks and streams in wasmtime's component runtime.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_lite::future::block_on;
use wasmtime::component::{
    Accessor, Component, ComponentNamedList, Destination, Lift, Linker, Lower, Source, StreamConsumer, StreamProducer,
    StreamReader, StreamResult, TypedFunc, VecBuffer,
};
use wasmtime::{AsContextMut, Config, Engine, Store, StoreContextMut};

use super::{Host, components, later};
use crate::work::Way;

pub(super) fn call(name: &str) -> Way {
    let (mut store, func) = exported::<(u32,), (u32,)>(name);
    Box::new(move |calls| {
        let result = block_on(store.run_concurrent(async |accessor| {
            let mut x = 0_u32;
            for _ in 0..calls {
                (x,) = func.call_concurrent(accessor, (x,)).await?;
            }
            wasmtime::Result::Ok(x)
        }));
        assert_eq!(result.flatten().expect("it returns"), calls);
    })
}

pub(super) fn repeat(name: &str) -> Way {
    let (mut store, func) = exported::<(u32,), (u32,)>(name);
    Box::new(move |calls| {
        let result = block_on(store.run_concurrent(async |accessor| func.call_concurrent(accessor, (calls,)).await));
        assert_eq!(result.flatten().expect("it returns"), (calls,));
    })
}

pub(super) fn tasks() -> Way {
    let (mut store, func) = exported::<(u32,), (u32,)>("repeat-later");
    Box::new(move |calls| {
        let sum = block_on(store.run_concurrent(async |accessor| {
            let begun: Vec<_> =
                (0..calls).map(|_| accessor.with(|store| func.start_call_concurrent(store, (1,)))).collect();
            let mut sum = 0;
            for call in begun {
                sum += func.finish_call_concurrent(accessor, call?).await?.0;
            }
            wasmtime::Result::Ok(sum)
        }));
        assert_eq!(sum.flatten().expect("they return"), calls);
    })
}

/// Counts elements, and says when the stream has ended.
struct Counts {
    count: u64,
    done: Option<futures_channel::oneshot::Sender<u64>>,
}

impl Drop for Counts {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            let _ = done.send(self.count);
        }
    }
}

/// Counts bytes, and copies them, as a read by the host does.
struct Bytes(Counts, Vec<u8>);

impl StreamConsumer<Host> for Bytes {
    type Item = u8;

    fn poll_consume(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        store: StoreContextMut<'_, Host>,
        source: Source<'_, u8>,
        _: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let Bytes(counts, room) = self.get_mut();
        let mut source = source.as_direct(store);
        room.clear();
        room.extend_from_slice(source.remaining());
        counts.count += room.len() as u64;
        source.mark_read(room.len());
        Poll::Ready(Ok(StreamResult::Completed))
    }
}

/// Counts words.
struct Words(Counts);

impl StreamConsumer<Host> for Words {
    type Item = u32;

    fn poll_consume(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        store: StoreContextMut<'_, Host>,
        mut source: Source<'_, u32>,
        _: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let mut words = Vec::with_capacity(1);
        source.read(store, &mut words)?;
        self.get_mut().0.count += words.len() as u64;
        Poll::Ready(Ok(StreamResult::Completed))
    }
}

pub(super) fn read_bytes(size: u32) -> Way {
    let (mut store, func) = exported::<(u32, u32), (StreamReader<u8>,)>("write-bytes");
    Box::new(move |blocks| {
        let total = read(&mut store, func, (blocks, size), |counts| Bytes(counts, Vec::new()));
        assert_eq!(total, u64::from(blocks) * u64::from(size));
    })
}

pub(super) fn read_words() -> Way {
    let (mut store, func) = exported::<(u32,), (StreamReader<u32>,)>("write-words");
    Box::new(move |words| assert_eq!(read(&mut store, func, (words,), Words), u64::from(words)))
}

/// Calls a function, and has a consumer read the stream that it returns: how many elements there were.
fn read<P, V, C>(
    store: &mut Store<Host>,
    func: TypedFunc<P, (StreamReader<V>,)>,
    params: P,
    consumer: impl FnOnce(Counts) -> C,
) -> u64
where
    P: ComponentNamedList + Lower + Send + Sync + 'static,
    V: Lift + Send + Sync + 'static,
    C: StreamConsumer<Host, Item = V>,
{
    let total = block_on(store.run_concurrent(async |accessor| {
        let (reader,) = func.call_concurrent(accessor, params).await?;
        let (done, count) = futures_channel::oneshot::channel();
        accessor.with(|store| reader.pipe(store, consumer(Counts { count: 0, done: Some(done) })))?;
        wasmtime::Result::Ok(count.await?)
    }));
    total.flatten().expect("it is read")
}

/// Produces blocks of bytes.
struct Blocks {
    left: u32,
    block: Vec<u8>,
}

impl StreamProducer<Host> for Blocks {
    type Item = u8;
    type Buffer = VecBuffer<u8>;

    fn poll_produce(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        store: StoreContextMut<'_, Host>,
        destination: Destination<'_, u8, VecBuffer<u8>>,
        _: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let Blocks { left, block } = self.get_mut();
        if *left == 0 {
            return Poll::Ready(Ok(StreamResult::Dropped));
        }
        *left -= 1;
        let mut destination = destination.as_direct(store, block.len());
        let room = destination.remaining();
        room.copy_from_slice(&block[..room.len()]);
        let count = room.len();
        destination.mark_written(count);
        Poll::Ready(Ok(StreamResult::Completed))
    }
}

pub(super) fn write_bytes(size: u32) -> Way {
    let (mut store, func) = exported::<(StreamReader<u8>, u32), (u32,)>("read-bytes");
    Box::new(move |blocks| {
        let total = block_on(store.run_concurrent(async |accessor| {
            let producer = Blocks { left: blocks, block: vec![7; size as usize] };
            let reader = accessor.with(|store| StreamReader::new(store, producer))?;
            func.call_concurrent(accessor, (reader, size)).await
        }));
        assert_eq!(total.flatten().expect("it is written"), (blocks * size,));
    })
}

/// Begins calls that wait for the host, and returns the number of bytes that they have allocated.
pub(super) fn parked(calls: u32, usage: fn() -> usize) -> usize {
    let (mut store, func) = exported::<(u32,), (u32,)>("repeat-later");
    store.data_mut().holds = true;
    let bytes = block_on(store.run_concurrent(async |accessor| {
        let before = usage();
        let begun: Vec<_> =
            (0..calls).map(|_| accessor.with(|store| func.start_call_concurrent(store, (1,)))).collect();
        for _ in 0..calls {
            futures_lite::future::yield_now().await;
        }
        let bytes = usage() - before;
        drop(begun);
        bytes
    }));
    bytes.expect("nothing traps")
}

fn exported<P, R>(name: &str) -> (Store<Host>, TypedFunc<P, R>)
where
    P: ComponentNamedList + Lower + Send + Sync + 'static,
    R: ComponentNamedList + Lift + Send + Sync + 'static,
{
    let mut config = Config::new();
    config.wasm_component_model_async(true);
    let engine = Engine::new(&config).expect("the engine has these features");
    let component = Component::new(&engine, components::binary()).expect("it is valid");
    let mut linker = Linker::<Host>::new(&engine);
    let now = linker
        .root()
        .func_wrap_concurrent("now", |_: &Accessor<Host>, (x,): (u32,)| Box::pin(async move { Ok((x + 1,)) }));
    now.expect("the name is free");
    let later = linker.root().func_wrap_concurrent("later", |accessor: &Accessor<Host>, (x,): (u32,)| {
        Box::pin(async move {
            let holds = accessor.with(|mut access| access.get().holds);
            later(holds).await;
            Ok((x + 1,))
        })
    });
    later.expect("the name is free");
    let mut store = Store::new(&engine, Host::default());
    let instance = block_on(linker.instantiate_async(&mut store, &component)).expect("all is there");
    let func = instance.get_typed_func(store.as_context_mut(), name).expect("it is exported");
    (store, func)
}
