//! The two streams of a TCP connection.

use core::future::poll_fn;
use core::mem;
use core::task::{Context, Poll};
use std::io::{self, Read, Write};
use std::net;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_io::Async;
use socket2::Socket;

use super::tcp::Shutdown;
use crate::stream::{CHUNK_BYTES, InputStream, Origin, OutputStream, Sink, Source, StreamFault};
use crate::wait::{self, now};

/// A connection, shared by its socket and its streams.
pub(super) struct Connection {
    receiving: Arc<Mutex<Receiving>>,
    sending: Arc<Mutex<Sending>>,
    /// Whether the guest asked for the stream that it reads.
    is_received: bool,
    /// Whether the guest asked for the stream that it writes.
    is_sent: bool,
}

/// Bytes that were received and have not been read.
struct Receiving {
    socket: Arc<Async<Socket>>,
    bytes: Vec<u8>,
    /// The number of those bytes that were read.
    read: usize,
    ended: bool,
    failed: Option<io::Error>,
}

/// Bytes that were written and have not been sent.
struct Sending {
    socket: Arc<Async<Socket>>,
    bytes: Vec<u8>,
    ended: bool,
    failed: Option<io::Error>,
}

/// The stream that a guest reads.
struct Receiver(Arc<Mutex<Receiving>>);

/// The stream that a guest writes.
struct Sender(Arc<Mutex<Sending>>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connection {
    pub(super) fn new(socket: Arc<Async<Socket>>) -> Connection {
        let receiving = Receiving { socket: socket.clone(), bytes: Vec::new(), read: 0, ended: false, failed: None };
        let sending = Sending { socket, bytes: Vec::new(), ended: false, failed: None };
        Connection {
            receiving: Arc::new(Mutex::new(receiving)),
            sending: Arc::new(Mutex::new(sending)),
            is_received: false,
            is_sent: false,
        }
    }

    /// The stream that a guest reads. It can be taken once.
    pub(super) fn receiver(&mut self) -> Option<InputStream> {
        let is_first = !mem::replace(&mut self.is_received, true);
        is_first.then(|| InputStream::new(Receiver(self.receiving.clone())))
    }

    /// The stream that a guest writes. It can be taken once.
    pub(super) fn sender(&mut self) -> Option<OutputStream> {
        let is_first = !mem::replace(&mut self.is_sent, true);
        is_first.then(|| OutputStream::new(Sender(self.sending.clone())))
    }

    pub(super) fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        if matches!(how, Shutdown::Receive | Shutdown::Both) {
            shut_receiving(&self.receiving)?;
        }
        if matches!(how, Shutdown::Send | Shutdown::Both) {
            shut_sending(&self.sending)?;
        }
        Ok(())
    }
}

fn shut_receiving(receiving: &Mutex<Receiving>) -> io::Result<()> {
    let mut receiving = lock(receiving);
    receiving.ended = true;
    receiving.bytes.clear();
    receiving.read = 0;
    ignore_not_connected(receiving.socket.get_ref().shutdown(net::Shutdown::Read))
}

fn shut_sending(shared: &Arc<Mutex<Sending>>) -> io::Result<()> {
    let mut sending = lock(shared);
    sending.ended = true;
    if sending.bytes.is_empty() {
        return ignore_not_connected(sending.socket.get_ref().shutdown(net::Shutdown::Write));
    }
    drop(sending);
    finish(shared.clone());
    Ok(())
}

/// The other side may have closed the connection meanwhile.
fn ignore_not_connected(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
        result => result,
    }
}

/// Sends the remaining bytes in the background, and ends the direction.
fn finish(sending: Arc<Mutex<Sending>>) {
    let send = async move {
        poll_fn(|cx| lock(&sending).poll_sent(cx)).await;
        // No other side is left to tell.
        let _ = lock(&sending).socket.get_ref().shutdown(net::Shutdown::Write);
    };
    wait::spawn(send).detach();
}

