//! Definitions → plan: runs a component's definitions symbolically, nested components each time they are instantiated.
//!
//! Each component instance, and each instance type, has a [`Frame`] of index spaces, whose entries are *symbols*: what
//! the definition will be at run time. A component is a closure over the frame that defines it. Aliases, arguments and
//! exports only move symbols, so none of them is left in the plan, and a resource type defined by a component that is
//! instantiated twice is two symbols (`Explainer.md#type-checking`). The validator has checked every index and sort.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use wasmparser::{
    ComponentAlias, ComponentExternalKind, ComponentInstance, ComponentOuterAliasKind, ComponentTypeRef, ExternalKind,
    Instance, InstanceTypeDeclaration,
};

use crate::component::decode::{Body, Definition, ModuleIndex, values};
use crate::component::options::Options;
use crate::component::plan::{CoreDef, CoreInstanceIndex, FuncDef, InstanceIndex, Place, Plan, ResourceDef, Step};
use crate::error::{Error, LimitKind};
use crate::types::{FuncTypeId, ResourceSlot, TypeId};
use exports::{export_items, exported_names, name_resources, reexports};

mod built_in;
mod canon;
mod exports;
mod imports;
mod types;

/// Makes the plan of a component. `module_imports` are the imports of each core module, in order.
///
/// # Errors
/// When the component goes beyond a limit.
pub(super) fn inline<'b, 'a>(
    supplied: &'b SuppliedComponent<'a>,
    module_imports: &[Vec<(String, String)>],
    options: &Options,
) -> Result<Plan, Error> {
    let mut inliner = Inliner {
        plan: Plan::new(options.limits.nesting),
        frames: Vec::new(),
        module_imports,
        supplies: &supplied.supplies,
        options,
        steps: 0,
        depth: 0,
    };
    let Closure { body, frame } = inliner.closure(supplied)?;
    let made = inliner.component(body, frame, None);
    let mut plan = inliner.plan;
    if !plan.wants.is_empty() {
        // It is made anew when the linker has supplied what it wants.
        plan.exports = exported_names(body);
        return Ok(plan);
    }
    let exports = made?;
    plan.exports = export_items(&exports);
    plan.reexports = reexports(&plan.exports);
    for (name, item) in &exports.items {
        name_resources(&mut plan.resource_names, name, item);
    }
    Ok(plan)
}

/// A core module or a component that the linker supplies for an import.
pub(super) enum Supplied<'a> {
    Module(ModuleIndex),
    Component(SuppliedComponent<'a>),
}

/// A component: that of a binary, or one that it exports.
pub(super) struct SuppliedComponent<'a> {
    pub(super) root: Box<Body<'a>>,
    /// The components that export the one that is meant, the binary's first: what they import, and the names of the export.
    pub(super) outer: Vec<(BTreeMap<Place, Supplied<'a>>, &'a [String])>,
    /// What the component imports.
    pub(super) supplies: BTreeMap<Place, Supplied<'a>>,
}

/// The index spaces of a component instance, or of an instance type.
#[derive(Default)]
struct Frame<'b, 'a> {
    parent: Option<FrameIndex>,
    instance: Option<InstanceIndex>,
    core_modules: Vec<Option<ModuleIndex>>,
    core_funcs: Vec<CoreDef>,
    core_tables: Vec<CoreDef>,
    core_memories: Vec<CoreDef>,
    core_globals: Vec<CoreDef>,
    core_tags: Vec<CoreDef>,
    core_instances: Vec<CoreInstance>,
    components: Vec<Option<Closure<'b, 'a>>>,
    instances: Vec<Rc<Exports<'b, 'a>>>,
    funcs: Vec<Func>,
    types: Vec<Type<'b, 'a>>,
}

#[derive(Clone, Copy)]
struct FrameIndex(usize);

/// A component and the frame that it is defined in.
#[derive(Clone, Copy)]
struct Closure<'b, 'a> {
    body: &'b Body<'a>,
    /// Nothing for that of a whole binary.
    frame: Option<FrameIndex>,
}

/// A core instance: one that a step makes, or one put together from others' parts.
#[derive(Clone)]
enum CoreInstance {
    Made(CoreInstanceIndex),
    FromExports(Rc<BTreeMap<String, CoreDef>>),
}

