//! The guest's side of a call with the host: its memory, its `realloc` and its handles, to lift from and lower to.

use alloc::sync::Arc;

use witwright_abi_runtime::desc::{ResourceDesc, TypeDesc};
use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::transfer::{Keeper, Lift, Lower};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{GuestMemory, Handles, LiftView, LowerView};

use crate::call::entry::call_without_leaving;
use crate::engine::CoreEngine;
use crate::error::Error;
use crate::handles::CallHandles;
use crate::ids::ScopeIndex;
use crate::lifted::{Binding, LiftLowerOptions, Memory};
use crate::store::{AsContextMut, Domains, StoreContextMut};

/// The guest's side of one call: where its values are, and the scope of the handles that the call lends.
pub(crate) struct GuestSide<'a> {
    pub(crate) options: LiftLowerOptions,
    pub(crate) bindings: &'a [Binding],
    pub(crate) scope: Option<ScopeIndex>,
}

impl GuestSide<'_> {
    /// Lifts values that the guest passes.
    #[inline]
    pub(crate) fn lift<T: 'static, E: CoreEngine, V: Lift>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        max_flat: usize,
        flat: &[u64],
    ) -> Result<V, Error> {
        // Most engines find a memory slowly, and few values need it.
        let is_flat = const { !V::LAYOUT.has_addresses } && V::ABI.flat.len() <= max_flat;
        let memory = if is_flat { self.options.memory.without_bytes() } else { self.options.memory };
        self.with_view_of(memory, cx, |view| view.lift_values(max_flat, flat))
    }

    /// Gives a view of the guest's memory, to lift from.
    #[inline]
    pub(crate) fn with_lift_view<T: 'static, E: CoreEngine, V>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        lift: impl FnOnce(&mut LiftView<'_, CallHandles<'_>>) -> Result<V, Error>,
    ) -> Result<V, Error> {
        self.with_view_of(self.options.memory, cx, lift)
    }

    #[inline]
    fn with_view_of<T: 'static, E: CoreEngine, V>(
        &self,
        memory: Memory,
        cx: &mut StoreContextMut<'_, T, E>,
        lift: impl FnOnce(&mut LiftView<'_, CallHandles<'_>>) -> Result<V, Error>,
    ) -> Result<V, Error> {
        let (memory, tables) = match memory {
            Memory::Guest { domain, memory, .. } => {
                match memory.and_then(|memory| cx.state().memories[memory.0 as usize]) {
                    Some(memory) => {
                        let split = cx.domain(domain).split(memory);
                        (&*split.memory, &mut split.state.tables)
                    }
                    None => (&[][..], &mut cx.state_mut().tables),
                }
            }
            Memory::HostToHost(index) => {
                let state = cx.state_mut();
                (state.host_to_host.memory(index).bytes(), &mut state.tables)
            }
        };
        let mut handles = CallHandles {
            tables,
            instance: self.options.instance,
            bindings: self.bindings,
            scope: self.scope,
            budget_bytes: self.options.lifted_bytes,
        };
        lift(&mut LiftView::new(memory, self.options.encoding, &mut handles))
    }

    /// Lowers values to the guest.
    #[inline]
    pub(crate) fn lower<T: 'static, E: CoreEngine, V: Lower + ?Sized>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        values: &V,
        max_flat: usize,
        flat: &mut FlatWriter<'_>,
        out_ptr: Option<u32>,
    ) -> Result<(), Error> {
        self.with_lower_view(cx, |view| view.lower_values(values, max_flat, flat, out_ptr))
    }

    /// Lowers the arguments of a call by the host, or elements that it has written. If one is wrong, the host keeps all resources, and
    /// the guest has none of the others.
    #[inline]
    pub(crate) fn lower_from_host<T: 'static, E: CoreEngine>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        lower: impl FnOnce(&mut LowerView<'_, GuestCx<'_, T, E>>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        cx.state_mut().tables.begin_giving();
        let lowered = self.with_lower_view(cx, lower);
        cx.state_mut().tables.end_giving(self.options.instance, lowered.is_ok());
        lowered
    }

    /// Gives a view of the guest's memory, to lower to.
    #[inline]
    pub(crate) fn with_lower_view<T: 'static, E: CoreEngine, V>(
        &self,
        cx: &mut StoreContextMut<'_, T, E>,
        lower: impl FnOnce(&mut LowerView<'_, GuestCx<'_, T, E>>) -> Result<V, Error>,
    ) -> Result<V, Error> {
        let mut guest =
            GuestCx { cx: cx.as_context_mut(), options: self.options, bindings: self.bindings, scope: self.scope };
        lower(&mut LowerView::new(&mut guest, self.options.encoding))
    }
}

