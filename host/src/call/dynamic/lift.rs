//! Lifting dynamic values (`CanonicalABI.md#loading`, `#flat-lifting`).

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::flat::FlatReader;
use witwright_abi_runtime::flatten::Convention;
use witwright_abi_runtime::layout::{INDEX_BYTES, discriminant_size};
use witwright_abi_runtime::machine::EndKind;
use witwright_abi_runtime::transfer::LiftCx;
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{Handles as _, LiftView};

use super::Values;
use crate::call::location::{LiftFrom, Read, read_bits};
use crate::end::{ErrorContextVal, FutureVal, Kept, StreamVal};
use crate::error::Error;
use crate::handles::CallHandles;
use crate::resource::ResourceVal;
use crate::types::{DefValType, FuncInfo, ResourceSlot, Scalar, TypeId, TypeInfo};
use crate::val::Val;

type Lifting<'a, 'b> = LiftView<'a, CallHandles<'b>>;

impl Read for Lifting<'_, '_> {
    fn read_bits(&mut self, addr: u32, size: u32) -> Result<u64, Error> {
        read_bits(self, addr, size)
    }
}

impl Values<'_> {
    /// Lifts the parameters of a call of an import; `convention` is the way in which the caller has lowered the function.
    pub(in crate::call) fn lift_params(
        &self,
        view: &mut Lifting<'_, '_>,
        func: &FuncInfo,
        convention: Convention,
        slots: &[u64],
    ) -> Result<Vec<Val>, Error> {
        let mut flat = FlatReader::new(slots);
        let base = if func.abi.params_in_memory(convention) {
            let ptr = flat.pop() as u32;
            view.check_pointer(ptr, &func.abi.params)?;
            Some(ptr)
        } else {
            None
        };
        let mut source = base.map_or(LiftFrom::Flat(&mut flat), LiftFrom::Memory);
        let params = func.ty.params.iter().zip(&func.offsets);
        params.map(|((_, ty), offset)| self.lift(view, source.part(*offset), *ty)).collect()
    }

    /// Lifts the result of a call of an export; `convention` is the way in which the function is lifted.
    pub(in crate::call) fn lift_result(
        &self,
        view: &mut Lifting<'_, '_>,
        func: &FuncInfo,
        convention: Convention,
        flat: &[u64],
    ) -> Result<Option<Val>, Error> {
        let Some(ty) = func.ty.result else { return Ok(None) };
        let mut flat = FlatReader::new(flat);
        if func.abi.result_in_memory(convention) {
            let ptr = flat.pop() as u32;
            view.check_pointer(ptr, &func.abi.result)?;
            return self.lift(view, LiftFrom::Memory(ptr), ty).map(Some);
        }
        self.lift(view, LiftFrom::Flat(&mut flat), ty).map(Some)
    }

    fn lift(&self, view: &mut Lifting<'_, '_>, mut source: LiftFrom<'_, '_>, ty: TypeId) -> Result<Val, Error> {
        let info = &self.types[ty];
        Ok(match &info.ty {
            DefValType::Scalar(scalar) => lift_scalar(*scalar, source.bits(view, info.abi.size)?)?,
            DefValType::String => Val::String(lift_string(view, &mut source)?),
            DefValType::List(element) => Val::List(self.list(view, &mut source, info, *element)?),
            DefValType::FixedList(element, len) => Val::List(self.elements(view, source, *element, *len)?),
            DefValType::Map(key, value) => Val::Map(self.map(view, &mut source, info, (*key, *value))?),
            DefValType::Tuple(types) => Val::Tuple(self.tuple(view, source, info, types)?),
            DefValType::Record(fields) => Val::Record(self.record(view, source, info, fields)?),
            DefValType::Option(some) => Val::Option(self.lift_case(view, source, info, &[None, Some(*some)])?.1),
            DefValType::Result(ok, err) => match self.lift_case(view, source, info, &[*ok, *err])? {
                (0, payload) => Val::Result(Ok(payload)),
                (_, payload) => Val::Result(Err(payload)),
            },
            DefValType::Variant(cases) => {
                let types: Vec<Option<TypeId>> = cases.iter().map(|(_, ty)| *ty).collect();
                let (case, payload) = self.lift_case(view, source, info, &types)?;
                Val::Variant((*cases[case].0).into(), payload)
            }
            DefValType::Enum(labels) => Val::Enum(lift_label(view, &mut source, labels)?),
            DefValType::Flags(labels) => Val::Flags(set_labels(labels, source.bits(view, info.abi.size)?)),
            DefValType::Own(slot) => self.lift_handle(view, &mut source, *slot, true)?,
            DefValType::Borrow(slot) => self.lift_handle(view, &mut source, *slot, false)?,
            DefValType::Stream(element) => {
                let (end, element) = self.lift_end(view, EndKind::Stream, *element, &mut source)?;
                Val::Stream(StreamVal { end, element })
            }
            DefValType::Future(element) => {
                let (end, element) = self.lift_end(view, EndKind::Future, *element, &mut source)?;
                Val::Future(FutureVal { end, element })
            }
            DefValType::ErrorContext => Val::ErrorContext(lift_error_context(view, &mut source)?),
        })
    }

    /// Counts values against the limit of a dynamic call: as dynamic values they are larger than their bytes.
    fn count(&self, view: &mut Lifting<'_, '_>, len: u32) -> Result<(), Error> {
        let bytes = len.saturating_mul(size_of::<Val>() as u32);
        view.handles().charge(bytes)
    }

    fn list(
        &self,
        view: &mut Lifting<'_, '_>,
        source: &mut LiftFrom<'_, '_>,
        list: &TypeInfo,
        element: TypeId,
    ) -> Result<Vec<Val>, Error> {
        let (ptr, len) = source.pair(view)?;
        view.enter_list(list.element, ptr, len)?;
        self.elements(view, LiftFrom::Memory(ptr), element, len)
    }

    fn elements(
        &self,
        view: &mut Lifting<'_, '_>,
        mut source: LiftFrom<'_, '_>,
        element: TypeId,
        len: u32,
    ) -> Result<Vec<Val>, Error> {
        self.count(view, len)?;
        let size = self.types[element].abi.size;
        (0..len).map(|i| self.lift(view, source.part(i * size), element)).collect()
    }

    fn map(
        &self,
        view: &mut Lifting<'_, '_>,
        source: &mut LiftFrom<'_, '_>,
        map: &TypeInfo,
        (key, value): (TypeId, TypeId),
    ) -> Result<Vec<(Val, Val)>, Error> {
        let (ptr, len) = source.pair(view)?;
        view.enter_list(map.element, ptr, len)?;
        self.count(view, len)?;
        let entry = |i: u32| {
            let mut entry = LiftFrom::Memory(ptr + i * map.element.size);
            let key = self.lift(view, entry.part(map.offsets[0]), key)?;
            Ok((key, self.lift(view, entry.part(map.offsets[1]), value)?))
        };
        (0..len).map(entry).collect()
    }

    fn tuple(
        &self,
        view: &mut Lifting<'_, '_>,
        mut source: LiftFrom<'_, '_>,
        info: &TypeInfo,
        types: &[TypeId],
    ) -> Result<Vec<Val>, Error> {
        let parts = types.iter().zip(&info.offsets);
        parts.map(|(ty, offset)| self.lift(view, source.part(*offset), *ty)).collect()
    }

    fn record(
        &self,
        view: &mut Lifting<'_, '_>,
        mut source: LiftFrom<'_, '_>,
        info: &TypeInfo,
        fields: &[(Arc<str>, TypeId)],
    ) -> Result<Vec<(String, Val)>, Error> {
        let mut field = |((name, ty), offset): (&(Arc<str>, TypeId), &u32)| {
            Ok((String::from(&**name), self.lift(view, source.part(*offset), *ty)?))
        };
        fields.iter().zip(&info.offsets).map(&mut field).collect()
    }

    fn lift_handle(
        &self,
        view: &mut Lifting<'_, '_>,
        source: &mut LiftFrom<'_, '_>,
        slot: ResourceSlot,
        owned: bool,
    ) -> Result<Val, Error> {
        let (ty, index) = (self.resource(slot), source.bits(view, INDEX_BYTES)? as u32);
        let side = view.handles();
        let key = if owned { side.lift_own_of(ty, true, index)? } else { side.lift_borrow_of(ty, true, index)? };
        Ok(Val::Resource(ResourceVal { ty: ty.0, key, owned }))
    }

    /// Lifts the readable end of a stream or a future. Returns it with the number of its element type.
    fn lift_end(
        &self,
        view: &mut Lifting<'_, '_>,
        kind: EndKind,
        element: Option<TypeId>,
        source: &mut LiftFrom<'_, '_>,
    ) -> Result<(Arc<Kept>, u32), Error> {
        let index = source.bits(view, INDEX_BYTES)? as u32;
        let handles = view.handles();
        let ty = self.element(handles.tables, element);
        let key = handles.lift_end_of(kind, ty, index)?;
        Ok((Arc::new(Kept::new(key, handles.keeper())), ty.id))
    }

    /// Lifts a case of a variant, an option or a result: its index, and its payload.
    fn lift_case(
        &self,
        view: &mut Lifting<'_, '_>,
        mut source: LiftFrom<'_, '_>,
        info: &TypeInfo,
        cases: &[Option<TypeId>],
    ) -> Result<(usize, Option<Box<Val>>), Error> {
        let end = source.end(info.abi.flat.len());
        let case = source.bits(view, discriminant_size(cases.len()))? as u32 as usize;
        let payload = match cases.get(case).ok_or(no_case(case, cases.len()))? {
            Some(ty) => Some(Box::new(self.lift(view, source.part(info.offsets[0]), *ty)?)),
            None => None,
        };
        source.skip_to(end);
        Ok((case, payload))
    }
}

