//! Programs that call the service: each returns a text about what it observed.

use core::future::{Future, IntoFuture, poll_fn};
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

wit_bindgen::generate!({
    path: "../concurrent/wit",
    world: "test:concurrent/serving",
});

use test::concurrent::service::{self, Counter, Entry, Message};
use wit_bindgen::{FutureWriteCancel, StreamResult, spawn_local, yield_async};

struct Caller;

export!(Caller);

impl Guest for Caller {
    async fn run(program: String) -> String {
        match program.as_str() {
            "calls" => calls().await,
            "at-once" => at_once().await,
            "cancel-calls" => cancel_calls().await,
            "bytes" => bytes().await,
            "sizes" => sizes().await,
            "records" => records().await,
            "units" => units().await,
            "dropped-ends" => dropped_ends().await,
            "cancel-copies" => cancel_copies().await,
            "compound" => compound().await,
            "futures" => futures().await,
            "unwritten" => unwritten().await,
            "resources" => resources().await,
            "resources-back" => resources_back().await,
            "backpressure" => backpressure().await,
            "spawned" => spawned().await,
            "between-tasks" => between_tasks().await,
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

async fn calls() -> String {
    let echo = service::echo("a".repeat(3)).await;
    let later = service::later(2, "later".into()).await;
    let many = service::many(1, "b".into(), 1 << 40, vec![2, 3], 0.5).await;
    format!("{echo} {later} {many:?}")
}

async fn at_once() -> String {
    let (slow, fast) = both(service::later(5, "slow".into()), service::later(1, "fast".into())).await;
    format!("{slow} {fast}")
}

async fn cancel_calls() -> String {
    drop(service::hang("never polled".into()));
    let none = service::dropped();
    let mut hung = Box::pin(service::hang("polled".into()));
    assert!(poll_once(hung.as_mut()).is_pending());
    drop(hung);
    let one = service::dropped();
    let mut late = Box::pin(service::later(1, "late".into()));
    assert!(poll_once(late.as_mut()).is_pending());
    for _ in 0..10 {
        yield_async().await;
    }
    drop(late);
    format!("{none} {one}")
}

async fn bytes() -> String {
    let (mut writer, reader) = wit_stream::new();
    let doubled = service::double(reader).await;
    let write = async move {
        for chunk in 0..10_u8 {
            assert!(writer.write_all(vec![chunk; 1000 * usize::from(chunk)]).await.is_empty());
        }
    };
    let (all, ()) = both(doubled.collect(), write).await;
    let sum: u64 = all.iter().map(|byte| u64::from(*byte)).sum();
    format!("{} {sum}", all.len())
}

async fn sizes() -> String {
    let mut seen = Vec::new();
    for (size, room) in [(0, 1), (1, 1), (5, 2), (2, 5), (7, 100)] {
        let (mut writer, reader) = wit_stream::new();
        let mut doubled = service::double(reader).await;
        let write = async move { writer.write_all((0..size).collect()).await };
        let read = async {
            let mut all = Vec::new();
            loop {
                let (result, mut read) = doubled.read(Vec::with_capacity(room)).await;
                assert!(read.len() <= room);
                all.append(&mut read);
                if result == StreamResult::Dropped {
                    break all;
                }
            }
        };
        let (left, all) = both(write, read).await;
        assert!(left.is_empty());
        seen.push(format!("{all:?}"));
    }
    let (mut writer, reader) = wit_stream::new();
    let write = async move { writer.write_all((0..100_u32).collect()).await };
    let (sum, _) = both(service::sum(reader), write).await;
    format!("{} {sum}", seen.join(" "))
}

async fn records() -> String {
    let points = service::points(3).await.collect().await;
    let entries = service::entries(4).await.collect().await;
    let names: Vec<String> = entries.iter().map(|entry| format!("{} {}", entry.name, entry.sizes.len())).collect();
    let (mut writer, reader) = wit_stream::new();
    let names_of_two = service::names(reader).await;
    let write = async move {
        for index in 0..2 {
            let entry = Entry { name: "own".into(), sizes: vec![index] };
            assert!(writer.write_one(entry).await.is_none());
        }
    };
    let (own, ()) = both(names_of_two.collect(), write).await;
    format!("{} {names:?} {own:?}", points.iter().map(|p| format!("{},{}", p.x, p.y)).collect::<Vec<_>>().join(" "))
}

async fn units() -> String {
    service::tick(3).await.collect().await.len().to_string()
}

async fn dropped_ends() -> String {
    // The reader is dropped after two of five.
    let (mut writer, reader) = wit_stream::new();
    let write = async move {
        let left = writer.write_all(["a", "b", "c", "d", "e"].map(String::from).to_vec()).await;
        let (result, buffer) = writer.write(vec!["f".into()]).await;
        (left, result, buffer.into_vec())
    };
    let (taken, (left, result, again)) = both(service::take(2, reader), write).await;
    // The writer is dropped before anything is written, and so is a reader.
    let (writer, reader) = wit_stream::new::<u32>();
    drop(writer);
    let sum = service::sum(reader).await;
    let (mut writer, reader) = wit_stream::new::<u8>();
    drop(reader);
    let (gone, _) = writer.write(vec![1]).await;
    let points = service::points(0).await;
    drop(points);
    format!("{taken:?} {left:?} {result:?} {again:?} {sum} {gone:?}")
}

async fn cancel_copies() -> String {
    let (mut writer, mut reader) = wit_stream::new::<String>();
    let read = {
        let mut read = pin!(reader.read(Vec::with_capacity(3)));
        assert!(poll_once(read.as_mut()).is_pending());
        let (result, buffer) = read.as_mut().cancel();
        format!("{result:?} {}", buffer.len())
    };
    let write = {
        let mut write = pin!(writer.write(vec!["x".to_owned(), "y".to_owned()]));
        assert!(poll_once(write.as_mut()).is_pending());
        let (result, buffer) = write.as_mut().cancel();
        format!("{result:?} {:?}", buffer.into_vec())
    };
    // Dropping is cancelling.
    {
        let mut write = pin!(writer.write(vec!["lost".to_owned()]));
        assert!(poll_once(write.as_mut()).is_pending());
    }
    let (taken, ()) = both(service::take(1, reader), async {
        writer.write_one("sent".into()).await;
    })
    .await;

    let (writer, reader) = wit_future::new::<String>(String::new);
    let mut value_write = Box::pin(writer.write("value".into()));
    assert!(poll_once(value_write.as_mut()).is_pending());
    let FutureWriteCancel::Cancelled(value, writer) = value_write.as_mut().cancel() else { panic!("nobody has read") };
    let (text, result) = both(service::text_of(reader), writer.write(value)).await;
    result.unwrap();

    let mut promised = Box::pin(service::promise(3).await.into_future());
    assert!(poll_once(promised.as_mut()).is_pending());
    let reader = promised.as_mut().cancel().unwrap_err();
    format!("{read}; {write}; {taken:?} {text} {}", reader.await)
}

async fn compound() -> String {
    let ((first, one), (second, two)) = (wit_stream::new(), wit_stream::new());
    let write = async move {
        for (mut writer, words) in [(first, ["a", "b"]), (second, ["c", "d"])] {
            assert!(writer.write_all(words.map(String::from).to_vec()).await.is_empty());
        }
    };
    let (joined, ()) = both(service::join(vec![one, two]), write).await;
    let text = service::receive(Message::Text("text".into())).await;
    let done = service::receive(Message::Done).await;
    let (mut writer, reader) = wit_stream::new();
    let write = async move { writer.write_all(vec![0; 70_000]).await };
    let (bytes, _) = both(service::receive(Message::Bytes(reader)), write).await;
    let inner = service::nested("deep".into()).await.await.unwrap().await;
    format!("{joined} {text} {done} {bytes} {inner}")
}

async fn futures() -> String {
    let (writer, reader) = wit_future::new(String::new);
    let (text, result) = both(service::text_of(reader), writer.write("written".into())).await;
    result.unwrap();
    let promised = service::promise(4).await.await;
    let (writer, reader) = wit_future::new(String::new);
    service::ignore(reader);
    let refused = writer.write("kept".into()).await.unwrap_err().value;
    drop(service::promise(0).await);
    format!("{text} {promised} {refused}")
}

async fn unwritten() -> String {
    let (writer, reader) = wit_future::new(|| "of the caller".to_owned());
    drop(writer);
    let own = service::text_of(reader).await;
    let (writer, reader) = wit_future::new(|| "after a write was dropped".to_owned());
    {
        let mut write = Box::pin(writer.write("lost".into()));
        assert!(poll_once(write.as_mut()).is_pending());
    }
    let after = service::text_of(reader).await;
    let (writer, reader) = wit_future::new(String::new);
    drop(reader);
    drop(writer);
    format!("{} {own} {after}", service::forgotten().await.await)
}

async fn resources() -> String {
    let first = Counter::new(10);
    let (one, two) = (first.next().await, first.next().await);
    let second = Counter::new(100);
    let sum = Counter::add(first, &second).await;
    let counts = [sum.next().await, second.next().await];
    let live = service::live_counters();
    drop((sum, second));
    format!("{one} {two} {counts:?} {live} {}", service::live_counters())
}

async fn resources_back() -> String {
    let mut counters = service::counters(vec![5, 6, 7]).await;
    let first = counters.next().await.unwrap();
    let next = first.next().await;
    let live = service::live_counters();
    drop(counters);
    drop(first);
    // The service drops elements that were not read.
    for _ in 0..20 {
        yield_async().await;
    }
    format!("{next} {live} {}", service::live_counters())
}

async fn backpressure() -> String {
    service::close();
    let mut waiting = Box::pin(service::echo("let in".into()));
    let before = poll_once(waiting.as_mut()).is_pending();
    let mut cancelled = Box::pin(service::echo("cancelled".into()));
    let also = poll_once(cancelled.as_mut()).is_pending();
    drop(cancelled);
    service::open();
    format!("{before} {also} {}", waiting.await)
}

async fn spawned() -> String {
    let (mut writer, reader) = wit_stream::new();
    spawn_local(async move {
        for word in ["one", "two"] {
            let word = service::later(1, word.into()).await;
            writer.write_one(word).await;
        }
    });
    service::take(2, reader).await.join(" ")
}

/// A task is woken by another one of the same instance.
async fn between_tasks() -> String {
    let state = std::rc::Rc::new(core::cell::RefCell::new((None::<Waker>, false)));
    let other = state.clone();
    spawn_local(async move {
        let text = service::later(3, "x".into()).await;
        assert_eq!(text, "x");
        let mut state = other.borrow_mut();
        state.1 = true;
        if let Some(waker) = state.0.take() {
            waker.wake();
        }
    });
    poll_fn(|cx| {
        let mut state = state.borrow_mut();
        if state.1 {
            return Poll::Ready(());
        }
        state.0 = Some(cx.waker().clone());
        Poll::Pending
    })
    .await;
    "woken".to_owned()
}
