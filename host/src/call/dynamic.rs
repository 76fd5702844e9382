//! Dynamic values: lifted and lowered by a component's types (`CanonicalABI.md#loading`, `#storing`, `#flattening`).

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_abi_runtime::flat::{FlatReader, FlatWriter};
use witwright_abi_runtime::layout::{MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, discriminant_size};
use witwright_abi_runtime::transfer::{LiftCx, LowerCx};
use witwright_abi_runtime::trap::Trap;
use witwright_abi_runtime::view::{LiftView, LowerView};

use crate::call::context::GuestCx;
use crate::call::place::{Read, Source, Target, Write, read_bits, write_bits};
use crate::component::plan::Plan;
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind, Unsupported};
use crate::handles::HostSide;
use crate::resource::ResourceVal;
use crate::state::{ResourceType, RootIndex};
use crate::store::StoreContextMut;
use crate::types::describe::TypeText;
use crate::types::{FuncInfo, ResourceSlot, TypeId, TypeInfo, Types, ValType};
use crate::val::Val;

/// The types of a component and its runtime resource types: what lifts and lowers dynamic values.
pub(crate) struct Values<'a> {
    plan: &'a Plan,
    types: &'a Types,
    resources: Vec<ResourceType>,
}

type Lifting<'a, 'b> = LiftView<'a, HostSide<'b>>;
type Lowering<'a, 'b, T, E> = LowerView<'a, GuestCx<'b, T, E>>;

impl Read for Lifting<'_, '_> {
    fn read_bits(&mut self, addr: u32, size: u32) -> Result<u64, Error> {
        read_bits(self, addr, size)
    }
}

impl<T: 'static, E: CoreEngine> Write for Lowering<'_, '_, T, E> {
    fn write_bits(&mut self, addr: u32, size: u32, bits: u64) -> Result<(), Error> {
        write_bits(self, addr, size, bits)
    }
}

