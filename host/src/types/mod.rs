//! The value and function types of one component, interned (`Explainer.md#type-definitions`).
//!
//! Two types are equal when their ids are: all types are structural save resources, and those are named by the slot of
//! the plan that holds the runtime resource type. Layout facts are computed once, when a type is interned.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::desc::TypeDesc;
use witwright_abi_runtime::layout::{self, FlatType, RecordLayout, TypeAbi, VariantLayout};

use crate::error::{Error, LimitKind};

pub(crate) mod compare;
pub(crate) mod describe;
pub(crate) mod reflect;
mod scalar;
pub(crate) mod shape;

pub(crate) use scalar::Scalar;

/// A value type of a component.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct TypeId(u32);

/// A function type of a component.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FuncTypeId(u32);

/// The place in an instance where a runtime resource type is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ResourceSlot(pub(crate) u32);

/// A value type; its parts are ids.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum ValType {
    Scalar(Scalar),
    String,
    ErrorContext,
    List(TypeId),
    FixedList(TypeId, u32),
    Map(TypeId, TypeId),
    Tuple(Box<[TypeId]>),
    Option(TypeId),
    Result(Option<TypeId>, Option<TypeId>),
    Record(Box<[(Arc<str>, TypeId)]>),
    Variant(Box<[(Arc<str>, Option<TypeId>)]>),
    Enum(Box<[Arc<str>]>),
    Flags(Box<[Arc<str>]>),
    Own(ResourceSlot),
    Borrow(ResourceSlot),
    Stream(Option<TypeId>),
    Future(Option<TypeId>),
}

/// A type and what follows from it.
#[derive(Debug)]
pub(crate) struct TypeInfo {
    pub(crate) ty: ValType,
    pub(crate) abi: TypeAbi,
    /// Offsets in bytes: of the fields of a record or tuple; of the payload of a variant, option or result, alone; of
    /// key and value in an entry of a map.
    pub(crate) offsets: Box<[u32]>,
    /// The layout of the elements of a list, or of the entries of a map.
    pub(crate) element: TypeAbi,
    /// Whether every bit pattern of its bytes is a value and it holds neither pointers, handles nor padding.
    pub(crate) plain: bool,
    /// Whether a borrowed handle occurs in it.
    pub(crate) borrows: bool,
    depth: u32,
}

/// A function type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct FuncType {
    pub(crate) async_: bool,
    pub(crate) params: Box<[(Arc<str>, TypeId)]>,
    pub(crate) result: Option<TypeId>,
}

/// A function type and what follows from it.
#[derive(Debug)]
pub(crate) struct FuncInfo {
    pub(crate) ty: FuncType,
    /// The layout of the parameters, as of a tuple.
    pub(crate) params: TypeAbi,
    /// The offsets in bytes of the parameters.
    pub(crate) offsets: Box<[u32]>,
    /// The layout of the result.
    pub(crate) result: TypeAbi,
    /// Whether a parameter holds a borrowed handle.
    pub(crate) borrows: bool,
}

/// The signature of a core function.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct CoreSignature {
    pub(crate) params: Vec<FlatType>,
    pub(crate) results: Vec<FlatType>,
}

impl FuncInfo {
    /// Whether the parameters travel in memory.
    pub(crate) fn params_in_memory(&self) -> bool {
        self.params.flat.len() > layout::MAX_FLAT_PARAMS
    }

    /// Whether the result travels in memory.
    pub(crate) fn result_in_memory(&self) -> bool {
        self.result.flat.len() > layout::MAX_FLAT_RESULTS
    }

    /// The core signature of an import lowered from this type (`CanonicalABI.md#flattening`).
    pub(crate) fn lowered(&self) -> CoreSignature {
        let mut params = match self.params.flat.as_slice() {
            Some(flat) => flat.to_vec(),
            None => alloc::vec![FlatType::I32],
        };
        let results = match self.result.flat.as_slice() {
            Some(flat) if flat.len() <= layout::MAX_FLAT_RESULTS => flat.to_vec(),
            Some(_) | None => {
                params.push(FlatType::I32);
                Vec::new()
            }
        };
        CoreSignature { params, results }
    }
}

