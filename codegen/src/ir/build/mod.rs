//! From Model and world to the binding IR.
//!
//! An interface that is both imported and exported has two modules, each with its own types. If an exported interface
//! mentions a type of another interface, the exported type is used if that interface is exported too, otherwise the
//! imported one (`WIT.md#wit-worlds`).

mod borrowed;
mod defs;
mod derived;
mod ends;
mod funcs;
mod keys;
mod merge;
mod modules;
mod order;
mod same;
mod shapes;
mod unmatched;
mod usage;
mod with;

use std::collections::{BTreeMap, BTreeSet};

use witwright_front::Diagnostic;
use witwright_resolver::Model;
use witwright_resolver::layouts::Layouts;
use witwright_resolver::model::{InterfaceId, TypeId, World, WorldId};

pub(crate) use self::modules::module_paths;
use self::same::Numbers;
use super::{Bindings, Def, DefId, Direction, End, EndKind, Holds, Module, ModuleId, names};
use crate::options::{Options, Target};

/// The longest tuples, of values and of parameters, that the runtime lifts and lowers.
const MAX_TUPLE: usize = 32;

/// A type and the direction of the module that contains it, or that mentions it if it has no name.
type TypeKey = (Direction, TypeId);

/// The state of the translation of one world.
pub(super) struct Build<'a> {
    model: &'a Model,
    world_id: WorldId,
    world: &'a World,
    target: Target,
    options: &'a Options,
    errors: Vec<Diagnostic>,
    modules: Vec<Module>,
    interfaces: BTreeMap<(Direction, InterfaceId), ModuleId>,
    defs: Vec<Def>,
    ids: BTreeMap<TypeKey, DefId>,
    holds: BTreeMap<TypeId, Holds>,
    /// The number of times that each type mentions streams and futures.
    mentions: BTreeMap<TypeId, usize>,
    layouts: Layouts,
    /// The unnamed types of which a caller keeps whole values: such a parameter is a reference (`&[String]`), not a borrowed form
    /// (`&[&str]`). These are their numbers.
    lent_whole: BTreeSet<usize>,
    /// The types that functions take and never give: all that callers do is lend their values, so the borrowed form has their name.
    only_lent: BTreeSet<DefId>,
    numbers: Numbers,
    remapped: Vec<proc_macro2::TokenStream>,
    /// The keys of options that selected something: the option, and the key.
    used: BTreeSet<(&'static str, &'a str)>,
    ends: Vec<End>,
    /// The kind of each, and the number of its element type.
    known_ends: BTreeSet<(EndKind, Option<usize>)>,
}

/// Makes every Rust-level decision for a world.
pub(crate) fn build(model: &Model, world: WorldId, target: Target, options: &Options) -> (Bindings, Vec<Diagnostic>) {
    let mut cx = Build {
        model,
        world_id: world,
        world: &model.worlds[world],
        target,
        options,
        errors: Vec::new(),
        modules: Vec::new(),
        interfaces: BTreeMap::new(),
        defs: Vec::new(),
        ids: BTreeMap::new(),
        holds: usage::holds_of(model),
        mentions: ends::mentions_of(model),
        layouts: Layouts::new(model),
        lent_whole: BTreeSet::new(),
        only_lent: BTreeSet::new(),
        numbers: Numbers::default(),
        remapped: Vec::new(),
        used: BTreeSet::new(),
        ends: Vec::new(),
        known_ends: BTreeSet::new(),
    };
    cx.add_modules();
    cx.add_defs();
    let uses = cx.mark_used();
    cx.fill_defs();
    cx.merge_equal();
    cx.mark_shapes();
    cx.add_borrowed(&uses);
    cx.mark_lifetimes();
    cx.mark_ways();
    let mut exports = cx.add_funcs();
    cx.name_derived();
    let names = cx.name_world(&mut exports);
    cx.check_options(&exports);
    let world = cx.world;
    let world_id = model.packages[world.package].name.qualify(&world.name);
    let raw_elements = options.raw_strings && cx.ends_differ_if_raw();
    let bindings = Bindings {
        suffix: names::id_text(&world_id),
        target,
        world: world.name.clone(),
        world_id,
        names,
        docs: world.docs.clone(),
        defs: cx.defs,
        modules: cx.modules,
        exports,
        ends: cx.ends,
        std_feature: options.std_feature,
        raw_strings: options.raw_strings,
        raw_elements,
        map_type: options.map_type.clone(),
        remapped: cx.remapped,
    };
    (bindings, cx.errors)
}

impl Build<'_> {
    /// The definition of a named type that is mentioned from this direction.
    fn def_id(&self, direction: Direction, id: TypeId) -> DefId {
        match self.ids.get(&self.type_key(direction, id)) {
            Some(def) => *def,
            None => unreachable!("an elaborated world imports or exports every type that it mentions"),
        }
    }

    /// The module's direction of a named type that is mentioned from this direction.
    fn type_key(&self, direction: Direction, id: TypeId) -> TypeKey {
        let (imported, exported) = ((Direction::Import, id), (Direction::Export, id));
        let is_exported =
            self.ids.contains_key(&exported) && (direction == Direction::Export || !self.ids.contains_key(&imported));
        if is_exported { exported } else { imported }
    }

    /// Reports a mistake once, in whatever directions an interface has it.
    fn report(&mut self, error: Diagnostic) {
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    /// The module of an interface in a direction.
    fn interface_module(&self, direction: Direction, id: InterfaceId) -> ModuleId {
        self.interfaces[&(direction, id)]
    }
}