impl<'a> Values<'a> {
    /// The types of a root instance of this plan.
    pub(crate) fn new<T: 'static, E: CoreEngine>(
        cx: &StoreContextMut<'_, T, E>,
        plan: &'a Plan,
        root: RootIndex,
    ) -> Values<'a> {
        Values { plan, types: &plan.types, resources: cx.state().root(root).resources.clone() }
    }

    /// Lifts the parameters of an import's call; the caller gives at most `max_flat` of them flat.
    pub(crate) fn lift_params(
        &self,
        view: &mut Lifting<'_, '_>,
        func: &FuncInfo,
        max_flat: usize,
        slots: &[u64],
    ) -> Result<Vec<Val>, Error> {
        let mut flat = FlatReader::new(slots);
        let base = if func.params.flat.len() > max_flat {
            let ptr = flat.pop() as u32;
            view.check_pointer(ptr, &func.params)?;
            Some(ptr)
        } else {
            None
        };
        let mut source = base.map_or(Source::Flat(&mut flat), Source::Memory);
        let params = func.ty.params.iter().zip(&func.offsets);
        params.map(|((_, ty), offset)| self.lift(view, source.part(*offset), *ty)).collect()
    }

    /// Lifts the result of an export's call.
    pub(crate) fn lift_result(
        &self,
        view: &mut Lifting<'_, '_>,
        func: &FuncInfo,
        slots: &[u64],
    ) -> Result<Option<Val>, Error> {
        let Some(ty) = func.ty.result else { return Ok(None) };
        let mut flat = FlatReader::new(&slots[..MAX_FLAT_RESULTS]);
        if func.result_in_memory() {
            let ptr = flat.pop() as u32;
            view.check_pointer(ptr, &func.result)?;
            return self.lift(view, Source::Memory(ptr), ty).map(Some);
        }
        self.lift(view, Source::Flat(&mut flat), ty).map(Some)
    }

    /// Lifts the result that `task.return` gives: as a parameter.
    pub(crate) fn lift_task_result(&self, view: &mut Lifting<'_, '_>, ty: TypeId, slots: &[u64]) -> Result<Val, Error> {
        let abi = &self.types[ty].abi;
        let mut flat = FlatReader::new(slots);
        if abi.flat.len() > MAX_FLAT_PARAMS {
            let ptr = flat.pop() as u32;
            view.check_pointer(ptr, abi)?;
            return self.lift(view, Source::Memory(ptr), ty);
        }
        self.lift(view, Source::Flat(&mut flat), ty)
    }

    /// Lowers the parameters of an export's call.
    pub(crate) fn lower_params<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        func: &FuncInfo,
        params: &[Val],
        slots: &mut [u64],
    ) -> Result<(), Error> {
        if params.len() != func.ty.params.len() {
            let expected = alloc::format!("{} parameters", func.ty.params.len());
            return Err(ErrorKind::Value { expected, found: params.len().to_string() }.into());
        }
        let mut flat = FlatWriter::new(slots);
        let base = if func.params_in_memory() {
            let ptr = view.allocate(func.params.align, func.params.size, Trap::ReallocOutOfBounds)?;
            flat.push(ptr.into());
            Some(ptr)
        } else {
            None
        };
        let mut target = base.map_or(Target::Flat(&mut flat), Target::Memory);
        for (((_, ty), offset), param) in func.ty.params.iter().zip(&func.offsets).zip(params) {
            self.lower(view, target.part(*offset), *ty, param)?;
        }
        Ok(())
    }

    /// Lowers the result of an import's call.
    pub(crate) fn lower_result<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        func: &FuncInfo,
        result: Option<&Val>,
        slots: &mut [u64],
        out_ptr: Option<u32>,
    ) -> Result<(), Error> {
        let (ty, value) = match (func.ty.result, result) {
            (None, None) => return Ok(()),
            (Some(ty), Some(value)) => (ty, value),
            (Some(ty), None) => return Err(self.mismatch(ty, "nothing")),
            (None, Some(value)) => {
                let (expected, found) = ("nothing".into(), value.shape().into());
                return Err(ErrorKind::Value { expected, found }.into());
            }
        };
        let Some(ptr) = out_ptr else {
            return self.lower(view, Target::Flat(&mut FlatWriter::new(slots)), ty, value);
        };
        view.check_pointer(ptr, &func.result)?;
        self.lower(view, Target::Memory(ptr), ty, value)
    }

    #[cold]
    fn mismatch(&self, ty: TypeId, found: &str) -> Error {
        let expected = TypeText(self.plan.type_ref(ty)).to_string();
        ErrorKind::Value { expected, found: found.into() }.into()
    }

    fn resource(&self, slot: ResourceSlot) -> ResourceType {
        self.resources[slot.0 as usize]
    }

    fn lift(&self, view: &mut Lifting<'_, '_>, mut source: Source<'_, '_>, ty: TypeId) -> Result<Val, Error> {
        let info = &self.types[ty];
        if let Some(value) = lift_number(view, &mut source, &info.ty)? {
            return Ok(value);
        }
        Ok(match &info.ty {
            ValType::String => {
                let (ptr, units) = source.pair(view)?;
                Val::String(view.lift_string(ptr, units)?)
            }
            ValType::List(element) => {
                let (ptr, len) = source.pair(view)?;
                view.enter_list(info.element, ptr, len)?;
                Val::List(self.elements(view, Source::Memory(ptr), *element, len)?)
            }
            ValType::FixedList(element, len) => Val::List(self.elements(view, source, *element, *len)?),
            ValType::Map(key, value) => {
                let (ptr, len) = source.pair(view)?;
                view.enter_list(info.element, ptr, len)?;
                Val::Map(self.entries(view, info, (*key, *value), (ptr, len))?)
            }
            ValType::Tuple(types) => {
                let parts = types.iter().zip(&info.offsets);
                let parts = parts.map(|(ty, offset)| self.lift(view, source.part(*offset), *ty));
                Val::Tuple(parts.collect::<Result<_, _>>()?)
            }
            ValType::Record(fields) => {
                let parts = fields.iter().zip(&info.offsets);
                let parts = parts.map(|((name, ty), offset)| {
                    Ok((String::from(&**name), self.lift(view, source.part(*offset), *ty)?))
                });
                Val::Record(parts.collect::<Result<_, Error>>()?)
            }
            ValType::Option(some) => {
                let (_, payload) = self.lift_case(view, source, ty, &[None, Some(*some)])?;
                Val::Option(payload)
            }
            ValType::Result(ok, err) => match self.lift_case(view, source, ty, &[*ok, *err])? {
                (0, payload) => Val::Result(Ok(payload)),
                (_, payload) => Val::Result(Err(payload)),
            },
            ValType::Variant(cases) => {
                let types: Vec<Option<TypeId>> = cases.iter().map(|(_, ty)| *ty).collect();
                let (case, payload) = self.lift_case(view, source, ty, &types)?;
                Val::Variant((*cases[case].0).into(), payload)
            }
            ValType::Enum(labels) => {
                let case = source.bits(view, discriminant_size(labels.len()))? as u32 as usize;
                Val::Enum((**labels.get(case).ok_or(no_case(case, labels.len()))?).into())
            }
            ValType::Flags(labels) => {
                let bits = source.bits(view, info.abi.size)?;
                let set = labels.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
                Val::Flags(set.map(|(_, label)| (**label).into()).collect())
            }
            ValType::Own(slot) => self.lift_handle(view, &mut source, *slot, true)?,
            ValType::Borrow(slot) => self.lift_handle(view, &mut source, *slot, false)?,
            ValType::ErrorContext | ValType::Stream(_) | ValType::Future(_) => return Err(asynchronous()),
            ValType::Bool
            | ValType::S8
            | ValType::U8
            | ValType::S16
            | ValType::U16
            | ValType::S32
            | ValType::U32
            | ValType::S64
            | ValType::U64
            | ValType::F32
            | ValType::F64
            | ValType::Char => unreachable!("numbers are done"),
        })
    }

    /// Counts values against what a dynamic call may hold: they are larger than their bytes.
    fn count(&self, view: &mut Lifting<'_, '_>, len: u32) -> Result<(), Error> {
        use witwright_abi_runtime::view::Handles as _;
        let bytes = len.saturating_mul(size_of::<Val>() as u32);
        view.handles().charge(bytes)
    }

    fn elements(
        &self,
        view: &mut Lifting<'_, '_>,
        mut source: Source<'_, '_>,
        element: TypeId,
        len: u32,
    ) -> Result<Vec<Val>, Error> {
        self.count(view, len)?;
        let size = self.types[element].abi.size;
        (0..len).map(|i| self.lift(view, source.part(i * size), element)).collect()
    }

    fn entries(
        &self,
        view: &mut Lifting<'_, '_>,
        map: &TypeInfo,
        (key, value): (TypeId, TypeId),
        (ptr, len): (u32, u32),
    ) -> Result<Vec<(Val, Val)>, Error> {
        self.count(view, len)?;
        let entry = |i: u32| {
            let mut entry = Source::Memory(ptr + i * map.element.size);
            let key = self.lift(view, entry.part(map.offsets[0]), key)?;
            Ok((key, self.lift(view, entry.part(map.offsets[1]), value)?))
        };
        (0..len).map(entry).collect()
    }

    fn lift_handle(
        &self,
        view: &mut Lifting<'_, '_>,
        source: &mut Source<'_, '_>,
        slot: ResourceSlot,
        owned: bool,
    ) -> Result<Val, Error> {
        let (ty, index) = (self.resource(slot), source.bits(view, 4)? as u32);
        let side = view.handles();
        let key = if owned { side.lift_own_of(ty, true, index)? } else { side.lift_borrow_of(ty, true, index)? };
        Ok(Val::Resource(ResourceVal { ty: ty.0, key, owned }))
    }

    fn lift_case(
        &self,
        view: &mut Lifting<'_, '_>,
        mut source: Source<'_, '_>,
        ty: TypeId,
        cases: &[Option<TypeId>],
    ) -> Result<(usize, Option<Box<Val>>), Error> {
        let info = &self.types[ty];
        let end = source.end(info.abi.flat.len());
        let case = source.bits(view, discriminant_size(cases.len()))? as u32 as usize;
        let payload = match cases.get(case).ok_or(no_case(case, cases.len()))? {
            Some(ty) => Some(Box::new(self.lift(view, source.part(info.offsets[0]), *ty)?)),
            None => None,
        };
        source.skip_to(end);
        Ok((case, payload))
    }

    fn lower<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        mut target: Target<'_, '_>,
        ty: TypeId,
        value: &Val,
    ) -> Result<(), Error> {
        let info = &self.types[ty];
        match (&info.ty, value) {
            (ValType::Bool, Val::Bool(value)) => target.put(view, 1, (*value).into()),
            (ValType::S8, Val::S8(value)) => target.put(view, 1, (*value as i32 as u32).into()),
            (ValType::U8, Val::U8(value)) => target.put(view, 1, (*value).into()),
            (ValType::S16, Val::S16(value)) => target.put(view, 2, (*value as i32 as u32).into()),
            (ValType::U16, Val::U16(value)) => target.put(view, 2, (*value).into()),
            (ValType::S32, Val::S32(value)) => target.put(view, 4, (*value as u32).into()),
            (ValType::U32, Val::U32(value)) => target.put(view, 4, (*value).into()),
            (ValType::S64, Val::S64(value)) => target.put(view, 8, *value as u64),
            (ValType::U64, Val::U64(value)) => target.put(view, 8, *value),
            (ValType::F32, Val::F32(value)) => target.put(view, 4, value.to_bits().into()),
            (ValType::F64, Val::F64(value)) => target.put(view, 8, value.to_bits()),
            (ValType::Char, Val::Char(value)) => target.put(view, 4, u32::from(*value).into()),
            (ValType::String, Val::String(text)) => {
                let pair = view.lower_str(text)?;
                target.put_pair(view, pair)
            }
            (ValType::List(element), Val::List(values)) => {
                let (ptr, len) = view.alloc_list(info.element, values.len())?;
                self.lower_elements(view, Target::Memory(ptr), *element, values)?;
                target.put_pair(view, (ptr, len))
            }
            (ValType::FixedList(element, len), Val::List(values)) if values.len() == *len as usize => {
                self.lower_elements(view, target, *element, values)
            }
            (ValType::Map(key, value), Val::Map(entries)) => {
                let (ptr, len) = view.alloc_list(info.element, entries.len())?;
                for (i, (k, v)) in entries.iter().enumerate() {
                    let mut entry = Target::Memory(ptr + i as u32 * info.element.size);
                    self.lower(view, entry.part(info.offsets[0]), *key, k)?;
                    self.lower(view, entry.part(info.offsets[1]), *value, v)?;
                }
                target.put_pair(view, (ptr, len))
            }
            (ValType::Tuple(types), Val::Tuple(values)) if types.len() == values.len() => {
                let mut parts = types.iter().zip(&info.offsets).zip(values);
                parts.try_for_each(|((ty, offset), value)| self.lower(view, target.part(*offset), *ty, value))
            }
            (ValType::Record(fields), Val::Record(values))
                if fields.iter().map(|(name, _)| &**name).eq(values.iter().map(|(name, _)| name.as_str())) =>
            {
                let mut parts = fields.iter().zip(&info.offsets).zip(values);
                parts.try_for_each(|(((_, ty), offset), (_, value))| self.lower(view, target.part(*offset), *ty, value))
            }
            (ValType::Flags(labels), Val::Flags(set)) => match flag_bits(labels, set) {
                Some(bits) => target.put(view, info.abi.size, bits),
                None => Err(self.mismatch(ty, "flags with other names")),
            },
            (ValType::Own(slot), Val::Resource(value)) if self.resource(*slot).0 == value.ty => {
                let index = view.memory().side().lower_own_of(self.resource(*slot), true, value.key)?;
                target.put(view, 4, index.into())
            }
            (ValType::Borrow(slot), Val::Resource(value)) if self.resource(*slot).0 == value.ty => {
                let index = view.memory().side().lower_borrow_of(self.resource(*slot), true, value.key)?;
                target.put(view, 4, index.into())
            }
            (ValType::ErrorContext | ValType::Stream(_) | ValType::Future(_), _) => Err(asynchronous()),
            _ => match self.case_of(&info.ty, value) {
                Some(case) => self.lower_case(view, target, ty, case),
                None => Err(self.mismatch(ty, value.shape())),
            },
        }
    }

    fn lower_elements<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        mut target: Target<'_, '_>,
        element: TypeId,
        values: &[Val],
    ) -> Result<(), Error> {
        let size = self.types[element].abi.size;
        let mut values = values.iter().enumerate();
        values.try_for_each(|(i, value)| self.lower(view, target.part(i as u32 * size), element, value))
    }

    /// The case of a variant, an enum, an option or a result that a value is; nothing when it is none.
    fn case_of<'v>(&self, ty: &ValType, value: &'v Val) -> Option<Case<'v>> {
        let case = |index: usize, count: usize, ty: Option<TypeId>, payload: Option<&'v Val>| match (ty, payload) {
            (None, None) => Some(Case { index, count, payload: None }),
            (Some(ty), Some(payload)) => Some(Case { index, count, payload: Some((ty, payload)) }),
            (None, Some(_)) | (Some(_), None) => None,
        };
        match (ty, value) {
            (ValType::Option(_), Val::Option(None)) => case(0, 2, None, None),
            (ValType::Option(some), Val::Option(Some(payload))) => case(1, 2, Some(*some), Some(payload)),
            (ValType::Result(ok, _), Val::Result(Ok(payload))) => case(0, 2, *ok, payload.as_deref()),
            (ValType::Result(_, err), Val::Result(Err(payload))) => case(1, 2, *err, payload.as_deref()),
            (ValType::Variant(cases), Val::Variant(name, payload)) => {
                let index = cases.iter().position(|(case, _)| **case == **name)?;
                case(index, cases.len(), cases[index].1, payload.as_deref())
            }
            (ValType::Enum(labels), Val::Enum(name)) => {
                case(labels.iter().position(|label| **label == **name)?, labels.len(), None, None)
            }
            _ => None,
        }
    }

    fn lower_case<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        mut target: Target<'_, '_>,
        ty: TypeId,
        case: Case<'_>,
    ) -> Result<(), Error> {
        let info = &self.types[ty];
        let end = target.end(info.abi.flat.len());
        target.put(view, discriminant_size(case.count), case.index as u64)?;
        if let Some((payload_ty, payload)) = case.payload {
            self.lower(view, target.part(info.offsets[0]), payload_ty, payload)?;
        }
        target.pad_to(end);
        Ok(())
    }
}

