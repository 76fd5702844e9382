//! Copies values from one guest's memory to another's, in one pass, driven by their types
//! (`CanonicalABI.md#lifting-and-lowering-values`).
//!
//! Within one instance, lifting and lowering use the same table of handles and the same memory, so all values are lifted before
//! any is lowered: they are copied to bytes and handles of the store, and from there.

use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::flatten::{Convention, SLOTS, Slots};
use witwright_abi_runtime::layout::{INDEX_BYTES, discriminant_size, flags_mask};
use witwright_abi_runtime::machine::EndKind;
use witwright_abi_runtime::string::{StringRange, StringTransfer, store_string};
use witwright_abi_runtime::transfer::{LiftCx, LowerCx};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{GuestMemory as _, LowerView, reallocate};

use crate::call::guest_side::{GuestCx, GuestSide, bytes};
use crate::call::location::{LiftFrom, LowerTo, Read, Write, read_bits, write_bits};
use crate::engine::CoreEngine;
use crate::error::{Error, LimitKind};
use crate::ids::{ResourceType, RootIndex, ScopeIndex};
use crate::lifted::{LiftLowerOptions, Memory};
use crate::store::{AsContextMut, StoreContextMut};
use crate::types::{DefValType, FuncInfo, ResourceSlot, TypeId, TypeInfo, Types};

/// Copies values from one guest to another.
pub(super) struct Copier<'a, T: 'static, E: CoreEngine> {
    cx: StoreContextMut<'a, T, E>,
    route: Route<'a>,
    /// Bytes of strings and lists that may still be lifted.
    budget_bytes: u64,
    /// The number of handles that have left the source.
    taken: u32,
    /// The number of handles that had left the source before: those of the first values.
    taken_before: u32,
    /// Whether an error is that of the target: of its memory, its `realloc` or its table of handles.
    is_of_target: bool,
}

/// The reason why parameters or elements were not copied. No handle among them is left in the target.
pub(super) struct NotCopied {
    pub(super) error: Error,
    /// Whether the callee or the reader, and not the caller or the writer, is the reason.
    pub(super) is_of_target: bool,
}

impl From<NotCopied> for Error {
    fn from(NotCopied { error, .. }: NotCopied) -> Error {
        error
    }
}

/// The two sides that values are copied between.
pub(super) struct Route<'a> {
    pub(super) types: &'a Types,
    /// The root instance that the types are of.
    pub(super) root: RootIndex,
    pub(super) from: LiftLowerOptions,
    pub(super) to: LiftLowerOptions,
    pub(super) scope: Option<ScopeIndex>,
}

/// The place that a result is lowered to.
pub(super) enum LowerResult<'s> {
    Flat(&'s mut [u64]),
    /// The address that the caller passed.
    Memory(u32),
}

impl<T: 'static, E: CoreEngine> Read for Copier<'_, T, E> {
    fn read_bits(&mut self, addr: u32, size: u32) -> Result<u64, Error> {
        self.source().with_lift_view(&mut self.cx, |view| read_bits(view, addr, size))
    }
}

impl<T: 'static, E: CoreEngine> Write for Copier<'_, T, E> {
    fn write_bits(&mut self, addr: u32, size: u32, bits: u64) -> Result<(), Error> {
        self.lower(|view| write_bits(view, addr, size, bits))
    }
}

