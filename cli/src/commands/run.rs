//! `witwright run`

use std::io::{self, Write};

use wasm_wave::parser::ParserError;
use wasm_wave::untyped::UntypedFuncCall;
use witwright_front::similar::closest;
use witwright_host::{Component, CoreEngine, ExportedFunc, FuncType, Instance, Linker, Options, Store};
use witwright_wasi::{I32Exit, Interrupt, WasiState, p2, p3};

use crate::args::{Engine, RunArgs};
use crate::failure::Failure;
use crate::input::read_binary;
use crate::{wasi, wave};

/// The interface by which a command is run, without its version.
const RUN: &str = "wasi:cli/run";

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
    let is_command = component.exports().any(|name| is_interface(Some(name), RUN));
    if call.is_some() || !is_command {
        // A function may be of use without all that its component imports: a missing function traps when it is called. And a
        // component that is not a command is refused for that reason, and not for its imports.
        linker.trap_unknown_imports(&component);
    }
    let mut store = Store::new(engine, state);
    let outcome = linker.instantiate(&mut store, &component).map_err(Failure::from).and_then(|instance| match &call {
        Some(call) => call.make(&mut store, instance),
        None => command(&mut store, instance),
    });
    outcome.map_err(|failure| exit(&failure).map_or(failure, Failure::Exit))
}

/// The code that the guest exited with, if that is why something failed. Codes have a byte, as those of processes.
fn exit(failure: &Failure) -> Option<u8> {
    let Failure::Host(error) = failure else { return None };
    error.downcast_host::<I32Exit>().map(|exit| exit.0 as u8)
}

/// Runs an instance as a command.
fn command<E: CoreEngine>(store: &mut Store<WasiState, E>, instance: Instance) -> Result<(), Failure> {
    let exports = instance.exports(&mut *store)?;
    let runs = exports.iter().filter(|export| is_interface(export.interface.as_deref(), RUN) && export.name == "run");
    // In 0.3 the function is of async type, and nothing else differs. A toolchain for 0.2 adds a function of its own.
    let is_p3 = |export: &&ExportedFunc| export.interface.as_deref().is_some_and(|name| name.contains("@0.3."));
    let run = runs.max_by_key(is_p3).ok_or_else(|| Failure::NoCommand(names(&exports)))?;
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
        let parsed = UntypedFuncCall::parse(call).map_err(|error| Failure::Call(not_a_call(invoke, call, &error)))?;
        Ok(Call { interface, call: parsed })
    }

    /// Makes the call and prints its result.
    fn make<E: CoreEngine>(&self, store: &mut Store<WasiState, E>, instance: Instance) -> Result<(), Failure> {
        let exports = instance.exports(&mut *store)?;
        let export = choose(&exports, self.interface, self.call.name())?;
        let ty = export.func.ty(&mut *store)?;
        let arguments = wave::arguments(&self.call, &ty).map_err(|error| Failure::Call(misfit(export, &ty, &error)))?;
        let result = export.func.call(&mut *store, &arguments)?;
        if let (Some(result), Some(result_ty)) = (&result, &ty.result) {
            let text = wave::text(result, result_ty).map_err(|error| Failure::Call(misfit(export, &ty, &error)))?;
            writeln!(io::stdout(), "{text}").map_err(Failure::write("standard output".as_ref()))?;
        }
        Ok(())
    }
}

/// The function of a name: in the interface that is named, else the world's own, else the only one in any interface.
fn choose<'a>(exports: &'a [ExportedFunc], interface: Option<&str>, name: &str) -> Result<&'a ExportedFunc, Failure> {
    let named: Vec<_> = exports.iter().filter(|export| export.name == name).collect();
    let found = match interface {
        Some(interface) => named.iter().find(|export| is_interface(export.interface.as_deref(), interface)),
        None => named.iter().find(|export| export.interface.is_none()).or(match &named[..] {
            [only] => Some(only),
            [] | [..] => None,
        }),
    };
    found.copied().ok_or_else(|| {
        let list: Vec<_> = names(exports).iter().map(|name| format!("\n  {name}")).collect();
        let reason = if named.len() > 1 && interface.is_none() { "more than one" } else { "no" };
        let sought = interface.map_or_else(|| name.to_owned(), |interface| format!("{interface}#{name}"));
        if list.is_empty() {
            return Failure::Call("the component exports no functions".to_owned());
        }
        let names = exports.iter().filter(|export| is_callable(export)).map(|export| export.name.as_str());
        let meant = if named.is_empty() { closest(name, names) } else { None };
        let help = meant.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        let list = list.concat();
        Failure::Call(format!("the component exports {reason} function `{sought}`{help}; it exports:{list}"))
    })
}

/// The message that `call`, which is `invoke` without its interface, is not a call.
fn not_a_call(invoke: &str, call: &str, error: &ParserError) -> String {
    let name = call.split('(').next().unwrap_or_default();
    let help = match name.rsplit_once('/') {
        _ if name.starts_with('[') => {
            "functions of resources cannot be called: WAVE has no notation for resources".to_owned()
        }
        Some((interface, func)) => format!("a `#` separates the interface from the function: `{interface}#{func}(…)`"),
        None if name.contains('_') => format!("words in names are separated by `-`: `{}(…)`", name.replace('_', "-")),
        None => wave::keyword_help(call, error)
            .unwrap_or_else(|| "write one as `func(1, \"text\")` or `ns:package/interface#func()`".to_owned()),
    };
    format!(
        "`{invoke}` is not a call: {} at column {}; {help}",
        error.kind(),
        invoke.len() - call.len() + error.span().start + 1
    )
}

/// Whether a name means an interface; its version may be left out.
pub(super) fn is_interface(interface: Option<&str>, name: &str) -> bool {
    interface.is_some_and(|interface| interface == name || interface.split('@').next() == Some(name))
}

/// The functions that can be called.
fn names(exports: &[ExportedFunc]) -> Vec<String> {
    exports.iter().filter(|export| is_callable(export)).map(full_name).collect()
}

/// Functions of resources cannot be called: WAVE has no notation for resources.
fn is_callable(export: &ExportedFunc) -> bool {
    !export.name.starts_with('[')
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
