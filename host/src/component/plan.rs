//! The instantiation plan: a component with its aliases resolved and its nested components inlined.
//!
//! A plan is a list of steps. Each creates one thing (a core instance, a core function that the host defines, a lifted
//! function, a resource type) from those of earlier steps. Things are named by their index in a list of the plan.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;

use witwright_abi_runtime::built_in;
use witwright_abi_runtime::machine::{EndKind, Side};
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

/// A core function that the host defines for a component.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TrampolineIndex(pub(crate) u32);

/// A function that `canon lift` makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LiftedIndex(pub(crate) u32);

/// A function that the linker provides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ImportIndex(pub(crate) u32);

/// A memory that canonical options name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct MemoryIndex(pub(crate) u32);

/// A `realloc` function that canonical options name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ReallocIndex(pub(crate) u32);

/// The part that the core code of a component instance takes in concurrency (`CanonicalABI.md#concurrency`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Concurrency {
    /// It has neither built-ins of concurrency nor functions of async type: its calls need no task.
    None,
    /// It has some, and none that blocks.
    Tasks,
    /// It has built-ins or functions that block: its stacks are suspended.
    Blocks,
}

/// A plan.
#[derive(Default, Debug)]
pub(crate) struct Plan {
    pub(crate) types: Types,
    /// The component's imports.
    pub(crate) imports: Vec<(String, ImportItem)>,
    /// All imported functions.
    pub(crate) import_funcs: Vec<ImportFunc>,
    /// The resource types, by slot.
    pub(crate) resources: Vec<ResourceDef>,
    /// Their names in messages, by slot.
    pub(crate) resource_names: Vec<Arc<str>>,
    /// The component instances.
    pub(crate) instances: Vec<Concurrency>,
    /// The memories that canonical options name.
    pub(crate) memories: Vec<CoreDef>,
    /// The `realloc` functions that canonical options name.
    pub(crate) reallocs: Vec<CoreDef>,
    /// The number of core instances.
    pub(crate) core_instances: u32,
    pub(crate) lifted: Vec<LiftedFunc>,
    pub(crate) trampolines: Vec<Trampoline>,
    pub(crate) steps: Vec<Step>,
    /// The component's exports.
    pub(crate) exports: Vec<(String, ExportItem)>,
    /// The imported functions that it exports.
    pub(crate) reexports: Vec<ImportIndex>,
    /// The reasons why the component does not run on this host.
    pub(crate) unsupported: Vec<Unsupported>,
    /// The imported core modules and components that have no argument yet. If there are any, the plan is incomplete.
    pub(crate) unresolved: Vec<Unresolved>,
}

impl Plan {
    /// A value type of the plan.
    pub(crate) fn type_ref(&self, ty: TypeId) -> TypeRef<'_> {
        TypeRef { types: &self.types, ty, resource_names: &self.resource_names }
    }

    /// The name of a resource's destructor, in messages.
    pub(crate) fn destructor_name(&self, slot: ResourceSlot) -> String {
        alloc::format!("the destructor of `{}`", self.resource_names[slot.0 as usize])
    }

    /// A function type of the plan.
    pub(crate) fn func_shape(&self, ty: FuncTypeId) -> FuncShape<'_, TypeRef<'_>> {
        FuncShape::of_component(&self.types, ty, &self.resource_names)
    }
}

/// An imported core module or component that has no argument yet.
#[derive(Clone, Debug)]
pub(crate) struct Unresolved {
    pub(crate) path: ImportPath,
    /// [`Sort::Module`] or [`Sort::Component`].
    pub(crate) sort: Sort,
}

/// The path of an import: the names of the instances that hold it, outermost first, and its own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ImportPath(pub(crate) Box<[String]>);

impl ImportPath {
    /// The path of an item within instances.
    pub(crate) fn new(outer: &[String], name: &str) -> ImportPath {
        let mut path = outer.to_vec();
        path.push(name.into());
        ImportPath(path.into())
    }

    /// The linker's name for the instance that holds it. `None` for an import of the component itself.
    pub(crate) fn interface(&self) -> Option<String> {
        let (_, outer) = self.0.split_last()?;
        (!outer.is_empty()).then(|| outer.join("/"))
    }

    pub(crate) fn name(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}

/// An import of a component.
#[derive(Debug)]
pub(crate) enum ImportItem {
    Func(ImportIndex),
    Resource(ResourceSlot),
    Instance(Vec<(String, ImportItem)>),
    /// A type with the bound `eq`, which is known without the linker.
    Type(ImportedType),
    /// A core module or a component: it is part of the plan, or among [`Plan::unresolved`].
    Definition,
}

/// The type that an imported type equals: its bound `eq`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ImportedType {
    Val(TypeId),
    Resource(ResourceSlot),
    /// The type of a function, an instance or a component.
    Other,
}

/// A function that the linker provides.
#[derive(Debug)]
pub(crate) struct ImportFunc {
    /// The linker's name for the instance that holds it.
    pub(crate) interface: Option<String>,
    pub(crate) name: String,
    pub(crate) ty: FuncTypeId,
}

