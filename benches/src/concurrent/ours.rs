//! Tasks and streams in Witwright's host.

use core::ops::ControlFlow;
use core::pin::Pin;
use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use futures_lite::future::block_on;
use witwright_host::{
    Access, Component, CoreEngine, Error, Func, Lift, Linker, Lower, Store, StreamReader, StreamWriter, stream,
};

use super::{Host, components, later};
use crate::work::Way;

/// The number of calls that the host makes before it waits for them: one.
pub(super) fn call<E: CoreEngine>(engine: &E, name: &str) -> Way {
    let (mut store, func) = exported(engine, name);
    Box::new(move |calls| {
        let result = block_on(store.run(async |access| {
            let mut x = 0_u32;
            for _ in 0..calls {
                x = func.call_concurrent(&access, (x,)).await?;
            }
            Ok::<u32, Error>(x)
        }));
        assert_eq!(result.flatten().expect("it returns"), calls);
    })
}

/// One call, in which the guest calls the host.
pub(super) fn repeat<E: CoreEngine>(engine: &E, name: &str) -> Way {
    let (mut store, func) = exported(engine, name);
    Box::new(move |calls| {
        let result: u32 = block_on(func.call_async(&mut store, (calls,))).expect("it returns");
        assert_eq!(result, calls);
    })
}

/// Calls that all wait at the same time.
pub(super) fn tasks<E: CoreEngine>(engine: &E) -> Way {
    let (mut store, func) = exported(engine, "repeat-later");
    Box::new(move |calls| {
        let sum = block_on(store.run(async |access| {
            let begun = begin(&access, func, calls);
            let mut sum = 0;
            for call in begun {
                sum += call.await?;
            }
            Ok::<u32, Error>(sum)
        }));
        assert_eq!(sum.flatten().expect("they return"), calls);
    })
}

type Call = Pin<Box<dyn Future<Output = Result<u32, Error>>>>;

fn begin<E: CoreEngine>(access: &Access<Host, E>, func: Func, calls: u32) -> Vec<Call> {
    let begun = (0..calls).map(|_| -> Call { Box::pin(func.call_concurrent(access, (1_u32,))) });
    begun.collect()
}

/// The guest writes blocks of bytes, and the host waits for each.
pub(super) fn read_bytes<E: CoreEngine>(engine: &E, size: u32) -> Way {
    let (mut store, func) = exported(engine, "write-bytes");
    Box::new(move |blocks| {
        let total = block_on(store.run(async |access| {
            let mut reader: StreamReader<u8> = func.call_concurrent(&access, (blocks, size)).await?;
            let mut total = 0;
            loop {
                let bytes = reader.read(&access, size as usize).await?;
                if bytes.is_empty() {
                    return Ok::<usize, Error>(total);
                }
                total += bytes.len();
            }
        }));
        assert_eq!(total.flatten().expect("it is read"), blocks as usize * size as usize);
    })
}

/// The host writes the same block of bytes again and again, and the guest reads it.
pub(super) fn write_bytes<E: CoreEngine>(engine: &E, size: u32) -> Way {
    let block: Arc<[u8]> = vec![7; size as usize].into();
    write(engine, size, async move |access, mut writer, blocks| {
        for _ in 0..blocks {
            writer.write_buffer(&access, block.clone()).await?;
        }
        Ok(())
    })
}

/// The host fills blocks of bytes and writes them, and the guest reads them.
pub(super) fn fill_bytes<E: CoreEngine>(engine: &E, size: u32) -> Way {
    write(engine, size, async move |access, mut writer, blocks| {
        let mut block = Vec::new();
        for _ in 0..blocks {
            block.resize(size as usize, 7);
            block = writer.write(&access, block).await?;
        }
        Ok(())
    })
}