/// A guest that values are lowered to.
pub(crate) struct GuestCx<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    options: LiftLowerOptions,
    bindings: &'a [Binding],
    scope: Option<ScopeIndex>,
}

impl<T: 'static, E: CoreEngine> GuestCx<'_, T, E> {
    /// The guest's handles.
    pub(crate) fn handles(&mut self) -> CallHandles<'_> {
        CallHandles {
            tables: &mut self.cx.state_mut().tables,
            instance: self.options.instance,
            bindings: self.bindings,
            scope: self.scope,
            budget_bytes: 0,
        }
    }
}

impl<T: 'static, E: CoreEngine> Handles for GuestCx<'_, T, E> {
    type Error = Error;

    fn lift_own(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Error> {
        self.handles().lift_own(resource, index)
    }

    fn lift_borrow(&mut self, resource: &'static ResourceDesc, index: u32) -> Result<u64, Error> {
        self.handles().lift_borrow(resource, index)
    }

    fn lower_own(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Error> {
        self.handles().lower_own(resource, key)
    }

    fn lower_borrow(&mut self, resource: &'static ResourceDesc, key: u64) -> Result<u32, Error> {
        self.handles().lower_borrow(resource, key)
    }

    fn lift_end(&mut self, ty: &'static TypeDesc, index: u32) -> Result<u64, Error> {
        self.handles().lift_end(ty, index)
    }

    fn lift_error_context(&mut self, index: u32) -> Result<u64, Error> {
        self.handles().lift_error_context(index)
    }

    fn lower_end(&mut self, ty: &'static TypeDesc, key: u64) -> Result<u32, Error> {
        self.handles().lower_end(ty, key)
    }

    fn lower_error_context(&mut self, key: u64) -> Result<u32, Error> {
        self.handles().lower_error_context(key)
    }

    fn keeper(&self) -> Option<Arc<dyn Keeper>> {
        Some(self.cx.state().tables.signal.clone())
    }
}

impl<T: 'static, E: CoreEngine> GuestMemory for GuestCx<'_, T, E> {
    #[inline]
    fn bytes(&mut self) -> &mut [u8] {
        bytes(&mut self.cx, self.options.memory)
    }

    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Error> {
        realloc(&mut self.cx, &self.options, [old_ptr, old_size, align, new_size])
    }
}

/// All bytes of a memory; none if the function has no memory.
#[inline]
pub(crate) fn bytes<'c, T: 'static, E: CoreEngine>(
    cx: &'c mut StoreContextMut<'_, T, E>,
    memory: Memory,
) -> &'c mut [u8] {
    match memory {
        Memory::Guest { domain, memory: Some(memory), .. } => match cx.state().memories[memory.0 as usize] {
            Some(memory) => cx.domain(domain).memory(memory),
            None => &mut [],
        },
        Memory::Guest { memory: None, .. } => &mut [],
        Memory::HostToHost(index) => cx.state_mut().host_to_host.memory(index).bytes_mut(),
    }
}

/// Calls the `realloc` of a function's options; a guest's may not call out.
fn realloc<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    options: &LiftLowerOptions,
    arguments: [u32; 4],
) -> Result<u32, Error> {
    match options.memory {
        Memory::Guest { domain, realloc, .. } => {
            // The validator asks for a `realloc` wherever values that need it are lowered.
            let realloc = realloc.and_then(|realloc| cx.state().reallocs[realloc.0 as usize]);
            let realloc = realloc.ok_or(Trap::ReallocOutOfBounds)?;
            let mut slots = arguments.map(u64::from);
            cx.state_mut().tables.machine.begin_realloc();
            let outcome = call_without_leaving(cx, (domain, options.instance), realloc, &mut slots);
            cx.state_mut().tables.machine.end_realloc();
            outcome?;
            Ok(slots[0] as u32)
        }
        Memory::HostToHost(index) => {
            let [old_ptr, old_size, align, new_size] = arguments;
            Ok(cx.state_mut().host_to_host.memory(index).realloc(old_ptr, old_size, align, new_size)?)
        }
    }
}