/// An export of a component.
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

/// The definition of a component function.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FuncDef {
    Lifted(LiftedIndex),
    Import(ImportIndex),
}

/// The definition of a resource type.
#[derive(Debug)]
pub(crate) enum ResourceDef {
    /// From the linker.
    Imported,
    /// From a component instance of the plan.
    Defined { instance: InstanceIndex, dtor: Option<CoreDef> },
}

/// A core function, memory, table, global or tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum CoreDef {
    Export(CoreInstanceIndex, Arc<str>),
    Trampoline(TrampolineIndex),
}

/// The canonical options of a function.
#[derive(Clone, Debug)]
pub(crate) struct CanonOptions {
    pub(crate) encoding: StringEncoding,
    pub(crate) memory: Option<MemoryIndex>,
    pub(crate) realloc: Option<ReallocIndex>,
    pub(crate) post_return: Option<CoreDef>,
    /// `async`, for a function that is lifted or lowered.
    pub(crate) async_: bool,
    /// `callback`, for a function that is lifted `async`.
    pub(crate) callback: Option<CoreDef>,
}

/// A function that `canon lift` makes.
#[derive(Debug)]
pub(crate) struct LiftedFunc {
    pub(crate) instance: InstanceIndex,
    pub(crate) ty: FuncTypeId,
    pub(crate) core: CoreDef,
    pub(crate) options: CanonOptions,
}

/// A core function that the host defines for a component instance.
#[derive(Debug)]
pub(crate) struct Trampoline {
    pub(crate) instance: InstanceIndex,
    pub(crate) kind: TrampolineKind,
}

/// The behaviour of a core function that the host defines.
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
    /// `canon task.return`
    TaskReturn { result: Option<TypeId>, options: CanonOptions },
    /// A built-in of concurrency
    BuiltIn(BuiltIn),
    /// A built-in that this host does not run: it fails when it is called.
    Unsupported {
        built_in: built_in::BuiltIn,
        /// The feature that it belongs to.
        gate: &'static str,
    },
}

/// A built-in of concurrency, with its operands (`Explainer.md#canonical-built-ins`).
#[derive(Debug)]
pub(crate) enum BuiltIn {
    /// `context.get`, of this word of the thread's storage
    ContextGet(u32),
    /// `context.set`, of this word of the thread's storage
    ContextSet(u32),
    BackpressureInc,
    BackpressureDec,
    TaskCancel,
    SubtaskCancel {
        async_: bool,
    },
    SubtaskDrop,
    WaitableSetNew,
    WaitableSetWait(MemoryIndex),
    WaitableSetPoll(MemoryIndex),
    WaitableSetDrop,
    WaitableJoin,
    /// `stream.new`, `future.new`
    EndNew(EndType),
    /// `stream.read`, `stream.write`, `future.read`, `future.write`
    EndCopy {
        ty: EndType,
        side: Side,
        options: CanonOptions,
    },
    /// `stream.cancel-read`, `stream.cancel-write`, `future.cancel-read`, `future.cancel-write`
    EndCancel {
        ty: EndType,
        side: Side,
        async_: bool,
    },
    /// `stream.drop-readable`, `stream.drop-writable`, `future.drop-readable`, `future.drop-writable`
    EndDrop {
        ty: EndType,
        side: Side,
    },
    /// `stream.forward`, `future.forward`
    EndForward(EndType),
    ErrorContextNew(CanonOptions),
    ErrorContextDebugMessage(CanonOptions),
    ErrorContextDrop,
    ThreadIndex,
    /// `thread.new-indirect`, of functions in this table
    ThreadNewIndirect(CoreDef),
    ThreadResumeLater,
    ThreadSuspend,
    ThreadYield,
    ThreadSuspendThenResume,
    ThreadYieldThenResume,
    ThreadSuspendThenPromote,
    ThreadYieldThenPromote,
}

/// The type of a stream or a future.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct EndType {
    pub(crate) kind: EndKind,
    /// The type of its elements, if it has any.
    pub(crate) element: Option<TypeId>,
}

