//! Types of maps, which are lists of pairs in memory. If several entries have one key, the last one counts.

use alloc::collections::BTreeMap;
#[cfg(feature = "std")]
use core::hash::{BuildHasher, Hash};
#[cfg(feature = "std")]
use std::collections::HashMap;

use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::form::TypeLayout;
use crate::impls::{load_pair, pop_pair, push_pair, store_pair};
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx, layouts};

/// A type of maps. Bindings also iterate over references to its entries.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type of maps",
    label = "the option `map_type` names it",
    note = "implement `WitMap` for it, and `IntoIterator` for references to it"
)]
pub trait WitMap<K, V>: Sized {
    /// A map without entries, with room for `capacity` of them.
    fn wit_map_new(capacity: usize) -> Self;
    /// Adds an entry.
    fn wit_map_push(&mut self, key: K, value: V);
    /// The number of entries.
    fn wit_map_len(&self) -> usize;
}

impl<K: Ord, V> WitMap<K, V> for BTreeMap<K, V> {
    fn wit_map_new(_: usize) -> Self {
        BTreeMap::new()
    }

    fn wit_map_push(&mut self, key: K, value: V) {
        self.insert(key, value);
    }

    fn wit_map_len(&self) -> usize {
        self.len()
    }
}

#[cfg(feature = "std")]
impl<K: Eq + Hash, V, S: BuildHasher + Default> WitMap<K, V> for HashMap<K, V, S> {
    fn wit_map_new(capacity: usize) -> Self {
        HashMap::with_capacity_and_hasher(capacity, S::default())
    }

    fn wit_map_push(&mut self, key: K, value: V) {
        self.insert(key, value);
    }

    fn wit_map_len(&self) -> usize {
        self.len()
    }
}

/// Implements lift and lower for a [`WitMap`]: its path, and further parameters in brackets.
macro_rules! map {
    ([$($map:tt)+] $([$more:ident])?) => {
        impl<_K: ComponentType, _V: ComponentType $(, $more)?>
            ComponentType for $($map)+<_K, _V $(, $more)?>
        {
            const DESC: &'static TypeDesc = &TypeDesc::Map(_K::DESC, _V::DESC);
            const PARTS: &'static [TypeLayout] = layouts![_K, _V];
        }

        impl<_K: Lower, _V: Lower $(, $more)?> Lower
            for $($map)+<_K, _V $(, $more)?>
        where
            Self: WitMap<_K, _V>,
            for<'a> &'a Self: IntoIterator<Item = (&'a _K, &'a _V)>,
        {
            fn lower<_C: LowerCx>(
                &self,
                cx: &mut _C,
                flat: &mut FlatWriter<'_>,
            ) -> Result<(), _C::Error> {
                let len = WitMap::wit_map_len(self);
                lower(IntoIterator::into_iter(self), len, cx, flat)
            }

            fn store<_C: LowerCx>(
                &self,
                cx: &mut _C,
                addr: u32,
            ) -> Result<(), _C::Error> {
                let len = WitMap::wit_map_len(self);
                store(IntoIterator::into_iter(self), len, cx, addr)
            }
        }

        impl<_K: Lift, _V: Lift $(, $more)?> Lift
            for $($map)+<_K, _V $(, $more)?>
        where
            Self: WitMap<_K, _V>,
        {
            fn lift<_C: LiftCx>(
                cx: &mut _C,
                flat: &mut FlatReader<'_>,
            ) -> Result<Self, _C::Error> {
                lift(cx, flat)
            }

            fn load<_C: LiftCx>(cx: &mut _C, addr: u32) -> Result<Self, _C::Error> {
                load(cx, addr)
            }
        }
    };
}

map!([BTreeMap]);
#[cfg(feature = "std")]
map!([HashMap][_S]);

/// Writes the flat form of a map of `len` entries.
///
/// # Errors
/// The errors of the context.
pub(crate) fn lower<'a, K: Lower + 'a, V: Lower + 'a, C: LowerCx>(
    entries: impl Iterator<Item = (&'a K, &'a V)>,
    len: usize,
    cx: &mut C,
    flat: &mut FlatWriter<'_>,
) -> Result<(), C::Error> {
    push_pair(flat, lower_entries(entries, len, cx)?);
    Ok(())
}

/// Writes a map of `len` entries at an address.
///
/// # Errors
/// The errors of the context.
pub(crate) fn store<'a, K: Lower + 'a, V: Lower + 'a, C: LowerCx>(
    entries: impl Iterator<Item = (&'a K, &'a V)>,
    len: usize,
    cx: &mut C,
    addr: u32,
) -> Result<(), C::Error> {
    let pair = lower_entries(entries, len, cx)?;
    store_pair(cx, addr, pair)
}

/// Reads a map from its flat form.
///
/// # Errors
/// The errors of its entries.
pub(crate) fn lift<K: Lift, V: Lift, M: WitMap<K, V>, C: LiftCx>(
    cx: &mut C,
    flat: &mut FlatReader<'_>,
) -> Result<M, C::Error> {
    lift_entries(cx, pop_pair(flat))
}

/// Reads a map at an address.
///
/// # Errors
/// The errors of its entries.
pub(crate) fn load<K: Lift, V: Lift, M: WitMap<K, V>, C: LiftCx>(cx: &mut C, addr: u32) -> Result<M, C::Error> {
    let pair = load_pair(cx, addr)?;
    lift_entries(cx, pair)
}

fn lower_entries<'a, K: Lower + 'a, V: Lower + 'a, C: LowerCx>(
    entries: impl Iterator<Item = (&'a K, &'a V)>,
    len: usize,
    cx: &mut C,
) -> Result<(u32, u32), C::Error> {
    let entry = <(K, V)>::ABI;
    let (ptr, count) = cx.alloc_list(entry, len)?;
    let mut addr = ptr;
    // The list has room for `len` entries, even if the iterator has more.
    for pair in entries.take(len) {
        pair.store(cx, addr)?;
        addr = addr.wrapping_add(entry.size);
    }
    assert!(addr == ptr.wrapping_add(entry.size.wrapping_mul(count)), "a map has fewer entries than its length");
    Ok((ptr, count))
}

fn lift_entries<K: Lift, V: Lift, M: WitMap<K, V>, C: LiftCx>(
    cx: &mut C,
    (ptr, len): (u32, u32),
) -> Result<M, C::Error> {
    let entries = <(K, V)>::lift_list(cx, ptr, len)?;
    let mut map = M::wit_map_new(entries.len());
    for (key, value) in entries {
        map.wit_map_push(key, value);
    }
    Ok(map)
}
