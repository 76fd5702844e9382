//! A server that passes requests to guests.
//!
//! ```text
//! connection ─► request ─► free worker thread (a guest) ─► reply ─► connection
//!      ▲                                                                 │
//!      └────────────────────────── keep alive ───────────────────────────┘
//! ```
//!
//! Connections run in the background; they wait while all workers are busy.

use core::convert::Infallible;
use core::fmt;
use core::future::{Future, poll_fn};
use core::net::SocketAddr;
use core::pin::{Pin, pin};
use core::task::{Context, Poll};
use core::time::Duration;
use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use async_channel::{Receiver, Sender, bounded, unbounded};
use async_io::Async;
use futures_io::AsyncRead;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::CONTENT_LENGTH;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};

use super::connection::{Clock, Connection};
use super::error::ErrorCode;
use super::message::{IncomingRequest, OutgoingResponse, Reply, has_host};
use super::outgoing::OutgoingBody;
use crate::wait::{Alarm, Deadline, Interrupt, Ready as _, spawn, within};

/// The largest number of fields in a request.
const MAX_FIELDS: usize = 256;

/// The time that a server waits after it could not accept a connection, for instance because too many files are open.
const PAUSE: Duration = Duration::from_millis(50);

/// The time in which a client may take the response to a request that was not read to its end, and the largest number of bytes that it
/// may send meanwhile.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: u64 = 64 << 20;

/// The limits of a server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ServerOptions {
    /// The largest number of requests that are answered at the same time, each on a thread. Further ones wait.
    pub concurrency: usize,
    /// The largest number of open connections. Further ones wait.
    pub connections: usize,
    /// The longest body of a request, in bytes. A longer one is answered with status 413, or fails while the guest reads it.
    pub body_bytes: u64,
    /// The longest head of a request, in bytes, at least 8192. A longer one is answered with status 431.
    pub header_bytes: usize,
    /// The time from the head of a request to the end of its response. The status is 503 if no guest was free within it, and 504
    /// if the guest did not answer.
    pub timeout: Duration,
    /// The time from one request of a connection to the head of the next.
    pub idle: Duration,
    /// The time that a stopped server gives to the requests that it has begun.
    pub grace: Duration,
}

impl Default for ServerOptions {
    fn default() -> ServerOptions {
        ServerOptions {
            concurrency: 64,
            connections: 1024,
            body_bytes: 64 << 20,
            header_bytes: 64 << 10,
            timeout: Duration::from_secs(30),
            idle: Duration::from_secs(60),
            grace: Duration::from_secs(10),
        }
    }
}

/// A server that listens.
pub struct Server {
    listener: Async<TcpListener>,
    options: ServerOptions,
    stop: Stop,
    observe: Box<dyn Fn(&Served) + Send + Sync>,
}

/// Stops a server, from any thread.
#[derive(Clone)]
pub struct Stop {
    /// Closed when it is to stop.
    told: (Sender<Infallible>, Receiver<Infallible>),
}

/// A request, and the reply to it.
#[derive(Debug)]
pub struct Exchange {
    /// The request.
    pub request: IncomingRequest,
    /// The reply to it.
    pub reply: Reply,
    /// Ends the guest when the time is over. It belongs in the guest's [`WasiCtx`](crate::WasiCtx).
    pub interrupt: Interrupt,
}

/// A request that was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Served {
    /// The client.
    pub peer: SocketAddr,
    /// The method.
    pub method: String,
    /// The path and the query.
    pub path: String,
    /// The status of the response.
    pub status: u16,
    /// The time until the head of the response.
    pub took: Duration,
}

/// The state that all connections share.
struct Shared {
    options: ServerOptions,
    workers: Arc<Workers>,
    observe: Box<dyn Fn(&Served) + Send + Sync>,
    /// The guests that may be running.
    running: Mutex<Vec<Interrupt>>,
}

/// The worker threads that have nothing to do.
struct Workers {
    /// The sender of the next exchange to each. The one freed last is used first, since its memory is in the caches. `None` once the
    /// server has stopped.
    free: Mutex<Option<Vec<Sender<Exchange>>>>,
    /// As many messages as there are free workers.
    count: (Sender<()>, Receiver<()>),
}

/// The body of a response, which must be sent within its time. `None` for an empty body.
struct ResponseBody(Option<(OutgoingBody, Deadline)>);

