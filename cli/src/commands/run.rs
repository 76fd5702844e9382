//! `witwright run`

use std::io::{self, Write};

use wasm_wave::parser::ParserError;
use wasm_wave::untyped::UntypedFuncCall;
use witwright_host::{Component, CoreEngine, ExportedFunc, FuncType, Linker, Store};

use crate::args::{Engine, RunArgs};
use crate::failure::Failure;
use crate::input::read_binary;
use crate::wave;

/// Imports are not provided: a call of one traps and names it.
pub(crate) fn run(args: &RunArgs) -> Result<(), Failure> {
    let bytes = read_binary(&args.component)?;
    match args.engine {
        Engine::Wasmi => run_on(&witwright_host::wasmi::Engine::default(), &bytes, &args.invoke),
        Engine::Wasmtime => run_on(&witwright_host::wasmtime::Engine::default(), &bytes, &args.invoke),
    }
}

fn run_on<E: CoreEngine>(engine: &E, bytes: &[u8], invoke: &str) -> Result<(), Failure> {
    let (interface, call) = match invoke.split_once('#') {
        Some((interface, call)) => (Some(interface), call),
        None => (None, invoke),
    };
    let call = UntypedFuncCall::parse(call).map_err(|error| Failure::Call(not_a_call(invoke, call, &error)))?;

    let component = Component::new(engine, bytes)?;
    let mut linker = Linker::<(), E>::new(engine);
    linker.trap_unknown_imports(&component);
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &component)?;

    let exports = instance.exports(&mut store)?;
    let export = choose(&exports, interface, call.name())?;
    let ty = export.func.ty(&mut store)?;
    let arguments = wave::arguments(&call, &ty).map_err(|error| Failure::Call(misfit(export, &ty, &error)))?;
    let result = export.func.call(&mut store, &arguments)?;
    if let (Some(result), Some(result_ty)) = (&result, &ty.result) {
        let text = wave::text(result, result_ty).map_err(|error| Failure::Call(misfit(export, &ty, &error)))?;
        writeln!(io::stdout(), "{text}").map_err(Failure::write("standard output".as_ref()))?;
    }
    Ok(())
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
        let list: Vec<_> = exports
            .iter()
            .filter(|export| is_callable(export))
            .map(|export| format!("\n  {}", full_name(export)))
            .collect();
        let reason = if named.len() > 1 && interface.is_none() { "more than one" } else { "no" };
        let sought = interface.map_or_else(|| name.to_owned(), |interface| format!("{interface}#{name}"));
        if list.is_empty() {
            return Failure::Call(format!("the component exports no function `{sought}`, and no other"));
        }
        Failure::Call(format!("the component exports {reason} function `{sought}`; it exports:{}", list.concat()))
    })
}

/// Why `call`, which is `invoke` without an interface, is not a call.
fn not_a_call(invoke: &str, call: &str, error: &ParserError) -> String {
    let help = wave::keyword_help(call, error)
        .unwrap_or_else(|| "write one as `func(1, \"text\")` or `ns:package/interface#func()`".to_owned());
    format!(
        "`{invoke}` is not a call: {} at column {}; {help}",
        error.kind(),
        invoke.len() - call.len() + error.span().start + 1
    )
}

/// Whether a name means an interface; its version may be left out.
fn is_interface(interface: Option<&str>, name: &str) -> bool {
    interface.is_some_and(|interface| interface == name || interface.split('@').next() == Some(name))
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
