//! Runs a component of the world `greeter`, which `wit/greeter.wit` describes.

use witwright::wasi::{WasiCtx, WasiCtxView, WasiState, WasiView, p2};
use witwright::wasmi::Engine;
use witwright::{Component, HasSelf, Linker, Store};

witwright::host!({ path: "{{wit}}", world: "greeter" });

/// The state of a store, on which the functions of the host work.
struct State {
    lines: Vec<String>,
    wasi: WasiState,
}

impl GreeterImports for State {
    fn log(&mut self, line: String) {
        self.lines.push(line);
    }
}

impl WasiView for State {
    fn wasi(&mut self) -> WasiCtxView<'_> {
        self.wasi.wasi()
    }
}

/// The greeting of a component, and what it logged.
fn greet(component: &[u8], name: &str) -> Result<(String, Vec<String>), witwright::Error> {
    let engine = Engine::default();
    let component = Component::new(&engine, component)?;
    let mut linker = Linker::new(&engine);
    // A component is given nothing of this machine but standard error, for the message of a panic.
    p2::add_to_linker(&mut linker)?;
    Greeter::add_to_linker::<HasSelf<State>>(&mut linker)?;
    let wasi = WasiState::new(WasiCtx::builder().inherit_stderr().build());
    let mut store = Store::new(&engine, State { lines: Vec::new(), wasi });
    let greeter = Greeter::instantiate(&mut store, &component, &linker)?;
    let greeting = greeter.call_greet(&mut store, name)?;
    Ok((greeting, store.into_data().lines))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "{{component}}".to_owned());
    let name = arguments.next().unwrap_or_else(|| "Ada".to_owned());
    let component = std::fs::read(&path).map_err(|error| format!("cannot read {path}: {error}{{hint}}"))?;
    let (greeting, lines) = greet(&component, &name)?;
    for line in lines {
        eprintln!("{path}: {line}");
    }
    println!("{greeting}");
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_component_greets() {
        // `witwright new` made it; what it does is written in `greeter.wat`.
        let component = include_bytes!("../tests/greeter.wasm");
        let (greeting, lines) = super::greet(component, "Ada").unwrap();
        assert_eq!(greeting, "Hello, Ada!");
        assert_eq!(lines, ["Ada"]);
    }
}
