//! Bodies: made by guests, or received from the network.
//!
//! ```text
//! guest ─ new ──► Body::Made ────── send, answer ─► Outgoing ─► connection
//! guest ◄─ consume-body ┴ Body::Received ◄──────── Incoming ◄─ connection
//! ```

use core::future::{Future, poll_fn};
use core::pin::{Pin, pin};
use core::task::Poll;
use std::sync::Arc;

use async_channel::bounded;
use witwright_host::{
    Access, CoreEngine, Error, FutureReader, FutureWriter, StoreContextMut, StreamReader, StreamWriter, future, stream,
};

use super::super::streams::{Code, Outcome, read};
use super::bindings::wasi::http::types::ErrorCode;
use super::fields::{fixed, take};
use super::values::{Body, Made, Trailers};
use crate::ctx::WasiView;
use crate::http::{self, Incoming, Outgoing, OutgoingBody};
use crate::stream::{CHUNK_BYTES, StreamFault};

impl Code for ErrorCode {
    fn of(fault: StreamFault) -> ErrorCode {
        match fault {
            StreamFault::Closed => ErrorCode::ConnectionTerminated,
            StreamFault::Failed(failure) => match http::ErrorCode::of_stream(&failure.error) {
                Some(code) => code.into(),
                None => ErrorCode::InternalError(Some(failure.to_string())),
            },
        }
    }
}

impl Body {
    /// A body that a guest makes, and the future of the outcome of its transmission.
    pub(super) fn made<T: Send + 'static, E: CoreEngine>(
        cx: &mut StoreContextMut<'_, T, E>,
        contents: Option<StreamReader<u8>>,
        trailers: FutureReader<Trailers>,
    ) -> Result<(Body, FutureReader<Outcome<ErrorCode>>), Error> {
        let (result, told) = bounded(1);
        let (mut outcome, transmitted) = future(&mut *cx)?;
        cx.spawn(|access| async move {
            let result = told.recv().await.unwrap_or(Ok(()));
            outcome.write(&access, result).await.map(|_| ())
        });
        Ok((Body::Made(Made { contents, trailers, result }), transmitted))
    }

    /// The contents and the trailers, for a guest, which reports the outcome of reading them in `result`.
    pub(super) fn consume<T: WasiView + Send, E: CoreEngine>(
        self,
        cx: &mut StoreContextMut<'_, T, E>,
        mut result: FutureReader<Outcome<ErrorCode>>,
    ) -> Result<(StreamReader<u8>, FutureReader<Trailers>), Error> {
        match self {
            Body::Made(Made { contents, mut trailers, result: tell }) => {
                cx.spawn(|access| async move {
                    if let Some(result) = result.read(&access).await? {
                        // If nobody waits for it, the maker has dropped the future.
                        let _ = tell.try_send(result);
                    }
                    Ok(())
                });
                let contents = match contents {
                    Some(contents) => contents,
                    None => stream(&mut *cx)?.1,
                };
                // They go through the host: a component may not read a future of its own that holds more than numbers.
                let (mut outcome, ended) = future(&mut *cx)?;
                cx.spawn(|access| async move {
                    let trailers = trailers.read(&access).await?.unwrap_or(Ok(None));
                    outcome.write(&access, trailers).await.map(|_| ())
                });
                Ok((contents, ended))
            }
            Body::Received(incoming) => {
                let (writer, contents) = stream(&mut *cx)?;
                let (outcome, trailers) = future(&mut *cx)?;
                // The outcome cannot be reported over the network.
                cx.spawn(|access| async move { result.read(&access).await.map(|_| ()) });
                cx.spawn(|access| give(access, incoming, writer, outcome));
                Ok((contents, trailers))
            }
        }
    }

    /// The body, to be sent with its message. The store moves it; `is_awaited` says that [`finish`](crate::p3::finish) waits for that.
    pub(super) fn send<T: WasiView + Send, E: CoreEngine>(
        self,
        cx: &mut StoreContextMut<'_, T, E>,
        length: Option<u64>,
        wrong_length: fn(Option<u64>) -> http::ErrorCode,
        is_awaited: bool,
    ) -> OutgoingBody {
        match self {
            Body::Received(incoming) => OutgoingBody::Passed(incoming),
            Body::Made(made) => {
                // A body without contents is empty, and needs no trailers to end.
                let is_empty = made.contents.is_none();
                let (body, reader) = Outgoing::new(length, wrong_length);
                if is_empty && length.is_none() {
                    reader.end_empty();
                }
                let awaited = usize::from(is_awaited);
                cx.data_mut().wasi().ctx.unwritten += awaited;
                cx.spawn(move |access| async move {
                    let sent = made.send(&access, body).await;
                    access.with(|mut cx| cx.data_mut().wasi().ctx.unwritten -= awaited);
                    sent
                });
                OutgoingBody::Made(reader)
            }
        }
    }
}

