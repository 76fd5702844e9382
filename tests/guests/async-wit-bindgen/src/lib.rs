//! A guest of wit-bindgen's asynchronous bindings: it waits for two calls of the host at once, and for one after another.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

wit_bindgen::generate!({
    inline: "
        package test:concurrent;

        world waiter {
            import later: async func(turns: u32, text: string) -> string;
            export both: async func(turns: u32) -> string;
            export in-turn: async func(turns: list<u32>) -> u32;
        }
    ",
});

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
