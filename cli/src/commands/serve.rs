//! `witwright serve`

use core::sync::atomic::{AtomicBool, Ordering};
use std::io::{self, Write};
use std::process;

use witwright_host::{Component, CoreEngine, EngineOptions, ErrorKind, InstancePre, Limits, Linker, Options, Store};
use witwright_wasi::http::{Exchange, Served, Server, ServerOptions, Stop};
use witwright_wasi::p2::http::Proxy;
use witwright_wasi::p3::http::Service as Handler;
use witwright_wasi::{I32Exit, WasiState, p2, p3};

use super::run::{HANDLERS, RUN, exports};
use crate::args::{Engine, ServeArgs};
use crate::failure::Failure;
use crate::input::read_binary;
use crate::wasi;

/// The exit code of a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

pub(crate) fn run(args: &ServeArgs) -> Result<(), Failure> {
    let bytes = read_binary(&args.component)?;
    let mut options = EngineOptions::default();
    options.fuel = args.fuel.is_some();
    match args.engine {
        Engine::Wasmi => serve_on(&witwright_host::wasmi::Engine::new(options), &bytes, args),
        Engine::Wasmtime => serve_on(&witwright_host::wasmtime::Engine::new(options), &bytes, args),
    }
}

fn serve_on<E: CoreEngine>(engine: &E, bytes: &[u8], args: &ServeArgs) -> Result<(), Failure> {
    // Errors of grants, of linking and of the address are reported before the first request comes.
    let state = wasi::service(args)?;
    let mut options = Options::default();
    options.gates.clone_from(&args.features.gates);
    let component = Component::with_options(engine, bytes, &options).map_err(Failure::load(&args.component))?;
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker)?;
    p2::http::add_to_linker(&mut linker)?;
    p3::add_to_linker(&mut linker)?;
    p3::http::add_to_linker(&mut linker)?;
    // A component that is no service is refused for that reason, and not for its imports.
    let wasi = match HANDLERS.map(|handler| exports(&component, handler)) {
        [_, true] => Wasi::P3,
        [true, false] => Wasi::P2,
        [false, false] => return Err(Failure::NoService { is_command: exports(&component, RUN) }),
    };
    let pre = linker.instantiate_pre(&component)?;
    let service = Service { engine, pre, wasi, args };
    service.start(state)?;
    let mut options = ServerOptions::default();
    options.concurrency = args.concurrency;
    options.body_bytes = args.max_body as u64;
    options.timeout = args.timeout;
    let listen = |error| Failure::Listen(args.addr, error);
    let mut server = Server::bind(args.addr, options).map_err(listen)?;
    if args.log {
        server.observe(log);
    }
    stop_on_ctrl_c(server.stop())?;
    say(&format!("serving on http://{}/", server.local_addr().map_err(listen)?));
    server.serve(|| service.worker());
    Ok(())
}

/// Stops the server on Ctrl-C, and ends the process when it is pressed again.
fn stop_on_ctrl_c(stop: Stop) -> Result<(), Failure> {
    let is_told = AtomicBool::new(false);
    let handle = move || {
        if is_told.swap(true, Ordering::SeqCst) {
            process::exit(INTERRUPTED);
        }
        stop.stop();
    };
    ctrlc::set_handler(handle).map_err(|error| Failure::Signals(error.to_string()))
}

/// A component that answers requests.
struct Service<'a, E: CoreEngine> {
    engine: &'a E,
    pre: InstancePre<WasiState, E>,
    wasi: Wasi,
    args: &'a ServeArgs,
}

/// The version of WASI by which a service is called.
enum Wasi {
    P2,
    P3,
}

/// An instance, and the number of requests that it may still answer.
struct Running<E: CoreEngine> {
    store: Store<WasiState, E>,
    entry: Entry,
    left: usize,
}

/// The export by which an instance is called.
enum Entry {
    P2(Proxy),
    P3(Handler),
}

impl<E: CoreEngine> Service<'_, E> {
    fn start(&self, state: WasiState) -> Result<Running<E>, Failure> {
        let mut limits = Limits::default();
        limits.fuel = self.args.fuel;
        let mut store = Store::with_limits(self.engine, state, limits);
        let instance = self.pre.instantiate(&mut store)?;
        let entry = match self.wasi {
            Wasi::P2 => Entry::P2(Proxy::new(&mut store, &instance)?),
            Wasi::P3 => Entry::P3(Handler::new(&mut store, &instance)?),
        };
        Ok(Running { store, entry, left: self.args.reuse })
    }

    /// A function that answers one request after the other.
    fn worker(&self) -> impl FnMut(Exchange) {
        let mut kept: Option<Running<E>> = None;
        move |exchange| {
            let running = match kept.take() {
                Some(running) => Ok(running),
                None => wasi::service(self.args).and_then(|state| self.start(state)),
            };
            match running.and_then(|running| self.answer(running, exchange)) {
                Ok(running) => kept = Some(running).filter(|running| running.left > 0),
                Err(failure) => say(&format!("error: {failure}")),
            }
        }
    }

    fn answer(&self, mut running: Running<E>, exchange: Exchange) -> Result<Running<E>, Failure> {
        if let Some(fuel) = self.args.fuel {
            running.store.set_fuel(fuel);
        }
        running.left -= 1;
        let answered = match &running.entry {
            Entry::P2(proxy) => proxy.answer(&mut running.store, exchange),
            Entry::P3(handler) => handler.answer(&mut running.store, exchange),
        };
        match answered {
            Ok(()) => Ok(running),
            // A service that exits has ended, as one that traps; this instance is of no more use.
            Err(error) if matches!(error.kind(), ErrorKind::Host(_)) && error.downcast_host::<I32Exit>().is_some() => {
                running.left = 0;
                Ok(running)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn log(served: &Served) {
    let Served { peer, method, path, status, took } = served;
    say(&format!("{peer} {method} {path} {status} {:.1} ms", took.as_secs_f64() * 1000.0));
}

/// Writes a line for people. If nobody reads it, the server serves on.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}
