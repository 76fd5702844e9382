//! The check whether a component fits a world that was compiled ahead of time, without a linker and without a store.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use witwright_abi_runtime::desc::{FuncDesc, ResourceDesc, TypeDesc};
use witwright_abi_runtime::world::{InterfaceDesc, ItemDesc, ItemKind, Origin, TypeDefDesc, WorldDesc};

use crate::component::Component;
use crate::component::plan::{ExportItem, ImportItem, Plan, Unresolved};
use crate::engine::CoreEngine;
use crate::error::{Error, ErrorKind};
use crate::lifted::{NamedResource, NamedResources};
use crate::mismatch::{Direction, LinkProblem, Problem, Sort};
use crate::names::{find, nearest};
use crate::types::compare::Comparison;
use crate::types::shape::FuncShape;
use crate::types::{FuncTypeId, ResourceSlot};

impl<E: CoreEngine> Component<E> {
    /// Checks that the component fits a world: it imports no function and no resource that the world lacks, no core module and
    /// no component, it exports all that the world exports, and their types are those of the world. Interfaces are found by
    /// name, or by a compatible version of it.
    ///
    /// # Errors
    /// All problems, in one error.
    pub fn check_world(&self, world: &WorldDesc) -> Result<(), Error> {
        let mut check = Check::new(self);
        check.imports(world);
        // What an incomplete plan exports is not known.
        if check.plan.unresolved.is_empty() {
            check.exports(world);
        }
        check.finish(world.name)
    }

    /// Checks that the component exports functions, by interface, whose types are those that a world gives them: for generated
    /// code.
    ///
    /// # Errors
    /// All problems, in one error.
    #[doc(hidden)]
    pub fn check_exports(
        &self,
        world: &'static str,
        exports: &[(Option<&'static str>, &[&'static FuncDesc])],
    ) -> Result<(), Error> {
        let mut check = Check::new(self);
        if check.plan.unresolved.is_empty() {
            for (interface, funcs) in exports {
                for desc in *funcs {
                    check.exported_func(*interface, desc);
                }
            }
        }
        check.finish(world)
    }
}

/// The comparison of a component with a world.
struct Check<'a> {
    plan: &'a Plan,
    /// The resources of the component that the world describes: an interface that is imported and exported has two of each.
    imported: NamedResources,
    exported: NamedResources,
    problems: Vec<LinkProblem>,
}

impl<'a> Check<'a> {
    fn new<E: CoreEngine>(component: &'a Component<E>) -> Check<'a> {
        let (imported, exported) = (NamedResources::default(), NamedResources::default());
        Check { plan: component.plan(), imported, exported, problems: Vec::new() }
    }

    fn finish(self, name: &'static str) -> Result<(), Error> {
        let Check { problems, .. } = self;
        if problems.is_empty() { Ok(()) } else { Err(ErrorKind::World { name, problems }.into()) }
    }

    fn imports(&mut self, world: &WorldDesc) {
        // Resources first: the types of functions name them.
        self.imported_resources(world, None, &self.plan.imports);
        for func in &self.plan.import_funcs {
            let place = (Direction::Import, func.interface.as_deref(), func.name.as_str());
            match imported_func(world, func.interface.as_deref(), &func.name) {
                Ok(desc) => self.func(place, desc, func.ty),
                Err(problem) => self.problem(place, problem),
            }
        }
        for Unresolved { path, sort } in &self.plan.unresolved {
            let (interface, name) = (path.interface(), path.0.last().map_or("", String::as_str));
            let missing = Problem::Missing { sort: *sort, nearest: Vec::new() };
            self.problem((Direction::Import, interface.as_deref(), name), missing);
        }
    }

    fn imported_resources(&mut self, world: &WorldDesc, interface: Option<&str>, items: &'a [(String, ImportItem)]) {
        for (name, item) in items {
            match item {
                ImportItem::Instance(items) => {
                    let path = interface.map(|outer| format!("{outer}/{name}"));
                    self.imported_resources(world, Some(path.as_deref().unwrap_or(name)), items);
                }
                ImportItem::Resource(slot) => {
                    let types = match interface {
                        None => Ok(world.types),
                        Some(interface) => imported_interface(world, interface).map(|interface| interface.types),
                    };
                    match types.and_then(|types| resource(types, name)) {
                        Ok(desc) => self.imported.0.push(NamedResource { slot: *slot, desc }),
                        Err(problem) => self.problem((Direction::Import, interface, name), problem),
                    }
                }
                ImportItem::Func(_) | ImportItem::Type(_) | ImportItem::Definition => {}
            }
        }
    }

    fn exports(&mut self, world: &WorldDesc) {
        for item in world.exports {
            match item.kind {
                ItemKind::Func(func) => self.exported_func(None, &func.desc),
                ItemKind::Interface(interface) => {
                    // It may have neither resources nor functions.
                    if let Err(problem) = self.plan.exported_instance(item.name) {
                        self.problem((Direction::Export, Some(item.name), ""), problem);
                        continue;
                    }
                    for def in interface.types {
                        self.exported_resource(item.name, def);
                    }
                    for func in interface.funcs {
                        self.exported_func(Some(item.name), &func.desc);
                    }
                }
            }
        }
    }

    fn exported_resource(&mut self, interface: &'static str, def: &TypeDefDesc) {
        let (Origin::Here, TypeDesc::Own(desc)) = (def.origin, def.ty) else { return };
        let place = (Direction::Export, Some(interface), def.name);
        match self.plan.export(Some(interface), def.name) {
            Ok(ExportItem::Resource(slot)) => self.exported.0.push(NamedResource { slot: *slot, desc }),
            Ok(other) => self.problem(place, Problem::Sort { expected: Sort::Resource, found: other.sort() }),
            Err(Problem::Missing { sort: Sort::Func, nearest }) => {
                self.problem(place, Problem::Missing { sort: Sort::Resource, nearest });
            }
            Err(problem) => self.problem(place, problem),
        }
    }

    fn exported_func(&mut self, interface: Option<&'static str>, desc: &'static FuncDesc) {
        let place = (Direction::Export, interface, desc.name);
        match self.plan.exported_func(interface, desc.name) {
            Ok((_, ty)) => self.func(place, desc, ty),
            Err(problem) => self.problem(place, problem),
        }
    }

    /// Compares the type that a world gives a function with that of the component.
    fn func(&mut self, place: (Direction, Option<&str>, &str), desc: &'static FuncDesc, ty: FuncTypeId) {
        let (expected, found) = (FuncShape::of_world(desc), self.plan.func_shape(ty));
        // The resources of an exported interface are exported ones if their own interface is exported too.
        let exported = match place {
            (Direction::Export, Some(_), _) => Some(&self.exported),
            (Direction::Export | Direction::Import, ..) => None,
        };
        let imported = &mut self.imported;
        let same = |desc: &'static ResourceDesc, slot: ResourceSlot| {
            exported.and_then(|exported| exported.known(slot, desc)).unwrap_or_else(|| imported.is(slot, desc))
        };
        if let Err(problem) = Comparison::new(same).func(&expected, &found) {
            self.problem(place, problem);
        }
    }

