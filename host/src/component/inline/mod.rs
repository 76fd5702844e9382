//! Definitions → plan: runs a component's definitions symbolically, nested components each time they are instantiated.
//!
//! Each component instance, and each instance type, has a [`Frame`] of index spaces. Their entries are *symbols*: an index
//! into the plan that is being made. A component is a closure over the frame that defines it. Aliases, arguments and
//! exports only copy symbols, so the plan has none of them, and a resource type defined by a component that is instantiated
//! twice is two symbols (`Explainer.md#type-checking`). The validator has checked every index and sort.
//!
//! ```text
//!  definition                              frame                         plan
//!
//!  (component                              frame 0 of instance 0
//!    (import "log" (func $log))              funcs: [import 0]           import_funcs: [log]
//!    (component $c                           components: [$c, frame 0]
//!
//!      (import "f" (func $f))              frame 1 of instance 1 in 0
//!                                            funcs: [import 0]
//!      (core func $g (canon lower $f))       core_funcs: [trampoline 0]  trampolines: [lower import 0 for instance 1]
//!      (core module $m ..)                   core_modules: [module 0]
//!      (core instance (instantiate $m        core_instances: [core 0]    steps: [trampoline 0, instantiate module 0
//!        (with "" "g" (func $g)))))                                                with trampoline 0]
//!
//!    (instance (instantiate $c               instances: [{}]
//!      (with "f" (func $log)))))
//! ```
//!
//! An imported core module or component without an argument is *unresolved*: its symbol is `None`, and the run stops where
//! it is instantiated, since the exports of the instance are not known ([`Stop::Unresolved`]).

use alloc::collections::BTreeMap;
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
use crate::component::plan::{Concurrency, CoreInstanceIndex, ImportPath, InstanceIndex, Plan, ResourceDef, Step};
use crate::error::{Error, LimitKind};
use crate::types::{ResourceSlot, Types};
use exports::{export_items, exported_names, name_resources, reexports};
use frame::{Closure, CoreInstance, Exports, Frame, FrameIndex, FuncSymbol, Item};

mod frame;

mod built_in;
mod canon;
mod exports;
mod imports;
mod types;

pub(super) use frame::{DecodedArgument, DecodedComponent};

/// Makes the plan of a component. `module_imports` are the names of each core module's imports, in order.
///
/// # Errors
/// When the component exceeds a limit, or uses a feature that this host does not run.
pub(super) fn inline<'b, 'a>(
    component: &'b DecodedComponent<'a>,
    module_imports: &[Vec<(String, String)>],
    options: &Options,
) -> Result<Plan, Error> {
    let mut inliner = Inliner {
        plan: Plan::default(),
        types: Types::default(),
        frames: Vec::new(),
        module_imports,
        arguments: &component.arguments,
        options,
        definitions: 0,
        depth: 0,
    };
    let made = inliner.root(component);
    let mut plan = Plan { types: inliner.types, ..inliner.plan };
    match made {
        Ok((_, Some(exports))) => {
            plan.exports = export_items(&exports);
            plan.reexports = reexports(&plan.exports);
            for (name, item) in &exports.items {
                name_resources(&mut plan.resource_names, name, item);
            }
        }
        Ok((body, None)) => plan.exports = exported_names(body),
        Err(Stop::Unresolved) => unreachable!("the components around an exported one were planned whole"),
        Err(Stop::Error(error)) => return Err(error),
    }
    Ok(plan)
}

/// The reason why a run ends early.
enum Stop {
    /// It instantiates a core module or component that is unresolved.
    Unresolved,
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Error(error)
    }
}

impl From<LimitKind> for Stop {
    fn from(limit: LimitKind) -> Stop {
        Stop::Error(limit.into())
    }
}

struct Inliner<'b, 'a, 'o> {
    plan: Plan,
    /// The types of the plan, also while definitions are run aside.
    types: Types,
    frames: Vec<Frame<'b, 'a>>,
    module_imports: &'o [Vec<(String, String)>],
    arguments: &'b BTreeMap<ImportPath, DecodedArgument<'a>>,
    options: &'o Options,
    definitions: u32,
    depth: u32,
}

