//! The body of a message that a guest receives.
//!
//! ```text
//! Open ─► Ended(Ok(trailers)) | Ended(Err)
//! ```

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::{Body, Buf as _, Bytes, Frame, SizeHint};

use super::error::ErrorCode;
use super::fields::Fields;
use super::ledger::Ledger;
use crate::stream::{InputStream, Source, StreamFault};
use crate::wait::{Deadline, Ready};

/// A body, shared by its guest's handle and its stream.
#[derive(Clone)]
pub(crate) struct Incoming(Arc<Mutex<State>>);

struct State {
    body: Pin<Box<hyper::body::Incoming>>,
    /// Bytes that were received and have not been read.
    bytes: Bytes,
    /// The number of bytes that may still come.
    max_bytes: u64,
    between_bytes: Option<Duration>,
    /// The fields of the guest that receives the trailers.
    ledger: Ledger,
    /// The time by which the next bytes must have come; `None` while nobody waits for them.
    deadline: Option<Deadline>,
    end: Option<Result<Option<Fields>, ErrorCode>>,
}

impl Incoming {
    /// A body that fails when it has more than a number of bytes, or takes longer from one piece to the next.
    pub(super) fn new(
        body: hyper::body::Incoming,
        max_bytes: u64,
        between_bytes: Option<Duration>,
        ledger: Ledger,
    ) -> Incoming {
        let (body, bytes) = (Box::pin(body), Bytes::new());
        Incoming(Arc::new(Mutex::new(State {
            body,
            bytes,
            max_bytes,
            between_bytes,
            ledger,
            deadline: None,
            end: None,
        })))
    }

    /// Counts the trailers for the guest that receives them.
    pub(super) fn count_trailers(&self, ledger: &Ledger) {
        self.lock().ledger = ledger.clone();
    }

    /// The stream to read it.
    pub(crate) fn stream(&self) -> InputStream {
        InputStream::new(self.clone())
    }

    /// Discards the rest of the body, and returns the trailers; `None` if they were returned before.
    pub(crate) fn poll_trailers(&self, cx: &mut Context<'_>) -> Poll<Result<Option<Fields>, ErrorCode>> {
        let mut state = self.lock();
        ready!(state.poll_end(cx));
        Poll::Ready(state.end.replace(Ok(None)).unwrap_or(Ok(None)))
    }

    /// The end of the body: its trailers or an error, returned once. `None` if the body is not read to its end.
    pub(crate) fn end(&self) -> Option<Result<Option<Fields>, ErrorCode>> {
        let mut state = self.lock();
        if state.bytes.is_empty() { state.end.as_mut().map(|end| core::mem::replace(end, Ok(None))) } else { None }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ready once the body has ended.
impl Ready for Incoming {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.lock().poll_end(cx)
    }
}

impl State {
    /// Ready once there are bytes, or the end.
    fn poll_received(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.bytes.is_empty() && self.end.is_none() {
            match self.body.as_mut().poll_frame(cx) {
                Poll::Ready(frame) => {
                    self.deadline = None;
                    match frame {
                        Some(Ok(frame)) => self.take(frame),
                        Some(Err(error)) => self.end = Some(Err(error.into())),
                        None => self.end = Some(Ok(None)),
                    }
                }
                Poll::Pending => {
                    let Some(most) = self.between_bytes else { return Poll::Pending };
                    ready!(self.deadline.get_or_insert_with(|| Deadline::after(most)).poll_ready(cx));
                    self.end = Some(Err(ErrorCode::ConnectionReadTimeout));
                }
            }
        }
        Poll::Ready(())
    }

    fn take(&mut self, frame: Frame<Bytes>) {
        match frame.into_data() {
            Ok(bytes) => match self.max_bytes.checked_sub(bytes.len() as u64) {
                Some(left) => {
                    self.max_bytes = left;
                    self.bytes = bytes;
                }
                None => self.end = Some(Err(ErrorCode::HttpRequestBodySize(None))),
            },
            Err(frame) => {
                if let Ok(trailers) = frame.into_trailers() {
                    let trailers = Fields::received(&trailers, &self.ledger);
                    self.end = Some(trailers.map(Some).map_err(ErrorCode::from));
                }
            }
        }
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.end.is_none() {
            self.bytes.clear();
            ready!(self.poll_received(cx));
        }
        Poll::Ready(())
    }
}

impl Source for Incoming {
    fn poll_read(&mut self, cx: &mut Context<'_>, max_bytes: usize) -> Poll<Result<Vec<u8>, StreamFault>> {
        let mut state = self.lock();
        ready!(state.poll_received(cx));
        if state.bytes.is_empty() {
            return Poll::Ready(Err(match &state.end {
                Some(Err(code)) => code.clone().fault(),
                Some(Ok(_)) | None => StreamFault::Closed,
            }));
        }
        let count = state.bytes.len().min(max_bytes);
        let chunk = state.bytes[..count].to_vec();
        state.bytes.advance(count);
        Poll::Ready(Ok(chunk))
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.lock().poll_received(cx)
    }
}

/// A received body that is sent on unchanged.
impl Body for Incoming {
    type Data = Bytes;
    type Error = ErrorCode;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ErrorCode>>> {
        let mut state = self.lock();
        ready!(state.poll_received(cx));
        if !state.bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(core::mem::take(&mut state.bytes)))));
        }
        Poll::Ready(match state.end.replace(Ok(None)) {
            Some(Ok(Some(trailers))) => Some(Ok(Frame::trailers(trailers.to_map()))),
            Some(Err(code)) => Some(Err(code)),
            Some(Ok(None)) | None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        let state = self.lock();
        state.bytes.is_empty() && (matches!(state.end, Some(Ok(None))) || state.body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        let state = self.lock();
        let here = state.bytes.len() as u64;
        let hint = state.body.size_hint();
        match hint.exact() {
            Some(rest) => SizeHint::with_exact(here + rest),
            None => SizeHint::default(),
        }
    }
}