fn lift_string(view: &mut Lifting<'_, '_>, source: &mut LiftFrom<'_, '_>) -> Result<String, Error> {
    let (ptr, units) = source.pair(view)?;
    view.lift_string(ptr, units)
}

/// Lifts a case of an enum.
fn lift_label(view: &mut Lifting<'_, '_>, source: &mut LiftFrom<'_, '_>, labels: &[Arc<str>]) -> Result<String, Error> {
    let case = source.bits(view, discriminant_size(labels.len()))? as u32 as usize;
    Ok((**labels.get(case).ok_or(no_case(case, labels.len()))?).into())
}

/// The names of the flags that are set.
fn set_labels(labels: &[Arc<str>], bits: u64) -> Vec<String> {
    let set = labels.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
    set.map(|(_, label)| (**label).into()).collect()
}

fn lift_error_context(view: &mut Lifting<'_, '_>, source: &mut LiftFrom<'_, '_>) -> Result<ErrorContextVal, Error> {
    let index = source.bits(view, INDEX_BYTES)? as u32;
    let handles = view.handles();
    let key = handles.lift_error_context(index)?;
    Ok(ErrorContextVal { kept: Arc::new(Kept::new(key, handles.keeper())) })
}

/// The trap of a discriminant that names no case.
fn no_case(case: usize, count: usize) -> Trap {
    Trap::InvalidDiscriminant { case: case as u32, count: count as u32 }
}

/// The value of a number's bits.
fn lift_scalar(scalar: Scalar, bits: u64) -> Result<Val, Trap> {
    Ok(match scalar {
        Scalar::Bool => Val::Bool(bits as u32 != 0),
        Scalar::S8 => Val::S8(bits as i8),
        Scalar::U8 => Val::U8(bits as u8),
        Scalar::S16 => Val::S16(bits as i16),
        Scalar::U16 => Val::U16(bits as u16),
        Scalar::S32 => Val::S32(bits as i32),
        Scalar::U32 => Val::U32(bits as u32),
        Scalar::S64 => Val::S64(bits as i64),
        Scalar::U64 => Val::U64(bits),
        Scalar::F32 => Val::F32(f32::from_bits(bits as u32)),
        Scalar::F64 => Val::F64(f64::from_bits(bits)),
        Scalar::Char => Val::Char(char::from_u32(bits as u32).ok_or(Trap::InvalidChar(bits as u32))?),
    })
}
