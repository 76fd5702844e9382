//! Streams of bytes from sources to guests, and from guests to sinks, each with a future of its outcome.
//!
//! ```text
//! source ─► receive ─► stream<u8>, future<result<_, error-code>> ─► guest
//! sink   ◄─ send    ◄─ stream<u8>                                ◄─ guest
//! ```
//!
//! The store moves the bytes, beside its guests. A source is read when the guest reads. At most one chunk is in memory.

use core::future::{Future as _, poll_fn};
use core::pin::pin;
use core::task::{Context, Poll, ready};

use witwright_abi_runtime::transfer::Lower;
use witwright_host::{
    Access, CoreEngine, Error, FutureReader, StoreContextMut, StreamReader, StreamWriter, future, stream,
};

use crate::ctx::WasiView;
use crate::stream::{CHUNK_BYTES, InputStream, OutputStream, StreamFault};
use crate::wait::in_pool;

/// The outcome of a stream.
pub(super) type Outcome<C> = Result<(), C>;

/// The error code of an interface.
pub(super) trait Code: Lower + Send + 'static {
    /// The code of a fault. A source that is closed has none: it has ended.
    fn of(fault: StreamFault) -> Self;
}

/// Gives a guest a stream of the bytes of a source, and the future of its outcome. If there is no source, the stream is empty and
/// the outcome is the code.
pub(super) fn receive<T: Send + 'static, E: CoreEngine, C: Code>(
    cx: &mut StoreContextMut<'_, T, E>,
    source: Result<InputStream, C>,
) -> Result<(StreamReader<u8>, FutureReader<Outcome<C>>), Error> {
    let (writer, bytes) = stream(&mut *cx)?;
    let (mut outcome, ended) = future(&mut *cx)?;
    cx.spawn(|access| async move {
        let result = match source {
            Ok(source) => read(&access, source, writer).await?,
            Err(code) => {
                drop(writer);
                Err(code)
            }
        };
        outcome.write(&access, result).await.map(|_| ())
    });
    Ok((bytes, ended))
}

/// Reads a source to its end, or until the guest reads no more.
pub(super) async fn read<T: 'static, E: CoreEngine, C: Code>(
    access: &Access<T, E>,
    source: InputStream,
    mut writer: StreamWriter<u8>,
) -> Result<Outcome<C>, Error> {
    let result = loop {
        if !writer.wanted(access).await? {
            break Ok(());
        }
        match next(access, &source, &mut writer).await? {
            None | Some(Err(StreamFault::Closed)) => break Ok(()),
            Some(Err(fault @ StreamFault::Failed(_))) => break Err(C::of(fault)),
            Some(Ok(bytes)) => {
                if !writer.write(access, bytes).await?.is_empty() {
                    break Ok(());
                }
            }
        }
    };
    source.lock().close();
    Ok(result)
}

/// The next bytes of a source. `None` if the guest has dropped the stream before there were any.
async fn next<T: 'static, E: CoreEngine>(
    access: &Access<T, E>,
    source: &InputStream,
    writer: &mut StreamWriter<u8>,
) -> Result<Option<Result<Vec<u8>, StreamFault>>, Error> {
    let blocks = source.lock().blocks();
    if blocks {
        let source = source.clone();
        return Ok(Some(in_pool(move |cx| source.lock().poll_read(cx, CHUNK_BYTES)).await));
    }
    let mut dropped = pin!(writer.dropped(access));
    poll_fn(|cx| {
        let read = source.lock().poll_read(cx, CHUNK_BYTES);
        match read {
            Poll::Ready(read) => Poll::Ready(Ok(Some(read))),
            Poll::Pending => dropped.as_mut().poll(cx).map_ok(|()| None),
        }
    })
    .await
}

/// Takes the bytes that a guest writes to a sink. If there is no sink, it takes none and the outcome is the code.
pub(super) fn send<T: WasiView + Send, E: CoreEngine, C: Code>(
    cx: &mut StoreContextMut<'_, T, E>,
    data: StreamReader<u8>,
    sink: Result<OutputStream, C>,
) -> Result<FutureReader<Outcome<C>>, Error> {
    let (mut outcome, ended) = future(&mut *cx)?;
    cx.spawn(|access| async move {
        let result = match sink {
            Ok(sink) => write(&access, data, &sink).await?.map_err(C::of),
            Err(code) => {
                drop(data);
                Err(code)
            }
        };
        outcome.write(&access, result).await.map(|_| ())
    });
    Ok(ended)
}

/// Writes the bytes of a guest's stream to a sink, until the guest ends the stream or the sink takes no more.
async fn write<T: WasiView + Send, E: CoreEngine>(
    access: &Access<T, E>,
    mut data: StreamReader<u8>,
    sink: &OutputStream,
) -> Result<Result<(), StreamFault>, Error> {
    let result = loop {
        let bytes = data.read(access, CHUNK_BYTES).await?;
        let is_end = bytes.is_empty();
        let unwritten = |access: &Access<T, E>, change: fn(usize) -> usize| {
            access.with(|mut cx| {
                let unwritten = &mut cx.data_mut().wasi().ctx.unwritten;
                *unwritten = change(*unwritten);
            });
        };
        unwritten(access, |count| count + 1);
        let written = put(sink, bytes).await;
        unwritten(access, |count| count - 1);
        if is_end || written.is_err() {
            break written;
        }
    };
    sink.lock().close();
    Ok(result)
}

/// Writes bytes to a sink; flushes it if there are none.
async fn put(sink: &OutputStream, bytes: Vec<u8>) -> Result<(), StreamFault> {
    let blocks = sink.lock().blocks();
    let mut written = 0;
    if blocks {
        let sink = sink.clone();
        return in_pool(move |cx| poll_put(cx, &sink, &bytes, &mut written)).await;
    }
    poll_fn(|cx| poll_put(cx, sink, &bytes, &mut written)).await
}

fn poll_put(
    cx: &mut Context<'_>,
    sink: &OutputStream,
    bytes: &[u8],
    written: &mut usize,
) -> Poll<Result<(), StreamFault>> {
    let mut sink = sink.lock();
    if bytes.is_empty() {
        return sink.poll_flush(cx);
    }
    while *written < bytes.len() {
        let room = ready!(sink.poll_room(cx))?;
        let end = bytes.len().min(*written + room);
        sink.write(&bytes[*written..end])?;
        *written = end;
    }
    Poll::Ready(Ok(()))
}
