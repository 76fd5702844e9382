//! A program that asks a rule about temperatures: `embedded-host RULE CELSIUS..`. The rule is granted nothing, and its memory and
//! its time are limited.
#![expect(clippy::print_stdout, reason = "a program, which prints its result")]

use std::process::ExitCode;
use std::{env, fs};

use witwright::wasmi::Engine;
use witwright::{Component, EngineOptions, Error, Limits, Linker, Store};

witwright::host!({ path: "../rule-guest/wit", world: "rule" });

/// The bytes of memory that a rule may use.
const MEMORY_BYTES: usize = 2 << 20;

/// The instructions that a rule may run for one temperature, as the engine counts them.
const FUEL: u64 = 100_000;

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let rule = args.next();
    let temperatures = args.map(|celsius| celsius.parse()).collect::<Result<Vec<f32>, _>>();
    let (Some(rule), Ok(temperatures)) = (rule, temperatures) else {
        eprintln!("Usage: embedded-host RULE CELSIUS..");
        return ExitCode::from(2);
    };
    let rule = match fs::read(&rule) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("error: cannot read {rule}: {error}");
            return ExitCode::FAILURE;
        }
    };
    match judge(&rule, &temperatures) {
        Ok(judgements) => {
            judgements.iter().flatten().for_each(|why| println!("{why}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks a rule about each temperature.
fn judge(rule: &[u8], temperatures: &[f32]) -> Result<Vec<Option<String>>, Error> {
    let mut options = EngineOptions::default();
    options.fuel = true;
    let engine = Engine::new(options);
    let mut limits = Limits::default();
    limits.memory_bytes = MEMORY_BYTES;
    limits.fuel = Some(FUEL);
    let mut store = Store::with_limits(&engine, (), limits);
    // A linker with nothing in it: a component that imports anything is refused, with a list of what it lacks.
    let linker = Linker::new(&engine);
    let rule = Rule::instantiate(&mut store, &Component::new(&engine, rule)?, &linker)?;
    let judge = |celsius: &f32| {
        store.set_fuel(FUEL);
        rule.call_judge(&mut store, *celsius)
    };
    temperatures.iter().map(judge).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what fails a test may panic")]
mod tests {
    use wit_component::ComponentEncoder;
    use xtask::guests::{self, Target};
    use xtask::toolchain;

    use super::*;

    fn built(package: &str, target: Target) -> Vec<u8> {
        let workspace = xtask::root().join("Cargo.toml");
        let path = toolchain::ensure().and_then(|cargo| guests::build(&cargo, &workspace, package, target));
        fs::read(path.unwrap()).unwrap()
    }

    #[test]
    fn a_rule_judges() {
        let module = built("rule-guest", Target::Unknown);
        let rule = ComponentEncoder::default().validate(true).module(&module).unwrap().encode().unwrap();
        let judgements = judge(&rule, &[18.5, 31.0, 48.0]).unwrap();
        assert_eq!(judgements, [None, Some("31 °C is warm".to_owned()), Some("48 °C: switch it off".to_owned())]);
    }

    #[test]
    fn a_component_that_wants_more_is_refused() {
        let error = judge(&built("search-guest", Target::Wasip2), &[18.5]).unwrap_err().to_string();
        assert!(error.contains("wasi:filesystem/types"), "{error}");
    }

    #[test]
    fn a_rule_without_an_end_is_ended() {
        let rule = r#"(component
            (core module $m
                (memory (export "memory") 1)
                (func (export "judge") (param f32) (result i32) (loop (br 0)) (i32.const 0)))
            (core instance $i (instantiate $m))
            (func (export "judge") (param "celsius" f32) (result (option string))
                (canon lift (core func $i "judge") (memory (core memory $i "memory")))))"#;
        let error = judge(&wat::parse_str(rule).unwrap(), &[0.0]).unwrap_err().to_string();
        assert!(error.contains("fuel"), "{error}");
    }
}