/// A component function.
#[derive(Clone, Copy)]
struct Func {
    def: FuncDef,
    ty: FuncTypeId,
}

/// An entry of the space of types.
#[derive(Clone, Copy)]
enum Type<'b, 'a> {
    Val(TypeId),
    Resource(ResourceSlot),
    Func(FuncTypeId),
    Instance(&'b [InstanceTypeDeclaration<'a>], FrameIndex),
    Component,
}

/// Anything that is imported, exported or passed as an argument.
#[derive(Clone)]
enum Item<'b, 'a> {
    Func(Func),
    Type(Type<'b, 'a>),
    Instance(Rc<Exports<'b, 'a>>),
    /// Nothing when the linker has not supplied it.
    Component(Option<Closure<'b, 'a>>),
    /// Nothing when the linker has not supplied it.
    Module(Option<ModuleIndex>),
}

/// The exports of an instance, in order.
#[derive(Default)]
struct Exports<'b, 'a> {
    items: Vec<(String, Item<'b, 'a>)>,
    by_name: BTreeMap<String, usize>,
}

impl<'b, 'a> Exports<'b, 'a> {
    fn push(&mut self, name: &str, item: Item<'b, 'a>) {
        self.by_name.insert(name.into(), self.items.len());
        self.items.push((name.into(), item));
    }

    fn item(&self, name: &str) -> Result<&Item<'b, 'a>, Error> {
        match self.by_name.get(name) {
            Some(index) => Ok(&self.items[*index].1),
            None => Err(Error::invalid(format!("there is no `{name}` here"), 0)),
        }
    }
}

struct Inliner<'b, 'a, 'o> {
    plan: Plan,
    frames: Vec<Frame<'b, 'a>>,
    module_imports: &'o [Vec<(String, String)>],
    supplies: &'b BTreeMap<Place, Supplied<'a>>,
    options: &'o Options,
    steps: u32,
    depth: u32,
}

