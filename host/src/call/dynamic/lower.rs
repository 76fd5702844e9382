//! Lowering dynamic values (`CanonicalABI.md#storing`, `#flat-lowering`).

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_abi_runtime::flat::FlatWriter;
use witwright_abi_runtime::flatten::Convention;
use witwright_abi_runtime::layout::{INDEX_BYTES, discriminant_size};
use witwright_abi_runtime::transfer::LowerCx;
use witwright_abi_runtime::view::{Handles as _, LowerView};

use super::Values;
use crate::call::guest_side::GuestCx;
use crate::call::location::{LowerTo, Write, write_bits};
use crate::end::{FutureVal, StreamVal};
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::types::{DefValType, FuncInfo, Scalar, TypeId};
use crate::val::Val;

type Lowering<'a, 'b, T, E> = LowerView<'a, GuestCx<'b, T, E>>;

impl<T: 'static, E: CoreEngine> Write for Lowering<'_, '_, T, E> {
    fn write_bits(&mut self, addr: u32, size: u32, bits: u64) -> Result<(), Error> {
        write_bits(self, addr, size, bits)
    }
}

impl Values<'_> {
    /// Lowers the parameters of an export's call.
    pub(in crate::call) fn lower_params<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        func: &FuncInfo,
        params: &[Val],
        slots: &mut [u64],
    ) -> Result<(), Error> {
        if params.len() != func.ty.params.len() {
            let expected = match func.ty.params.len() {
                1 => "1 parameter".into(),
                count => format!("{count} parameters"),
            };
            return Err(ErrorKind::Value { expected, found: params.len().to_string() }.into());
        }
        let mut flat = FlatWriter::new(slots);
        let base = if func.abi.params_in_memory(Convention::Lift) {
            let ptr = view.allocate(func.abi.params.align, func.abi.params.size)?;
            flat.push(ptr.into());
            Some(ptr)
        } else {
            None
        };
        let mut target = base.map_or(LowerTo::Flat(&mut flat), LowerTo::Memory);
        for (((name, ty), offset), param) in func.ty.params.iter().zip(&func.offsets).zip(params) {
            self.lower_part(view, target.part(*offset), *ty, param, || format!("parameter `{name}`"))?;
        }
        Ok(())
    }

    /// Lowers the result of an import's call.
    pub(in crate::call) fn lower_result<T: 'static, E: CoreEngine>(
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
            (Some(ty), None) => return Err(self.mismatch(ty, "nothing").within(RESULT)),
            (None, Some(value)) => {
                let (expected, found) = ("nothing".into(), found(value));
                return Err(Error::new(ErrorKind::Value { expected, found }).within(RESULT));
            }
        };
        let mut flat = FlatWriter::new(slots);
        let target = match out_ptr {
            Some(ptr) => {
                view.check_pointer(ptr, &func.abi.result)?;
                LowerTo::Memory(ptr)
            }
            None => LowerTo::Flat(&mut flat),
        };
        self.lower_part(view, target, ty, value, || RESULT.into())
    }

    fn lower<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        mut target: LowerTo<'_, '_>,
        ty: TypeId,
        value: &Val,
    ) -> Result<(), Error> {
        let info = &self.types[ty];
        match (&info.ty, value) {
            (DefValType::Scalar(scalar), value) => match scalar_bits(*scalar, value) {
                Some(bits) => target.put(view, info.abi.size, bits),
                None => Err(self.mismatch(ty, &found(value))),
            },
            (DefValType::String, Val::String(text)) => {
                let pair = view.lower_str(text)?;
                target.put_pair(view, pair)
            }
            (DefValType::List(element), Val::List(values)) => {
                let (ptr, len) = view.alloc_list(info.element, values.len())?;
                self.lower_elements(view, LowerTo::Memory(ptr), *element, values)?;
                target.put_pair(view, (ptr, len))
            }
            (DefValType::FixedList(element, len), Val::List(values)) if values.len() == *len as usize => {
                self.lower_elements(view, target, *element, values)
            }
            (DefValType::Map(key, value), Val::Map(entries)) => {
                let (ptr, len) = view.alloc_list(info.element, entries.len())?;
                for (i, (k, v)) in entries.iter().enumerate() {
                    let mut entry = LowerTo::Memory(ptr + i as u32 * info.element.size);
                    let part = |part| move || format!("entry {}, {part}", i + 1);
                    self.lower_part(view, entry.part(info.offsets[0]), *key, k, part("key"))?;
                    self.lower_part(view, entry.part(info.offsets[1]), *value, v, part("value"))?;
                }
                target.put_pair(view, (ptr, len))
            }
            (DefValType::Tuple(types), Val::Tuple(values)) if types.len() == values.len() => {
                let mut parts = types.iter().zip(&info.offsets).zip(values).enumerate();
                parts.try_for_each(|(i, ((ty, offset), value))| {
                    self.lower_part(view, target.part(*offset), *ty, value, || format!("value {}", i + 1))
                })
            }
            (DefValType::Record(fields), Val::Record(values))
                if fields.iter().map(|(name, _)| &**name).eq(values.iter().map(|(name, _)| name.as_str())) =>
            {
                let mut parts = fields.iter().zip(&info.offsets).zip(values);
                parts.try_for_each(|(((name, ty), offset), (_, value))| {
                    self.lower_part(view, target.part(*offset), *ty, value, || format!("field `{name}`"))
                })
            }
            (DefValType::Flags(labels), Val::Flags(set)) => match flag_bits(labels, set) {
                Some(bits) => target.put(view, info.abi.size, bits),
                None => Err(self.mismatch(ty, &found(value))),
            },
            _ => match self.lower_index(view, &info.ty, value)? {
                Some(index) => target.put(view, INDEX_BYTES, index.into()),
                None => match self.case_of(&info.ty, value) {
                    Some(case) => self.lower_case(view, target, ty, case),
                    None => Err(self.mismatch(ty, &found(value))),
                },
            },
        }
    }

    /// Lowers a value whose form is an index, if it is one of this type.
    fn lower_index<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        ty: &DefValType,
        value: &Val,
    ) -> Result<Option<u32>, Error> {
        let handles = &mut view.memory().handles();
        let index = match (ty, value) {
            (DefValType::Own(slot), Val::Resource(value)) if self.resource(*slot).0 == value.ty => {
                handles.lower_own_of(self.resource(*slot), true, value.key)?
            }
            (DefValType::Borrow(slot), Val::Resource(value)) if self.resource(*slot).0 == value.ty => {
                handles.lower_borrow_of(self.resource(*slot), true, value.key)?
            }
            (DefValType::Stream(element), Val::Stream(StreamVal { end, element: ours }))
            | (DefValType::Future(element), Val::Future(FutureVal { end, element: ours }))
                if self.element(handles.tables, *element).id == *ours =>
            {
                let index = handles.lower_end_of(end.key(handles.keeper().as_deref()))?;
                end.set_given();
                index
            }
            (DefValType::ErrorContext, Val::ErrorContext(value)) => {
                let key = value.kept.key(handles.keeper().as_deref());
                handles.lower_error_context(key)?
            }
            _ => return Ok(None),
        };
        Ok(Some(index))
    }

    fn lower_elements<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        mut target: LowerTo<'_, '_>,
        element: TypeId,
        values: &[Val],
    ) -> Result<(), Error> {
        let size = self.types[element].abi.size;
        let mut values = values.iter().enumerate();
        values.try_for_each(|(i, value)| {
            self.lower_part(view, target.part(i as u32 * size), element, value, || format!("element {}", i + 1))
        })
    }

    /// Lowers a part of a larger value. `name` is its name in errors.
    #[inline]
    fn lower_part<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        target: LowerTo<'_, '_>,
        ty: TypeId,
        value: &Val,
        name: impl FnOnce() -> String,
    ) -> Result<(), Error> {
        self.lower(view, target, ty, value).map_err(|error| error.in_part(name))
    }

    /// The case of a variant, an enum, an option or a result that a value is. `None` if it is not one.
    fn case_of<'v>(&self, ty: &DefValType, value: &'v Val) -> Option<Case<'v>> {
        let case = |index: usize, count: usize, ty: Option<TypeId>, payload: Option<&'v Val>| match (ty, payload) {
            (None, None) => Some(Case { index, count, payload: None }),
            (Some(ty), Some(payload)) => Some(Case { index, count, payload: Some((ty, payload)) }),
            (None, Some(_)) | (Some(_), None) => None,
        };
        match (ty, value) {
            (DefValType::Option(_), Val::Option(None)) => case(0, 2, None, None),
            (DefValType::Option(some), Val::Option(Some(payload))) => case(1, 2, Some(*some), Some(payload)),
            (DefValType::Result(ok, _), Val::Result(Ok(payload))) => case(0, 2, *ok, payload.as_deref()),
            (DefValType::Result(_, err), Val::Result(Err(payload))) => case(1, 2, *err, payload.as_deref()),
            (DefValType::Variant(cases), Val::Variant(name, payload)) => {
                let index = cases.iter().position(|(case, _)| **case == **name)?;
                case(index, cases.len(), cases[index].1, payload.as_deref())
            }
            (DefValType::Enum(labels), Val::Enum(name)) => {
                case(labels.iter().position(|label| **label == **name)?, labels.len(), None, None)
            }
            _ => None,
        }
    }

    fn lower_case<T: 'static, E: CoreEngine>(
        &self,
        view: &mut Lowering<'_, '_, T, E>,
        mut target: LowerTo<'_, '_>,
        ty: TypeId,
        case: Case<'_>,
    ) -> Result<(), Error> {
        let info = &self.types[ty];
        let end = target.end(info.abi.flat.len());
        target.put(view, discriminant_size(case.count), case.index as u64)?;
        if let Some((payload_ty, payload)) = case.payload {
            self.lower_part(view, target.part(info.offsets[0]), payload_ty, payload, || {
                case_name(&info.ty, case.index)
            })?;
        }
        target.pad_to(end);
        Ok(())
    }
}

