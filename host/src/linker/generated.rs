//! Definitions for generated code only: functions by the static descriptions of a world, and resources by the Rust types of their
//! handles.

use alloc::sync::Arc;
use core::future::Future;

use witwright_abi_runtime::desc::FuncDesc;
use witwright_abi_runtime::transfer::{Lift, Lower};

use super::LinkerInstance;
use super::provided::Definition;
use crate::call::import::{typed, typed_async};
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::resource::resource_desc;
use crate::store::linked::{ProvidedFunc, ProvidedResource};
use crate::store::{Access, StoreContextMut};

#[doc(hidden)]
impl<T: 'static, E: CoreEngine> LinkerInstance<'_, T, E> {
    /// As [`LinkerInstance::func_wrap`], with the type that a world gives the function.
    ///
    /// # Errors
    /// When the name is taken.
    pub fn func<P, R>(
        &mut self,
        desc: &'static FuncDesc,
        f: impl Fn(StoreContextMut<'_, T, E>, P) -> Result<R, Error> + Send + Sync + 'static,
    ) -> Result<&mut Self, Error>
    where
        P: Lift + 'static,
        R: Lower + 'static,
    {
        self.define(desc.name, Definition::Func(ProvidedFunc::Host(typed::<T, E, P, R>(Some(desc), f))))
    }

    /// As [`LinkerInstance::func_wrap_async`], with the type that a world gives the function.
    ///
    /// # Errors
    /// When the name is taken.
    pub fn func_async<P, R, F>(
        &mut self,
        desc: &'static FuncDesc,
        f: impl Fn(Access<T, E>, P) -> F + Send + Sync + 'static,
    ) -> Result<&mut Self, Error>
    where
        T: Send,
        P: Lift + 'static,
        R: Lower + Send + 'static,
        F: Future<Output = Result<R, Error>> + Send + 'static,
    {
        self.define(desc.name, Definition::Func(ProvidedFunc::Host(typed_async(Some(desc), f))))
    }

    /// Provides a resource type whose handles are `Resource<K>`. `drop` is its destructor: it gets the representation.
    ///
    /// # Errors
    /// When the name is taken.
    pub fn resource<K: 'static>(
        &mut self,
        name: &str,
        drop: impl Fn(StoreContextMut<'_, T, E>, u64) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Result<&mut Self, Error> {
        let desc = Some(resource_desc::<K>());
        self.define(name, Definition::Resource(ProvidedResource::Host { desc, drop: Arc::new(drop), drop_async: None }))
    }

    /// As [`LinkerInstance::resource`], with a destructor that may wait. A guest that drops a resource waits for it.
    ///
    /// # Errors
    /// When the name is taken.
    pub fn resource_async<K: 'static, F>(
        &mut self,
        name: &str,
        drop: impl Fn(Access<T, E>, u64) -> F + Clone + Send + Sync + 'static,
    ) -> Result<&mut Self, Error>
    where
        T: Send,
        F: Future<Output = Result<(), Error>> + Send + 'static,
    {
        let desc = Some(resource_desc::<K>());
        let spawned = drop.clone();
        let resource = ProvidedResource::Host {
            desc,
            drop: Arc::new(move |mut cx: StoreContextMut<'_, T, E>, rep| {
                cx.spawn(|access| spawned(access, rep));
                Ok(())
            }),
            drop_async: Some(typed_async(None, move |access, (rep,): (u64,)| drop(access, rep))),
        };
        self.define(name, Definition::Resource(resource))
    }
}