impl<'a, T: 'static, E: CoreEngine> Copier<'a, T, E> {
    pub(super) fn new(cx: StoreContextMut<'a, T, E>, route: Route<'a>) -> Copier<'a, T, E> {
        let budget_bytes = route.from.lifted_bytes;
        Copier { cx, route, budget_bytes, taken: 0, taken_before: 0, is_of_target: false }
    }

    /// Counts bytes of a string or a list.
    fn charge(&mut self, bytes: u32) -> Result<(), Error> {
        self.budget_bytes = self.budget_bytes.checked_sub(bytes.into()).ok_or(LimitKind::LiftedBytes)?;
        Ok(())
    }

    fn source(&self) -> GuestSide<'static> {
        GuestSide { options: self.route.from, bindings: &[], scope: self.route.scope }
    }

    /// Gives a view of the target's memory.
    fn lower<R>(
        &mut self,
        f: impl FnOnce(&mut LowerView<'_, GuestCx<'_, T, E>>) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let target = GuestSide { options: self.route.to, bindings: &[], scope: self.route.scope };
        let lowered = target.with_lower_view(&mut self.cx, f);
        self.of_target(lowered)
    }

    /// An outcome of the target.
    fn of_target<R>(&mut self, outcome: Result<R, impl Into<Error>>) -> Result<R, Error> {
        self.is_of_target |= outcome.is_err();
        outcome.map_err(Into::into)
    }

    /// The handle that the target has got.
    fn given(&mut self, lowered: Result<u32, Trap>) -> Result<u32, Error> {
        let index = self.of_target(lowered)?;
        self.cx.state_mut().tables.note_given(index, None);
        Ok(index)
    }

    /// Counts a handle among the values; `true` if it had left the source before.
    fn has_left(&mut self) -> bool {
        let before = self.taken_before > 0;
        self.taken_before = self.taken_before.saturating_sub(1);
        before
    }

    /// Copies parameters; `convention` is the way in which the caller has lowered the function.
    ///
    /// All are lifted before any is lowered (`task.start` in `canon_lift`). So if the caller's are wrong, the callee has not got any: those
    /// that it has got here are taken back. They end with the caller, as all handles of an instance that trapped, without destructors.
    ///
    /// # Errors
    /// The error of lifting or lowering a value.
    pub(super) fn params(
        &mut self,
        func: &FuncInfo,
        convention: Convention,
        from: &[u64],
        to: &mut [u64],
    ) -> Result<(), NotCopied> {
        self.cx.state_mut().tables.begin_giving();
        let copied = self.copy_params(func, convention, from, to);
        self.cx.state_mut().tables.end_giving(self.route.to.instance, copied.is_ok());
        copied.map_err(|error| NotCopied { error, is_of_target: self.is_of_target })
    }

    fn copy_params(
        &mut self,
        func: &FuncInfo,
        convention: Convention,
        from: &[u64],
        to: &mut [u64],
    ) -> Result<(), Error> {
        if self.is_within_instance() {
            return self.in_two_passes(|lift, lower, cx| {
                let mut lifted = SLOTS;
                Copier::new(cx.as_context_mut(), lift).params(func, convention, from, &mut lifted)?;
                Ok(Copier::new(cx.as_context_mut(), lower).params(func, Convention::Lower, &lifted, to)?)
            });
        }
        let (mut reader, mut writer) = (FlatReader::new(from), FlatWriter::new(to));
        let mut source = if func.abi.params_in_memory(convention) {
            let from = reader.pop() as u32;
            self.source().with_lift_view(&mut self.cx, |view| Ok(view.check_pointer(from, &func.abi.params)?))?;
            LiftFrom::Memory(from)
        } else {
            LiftFrom::Flat(&mut reader)
        };
        let mut target = if func.abi.params_in_memory(Convention::Lift) {
            let to = self.lower(|view| view.allocate(func.abi.params.align, func.abi.params.size))?;
            writer.push(to.into());
            LowerTo::Memory(to)
        } else {
            LowerTo::Flat(&mut writer)
        };
        let mut params = func.ty.params.iter().zip(&func.offsets);
        params.try_for_each(|((_, ty), offset)| self.value(*ty, source.part(*offset), target.part(*offset)))
    }

    /// Copies a result to the caller; `convention` is the way in which the callee is lifted. All of it leaves the callee. Returns the
    /// error of a caller that cannot take it.
    ///
    /// The caller lowers it (`on_resolve` in `canon_lower`, whose context has the caller's instance), after the callee has lifted all
    /// of it. And a trap ends the instance that trapped (`Explainer.md#component-invariants`: "each component instance is given a
    /// mutable "lockdown" state that is set upon trap").
    ///
    /// # Errors
    /// The callee's error.
    pub(super) fn result(
        &mut self,
        ty: TypeId,
        convention: Convention,
        from: &[u64],
        to: LowerResult<'_>,
    ) -> Result<Option<Error>, Error> {
        match self.copy_result(ty, convention, from, to) {
            Ok(()) => Ok(None),
            Err(error) if self.is_of_target => self.drop_result(ty, convention, from).map(|()| Some(error)),
            Err(error) => Err(error),
        }
    }

    fn copy_result(
        &mut self,
        ty: TypeId,
        convention: Convention,
        from: &[u64],
        to: LowerResult<'_>,
    ) -> Result<(), Error> {
        let abi = &self.route.types[ty].abi;
        if self.is_within_instance() {
            return self.in_two_passes(|lift, lower, cx| {
                let lifted = Copier::new(cx.as_context_mut(), lift).lift_result(ty, convention, from)?;
                Copier::new(cx.as_context_mut(), lower).copy_result(ty, Convention::Lift, &lifted, to)
            });
        }
        let mut reader = FlatReader::new(from);
        let source = if abi.flat.len() > convention.max_flat_results() {
            let from = reader.pop() as u32;
            self.source().with_lift_view(&mut self.cx, |view| Ok(view.check_pointer(from, abi)?))?;
            LiftFrom::Memory(from)
        } else {
            LiftFrom::Flat(&mut reader)
        };
        match to {
            LowerResult::Flat(slots) => self.value(ty, source, LowerTo::Flat(&mut FlatWriter::new(slots))),
            LowerResult::Memory(to) => {
                self.lower(|view| Ok(view.check_pointer(to, abi)?))?;
                self.value(ty, source, LowerTo::Memory(to))
            }
        }
    }

    /// Lifts a result that nobody receives, with the handles in it that have not left the callee: its receiver has trapped.
    ///
    /// # Errors
    /// The callee's error.
    #[cold]
    pub(super) fn drop_result(&mut self, ty: TypeId, convention: Convention, from: &[u64]) -> Result<(), Error> {
        let taken_before = self.taken;
        self.in_two_passes(|lift, _, cx| {
            let mut copier = Copier { taken_before, ..Copier::new(cx.as_context_mut(), lift) };
            copier.lift_result(ty, convention, from).map(|_| ())
        })
    }

    /// Copies a result to bytes of the store.
    fn lift_result(&mut self, ty: TypeId, convention: Convention, from: &[u64]) -> Result<Slots, Error> {
        let TypeInfo { abi, .. } = &self.route.types[ty];
        let mut lifted = SLOTS;
        if abi.flat.len() > Convention::Lift.max_flat_results() {
            let room = self.lower(|view| view.allocate(abi.align, abi.size))?;
            lifted[0] = room.into();
            self.copy_result(ty, convention, from, LowerResult::Memory(room))?;
        } else {
            self.copy_result(ty, convention, from, LowerResult::Flat(&mut lifted))?;
        }
        Ok(lifted)
    }

    fn is_within_instance(&self) -> bool {
        self.route.from.instance == self.route.to.instance
    }

    /// Runs `f` with two routes instead of this one: the first lifts values to bytes and handles of the store, the second lowers them
    /// from there.
    #[cold]
    fn in_two_passes(
        &mut self,
        f: impl FnOnce(Route<'a>, Route<'a>, &mut StoreContextMut<'_, T, E>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Route { types, root, from, to, scope } = self.route;
        let state = self.cx.state_mut();
        let handles = state.root(root).component().limits().handles;
        let index = state.host_to_host.begin(&mut state.tables, handles)?;
        let instance = state.host_to_host.instance(index);
        // A string keeps its encoding until it is lowered.
        let between = LiftLowerOptions { instance, memory: Memory::HostToHost(index), lifted_bytes: u64::MAX, ..from };
        let lift = Route { types, root, from, to: between, scope };
        let lower = Route { types, root, from: between, to, scope };
        let outcome = f(lift, lower, &mut self.cx);
        let state = self.cx.state_mut();
        state.host_to_host.end(&mut state.tables, index);
        outcome
    }

    fn value(&mut self, ty: TypeId, mut source: LiftFrom<'_, '_>, mut target: LowerTo<'_, '_>) -> Result<(), Error> {
        let types = self.route.types;
        let info = &types[ty];
        match &info.ty {
            DefValType::Scalar(scalar) => {
                let bits = scalar.convert(source.bits(self, info.abi.size)?)?;
                target.put(self, info.abi.size, bits)
            }
            DefValType::String => {
                let (ptr, units) = source.pair(self)?;
                let pair = self.string(ptr, units)?;
                target.put_pair(self, pair)
            }
            DefValType::List(element) => {
                let (ptr, len) = source.pair(self)?;
                let to = self.list(ty, ptr, len)?;
                if types[*element].plain {
                    self.copy(ptr, to, len * info.element.size)?;
                } else {
                    self.elements(*element, LiftFrom::Memory(ptr), LowerTo::Memory(to), len)?;
                }
                target.put_pair(self, (to, len))
            }
            DefValType::Map(key, value) => {
                let (ptr, len) = source.pair(self)?;
                let to = self.list(ty, ptr, len)?;
                self.entries(info, *key, *value, (ptr, to, len))?;
                target.put_pair(self, (to, len))
            }
            DefValType::FixedList(element, len) => self.elements(*element, source, target, *len),
            DefValType::Tuple(types) => self.parts(types.iter(), &info.offsets, source, target),
            DefValType::Record(fields) => self.parts(fields.iter().map(|(_, ty)| ty), &info.offsets, source, target),
            DefValType::Option(some) => self.case(ty, source, target, 2, |case| (case == 1).then_some(*some)),
            DefValType::Result(ok, err) => self.case(ty, source, target, 2, |case| if case == 0 { *ok } else { *err }),
            DefValType::Variant(cases) => self.case(ty, source, target, cases.len(), |case| cases[case].1),
            DefValType::Enum(labels) => self.case(ty, source, target, labels.len(), |_| None),
            DefValType::Flags(labels) => {
                let bits = source.bits(self, info.abi.size)? & u64::from(flags_mask(labels.len()));
                target.put(self, info.abi.size, bits)
            }
            DefValType::Own(slot) => {
                let index = source.bits(self, INDEX_BYTES)? as u32;
                let index = self.own(*slot, index)?;
                target.put(self, INDEX_BYTES, index.into())
            }
            DefValType::Borrow(slot) => {
                let index = source.bits(self, INDEX_BYTES)? as u32;
                let index = self.borrow(*slot, index)?;
                target.put(self, INDEX_BYTES, index.into())
            }
            DefValType::ErrorContext => {
                let index = source.bits(self, INDEX_BYTES)? as u32;
                let machine = &mut self.cx.state_mut().tables.machine;
                let id = machine.lift_error_context(self.route.from.instance, index)?;
                let lowered = machine.lower_error_context(self.route.to.instance, id);
                let index = self.given(lowered)?;
                target.put(self, INDEX_BYTES, index.into())
            }
            DefValType::Stream(element) => self.end(EndKind::Stream, *element, source, target),
            DefValType::Future(element) => self.end(EndKind::Future, *element, source, target),
        }
    }

    /// Copies the fields of a record or a tuple.
    fn parts<'t>(
        &mut self,
        types: impl Iterator<Item = &'t TypeId>,
        offsets: &[u32],
        mut source: LiftFrom<'_, '_>,
        mut target: LowerTo<'_, '_>,
    ) -> Result<(), Error> {
        let mut parts = types.zip(offsets);
        parts.try_for_each(|(ty, offset)| self.value(*ty, source.part(*offset), target.part(*offset)))
    }

    /// Passes the readable end of a stream or a future on.
    fn end(
        &mut self,
        kind: EndKind,
        element: Option<TypeId>,
        mut source: LiftFrom<'_, '_>,
        mut target: LowerTo<'_, '_>,
    ) -> Result<(), Error> {
        let index = source.bits(self, INDEX_BYTES)? as u32;
        if self.has_left() {
            return target.put(self, INDEX_BYTES, 0);
        }
        let (root, from, to) = (self.route.root, self.route.from.instance, self.route.to.instance);
        let state = self.cx.state_mut();
        let ty = state.element_type(root, element);
        let end = state.tables.machine.lift_end(from, index, kind, ty)?;
        let lowered = state.tables.machine.lower_end(to, end);
        let lowered = lowered.inspect_err(|_| state.tables.machine.drop_end(end));
        self.taken += 1;
        let index = self.given(lowered)?;
        target.put(self, INDEX_BYTES, index.into())
    }

    /// Copies the elements of a stream or a future.
    ///
    /// All are lifted before any is lowered (`dst.write(src.read(n))` in `SharedStreamImpl`). So all leave a writer that is not the reason
    /// for an error, and a reader that is not the reason gets none.
    ///
    /// # Errors
    /// The error of lifting or lowering an element.
    pub(super) fn copy_elements(&mut self, element: TypeId, from: u32, to: u32, len: u32) -> Result<(), NotCopied> {
        self.cx.state_mut().tables.begin_giving();
        let mut copied = self.copy_each(element, from, to, len);
        self.cx.state_mut().tables.end_giving(self.route.to.instance, copied.is_ok());
        if copied.is_err() && self.is_of_target {
            let dropped = self.drop_elements(element, from, len);
            self.is_of_target = dropped.is_ok();
            copied = dropped.and(copied);
        }
        copied.map_err(|error| NotCopied { error, is_of_target: self.is_of_target })
    }

    fn copy_each(&mut self, element: TypeId, from: u32, to: u32, len: u32) -> Result<(), Error> {
        let info = &self.route.types[element];
        if info.plain {
            return self.copy(from, to, len * info.abi.size);
        }
        self.elements(element, LiftFrom::Memory(from), LowerTo::Memory(to), len)
    }

    /// Lifts elements that nobody receives, with the handles in them that have not left the writer: the reader has trapped.
    ///
    /// # Errors
    /// The writer's error.
    #[cold]
    fn drop_elements(&mut self, element: TypeId, from: u32, len: u32) -> Result<(), Error> {
        let taken_before = self.taken;
        let abi = &self.route.types[element].abi;
        self.in_two_passes(|lift, _, cx| {
            let mut copier = Copier { taken_before, ..Copier::new(cx.as_context_mut(), lift) };
            let room = copier.lower(|view| view.allocate(abi.align, len * abi.size))?;
            copier.copy_each(element, from, room, len)
        })
    }

    fn resource(&self, slot: ResourceSlot) -> ResourceType {
        self.cx.state().resource(self.route.root, slot)
    }

    /// Gives an owned handle away.
    fn own(&mut self, slot: ResourceSlot, index: u32) -> Result<u32, Error> {
        if self.has_left() {
            return Ok(0);
        }
        let ty = self.resource(slot);
        let machine = &mut self.cx.state_mut().tables.machine;
        let rep = machine.lift_own(self.route.from.instance, ty, index)?;
        let lowered = machine.lower_own(self.route.to.instance, ty, rep);
        self.taken += 1;
        self.given(lowered)
    }

    /// Lends a handle for the duration of the call.
    fn borrow(&mut self, slot: ResourceSlot, index: u32) -> Result<u32, Error> {
        let ty = self.resource(slot);
        let scope = self.route.scope.unwrap_or_else(|| unreachable!("a call whose type lends has a scope"));
        let tables = &mut self.cx.state_mut().tables;
        let rep = tables.lend(self.route.from.instance, ty, index, scope)?;
        let lowered = tables.add_borrow(self.route.to.instance, ty, rep, scope);
        self.of_target(lowered)
    }

    /// Copies `len` entries of a map from one address to another.
    fn entries(
        &mut self,
        map: &TypeInfo,
        key: TypeId,
        value: TypeId,
        (from, to, len): (u32, u32, u32),
    ) -> Result<(), Error> {
        for i in 0..len {
            let offset = i * map.element.size;
            let (mut from, mut to) = (LiftFrom::Memory(from + offset), LowerTo::Memory(to + offset));
            self.value(key, from.part(map.offsets[0]), to.part(map.offsets[0]))?;
            self.value(value, from.part(map.offsets[1]), to.part(map.offsets[1]))?;
        }
        Ok(())
    }

    fn case(
        &mut self,
        ty: TypeId,
        mut source: LiftFrom<'_, '_>,
        mut target: LowerTo<'_, '_>,
        cases: usize,
        payload: impl FnOnce(usize) -> Option<TypeId>,
    ) -> Result<(), Error> {
        let info = &self.route.types[ty];
        let (source_end, target_end) = (source.end(info.abi.flat.len()), target.end(info.abi.flat.len()));
        let size = discriminant_size(cases);
        let case = source.bits(self, size)? as u32;
        if case as usize >= cases {
            return Err(Trap::InvalidDiscriminant { case, count: cases as u32 }.into());
        }
        target.put(self, size, case.into())?;
        if let Some(payload) = payload(case as usize) {
            let offset = info.offsets[0];
            self.value(payload, source.part(offset), target.part(offset))?;
        }
        source.skip_to(source_end);
        target.pad_to(target_end);
        Ok(())
    }

    /// Checks a list, and makes room for it at the other side.
    fn list(&mut self, ty: TypeId, ptr: u32, len: u32) -> Result<u32, Error> {
        let element = self.route.types[ty].element;
        self.source().with_lift_view(&mut self.cx, |view| view.enter_list(element, ptr, len))?;
        // In bounds, the bytes of a list are fewer than 2^32.
        self.charge(len * element.size)?;
        Ok(self.lower(|view| view.alloc_list(element, len as usize))?.0)
    }

    fn elements(
        &mut self,
        element: TypeId,
        mut source: LiftFrom<'_, '_>,
        mut target: LowerTo<'_, '_>,
        len: u32,
    ) -> Result<(), Error> {
        let size = self.route.types[element].abi.size;
        (0..len).try_for_each(|i| self.value(element, source.part(i * size), target.part(i * size)))
    }

    /// Takes bytes out of the source's memory, into the room that the store keeps for that.
    fn take_bytes(&mut self, ptr: u32, bytes: u32) -> alloc::vec::Vec<u8> {
        let mut scratch = core::mem::take(&mut self.cx.state_mut().scratch);
        scratch.clear();
        let range = ptr as usize..ptr as usize + bytes as usize;
        let memory = self::bytes(&mut self.cx, self.route.from.memory);
        scratch.extend_from_slice(memory.get(range).unwrap_or_default());
        scratch
    }

    /// Keeps the room for the next bytes, unless it is large.
    fn keep_scratch(&mut self, scratch: alloc::vec::Vec<u8>) {
        if scratch.capacity() <= KEPT_SCRATCH_BYTES {
            self.cx.state_mut().scratch = scratch;
        }
    }

    /// Copies bytes, in bounds on both sides.
    fn copy(&mut self, from: u32, to: u32, bytes: u32) -> Result<(), Error> {
        let scratch = self.take_bytes(from, bytes);
        let mut outcome = Err(Trap::ReallocOutOfBounds);
        let memory = self::bytes(&mut self.cx, self.route.to.memory);
        if let Some(room) = memory.get_mut(to as usize..to as usize + scratch.len()) {
            room.copy_from_slice(&scratch);
            outcome = Ok(());
        }
        self.keep_scratch(scratch);
        self.of_target(outcome)
    }

    fn string(&mut self, ptr: u32, units: u32) -> Result<(u32, u32), Error> {
        let memory_bytes = bytes(&mut self.cx, self.route.from.memory).len();
        let range = StringRange::check(memory_bytes, ptr, units, self.route.from.encoding)?;
        self.charge(range.bytes())?;
        let scratch = self.take_bytes(ptr, range.bytes());
        let outcome = range.validate(&scratch).map_err(Error::from).and_then(|()| {
            self.lower(|view| {
                let encoding = view.encoding();
                store_string(&mut Text { bytes: &scratch, guest: view.memory() }, range.form, encoding)
            })
        });
        self.keep_scratch(scratch);
        outcome
    }
}

/// The room for bytes on their way that a store keeps.
const KEPT_SCRATCH_BYTES: usize = 1 << 20;

/// The transfer of a string to a guest.
struct Text<'a, 'b, T: 'static, E: CoreEngine> {
    bytes: &'a [u8],
    guest: &'a mut GuestCx<'b, T, E>,
}

impl<T: 'static, E: CoreEngine> StringTransfer for Text<'_, '_, T, E> {
    type Error = Error;

    fn sides(&mut self) -> (&[u8], &mut [u8]) {
        (self.bytes, self.guest.bytes())
    }

    fn realloc(&mut self, old_ptr: u32, old_size: u32, align: u32, new_size: u32) -> Result<u32, Error> {
        reallocate(self.guest, old_ptr, old_size, align, new_size)
    }
}
