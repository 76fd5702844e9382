//! A component's types against those that Rust code was generated for: at link time, once.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::desc::{FuncDesc, ResourceDesc, TypeDesc};

use crate::mismatch::Problem;
use crate::types::describe::{DescText, TypeText, func_text};
use crate::types::{FuncTypeId, ResourceSlot, TypeId, Types, ValType};

/// Compares types, and learns which resource of the component each described resource is.
pub(crate) struct Comparison<'a> {
    pub(crate) types: &'a Types,
    /// Names of resources by slot, for messages.
    pub(crate) resource_names: &'a [Arc<str>],
    /// What is known of the described resources.
    pub(crate) bound: Vec<(&'static ResourceDesc, ResourceSlot)>,
}

/// Which side is expected by whom it is told: the world, or the component.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// What the component imports is expected; the linker's is found.
    Component,
    /// What the world says of an export is expected; the component's is found.
    World,
}

impl Comparison<'_> {
    /// Compares a function type.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn func(&mut self, ty: FuncTypeId, desc: &'static FuncDesc, expected: Expected) -> Result<(), Problem> {
        let func = &self.types[ty].ty;
        if func.params.len() != desc.params.len() || func.async_ != desc.async_ {
            return Err(self.whole(ty, desc, expected));
        }
        for (i, ((name, ty), param)) in func.params.iter().zip(desc.params).enumerate() {
            if &**name != param.name {
                let part = format!("parameter {}", i + 1);
                return Err(problem(part, expected, format!("`{name}`"), format!("`{}`", param.name)));
            }
            let part = format!("parameter {} `{name}`", i + 1);
            self.ty(*ty, param.ty, &part, expected)?;
        }
        match (func.result, desc.result) {
            (None, None) => Ok(()),
            (Some(ty), Some(desc)) => self.ty(ty, desc, "result", expected),
            (ty, desc) => {
                let ty = ty.map_or_else(|| "none".into(), |ty| self.text(ty));
                let desc = desc.map_or_else(|| "none".into(), |desc| DescText(desc).to_string());
                Err(problem("result".into(), expected, ty, desc))
            }
        }
    }

    /// Compares a function type with the types of the Rust values that it is called with: a tuple of parameters, and a
    /// result that is the empty tuple when there is none.
    ///
    /// # Errors
    /// The first part that differs.
    pub(crate) fn rust(
        &mut self,
        ty: FuncTypeId,
        params: &'static TypeDesc,
        result: &'static TypeDesc,
        expected: Expected,
    ) -> Result<(), Problem> {
        let func = &self.types[ty].ty;
        let TypeDesc::Tuple(descs) = params else {
            return Err(problem("parameters".into(), expected, "a tuple".into(), DescText(params).to_string()));
        };
        if descs.len() != func.params.len() {
            let (ours, theirs) = (func.params.len().to_string(), descs.len().to_string());
            return Err(problem("number of parameters".into(), expected, ours, theirs));
        }
        for (i, ((name, ty), desc)) in func.params.iter().zip(*descs).enumerate() {
            self.ty(*ty, desc, &format!("parameter {} `{name}`", i + 1), expected)?;
        }
        match (func.result, result) {
            (None, TypeDesc::Tuple([])) => Ok(()),
            (Some(ty), desc) => self.ty(ty, desc, "result", expected),
            (None, desc) => Err(problem("result".into(), expected, "none".into(), DescText(desc).to_string())),
        }
    }

    fn text(&self, ty: TypeId) -> String {
        TypeText { types: self.types, ty, resources: self.resource_names }.to_string()
    }

    fn whole(&self, ty: FuncTypeId, desc: &'static FuncDesc, expected: Expected) -> Problem {
        let func = &self.types[ty].ty;
        let text = |ty: TypeId| TypeText { types: self.types, ty, resources: self.resource_names };
        let params = func.params.iter().map(|(name, ty)| (name, text(*ty)));
        let ours = func_text(func.async_, params, func.result.map(text));
        let params = desc.params.iter().map(|param| (param.name, DescText(param.ty)));
        let theirs = func_text(desc.async_, params, desc.result.map(DescText));
        problem(String::new(), expected, ours, theirs)
    }

    fn ty(&mut self, ty: TypeId, desc: &'static TypeDesc, part: &str, expected: Expected) -> Result<(), Problem> {
        let types = self.types;
        let differs = |cx: &Self| Err(problem(part.into(), expected, cx.text(ty), DescText(desc).to_string()));
        match (&types[ty].ty, desc) {
            (ty, desc) if same_primitive(ty, desc) => Ok(()),
            (ValType::List(ty), TypeDesc::List(desc)) => self.ty(*ty, desc, &within(part, "element"), expected),
            (ValType::FixedList(ty, len), TypeDesc::FixedList(desc, desc_len)) if len == desc_len => {
                self.ty(*ty, desc, &within(part, "element"), expected)
            }
            (ValType::Map(key, value), TypeDesc::Map(key_desc, value_desc)) => {
                self.ty(*key, key_desc, &within(part, "key"), expected)?;
                self.ty(*value, value_desc, &within(part, "value"), expected)
            }
            (ValType::Tuple(types), TypeDesc::Tuple(descs)) if types.len() == descs.len() => {
                let mut pairs = types.iter().zip(*descs).enumerate();
                pairs.try_for_each(|(i, (ty, desc))| self.ty(*ty, desc, &within(part, &i.to_string()), expected))
            }
            (ValType::Option(ty), TypeDesc::Option(desc)) => self.ty(*ty, desc, &within(part, "some"), expected),
            (ValType::Result(ok, err), TypeDesc::Result(ok_desc, err_desc)) => {
                if !self.optional(*ok, *ok_desc, &within(part, "ok"), expected)?
                    || !self.optional(*err, *err_desc, &within(part, "err"), expected)?
                {
                    return differs(self);
                }
                Ok(())
            }
            (ValType::Record(fields), TypeDesc::Record(desc))
                if fields.iter().map(|(name, _)| &**name).eq(desc.fields.iter().map(|field| field.name)) =>
            {
                let mut pairs = fields.iter().zip(desc.fields);
                pairs.try_for_each(|((name, ty), field)| {
                    self.ty(*ty, field.ty, &within(part, &format!("field `{name}`")), expected)
                })
            }
            (ValType::Variant(cases), TypeDesc::Variant(desc))
                if cases.iter().map(|(name, _)| &**name).eq(desc.cases.iter().map(|case| case.name)) =>
            {
                for ((name, ty), case) in cases.iter().zip(desc.cases) {
                    if !self.optional(*ty, case.ty, &within(part, &format!("case `{name}`")), expected)? {
                        return differs(self);
                    }
                }
                Ok(())
            }
            (ValType::Enum(labels), TypeDesc::Enum(desc)) | (ValType::Flags(labels), TypeDesc::Flags(desc))
                if labels.iter().map(|label| &**label).eq(desc.labels.iter().copied()) =>
            {
                Ok(())
            }
            (ValType::Own(slot), TypeDesc::Own(desc)) | (ValType::Borrow(slot), TypeDesc::Borrow(desc))
                if self.same_resource(*slot, desc) =>
            {
                Ok(())
            }
            (ValType::Stream(ty), TypeDesc::Stream(desc)) | (ValType::Future(ty), TypeDesc::Future(desc)) => {
                if !self.optional(*ty, *desc, &within(part, "element"), expected)? {
                    return differs(self);
                }
                Ok(())
            }
            _ => differs(self),
        }
    }

    /// Compares types that may be absent; says whether both are, or are not.
    fn optional(
        &mut self,
        ty: Option<TypeId>,
        desc: Option<&'static TypeDesc>,
        part: &str,
        expected: Expected,
    ) -> Result<bool, Problem> {
        match (ty, desc) {
            (None, None) => Ok(true),
            (Some(ty), Some(desc)) => {
                self.ty(ty, desc, part, expected)?;
                Ok(true)
            }
            (Some(_), None) | (None, Some(_)) => Ok(false),
        }
    }

    /// Whether a described resource may be the one of a slot: it is not known as another's.
    fn same_resource(&mut self, slot: ResourceSlot, desc: &'static ResourceDesc) -> bool {
        match self.bound.iter().find(|(known, _)| known.is(desc)) {
            Some((_, known)) => *known == slot,
            None => {
                self.bound.push((desc, slot));
                true
            }
        }
    }
}

fn same_primitive(ty: &ValType, desc: &TypeDesc) -> bool {
    matches!(
        (ty, desc),
        (ValType::Bool, TypeDesc::Bool)
            | (ValType::S8, TypeDesc::S8)
            | (ValType::U8, TypeDesc::U8)
            | (ValType::S16, TypeDesc::S16)
            | (ValType::U16, TypeDesc::U16)
            | (ValType::S32, TypeDesc::S32)
            | (ValType::U32, TypeDesc::U32)
            | (ValType::S64, TypeDesc::S64)
            | (ValType::U64, TypeDesc::U64)
            | (ValType::F32, TypeDesc::F32)
            | (ValType::F64, TypeDesc::F64)
            | (ValType::Char, TypeDesc::Char)
            | (ValType::String, TypeDesc::String)
            | (ValType::ErrorContext, TypeDesc::ErrorContext)
    )
}

fn within(part: &str, inner: &str) -> String {
    format!("{part}: {inner}")
}

fn problem(part: String, expected: Expected, component: String, world: String) -> Problem {
    match expected {
        Expected::Component => Problem::Type { part, expected: component, found: world },
        Expected::World => Problem::Type { part, expected: world, found: component },
    }
}
