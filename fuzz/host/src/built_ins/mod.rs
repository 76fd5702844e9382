//! The target `built-ins`: two instances call the built-ins of concurrency as the bytes say, with handles that exist and some
//! that do not, while the host calls them, cancels, and drops ends. Both engines must do the same, and nothing may be left of
//! what has ended.

mod text;

use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::Poll;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use text::{EXPORTS, Gives, KEPT, Kind, OPS, Op, TAKEN, TOLD};
use witwright_abi_runtime::codes::{CallStatus, CallbackCode};
use witwright_host::{
    Access, Census, Component, CoreEngine, Error, Gate, Instance, Linker, Options, Resource, ResourceBorrow, Store,
    StoreContextMut, StreamReader, StreamWriter, stream, wasmi, wasmtime,
};

use crate::component::gist;
use crate::exec::{block_on, turns};

/// The resource of the host's that the guests have.
struct Thing;

/// The data of a run's store.
struct Host {
    bytes: Vec<u8>,
    at: usize,
    /// The indices that each instance may have, by kind.
    known: [BTreeMap<Kind, Vec<u32>>; 2],
    /// The argument that was given last as an index, by instance.
    given: [Option<(Kind, u32)>; 2],
    /// The messages in order: the instance, the op and the value.
    said: Vec<(u32, u32, u64)>,
}

/// The largest number of indices of a kind that are remembered.
const MAX_KNOWN: usize = 6;

impl Host {
    /// The next byte, and zeros after the last.
    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// The argument that an instance asks for.
    fn next(&mut self, part: usize, kind: Kind) -> u32 {
        let byte = self.byte();
        match kind {
            Kind::Op => self.op(part, byte),
            Kind::Code => {
                let code = match self.index(part, Kind::Set, byte / 8) {
                    _ if byte.is_multiple_of(8) => CallbackCode::Exit,
                    set if set != 0 && byte % 8 > 3 => CallbackCode::Wait { set },
                    _ => CallbackCode::Yield,
                };
                code.pack()
            }
            Kind::Pointer if byte < 250 => u32::from(byte % 16) * 8,
            Kind::Pointer => [1, 65_535, 65_536, u32::MAX, 0x1000_0000, 4][usize::from(byte - 250)],
            Kind::Count => u32::from(byte % 8),
            Kind::Set
            | Kind::Subtask
            | Kind::Waitable
            | Kind::Readable
            | Kind::Writable
            | Kind::ReadableFuture
            | Kind::WritableFuture
            | Kind::ErrorContext
            | Kind::Resource
            | Kind::Thread => {
                let index = if byte >= 252 { u32::from(byte - 252) } else { self.index(part, kind, byte) };
                self.given[part] = Some((kind, index));
                index
            }
        }
    }

    /// The next op: one for which the instance has indices, and seldom one that most often traps. One byte in 256 asks for any.
    fn op(&mut self, part: usize, byte: u8) -> u32 {
        if self.is_at_end() || byte == 0 {
            return 0;
        }
        let ops: Vec<usize> = (0..OPS.len()).filter(|op| part == 1 || !OPS[*op].of_second).collect();
        let any = byte == 255;
        let start = usize::from(self.byte());
        let fits = |op: &usize| {
            let Op { params, is_rare, .. } = &OPS[*op];
            let has_indices = params.iter().all(|kind| !kind.is_index() || self.has(part, *kind));
            any || has_indices && (!is_rare || byte.is_multiple_of(8))
        };
        let chosen = (0..ops.len()).map(|step| ops[(start + step) % ops.len()]).find(fits);
        chosen.map_or(0, |op| op as u32 + 1)
    }

    fn has(&self, part: usize, kind: Kind) -> bool {
        kind == Kind::Set || !self.indices(part, kind).is_empty()
    }

    fn indices(&self, part: usize, kind: Kind) -> Vec<u32> {
        let ends = [Kind::Subtask, Kind::Readable, Kind::Writable, Kind::ReadableFuture, Kind::WritableFuture];
        let kinds = if kind == Kind::Waitable { &ends[..] } else { core::slice::from_ref(&kind) };
        kinds.iter().filter_map(|kind| self.known[part].get(kind)).flatten().copied().collect()
    }

    fn index(&self, part: usize, kind: Kind, byte: u8) -> u32 {
        let indices = self.indices(part, kind);
        if indices.is_empty() { 0 } else { indices[usize::from(byte) % indices.len()] }
    }