impl BuiltIn {
    /// Its name and core signature.
    pub(crate) fn entry(&self) -> built_in::BuiltIn {
        use built_in::BuiltIn as Entry;
        match self {
            BuiltIn::ContextGet(_) => Entry::ContextGet,
            BuiltIn::ContextSet(_) => Entry::ContextSet,
            BuiltIn::BackpressureInc => Entry::BackpressureInc,
            BuiltIn::BackpressureDec => Entry::BackpressureDec,
            BuiltIn::TaskCancel => Entry::TaskCancel,
            BuiltIn::SubtaskCancel { .. } => Entry::SubtaskCancel,
            BuiltIn::SubtaskDrop => Entry::SubtaskDrop,
            BuiltIn::WaitableSetNew => Entry::WaitableSetNew,
            BuiltIn::WaitableSetWait(_) => Entry::WaitableSetWait,
            BuiltIn::WaitableSetPoll(_) => Entry::WaitableSetPoll,
            BuiltIn::WaitableSetDrop => Entry::WaitableSetDrop,
            BuiltIn::WaitableJoin => Entry::WaitableJoin,
            BuiltIn::EndNew(ty) => ty.pick(Entry::StreamNew, Entry::FutureNew),
            BuiltIn::EndCopy { ty, side: Side::Readable, .. } => ty.pick(Entry::StreamRead, Entry::FutureRead),
            BuiltIn::EndCopy { ty, side: Side::Writable, .. } => ty.pick(Entry::StreamWrite, Entry::FutureWrite),
            BuiltIn::EndCancel { ty, side: Side::Readable, .. } => {
                ty.pick(Entry::StreamCancelRead, Entry::FutureCancelRead)
            }
            BuiltIn::EndCancel { ty, side: Side::Writable, .. } => {
                ty.pick(Entry::StreamCancelWrite, Entry::FutureCancelWrite)
            }
            BuiltIn::EndDrop { ty, side: Side::Readable } => {
                ty.pick(Entry::StreamDropReadable, Entry::FutureDropReadable)
            }
            BuiltIn::EndDrop { ty, side: Side::Writable } => {
                ty.pick(Entry::StreamDropWritable, Entry::FutureDropWritable)
            }
            BuiltIn::EndForward(ty) => ty.pick(Entry::StreamForward, Entry::FutureForward),
            BuiltIn::ErrorContextNew(_) => Entry::ErrorContextNew,
            BuiltIn::ErrorContextDebugMessage(_) => Entry::ErrorContextDebugMessage,
            BuiltIn::ErrorContextDrop => Entry::ErrorContextDrop,
            BuiltIn::ThreadIndex => Entry::ThreadIndex,
            BuiltIn::ThreadNewIndirect(_) => Entry::ThreadNewIndirect,
            BuiltIn::ThreadResumeLater => Entry::ThreadResumeLater,
            BuiltIn::ThreadSuspend => Entry::ThreadSuspend,
            BuiltIn::ThreadYield => Entry::ThreadYield,
            BuiltIn::ThreadSuspendThenResume => Entry::ThreadSuspendThenResume,
            BuiltIn::ThreadYieldThenResume => Entry::ThreadYieldThenResume,
            BuiltIn::ThreadSuspendThenPromote => Entry::ThreadSuspendThenPromote,
            BuiltIn::ThreadYieldThenPromote => Entry::ThreadYieldThenPromote,
        }
    }

    /// Whether it may block.
    pub(crate) fn blocks(&self) -> bool {
        match self {
            BuiltIn::WaitableSetWait(_)
            | BuiltIn::ThreadSuspend
            | BuiltIn::ThreadYield
            | BuiltIn::ThreadSuspendThenResume
            | BuiltIn::ThreadYieldThenResume
            | BuiltIn::ThreadSuspendThenPromote
            | BuiltIn::ThreadYieldThenPromote => true,
            BuiltIn::SubtaskCancel { async_ } | BuiltIn::EndCancel { async_, .. } => !async_,
            BuiltIn::EndCopy { options, .. } => !options.async_,
            BuiltIn::ContextGet(_)
            | BuiltIn::ContextSet(_)
            | BuiltIn::BackpressureInc
            | BuiltIn::BackpressureDec
            | BuiltIn::TaskCancel
            | BuiltIn::SubtaskDrop
            | BuiltIn::WaitableSetNew
            | BuiltIn::WaitableSetPoll(_)
            | BuiltIn::WaitableSetDrop
            | BuiltIn::WaitableJoin
            | BuiltIn::EndNew(_)
            | BuiltIn::EndDrop { .. }
            | BuiltIn::EndForward(_)
            | BuiltIn::ErrorContextNew(_)
            | BuiltIn::ErrorContextDebugMessage(_)
            | BuiltIn::ErrorContextDrop
            | BuiltIn::ThreadIndex
            | BuiltIn::ThreadNewIndirect(_)
            | BuiltIn::ThreadResumeLater => false,
        }
    }
}

impl EndType {
    fn pick<V>(self, stream: V, future: V) -> V {
        match self.kind {
            EndKind::Stream => stream,
            EndKind::Future => future,
        }
    }
}

/// One step of an instantiation.
#[derive(Debug)]
pub(crate) enum Step {
    /// Make a runtime resource type.
    Resource(ResourceSlot),
    /// Find a memory that the canonical options of later steps name.
    Memory(MemoryIndex),
    /// Find a `realloc` function that the canonical options of later steps name.
    Realloc(ReallocIndex),
    Trampoline(TrampolineIndex),
    Lift(LiftedIndex),
    /// Call a component's start function, which has neither parameters nor results.
    Start {
        instance: InstanceIndex,
        func: FuncDef,
        ty: FuncTypeId,
    },
    /// Instantiate a core module; the imports are in its own order.
    Instantiate {
        /// The component instance that the module is part of.
        instance: InstanceIndex,
        module: ModuleIndex,
        imports: Box<[CoreDef]>,
    },
}
