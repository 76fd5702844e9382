//! Names that the generator makes from WIT's, and names that are changed because of them (`names`).

use super::Build;
use crate::ir::names::{self, Taken, camel_text, ident, snake_text};
use crate::ir::{DefId, DefKind, Derived, Direction, FuncKind, ModuleId, RustType, Ways, WorldNames, resource_of};
use crate::options::Target;

impl Build<'_> {
    /// The types that a module of this generator always has.
    pub(super) fn always_there(&self) -> &'static [&'static str] {
        match self.target {
            Target::Guest => &["Guest"],
            Target::Host => &["Guest", "Host"],
        }
    }

    /// Chooses the names that are made of each type's name, and those of the traits of each module.
    pub(super) fn name_derived(&mut self) {
        for module in 0..self.modules.len() {
            let defs = self.modules[module].defs.clone();
            let mut types = Taken::with(self.always_there());
            for def in &defs {
                types.take(&self.defs[def.0].name);
            }
            let host = match self.target {
                Target::Guest => types.take(&ident("Host")),
                Target::Host => ident("Host"),
            };
            self.modules[module].host_async_trait = types.take(&ident(&format!("{host}WithStore")));
            self.modules[module].host_trait = host;
            // The methods of `Guest`, which a host calls: `new`, the functions, the resources.
            let mut methods = Taken::with(&["new"]);
            for func in &mut self.modules[module].funcs {
                if func.kind == FuncKind::Free {
                    func.call_name = methods.take(&func.call_name);
                }
            }
            for DefId(id) in defs {
                let def = &self.defs[id];
                let camel = camel_text(&def.wit_name);
                let derived = Derived {
                    borrow: types.take(&ident(&format!("{camel}Borrow"))),
                    guest: types.take(&ident(&format!("Guest{camel}"))),
                    host: types.take(&ident(&format!("Host{camel}"))),
                    host_async: types.take(&ident(&format!("Host{camel}WithStore"))),
                    // An associated type is in no module, so it may be called `Guest`.
                    associated: match def.name == "Guest_" {
                        true => ident("Guest"),
                        false => def.name.clone(),
                    },
                    accessor: match def.kind {
                        DefKind::Resource => methods.take(&names::snake(&def.wit_name)),
                        DefKind::Record(_)
                        | DefKind::Variant(_)
                        | DefKind::Enum(_)
                        | DefKind::Flags(_)
                        | DefKind::Alias(_)
                        | DefKind::ResourceAlias(_) => names::snake(&def.wit_name),
                    },
                };
                self.defs[id].derived = derived;
            }
        }
    }

    /// Names the items of the root that belong to the world itself.
    pub(super) fn name_world(&mut self, exports: &mut [crate::ir::Func]) -> WorldNames {
        let root = &self.modules[ModuleId::ROOT.0];
        let mut types = Taken::with(self.always_there());
        for def in root.defs.iter().map(|id| &self.defs[id.0]) {
            for name in [&def.name, &def.derived.borrow, &def.derived.guest, &def.derived.host, &def.derived.host_async]
            {
                types.take(name);
            }
        }
        let world = names::camel(&self.world.name);
        let mut functions = Taken::default();
        for func in root.funcs.iter().filter(|func| func.kind == FuncKind::Free) {
            functions.take(&func.name);
        }
        // The methods of the world's struct, which a host calls.
        let mut methods =
            Taken::with(&["new", "instantiate", "instantiate_async", "add_to_linker", "add_to_linker_imports"]);
        for func in exports {
            func.call_name = methods.take(&func.call_name);
        }
        let mut macros = Taken::default();
        let of_world = ident(&format!("__export_world_{}_cabi", snake_text(&self.world.name)));
        self.modules[ModuleId::ROOT.0].export_macro = macros.take(&of_world);
        for module in self.modules.iter_mut().skip(1).filter(|module| module.direction == Direction::Export) {
            let name = snake_text(module.extern_name.as_deref().unwrap_or_default());
            module.export_macro = macros.take(&ident(&format!("__export_{name}_cabi")));
            let words: Vec<String> = module.path.iter().skip(1).map(ToString::to_string).collect();
            // A keyword needs no `_` within a longer name.
            let accessor = match words.as_slice() {
                [word] => word.clone(),
                words => words.iter().map(|word| word.trim_end_matches('_')).collect::<Vec<_>>().join("_"),
            };
            module.accessor = methods.take(&ident(&accessor));
        }
        // The structs of the world itself are for hosts alone, and the stub for guests.
        let stub = match self.target {
            Target::Guest => types.take(&ident("Stub")),
            Target::Host => ident("Stub"),
        };
        WorldNames {
            structure: types.take(&world),
            pre: types.take(&ident(&format!("{world}Pre"))),
            imports: types.take(&ident(&format!("{world}Imports"))),
            async_imports: types.take(&ident(&format!("{world}ImportsWithStore"))),
            stub,
            with_imports: functions.take(&ident("with_imports")),
        }
    }

    /// Marks the definitions that have a lifetime: those that hold a reference, or a borrowed handle whose Rust type has one.
    pub(super) fn mark_lifetimes(&mut self) {
        let mut known = vec![None; self.defs.len()];
        for id in 0..self.defs.len() {
            self.defs[id].lifetime = self.def_has_lifetime(DefId(id), &mut known);
        }
    }

    fn def_has_lifetime(&self, id: DefId, known: &mut [Option<bool>]) -> bool {
        if let Some(lifetime) = known[id.0] {
            return lifetime;
        }
        let lifetime = self.defs[id.0].kind.types().into_iter().any(|ty| self.has_lifetime(ty, known));
        known[id.0] = Some(lifetime);
        lifetime
    }

    fn has_lifetime(&self, ty: &RustType, known: &mut [Option<bool>]) -> bool {
        if let RustType::Def(id) = ty {
            return self.def_has_lifetime(*id, known);
        }
        if let RustType::Borrow(id) = ty {
            return match self.target {
                Target::Guest => true,
                // A host names its own resources by number, and refers to those of guests.
                Target::Host => self.defining_direction(*id) == Direction::Export,
            };
        }
        matches!(ty, RustType::Str | RustType::Slice(_) | RustType::Ref(_))
            || ty.parts().into_iter().any(|part| self.has_lifetime(part, known))
    }

    /// Decides the directions in which the values of each definition pass. A form whose strings and lists are borrowed is given
    /// alone, and a borrowed handle of an exported resource passes in one direction: to the guest, which defines it.
    pub(super) fn mark_ways(&mut self) {
        let mut known = vec![None; self.defs.len()];
        for id in 0..self.defs.len() {
            self.defs[id].ways = self.def_ways(DefId(id), &mut known);
        }
    }

    fn def_ways(&self, id: DefId, known: &mut [Option<Ways>]) -> Ways {
        if let Some(ways) = known[id.0] {
            return ways;
        }
        let def = &self.defs[id.0];
        let own = Ways { lift: !def.is_borrowed, ..Ways::BOTH };
        let ways = def.kind.types().into_iter().fold(own, |ways, ty| ways.and(self.ways_of(ty, known)));
        known[id.0] = Some(ways);
        ways
    }

    fn ways_of(&self, ty: &RustType, known: &mut [Option<Ways>]) -> Ways {
        if let RustType::Def(id) = ty {
            return self.def_ways(*id, known);
        }
        if let RustType::Borrow(id) = ty {
            return match (self.target, self.defining_direction(*id)) {
                (Target::Guest | Target::Host, Direction::Import) => Ways::BOTH,
                (Target::Guest, Direction::Export) => Ways { lower: false, ..Ways::BOTH },
                (Target::Host, Direction::Export) => Ways { lift: false, ..Ways::BOTH },
            };
        }
        ty.parts().into_iter().fold(Ways::BOTH, |ways, part| ways.and(self.ways_of(part, known)))
    }

    fn defining_direction(&self, id: DefId) -> Direction {
        let DefId(resource) = resource_of(&self.defs, id);
        self.modules[self.defs[resource].module.0].direction
    }
}
