//! Ends of streams and futures, and error contexts, that the host holds; and the element types that the machine compares.

use alloc::sync::Arc;
use core::convert::Infallible;

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::machine::{ElementType, EndKind, EndOf, Side};

use super::{HostEnd, Tables, binding};
use crate::error::{Error, HandleError};
use crate::ids::{InstanceId, ResourceType, RootIndex, WaitableId};
use crate::lifted::Binding;
use crate::types::shape::TypeRef;
use crate::types::{DefValType, ResourceSlot, TypeId, Types};

/// The element type of streams and futures without elements.
const NO_ELEMENT: ElementType = ElementType { id: 0, is_none_or_number: true };

/// The element type of a pair that the host has made, until it passes the readable end on.
const UNKNOWN_ELEMENT: ElementType = ElementType { id: u32::MAX, is_none_or_number: false };

impl Tables {
    /// The element type of a stream or a future of a root instance, as the machine compares it.
    pub(crate) fn element_type(
        &mut self,
        root: RootIndex,
        types: &Types,
        resources: &[ResourceType],
        element: Option<TypeId>,
    ) -> ElementType {
        let Some(ty) = element else { return NO_ELEMENT };
        if let Some(known) = self.elements.get(&(root, ty)) {
            return *known;
        }
        let mut resource = |slot: ResourceSlot| Ok::<_, Infallible>(ResourceSlot(resources[slot.0 as usize].0));
        let Ok(id) = self.types.adopt(TypeRef { types, ty, resource_names: &[] }, &mut resource);
        let element = self.element_of(id);
        self.elements.insert((root, ty), element);
        element
    }

    /// The element type of a described stream or future, as the machine compares it, and whether it holds resources.
    ///
    /// # Errors
    /// When it holds a resource that the bindings do not name.
    fn described_element(
        &mut self,
        element: Option<&'static TypeDesc>,
        bindings: &[Binding],
    ) -> Result<(ElementType, bool), HandleError> {
        let Some(desc) = element else { return Ok((NO_ELEMENT, false)) };
        let address = core::ptr::from_ref(desc).addr();
        if let Some(known) = self.described.get(&address) {
            return Ok((*known, false));
        }
        let mut holds_resources = false;
        let id = self.types.adopt(desc, &mut |resource| {
            holds_resources = true;
            Ok(ResourceSlot(binding(bindings, resource)?.ty.0))
        })?;
        let element = self.element_of(id);
        if !holds_resources {
            self.described.insert(address, element);
        }
        Ok((element, holds_resources))
    }

    fn element_of(&self, ty: TypeId) -> ElementType {
        let is_none_or_number =
            if let DefValType::Scalar(scalar) = self.types[ty].ty { scalar.is_number() } else { false };
        ElementType { id: ty.number() + 1, is_none_or_number }
    }

    /// Makes a pair of ends for the host, and returns their keys, the readable end's first. The host passes the readable end on later.
    ///
    /// # Errors
    /// When there are too many.
    pub(crate) fn new_pair(&mut self, kind: EndKind) -> Result<(u64, u64), Error> {
        let (readable, writable) = self.machine.new_pair(kind, UNKNOWN_ELEMENT)?;
        let key = self.add_end(readable).inspect_err(|_| self.machine.drop_end(writable))?;
        let writable = self.add_end(writable).inspect_err(|_| {
            self.host_ends.take(key);
            self.machine.drop_end(readable);
        })?;
        Ok((key, writable))
    }

    /// Adds an end that the host now holds, and returns its key. If the table is full, the end is dropped.
    pub(super) fn add_end(&mut self, end: WaitableId) -> Result<u64, Error> {
        let key = self.host_ends.add(HostEnd::End(end));
        Ok(key.inspect_err(|_| {
            self.end_bindings.remove(&end);
            self.machine.drop_end(end);
        })?)
    }

    /// Takes the readable end of a described stream or future from an instance, and returns its key.
    pub(super) fn lift_described_end(
        &mut self,
        instance: InstanceId,
        bindings: &[Binding],
        ty: &'static TypeDesc,
        index: u32,
    ) -> Result<u64, Error> {
        let (kind, element) = described(ty)?;
        let (element, holds_resources) = self.described_element(element, bindings)?;
        let end = self.machine.lift_end(instance, index, kind, element)?;
        self.machine.keep_end(end);
        if holds_resources {
            self.end_bindings.insert(end, bindings.into());
        }
        self.add_end(end)
    }

    /// Gives the readable end of a described stream or future to an instance.
    pub(super) fn lower_described_end(
        &mut self,
        instance: InstanceId,
        bindings: &[Binding],
        ty: &'static TypeDesc,
        key: u64,
    ) -> Result<u32, Error> {
        let end = self.end_of_host(key)?;
        self.type_end(end, ty, bindings)?;
        self.lower_end_of_host(instance, key)
    }