impl Receiving {
    /// Ready once there are bytes, an error, or the end.
    fn poll_received(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while self.read == self.bytes.len() && !self.ended && self.failed.is_none() {
            self.bytes.resize(CHUNK_BYTES, 0);
            let received = self.socket.get_ref().read(&mut self.bytes);
            self.bytes.truncate(*received.as_ref().unwrap_or(&0));
            self.read = 0;
            match received {
                Ok(0) => self.ended = true,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match self.socket.poll_readable(cx) {
                    Poll::Ready(Ok(())) => {}
                    Poll::Ready(Err(error)) => self.failed = Some(error),
                    Poll::Pending => return Poll::Pending,
                },
                Err(error) => self.failed = Some(error),
            }
        }
        Poll::Ready(())
    }
}

impl Sending {
    /// Ready once all bytes were sent, or never will be.
    fn poll_sent(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while !self.bytes.is_empty() && self.failed.is_none() {
            match self.socket.get_ref().write(&self.bytes) {
                Ok(count) => {
                    self.bytes.drain(..count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match self.socket.poll_writable(cx) {
                    Poll::Ready(Ok(())) => {}
                    Poll::Ready(Err(error)) => self.failed = Some(error),
                    Poll::Pending => return Poll::Pending,
                },
                Err(error) => self.failed = Some(error),
            }
        }
        Poll::Ready(())
    }

    /// Fails if nothing more can be written. An error is told once.
    fn check(&mut self) -> Result<(), StreamFault> {
        match self.failed.take() {
            Some(error) => {
                self.ended = true;
                self.bytes.clear();
                Err(fault(error))
            }
            None if self.ended => Err(StreamFault::Closed),
            None => Ok(()),
        }
    }
}

/// A connection that the other side has left is closed, not broken.
fn fault(error: io::Error) -> StreamFault {
    if matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::NotConnected) {
        return StreamFault::Closed;
    }
    StreamFault::of(Origin::Network, error)
}

impl Source for Receiver {
    fn poll_read(&mut self, cx: &mut Context<'_>, max_bytes: usize) -> Poll<Result<Vec<u8>, StreamFault>> {
        let mut receiving = lock(&self.0);
        if receiving.poll_received(cx).is_pending() {
            return Poll::Pending;
        }
        let left = &receiving.bytes[receiving.read..];
        let chunk = left[..left.len().min(max_bytes)].to_vec();
        receiving.read += chunk.len();
        Poll::Ready(if !chunk.is_empty() {
            Ok(chunk)
        } else if let Some(error) = receiving.failed.take() {
            receiving.ended = true;
            Err(fault(error))
        } else {
            Err(StreamFault::Closed)
        })
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        lock(&self.0).poll_received(cx)
    }

    fn close(&mut self) {
        // Whatever becomes of it, nothing is read any more.
        let _ = shut_receiving(&self.0);
    }
}

impl Sink for Sender {
    fn poll_room(&mut self, cx: &mut Context<'_>) -> Poll<Result<usize, StreamFault>> {
        let mut sending = lock(&self.0);
        if sending.poll_sent(cx).is_pending() && !sending.ended {
            return Poll::Pending;
        }
        Poll::Ready(sending.check().map(|()| CHUNK_BYTES))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StreamFault> {
        let mut sending = lock(&self.0);
        sending.check()?;
        sending.bytes.extend_from_slice(bytes);
        // Bytes that cannot be sent now are sent when the guest waits for the stream, or has dropped it.
        now(|cx| sending.poll_sent(cx));
        Ok(())
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), StreamFault>> {
        let mut sending = lock(&self.0);
        if sending.poll_sent(cx).is_pending() {
            return Poll::Pending;
        }
        Poll::Ready(match sending.failed.take() {
            Some(error) => {
                sending.ended = true;
                Err(fault(error))
            }
            None => Ok(()),
        })
    }

    fn close(&mut self) {
        // Whatever becomes of it, nothing is written any more.
        let _ = shut_sending(&self.0);
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        let is_left = !lock(&self.0).bytes.is_empty();
        if is_left {
            finish(self.0.clone());
        }
    }
}