/// All types of one component.
#[derive(Debug)]
pub(crate) struct Types {
    types: Vec<TypeInfo>,
    interned: BTreeMap<ValType, TypeId>,
    funcs: Vec<FuncInfo>,
    interned_funcs: BTreeMap<FuncType, FuncTypeId>,
    max_depth: u32,
}

impl core::ops::Index<TypeId> for Types {
    type Output = TypeInfo;

    fn index(&self, id: TypeId) -> &TypeInfo {
        &self.types[id.0 as usize]
    }
}

impl core::ops::Index<FuncTypeId> for Types {
    type Output = FuncInfo;

    fn index(&self, id: FuncTypeId) -> &FuncInfo {
        &self.funcs[id.0 as usize]
    }
}

impl Types {
    pub(crate) fn new(max_depth: u32) -> Types {
        Types {
            types: Vec::new(),
            interned: BTreeMap::new(),
            funcs: Vec::new(),
            interned_funcs: BTreeMap::new(),
            max_depth,
        }
    }

    /// The id of a type.
    ///
    /// # Errors
    /// When it is nested too deeply.
    pub(crate) fn intern(&mut self, ty: ValType) -> Result<TypeId, Error> {
        if let Some(id) = self.interned.get(&ty) {
            return Ok(*id);
        }
        let info = self.info(ty.clone());
        if info.depth > self.max_depth {
            return Err(LimitKind::Nesting.into());
        }
        let id = TypeId(self.types.len() as u32);
        self.types.push(info);
        self.interned.insert(ty, id);
        Ok(id)
    }

    /// The id of a function type.
    pub(crate) fn intern_func(&mut self, ty: FuncType) -> FuncTypeId {
        if let Some(id) = self.interned_funcs.get(&ty) {
            return *id;
        }
        let params: Vec<TypeId> = ty.params.iter().map(|(_, ty)| *ty).collect();
        let (abi, offsets) = self.record(&params);
        let info = FuncInfo {
            params: abi,
            offsets,
            result: ty.result.map_or(TypeAbi::UNIT, |ty| self[ty].abi),
            borrows: params.iter().any(|ty| self[*ty].borrows),
            ty: ty.clone(),
        };
        let id = FuncTypeId(self.funcs.len() as u32);
        self.funcs.push(info);
        self.interned_funcs.insert(ty, id);
        id
    }

    /// The core parameters of values of this layout: flat, or their address (`CanonicalABI.md#flattening`).
    pub(crate) fn flat_params(&self, abi: &TypeAbi) -> Vec<FlatType> {
        abi.flat.as_slice().map_or_else(|| alloc::vec![FlatType::I32], <[FlatType]>::to_vec)
    }

    /// The core signature of an import lowered `async` from a function type (`CanonicalABI.md#flattening`).
    pub(crate) fn lowered_async(&self, ty: FuncTypeId) -> CoreSignature {
        let func = &self[ty];
        let mut params = match func.params.flat.as_slice() {
            Some(flat) if flat.len() <= layout::MAX_FLAT_ASYNC_PARAMS => flat.to_vec(),
            Some(_) | None => alloc::vec![FlatType::I32],
        };
        params.extend(func.ty.result.map(|_| FlatType::I32));
        CoreSignature { params, results: alloc::vec![FlatType::I32] }
    }

    fn info(&self, ty: ValType) -> TypeInfo {
        let parts = ty.parts();
        let (abi, offsets) = self.layout(&ty);
        TypeInfo {
            element: self.element(&ty),
            plain: self.plain(&ty, &abi),
            borrows: matches!(ty, ValType::Borrow(_)) || parts.iter().any(|part| self[*part].borrows),
            depth: parts.iter().map(|part| self[*part].depth).max().unwrap_or(0) + 1,
            ty,
            abi,
            offsets,
        }
    }

    fn element(&self, ty: &ValType) -> TypeAbi {
        if let ValType::List(element) | ValType::FixedList(element, _) = ty {
            self[*element].abi
        } else if let ValType::Map(key, value) = ty {
            self.record(&[*key, *value]).0
        } else {
            TypeAbi::UNIT
        }
    }

