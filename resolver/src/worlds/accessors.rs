//! The order of getters and setters: a component must have the setter of a property after its getter.

use alloc::vec::Vec;

use crate::model::{Accessor, Func};

/// Moves each setter after its getter.
pub(crate) fn order_funcs(funcs: &mut Vec<Func>) {
    if funcs.iter().any(|func| func.accessor == Some(Accessor::Set)) {
        *funcs = getters_first(core::mem::take(funcs), |func| Some(func));
    }
}

/// The same items, each setter after its getter. `func` returns the function of an item, if it is one.
pub(super) fn getters_first<T>(items: Vec<T>, func: impl Fn(&T) -> Option<&Func>) -> Vec<T> {
    let mut out: Vec<T> = Vec::with_capacity(items.len());
    let mut early: Vec<T> = Vec::new();
    let is_pair = |a: &T, b: &T| match (func(a), func(b)) {
        (Some(a), Some(b)) => a.kind == b.kind && a.name == b.name && a.accessor != b.accessor,
        (None, _) | (_, None) => false,
    };
    for item in items {
        let is_setter = func(&item).is_some_and(|func| func.accessor == Some(Accessor::Set));
        if is_setter && !out.iter().any(|other| is_pair(&item, other)) {
            early.push(item);
            continue;
        }
        let waiting = early.iter().position(|setter| is_pair(setter, &item)).map(|i| early.remove(i));
        out.push(item);
        out.extend(waiting);
    }
    out.extend(early);
    out
}
