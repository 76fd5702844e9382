//! Ends of streams and futures that are passed on, kept and given back, and resources in them.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

wit_bindgen::generate!({
    path: "../exchange/wit",
    world: "test:exchange/served",
});

use exports::test::exchange::depot::{Address, Crate, CrateBorrow, Failure, Guest, GuestCrate, Load, Mark, Parcel};
use wit_bindgen::{
    FutureReader, StreamReader, StreamResult, backpressure_dec, backpressure_inc, spawn_local, yield_async,
};

struct Depot;

export!(Depot);

thread_local! {
    static LIVE: Cell<u32> = const { Cell::new(0) };
    static FUTURE: RefCell<Option<FutureReader<String>>> = const { RefCell::new(None) };
    static STREAM: RefCell<Option<StreamReader<String>>> = const { RefCell::new(None) };
    static RELEASED: Cell<Option<u32>> = const { Cell::new(None) };
    static WAITING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

async fn turns(count: u32) {
    for _ in 0..count {
        yield_async().await;
    }
}

struct Labelled {
    label: RefCell<String>,
    parts: Vec<String>,
}

impl Labelled {
    fn new(label: String, parts: Vec<String>) -> Self {
        LIVE.set(LIVE.get() + 1);
        Self { label: RefCell::new(label), parts }
    }
}

impl Drop for Labelled {
    fn drop(&mut self) {
        LIVE.set(LIVE.get() - 1);
    }
}

impl GuestCrate for Labelled {
    fn new(label: String) -> Self {
        Self::new(label, Vec::new())
    }

    fn label(&self) -> String {
        self.label.borrow().clone()
    }

    async fn relabel(&self, count: u32, to: String) -> String {
        turns(count).await;
        self.label.replace(to)
    }

    async fn pack(parts: Vec<Crate>) -> Crate {
        yield_async().await;
        let labels: Vec<String> = parts.iter().map(|part| part.get::<Self>().label()).collect();
        drop(parts);
        Crate::new(Self::new(labels.join("+"), labels))
    }

    async fn contents(&self) -> StreamReader<String> {
        let (mut writer, reader) = wit_stream::new();
        let parts = self.parts.clone();
        spawn_local(async move {
            writer.write_all(parts).await;
        });
        reader
    }
}

fn parcel(label: &str) -> Parcel {
    Parcel { label: label.to_owned(), weight: Some(label.len() as u32), inside: vec![label.to_uppercase()] }
}

impl Guest for Depot {
    type Crate = Labelled;

    fn live_crates() -> u32 {
        LIVE.get()
    }

    async fn return_future(value: FutureReader<u32>) -> FutureReader<u32> {
        yield_async().await;
        value
    }

    async fn return_stream(bytes: StreamReader<u8>) -> StreamReader<u8> {
        bytes
    }

    fn keep_future(value: FutureReader<String>) {
        FUTURE.set(Some(value));
    }

    async fn read_kept_future() -> String {
        FUTURE.take().expect("a future is kept").await
    }

    fn drop_kept_future() {
        FUTURE.set(None);
    }

    fn keep_stream(letters: StreamReader<String>) {
        STREAM.set(Some(letters));
    }

    async fn read_kept_stream(count: u32) -> Vec<String> {
        let mut letters = STREAM.take().expect("a stream is kept");
        let (_, read) = letters.read(Vec::with_capacity(count as usize)).await;
        STREAM.set(Some(letters));
        read
    }

    fn drop_kept_stream() {
        STREAM.set(None);
    }

    async fn ping(ball: FutureReader<String>) -> FutureReader<String> {
        let (writer, reader) = wit_future::new(String::new);
        spawn_local(async move {
            let ball = ball.await;
            writer.write(format!("{ball} pong")).await.unwrap();
        });
        reader
    }

    async fn streams(count: u8) -> StreamReader<StreamReader<u8>> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            for size in 0..count {
                let (mut inner, bytes) = wit_stream::new();
                if writer.write_one(bytes).await.is_some() {
                    break;
                }
                inner.write_all((0..size).collect()).await;
            }
        });
        reader
    }

    async fn futures(words: Vec<String>) -> StreamReader<FutureReader<String>> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            let (writers, readers): (Vec<_>, Vec<_>) =
                words.iter().map(|_| wit_future::new(|| "nobody".to_owned())).unzip();
            let unread = writer.write_all(readers).await;
            drop((unread, writer));
            // The last word is not written: its future has the default.
            let last = words.len() - 1;
            for (word, writer) in words.into_iter().zip(writers).take(last) {
                drop(writer.write(word).await);
            }
        });
        reader
    }

    async fn later() -> FutureReader<StreamReader<String>> {
        let (writer, reader) = wit_future::new(|| wit_stream::new().1);
        spawn_local(async move {
            let (mut letters, stream) = wit_stream::new();
            turns(2).await;
            writer.write(stream).await.unwrap();
            letters.write_all(vec!["late".to_owned(), "letters".to_owned()]).await;
        });
        reader
    }

    async fn results() -> StreamReader<Result<Option<String>, Failure>> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            let all = vec![Ok(Some("text".to_owned())), Err(Failure::Closed), Ok(None), Err(Failure::Empty)];
            writer.write_all(all).await;
        });
        reader
    }

    async fn tuples(mut all: StreamReader<(u8, bool, String)>) -> StreamReader<(String, Vec<bool>)> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            while let Some((count, flag, text)) = all.next().await {
                writer.write_one((text, vec![flag; count.into()])).await;
            }
        });
        reader
    }

    async fn unpack(loads: Vec<Load>) -> Vec<String> {
        let mut labels = Vec::new();
        for load in loads {
            match load {
                Load::Parcel(parcel) => {
                    labels.push(format!("{} {:?} {:?}", parcel.label, parcel.weight, parcel.inside))
                }
                Load::Letters(letters) => labels.extend(letters.collect().await),
                Load::Promise(promise) => labels.push(match promise.await {
                    Ok(parcel) => parcel.label,
                    Err(Failure::Closed) => "closed".to_owned(),
                    Err(Failure::Empty) => "empty".to_owned(),
                }),
                Load::Nothing => labels.push(parcel("nothing").inside.concat()),
            }
        }
        labels
    }

    async fn ship(
        from: Address,
        to: Address,
        load: Option<Load>,
        notes: Vec<String>,
    ) -> Result<(String, Address), Failure> {
        let load = Self::unpack(load.into_iter().collect()).await;
        let Some(street) = &to.street else { return Err(Failure::Closed) };
        let label = format!("{}: {} {} {}", from.name, street, load.join("+"), notes.join("+"));
        let mark = from.mark | to.mark;
        Ok((label, Address { mark, codes: [from.codes, to.codes].concat(), ..from }))
    }

    async fn after(other: FutureReader<()>) -> FutureReader<()> {
        let (writer, reader) = wit_future::new(|| ());
        spawn_local(async move {
            other.await;
            // Dropped: a future of nothing has its value in any case.
            drop(writer);
        });
        reader
    }

    async fn letters(mut text: StreamReader<Option<char>>) -> StreamReader<bool> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            while let Some(letter) = text.next().await {
                writer.write_one(letter.is_some_and(char::is_alphabetic)).await;
            }
        });
        reader
    }

    async fn marks(mut all: StreamReader<Mark>) -> StreamReader<(Mark, Failure, f32)> {
        let (mut writer, reader) = wit_stream::new();
        spawn_local(async move {
            let (_, some) = all.read(Vec::with_capacity(8)).await;
            let of = |mark: Mark| match mark.contains(Mark::HEAVY) {
                true => (mark - Mark::HEAVY, Failure::Closed, 0.5),
                false => (!mark, Failure::Empty, -0.0),
            };
            writer.write_all(some.into_iter().map(of).collect()).await;
        });
        reader
    }

    async fn digest(mut bytes: StreamReader<u8>, block: u32) -> (u64, u64) {
        let (mut count, mut sum) = (0, 0);
        let mut buffer = Vec::with_capacity(block as usize);
        loop {
            let result;
            (result, buffer) = bytes.read(buffer).await;
            match result {
                StreamResult::Complete(read) => assert_eq!(read, buffer.len()),
                StreamResult::Dropped | StreamResult::Cancelled => return (count, sum),
            }
            count += buffer.len() as u64;
            sum += buffer.drain(..).map(u64::from).sum::<u64>();
        }
    }

    async fn store(mut crates: StreamReader<Crate>, count: u32) -> Vec<String> {
        let mut labels = Vec::new();
        while labels.len() < count as usize {
            let Some(next) = crates.next().await else { break };
            labels.push(next.get::<Labelled>().label());
        }
        labels
    }

    async fn hold(what: Crate, count: u32) -> Crate {
        turns(count).await;
        what
    }

    async fn labels(all: Vec<CrateBorrow<'_>>) -> String {
        yield_async().await;
        all.iter().map(|one| one.get::<Labelled>().label()).collect::<Vec<_>>().join(" ")
    }

    async fn pending() -> u32 {
        poll_fn(|cx| match RELEASED.take() {
            Some(value) => Poll::Ready(value),
            None => {
                WAITING.with_borrow_mut(|waiting| waiting.push(cx.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }

    fn release(value: u32) {
        RELEASED.set(Some(value));
        WAITING.take().into_iter().for_each(Waker::wake);
    }

    fn close() {
        backpressure_inc();
    }

    fn open() {
        backpressure_dec();
    }
}