    /// Notes a problem of an item, or once that of the instance which holds it.
    fn problem(&mut self, (direction, interface, name): (Direction, Option<&str>, &str), problem: Problem) {
        let name = (!problem.concerns_instance()).then(|| name.to_string());
        let problem = LinkProblem { direction, interface: interface.map(ToString::to_string), name, problem };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// An interface that a world imports.
fn imported_interface(world: &WorldDesc, name: &str) -> Result<&'static InterfaceDesc, Problem> {
    match imported(world, name, Sort::Instance)?.kind {
        ItemKind::Interface(interface) => Ok(interface),
        ItemKind::Func(_) => Err(Problem::Sort { expected: Sort::Instance, found: Sort::Func }),
    }
}

/// A function that a world imports.
fn imported_func(world: &WorldDesc, interface: Option<&str>, name: &str) -> Result<&'static FuncDesc, Problem> {
    if let Some(interface) = interface {
        let interface = imported_interface(world, interface)?;
        let names = interface.funcs.iter().map(|func| func.desc.name);
        return interface.func(name).ok_or_else(|| missing(Sort::Func, names, name));
    }
    match imported(world, name, Sort::Func)?.kind {
        ItemKind::Func(func) => Ok(&func.desc),
        ItemKind::Interface(_) => Err(Problem::Sort { expected: Sort::Func, found: Sort::Instance }),
    }
}

fn imported(world: &WorldDesc, name: &str, sort: Sort) -> Result<&'static ItemDesc, Problem> {
    let item = find(world.imports.iter().map(|item| (item.name, item)), name);
    item.ok_or_else(|| missing(sort, world.imports.iter().map(|item| item.name), name))
}

/// A resource that an interface or a world defines.
fn resource(types: &'static [TypeDefDesc], name: &str) -> Result<&'static ResourceDesc, Problem> {
    match types.iter().find(|def| def.name == name) {
        Some(TypeDefDesc { ty: TypeDesc::Own(desc), .. }) => Ok(desc),
        Some(_) => Err(Problem::Sort { expected: Sort::Resource, found: Sort::Type }),
        None => Err(missing(Sort::Resource, types.iter().map(|def| def.name), name)),
    }
}

fn missing<'n>(sort: Sort, names: impl Iterator<Item = &'n str>, name: &str) -> Problem {
    Problem::Missing { sort, nearest: nearest(names, name) }
}
