//! Programs that pass ends and resources to a depot and get them back: each returns a text about what it observed.

mod copies;

use core::future::{Future, IntoFuture, poll_fn};
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::cell::RefCell;
use std::rc::Rc;

wit_bindgen::generate!({
    path: "../exchange/wit",
    world: "test:exchange/serving",
});

use futures::future::{Either, join3, select};
use futures::stream::{FuturesUnordered, StreamExt};
use test::exchange::depot::{self, Address, Crate, Failure, Load, Mark, Parcel};
use wit_bindgen::{FutureWriteCancel, RawStreamReader, UnitStreamOps, block_on, spawn_local, yield_async};

struct Caller;

export!(Caller);

impl Guest for Caller {
    async fn run(program: String) -> String {
        match program.as_str() {
            "returned" => returned().await,
            "returned-stream" => returned_stream().await,
            "kept" => kept().await,
            "read-before-cancel" => read_before_cancel().await,
            "dropped-before-cancel" => dropped_before_cancel().await,
            "ping-pong" => ping_pong().await,
            "ends-in-ends" => ends_in_ends().await,
            "elements" => elements().await,
            "loads" => loads().await,
            "crates" => crates().await,
            "held" => held().await,
            "packed" => packed().await,
            "partial" => copies::partial().await,
            "reread" => copies::reread().await,
            "pending" => pending().await,
            "many" => many().await,
            "turns" => turns().await,
            "units" => units().await,
            "shipped" => shipped().await,
            "after" => after().await,
            "scalars" => copies::scalars().await,
            "blocks" => copies::blocks().await,
            "empty-copies" => copies::empty_copies().await,
            "closed" => copies::closed().await,
            "raced" => copies::raced().await,
            "selected" => selected().await,
            "closing" => closing().await,
            "blocked" => blocked(),
            "unpolled" => copies::unpolled().await,
            "boxed" => boxed().await,
            "idle" => idle().await,
            other => panic!("there is no program `{other}`"),
        }
    }
}

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

