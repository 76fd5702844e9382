//! A guest of wit-bindgen's asynchronous bindings: it waits for calls of the host, and reads and writes streams and futures.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

wit_bindgen::generate!({ path: "../../wit-waiter/waiter.wit" });

use test::concurrent::pages::{self, Failure};
use wit_bindgen::{FutureReader, StreamReader};

struct Component;

export!(Component);

impl Guest for Component {
    async fn both(turns: u32) -> String {
        let [first, second] = join([later(turns + 2, "first".into()), later(turns, "second".into())]).await;
        format!("{first} and {second}")
    }

    async fn in_turn(turns: Vec<u32>) -> u32 {
        let mut bytes = 0;
        for turns in turns {
            bytes += later(turns, "o".repeat(turns as usize)).await.len() as u32;
        }
        bytes
    }

    async fn total(bytes: StreamReader<u8>) -> u64 {
        bytes.collect().await.into_iter().map(u64::from).sum()
    }

    async fn words(count: u32) -> StreamReader<String> {
        let (mut writer, reader) = wit_stream::new();
        wit_bindgen::spawn_local(async move {
            for n in 0..count {
                writer.write_all(vec![format!("word {n}")]).await;
            }
        });
        reader
    }

    async fn answer(text: FutureReader<String>) -> String {
        text.await.to_uppercase()
    }

    async fn promise(text: String) -> FutureReader<String> {
        let (writer, reader) = wit_future::new(String::new);
        wit_bindgen::spawn_local(async move {
            let _ = writer.write(format!("{text}!")).await;
        });
        reader
    }

    async fn relay(count: u32) -> u64 {
        let mut numbers = source(count);
        let (mut writer, reader) = wit_stream::new::<u8>();
        wit_bindgen::spawn_local(async move {
            while let Some(number) = numbers.next().await {
                writer.write_all(vec![number as u8]).await;
            }
        });
        sink(reader).await
    }

    async fn print(name: String, lines: u32) -> Result<String, String> {
        let page = pages::fetch(name).await.map_err(|failure| match failure {
            Failure::Empty => "empty".to_owned(),
            Failure::Other(why) => why,
        })?;
        let lines = page.read(lines).await.collect().await;
        Ok(format!("{}: {}", page.name(), lines.join(" ")))
    }
}

/// Waits for two futures at once.
async fn join<F: Future>([first, second]: [F; 2]) -> [F::Output; 2] {
    let (mut first, mut second) = (pin!(first), pin!(second));
    let (mut one, mut two) = (None, None);
    poll_fn(|cx| {
        if one.is_none() && let Poll::Ready(output) = first.as_mut().poll(cx) {
            one = Some(output);
        }
        if two.is_none() && let Poll::Ready(output) = second.as_mut().poll(cx) {
            two = Some(output);
        }
        match (one.take(), two.take()) {
            (Some(one), Some(two)) => Poll::Ready([one, two]),
            (first, second) => {
                (one, two) = (first, second);
                Poll::Pending
            }
        }
    })
    .await
}
