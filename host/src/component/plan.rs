//! The instantiation plan: what remains of a component when aliases are resolved and nested components inlined.
//!
//! A plan is a list of steps, each of which makes one thing (a core instance, a core function of the host's, a lifted
//! function, a resource type) from things that earlier steps made. Things are named by their place in a list.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::built_in;
use witwright_abi_runtime::string::StringEncoding;

use crate::component::decode::ModuleIndex;
use crate::error::Unsupported;
use crate::mismatch::Sort;
use crate::types::shape::{FuncShape, TypeRef};
use crate::types::{FuncTypeId, ResourceSlot, TypeId, Types};

/// A component instance of the plan: the root is 0, nested ones follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct InstanceIndex(pub(crate) u32);

/// A core instance of the plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CoreInstanceIndex(pub(crate) u32);

/// A core function that the host makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TrampolineIndex(pub(crate) u32);

/// A function that `canon lift` makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LiftedIndex(pub(crate) u32);

/// A function that the linker provides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ImportIndex(pub(crate) u32);

/// A plan.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) types: Types,
    /// What the component imports.
    pub(crate) imports: Vec<(String, ImportItem)>,
    /// The imported functions among that.
    pub(crate) import_funcs: Vec<ImportFunc>,
    /// The resource types, by slot.
    pub(crate) resources: Vec<ResourceDef>,
    /// What to call them in messages, by slot.
    pub(crate) resource_names: Vec<Arc<str>>,
    /// How many component instances there are.
    pub(crate) instances: u32,
    /// How many core instances there are.
    pub(crate) core_instances: u32,
    pub(crate) lifted: Vec<Lifted>,
    pub(crate) trampolines: Vec<Trampoline>,
    pub(crate) steps: Vec<Step>,
    /// What the component exports.
    pub(crate) exports: Vec<(String, ExportItem)>,
    /// The imported functions among that.
    pub(crate) reexports: Vec<ImportIndex>,
    /// What keeps the component from running on this host.
    pub(crate) unsupported: Vec<Unsupported>,
    /// What the linker has to supply before there is a plan at all: then the rest is not complete.
    pub(crate) wants: Vec<Want>,
}

impl Plan {
    /// A value type of the plan.
    pub(crate) fn type_ref(&self, ty: TypeId) -> TypeRef<'_> {
        TypeRef { types: &self.types, ty, resource_names: &self.resource_names }
    }

    /// A function type of the plan.
    pub(crate) fn func_shape(&self, ty: FuncTypeId) -> FuncShape<'_, TypeRef<'_>> {
        FuncShape::of_component(&self.types, ty, &self.resource_names)
    }

    /// A plan without any step, of a component whose types nest this deep at most.
    pub(crate) fn new(max_depth: u32) -> Plan {
        Plan {
            types: Types::new(max_depth),
            imports: Vec::new(),
            import_funcs: Vec::new(),
            resources: Vec::new(),
            resource_names: Vec::new(),
            instances: 0,
            core_instances: 0,
            lifted: Vec::new(),
            trampolines: Vec::new(),
            steps: Vec::new(),
            exports: Vec::new(),
            reexports: Vec::new(),
            unsupported: Vec::new(),
            wants: Vec::new(),
        }
    }
}

/// An imported core module or component that nothing has supplied.
#[derive(Clone, Debug)]
pub(crate) struct Want {
    pub(crate) place: Place,
    /// [`Sort::Module`] or [`Sort::Component`].
    pub(crate) sort: Sort,
}

/// The place of an import: its name, after those of the instances that it is in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Place(pub(crate) Box<[String]>);

impl Place {
    /// The place of an item within instances.
    pub(crate) fn new(outer: &[String], name: &str) -> Place {
        let mut path = outer.to_vec();
        path.push(name.into());
        Place(path.into())
    }

    /// What linkers call the instance that it is in; nothing for an import of the component itself.
    pub(crate) fn interface(&self) -> Option<String> {
        let (_, outer) = self.0.split_last()?;
        (!outer.is_empty()).then(|| outer.join("/"))
    }

