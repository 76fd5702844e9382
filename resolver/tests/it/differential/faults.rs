//! Faults that are put into correct Models: each breaks a rule of WIT, or nearly does.

use fastrand::Rng;
use semver::Version;
use witwright_resolver::Model;
use witwright_resolver::model::{
    Func, Gate, InterfaceId, Stability, Type, TypeDefKind, TypeId, TypeOwner, WorldId, WorldItemKind,
};

use super::Choose as _;
use super::generate::type_ref;

const ODD_NAMES: [&str; 9] = ["Aa", "a_b", "1a", "a--b", "a-", "A-b", "ab-CD", "a1-2b", "%a"];

/// Puts one fault into a Model, if the Model has a place for it.
pub(super) fn put(random: &mut Rng, model: &mut Model) {
    match random.usize(..12) {
        0 => with_type(random, model, |_, model, id| repeat_member(model, id)),
        1 => with_type(random, model, |_, model, id| clear_members(model, id)),
        2 => with_type(random, model, rename_type),
        3 => with_type(random, model, |random, model, id| {
            model.types[id].kind = TypeDefKind::Alias(type_ref(any_type(random, model)));
        }),
        4 => with_func(random, model, |random, model, func| {
            let ty = any_type(random, model);
            func.result = Some(type_ref(ty));
        }),
        5 => with_func(random, model, |random, model, func| {
            let borrow = (model.types.iter().map(|(id, def)| (id, &def.kind)))
                .filter_map(|(id, kind)| matches!(kind, TypeDefKind::Borrow(_)).then_some(id));
            let borrows: Vec<TypeId> = borrow.collect();
            if !borrows.is_empty() {
                func.result = Some(type_ref(Type::Id(*random.pick(&borrows))));
            }
        }),
        6 => with_func(random, model, |_, _, func| func.params.extend(func.params.last().cloned())),
        7 => with_func(random, model, |random, _, func| func.name = (*random.pick(&ODD_NAMES)).to_owned()),
        8 => with_interface(random, model, |_, model, id| {
            let func = model.interfaces[id].funcs.last().cloned();
            model.interfaces[id].funcs.extend(func);
        }),
        9 => with_interface(random, model, |random, model, id| model.interfaces[id].gate = odd_gate(random)),
        10 => with_world(random, model, |_, model, id| {
            let import = model.worlds[id].imports.last().cloned();
            model.worlds[id].imports.extend(import);
        }),
        _ => with_container(random, model),
    }
}

fn with_type(random: &mut Rng, model: &mut Model, put: fn(&mut Rng, &mut Model, TypeId)) {
    let named: Vec<TypeId> = model.types.iter().filter(|(_, def)| def.name.is_some()).map(|(id, _)| id).collect();
    if !named.is_empty() {
        let id = *random.pick(&named);
        put(random, model, id);
    }
}

fn with_interface(random: &mut Rng, model: &mut Model, put: fn(&mut Rng, &mut Model, InterfaceId)) {
    let ids: Vec<InterfaceId> = model.interfaces.iter().map(|(id, _)| id).collect();
    let id = *random.pick(&ids);
    put(random, model, id);
}

fn with_world(random: &mut Rng, model: &mut Model, put: fn(&mut Rng, &mut Model, WorldId)) {
    let ids: Vec<WorldId> = model.worlds.iter().map(|(id, _)| id).collect();
    if !ids.is_empty() {
        let id = *random.pick(&ids);
        put(random, model, id);
    }
}

fn with_func(random: &mut Rng, model: &mut Model, put: fn(&mut Rng, &Model, &mut Func)) {
    let ids: Vec<InterfaceId> = model.interfaces.iter().map(|(id, _)| id).collect();
    let id = *random.pick(&ids);
    let count = model.interfaces[id].funcs.len();
    if count > 0 {
        let place = random.usize(..count);
        let mut func = model.interfaces[id].funcs[place].clone();
        put(random, model, &mut func);
        model.interfaces[id].funcs[place] = func;
    }
}