/// The name of a result, in errors.
const RESULT: &str = "result";

/// The name of a case, in errors.
#[cold]
fn case_name(ty: &DefValType, index: usize) -> String {
    let name = if let DefValType::Variant(cases) = ty {
        &cases[index].0
    } else if matches!(ty, DefValType::Option(_)) {
        ["none", "some"][index]
    } else {
        ["ok", "err"][index]
    };
    format!("case `{name}`")
}

/// A value that is not of its type, in words: with the names in it, since these may be wrong.
#[cold]
fn found(value: &Val) -> String {
    let names = |names: &mut dyn Iterator<Item = &String>| names.map(String::as_str).collect::<Vec<_>>().join(", ");
    let with = |payload: &Option<Box<Val>>| if payload.is_some() { " with a value" } else { " without a value" };
    match value {
        Val::Record(fields) => format!("record {{ {} }}", names(&mut fields.iter().map(|(name, _)| name))),
        Val::Flags(set) => format!("flags {{ {} }}", names(&mut set.iter())),
        Val::List(elements) => format!("list of {}", elements.len()),
        Val::Tuple(parts) => format!("tuple of {}", parts.len()),
        Val::Enum(case) => format!("case `{case}`"),
        Val::Variant(case, payload) => format!("case `{case}`{}", with(payload)),
        Val::Result(Ok(payload)) => format!("result: ok{}", with(payload)),
        Val::Result(Err(payload)) => format!("result: error{}", with(payload)),
        Val::Bool(_)
        | Val::S8(_)
        | Val::U8(_)
        | Val::S16(_)
        | Val::U16(_)
        | Val::S32(_)
        | Val::U32(_)
        | Val::S64(_)
        | Val::U64(_)
        | Val::F32(_)
        | Val::F64(_)
        | Val::Char(_)
        | Val::String(_)
        | Val::Map(_)
        | Val::Option(_)
        | Val::Resource(_)
        | Val::Stream(_)
        | Val::Future(_)
        | Val::ErrorContext(_) => value.shape().into(),
    }
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

/// The bits of a value that is a number of this type. `None` if it is not one.
fn scalar_bits(scalar: Scalar, value: &Val) -> Option<u64> {
    Some(match (scalar, value) {
        (Scalar::Bool, Val::Bool(value)) => (*value).into(),
        (Scalar::S8, Val::S8(value)) => (*value as i32 as u32).into(),
        (Scalar::U8, Val::U8(value)) => (*value).into(),
        (Scalar::S16, Val::S16(value)) => (*value as i32 as u32).into(),
        (Scalar::U16, Val::U16(value)) => (*value).into(),
        (Scalar::S32, Val::S32(value)) => (*value as u32).into(),
        (Scalar::U32, Val::U32(value)) => (*value).into(),
        (Scalar::S64, Val::S64(value)) => *value as u64,
        (Scalar::U64, Val::U64(value)) => *value,
        (Scalar::F32, Val::F32(value)) => value.to_bits().into(),
        (Scalar::F64, Val::F64(value)) => value.to_bits(),
        (Scalar::Char, Val::Char(value)) => u32::from(*value).into(),
        _ => return None,
    })
}