impl Server {
    /// A server that listens on an address.
    ///
    /// # Errors
    /// If it cannot listen on the address.
    pub fn bind(address: SocketAddr, options: ServerOptions) -> io::Result<Server> {
        let listener = Async::<TcpListener>::bind(address)?;
        Ok(Server { listener, options, stop: Stop { told: bounded(1) }, observe: Box::new(|_| ()) })
    }

    /// Calls a function for each request that was answered.
    pub fn observe(&mut self, observe: impl Fn(&Served) + Send + Sync + 'static) {
        self.observe = Box::new(observe);
    }

    /// The address that it listens on.
    ///
    /// # Errors
    /// If the system does not tell it.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.get_ref().local_addr()
    }

    /// A handle that stops it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Serves until it is stopped. Each worker thread calls `worker` once, and then its result for one request after the
    /// other. It returns when all that was begun has ended; a guest that computes is waited for.
    pub fn serve<W: FnMut(Exchange)>(self, worker: impl Fn() -> W + Sync) {
        let workers = Arc::new(Workers::new());
        thread::scope(|scope| {
            for _ in 0..self.options.concurrency.max(1) {
                scope.spawn(|| {
                    let mut answer = worker();
                    let (sender, exchanges) = bounded::<Exchange>(1);
                    while workers.add(&sender)
                        && let Ok(exchange) = exchanges.recv_blocking()
                    {
                        answer(exchange);
                    }
                });
            }
            let Server { listener, options, stop, observe } = self;
            let shared = Arc::new(Shared { options, workers: workers.clone(), observe, running: Mutex::default() });
            // Accepting waits where the connections do: a second thread that waits for the system's events would have to wake
            // the first for each.
            let (accepting, ended) = bounded::<Infallible>(1);
            let accepted = shared.clone();
            spawn(async move {
                accept(&listener, &accepted, &stop).await;
                drop(accepting);
            })
            .detach();
            let _ = ended.recv_blocking();
            // The remaining threads are not waited for; they end when they are free.
            workers.stop();
            shared.running().iter().for_each(Interrupt::raise);
        });
    }
}

impl Stop {
    /// Stops the server: it accepts no more connections, and ends each open one after its current request.
    pub fn stop(&self) {
        self.told.0.close();
    }

    async fn told(&self) {
        // No message is ever sent: closing the channel is the signal.
        let _ = self.told.1.recv().await;
    }
}

/// Accepts connections until the server is stopped, and waits until they have ended, for the time of grace.
async fn accept(listener: &Async<TcpListener>, shared: &Arc<Shared>, stop: &Stop) {
    let (permits, permitted) = bounded::<()>(shared.options.connections.max(1));
    let (alive, ended) = bounded::<Infallible>(1);
    let abort = Stop { told: bounded(1) };
    let mut told = pin!(stop.told());
    loop {
        let mut next = pin!(async {
            // The other end is kept here, so this waits and does not fail.
            let _ = permits.send(()).await;
            listener.accept().await
        });
        let accepted = poll_fn(|cx| match told.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => next.as_mut().poll(cx).map(Some),
        });
        match accepted.await {
            None => break,
            Some(Ok((stream, peer))) => {
                let (shared, stop, abort) = (shared.clone(), stop.clone(), abort.clone());
                let (permitted, alive) = (permitted.clone(), alive.clone());
                spawn(async move {
                    connection(stream, peer, shared, &stop, &abort).await;
                    let _ = permitted.try_recv();
                    drop(alive);
                })
                .detach();
            }
            Some(Err(_)) => {
                let _ = permitted.try_recv();
                let mut pause = Deadline::after(PAUSE);
                poll_fn(|cx| pause.poll_ready(cx)).await;
            }
        }
    }
    drop(alive);
    let _ = within(Deadline::after(shared.options.grace), ended.recv()).await;
    abort.stop();
}