    fn learn(&mut self, part: usize, kind: Kind, index: u32) {
        let known = self.known[part].entry(kind).or_default();
        known.retain(|known| *known != index);
        known.push(index);
        if known.len() > MAX_KNOWN {
            known.remove(0);
        }
    }

    /// Notes a message of an instance.
    fn hear(&mut self, part: usize, op: u32, value: u64) {
        self.said.push((part as u32, op, value));
        let (low, high) = (value as u32, (value >> 32) as u32);
        match op {
            TAKEN => return self.learn(part, Kind::Readable, low),
            KEPT => return self.learn(part, Kind::Resource, low),
            TOLD.. => return,
            _ => {}
        }
        let op = &OPS[op as usize];
        if op.drops
            && let Some((kind, index)) = self.given[part]
            && let Some(known) = self.known[part].get_mut(&kind)
        {
            known.retain(|known| *known != index);
        }
        match op.gives {
            Gives::Nothing | Gives::Number => {}
            Gives::New(kind) => self.learn(part, kind, low),
            Gives::Pair(readable, writable) => {
                self.learn(part, readable, low);
                self.learn(part, writable, high);
            }
            Gives::Call => match CallStatus::unpack(low) {
                Some(CallStatus::Starting { subtask } | CallStatus::Started { subtask }) => {
                    self.learn(part, Kind::Subtask, subtask);
                }
                Some(CallStatus::Returned) => {}
                None => panic!("{low} is no status of a call"),
            },
        }
    }
}

/// The facts about a run of the guests by these bytes, on both engines.
///
/// # Panics
/// If the engines differ, or something is left.
pub fn run(bytes: &[u8]) -> String {
    static ON_WASMI: OnceLock<(wasmi::Engine, Component<wasmi::Engine>)> = OnceLock::new();
    static ON_WASMTIME: OnceLock<(wasmtime::Engine, Component<wasmtime::Engine>)> = OnceLock::new();
    let on_wasmi = run_on(ON_WASMI.get_or_init(load), bytes);
    let on_wasmtime = run_on(ON_WASMTIME.get_or_init(load), bytes);
    assert!(on_wasmi == on_wasmtime, "wasmi: {on_wasmi:#?}\nwasmtime: {on_wasmtime:#?}");
    let (said, outcomes) = on_wasmi;
    let facts = said.iter().map(|(part, op, value)| format!("{part} {op} {}", value % 16));
    facts.chain(outcomes).collect::<Vec<String>>().join("; ")
}

fn load<E: CoreEngine + Default>() -> (E, Component<E>) {
    let engine = E::default();
    let mut options = Options::default();
    options.gates =
        [Gate::MoreAsyncBuiltins, Gate::Threading, Gate::AsyncStackful, Gate::Forward, Gate::ErrorContext].into();
    let binary = wat::parse_str(text::component()).unwrap_or_else(|error| panic!("{error}"));
    let component = Component::with_options(&engine, &binary, &options).unwrap_or_else(|error| panic!("{error}"));
    (engine, component)
}

/// The messages, and the ends of the host's calls and of the run.
type Outcome = (Vec<(u32, u32, u64)>, Vec<String>);

fn run_on<E: CoreEngine>((engine, component): &(E, Component<E>), bytes: &[u8]) -> Outcome {
    let host = Host { bytes: bytes.to_vec(), at: 0, known: <[_; 2]>::default(), given: [None; 2], said: Vec::new() };
    let mut store = Store::new(engine, host);
    let instance = linker(engine).instantiate(&mut store, component).expect("all is there");
    let mut outcomes = Vec::new();
    if let Err(error) = block_on(store.run(async |access| drive(&access, instance, &mut outcomes).await)) {
        outcomes.push(format!("run: {}", gist(&error)));
    }
    // Instances that have trapped end, with all their parts.
    let fail = instance.func(&mut store, None, "fail").expect("it is exported");
    let failed = fail.call_typed::<(), ()>(&mut store, &()).expect_err("it traps");
    outcomes.push(format!("fail: {}", gist(&failed)));
    while let Err(error) = store.run_ready() {
        outcomes.push(format!("end: {}", gist(&error)));
    }
    assert_eq!(store.census(), Census::default(), "{:?}", store.data().said);
    (store.into_data().said, outcomes)
}