/// The host writes as many blocks of bytes as it is told, and the guest reads them.
fn write<E: CoreEngine>(
    engine: &E,
    size: u32,
    blocks: impl AsyncFn(Access<Host, E>, StreamWriter<u8>, u32) -> Result<(), Error> + 'static,
) -> Way {
    let (mut store, func) = exported(engine, "read-bytes");
    Box::new(move |count| {
        let total = block_on(store.run(async |access| {
            let (writer, reader) = access.with(|mut cx| stream::<u8>(&mut cx))?;
            let call = func.call_concurrent::<_, _, _, u32>(&access, (reader, size));
            let (total, written) = futures_lite::future::zip(call, blocks(access.clone(), writer, count)).await;
            written.and(total)
        }));
        assert_eq!(total.flatten().expect("it is written"), count * size);
    })
}

/// The guest writes blocks of bytes, and the host receives them.
pub(super) fn receive_bytes<E: CoreEngine>(engine: &E, size: u32) -> Way {
    let (mut store, func) = exported(engine, "write-bytes");
    Box::new(move |blocks| {
        let total = receive::<u8, E>(&mut store, func, (blocks, size), size as usize);
        assert_eq!(total, u64::from(blocks) * u64::from(size));
    })
}

/// The guest writes numbers one by one, and the host receives them so.
pub(super) fn receive_words<E: CoreEngine>(engine: &E) -> Way {
    let (mut store, func) = exported(engine, "write-words");
    Box::new(move |words| {
        assert_eq!(receive::<u32, E>(&mut store, func, (words,), 1), u64::from(words));
    })
}

/// Calls a function, and receives the elements of the stream that it returns: how many there were.
fn receive<V: Lift + Send + 'static, E: CoreEngine>(
    store: &mut Store<Host, E>,
    func: Func,
    params: impl Lower,
    max: usize,
) -> u64 {
    let total = Arc::new(AtomicU64::new(0));
    let counted = total.clone();
    let received = block_on(store.run(async |access| {
        let reader: StreamReader<V> = func.call_concurrent(&access, params).await?;
        let count = move |elements: &mut Vec<V>| {
            counted.fetch_add(elements.len() as u64, Ordering::Relaxed);
            ControlFlow::Continue(())
        };
        reader.for_each(&access, max, count).await
    }));
    received.flatten().expect("they are written");
    total.load(Ordering::Relaxed)
}

/// The guest writes numbers one by one, and the host waits for each.
pub(super) fn read_words<E: CoreEngine>(engine: &E) -> Way {
    let (mut store, func) = exported(engine, "write-words");
    Box::new(move |words| {
        let total = block_on(store.run(async |access| {
            let mut reader: StreamReader<u32> = func.call_concurrent(&access, (words,)).await?;
            let mut total = 0;
            while !reader.read(&access, 1).await?.is_empty() {
                total += 1;
            }
            Ok::<u32, Error>(total)
        }));
        assert_eq!(total.flatten().expect("it is read"), words);
    })
}

/// Begins calls that wait for the host, and returns the number of bytes that they have allocated.
pub(super) fn parked<E: CoreEngine>(engine: &E, calls: u32, usage: fn() -> usize) -> usize {
    let (mut store, func) = exported(engine, "repeat-later");
    store.data_mut().holds = true;
    let bytes = block_on(store.run(async |access| {
        let before = usage();
        let begun = begin(&access, func, calls);
        for _ in 0..calls {
            futures_lite::future::yield_now().await;
        }
        let bytes = usage() - before;
        drop(begun);
        bytes
    }));
    bytes.expect("nothing traps")
}

fn exported<E: CoreEngine>(engine: &E, name: &str) -> (Store<Host, E>, Func) {
    let component = Component::new(engine, &components::binary()).expect("it is valid");
    let mut linker = Linker::<Host, E>::new(engine);
    let now = |_: Access<Host, E>, (x,): (u32,)| async move { Ok(x + 1) };
    let later = |access: Access<Host, E>, (x,): (u32,)| async move {
        let holds = access.with(|cx| cx.data().holds);
        later(holds).await;
        Ok(x + 1)
    };
    linker.root().func_wrap_async("now", now).expect("the name is free");
    linker.root().func_wrap_async("later", later).expect("the name is free");
    let mut store = Store::new(engine, Host::default());
    let instance = linker.instantiate(&mut store, &component).expect("all is there");
    let func = instance.func(&mut store, None, name).expect("it is exported");
    (store, func)
}