    pub(crate) fn name(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}

/// Something that a component imports.
#[derive(Debug)]
pub(crate) enum ImportItem {
    Func(ImportIndex),
    Resource(ResourceSlot),
    Instance(Vec<(String, ImportItem)>),
    /// A type that is known without the linker.
    Type(ImportedType),
    /// A core module or a component: it is part of the plan, or among [`Plan::wants`].
    Supplied,
}

/// A type that equals one which the component knows: the bound `eq`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ImportedType {
    Val(TypeId),
    Resource(ResourceSlot),
    /// The type of a function, an instance or a component, which no value has.
    Other,
}

/// A function that the linker provides.
#[derive(Debug)]
pub(crate) struct ImportFunc {
    /// The instance that it is in.
    pub(crate) interface: Option<String>,
    pub(crate) name: String,
    pub(crate) ty: FuncTypeId,
}

/// Something that a component exports.
#[derive(Clone, Debug)]
pub(crate) enum ExportItem {
    Func(FuncDef, FuncTypeId),
    Instance(Vec<(String, ExportItem)>),
    Resource(ResourceSlot),
    Type(TypeId),
    Module(ModuleIndex),
    Component,
    /// The type of a function, an instance or a component.
    Other,
}

/// Where a component function comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FuncDef {
    Lifted(LiftedIndex),
    Import(ImportIndex),
}

/// Where a resource type comes from.
#[derive(Debug)]
pub(crate) enum ResourceDef {
    /// From the linker.
    Imported,
    /// From a component instance of the plan.
    Defined { instance: InstanceIndex, dtor: Option<CoreDef> },
}

/// A core function, memory, table, global or tag.
#[derive(Clone, Debug)]
pub(crate) enum CoreDef {
    Export(CoreInstanceIndex, Arc<str>),
    Trampoline(TrampolineIndex),
}

/// The canonical options of a function.
#[derive(Clone, Debug)]
pub(crate) struct CanonOptions {
    pub(crate) encoding: StringEncoding,
    pub(crate) memory: Option<CoreDef>,
    pub(crate) realloc: Option<CoreDef>,
    pub(crate) post_return: Option<CoreDef>,
    /// `async`, for a function that is lifted or lowered.
    pub(crate) async_: bool,
    /// `callback`, for a function that is lifted.
    pub(crate) has_callback: bool,
}

/// A function that `canon lift` makes.
#[derive(Debug)]
pub(crate) struct Lifted {
    pub(crate) instance: InstanceIndex,
    pub(crate) ty: FuncTypeId,
    pub(crate) core: CoreDef,
    pub(crate) options: CanonOptions,
}

/// A core function that the host makes for a component instance.
#[derive(Debug)]
pub(crate) struct Trampoline {
    pub(crate) instance: InstanceIndex,
    pub(crate) kind: TrampolineKind,
}

/// What a core function of the host's does.
#[derive(Debug)]
pub(crate) enum TrampolineKind {
    /// `canon lower`
    Lower { func: FuncDef, ty: FuncTypeId, options: CanonOptions },
    /// `canon resource.new`
    ResourceNew(ResourceSlot),
    /// `canon resource.drop`
    ResourceDrop(ResourceSlot),
    /// `canon resource.rep`
    ResourceRep(ResourceSlot),
    /// `canon context.get`, of a slot
    ContextGet(u32),
    /// `canon context.set`, of a slot
    ContextSet(u32),
    /// `canon backpressure.inc`
    BackpressureInc,
    /// `canon backpressure.dec`
    BackpressureDec,
    /// `canon task.return`
    TaskReturn { result: Option<TypeId>, options: CanonOptions },
    /// A built-in that this host does not run: it traps.
    BuiltIn(BuiltIn),
}

/// A built-in that this host does not run.
#[derive(Debug)]
pub(crate) struct BuiltIn {
    pub(crate) built_in: built_in::BuiltIn,
    /// The feature that it belongs to.
    pub(crate) gate: &'static str,
}

/// One step of an instantiation.
#[derive(Debug)]
pub(crate) enum Step {
    /// Make a runtime resource type.
    Resource(ResourceSlot),
    Trampoline(TrampolineIndex),
    Lift(LiftedIndex),
    /// Call a component's start function, which takes and gives nothing.
    Start {
        instance: InstanceIndex,
        func: FuncDef,
        ty: FuncTypeId,
    },
    /// Instantiate a core module; the imports are in its own order.
    Instantiate {
        module: ModuleIndex,
        imports: Box<[CoreDef]>,
    },
}