fn linker<E: CoreEngine>(engine: &E) -> Linker<Host, E> {
    let mut linker = Linker::<Host, E>::new(engine);
    let mut root = linker.root();
    let next = |mut cx: StoreContextMut<'_, Host, E>, (part, kind): (u32, u32)| {
        Ok(cx.data_mut().next(part as usize, Kind::ALL[kind as usize]))
    };
    let said = |mut cx: StoreContextMut<'_, Host, E>, (part, op, value): (u32, u32, u64)| {
        cx.data_mut().hear(part as usize, op, value);
        Ok(())
    };
    let defined = (|| {
        root.resource::<Thing>("r", |_, _| Ok(()))?;
        root.func_wrap("next", next)?.func_wrap("said", said)?.func_wrap_async("later", later)?;
        root.func_wrap("make", |_, ()| Ok(Resource::<Thing>::new_own(7)))?;
        root.func_wrap_async("lend", |_, (_,): (ResourceBorrow<Thing>,)| async {
            turns(1).await;
            Ok(())
        })?;
        Ok::<(), Error>(())
    })();
    defined.expect("the names are free");
    linker
}

/// A function of the host: ready at once, after some turns, or never; or it fails.
async fn later<E: CoreEngine>(_: Access<Host, E>, (x,): (u32,)) -> Result<u32, Error> {
    match x {
        0..4 => turns(x).await,
        4 => return Err(Error::host(std::io::Error::other("later"))),
        5 => core::future::pending().await,
        _ => turns(1).await,
    }
    Ok(x)
}

/// A call of the host that has not ended.
type Call = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// The host's part in a run: it begins calls, polls them, drops them, and drops ends of streams.
async fn drive<E: CoreEngine>(access: &Access<Host, E>, instance: Instance, outcomes: &mut Vec<String>) {
    let mut calls = Vec::new();
    let mut writers = Vec::new();
    while !access.with(|cx| cx.data().is_at_end()) && writers.len() < 50 {
        let [what, which] = access.with(|mut cx| [cx.data_mut().byte(), cx.data_mut().byte()]);
        match what % 8 {
            0..3 => match begin(access, instance, which, &mut writers) {
                Ok(call) => calls.push(call),
                Err(error) => outcomes.push(format!("begin: {}", gist(&error))),
            },
            3 if !calls.is_empty() => drop(calls.swap_remove(usize::from(which) % calls.len())),
            4 if !writers.is_empty() => drop(writers.swap_remove(usize::from(which) % writers.len())),
            _ => poll_all(&mut calls, outcomes).await,
        }
        // After a trap, nothing is entered.
        if outcomes.last().is_some_and(|outcome| outcome.contains("cannot enter")) {
            break;
        }
    }
    for _ in 0..8 {
        poll_all(&mut calls, outcomes).await;
    }
}

/// Begins a call of one of the functions. A stream that the host gives is written by a future of its own, or its writer is kept.
fn begin<E: CoreEngine>(
    access: &Access<Host, E>,
    instance: Instance,
    which: u8,
    writers: &mut Vec<StreamWriter<u8>>,
) -> Result<Call, Error> {
    let which = usize::from(which);
    let export = EXPORTS[which % EXPORTS.len()];
    let part = ["first", "second"][which / EXPORTS.len() % 2];
    let func = access.with(|mut cx| instance.func(&mut cx, None, &format!("{part}-{export}")));
    let func = func.expect("it is exported");
    Ok(match export {
        "take" => {
            let (mut writer, reader) = access.with(|mut cx| stream::<u8>(&mut cx))?;
            if which < 128 {
                let writing = access.clone();
                access.spawn(async move {
                    // The guest may drop its end, or trap.
                    let _ = writer.write(&writing, vec![1, 2, 3]).await;
                    Ok(())
                });
            } else {
                writers.push(writer);
            }
            Box::pin(func.call_concurrent::<_, _, _, ()>(access, (reader,)))
        }
        "give" => {
            let call = func.call_concurrent::<_, _, _, StreamReader<u8>>(access, ());
            let reading = access.clone();
            Box::pin(async move {
                let mut reader = call.await?;
                let _ = reader.read(&reading, 2).await?;
                Ok(())
            })
        }
        _ => Box::pin(func.call_concurrent::<_, _, _, ()>(access, ())),
    })
}

/// Polls all calls once, and lets the store run.
async fn poll_all(calls: &mut Vec<Call>, outcomes: &mut Vec<String>) {
    poll_fn(|cx| {
        calls.retain_mut(|call| match call.as_mut().poll(cx) {
            Poll::Ready(Ok(())) => {
                outcomes.push("returned".into());
                false
            }
            Poll::Ready(Err(error)) => {
                outcomes.push(gist(&error));
                false
            }
            Poll::Pending => true,
        });
        Poll::Ready(())
    })
    .await;
    turns(1).await;
}