/// The trap of a discriminant that names no case.
fn no_case(case: usize, count: usize) -> Trap {
    Trap::InvalidDiscriminant { case: case as u32, count: count as u32 }
}

/// Lifts a value that is one number; nothing when the type is of another kind.
fn lift_number(view: &mut Lifting<'_, '_>, source: &mut Source<'_, '_>, ty: &ValType) -> Result<Option<Val>, Error> {
    Ok(Some(match ty {
        ValType::Bool => Val::Bool(source.bits(view, 1)? as u32 != 0),
        ValType::S8 => Val::S8(source.bits(view, 1)? as i8),
        ValType::U8 => Val::U8(source.bits(view, 1)? as u8),
        ValType::S16 => Val::S16(source.bits(view, 2)? as i16),
        ValType::U16 => Val::U16(source.bits(view, 2)? as u16),
        ValType::S32 => Val::S32(source.bits(view, 4)? as i32),
        ValType::U32 => Val::U32(source.bits(view, 4)? as u32),
        ValType::S64 => Val::S64(source.bits(view, 8)? as i64),
        ValType::U64 => Val::U64(source.bits(view, 8)?),
        ValType::F32 => Val::F32(f32::from_bits(source.bits(view, 4)? as u32)),
        ValType::F64 => Val::F64(f64::from_bits(source.bits(view, 8)?)),
        ValType::Char => Val::Char(char::from_u32(source.bits(view, 4)? as u32).ok_or(Trap::InvalidChar)?),
        ValType::String
        | ValType::ErrorContext
        | ValType::List(_)
        | ValType::FixedList(..)
        | ValType::Map(..)
        | ValType::Tuple(_)
        | ValType::Option(_)
        | ValType::Result(..)
        | ValType::Record(_)
        | ValType::Variant(_)
        | ValType::Enum(_)
        | ValType::Flags(_)
        | ValType::Own(_)
        | ValType::Borrow(_)
        | ValType::Stream(_)
        | ValType::Future(_) => return Ok(None),
    }))
}

/// A case that a value is.
struct Case<'v> {
    index: usize,
    count: usize,
    payload: Option<(TypeId, &'v Val)>,
}

fn flag_bits(labels: &[alloc::sync::Arc<str>], set: &[String]) -> Option<u64> {
    set.iter().try_fold(0, |bits, name| {
        let place = labels.iter().position(|label| **label == **name)?;
        Some(bits | 1 << place)
    })
}

#[cold]
fn asynchronous() -> Error {
    Unsupported::Async { item: "a stream, a future or an error context".into() }.into()
}
