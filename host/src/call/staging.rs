//! Host → host: functions of the host's that an instance exports, called through a memory that belongs to no guest.
//!
//! The host calls such a function as a guest would that imports it: values are lowered to the staging memory, and the
//! function lifts them from there. What a call has put there is given back when it ends; calls nest.

use crate::call::context::Transfer;
use crate::engine::{CoreEngine, Extern, Fault, FaultKind};
use crate::error::Error;
use crate::ids::{DomainId, TableIndex};
use crate::lifted::{GuestFunc, LiftLowerOptions};
use crate::store::StoreContextMut;
use crate::store::state::Staging;
use witwright_abi_runtime::flatten::{Convention, Slots};
use witwright_abi_runtime::layout::TypeAbi;
use witwright_abi_runtime::string::StringEncoding;

/// A core module with a memory, a `realloc`, and `next`, the address that the latter gives out next.
const MODULE: &[u8] =
    b"\0asm\x01\0\0\0\x01\x09\x01`\x04\x7f\x7f\x7f\x7f\x01\x7f\x03\x02\x01\0\x05\x03\x01\0\x01\x06\x06\x01\
    \x7f\x01A\x10\x0b\x07\x1b\x03\x06memory\x02\0\x04next\x03\0\x07realloc\0\0\x0a\x5c\x01Z\x01\x01\x7f#\
    \0 \x02A\x01kjA\0 \x02kq!\x04 \x04 \x03j$\0#\0 \x04I\x04@\0\x0b#\0?\0A\x10tK\x04@A\x7fA\x01#\0?\0A\
    \x10tkA\x10vj@\0F\x04@\0\x0b\x0b \x04 \0 \x01 \x03 \x01 \x03I\x1b\xfc\x0a\0\0 \x04\x0b";

impl<E: CoreEngine> Clone for Staging<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: CoreEngine> Copy for Staging<E> {}

impl<E: CoreEngine> Staging<E> {
    /// The canonical options of a function that is called through the staging memory.
    ///
    /// # Errors
    /// When a limit of the store has no room for another memory.
    pub(crate) fn options<T: 'static>(
        cx: &mut StoreContextMut<'_, T, E>,
        domain: DomainId,
        table: TableIndex,
        lifted_bytes: u64,
    ) -> Result<LiftLowerOptions<E>, Error> {
        let staging = match cx.state().staging {
            Some(staging) => staging,
            None => Staging::new(cx, domain)?,
        };
        Ok(LiftLowerOptions {
            domain: staging.domain,
            table,
            memory: Some(staging.memory),
            realloc: Some(staging.realloc),
            encoding: StringEncoding::Utf8,
            lifted_bytes,
        })
    }

    fn new<T: 'static>(cx: &mut StoreContextMut<'_, T, E>, domain: DomainId) -> Result<Staging<E>, Error> {
        let module = cx.engine().compile(MODULE)?;
        let mut guests = cx.domain(domain);
        let instance = guests.instantiate(&module, &[])?;
        let exports = ["memory", "realloc", "next"].map(|name| guests.export(instance, name));
        let [Some(Extern::Memory(memory)), Some(Extern::Func(realloc)), Some(Extern::Global(next))] = exports else {
            return Err(Fault::new(FaultKind::Link, "the staging memory has no such exports").into());
        };
        let staging = Staging { domain, memory, realloc, next };
        cx.state_mut().staging = Some(staging);
        Ok(staging)
    }
}

/// How full the staging memory is, for [`release`]; nothing for functions that do not use it.
#[inline]
pub(super) fn mark<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, guest: &GuestFunc<E>) -> Option<u64> {
    if !guest.lowered {
        return None;
    }
    let Staging { domain, next, .. } = cx.state().staging?;
    cx.domain(domain).global(next)
}

/// Gives back what has been put into the staging memory since a mark.
#[inline]
pub(super) fn release<T: 'static, E: CoreEngine>(cx: &mut StoreContextMut<'_, T, E>, mark: Option<u64>) {
    if let Some(mark) = mark
        && let Some(Staging { domain, next, .. }) = cx.state().staging
    {
        let set = cx.domain(domain).set_global(next, mark);
        debug_assert!(set.is_ok(), "the global is mutable and holds an `i32`");
    }
}

/// Calls a function that the host has lowered: a result in memory is written to room that the caller gives.
#[cold]
pub(super) fn call_lowered<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    guest: &GuestFunc<E>,
    slots: &mut Slots,
) -> Result<(), Error> {
    let component = cx.state().root(guest.root).component().clone();
    let func = &component.plan().types[guest.ty];
    let mut room = None;
    if let Some(place) = func.abi.out_pointer(Convention::Lower) {
        let transfer = Transfer { options: guest.options, bindings: &[], scope: None };
        let TypeAbi { align, size, .. } = func.abi.result;
        let ptr = transfer.with_lower_view(cx, |view| view.allocate(align, size))?;
        slots[place] = ptr.into();
        room = Some(ptr);
    }
    cx.domain(guest.options.domain).call(guest.core, slots)?;
    if let Some(ptr) = room {
        slots[0] = ptr.into();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::MODULE;

    const TEXT: &str = r#"(module
  (memory (export "memory") 1)
  (global (export "next") (mut i32) (i32.const 16))
  (func (export "realloc") (param i32 i32 i32 i32) (result i32)
    (local i32)
    (local.set 4 (i32.and
      (i32.add (global.get 0) (i32.sub (local.get 2) (i32.const 1)))
      (i32.sub (i32.const 0) (local.get 2))))
    (global.set 0 (i32.add (local.get 4) (local.get 3)))
    (if (i32.lt_u (global.get 0) (local.get 4)) (then (unreachable)))
    (if (i32.gt_u (global.get 0) (i32.shl (memory.size) (i32.const 16))) (then
      (if (i32.eq (i32.const -1) (memory.grow (i32.add (i32.const 1) (i32.shr_u
        (i32.sub (global.get 0) (i32.shl (memory.size) (i32.const 16)))
        (i32.const 16))))) (then (unreachable)))))
    (memory.copy (local.get 4) (local.get 0)
      (select (local.get 1) (local.get 3) (i32.lt_u (local.get 1) (local.get 3))))
    (local.get 4)))"#;

    #[test]
    fn the_bytes_are_those_of_the_text() {
        assert_eq!(MODULE, wat::parse_str(TEXT).unwrap(), "write the bytes anew when the text changes");
    }
}