/// Gives a compound type a part that it may not have.
fn with_container(random: &mut Rng, model: &mut Model) {
    let ids = model.types.iter().filter(|(_, def)| def.name.is_none()).map(|(id, _)| id);
    let ids: Vec<TypeId> = ids.collect();
    if ids.is_empty() {
        return;
    }
    let id = *random.pick(&ids);
    let named = any_type(random, model);
    let other = type_ref(*random.pick(&[Type::Char, Type::F32, Type::String]));
    match &mut model.types[id].kind {
        TypeDefKind::Map(key, _) => *key = other,
        TypeDefKind::Stream(payload) | TypeDefKind::Future(payload) => *payload = Some(other),
        TypeDefKind::List(_, length) => *length = Some(0),
        TypeDefKind::Tuple(types) => types.clear(),
        TypeDefKind::Own(resource) | TypeDefKind::Borrow(resource) => {
            let Type::Id(named) = named else { return };
            *resource = named;
        }
        TypeDefKind::Option(_)
        | TypeDefKind::Result(..)
        | TypeDefKind::Alias(_)
        | TypeDefKind::Record(_)
        | TypeDefKind::Variant(_)
        | TypeDefKind::Enum(_)
        | TypeDefKind::Flags(_)
        | TypeDefKind::Resource => {}
    }
}

fn repeat_member(model: &mut Model, id: TypeId) {
    match &mut model.types[id].kind {
        TypeDefKind::Record(fields) => fields.extend(fields.last().cloned()),
        TypeDefKind::Variant(cases) => cases.extend(cases.last().cloned()),
        TypeDefKind::Enum(labels) | TypeDefKind::Flags(labels) => {
            let mut label = labels.last().cloned();
            // Names that differ only in case count as the same.
            label.iter_mut().for_each(|label| label.name = label.name.to_uppercase());
            labels.extend(label);
        }
        TypeDefKind::Alias(_)
        | TypeDefKind::Resource
        | TypeDefKind::Own(_)
        | TypeDefKind::Borrow(_)
        | TypeDefKind::Tuple(_)
        | TypeDefKind::List(..)
        | TypeDefKind::Option(_)
        | TypeDefKind::Result(..)
        | TypeDefKind::Map(..)
        | TypeDefKind::Future(_)
        | TypeDefKind::Stream(_) => {}
    }
}

fn clear_members(model: &mut Model, id: TypeId) {
    match &mut model.types[id].kind {
        TypeDefKind::Record(fields) => fields.clear(),
        TypeDefKind::Variant(cases) => cases.clear(),
        TypeDefKind::Enum(labels) | TypeDefKind::Flags(labels) => labels.clear(),
        TypeDefKind::Alias(_)
        | TypeDefKind::Resource
        | TypeDefKind::Own(_)
        | TypeDefKind::Borrow(_)
        | TypeDefKind::Tuple(_)
        | TypeDefKind::List(..)
        | TypeDefKind::Option(_)
        | TypeDefKind::Result(..)
        | TypeDefKind::Map(..)
        | TypeDefKind::Future(_)
        | TypeDefKind::Stream(_) => {}
    }
}

/// The name of another type in the same interface or world, or an unusual name.
fn rename_type(random: &mut Rng, model: &mut Model, id: TypeId) {
    let others: Vec<String> = match model.types[id].owner {
        Some(TypeOwner::Interface(interface)) => {
            model.interfaces[interface].types.iter().filter_map(|&ty| model.types[ty].name.clone()).collect()
        }
        Some(TypeOwner::World(world)) => {
            let items = model.worlds[world].imports.iter();
            items
                .filter(|item| matches!(item.kind, WorldItemKind::Type(_)))
                .map(|item| model.key_name(&item.key))
                .collect()
        }
        None => Vec::new(),
    };
    let odd = (*random.pick(&ODD_NAMES)).to_owned();
    let name = if others.is_empty() || random.percent(50) { odd } else { random.pick(&others).clone() };
    model.types[id].name = Some(name);
}

/// Any named type, wherever it is defined.
fn any_type(random: &mut Rng, model: &Model) -> Type {
    let named: Vec<TypeId> = model.types.iter().filter(|(_, def)| def.name.is_some()).map(|(id, _)| id).collect();
    if named.is_empty() { Type::U8 } else { Type::Id(*random.pick(&named)) }
}

fn odd_gate(random: &mut Rng) -> Gate {
    let version = Version::new(1, 9, 0);
    match random.usize(..3) {
        0 => Gate::new(Stability::Since(version), None),
        1 => Gate::new(None, Some(version)),
        _ => Gate::new(Stability::Unstable(super::FEATURES[0].to_owned()), Some(version)),
    }
}
