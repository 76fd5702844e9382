//! Function types, and the names of functions, which state their resources
//! (`Explainer.md#import-and-export-definitions`).

use alloc::string::ToString;
use alloc::vec::Vec;

use wasmparser::component_types::{ComponentFuncTypeId, ComponentItem};

use super::Decoder;
use super::error::{DecodeError, Inexpressible};
use crate::model::{Accessor, Func, FuncKind, Gate, Param, TypeId, TypeOwner};

impl Decoder<'_> {
    pub(super) fn func(
        &mut self,
        extern_name: &str,
        item: &ComponentItem,
        ty: ComponentFuncTypeId,
        owner: TypeOwner,
    ) -> Result<Func, DecodeError> {
        let types = self.types;
        let ty = &types[ty];
        let mut params = Vec::with_capacity(ty.params.len());
        for (name, ty) in &ty.params {
            params.push(Param { name: name.to_string(), ty: self.val(extern_name, ty, owner)?, span: None });
        }
        let result = match &ty.result {
            Some(ty) => Some(self.val(extern_name, ty, owner)?),
            None => None,
        };
        let (kind, accessor, name) = self.func_kind(extern_name, owner)?;
        Ok(Func {
            name: name.to_string(),
            kind,
            accessor,
            async_: ty.async_,
            params,
            result,
            docs: None,
            gate: Gate::default(),
            external_id: item.external_id.clone(),
            span: None,
        })
    }

    /// Parses names such as `[method]r.f`.
    fn func_kind<'n>(
        &self,
        name: &'n str,
        owner: TypeOwner,
    ) -> Result<(FuncKind, Option<Accessor>, &'n str), DecodeError> {
        if let Some(resource) = name.strip_prefix("[constructor]") {
            return Ok((FuncKind::Constructor(self.resource(name, resource, owner)?), None, "constructor"));
        }
        let method = name.strip_prefix("[method]");
        let static_ = name.strip_prefix("[static]");
        let rest = method.or(static_).unwrap_or(name);
        let (accessor, rest) = match rest.strip_prefix("[get]") {
            Some(rest) => (Some(Accessor::Get), rest),
            None => match rest.strip_prefix("[set]") {
                Some(rest) => (Some(Accessor::Set), rest),
                None => (None, rest),
            },
        };
        if method.is_none() && static_.is_none() {
            return Ok((FuncKind::Free, accessor, rest));
        }
        let (resource, rest) = rest.split_once('.').unwrap_or((rest, ""));
        let resource = self.resource(name, resource, owner)?;
        let kind = if method.is_some() { FuncKind::Method(resource) } else { FuncKind::Static(resource) };
        Ok((kind, accessor, rest))
    }

    /// The resource of a function; WIT has the function in the resource's body.
    fn resource(&self, func: &str, name: &str, owner: TypeOwner) -> Result<TypeId, DecodeError> {
        let id = self.names.get(&(owner, name.to_string())).copied();
        id.filter(|&id| self.model.types[id].kind.is_resource())
            .ok_or_else(|| self.inexpressible(func, Inexpressible::ForeignResource))
    }
}
