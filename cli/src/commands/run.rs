//! `witwright run`

use wasm_wave::untyped::UntypedFuncCall;
use witwright_host::{Component, CoreEngine, ExportedFunc, FuncType, Instance, Linker, Options, Store};
use witwright_wasi::{I32Exit, Interrupt, WasiState, p2, p3};

use crate::args::{Engine, RunArgs};
use crate::failure::Failure;
use crate::files;
use crate::functions::{Functions, has_name};
use crate::input::read_binary;
use crate::{wasi, wave};

/// The interface by which a command is run, without its version.
pub(super) const RUN: &str = "wasi:cli/run";

/// The interfaces by which a service of WASI 0.2 and one of 0.3 are called, without their versions.
pub(super) const HANDLERS: [&str; 2] = ["wasi:http/incoming-handler", "wasi:http/handler"];

pub(crate) fn run(args: &RunArgs) -> Result<(), Failure> {
    let bytes = read_binary(&args.component)?;
    match args.engine {
        Engine::Wasmi => run_on(&witwright_host::wasmi::Engine::default(), &bytes, args),
        Engine::Wasmtime => run_on(&witwright_host::wasmtime::Engine::default(), &bytes, args),
    }
}

fn run_on<E: CoreEngine>(engine: &E, bytes: &[u8], args: &RunArgs) -> Result<(), Failure> {
    // Errors of grants and of the call are reported before the component is compiled.
    let state = wasi::command(args)?;
    let call = args.invoke.as_deref().map(Call::parse).transpose()?;
    let mut options = Options::default();
    options.gates.clone_from(&args.features.gates);
    let component = Component::with_options(engine, bytes, &options).map_err(Failure::load(&args.component))?;
    let mut linker = Linker::new(engine);
    p2::add_to_linker(&mut linker)?;
    p3::add_to_linker(&mut linker)?;
    p2::http::add_to_linker(&mut linker)?;
    p3::http::add_to_linker(&mut linker)?;
    match &call {
        // A function may be of use without all that its component imports: a missing function traps when it is called.
        Some(_) => linker.trap_unknown_imports(&component),
        // A component that is not a command is refused for that reason, and not for its imports.
        None => check_command(&component, bytes)?,
    }
    let mut store = Store::new(engine, state);
    let outcome = linker.instantiate(&mut store, &component).map_err(Failure::from).and_then(|instance| match &call {
        Some(call) => call.make(&mut store, instance, bytes),
        None => command(&mut store, instance, bytes),
    });
    outcome.map_err(|failure| exit(&failure).map_or(failure, Failure::Exit))
}

/// The code that the guest exited with, if that is why something failed. Codes have a byte, as those of processes.
fn exit(failure: &Failure) -> Option<u8> {
    let Failure::Host(error) = failure else { return None };
    error.downcast_host::<I32Exit>().map(|exit| exit.0 as u8)
}

/// Refuses a component that is not a command.
fn check_command<E: CoreEngine>(component: &Component<E>, bytes: &[u8]) -> Result<(), Failure> {
    if exports(component, RUN) {
        return Ok(());
    }
    match HANDLERS.into_iter().find(|handler| exports(component, handler)) {
        Some(handler) => Err(Failure::Service(handler)),
        None => Err(Failure::NoCommand(Functions::of(bytes))),
    }
}

/// Whether a component exports an interface, in any version.
pub(super) fn exports<E: CoreEngine>(component: &Component<E>, interface: &str) -> bool {
    component.exports().any(|name| has_name(name, interface))
}

/// Runs an instance as a command.
fn command<E: CoreEngine>(store: &mut Store<WasiState, E>, instance: Instance, bytes: &[u8]) -> Result<(), Failure> {
    let exports = instance.exports(&mut *store)?;
    let runs = exports.iter().filter(|export| is_of(export, RUN) && export.name == "run");
    // In 0.3 the function is of async type, and nothing else differs. A toolchain for 0.2 adds a function of its own.
    let is_p3 = |export: &&ExportedFunc| export.interface.as_deref().is_some_and(|name| name.contains("@0.3."));
    let run = runs.max_by_key(is_p3).ok_or_else(|| Failure::NoCommand(Functions::of(bytes)))?;
    let result: Result<(), ()> = run.func.call_typed(&mut *store, &())?;
    // The guest's last output may not be written yet.
    Interrupt::new().wait(p3::finish(store))??;
    result.map_err(|()| Failure::Exit(1))
}

/// A call of an export, as it was written.
struct Call<'a> {
    interface: Option<&'a str>,
    call: UntypedFuncCall<'a>,
}

impl<'a> Call<'a> {
    fn parse(invoke: &'a str) -> Result<Call<'a>, Failure> {
        let (interface, call) = match invoke.split_once('#') {
            Some((interface, call)) => (Some(interface), call),
            None => (None, invoke),
        };
        let parsed = UntypedFuncCall::parse(call)
            .map_err(|error| Failure::Call(wave::not_a_call(invoke, invoke.len() - call.len(), &error)))?;
        Ok(Call { interface, call: parsed })
    }

    /// Makes the call and prints its result.
    fn make<E: CoreEngine>(
        &self,
        store: &mut Store<WasiState, E>,
        instance: Instance,
        bytes: &[u8],
    ) -> Result<(), Failure> {
        let exports = instance.exports(&mut *store)?;
        let export = choose(&exports, self.interface, self.call.name()).map_err(|is_ambiguous| {
            Failure::Call(Functions::of(bytes).not_found(self.interface, self.call.name(), is_ambiguous))
        })?;
        let ty = export.func.ty(&mut *store)?;
        let arguments = wave::arguments(&self.call, &ty).map_err(|error| Failure::Call(misfit(export, &ty, &error)))?;
        let result = export.func.call(&mut *store, &arguments)?;
        if let (Some(result), Some(result_ty)) = (&result, &ty.result) {
            let text = wave::text(result, result_ty).map_err(|error| Failure::Call(misfit(export, &ty, &error)))?;
            files::write_stdout(text + "\n")?;
        }
        Ok(())
    }
}

/// The function of a name: in the interface that is named, else the world's own, else the only one in any interface.
///
/// # Errors
/// If there is none, or, as the value says, more than one.
fn choose<'a>(exports: &'a [ExportedFunc], interface: Option<&str>, name: &str) -> Result<&'a ExportedFunc, bool> {
    let named: Vec<_> = exports.iter().filter(|export| export.name == name).collect();
    let found = match interface {
        Some(interface) => named.iter().find(|export| is_of(export, interface)),
        None => named.iter().find(|export| export.interface.is_none()).or(match &named[..] {
            [only] => Some(only),
            [] | [..] => None,
        }),
    };
    found.copied().ok_or(named.len() > 1 && interface.is_none())
}

/// Whether a function is of an interface, whose version may be left out.
fn is_of(export: &ExportedFunc, interface: &str) -> bool {
    export.interface.as_deref().is_some_and(|name| has_name(name, interface))
}

fn full_name(export: &ExportedFunc) -> String {
    match &export.interface {
        Some(interface) => format!("{interface}#{}", export.name),
        None => export.name.clone(),
    }
}

fn misfit(export: &ExportedFunc, ty: &FuncType, error: &wave::WaveError) -> String {
    let misfit = format!("`{}` cannot be called like this: {error}", full_name(export));
    match wave::signature(&export.name, ty) {
        Ok(signature) => format!("{misfit}; it is `{signature}`"),
        Err(_) => misfit,
    }
}
