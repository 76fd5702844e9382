//! Programs in wasmtime's component runtime with wasmtime-wasi, and services with wasmtime-wasi-http.

use core::net::SocketAddr;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use wasmtime::component::{Component, Linker, ResourceTable};
use wasmtime::{Engine, Result, Store};
use wasmtime_wasi::p2::bindings::sync::Command;
use wasmtime_wasi::p2::pipe::{MemoryInputPipe, MemoryOutputPipe};
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::io::TokioIo;
use wasmtime_wasi_http::p2::bindings::ProxyPre;
use wasmtime_wasi_http::p2::bindings::http::types::Scheme;
use wasmtime_wasi_http::p2::body::HyperOutgoingBody;
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};
use witwright_benches::work::Way;

use crate::Program;

/// The state of a store.
struct State {
    wasi: WasiCtx,
    http: WasiHttpCtx,
    table: ResourceTable,
}

impl State {
    fn new(wasi: WasiCtx) -> State {
        State { wasi, http: WasiHttpCtx::new(), table: ResourceTable::new() }
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for State {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: wasmtime_wasi_http::default_hooks() }
    }
}

/// Runs a program, with all that a process which runs it once has to do.
pub(crate) fn from_bytes(program: &Program) -> Way {
    let program = program.clone();
    Box::new(move |_| {
        let engine = Engine::default();
        let component = Component::new(&engine, &program.binary).expect("it is valid");
        run(&engine, &component, &program);
    })
}

/// Runs a program that is compiled already.
pub(crate) fn compiled(program: &Program) -> Way {
    let program = program.clone();
    let engine = Engine::default();
    let component = Component::new(&engine, &program.binary).expect("it is valid");
    Box::new(move |_| run(&engine, &component, &program))
}

fn run(engine: &Engine, component: &Component, program: &Program) {
    let output = MemoryOutputPipe::new(program.writes.unwrap_or(1 << 20));
    let mut builder = WasiCtx::builder();
    builder.arg("program").stdin(MemoryInputPipe::new(program.input.clone())).stdout(output.clone());
    if let Some(folder) = &program.folder {
        builder.preopened_dir(folder, "/data", FsPerms::ReadOnly).expect("the folder exists");
    }
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_sync(&mut linker).expect("the linker is empty");
    let mut store = Store::new(engine, State::new(builder.build()));
    let command = Command::instantiate(&mut store, component, &linker).expect("it imports WASI only");
    command.wasi_cli_run().call_run(&mut store).expect("it returns").expect("it succeeds");
    drop(store);
    if let Some(writes) = program.writes {
        assert_eq!(output.contents().len(), writes);
    }
}

/// Makes an instance in a store of its own, and drops both.
pub(crate) fn instances(binary: &[u8]) -> Way {
    let engine = Engine::default();
    let component = Component::new(&engine, binary).expect("it is valid");
    let mut linker = Linker::<State>::new(&engine);
    wasmtime_wasi::p2::add_to_linker_sync(&mut linker).expect("the linker is empty");
    wasmtime_wasi_http::p2::add_only_http_to_linker_sync(&mut linker).expect("the linker has no HTTP");
    let pre = linker.instantiate_pre(&component).expect("it imports WASI only");
    Box::new(move |count| {
        for _ in 0..count {
            let mut store = Store::new(&engine, State::new(WasiCtx::builder().build()));
            pre.instantiate(&mut store).expect("all is linked");
        }
    })
}

/// Serves until this process ends, each request by a new instance.
pub(crate) fn serve(service: &[u8]) -> SocketAddr {
    let engine = Engine::default();
    let component = Component::new(&engine, service).expect("it is valid");
    let mut linker = Linker::new(&engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker).expect("the linker is empty");
    wasmtime_wasi_http::p2::add_only_http_to_linker_async(&mut linker).expect("the linker has no HTTP");
    let pre = ProxyPre::new(linker.instantiate_pre(&component).expect("it imports WASI only"));
    let pre = Arc::new(pre.expect("it is a service"));
    let runtime = Runtime::new().expect("threads start");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    std::thread::spawn(move || runtime.block_on(accept(&listener, &pre)));
    address
}

async fn accept(listener: &TcpListener, pre: &Arc<ProxyPre<State>>) {
    loop {
        let (stream, _) = listener.accept().await.expect("it listens");
        stream.set_nodelay(true).expect("TCP has the option");
        let pre = pre.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| answer(pre.clone(), request));
            // A client that ends its connection is no error.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(pre: Arc<ProxyPre<State>>, request: Request<Incoming>) -> Result<Response<HyperOutgoingBody>> {
    let mut store = Store::new(pre.engine(), State::new(WasiCtx::builder().build()));
    let (sender, response) = oneshot::channel();
    let request = store.data_mut().http().new_incoming_request(Scheme::Http, request)?;
    let out = store.data_mut().http().new_response_outparam(sender)?;
    // The guest may go on when the head of its response has been sent.
    tokio::spawn(async move {
        let proxy = pre.instantiate_async(&mut store).await?;
        proxy.wasi_http_incoming_handler().call_handle(store, request, out).await
    });
    Ok(response.await??)
}
