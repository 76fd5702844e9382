//! Definitions of both Models must be equal.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::{MergeError, MergeReason};
use crate::equality::{Difference, Equality};
use crate::model::{
    Direction, Gate, InterfaceId, Model, PackageName, Type, TypeId, TypeOwner, WorldId, WorldItem, WorldItemKind,
    WorldKey,
};

/// Compares the definitions of both Models.
pub(super) fn check(into: &Model, from: &Model) -> Result<(), MergeError> {
    let same_resource = |a: TypeId, b: TypeId| home(into, a) == home(from, b);
    let equality = Equality::new(into, from, &same_resource);
    let packages = by_name(into.packages.iter().map(|(_, ours)| (&ours.name, ours)));
    for (_, theirs) in from.packages.iter() {
        let Some(&ours) = packages.get(&theirs.name) else { continue };
        let error = |item: &str, reason| MergeError { item: ours.name.qualify(item), reason };
        let our_interfaces = by_name(ours.interfaces.iter().map(|&a| (&into.interfaces[a].name, a)));
        for &b in &theirs.interfaces {
            let name = &from.interfaces[b].name;
            if let Some(&a) = our_interfaces.get(name) {
                interfaces(&equality, a, b).map_err(|reason| error(name.as_deref().unwrap_or_default(), reason))?;
            }
        }
        let our_worlds = by_name(ours.worlds.iter().map(|&a| (&into.worlds[a].name, a)));
        for &b in &theirs.worlds {
            let name = &from.worlds[b].name;
            if let Some(&a) = our_worlds.get(name) {
                worlds(&equality, a, b).map_err(|reason| error(name, reason))?;
            }
        }
    }
    Ok(())
}

/// Definitions by name; of several with one name the first.
fn by_name<N: Ord, D>(definitions: impl Iterator<Item = (N, D)>) -> BTreeMap<N, D> {
    let mut names = BTreeMap::new();
    for (name, definition) in definitions {
        names.entry(name).or_insert(definition);
    }
    names
}

/// The names of a type's package, of its interface or world, and of the type.
fn home(model: &Model, id: TypeId) -> (Option<(PackageName, String)>, Option<&str>) {
    let def = &model.types[id];
    let owner = def.owner.map(|owner| match owner {
        TypeOwner::Interface(id) => {
            let interface = &model.interfaces[id];
            (model.packages[interface.package].name.clone(), interface.name.clone().unwrap_or_default())
        }
        TypeOwner::World(id) => {
            let world = &model.worlds[id];
            (model.packages[world.package].name.clone(), world.name.clone())
        }
    });
    (owner, def.name.as_deref())
}

fn differs(name: String, difference: Option<Difference>) -> MergeReason {
    MergeReason::Differs { name, difference: difference.map(Box::new) }
}

fn interfaces(equality: &Equality<'_>, a: InterfaceId, b: InterfaceId) -> Result<(), MergeReason> {
    let (into, from) = (equality.wanted, equality.found);
    let (ours, theirs) = (&into.interfaces[a], &from.interfaces[b]);
    gates(&ours.gate, &theirs.gate, "")?;
    let our_types = by_name(ours.types.iter().map(|&x| (&into.types[x].name, x)));
    for &y in &theirs.types {
        let def = &from.types[y];
        let name = def.name.clone().unwrap_or_default();
        let Some(&x) = our_types.get(&def.name) else { continue };
        gates(&into.types[x].gate, &def.gate, &name)?;
        equality.types(Type::Id(x), Type::Id(y)).map_err(|difference| differs(name, Some(difference)))?;
    }
    let our_funcs = by_name(ours.funcs.iter().map(|x| (x.extern_name(into), x)));
    for y in &theirs.funcs {
        let name = y.extern_name(from);
        let Some(&x) = our_funcs.get(&name) else { continue };
        gates(&x.gate, &y.gate, &name)?;
        equality.funcs(x, y).map_err(|difference| differs(name, Some(difference)))?;
    }
    Ok(())
}

fn worlds(equality: &Equality<'_>, a: WorldId, b: WorldId) -> Result<(), MergeReason> {
    let (ours, theirs) = (&equality.wanted.worlds[a], &equality.found.worlds[b]);
    gates(&ours.gate, &theirs.gate, "")?;
    items(equality, Direction::Import, &ours.imports, &theirs.imports)?;
    items(equality, Direction::Export, &ours.exports, &theirs.exports)
}

fn items(equality: &Equality<'_>, direction: Direction, a: &[WorldItem], b: &[WorldItem]) -> Result<(), MergeReason> {
    let key = |model: &Model, item: &WorldItem| (matches!(item.key, WorldKey::Interface(_)), model.key_name(&item.key));
    let (into, from) = (equality.wanted, equality.found);
    let ours = by_name(a.iter().map(|item| (key(into, item), item)));
    let theirs = by_name(b.iter().map(|item| (key(from, item), item)));
    let lacks = |others: &BTreeMap<_, _>, model: &Model, item: &&WorldItem| !others.contains_key(&key(model, item));
    let only_ours = a.iter().find(|item| lacks(&theirs, into, item)).map(|item| key(into, item));
    let alone = only_ours.or_else(|| b.iter().find(|item| lacks(&ours, from, item)).map(|item| key(from, item)));
    if let Some((_, name)) = alone {
        return Err(MergeReason::OnlyInOne { direction, name });
    }
    for x in a {
        let (is_interface, name) = key(into, x);
        let Some(y) = theirs.get(&(is_interface, name.clone())) else { continue };
        gates(&x.gate, &y.gate, &name)?;
        match (&x.kind, &y.kind) {
            (WorldItemKind::Interface { id: x, .. }, WorldItemKind::Interface { id: y, .. }) => {
                // Interfaces of packages are compared with their packages.
                if into.interfaces[*x].name.is_none() || from.interfaces[*y].name.is_none() {
                    in_place(equality, *x, *y, &name)?;
                }
            }
            (WorldItemKind::Func(x), WorldItemKind::Func(y)) => {
                equality.funcs(x, y).map_err(|difference| differs(name, Some(difference)))?;
            }
            (WorldItemKind::Type(x), WorldItemKind::Type(y)) => {
                equality.types(Type::Id(*x), Type::Id(*y)).map_err(|difference| differs(name, Some(difference)))?;
            }
            (WorldItemKind::Interface { .. } | WorldItemKind::Func(_) | WorldItemKind::Type(_), _) => {
                return Err(differs(name, None));
            }
        }
    }
    Ok(())
}

/// Compares interfaces written in place, which must have the same items in both worlds.
fn in_place(equality: &Equality<'_>, a: InterfaceId, b: InterfaceId, name: &str) -> Result<(), MergeReason> {
    interfaces(equality, a, b)?;
    let names = |model: &Model, id: InterfaceId| -> Vec<String> {
        let interface = &model.interfaces[id];
        let types = interface.types.iter().map(|ty| model.types[*ty].name.clone().unwrap_or_default());
        let mut names: Vec<String> = types.chain(interface.funcs.iter().map(|func| func.extern_name(model))).collect();
        names.sort();
        names
    };
    let is_same = names(equality.wanted, a) == names(equality.found, b);
    if is_same { Ok(()) } else { Err(differs(name.into(), None)) }
}

/// Compares two gates. A gate that only one of them states holds for both.
fn gates(a: &Gate, b: &Gate, name: &str) -> Result<(), MergeReason> {
    let fits = *a == Gate::default() || *b == Gate::default() || a == b;
    if fits { Ok(()) } else { Err(MergeReason::Gates { name: name.into() }) }
}
