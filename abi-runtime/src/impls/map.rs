//! Maps: lists of pairs in memory. Of several entries with one key the last wins.

use alloc::collections::BTreeMap;
#[cfg(feature = "std")]
use core::hash::{BuildHasher, Hash};
#[cfg(feature = "std")]
use std::collections::HashMap;

use super::list::{push_pair, store_pair};
use super::owned::{load_pair, pop_pair};
use crate::desc::TypeDesc;
use crate::flat::{FlatReader, FlatWriter};
use crate::transfer::{ComponentType, Lift, LiftCx, Lower, LowerCx};

impl<K: ComponentType, V: ComponentType> ComponentType for BTreeMap<K, V> {
    const DESC: &'static TypeDesc = &TypeDesc::Map(K::DESC, V::DESC);
}

impl<K: Lower, V: Lower> Lower for BTreeMap<K, V> {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        push_pair(flat, lower_entries(self.iter(), cx)?);
        Ok(())
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let pair = lower_entries(self.iter(), cx)?;
        store_pair(cx, addr, pair)
    }
}

impl<K: Lift + Ord, V: Lift> Lift for BTreeMap<K, V> {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let (ptr, len) = pop_pair(flat);
        Ok(<(K, V)>::lift_list(cx, ptr, len)?.into_iter().collect())
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let (ptr, len) = load_pair(cx, addr)?;
        Ok(<(K, V)>::lift_list(cx, ptr, len)?.into_iter().collect())
    }
}

#[cfg(feature = "std")]
impl<K: ComponentType, V: ComponentType, S> ComponentType for HashMap<K, V, S> {
    const DESC: &'static TypeDesc = &TypeDesc::Map(K::DESC, V::DESC);
}

#[cfg(feature = "std")]
impl<K: Lower, V: Lower, S> Lower for HashMap<K, V, S> {
    fn lower<C: LowerCx>(&self, cx: &mut C, flat: &mut FlatWriter<'_>) -> Result<(), C::Error> {
        push_pair(flat, lower_entries(self.iter(), cx)?);
        Ok(())
    }

    fn store<C: LowerCx>(&self, cx: &mut C, addr: u32) -> Result<(), C::Error> {
        let pair = lower_entries(self.iter(), cx)?;
        store_pair(cx, addr, pair)
    }
}

#[cfg(feature = "std")]
impl<K: Lift + Eq + Hash, V: Lift, S: BuildHasher + Default> Lift for HashMap<K, V, S> {
    fn lift<C: LiftCx>(cx: &mut C, flat: &mut FlatReader<'_>) -> Result<Self, C::Error> {
        let (ptr, len) = pop_pair(flat);
        Ok(<(K, V)>::lift_list(cx, ptr, len)?.into_iter().collect())
    }

    fn load<C: LiftCx>(cx: &mut C, addr: u32) -> Result<Self, C::Error> {
        let (ptr, len) = load_pair(cx, addr)?;
        Ok(<(K, V)>::lift_list(cx, ptr, len)?.into_iter().collect())
    }
}

fn lower_entries<'a, K: Lower + 'a, V: Lower + 'a, C: LowerCx>(
    entries: impl ExactSizeIterator<Item = (&'a K, &'a V)>,
    cx: &mut C,
) -> Result<(u32, u32), C::Error> {
    let entry = <(K, V)>::ABI;
    let (ptr, len) = cx.alloc_list(entry, entries.len())?;
    let mut addr = ptr;
    for pair in entries {
        pair.store(cx, addr)?;
        addr = addr.wrapping_add(entry.size);
    }
    Ok((ptr, len))
}
