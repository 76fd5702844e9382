//! The targets `component` and `engines`: any bytes are decoded, validated, planned, instantiated with imports that trap,
//! and called. `component` uses wasmi; `engines` uses both engines, whose results must be the same.

use std::sync::OnceLock;

use witwright_host::FaultKind;
use witwright_host::{
    Component, CoreEngine, EngineOptions, Error, ErrorKind, ExportedFunc, Gate, Instance, Limits, Linker, Options,
    Store, Type, Val, validate, wasmi, wasmtime,
};

/// The fuel for one input.
const FUEL: u64 = 100_000;

/// The prefix of an error that depends on the engine: missing features, fuel, capacity.
const ENGINE: &str = "[engine] ";

/// A world that components are compared with.
#[allow(unreachable_pub, reason = "generated for crates that publish it")]
mod tables {
    include!("../../../codegen/tests/data/tables/everything.rs");
}

/// The facts about a component on wasmi.
///
/// # Panics
/// If an assertion about the component fails.
pub fn run(bytes: &[u8]) -> String {
    static ENGINE: OnceLock<wasmi::Engine> = OnceLock::new();
    run_on(ENGINE.get_or_init(|| wasmi::Engine::new(with_fuel())), bytes)
}

/// The facts about a component on both engines.
///
/// # Panics
/// If the engines differ.
pub fn both(bytes: &[u8]) -> String {
    static ENGINE: OnceLock<wasmtime::Engine> = OnceLock::new();
    let on_wasmi = run(bytes);
    let on_wasmtime = run_on(ENGINE.get_or_init(|| wasmtime::Engine::new(with_fuel())), bytes);
    let depends = on_wasmi.contains(self::ENGINE) || on_wasmtime.contains(self::ENGINE);
    assert!(depends || on_wasmi == on_wasmtime, "wasmi: {on_wasmi}\nwasmtime: {on_wasmtime}");
    on_wasmi
}

fn with_fuel() -> EngineOptions {
    let mut options = EngineOptions::default();
    options.fuel = true;
    options
}

fn run_on<E: CoreEngine>(engine: &E, bytes: &[u8]) -> String {
    let options = options();
    let component = match Component::with_options(engine, bytes, &options) {
        Ok(component) => component,
        Err(error) => {
            let refused = matches!(error.kind(), ErrorKind::Invalid { .. });
            assert!(!refused || validate(bytes, &options).is_err(), "refused although it is valid: {error}");
            return format!("refused: {}", gist(&error));
        }
    };
    // The problems can be displayed, whatever the component is.
    let _problems = component.check_world(&tables::EVERYTHING).map_err(|error| error.to_string());
    let mut linker = Linker::<(), E>::new(engine);
    linker.trap_unknown_imports(&component);
    let mut store = Store::with_limits(engine, (), limits());
    match linker.instantiate(&mut store, &component) {
        Ok(instance) => calls(&mut store, instance),
        Err(error) => format!("not instantiated: {}", gist(&error)),
    }
}

/// Calls every export whose parameters have no handles.
fn calls<E: CoreEngine>(store: &mut Store<(), E>, instance: Instance) -> String {
    let exports = match instance.exports(&mut *store) {
        Ok(exports) => exports,
        Err(error) => return format!("not looked at: {}", gist(&error)),
    };
    let mut said = String::from("instantiated");
    for ExportedFunc { func, .. } in exports.iter().take(20) {
        let ty = func.ty(&mut *store).expect("the function is of this store");
        let Some(parameters) = ty.params.iter().map(|(_, ty)| zero(ty)).collect::<Option<Vec<Val>>>() else { continue };
        match func.call(&mut *store, &parameters) {
            Ok(result) => said += &format!("; {}", result.as_ref().map_or("()", Val::shape)),
            Err(error) => said += &format!("; {}", gist(&error)),
        }
    }
    said
}

/// All features that the component model's own tests use.
fn options() -> Options {
    let mut options = Options::default();
    options.gates = [
        Gate::MoreAsyncBuiltins,
        Gate::Threading,
        Gate::AsyncStackful,
        Gate::FixedLengthLists,
        Gate::Forward,
        Gate::ErrorContext,
    ]
    .into();
    options.limits.instances = 50;
    options.limits.definitions = 10_000;
    options.limits.nesting = 50;
    options.limits.lifted_bytes = 1 << 20;
    options.limits.handles = 1000;
    options
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.call_depth = 50;
    limits.fuel = Some(FUEL);
    limits.memory_bytes = 16 << 20;
    limits.table_elements = 100_000;
    limits.core_instances = 100;
    limits
}

/// The first words of an error, without numbers, because numbers differ from input to input.
pub(crate) fn gist(error: &Error) -> String {
    let mut gist = String::new();
    if let ErrorKind::Core(fault) = error.kind()
        && !matches!(fault.kind(), FaultKind::Trap(_) | FaultKind::Host | FaultKind::CannotBlock)
    {
        gist += ENGINE;
    }
    gist.extend(error.to_string().chars().filter(|char| !char.is_ascii_digit()).take(60));
    gist
}

/// The smallest value of a type. `None` for handles.
#[expect(clippy::wildcard_enum_match_arm, reason = "handles, and whatever types are to come, have no such value")]
fn zero(ty: &Type) -> Option<Val> {
    let name = |name: Option<&String>| name.cloned().unwrap_or_default();
    let zeros = |types: &[Type]| types.iter().map(zero).collect::<Option<Vec<Val>>>();
    Some(match ty {
        Type::Bool => Val::Bool(false),
        Type::S8 => Val::S8(0),
        Type::U8 => Val::U8(0),
        Type::S16 => Val::S16(0),
        Type::U16 => Val::U16(0),
        Type::S32 => Val::S32(0),
        Type::U32 => Val::U32(0),
        Type::S64 => Val::S64(0),
        Type::U64 => Val::U64(0),
        Type::F32 => Val::F32(0.0),
        Type::F64 => Val::F64(0.0),
        Type::Char => Val::Char('\0'),
        Type::String => Val::String("a string".into()),
        Type::List(ty) => Val::List(vec![zero(ty)?; 2]),
        Type::FixedList(ty, len) => Val::List(vec![zero(ty)?; usize::try_from(*len).ok().filter(|len| *len < 1000)?]),
        Type::Map(_) => Val::Map(Vec::new()),
        Type::Tuple(types) => Val::Tuple(zeros(types)?),
        Type::Option(ty) => Val::Option(zero(ty).map(Box::new)),
        Type::Result(types) => match &**types {
            (Some(ok), _) => Val::Result(Ok(Some(Box::new(zero(ok)?)))),
            (None, _) => Val::Result(Ok(None)),
        },
        Type::Record(fields) => {
            let field = |(name, ty): &(String, Type)| Some((name.clone(), zero(ty)?));
            Val::Record(fields.iter().map(field).collect::<Option<_>>()?)
        }
        Type::Variant(cases) => match cases.first()? {
            (name, Some(ty)) => Val::Variant(name.clone(), Some(Box::new(zero(ty)?))),
            (name, None) => Val::Variant(name.clone(), None),
        },
        Type::Enum(cases) => Val::Enum(name(cases.first())),
        Type::Flags(flags) => Val::Flags(flags.clone()),
        _ => return None,
    })
}
