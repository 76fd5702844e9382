//! The elements that a read and a write have in common, copied from one side to the other
//! (`CanonicalABI.md#stream-and-future-state`).

use witwright_abi_runtime::machine::ElementCopy;

use crate::call::copier::{Copier, NotCopied, Route};
use crate::call::host_elements;
use crate::engine::CoreEngine;
use crate::ids::{CopySiteIndex, Place};
use crate::store::{AsContextMut, StoreContextMut};

/// Copies the elements that a read and a write have in common.
///
/// # Errors
/// The error of lifting or lowering a value.
pub(super) fn copy<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    elements: ElementCopy<Place>,
) -> Result<(), NotCopied> {
    let ElementCopy { from: (from, from_index), to: (to, to_index), length, .. } = elements;
    let copied = match (from, to) {
        (Place::Guest { site: from, ptr: from_ptr }, Place::Guest { site: to, ptr: to_ptr }) => {
            return copy_between_guests(cx, (from, from_ptr, from_index), (to, to_ptr, to_index), length);
        }
        (Place::Host(from), Place::Guest { site, ptr }) => {
            host_elements::copy_with_guest(cx, from, (site, ptr, to_index), length)
        }
        (Place::Guest { site, ptr }, Place::Host(to)) => {
            host_elements::copy_with_guest(cx, to, (site, ptr, from_index), length)
        }
        (Place::Host(from), Place::Host(to)) => host_elements::copy_within_host(cx, from, to, length),
    };
    let reads = matches!(to, Place::Guest { .. });
    copied.map_err(|error| NotCopied { is_of_target: reads && !error.is_misuse(), error })
}

/// Copies elements from one guest's memory to another's. Each has a buffer at an address, and an index: the number of elements
/// that were copied before.
fn copy_between_guests<T: 'static, E: CoreEngine>(
    cx: &mut StoreContextMut<'_, T, E>,
    (from, from_ptr, from_index): (CopySiteIndex, u32, u32),
    (to, to_ptr, to_index): (CopySiteIndex, u32, u32),
    length: u32,
) -> Result<(), NotCopied> {
    let state = cx.state();
    let (source, target) = (state.tasks.copy_site(from), state.tasks.copy_site(to));
    let Some(element) = source.element else { return Ok(()) };
    let (root, from, to) = (source.root, source.options, target.options);
    let component = state.root(root).component().clone();
    let types = &component.plan().types;
    let size = types[element].abi.size;
    let route = Route { types, root, from, to, scope: None };
    let (from, to) = (from_ptr + from_index * size, to_ptr + to_index * size);
    Copier::new(cx.as_context_mut(), route).copy_elements(element, from, to, length)
}
