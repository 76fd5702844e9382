//! Tests of the host through its public interface.
#![allow(clippy::unwrap_used, reason = "what fails a test may panic")]

mod component;
mod engine_budgets;
mod engine_calls;
mod engine_suspend;

/// Runs each test, a function generic over the engine, on every enabled engine.
macro_rules! on_every_engine {
    ($($test:ident),* $(,)?) => {
        #[cfg(feature = "wasmi")]
        mod on_wasmi {
            $(
                #[test]
                fn $test() {
                    super::$test::<witwright_host::wasmi::Engine>();
                }
            )*
        }

        #[cfg(feature = "wasmtime")]
        mod on_wasmtime {
            $(
                #[test]
                fn $test() {
                    super::$test::<witwright_host::wasmtime::Engine>();
                }
            )*
        }
    };
}
use on_every_engine;

/// Runs each test, a function of an engine, on every engine that is enabled: on wasmtime with and without stack switching.
macro_rules! on_every_way_to_suspend {
    ($($test:ident),* $(,)?) => {
        #[cfg(feature = "wasmi")]
        mod on_wasmi {
            $(
                #[test]
                fn $test() {
                    super::$test(witwright_host::wasmi::Engine::default());
                }
            )*
        }

        #[cfg(feature = "wasmtime")]
        mod on_wasmtime {
            $(
                #[test]
                fn $test() {
                    super::$test(witwright_host::wasmtime::Engine::default());
                }
            )*
        }

        #[cfg(feature = "wasmtime")]
        mod on_wasmtime_with_fibers {
            $(
                #[test]
                fn $test() {
                    let mut options = witwright_host::EngineOptions::default();
                    options.stack_switching = false;
                    super::$test(witwright_host::wasmtime::Engine::new(options));
                }
            )*
        }
    };
}
use on_every_way_to_suspend;

/// Compiles a module given as text.
fn module<E: witwright_host::CoreEngine>(engine: &E, text: &str) -> E::Module {
    engine.compile(&wat::parse_str(text).unwrap()).unwrap()
}