    /// Checks that a readable end that the host holds is of a described type, or gives it that type if the host has made it.
    /// Returns its element type.
    ///
    /// # Errors
    /// When it is of another type, or holds a resource that the bindings do not name.
    pub(crate) fn type_end(
        &mut self,
        end: WaitableId,
        ty: &'static TypeDesc,
        bindings: &[Binding],
    ) -> Result<ElementType, HandleError> {
        let (kind, element) = described(ty)?;
        let (element, holds_resources) = self.described_element(element, bindings)?;
        let of = self.machine.end_kind(end);
        if of == (EndOf { kind, side: Side::Readable, ty: UNKNOWN_ELEMENT }) {
            self.machine.set_element_type(end, element);
            if let Some(other) = self.machine.other_end(end).filter(|_| holds_resources) {
                self.end_bindings.insert(other, bindings.into());
            }
        } else if of != (EndOf { kind, side: Side::Readable, ty: element }) {
            return Err(HandleError::WrongType);
        }
        Ok(element)
    }

    /// Gives an end that the host holds to an instance.
    pub(super) fn lower_end_of_host(&mut self, instance: InstanceId, key: u64) -> Result<u32, Error> {
        let end = self.end_of_host(key)?;
        if self.machine.end_is_done(end) {
            return Err(HandleError::Ended.into());
        }
        let index = self.machine.lower_end(instance, end)?;
        self.host_ends.take(key);
        self.end_bindings.remove(&end);
        self.note_given(index, None);
        Ok(index)
    }

    /// An end that the host holds.
    ///
    /// # Errors
    /// When nothing has this key.
    pub(crate) fn end_of_host(&mut self, key: u64) -> Result<WaitableId, HandleError> {
        match self.host_ends.get(key)? {
            HostEnd::End(end) => Ok(*end),
            HostEnd::ErrorContext(_) => Err(HandleError::WrongType),
        }
    }

    /// The resources in the elements of an end that the host holds.
    pub(crate) fn end_bindings(&self, end: WaitableId) -> Option<Arc<[Binding]>> {
        self.end_bindings.get(&end).cloned()
    }

    /// Forgets a key that the host has dropped. Returns the end that it named, for the caller to drop; `None` for an error context.
    pub(crate) fn take_dropped(&mut self, key: u64) -> Option<WaitableId> {
        match self.host_ends.take(key)? {
            HostEnd::End(end) => {
                self.end_bindings.remove(&end);
                Some(end)
            }
            HostEnd::ErrorContext(id) => {
                self.machine.release_error_context(id);
                None
            }
        }
    }

    /// Makes an error context of the host, and returns its key.
    ///
    /// # Errors
    /// When there are too many.
    pub(crate) fn new_error_context(&mut self, message: Arc<str>) -> Result<u64, Error> {
        let id = self.machine.new_error_context(message)?;
        let key = self.host_ends.add(HostEnd::ErrorContext(id));
        Ok(key.inspect_err(|_| self.machine.release_error_context(id))?)
    }

    /// Shares an error context of an instance with the host, and returns its key.
    pub(super) fn lift_error_context(&mut self, instance: InstanceId, index: u32) -> Result<u64, Error> {
        let id = self.machine.keep_error_context(instance, index)?;
        let key = self.host_ends.add(HostEnd::ErrorContext(id));
        Ok(key.inspect_err(|_| self.machine.release_error_context(id))?)
    }

    /// Shares an error context that the host holds with an instance.
    pub(super) fn lower_error_context(&mut self, instance: InstanceId, key: u64) -> Result<u32, Error> {
        match *self.host_ends.get(key)? {
            HostEnd::ErrorContext(id) => {
                let index = self.machine.lower_error_context(instance, id)?;
                self.note_given(index, None);
                Ok(index)
            }
            HostEnd::End(_) => Err(HandleError::WrongType.into()),
        }
    }

    /// The debug message of an error context that the host holds.
    ///
    /// # Errors
    /// When nothing has this key.
    pub(crate) fn error_context_message(&mut self, key: u64) -> Result<Arc<str>, HandleError> {
        match *self.host_ends.get(key)? {
            HostEnd::ErrorContext(id) => Ok(self.machine.error_context_message(id).clone()),
            HostEnd::End(_) => Err(HandleError::WrongType),
        }
    }
}

/// The kind and the element type of a described stream or future.
fn described(ty: &'static TypeDesc) -> Result<(EndKind, Option<&'static TypeDesc>), HandleError> {
    if let TypeDesc::Stream(element) = ty {
        Ok((EndKind::Stream, *element))
    } else if let TypeDesc::Future(element) = ty {
        Ok((EndKind::Future, *element))
    } else {
        Err(HandleError::WrongType)
    }
}
