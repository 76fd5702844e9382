//! Functions that wait, and streams and futures in every position.

use std::cell::{Cell, RefCell};

wit_bindgen::generate!({
    path: "../concurrent/wit",
    world: "test:concurrent/served",
});

use exports::test::concurrent::service::{Counter, CounterBorrow, Entry, Guest, GuestCounter, Message, Point};
use wit_bindgen::{FutureReader, StreamReader, StreamResult, backpressure_dec, backpressure_inc, spawn_local, yield_async};

struct Service;

export!(Service);

thread_local! {
    static DROPPED: Cell<u32> = const { Cell::new(0) };
    static LIVE: Cell<u32> = const { Cell::new(0) };
    static CLOSED: RefCell<u32> = const { RefCell::new(0) };
}

/// Counts itself when it is dropped.
struct CountOnDrop;

impl Drop for CountOnDrop {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
    }
}

async fn turns(count: u32) {
    for _ in 0..count {
        yield_async().await;
    }
}

fn entry(index: u32) -> Entry {
    Entry { name: format!("entry {index}"), sizes: (0..u64::from(index)).collect() }
}

impl Guest for Service {
    type Counter = Count;

    async fn echo(text: String) -> String {
        text
    }

    async fn later(count: u32, text: String) -> String {
        turns(count).await;
        text
    }

    async fn many(a: u8, b: String, c: u64, d: Vec<u32>, e: f64) -> (u64, String) {
        let sum = u64::from(a) + c + d.iter().map(|n| u64::from(*n)).sum::<u64>();
        (sum, format!("{b} {e}"))
    }

    async fn hang(_text: String) {
        let _count = CountOnDrop;
        core::future::pending::<()>().await;
    }

    fn dropped() -> u32 {
        DROPPED.get()
    }

    async fn double(mut bytes: StreamReader<u8>) -> StreamReader<u8> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            loop {
                let (result, read) = bytes.read(Vec::with_capacity(1000)).await;
                let doubled = read.iter().map(|byte| byte.wrapping_mul(2)).collect();
                let left = writer.write_all(doubled).await;
                if result == StreamResult::Dropped || !left.is_empty() {
                    break;
                }
            }
        });
        reader
    }

    async fn sum(numbers: StreamReader<u32>) -> u64 {
        numbers.collect().await.into_iter().map(u64::from).sum()
    }

    async fn points(count: u32) -> StreamReader<Point> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            let points = (0..count).map(|i| Point { x: -(i as i32), y: i as u16 }).collect();
            assert!(writer.write_all(points).await.is_empty());
        });
        reader
    }

    async fn entries(count: u32) -> StreamReader<Entry> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            writer.write_all((0..count).map(entry).collect()).await;
        });
        reader
    }

    async fn names(mut entries: StreamReader<Entry>) -> StreamReader<String> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            while let Some(entry) = entries.next().await {
                if writer.write_one(format!("{} {}", entry.name, entry.sizes.len())).await.is_some() {
                    break;
                }
            }
        });
        reader
    }

    async fn tick(count: u32) -> StreamReader<()> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            for _ in 0..count {
                yield_async().await;
                writer.write_one(()).await;
            }
        });
        reader
    }

    async fn take(count: u32, mut names: StreamReader<String>) -> Vec<String> {
        let mut taken = Vec::new();
        while taken.len() < count as usize {
            taken.extend(names.next().await);
        }
        taken
    }

    async fn join(parts: Vec<StreamReader<String>>) -> String {
        let mut all = Vec::new();
        for part in parts {
            all.push(part.collect().await.join(" "));
        }
        all.join("; ")
    }

    async fn receive(message: Message) -> u32 {
        match message {
            Message::Text(text) => text.len() as u32,
            Message::Bytes(bytes) => bytes.collect().await.len() as u32,
            Message::Done => 0,
        }
    }

    async fn text_of(text: FutureReader<String>) -> String {
        text.await
    }

    async fn promise(count: u32) -> FutureReader<u32> {
        let (writer, reader) = wit_future::new(|| 0);
        spawn_local(async move {
            turns(count).await;
            writer.write(count).await.unwrap();
        });
        reader
    }

    async fn forgotten() -> FutureReader<String> {
        let (_writer, reader) = wit_future::new(|| "the default".to_owned());
        reader
    }

    fn ignore(text: FutureReader<String>) {
        drop(text);
    }

    async fn nested(text: String) -> FutureReader<Option<FutureReader<String>>> {
        let (outer, reader) = wit_future::new(|| None);
        spawn_local(async move {
            let (inner, value) = wit_future::new(String::new);
            outer.write(Some(value)).await.unwrap();
            inner.write(text).await.unwrap();
        });
        reader
    }

    async fn counters(starts: Vec<u32>) -> StreamReader<Counter> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            let counters = starts.into_iter().map(|start| Counter::new(Count::new(start))).collect();
            drop(writer.write_all(counters).await);
        });
        reader
    }

    fn live_counters() -> u32 {
        LIVE.get()
    }

    fn close() {
        CLOSED.with_borrow_mut(|closed| *closed += 1);
        backpressure_inc();
    }

    fn open() {
        CLOSED.with_borrow_mut(|closed| *closed -= 1);
        backpressure_dec();
    }
}

struct Count(Cell<u32>);

impl Count {
    fn new(start: u32) -> Self {
        LIVE.set(LIVE.get() + 1);
        Self(Cell::new(start))
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        LIVE.set(LIVE.get() - 1);
    }
}

impl GuestCounter for Count {
    fn new(start: u32) -> Self {
        Self::new(start)
    }

    async fn next(&self) -> u32 {
        yield_async().await;
        self.0.set(self.0.get() + 1);
        self.0.get()
    }

    async fn add(first: Counter, second: CounterBorrow<'_>) -> Counter {
        yield_async().await;
        let sum = first.get::<Self>().0.get() + second.get::<Self>().0.get();
        Counter::new(Self::new(sum))
    }
}
