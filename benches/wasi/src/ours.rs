//! Programs and services in Witwright's host.

use core::net::SocketAddr;
use std::thread;

use witwright_benches::work::Way;
use witwright_host::{Component, CoreEngine, InstancePre, Linker, Store};
use witwright_wasi::http::{Exchange, Server, ServerOptions};
use witwright_wasi::pipe::{MemoryInputPipe, MemoryOutputPipe};
use witwright_wasi::{FsPerms, WasiCtx, WasiState, p2};

use crate::Program;

/// Runs a program, with all that a process which runs it once has to do.
pub(crate) fn from_bytes<E: CoreEngine>(make: fn() -> E, program: &Program) -> Way {
    let program = program.clone();
    Box::new(move |_| {
        let engine = make();
        let component = Component::new(&engine, &program.binary).expect("it is valid");
        run(&engine, &component, &program);
    })
}

/// Runs a program that is compiled already.
pub(crate) fn compiled<E: CoreEngine>(engine: &E, program: &Program) -> Way {
    let (engine, program) = (engine.clone(), program.clone());
    let component = Component::new(&engine, &program.binary).expect("it is valid");
    Box::new(move |_| run(&engine, &component, &program))
}

fn run<E: CoreEngine>(engine: &E, component: &Component<E>, program: &Program) {
    let output = MemoryOutputPipe::new(program.writes.unwrap_or(1 << 20));
    let mut builder = WasiCtx::builder();
    builder.arg("program").stdin(MemoryInputPipe::new(program.input.clone())).stdout(output.clone());
    if let Some(folder) = &program.folder {
        builder.preopened_dir(folder, "/data", FsPerms::ReadOnly).expect("the folder exists");
    }
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker).expect("the linker is empty");
    let mut store = Store::new(engine, WasiState::new(builder.build()));
    let command = p2::Command::instantiate(&mut store, component, &linker).expect("it imports WASI only");
    command.wasi_cli_run().call_run(&mut store).expect("it returns").expect("it succeeds");
    drop(store);
    if let Some(writes) = program.writes {
        assert_eq!(output.contents().len(), writes);
    }
}

/// Makes an instance in a store of its own, and drops both.
pub(crate) fn instances<E: CoreEngine>(engine: &E, binary: &[u8]) -> Way {
    let (engine, pre) = (engine.clone(), linked(engine, binary));
    Box::new(move |count| {
        for _ in 0..count {
            let mut store = Store::new(&engine, WasiState::new(WasiCtx::builder().build()));
            pre.instantiate(&mut store).expect("all is linked");
        }
    })
}

fn linked<E: CoreEngine>(engine: &E, binary: &[u8]) -> InstancePre<WasiState, E> {
    let component = Component::new(engine, binary).expect("it is valid");
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker).expect("the linker is empty");
    p2::http::add_to_linker(&mut linker).expect("the linker has no HTTP");
    linker.instantiate_pre(&component).expect("it imports WASI only")
}

/// Serves until this process ends, each request by a new instance.
pub(crate) fn serve<E: CoreEngine>(engine: E, service: &[u8]) -> SocketAddr {
    let pre = linked(&engine, service);
    let server = Server::bind("127.0.0.1:0".parse().expect("an address"), ServerOptions::default());
    let server = server.expect("a port is free");
    let address = server.local_addr().expect("it is bound");
    thread::spawn(move || {
        server.serve(|| {
            |exchange: Exchange| {
                let mut store = Store::new(&engine, WasiState::new(WasiCtx::builder().build()));
                let instance = pre.instantiate(&mut store).expect("all is linked");
                let proxy = p2::http::Proxy::new(&mut store, &instance).expect("it is a service");
                proxy.answer(&mut store, exchange).expect("it answers");
            }
        });
    });
    address
}