    fn record(&self, fields: &[TypeId]) -> (TypeAbi, Box<[u32]>) {
        let mut record = RecordLayout::new();
        let offsets = fields
            .iter()
            .map(|field| {
                let (next, offset) = record.field(&self[*field].abi);
                record = next;
                offset
            })
            .collect();
        (record.finish(), offsets)
    }

    fn variant(&self, cases: impl ExactSizeIterator<Item = Option<TypeId>>) -> (TypeAbi, Box<[u32]>) {
        let mut variant = VariantLayout::new(cases.len());
        for case in cases {
            variant = variant.case(&case.map_or(TypeAbi::UNIT, |ty| self[ty].abi));
        }
        (variant.finish(), Box::new([variant.payload_offset()]))
    }

    fn layout(&self, ty: &ValType) -> (TypeAbi, Box<[u32]>) {
        let leaf = |desc: &TypeDesc| (TypeAbi::of(desc), Box::default());
        match ty {
            ValType::Scalar(scalar) => leaf(scalar.desc()),
            ValType::String | ValType::List(_) => leaf(&TypeDesc::String),
            ValType::Map(key, value) => (TypeAbi::of(&TypeDesc::String), self.record(&[*key, *value]).1),
            ValType::ErrorContext | ValType::Stream(_) | ValType::Future(_) => leaf(&TypeDesc::ErrorContext),
            // A handle of either kind is an index.
            ValType::Own(_) | ValType::Borrow(_) => leaf(&TypeDesc::U32),
            ValType::FixedList(element, len) => (self[*element].abi.repeat(*len), Box::default()),
            ValType::Tuple(types) => self.record(types),
            ValType::Record(fields) => {
                let fields: Vec<TypeId> = fields.iter().map(|(_, ty)| *ty).collect();
                self.record(&fields)
            }
            ValType::Option(some) => self.variant([None, Some(*some)].into_iter()),
            ValType::Result(ok, err) => self.variant([*ok, *err].into_iter()),
            ValType::Variant(cases) => self.variant(cases.iter().map(|(_, ty)| *ty)),
            ValType::Enum(labels) => self.variant(labels.iter().map(|_| None)),
            ValType::Flags(labels) => match layout::flags_size(labels.len()) {
                1 => leaf(&TypeDesc::U8),
                2 => leaf(&TypeDesc::U16),
                _ => leaf(&TypeDesc::U32),
            },
        }
    }

    fn plain(&self, ty: &ValType, abi: &TypeAbi) -> bool {
        match ty {
            ValType::Scalar(scalar) => scalar.is_plain(),
            ValType::Tuple(_) | ValType::Record(_) => {
                let parts = ty.parts();
                let bytes: u64 = parts.iter().map(|part| u64::from(self[*part].abi.size)).sum();
                bytes == u64::from(abi.size) && parts.iter().all(|part| self[*part].plain)
            }
            ValType::FixedList(element, _) => self[*element].plain,
            ValType::String
            | ValType::ErrorContext
            | ValType::List(_)
            | ValType::Map(..)
            | ValType::Option(_)
            | ValType::Result(..)
            | ValType::Variant(_)
            | ValType::Enum(_)
            | ValType::Flags(_)
            | ValType::Own(_)
            | ValType::Borrow(_)
            | ValType::Stream(_)
            | ValType::Future(_) => false,
        }
    }
}

impl ValType {
    /// The types that it is made of.
    fn parts(&self) -> Vec<TypeId> {
        match self {
            ValType::Scalar(_)
            | ValType::String
            | ValType::ErrorContext
            | ValType::Enum(_)
            | ValType::Flags(_)
            | ValType::Own(_)
            | ValType::Borrow(_) => Vec::new(),
            ValType::List(ty) | ValType::FixedList(ty, _) | ValType::Option(ty) => alloc::vec![*ty],
            ValType::Map(key, value) => alloc::vec![*key, *value],
            ValType::Tuple(types) => types.to_vec(),
            ValType::Result(ok, err) => ok.iter().chain(err).copied().collect(),
            ValType::Record(fields) => fields.iter().map(|(_, ty)| *ty).collect(),
            ValType::Variant(cases) => cases.iter().filter_map(|(_, ty)| *ty).collect(),
            ValType::Stream(ty) | ValType::Future(ty) => ty.iter().copied().collect(),
        }
    }
}