impl<'b, 'a> Inliner<'b, 'a, '_> {
    fn frame(&mut self, index: FrameIndex) -> &mut Frame<'b, 'a> {
        &mut self.frames[index.0]
    }

    fn open(&mut self, parent: Option<FrameIndex>, instance: Option<InstanceIndex>) -> FrameIndex {
        self.frames.push(Frame { parent, instance, ..Frame::default() });
        FrameIndex(self.frames.len() - 1)
    }

    fn count_step(&mut self) -> Result<(), Error> {
        self.steps += 1;
        if self.steps > self.options.limits.plan_steps { Err(LimitKind::PlanSteps.into()) } else { Ok(()) }
    }

    fn descend(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > self.options.limits.nesting { Err(LimitKind::Nesting.into()) } else { Ok(()) }
    }

    /// Instantiates a component; `arguments` is nothing for the root, whose imports the linker provides.
    fn component(
        &mut self,
        body: &'b Body<'a>,
        parent: Option<FrameIndex>,
        arguments: Option<Exports<'b, 'a>>,
    ) -> Result<Rc<Exports<'b, 'a>>, Error> {
        self.descend()?;
        let instance = InstanceIndex(self.plan.instances);
        self.plan.instances += 1;
        if self.plan.instances > self.options.limits.instances {
            return Err(LimitKind::Instances.into());
        }
        let frame = self.open(parent, Some(instance));
        let mut exports = Exports::default();
        for definition in &body.definitions {
            self.count_step()?;
            self.definition(frame, definition, arguments.as_ref(), &mut exports)?;
        }
        self.depth -= 1;
        Ok(Rc::new(exports))
    }

    fn definition(
        &mut self,
        frame: FrameIndex,
        definition: &'b Definition<'a>,
        arguments: Option<&Exports<'b, 'a>>,
        exports: &mut Exports<'b, 'a>,
    ) -> Result<(), Error> {
        match definition {
            Definition::CoreModule(module) => self.frame(frame).core_modules.push(Some(*module)),
            Definition::CoreInstance(instance) => self.core_instance(frame, instance)?,
            Definition::Component(body) => {
                self.frame(frame).components.push(Some(Closure { body, frame: Some(frame) }))
            }
            Definition::Instance(instance) => self.instance(frame, instance)?,
            Definition::Alias(alias) => self.alias(frame, alias)?,
            Definition::Type(ty) => {
                let ty = self.define_type(frame, ty)?;
                self.frame(frame).types.push(ty);
            }
            Definition::Canon(canon) => self.canon(frame, canon)?,
            Definition::Import(import) => {
                let item = match arguments {
                    Some(arguments) => arguments.item(import.name.name)?.clone(),
                    None => {
                        let name = import.name.full_name();
                        let (item, import) = self.import(frame, import.ty, &[], &name)?;
                        self.plan.imports.push((name.into(), import));
                        item
                    }
                };
                self.push(frame, item);
            }
            Definition::Export(export) => {
                let item = self.item(frame, export.kind, export.index)?;
                let item = self.ascribe(frame, item, export.ty);
                exports.push(&export.name.full_name(), item.clone());
                self.push(frame, item);
            }
            Definition::Start(func) => {
                let Func { def, ty } = self.frame(frame).funcs[*func as usize];
                let instance = self.instance_of(frame);
                self.plan.steps.push(Step::Start { instance, func: def, ty });
            }
        }
        Ok(())
    }

    /// Hides the exports of an instance that the type it is exported as does not have.
    fn ascribe(&mut self, frame: FrameIndex, item: Item<'b, 'a>, ty: Option<ComponentTypeRef>) -> Item<'b, 'a> {
        let (Item::Instance(instance), Some(ComponentTypeRef::Instance(ty))) = (&item, ty) else { return item };
        let Type::Instance(declarations, _) = self.frame(frame).types[ty as usize] else { return item };
        let mut exports = Exports::default();
        for declaration in declarations {
            if let InstanceTypeDeclaration::Export { name, .. } = declaration
                && let Ok(item) = instance.item(&name.full_name())
            {
                exports.push(&name.full_name(), item.clone());
            }
        }
        Item::Instance(Rc::new(exports))
    }

    fn push(&mut self, frame: FrameIndex, item: Item<'b, 'a>) {
        let frame = self.frame(frame);
        match item {
            Item::Func(func) => frame.funcs.push(func),
            Item::Type(ty) => frame.types.push(ty),
            Item::Instance(instance) => frame.instances.push(instance),
            Item::Component(component) => frame.components.push(component),
            Item::Module(module) => frame.core_modules.push(module),
        }
    }

    fn item(&mut self, frame: FrameIndex, kind: ComponentExternalKind, index: u32) -> Result<Item<'b, 'a>, Error> {
        let frame = self.frame(frame);
        let index = index as usize;
        Ok(match kind {
            ComponentExternalKind::Module => Item::Module(frame.core_modules[index]),
            ComponentExternalKind::Func => Item::Func(frame.funcs[index]),
            ComponentExternalKind::Type => Item::Type(frame.types[index]),
            ComponentExternalKind::Instance => Item::Instance(frame.instances[index].clone()),
            ComponentExternalKind::Component => Item::Component(frame.components[index]),
            ComponentExternalKind::Value => return Err(values()),
        })
    }

    fn instance(&mut self, frame: FrameIndex, instance: &'b ComponentInstance<'a>) -> Result<(), Error> {
        let mut items = Exports::default();
        let exports = match instance {
            ComponentInstance::FromExports(exports) => {
                for export in exports {
                    let item = self.item(frame, export.kind, export.index)?;
                    items.push(&export.name.full_name(), item);
                }
                Rc::new(items)
            }
            ComponentInstance::Instantiate { component_index, args } => {
                for arg in args {
                    let item = self.item(frame, arg.kind, arg.index)?;
                    items.push(arg.name, item);
                }
                match self.frame(frame).components[*component_index as usize] {
                    Some(component) => self.component(component.body, component.frame, Some(items))?,
                    None => return Err(Self::wanting()),
                }
            }
        };
        self.frame(frame).instances.push(exports);
        Ok(())
    }

    /// What ends the making of a plan that wants something of the linker.
    fn wanting() -> Error {
        Error::invalid("an instance of what the linker has not supplied", 0)
    }

    fn core_instance(&mut self, frame: FrameIndex, instance: &Instance<'a>) -> Result<(), Error> {
        let made = match instance {
            Instance::FromExports(exports) => {
                let frame = self.frame(frame);
                let parts = exports.iter().map(|export| {
                    let index = export.index as usize;
                    let def = match export.kind {
                        ExternalKind::Func | ExternalKind::FuncExact => &frame.core_funcs[index],
                        ExternalKind::Table => &frame.core_tables[index],
                        ExternalKind::Memory => &frame.core_memories[index],
                        ExternalKind::Global => &frame.core_globals[index],
                        ExternalKind::Tag => &frame.core_tags[index],
                    };
                    (export.name.into(), def.clone())
                });
                CoreInstance::FromExports(Rc::new(parts.collect()))
            }
            Instance::Instantiate { module_index, args } => {
                let args: BTreeMap<&str, CoreInstance> = args
                    .iter()
                    .map(|arg| (arg.name, self.frame(frame).core_instances[arg.index as usize].clone()))
                    .collect();
                let Some(module) = self.frame(frame).core_modules[*module_index as usize] else {
                    return Err(Self::wanting());
                };
                CoreInstance::Made(self.instantiate_module(module, &args)?)
            }
        };
        self.frame(frame).core_instances.push(made);
        Ok(())
    }

    fn instantiate_module(
        &mut self,
        module: ModuleIndex,
        args: &BTreeMap<&str, CoreInstance>,
    ) -> Result<CoreInstanceIndex, Error> {
        let mut imports = Vec::new();
        for (from, name) in &self.module_imports[module.0 as usize] {
            let Some(def) = args.get(from.as_str()).and_then(|arg| core_export(arg, name)) else {
                return Err(Error::invalid(format!("the core import `{from}` `{name}` is not given"), 0));
            };
            imports.push(def);
        }
        let core = CoreInstanceIndex(self.plan.core_instances);
        self.plan.core_instances += 1;
        self.plan.steps.push(Step::Instantiate { module, imports: imports.into() });
        Ok(core)
    }

    /// The component instance that a frame is of.
    fn instance_of(&mut self, frame: FrameIndex) -> InstanceIndex {
        self.frame(frame).instance.unwrap_or(InstanceIndex(0))
    }

    fn alias(&mut self, frame: FrameIndex, alias: &ComponentAlias<'a>) -> Result<(), Error> {
        match alias {
            ComponentAlias::InstanceExport { instance_index, name, .. } => {
                let instance = self.frame(frame).instances[*instance_index as usize].clone();
                let item = instance.item(name)?.clone();
                self.push(frame, item);
            }
            ComponentAlias::CoreInstanceExport { kind, instance_index, name } => {
                let frame = self.frame(frame);
                let Some(def) = core_export(&frame.core_instances[*instance_index as usize], name) else {
                    return Err(Error::invalid(format!("there is no core export `{name}`"), 0));
                };
                match kind {
                    ExternalKind::Func | ExternalKind::FuncExact => frame.core_funcs.push(def),
                    ExternalKind::Table => frame.core_tables.push(def),
                    ExternalKind::Memory => frame.core_memories.push(def),
                    ExternalKind::Global => frame.core_globals.push(def),
                    ExternalKind::Tag => frame.core_tags.push(def),
                }
            }
            ComponentAlias::Outer { kind, count, index } => {
                let mut outer = frame;
                for _ in 0..*count {
                    outer = self.frame(outer).parent.unwrap_or(outer);
                }
                let kind = match kind {
                    ComponentOuterAliasKind::CoreModule => ComponentExternalKind::Module,
                    ComponentOuterAliasKind::CoreType => return Ok(()),
                    ComponentOuterAliasKind::Type => ComponentExternalKind::Type,
                    ComponentOuterAliasKind::Component => ComponentExternalKind::Component,
                };
                let item = self.item(outer, kind, *index)?;
                self.push(frame, item);
            }
        }
        Ok(())
    }

    fn define_resource(&mut self, name: &str, def: ResourceDef) -> ResourceSlot {
        let slot = ResourceSlot(self.plan.resources.len() as u32);
        self.plan.resources.push(def);
        self.plan.resource_names.push(Arc::from(name));
        self.plan.steps.push(Step::Resource(slot));
        slot
    }
}

fn core_export(instance: &CoreInstance, name: &str) -> Option<CoreDef> {
    match instance {
        CoreInstance::Made(index) => Some(CoreDef::Export(*index, Arc::from(name))),
        CoreInstance::FromExports(parts) => parts.get(name).cloned(),
    }
}
