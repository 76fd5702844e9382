//! What the component layer keeps in a store: component instances, tables, tasks.

use core::marker::PhantomData;

use crate::engine::CoreEngine;

/// The component layer's part of a store; reached by `StoreContextMut::state`.
pub(crate) struct State<T, E: CoreEngine> {
    of: PhantomData<fn(T) -> E>,
}

impl<T, E: CoreEngine> Default for State<T, E> {
    fn default() -> Self {
        Self { of: PhantomData }
    }
}
