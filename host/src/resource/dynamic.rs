//! Resource types that a host defines for dynamic functions.

use alloc::sync::Arc;

use super::ResourceVal;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::ids::ResourceType;
use crate::store::linked::HostDestructor;
use crate::store::{AsContextMut, StoreContextMut};

/// A resource type of the host that has no Rust type. Dynamic functions make its values and read them.
///
/// Each call of [`HostResourceType::new`] makes another resource type. Clones are the same type, whatever the names under which
/// linkers provide them.
pub struct HostResourceType<T: 'static, E: CoreEngine> {
    pub(crate) drop: Arc<HostDestructor<T, E>>,
}

impl<T: 'static, E: CoreEngine> HostResourceType<T, E> {
    /// A new type. `drop` gets the representation of a resource whose last owner dropped it.
    pub fn new(
        drop: impl Fn(StoreContextMut<'_, T, E>, u64) -> Result<(), Error> + Send + Sync + 'static,
    ) -> HostResourceType<T, E> {
        HostResourceType { drop: Arc::new(drop) }
    }

    /// A resource of this type, which the host owns.
    ///
    /// # Errors
    /// When the host holds as many resources as it may.
    pub fn own(&self, mut store: impl AsContextMut<Data = T, Engine = E>, rep: u64) -> Result<ResourceVal, Error> {
        let mut cx = store.as_context_mut();
        let ty = self.ty(&mut cx);
        let key = cx.state_mut().tables.host_own(ty, rep)?;
        Ok(ResourceVal { ty: ty.0, key, owned: true })
    }

    /// The representation of a resource of this type, owned or lent.
    ///
    /// # Errors
    /// When it is of another type, or was given away, taken or dropped before.
    pub fn rep(&self, mut store: impl AsContextMut<Data = T, Engine = E>, resource: ResourceVal) -> Result<u64, Error> {
        let mut cx = store.as_context_mut();
        let ty = self.ty(&mut cx);
        cx.state_mut().tables.host_rep(ty, resource.key)
    }

    /// Takes a resource of this type that the host owns, and returns its representation. The destructor does not run.
    ///
    /// # Errors
    /// As [`HostResourceType::rep`], and when it is not owned, or lent.
    pub fn take(
        &self,
        mut store: impl AsContextMut<Data = T, Engine = E>,
        resource: ResourceVal,
    ) -> Result<u64, Error> {
        let mut cx = store.as_context_mut();
        let ty = self.ty(&mut cx);
        let (_, rep) = cx.state_mut().tables.host_take(Some(ty), resource.key)?;
        Ok(rep)
    }

    fn ty(&self, cx: &mut StoreContextMut<'_, T, E>) -> ResourceType {
        cx.state_mut().host_resource(None, &self.drop)
    }
}

impl<T: 'static, E: CoreEngine> Clone for HostResourceType<T, E> {
    fn clone(&self) -> Self {
        HostResourceType { drop: self.drop.clone() }
    }
}
