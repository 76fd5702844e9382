//! Resources: `resource.new`, `resource.rep`, `resource.drop`, and drops by the host
//! (`CanonicalABI.md#canon-resourcedrop`).

use crate::call::context::{check_may_enter, fail};
use crate::engine::CoreEngine;
use crate::error::{Error, HandleError};
use crate::handles::TableIndex;
use crate::resource::ResourceVal;
use crate::state::{Destructor, ResourceType};
use crate::store::StoreContextMut;

/// `resource.new`
pub(crate) fn resource_new<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    table: TableIndex,
    ty: ResourceType,
    slots: &mut [u64],
) -> Result<(), Error> {
    let tables = &mut cx.state_mut().tables;
    tables.check_may_leave(table)?;
    slots[0] = tables.add_own(table, ty, slots[0])?.into();
    Ok(())
}

/// `resource.rep`
pub(crate) fn resource_rep<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    table: TableIndex,
    ty: ResourceType,
    slots: &mut [u64],
) -> Result<(), Error> {
    slots[0] = cx.state_mut().tables.rep(table, ty, slots[0] as u32)?;
    Ok(())
}

/// `resource.drop`
pub(crate) fn resource_drop<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    table: TableIndex,
    ty: ResourceType,
    slots: &mut [u64],
) -> Result<(), Error> {
    let tables = &mut cx.state_mut().tables;
    tables.check_may_leave(table)?;
    match tables.drop_handle(table, ty, slots[0] as u32)? {
        Some(rep) => destroy(&mut cx, ty, rep),
        None => Ok(()),
    }
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
            drop(crate::store::AsContextMut::as_context_mut(cx), rep)
        }
        Destructor::Guest { dtor: None, .. } => Ok(()),
        Destructor::Guest { root, domain, dtor: Some(dtor) } => {
            let (root, domain, dtor) = (*root, *domain, *dtor);
            check_may_enter(cx, root)?;
            let thread = core::mem::take(&mut cx.state_mut().thread);
            let outcome = cx.domain(domain).call(dtor, &mut [rep]);
            cx.state_mut().thread = thread;
            outcome.map_err(|fault| fail(cx, root, None, true, fault.into()))
        }
    }
}

/// Drops a resource that the host holds by key.
pub(crate) fn drop_held<T: 'static, E: CoreEngine>(mut cx: StoreContextMut<'_, T, E>, key: u64) -> Result<(), Error> {
    let (ty, rep) = cx.state_mut().tables.host_take(None, key)?;
    destroy(&mut cx, ty, rep)
}

/// Drops the resource of a dynamic value.
pub(crate) fn drop_value<T: 'static, E: CoreEngine>(
    mut cx: StoreContextMut<'_, T, E>,
    value: ResourceVal,
) -> Result<(), Error> {
    if !value.owned {
        return Err(HandleError::NotOwned.into());
    }
    let (ty, rep) = cx.state_mut().tables.host_take(Some(ResourceType(value.ty)), value.key)?;
    destroy(&mut cx, ty, rep)
}
