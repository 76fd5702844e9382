//! The target `echo` in wasmtime's component runtime.

use std::sync::{Arc, Mutex, OnceLock};

use wasmtime::component::{Component, Linker, Val as Theirs};
use wasmtime::{Config, Engine, Store};
use witwright_host::Val;

use super::Echo;
use super::types::{Definition, Type, Types};

pub(super) fn echo(binary: &[u8], types: &Types, ty: &Type, values: &[Val]) -> Vec<Echo> {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| {
        let mut config = Config::new();
        config.wasm_component_model_map(true).wasm_component_model_fixed_length_lists(true);
        Engine::new(&config).expect("the features are there")
    });
    let component = Component::new(engine, binary).unwrap_or_else(|error| panic!("{error:?}"));
    let arrived = Arc::new(Mutex::new(None));
    let seen = arrived.clone();
    let mut linker = Linker::<()>::new(engine);
    let host = linker.root().func_new("host", move |_, _, parameters, results| {
        *seen.lock().expect("no one panics with it") = Some(parameters[0].clone());
        results[0] = parameters[0].clone();
        Ok(())
    });
    host.expect("the name is free");
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap_or_else(|error| panic!("{error:?}"));
    let echo = instance.get_func(&mut store, "echo").expect("it is exported");
    let told = |value: &Theirs| format!("{:?}", ours(value));
    let send = |value: &Val| {
        let mut results = [Theirs::Bool(false)];
        let sent = theirs(types, ty, value);
        echo.call(&mut store, &[sent], &mut results).unwrap_or_else(|error| panic!("{error:?}"));
        let arrived = arrived.lock().expect("no one panics with it").as_ref().map(told);
        Echo { arrived: arrived.unwrap_or_default(), returned: told(&results[0]) }
    };
    values.iter().map(send).collect()
}

/// Our value as theirs, which has different values for fixed-length and other lists.
fn theirs(types: &Types, ty: &Type, value: &Val) -> Theirs {
    let of = |ty: &Type, value: &Val| theirs(types, ty, value);
    let payload = |ty: Option<&Type>, value: &Option<Box<Val>>| {
        ty.zip(value.as_deref()).map(|(ty, value)| Box::new(theirs(types, ty, value)))
    };
    match (ty, value) {
        (Type::List(ty), Val::List(items)) => Theirs::List(items.iter().map(|item| of(ty, item)).collect()),
        (Type::FixedList(ty, _), Val::List(items)) => {
            Theirs::FixedLengthList(items.iter().map(|item| of(ty, item)).collect())
        }
        (Type::Map(_, ty), Val::Map(items)) => {
            Theirs::Map(items.iter().map(|(key, value)| (primitive(key), of(ty, value))).collect())
        }
        (Type::Tuple(types), Val::Tuple(items)) => {
            Theirs::Tuple(types.iter().zip(items).map(|(ty, item)| of(ty, item)).collect())
        }
        (Type::Option(ty), Val::Option(value)) => Theirs::Option(payload(Some(ty), value)),
        (Type::Result(ok, _), Val::Result(Ok(value))) => Theirs::Result(Ok(payload(ok.as_deref(), value))),
        (Type::Result(_, error), Val::Result(Err(value))) => Theirs::Result(Err(payload(error.as_deref(), value))),
        (Type::Named(index), _) => match (&types.definitions[*index], value) {
            (Definition::Record(types), Val::Record(fields)) => {
                let field = |(ty, (name, value)): (&Type, &(String, Val))| (name.clone(), of(ty, value));
                Theirs::Record(types.iter().zip(fields).map(field).collect())
            }
            (Definition::Variant(cases), Val::Variant(name, value)) => {
                let index: usize = name[1..].parse().expect("cases are numbered");
                Theirs::Variant(name.clone(), payload(cases[index].as_ref(), value))
            }
            (_, value) => primitive(value),
        },
        (_, value) => primitive(value),
    }
}

/// A value without parts.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others have parts")]
fn primitive(value: &Val) -> Theirs {
    match value {
        Val::Bool(value) => Theirs::Bool(*value),
        Val::S8(value) => Theirs::S8(*value),
        Val::U8(value) => Theirs::U8(*value),
        Val::S16(value) => Theirs::S16(*value),
        Val::U16(value) => Theirs::U16(*value),
        Val::S32(value) => Theirs::S32(*value),
        Val::U32(value) => Theirs::U32(*value),
        Val::S64(value) => Theirs::S64(*value),
        Val::U64(value) => Theirs::U64(*value),
        Val::F32(value) => Theirs::Float32(*value),
        Val::F64(value) => Theirs::Float64(*value),
        Val::Char(value) => Theirs::Char(*value),
        Val::String(value) => Theirs::String(value.clone()),
        Val::Enum(name) => Theirs::Enum(name.clone()),
        Val::Flags(names) => Theirs::Flags(names.clone()),
        other => unreachable!("{} has parts", other.shape()),
    }
}

/// Their value as ours.
#[expect(clippy::wildcard_enum_match_arm, reason = "handles are not sent")]
fn ours(value: &Theirs) -> Val {
    let list = |items: &[Theirs]| items.iter().map(ours).collect();
    let payload = |value: &Option<Box<Theirs>>| value.as_deref().map(|value| Box::new(ours(value)));
    match value {
        Theirs::Bool(value) => Val::Bool(*value),
        Theirs::S8(value) => Val::S8(*value),
        Theirs::U8(value) => Val::U8(*value),
        Theirs::S16(value) => Val::S16(*value),
        Theirs::U16(value) => Val::U16(*value),
        Theirs::S32(value) => Val::S32(*value),
        Theirs::U32(value) => Val::U32(*value),
        Theirs::S64(value) => Val::S64(*value),
        Theirs::U64(value) => Val::U64(*value),
        Theirs::Float32(value) => Val::F32(*value),
        Theirs::Float64(value) => Val::F64(*value),
        Theirs::Char(value) => Val::Char(*value),
        Theirs::String(value) => Val::String(value.clone()),
        Theirs::List(items) | Theirs::FixedLengthList(items) => Val::List(list(items)),
        Theirs::Map(items) => Val::Map(items.iter().map(|(key, value)| (ours(key), ours(value))).collect()),
        Theirs::Record(fields) => Val::Record(fields.iter().map(|(name, value)| (name.clone(), ours(value))).collect()),
        Theirs::Tuple(items) => Val::Tuple(list(items)),
        Theirs::Variant(name, value) => Val::Variant(name.clone(), payload(value)),
        Theirs::Enum(name) => Val::Enum(name.clone()),
        Theirs::Option(value) => Val::Option(payload(value)),
        Theirs::Result(Ok(value)) => Val::Result(Ok(payload(value))),
        Theirs::Result(Err(value)) => Val::Result(Err(payload(value))),
        Theirs::Flags(names) => Val::Flags(names.clone()),
        other => unreachable!("{other:?} is not sent"),
    }
}