async fn both<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    poll_fn(|cx| {
        if first.is_none()
            && let Poll::Ready(output) = a.as_mut().poll(cx)
        {
            first = Some(output);
        }
        if second.is_none()
            && let Poll::Ready(output) = b.as_mut().poll(cx)
        {
            second = Some(output);
        }
        if first.is_some() && second.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    (first.unwrap(), second.unwrap())
}

/// A future that comes back is read where it was made, or dropped there.
async fn returned() -> String {
    let (writer, reader) = wit_future::new(|| 0);
    let back = depot::return_future(reader).await;
    let (read, written) = both(back.into_future(), writer.write(41)).await;
    let (writer, reader) = wit_future::new(|| 7);
    let back = depot::return_future(reader).await;
    let again = depot::return_future(back).await;
    drop(again);
    let refused = writer.write(42).await.unwrap_err().value;
    format!("{read} {} {refused}", written.is_ok())
}

async fn returned_stream() -> String {
    let (mut writer, reader) = wit_stream::new();
    let mut back = depot::return_stream(reader).await;
    let write = async {
        let left = writer.write_all(vec![1, 2, 3, 4, 5]).await;
        drop(writer);
        left
    };
    let read = async {
        let (_, first) = back.read(Vec::with_capacity(2)).await;
        let rest = depot::return_stream(back).await.collect().await;
        (first, rest)
    };
    let (left, read) = both(write, read).await;
    format!("{left:?} {read:?}")
}

/// A write that is cancelled gives the value and the end back.
async fn kept() -> String {
    let (writer, reader) = wit_future::new(String::new);
    depot::keep_future(reader);
    let mut write = Box::pin(writer.write("first".into()));
    assert!(poll_once(write.as_mut()).is_pending());
    let FutureWriteCancel::Cancelled(value, writer) = write.as_mut().cancel() else { panic!("nobody has read") };
    let (read, written) = both(depot::read_kept_future(), writer.write(format!("{value} again"))).await;
    format!("{read} {}", written.is_ok())
}

async fn read_before_cancel() -> String {
    let (writer, reader) = wit_future::new(String::new);
    depot::keep_future(reader);
    let mut write = Box::pin(writer.write("sent".into()));
    assert!(poll_once(write.as_mut()).is_pending());
    let read = depot::read_kept_future().await;
    let cancelled = match write.as_mut().cancel() {
        FutureWriteCancel::AlreadySent => "sent already",
        FutureWriteCancel::Dropped(_) => "dropped",
        FutureWriteCancel::Cancelled(..) => "cancelled",
    };
    format!("{read} {cancelled}")
}

async fn dropped_before_cancel() -> String {
    let (writer, reader) = wit_future::new(String::new);
    depot::keep_future(reader);
    let mut write = Box::pin(writer.write("refused".into()));
    assert!(poll_once(write.as_mut()).is_pending());
    depot::drop_kept_future();
    match write.as_mut().cancel() {
        FutureWriteCancel::Dropped(value) => value,
        FutureWriteCancel::AlreadySent | FutureWriteCancel::Cancelled(..) => "not dropped".to_owned(),
    }
}

async fn ping_pong() -> String {
    let mut text = "ping".to_owned();
    for _ in 0..3 {
        let (writer, ball) = wit_future::new(String::new);
        let back = depot::ping(ball).await;
        let (answer, written) = both(back.into_future(), writer.write(text)).await;
        written.unwrap();
        text = answer;
    }
    text
}

async fn ends_in_ends() -> String {
    let mut streams = depot::streams(4).await;
    let mut sizes = Vec::new();
    while let Some(bytes) = streams.next().await {
        sizes.push(bytes.collect().await.len());
    }
    // The stream and what it still holds are dropped after one.
    let mut streams = depot::streams(4).await;
    drop(streams.next().await);
    drop(streams);
    let mut words = Vec::new();
    let mut futures = depot::futures(["a", "b", "c"].map(String::from).to_vec()).await;
    while let Some(word) = futures.next().await {
        words.push(word);
    }
    let mut read = Vec::new();
    for word in words {
        read.push(word.await);
    }
    let late = depot::later().await.await.collect().await;
    format!("{sizes:?} {read:?} {late:?}")
}

async fn elements() -> String {
    let results = depot::results().await.collect().await;
    let words = results.iter().map(|result| match result {
        Ok(text) => text.as_deref().unwrap_or("none"),
        Err(Failure::Closed) => "closed",
        Err(Failure::Empty) => "empty",
    });
    let results: Vec<&str> = words.collect();
    let (mut writer, reader) = wit_stream::new();
    let tuples = depot::tuples(reader).await;
    let write = async move { writer.write_all(vec![(2, true, "two".into()), (0, false, "none".into())]).await };
    let (tuples, left) = both(tuples.collect(), write).await;
    format!("{results:?} {tuples:?} {}", left.len())
}

async fn loads() -> String {
    let parcel = |label: &str| Parcel { label: label.into(), weight: None, inside: vec![label.into()] };
    let (mut letters, stream) = wit_stream::new();
    let (kept, promise) = wit_future::new(|| Err(Failure::Empty));
    let (broken, second) = wit_future::new(|| Err(Failure::Closed));
    let all = vec![
        Load::Parcel(parcel("parcel")),
        Load::Letters(stream),
        Load::Promise(promise),
        Load::Promise(second),
        Load::Nothing,
    ];
    let write = async move {
        letters.write_all(vec!["one".into(), "two".into()]).await;
        drop(letters);
        kept.write(Ok(parcel("promised"))).await.unwrap();
        drop(broken);
    };
    let (labels, ()) = both(depot::unpack(all), write).await;
    labels.join(", ")
}

/// Resources in a stream: those that are not read stay with the writer.
async fn crates() -> String {
    let (mut writer, reader) = wit_stream::new();
    let write = async move { writer.write_all(["a", "b", "c", "d"].map(Crate::new).into()).await };
    let (labels, left) = both(depot::store(reader, 2), write).await;
    let live = depot::live_crates();
    let kept: Vec<String> = left.iter().map(Crate::label).collect();
    drop(left);
    format!("{labels:?} {kept:?} {live} {}", depot::live_crates())
}

/// A call that is cancelled takes its parameters with it: once it has begun they are the callee's, before that the caller's.
async fn held() -> String {
    let back = depot::hold(Crate::new("back"), 2).await;
    let label = back.label();
    drop(back);
    let mut begun = Box::pin(depot::hold(Crate::new("begun"), 1000));
    assert!(poll_once(begun.as_mut()).is_pending());
    let live = depot::live_crates();
    drop(begun);
    let after = depot::live_crates();
    depot::close();
    let mut waiting = Box::pin(depot::hold(Crate::new("waiting"), 0));
    assert!(poll_once(waiting.as_mut()).is_pending());
    drop(waiting);
    depot::open();
    let mut returned = Box::pin(depot::hold(Crate::new("returned"), 1));
    assert!(poll_once(returned.as_mut()).is_pending());
    for _ in 0..10 {
        yield_async().await;
    }
    drop(returned);
    format!("{label} {live} {after} {}", depot::live_crates())
}

async fn packed() -> String {
    let parts = ["x", "y", "z"].map(Crate::new);
    let labels = depot::labels(parts.iter().collect()).await;
    let packed = Crate::pack(parts.into()).await;
    let contents = packed.contents().await.collect().await;
    let old = packed.relabel(1, "new".into()).await;
    format!("{labels} {contents:?} {old} {} {}", packed.label(), depot::live_crates())
}

async fn pending() -> String {
    let mut cancelled = Box::pin(depot::pending());
    assert!(poll_once(cancelled.as_mut()).is_pending());
    drop(cancelled);
    let mut call = Box::pin(depot::pending());
    assert!(poll_once(call.as_mut()).is_pending());
    depot::release(7);
    let value = call.await;
    depot::release(8);
    format!("{value} {}", depot::pending().await)
}

/// Many calls at once, which end in another order.
async fn many() -> String {
    let order = Rc::new(RefCell::new(Vec::new()));
    let crates: Vec<Rc<Crate>> = (0..20).map(|i| Rc::new(Crate::new(&i.to_string()))).collect();
    for (i, one) in (0..20_u32).zip(&crates) {
        let (one, order) = (one.clone(), order.clone());
        spawn_local(async move {
            let old = one.relabel(i % 5, "new".into()).await;
            order.borrow_mut().push((i % 5, old));
        });
    }
    while order.borrow().len() < 20 {
        yield_async().await;
    }
    let order = order.borrow();
    let sorted = order.is_sorted_by_key(|(turns, _)| *turns);
    let renamed = crates.iter().filter(|one| one.label() == "new").count();
    format!("{} {sorted} {renamed}", order.len())
}

/// Tasks of one component take turns.
async fn turns() -> String {
    let trace = Rc::new(RefCell::new(String::new()));
    for name in ['a', 'b'] {
        let trace = trace.clone();
        spawn_local(async move {
            for _ in 0..3 {
                trace.borrow_mut().push(name);
                yield_async().await;
            }
        });
    }
    while trace.borrow().len() < 6 {
        yield_async().await;
    }
    let trace = trace.borrow();
    let count = |name| trace.chars().filter(|c| *c == name).count();
    format!("{} {}", count('a'), count('b'))
}

/// A stream without an element type, which no function mentions.
async fn units() -> String {
    async fn count(mut signals: RawStreamReader<UnitStreamOps>) -> u32 {
        let mut count = 0;
        while signals.next().await.is_some() {
            count += 1;
        }
        count
    }
    let (mut writer, reader) = UnitStreamOps::new();
    let write = async move {
        writer.write_one(()).await;
    };
    both(count(reader), write).await.0.to_string()
}

fn address(name: &str, street: Option<&str>, codes: &[u16], mark: Mark) -> Address {
    let (name, street) = (name.to_owned(), street.map(str::to_owned));
    Address { name, street, number: u32::MAX, floor: -2, codes: codes.to_vec(), mark, initial: '\u{10ffff}' }
}

/// More parameters than are flat, with ends in them, and results of both kinds.
async fn shipped() -> String {
    let (mut letters, stream) = wit_stream::new();
    let from = address("north", None, &[1, 2], Mark::FRAGILE);
    let to = address("south", Some("street"), &[u16::MAX], Mark::WET);
    let notes = vec!["über".to_owned(), String::new()];
    let write = async move {
        letters.write_all(vec!["x".into(), "y".into()]).await;
        drop(letters);
    };
    let (shipped, ()) = both(depot::ship(from.clone(), to, Some(Load::Letters(stream)), notes), write).await;
    let (label, back) = shipped.unwrap();
    let refused = depot::ship(from.clone(), from, None, Vec::new()).await;
    let Address { name, number, floor, codes, mark, initial, .. } = back;
    let is_last = initial == '\u{10ffff}';
    format!(
        "{label:?} {name} {number} {floor} {codes:?} {mark:?} {is_last} {}",
        refused.map(|_| ()).unwrap_err().name()
    )
}

/// Futures without a type: one that ends after another, and one whose reader is dropped.
async fn after() -> String {
    let (writer, reader) = wit_future::new(|| ());
    let mut ended = Box::pin(depot::after(reader).await.into_future());
    let before = poll_once(ended.as_mut()).is_pending();
    writer.write(()).await.unwrap();
    ended.await;
    let (writer, reader) = wit_future::new(|| ());
    let ended = depot::after(reader).await;
    drop(writer);
    ended.await;
    let (writer, reader) = wit_future::new(|| ());
    drop(reader);
    format!("{before} {}", writer.write(()).await.is_err())
}

/// The combinators of `futures`, which have wakers of their own.
async fn selected() -> String {
    let slow = Box::pin(depot::pending());
    let quick = Box::pin(depot::hold(Crate::new("quick"), 2));
    let (first, slow) = match select(slow, quick).await {
        Either::Left(_) => panic!("nobody has released it"),
        Either::Right((first, slow)) => (first.label(), slow),
    };
    depot::release(5);
    let crates = ["a", "b", "c"].map(Crate::new);
    let [a, b, c] = &crates;
    let old = join3(a.relabel(2, "x".into()), b.relabel(0, "y".into()), c.relabel(1, "z".into())).await;
    let all: FuturesUnordered<_> = crates.iter().map(|one| one.relabel(1, String::new())).collect();
    let mut all: Vec<String> = all.collect().await;
    all.sort();
    format!("{first} {} {old:?} {all:?}", slow.await)
}

/// Many calls that wait until as many have opened the door as have closed it.
async fn closing() -> String {
    let order = Rc::new(RefCell::new(Vec::new()));
    depot::close();
    depot::close();
    for turns in [2, 0, 1, 0] {
        let order = order.clone();
        spawn_local(async move {
            depot::hold(Crate::new("held"), turns).await;
            order.borrow_mut().push(turns);
        });
    }
    for _ in 0..5 {
        yield_async().await;
    }
    let closed = order.borrow().len();
    depot::open();
    yield_async().await;
    let still = order.borrow().len();
    depot::open();
    while order.borrow().len() < 4 {
        yield_async().await;
    }
    order.borrow_mut().sort();
    format!("{closed} {still} {:?} {}", order.borrow(), depot::live_crates())
}

/// A task that blocks until another has ended, and the tasks that it has spawned.
fn blocked() -> String {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let spawned = seen.clone();
    let label = block_on(async move {
        spawn_local(async move {
            let held = depot::hold(Crate::new("spawned"), 3).await;
            spawned.borrow_mut().push(held.label());
        });
        depot::hold(Crate::new("own"), 1).await.label()
    });
    format!("{label} {:?} {}", seen.take(), depot::live_crates())
}

/// Operations may be moved to other threads, as executors require that have some.
async fn boxed() -> String {
    type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;
    let (mut writer, reader) = wit_stream::new();
    let mut tuples = depot::tuples(reader).await;
    let write: Boxed<usize> = Box::pin(async move {
        let left = writer.write_all(vec![(1, true, "one".into())]).await.len();
        left + writer.write(vec![(2, false, "two".into())]).await.1.remaining()
    });
    let read: Boxed<_> = Box::pin(async move { (tuples.next().await, tuples.collect().await) });
    let (left, read) = both(write, read).await;
    let (writer, ball) = wit_future::new(String::new);
    let call: Boxed<String> = Box::pin(async move {
        let answer = depot::ping(ball).await;
        yield_async().await;
        answer.await
    });
    let write: Boxed<bool> = Box::pin(async move { writer.write("ping".into()).await.is_ok() });
    let (answer, written) = both(call, write).await;
    let held: Boxed<Crate> = Box::pin(depot::hold(Crate::new("held"), 1));
    format!("{left} {read:?} {answer} {written} {}", held.await.label())
}

/// Ends that nobody uses when the other end is dropped: they can still be written, and passed on.
async fn idle() -> String {
    let (mut writer, mut reader) = wit_stream::new();
    let (one, _) = both(reader.next(), writer.write_one(1_u8)).await;
    drop(writer);
    let (mut writer, mut other) = wit_stream::new();
    let (_, two) = both(writer.write_one(2_u8), other.next()).await;
    drop(other);
    for _ in 0..3 {
        yield_async().await;
    }
    let unsent = writer.write_one(3).await;
    let rest = depot::return_stream(reader).await.collect().await;
    format!("{one:?} {two:?} {unsent:?} {rest:?}")
}