/// Answers the requests of a connection.
async fn connection(stream: Async<TcpStream>, peer: SocketAddr, shared: Arc<Shared>, stop: &Stop, abort: &Stop) {
    // Small pieces are sent at once; where that cannot be set, they are sent all the same.
    let _ = stream.get_ref().set_nodelay(true);
    let options = shared.options;
    let alarm = Alarm::default();
    let timer = Clock(alarm.clone());
    let service = service_fn(move |request| {
        let (shared, alarm) = (shared.clone(), alarm.clone());
        async move { Ok::<_, Infallible>(shared.answer(peer, request, &alarm).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(timer).header_read_timeout(options.idle).max_headers(MAX_FIELDS);
    builder.max_buf_size(options.header_bytes.max(8192));
    let mut connection = pin!(builder.serve_connection(Connection(&stream), service));
    let (mut told, mut aborted) = (pin!(stop.told()), pin!(abort.told()));
    let mut is_told = false;
    poll_fn(|cx| {
        if !is_told && told.as_mut().poll(cx).is_ready() {
            is_told = true;
            connection.as_mut().graceful_shutdown();
        }
        match aborted.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(()),
            // Errors of a connection concern its client only.
            Poll::Pending => connection.as_mut().poll(cx).map(|_| ()),
        }
    })
    .await;
    if !is_told {
        let _ = within(Deadline::after(LINGER), linger(&stream)).await;
    }
}

/// Reads and discards the rest of a request. A connection that is closed with unread bytes is reset, and the client
/// might lose the response that says why.
async fn linger(mut stream: &Async<TcpStream>) {
    if stream.get_ref().shutdown(Shutdown::Write).is_err() {
        return;
    }
    let mut bytes = vec![0; 16 << 10];
    let mut left = LINGER_BYTES;
    while left > 0 {
        match poll_fn(|cx| Pin::new(&mut stream).poll_read(cx, &mut bytes)).await {
            Ok(0) | Err(_) => return,
            Ok(count) => left = left.saturating_sub(count as u64),
        }
    }
}

impl Shared {
    async fn answer(
        &self,
        peer: SocketAddr,
        request: Request<hyper::body::Incoming>,
        alarm: &Alarm,
    ) -> Response<ResponseBody> {
        let started = Instant::now();
        let (method, path) = (request.method().clone(), request.uri().to_string());
        let response = self.response(request, alarm).await.unwrap_or_else(|status| {
            let mut response = Response::new(ResponseBody(None));
            *response.status_mut() = status;
            response
        });
        let status = response.status().as_u16();
        (self.observe)(&Served { peer, method: method.to_string(), path, status, took: started.elapsed() });
        match method {
            // A response to it may have the length of the body that it would have.
            Method::HEAD => response.map(|_| ResponseBody(None)),
            _ => response,
        }
    }

    /// The guest's response, or the status that says why there is none.
    async fn response(
        &self,
        request: Request<hyper::body::Incoming>,
        alarm: &Alarm,
    ) -> Result<Response<ResponseBody>, StatusCode> {
        let ServerOptions { timeout, body_bytes, .. } = self.options;
        if !has_host(&request) {
            return Err(StatusCode::BAD_REQUEST);
        }
        if request.body().size_hint().lower() > body_bytes {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        let (reply, answer) = Reply::new();
        let (interrupt, deadline) = (Interrupt::after(timeout), alarm.after(timeout));
        let request = IncomingRequest::new(request, body_bytes);
        let exchange = Exchange { request, reply, interrupt: interrupt.clone() };
        self.starts(interrupt.clone());
        let mut is_begun = false;
        let answered = within(alarm.after(timeout), async {
            let worker = self.workers.next().await.ok_or(StatusCode::SERVICE_UNAVAILABLE)?;
            worker.try_send(exchange).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
            is_begun = true;
            answer.recv().await.map_err(|_| match interrupt.is_raised() {
                true => StatusCode::GATEWAY_TIMEOUT,
                false => StatusCode::INTERNAL_SERVER_ERROR,
            })
        });
        match answered.await {
            Some(Ok(Ok(response))) => response.into_hyper(deadline),
            Some(Ok(Err(code))) => Err(status(&code)),
            Some(Err(status)) => Err(status),
            None if is_begun => Err(StatusCode::GATEWAY_TIMEOUT),
            None => Err(StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    /// Keeps the interrupt of a guest that may be running from here on.
    fn starts(&self, interrupt: Interrupt) {
        let mut running = self.running();
        running.retain(Interrupt::is_shared);
        running.push(interrupt);
    }

    fn running(&self) -> MutexGuard<'_, Vec<Interrupt>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Workers {
    fn new() -> Workers {
        Workers { free: Mutex::new(Some(Vec::new())), count: unbounded() }
    }

    /// Adds a worker that takes its exchanges from a channel. Returns whether there will be any.
    fn add(&self, worker: &Sender<Exchange>) -> bool {
        let mut free = self.free();
        let Some(free) = &mut *free else { return false };
        free.push(worker.clone());
        self.count.0.try_send(()).is_ok()
    }

    /// Waits for a worker, and takes it. `None` once the server has stopped.
    async fn next(&self) -> Option<Sender<Exchange>> {
        self.count.1.recv().await.ok()?;
        self.free().as_mut()?.pop()
    }

    /// Ends the workers, each when it is free.
    fn stop(&self) {
        self.count.0.close();
        for worker in self.free().take().into_iter().flatten() {
            worker.close();
        }
    }

    fn free(&self) -> MutexGuard<'_, Option<Vec<Sender<Exchange>>>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OutgoingResponse {
    fn into_hyper(self, deadline: Deadline) -> Result<Response<ResponseBody>, StatusCode> {
        let mut response = Response::new(ResponseBody(Some((self.body, deadline))));
        *response.status_mut() = StatusCode::from_u16(self.status).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        *response.headers_mut() = self.fields.to_map();
        if !response.headers().contains_key(CONTENT_LENGTH)
            && let Some(length) = response.body().size_hint().exact()
            && response.status() != StatusCode::NO_CONTENT
            && response.status() != StatusCode::NOT_MODIFIED
        {
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        Ok(response)
    }
}

/// The status for a guest that returns an error instead of a response.
fn status(code: &ErrorCode) -> StatusCode {
    match code {
        ErrorCode::HttpRequestDenied => StatusCode::FORBIDDEN,
        ErrorCode::HttpRequestLengthRequired => StatusCode::LENGTH_REQUIRED,
        ErrorCode::HttpRequestBodySize(_) => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::HttpRequestMethodInvalid => StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::HttpRequestUriInvalid => StatusCode::BAD_REQUEST,
        ErrorCode::HttpRequestUriTooLong => StatusCode::URI_TOO_LONG,
        ErrorCode::HttpRequestHeaderSectionSize(_) | ErrorCode::HttpRequestHeaderSize(_) => {
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
        }
        ErrorCode::DnsTimeout
        | ErrorCode::ConnectionTimeout
        | ErrorCode::ConnectionReadTimeout
        | ErrorCode::ConnectionWriteTimeout
        | ErrorCode::HttpResponseTimeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorCode::DnsError(_)
        | ErrorCode::DestinationNotFound
        | ErrorCode::DestinationUnavailable
        | ErrorCode::DestinationIpProhibited
        | ErrorCode::DestinationIpUnroutable
        | ErrorCode::ConnectionRefused
        | ErrorCode::ConnectionTerminated
        | ErrorCode::TlsProtocolError
        | ErrorCode::TlsCertificateError
        | ErrorCode::TlsAlertReceived(_)
        | ErrorCode::HttpResponseIncomplete
        | ErrorCode::HttpResponseHeaderSectionSize(_)
        | ErrorCode::HttpResponseHeaderSize(_)
        | ErrorCode::HttpResponseBodySize(_)
        | ErrorCode::HttpResponseTrailerSectionSize(_)
        | ErrorCode::HttpResponseTrailerSize(_)
        | ErrorCode::HttpResponseTransferCoding(_)
        | ErrorCode::HttpResponseContentCoding(_)
        | ErrorCode::HttpProtocolError => StatusCode::BAD_GATEWAY,
        ErrorCode::ConnectionLimitReached => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::LoopDetected => StatusCode::LOOP_DETECTED,
        ErrorCode::HttpRequestTrailerSectionSize(_)
        | ErrorCode::HttpRequestTrailerSize(_)
        | ErrorCode::HttpUpgradeFailed
        | ErrorCode::ConfigurationError
        | ErrorCode::InternalError(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = ErrorCode;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, ErrorCode>>> {
        let Some((reader, deadline)) = &mut self.0 else { return Poll::Ready(None) };
        match Pin::new(reader).poll_frame(cx) {
            Poll::Ready(frame) => Poll::Ready(frame),
            Poll::Pending => deadline.poll_ready(cx).map(|()| Some(Err(ErrorCode::HttpResponseTimeout))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(|(reader, _)| reader.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(|| SizeHint::with_exact(0), |(reader, _)| reader.size_hint())
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("options", &self.options).finish_non_exhaustive()
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("told", &self.told.0.is_closed()).finish()
    }
}
