//! `wasi:http` 0.3: the world `wasi:http/service`.
//!
//! ```no_run
//! use witwright_host::{Component, CoreEngine, Linker, Store};
//! use witwright_wasi::http::{Server, ServerOptions};
//! use witwright_wasi::{WasiCtx, WasiState, p2, p3};
//!
//! fn serve<E: CoreEngine>(engine: &E, bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//!     let component = Component::new(engine, bytes)?;
//!     let mut linker = Linker::new(engine);
//!     p2::add_to_linker(&mut linker)?; // for the guest's standard library
//!     p3::add_to_linker(&mut linker)?;
//!     p3::http::add_to_linker(&mut linker)?;
//!     let server = Server::bind("127.0.0.1:8080".parse()?, ServerOptions::default())?;
//!     server.serve(|| {
//!         |exchange| {
//!             let mut store = Store::new(engine, WasiState::new(WasiCtx::builder().build()));
//!             let service = p3::http::Service::instantiate(&mut store, &component, &linker);
//!             if let Err(error) = service.and_then(|service| service.answer(&mut store, exchange)) {
//!                 eprintln!("{error}");
//!             }
//!         }
//!     });
//!     Ok(())
//! }
//! ```

mod body;
mod convert;
mod fields;
mod forward;
mod types;
mod values;

pub mod bindings;

use core::future::poll_fn;

use witwright_host::{Access, AsLinker, CoreEngine, Error, Resource, Store};

pub use bindings::Service;

use self::bindings::wasi::http::{client, types as wit};
use self::forward::wasi::http::handler;
use self::values::{Request, Response};
use crate::ctx::{HasWasi, WasiCtxView, WasiView};
use crate::http::Exchange;

/// Adds `wasi:http/types` and `wasi:http/client` to a linker that has the other interfaces of WASI; and `wasi:http/handler`, by
/// which a middleware that no service is composed with sends its requests as by `client`.
///
/// # Errors
/// If the linker has one of them already.
pub fn add_to_linker<T: WasiView + Send>(linker: &mut impl AsLinker<State = T>) -> Result<(), Error> {
    wit::add_to_linker::<HasWasi<T>>(linker)?;
    client::add_to_linker::<HasWasi<T>>(linker)?;
    handler::add_to_linker::<HasWasi<T>>(linker)
}

impl client::Host for WasiCtxView<'_> {}

impl handler::Host for WasiCtxView<'_> {}

impl<T: WasiView + Send> handler::HostWithStore for HasWasi<T> {
    async fn handle<E: CoreEngine>(
        access: &Access<T, E>,
        request: Resource<wit::Request>,
    ) -> Result<Result<Resource<wit::Response>, wit::ErrorCode>, Error> {
        <Self as client::HostWithStore>::send(access, request).await
    }
}

impl<T: WasiView + Send> client::HostWithStore for HasWasi<T> {
    async fn send<E: CoreEngine>(
        access: &Access<T, E>,
        request: Resource<wit::Request>,
    ) -> Result<Result<Resource<wit::Response>, wit::ErrorCode>, Error> {
        let sent = access.with(|mut cx| {
            let request: Request = cx.data_mut().wasi().table.delete(request)?;
            let timeouts = request.timeouts.unwrap_or_default();
            let sent = request.send(&mut cx);
            Ok::<_, Error>(sent.and_then(|request| request.send(&cx.data_mut().wasi().ctx.http, timeouts)))
        })?;
        let pending = match sent {
            Ok(pending) => pending,
            Err(code) => return Ok(Err(code.into())),
        };
        match poll_fn(|cx| pending.poll(cx)).await {
            Some(Ok(response)) => {
                access.with(|mut cx| cx.data_mut().wasi().table.push(Response::received(response))).map(Ok)
            }
            Some(Err(code)) => Ok(Err(code.into())),
            None => unreachable!("the response is taken once"),
        }
    }
}

impl Service {
    /// Lets an instance answer a request, and runs it until all that it does for that has ended. If it gives no answer, the
    /// client gets status 500. The thread is blocked meanwhile.
    ///
    /// # Errors
    /// A trap of the guest, before its answer or after it; an interrupt.
    pub fn answer<T: WasiView + Send, E: CoreEngine>(
        &self,
        store: &mut Store<T, E>,
        exchange: Exchange,
    ) -> Result<(), Error> {
        let Exchange { request, reply, interrupt } = exchange;
        let wasi = store.data_mut().wasi();
        wasi.ctx.set_interrupt(interrupt.clone());
        let request = request.counted(&wasi.ctx.http.ledger).map_err(Error::host)?;
        let request = wasi.table.push(Request::received(request))?;
        interrupt.wait(async {
            let answer = async |access: Access<T, E>| {
                let answer = self.wasi_http_handler().call_handle(&access, request).await?;
                let response = access.with(|mut cx| match answer {
                    Ok(response) => {
                        let response: Response = cx.data_mut().wasi().table.delete(response)?;
                        Ok::<_, Error>(response.send(&mut cx))
                    }
                    Err(code) => Ok(Err(code.into())),
                })?;
                reply.send(response);
                Ok::<(), Error>(())
            };
            store.run(answer).await??;
            super::finish(store).await
        })?
    }
}