impl<'b, 'a> Inliner<'b, 'a, '_> {
    fn frame(&mut self, index: FrameIndex) -> &mut Frame<'b, 'a> {
        &mut self.frames[index.0]
    }

    /// Runs the body of the root, and returns its exports: `None` if it instantiates an unresolved module or component.
    fn root(
        &mut self,
        component: &'b DecodedComponent<'a>,
    ) -> Result<(&'b Body<'a>, Option<Rc<Exports<'b, 'a>>>), Stop> {
        let Closure { body, frame } = self.closure(component)?;
        match self.component(body, frame, None) {
            Ok(exports) => Ok((body, Some(exports))),
            Err(Stop::Unresolved) => Ok((body, None)),
            Err(error) => Err(error),
        }
    }

    /// Runs definitions for their symbols alone: their additions to a plan are discarded.
    fn aside<R>(
        &mut self,
        arguments: &'b BTreeMap<ImportPath, DecodedArgument<'a>>,
        run: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let plan = core::mem::take(&mut self.plan);
        let others = core::mem::replace(&mut self.arguments, arguments);
        let result = run(self);
        self.arguments = others;
        self.plan = plan;
        result
    }

    fn open(&mut self, parent: Option<FrameIndex>, instance: Option<InstanceIndex>) -> FrameIndex {
        self.frames.push(Frame { parent, instance, ..Frame::default() });
        FrameIndex(self.frames.len() - 1)
    }

    fn count_definition(&mut self) -> Result<(), Error> {
        self.definitions += 1;
        if self.definitions > self.options.limits.definitions { Err(LimitKind::Definitions.into()) } else { Ok(()) }
    }

    fn descend(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > self.options.limits.nesting { Err(LimitKind::Nesting.into()) } else { Ok(()) }
    }

    /// Instantiates a component. `arguments` is `None` for the root, whose imports the linker provides.
    fn component(
        &mut self,
        body: &'b Body<'a>,
        parent: Option<FrameIndex>,
        arguments: Option<Exports<'b, 'a>>,
    ) -> Result<Rc<Exports<'b, 'a>>, Stop> {
        self.descend()?;
        let instance = InstanceIndex(self.plan.instances.len() as u32);
        self.plan.instances.push(Concurrency::None);
        if self.plan.instances.len() > self.options.limits.instances as usize {
            return Err(LimitKind::Instances.into());
        }
        let frame = self.open(parent, Some(instance));
        let mut exports = Exports::default();
        for definition in &body.definitions {
            self.count_definition()?;
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
    ) -> Result<(), Stop> {
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
                    Some(arguments) => arguments.item(import.name.name).clone(),
                    None => {
                        let name = import.name.full_name();
                        let (item, import) = self.import(frame, import.ty, &[], &name)?;
                        self.plan.imports.push((name.into(), import));
                        item
                    }
                };
                self.frame(frame).push(item);
            }
            Definition::Export(export) => {
                let item = self.item(frame, export.kind, export.index)?;
                let item = self.ascribe(frame, item, export.ty);
                exports.push(&export.name.full_name(), item.clone());
                self.frame(frame).push(item);
            }
            Definition::Start(func) => {
                let FuncSymbol { def, ty } = self.frame(frame).funcs[*func as usize];
                let instance = self.instance_of(frame);
                self.plan.steps.push(Step::Start { instance, func: def, ty });
            }
        }
        Ok(())
    }

    /// Hides the exports of an instance that the type it is exported as does not have.
    fn ascribe(&mut self, frame: FrameIndex, item: Item<'b, 'a>, ty: Option<ComponentTypeRef>) -> Item<'b, 'a> {
        let (Item::Instance(instance), Some(ComponentTypeRef::Instance(ty))) = (&item, ty) else { return item };
        let (declarations, _) = self.frame(frame).instance_type(ty);
        let mut exports = Exports::default();
        for declaration in declarations {
            if let InstanceTypeDeclaration::Export { name, .. } = declaration {
                let name = name.full_name();
                exports.push(&name, instance.item(&name).clone());
            }
        }
        Item::Instance(Rc::new(exports))
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

    fn instance(&mut self, frame: FrameIndex, instance: &'b ComponentInstance<'a>) -> Result<(), Stop> {
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
                    None => return Err(Stop::Unresolved),
                }
            }
        };
        self.frame(frame).instances.push(exports);
        Ok(())
    }

    fn core_instance(&mut self, frame: FrameIndex, instance: &Instance<'a>) -> Result<(), Stop> {
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
                    return Err(Stop::Unresolved);
                };
                let instance = self.instance_of(frame);
                CoreInstance::Instantiated(self.instantiate_module(instance, module, &args))
            }
        };
        self.frame(frame).core_instances.push(made);
        Ok(())
    }

    fn instantiate_module(
        &mut self,
        instance: InstanceIndex,
        module: ModuleIndex,
        args: &BTreeMap<&str, CoreInstance>,
    ) -> CoreInstanceIndex {
        let argument = |(from, name): &(String, String)| match args.get(from.as_str()) {
            Some(instance) => instance.export(name),
            None => unreachable!("the validator checks that `{from}` is passed"),
        };
        let imports = self.module_imports[module.0 as usize].iter().map(argument).collect();
        let core = CoreInstanceIndex(self.plan.core_instances);
        self.plan.core_instances += 1;
        self.plan.steps.push(Step::Instantiate { instance, module, imports });
        core
    }

    /// The component instance of a frame.
    fn instance_of(&mut self, frame: FrameIndex) -> InstanceIndex {
        let Some(instance) = self.frame(frame).instance else {
            unreachable!("an instance type defines neither functions nor resource types")
        };
        instance
    }

    fn alias(&mut self, frame: FrameIndex, alias: &ComponentAlias<'a>) -> Result<(), Error> {
        match alias {
            ComponentAlias::InstanceExport { instance_index, name, .. } => {
                let instance = self.frame(frame).instances[*instance_index as usize].clone();
                let item = instance.item(name).clone();
                self.frame(frame).push(item);
            }
            ComponentAlias::CoreInstanceExport { kind, instance_index, name } => {
                let frame = self.frame(frame);
                let def = frame.core_instances[*instance_index as usize].export(name);
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
                    let Some(parent) = self.frame(outer).parent else {
                        unreachable!("the validator counts the frames around this one")
                    };
                    outer = parent;
                }
                let kind = match kind {
                    ComponentOuterAliasKind::CoreModule => ComponentExternalKind::Module,
                    ComponentOuterAliasKind::CoreType => return Ok(()),
                    ComponentOuterAliasKind::Type => ComponentExternalKind::Type,
                    ComponentOuterAliasKind::Component => ComponentExternalKind::Component,
                };
                let item = self.item(outer, kind, *index)?;
                self.frame(frame).push(item);
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