/// Gives a guest a body that comes from the network.
async fn give<T: WasiView + Send, E: CoreEngine>(
    access: Access<T, E>,
    incoming: Incoming,
    writer: StreamWriter<u8>,
    mut outcome: FutureWriter<Trailers>,
) -> Result<(), Error> {
    let trailers = match read(&access, incoming.stream(), writer).await? {
        Err(code) => Err(code),
        // A guest that has stopped reading needs no trailers.
        Ok(()) => match incoming.end() {
            None | Some(Ok(None)) => Ok(None),
            Some(Ok(Some(fields))) => {
                Ok(Some(access.with(|mut cx| fixed(cx.data_mut().wasi().table, &Arc::new(fields)))?))
            }
            Some(Err(code)) => Err(code.into()),
        },
    };
    outcome.write(&access, trailers).await.map(|_| ())
}

impl Made {
    /// Moves the body to its connection, and reports the outcome to the guest.
    async fn send<T: WasiView + Send, E: CoreEngine>(self, access: &Access<T, E>, body: Outgoing) -> Result<(), Error> {
        let Made { contents, mut trailers, result } = self;
        let sent = match contents {
            Some(contents) => copy(access, contents, &body).await?,
            None => Copied::Whole,
        };
        let outcome = match sent {
            Copied::Whole => {
                let read = pin!(trailers.read(access));
                match unless_abandoned(&body, read).await.transpose()? {
                    // The connection needs no more of the body: the outcome is that of the response.
                    None => Ok(()),
                    Some(Some(Err(code))) => {
                        body.fail(code.clone().into());
                        Err(code)
                    }
                    Some(Some(Ok(Some(fields)))) => {
                        let fields = access.with(|mut cx| take(cx.data_mut().wasi().table, fields))?;
                        body.finish(Some(&fields)).map_err(ErrorCode::from)
                    }
                    Some(None | Some(Ok(None))) => body.finish(None).map_err(ErrorCode::from),
                }
            }
            Copied::Abandoned => Ok(()),
            Copied::Failed(code) => {
                body.fail(code.clone());
                Err(code.into())
            }
        };
        // If nobody waits for it, the guest has dropped the future.
        let _ = result.try_send(outcome);
        Ok(())
    }
}

/// The outcome of copying contents to a connection.
enum Copied {
    Whole,
    /// The connection needs no more of the body.
    Abandoned,
    Failed(http::ErrorCode),
}

/// Copies the bytes that a guest writes, until the guest ends the stream or the connection needs no more.
async fn copy<T: 'static, E: CoreEngine>(
    access: &Access<T, E>,
    mut contents: StreamReader<u8>,
    body: &Outgoing,
) -> Result<Copied, Error> {
    loop {
        let bytes = {
            let read = pin!(contents.read(access, CHUNK_BYTES));
            unless_abandoned(body, read).await.transpose()?
        };
        let Some(bytes) = bytes else { return Ok(Copied::Abandoned) };
        if bytes.is_empty() {
            return Ok(Copied::Whole);
        }
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let put = poll_fn(|cx| body.poll_put(cx, rest)).await;
            match put {
                Ok(count) => rest = &rest[count..],
                Err(StreamFault::Closed) => return Ok(Copied::Abandoned),
                Err(StreamFault::Failed(failure)) => {
                    let code = http::ErrorCode::of_stream(&failure.error);
                    return Ok(Copied::Failed(code.unwrap_or(http::ErrorCode::HttpProtocolError)));
                }
            }
        }
    }
}

/// The value of a future, unless the connection is done with a body before.
async fn unless_abandoned<F: Future + Unpin>(body: &Outgoing, mut future: F) -> Option<F::Output> {
    poll_fn(|cx| match Pin::new(&mut future).poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => body.poll_abandoned(cx).map(|()| None),
    })
    .await
}
