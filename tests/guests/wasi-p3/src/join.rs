//! Two futures beside each other.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

pub async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut first, mut second) = (None, None);
    poll_fn(|cx| {
        if first.is_none() && let Poll::Ready(value) = a.as_mut().poll(cx) {
            first = Some(value);
        }
        if second.is_none() && let Poll::Ready(value) = b.as_mut().poll(cx) {
            second = Some(value);
        }
        if first.is_some() && second.is_some() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    (first.unwrap(), second.unwrap())
}
