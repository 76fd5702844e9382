//! Functions: names, positions of types, core signatures.

use std::collections::BTreeMap;

use witwright_resolver::model::{self, Accessor, Type, TypeDefKind, TypeId, TypeRef, WorldItemKind};

use super::modules::deprecated;
use super::{Build, MAX_TUPLE};
use crate::errors;
use crate::ir::names::{self, Taken};
use crate::ir::{DefId, DefKind, Direction, Func, FuncKind, ModuleId, Output, Param, RustType};
use crate::options::{Ownership, Target};

impl Build<'_> {
    /// Adds the functions of all modules, and returns those that the world exports itself.
    pub(super) fn add_funcs(&mut self) -> Vec<Func> {
        let (model, world) = (self.model, self.world);
        let interfaces: Vec<_> = self.interfaces.keys().copied().collect();
        for (direction, id) in interfaces {
            let module = self.interface_module(direction, id);
            if self.modules[module.0].remapped {
                continue;
            }
            let interface = self.modules[module.0].extern_name.clone();
            let funcs = self.funcs(direction, direction, interface.as_deref(), &model.interfaces[id].funcs);
            self.modules[module.0].funcs = funcs;
        }
        let func = |item: &'_ model::WorldItem| match &item.kind {
            WorldItemKind::Func(func) => Some(func.clone()),
            WorldItemKind::Interface { .. } | WorldItemKind::Type(_) => None,
        };
        let imports: Vec<model::Func> = world.imports.iter().filter_map(func).collect();
        let exports: Vec<model::Func> = world.exports.iter().filter_map(func).collect();
        self.modules[ModuleId::ROOT.0].funcs = self.funcs(Direction::Import, Direction::Import, None, &imports);
        // They name types of the imports.
        self.funcs(Direction::Export, Direction::Import, None, &exports)
    }

    /// The functions of a module, with names that differ where they are in one scope.
    ///
    /// `side` is theirs; `types` is the side whose types they name.
    fn funcs(
        &mut self,
        side: Direction,
        types: Direction,
        interface: Option<&str>,
        funcs: &[model::Func],
    ) -> Vec<Func> {
        let func = |func| self.func(side, types, interface, func);
        let mut funcs: Vec<Func> = funcs.iter().filter_map(func).collect();
        let mut symbols = Taken::default();
        let mut scopes: BTreeMap<Option<DefId>, Scopes> = BTreeMap::new();
        // The name of a constructor is the same in all bindings.
        let constructors_first = |func: &&mut Func| !matches!(func.kind, FuncKind::Constructor(_));
        let mut in_order: Vec<&mut Func> = funcs.iter_mut().collect();
        in_order.sort_by_key(constructors_first);
        for func in in_order {
            func.symbol = symbols.take(&names::ident(&func.symbol)).to_string();
            let scopes = scopes.entry(func.kind.resource()).or_insert_with_key(|resource| Scopes {
                names: Taken::default(),
                host_names: Taken::with(if resource.is_some() { &["drop"] } else { &[] }),
                call_names: Taken::default(),
            });
            func.name = scopes.names.take(&func.name);
            func.host_name = scopes.host_names.take(&func.host_name);
            func.call_name = scopes.call_names.take(&func.call_name);
        }
        funcs
    }

    fn func(&mut self, side: Direction, types: Direction, interface: Option<&str>, func: &model::Func) -> Option<Func> {
        let extern_name = func.extern_name(self.model);
        if self.skips(interface, &extern_name) {
            return None;
        }
        if func.params.len() > MAX_TUPLE {
            self.report(errors::too_many("parameters", func.params.len(), MAX_TUPLE, func.span));
        }
        let kind = match func.kind {
            model::FuncKind::Free => FuncKind::Free,
            model::FuncKind::Method(id) => FuncKind::Method(self.def_id(types, id)),
            model::FuncKind::Static(id) => FuncKind::Static(self.def_id(types, id)),
            model::FuncKind::Constructor(id) => FuncKind::Constructor(self.def_id(types, id)),
        };
        let name = match (func.kind, func.accessor) {
            (model::FuncKind::Constructor(_), _) => names::ident("new"),
            (_, Some(Accessor::Set)) => names::snake(&format!("set-{}", func.name)),
            (_, Some(Accessor::Get) | None) => names::snake(&func.name),
        };
        let called = match func.kind {
            model::FuncKind::Constructor(_) => "constructor".to_owned(),
            model::FuncKind::Free | model::FuncKind::Method(_) | model::FuncKind::Static(_) => {
                names::snake_text(&name.to_string())
            }
        };
        let chaining = match (types, kind, func.result) {
            (Direction::Import, FuncKind::Method(_), None) => self.chaining(interface, &extern_name),
            _ => None,
        };
        let flags = self.flags(side, interface, &extern_name);
        let is_async = match self.target {
            Target::Guest => self.is_async(side, interface, &extern_name, func.async_),
            Target::Host => false,
        };
        let module = interface.unwrap_or("$root");
        let has_ends = match (self.target, side) {
            (Target::Host, _) => {
                func.params.iter().map(|param| param.ty).chain(func.result).any(|ty| self.mentions(ty.ty) > 0)
            }
            (Target::Guest, Direction::Import) => self.add_ends(types, module, &extern_name, func),
            (Target::Guest, Direction::Export) => {
                self.add_ends(types, &format!("[export]{module}"), &extern_name, func)
            }
        };
        let result = self.output(types, func);
        Some(Func {
            chaining,
            flags,
            typed_error: match side {
                Direction::Import if flags.trappable => self.failure(&result),
                Direction::Import | Direction::Export => None,
            },
            host_name: name.clone(),
            call_name: names::ident(&format!("call_{called}")),
            name,
            symbol: symbol(&extern_name),
            extern_name,
            async_: func.async_,
            is_async,
            has_ends,
            kind,
            docs: func.docs.clone(),
            deprecated: deprecated(&func.gate),
            params: func.params.iter().map(|param| self.param(types, is_async, param)).collect(),
            result,
            abi: self.layouts.of_func(func),
            post_return: func.result.is_some_and(|result| self.holds(result.ty).heap),
        })
    }

    /// The type that a function fails with, if a Rust type stands for it.
    fn failure(&self, result: &Output) -> Option<DefId> {
        let mut err = match result {
            Output::Value(RustType::Result(_, Some(err))) => err.as_ref(),
            Output::FallibleThis(Some(err)) => err,
            Output::Unit | Output::Value(_) | Output::This | Output::FallibleThis(None) => return None,
        };
        loop {
            let RustType::Def(id) = err else { return None };
            let def = &self.defs[id.0];
            match &def.kind {
                _ if def.typed_error.is_some() => return Some(*id),
                DefKind::Alias(target) => err = target,
                DefKind::Record(_)
                | DefKind::Variant(_)
                | DefKind::Enum(_)
                | DefKind::Flags(_)
                | DefKind::Resource
                | DefKind::ResourceAlias(_) => return None,
            }
        }
    }

    /// A call that waits owns its parameters. For other calls, types with owned handles are passed by value, those with strings or
    /// lists by reference, or with references in them.
    fn param(&mut self, direction: Direction, is_async: bool, param: &model::Param) -> Param {
        let owned = self.owned(direction, param.ty);
        let holds = self.holds(param.ty.ty);
        let given = match self.options.ownership {
            _ if is_async => owned.clone(),
            _ if holds.own => self.given_away(&owned, holds),
            _ if !holds.heap && !holds.borrow => owned.clone(),
            Ownership::Owning => self.by_reference(&owned),
            Ownership::Borrowing { .. } => self.borrowed(&owned),
        };
        Param { name: names::snake(&param.name), wit_name: param.name.clone(), owned, given }
    }

    fn output(&mut self, direction: Direction, func: &model::Func) -> Output {
        let Some(result) = func.result else { return Output::Unit };
        if let model::FuncKind::Constructor(resource) = func.kind {
            if self.is_own(result, resource) {
                return Output::This;
            }
            if let Type::Id(id) = self.model.dealias(result.ty)
                && let TypeDefKind::Result(Some(ok), err) = self.model.types[id].kind
                && self.is_own(ok, resource)
            {
                return Output::FallibleThis(err.map(|err| self.owned(direction, err)));
            }
        }
        Output::Value(self.owned(direction, result))
    }

    /// Whether a type is an owned handle of a resource.
    fn is_own(&self, mention: TypeRef, resource: TypeId) -> bool {
        let Type::Id(id) = self.model.dealias(mention.ty) else { return false };
        let TypeDefKind::Own(target) = self.model.types[id].kind else { return false };
        self.model.dealias_id(target) == self.model.dealias_id(resource)
    }
}

/// The names of functions that are taken, in the scope of each resource and in that of the functions without one.
struct Scopes {
    names: Taken,
    host_names: Taken,
    call_names: Taken,
}

/// A function's name as part of an identifier: `[method]r.f` is `method_r_f`, `[method][get]r.f` is `method_get_r_f`.
fn symbol(extern_name: &str) -> String {
    names::snake_text(&extern_name.trim_start_matches('[').replace("][", "]"))
}
