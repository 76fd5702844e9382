//! `wasi:http` 0.2: the world `wasi:http/proxy`.
//!
//! ```no_run
//! use witwright_host::{Component, CoreEngine, Linker, Store};
//! use witwright_wasi::http::{Server, ServerOptions};
//! use witwright_wasi::{WasiCtx, WasiState, p2};
//!
//! fn serve<E: CoreEngine>(engine: &E, bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//!     let component = Component::new(engine, bytes)?;
//!     let mut linker = Linker::new(engine);
//!     p2::add_to_linker(&mut linker)?;
//!     p2::http::add_to_linker(&mut linker)?;
//!     let server = Server::bind("127.0.0.1:8080".parse()?, ServerOptions::default())?;
//!     server.serve(|| {
//!         |exchange| {
//!             let mut store = Store::new(engine, WasiState::new(WasiCtx::builder().build()));
//!             let proxy = p2::http::Proxy::instantiate(&mut store, &component, &linker);
//!             if let Err(error) = proxy.and_then(|proxy| proxy.answer(&mut store, exchange)) {
//!                 eprintln!("{error}");
//!             }
//!         }
//!     });
//!     Ok(())
//! }
//! ```

mod convert;
mod fields;
mod incoming;
mod outgoing;
mod values;

pub mod bindings;

use witwright_host::{AsContextMut, AsLinker, Error, Resource};

pub use bindings::Proxy;

use self::bindings::wasi::http::{outgoing_handler, types};
use crate::ctx::{HasWasi, WasiCtxView, WasiView};
use crate::http::{Exchange, IncomingRequest, Reply};

/// Adds `wasi:http/types` and `wasi:http/outgoing-handler` to a linker that has the other interfaces of WASI.
///
/// # Errors
/// If the linker has one of them already.
pub fn add_to_linker<T: WasiView>(linker: &mut impl AsLinker<State = T>) -> Result<(), Error> {
    types::add_to_linker::<HasWasi<T>>(linker)?;
    outgoing_handler::add_to_linker::<HasWasi<T>>(linker)
}

impl Proxy {
    /// Lets an instance answer a request. If it does not answer, the client gets status 500.
    ///
    /// # Errors
    /// A trap of the guest, before or after its answer.
    pub fn answer<S>(&self, mut store: S, exchange: Exchange) -> Result<(), Error>
    where
        S: AsContextMut,
        S::Data: WasiView,
    {
        let Exchange { request, reply, interrupt } = exchange;
        let mut cx = store.as_context_mut();
        let mut wasi = cx.data_mut().wasi();
        wasi.ctx.set_interrupt(interrupt);
        let request = wasi.new_incoming_request(request)?;
        let reply = wasi.new_response_outparam(reply)?;
        let result = self.wasi_http_incoming_handler().call_handle(&mut store, request, reply);
        // A guest that keeps it has given no answer all the same. It is stale if the guest used it.
        let _ = store.as_context_mut().data_mut().wasi().table.delete(reply);
        result
    }
}

impl WasiCtxView<'_> {
    /// The resource of a request that the guest is to answer.
    ///
    /// # Errors
    /// When the table is full, or the guest has too many fields.
    pub fn new_incoming_request(
        &mut self,
        request: IncomingRequest,
    ) -> Result<Resource<types::IncomingRequest>, Error> {
        let request = request.counted(&self.ctx.http.ledger).map_err(Error::host)?;
        incoming::request(self.table, request)
    }

    /// The resource with which the guest answers.
    ///
    /// # Errors
    /// When the table is full.
    pub fn new_response_outparam(&mut self, reply: Reply) -> Result<Resource<types::ResponseOutparam>, Error> {
        self.table.push(reply)
    }
}
