//! Resources: `resource.new`, `resource.rep`, `resource.drop`, and drops by the host
//! (`CanonicalABI.md#canon-resourcedrop`).

use alloc::sync::Arc;

use crate::call::entry::{check_may_enter, poison};
use crate::call::task::call_core;
use crate::engine::{CoreEngine, Flow};
use crate::error::{Error, HandleError};
use crate::ids::{InstanceId, ResourceType, RootIndex};
use crate::lifted::CallSite;
use crate::resource::{ResourceAny, ResourceVal};
use crate::store::linked::{Destructor, HostFunc};
use crate::store::{AsContextMut, StoreContextMut};
use crate::types::ResourceSlot;

/// `resource.new`
pub(crate) fn resource_new<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    instance: InstanceId,
    ty: ResourceType,
    slots: &mut [u64],
) -> Result<(), Error> {
    slots[0] = cx.state_mut().tables.machine.resource_new(instance, ty, slots[0])?.into();
    Ok(())
}

/// `resource.rep`
pub(crate) fn resource_rep<T: 'static, E: CoreEngine>(
    cx: StoreContextMut<'_, T, E>,
    instance: InstanceId,
    ty: ResourceType,
    slots: &mut [u64],
) -> Result<(), Error> {
    slots[0] = cx.state().tables.machine.resource_rep(instance, ty, slots[0] as u32)?;
    Ok(())
}

/// `resource.drop`
pub(crate) fn resource_drop<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    instance: InstanceId,
    (root, slot, ty): (RootIndex, ResourceSlot, ResourceType),
    slots: &mut [u64],
) -> Result<(), Error> {
    let Some(rep) = cx.state_mut().tables.machine.resource_drop(instance, ty, slots[0] as u32)? else { return Ok(()) };
    match cx.state().host_destructor(root, slot).cloned() {
        Some(drop) => {
            let dropped = drop(cx.as_context_mut(), rep);
            dropped.map_err(|error| {
                let plan = cx.state().root(root).component().plan();
                error.within(plan.destructor_name(slot) + " of the host")
            })
        }
        None => destroy(&mut cx, ty, rep),
    }
}

/// `resource.drop` of a resource whose destructor may wait.
pub(crate) fn resource_drop_async<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    site: &Arc<CallSite<E>>,
    ty: ResourceType,
    destructor: &HostFunc<T, E>,
    slots: &mut [u64],
) -> Result<Flow, Error> {
    let machine = &mut cx.state_mut().tables.machine;
    let Some(rep) = machine.resource_drop(site.options.instance, ty, slots[0] as u32)? else {
        return Ok(Flow::Return);
    };
    slots[0] = rep;
    destructor.call(cx, site, slots)
}

/// Runs a resource's destructor.
fn destroy<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    ty: ResourceType,
    rep: u64,
) -> Result<(), Error> {
    match &cx.state().destructors[ty.0 as usize] {
        Destructor::Host(drop) => {
            let drop = drop.clone();
            drop(cx.as_context_mut(), rep)
        }
        Destructor::Guest { dtor: None, .. } => Ok(()),
        Destructor::Guest { root, place, concurrency, dtor: Some(dtor) } => {
            let (root, place, concurrency, dtor) = (*root, *place, *concurrency, *dtor);
            check_may_enter(cx, root)?;
            call_core(cx, place, concurrency, dtor, Some(rep)).map_err(|error| {
                poison(cx, root);
                let root = cx.state().root(root);
                match root.resources.iter().position(|resource| *resource == ty) {
                    Some(slot) => error.within(root.component().plan().destructor_name(ResourceSlot(slot as u32))),
                    None => error,
                }
            })
        }
    }
}

impl<K: 'static> ResourceAny<K> {
    /// Drops the resource: its destructor runs in the guest.
    ///
    /// # Errors
    /// When it was given away or dropped before, or is lent, or the destructor traps.
    #[doc(alias = "resource_drop")]
    pub fn drop(self, mut store: impl AsContextMut) -> Result<(), Error> {
        let mut cx = store.as_context_mut();
        let (ty, rep) = cx.state_mut().tables.host_take(None, self.key)?;
        destroy(&mut cx, ty, rep)
    }
}

impl ResourceVal {
    /// Drops an owned resource: its destructor runs. Of several resources of the host with one Rust type, which are one resource
    /// type, that is the destructor of the one that the store was linked with first.
    ///
    /// # Errors
    /// When it is not owned, was given away or dropped before, or is lent, or the destructor fails.
    #[doc(alias = "resource_drop")]
    pub fn drop(self, mut store: impl AsContextMut) -> Result<(), Error> {
        if !self.owned {
            return Err(HandleError::NotOwned.into());
        }
        let mut cx = store.as_context_mut();
        let (ty, rep) = cx.state_mut().tables.host_take(Some(ResourceType(self.ty)), self.key)?;
        destroy(&mut cx, ty, rep)
    }
}
