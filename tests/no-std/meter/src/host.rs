//! The host: it provides `sleep`, writes a stream, and calls `sum`.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_host::{Access, Component, CoreEngine, Error, Linker, Store, stream};

use crate::executor::{Clock, block_on};

mod tables {
    include!("../data/meter.rs");
}

type Lines = Vec<String>;

pub(crate) fn run<E: CoreEngine>(component: &[u8]) -> Result<Lines, Error> {
    let clock = Arc::new(Clock::default());
    let engine = E::default();
    let component = Component::new(&engine, component)?;
    component.check_world(&tables::METER)?;
    let mut linker = Linker::<Lines, E>::new(&engine);
    let slept_on = clock.clone();
    linker.root().func_wrap_async("sleep", move |access, (ticks,): (u32,)| sleep(access, slept_on.clone(), ticks))?;
    let mut store =
        Store::new(&engine, Lines::from([format!("tables: the component fits the world `{}`", tables::METER.name)]));
    let instance = linker.instantiate(&mut store, &component)?;
    let sum = instance.func(&mut store, None, "sum").expect("the component exports `sum`");

    let running = store.run(async |access| {
        let (mut writer, reader) = access.with(|cx| stream::<u32>(cx))?;
        let (writing, written_at) = (access.clone(), clock.clone());
        access.spawn(async move {
            for samples in [Vec::from([1, 2]), Vec::from([3, 4, 5, 6, 7]), Vec::from([8])] {
                let count = samples.len();
                let left = writer.write(&writing, samples).await?;
                let at = written_at.now();
                note(&writing, format!("{at}: the host has written {} of {count} samples", count - left.len()));
                written_at.sleep(5).await;
            }
            Ok(())
        });
        let sum: u32 = sum.call_concurrent(&access, (reader,)).await?;
        note(&access, format!("{}: the guest returns {sum}", clock.now()));
        Ok::<(), Error>(())
    });
    block_on(running, || clock.tick())??;
    store.run_ready()?;
    let left = format!("{:?}", store.census());
    store.data_mut().push(left);
    Ok(store.into_data())
}

async fn sleep<E: CoreEngine>(access: Access<Lines, E>, clock: Arc<Clock>, ticks: u32) -> Result<(), Error> {
    note(&access, format!("{}: the guest sleeps for {ticks} ticks", clock.now()));
    clock.sleep(ticks).await;
    Ok(())
}

fn note<E: CoreEngine>(access: &Access<Lines, E>, line: String) {
    access.with(|mut cx| cx.data_mut().push(line));
}
