//! Symbols and the index spaces that hold them (`Explainer.md#index-spaces`).

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use wasmparser::InstanceTypeDeclaration;

use crate::component::decode::{Body, ModuleIndex};
use crate::component::plan::{CoreDef, CoreInstanceIndex, FuncDef, ImportPath, InstanceIndex};
use crate::types::{FuncTypeId, ResourceSlot, TypeId};

/// A core module or a component that a linker passes for an import.
pub(crate) enum DecodedArgument<'a> {
    Module(ModuleIndex),
    Component(DecodedComponent<'a>),
}

/// A component: that of a binary, or one that it exports.
pub(crate) struct DecodedComponent<'a> {
    /// The component of the binary.
    pub(crate) root: Box<Body<'a>>,
    /// The components around this one, from that of the binary inwards. For each: its arguments, and the names of the export that
    /// is the next component.
    pub(crate) outer: Vec<(BTreeMap<ImportPath, DecodedArgument<'a>>, &'a [String])>,
    /// The arguments of this component.
    pub(crate) arguments: BTreeMap<ImportPath, DecodedArgument<'a>>,
}

/// The index spaces of a component instance, or of an instance type.
#[derive(Default)]
pub(super) struct Frame<'b, 'a> {
    /// The frame around it. `None` for that of a whole binary.
    pub(super) parent: Option<FrameIndex>,
    /// `None` for an instance type.
    pub(super) instance: Option<InstanceIndex>,
    pub(super) core_modules: Vec<Option<ModuleIndex>>,
    pub(super) core_funcs: Vec<CoreDef>,
    pub(super) core_tables: Vec<CoreDef>,
    pub(super) core_memories: Vec<CoreDef>,
    pub(super) core_globals: Vec<CoreDef>,
    pub(super) core_tags: Vec<CoreDef>,
    pub(super) core_instances: Vec<CoreInstance>,
    pub(super) components: Vec<Option<Closure<'b, 'a>>>,
    pub(super) instances: Vec<Rc<Exports<'b, 'a>>>,
    pub(super) funcs: Vec<FuncSymbol>,
    pub(super) types: Vec<TypeSymbol<'b, 'a>>,
}

#[derive(Clone, Copy)]
pub(super) struct FrameIndex(pub(super) usize);

/// A component and the frame that defines it.
#[derive(Clone, Copy)]
pub(super) struct Closure<'b, 'a> {
    pub(super) body: &'b Body<'a>,
    /// `None` for the component of a whole binary.
    pub(super) frame: Option<FrameIndex>,
}

/// A core instance.
#[derive(Clone)]
pub(super) enum CoreInstance {
    /// Created by a step of the plan.
    Instantiated(CoreInstanceIndex),
    /// Put together from definitions.
    FromExports(Rc<BTreeMap<String, CoreDef>>),
}

/// A component function.
#[derive(Clone, Copy)]
pub(super) struct FuncSymbol {
    pub(super) def: FuncDef,
    pub(super) ty: FuncTypeId,
}

/// An entry of the index space of types.
#[derive(Clone, Copy)]
pub(super) enum TypeSymbol<'b, 'a> {
    Val(TypeId),
    Resource(ResourceSlot),
    Func(FuncTypeId),
    /// Its declarations, and the frame that defines it.
    Instance(&'b [InstanceTypeDeclaration<'a>], FrameIndex),
    Component,
}

/// A definition that is imported, exported or passed as an argument.
#[derive(Clone)]
pub(super) enum Item<'b, 'a> {
    Func(FuncSymbol),
    Type(TypeSymbol<'b, 'a>),
    Instance(Rc<Exports<'b, 'a>>),
    /// `None` if it is unresolved.
    Component(Option<Closure<'b, 'a>>),
    /// `None` if it is unresolved.
    Module(Option<ModuleIndex>),
}

/// The exports of an instance, in order.
#[derive(Default)]
pub(super) struct Exports<'b, 'a> {
    pub(super) items: Vec<(String, Item<'b, 'a>)>,
    by_name: BTreeMap<String, usize>,
}

impl<'b, 'a> Frame<'b, 'a> {
    pub(super) fn push(&mut self, item: Item<'b, 'a>) {
        match item {
            Item::Func(func) => self.funcs.push(func),
            Item::Type(ty) => self.types.push(ty),
            Item::Instance(instance) => self.instances.push(instance),
            Item::Component(component) => self.components.push(component),
            Item::Module(module) => self.core_modules.push(module),
        }
    }

    pub(super) fn val_type(&self, index: u32) -> TypeId {
        let TypeSymbol::Val(ty) = self.types[index as usize] else {
            unreachable!("the validator checks that it is a value type")
        };
        ty
    }

    pub(super) fn resource_type(&self, index: u32) -> ResourceSlot {
        let TypeSymbol::Resource(slot) = self.types[index as usize] else {
            unreachable!("the validator checks that it is a resource type")
        };
        slot
    }

    pub(super) fn func_type(&self, index: u32) -> FuncTypeId {
        let TypeSymbol::Func(ty) = self.types[index as usize] else {
            unreachable!("the validator checks that it is a function type")
        };
        ty
    }

    /// The declarations of an instance type, and the frame that defines it.
    pub(super) fn instance_type(&self, index: u32) -> (&'b [InstanceTypeDeclaration<'a>], FrameIndex) {
        let TypeSymbol::Instance(declarations, frame) = self.types[index as usize] else {
            unreachable!("the validator checks that it is an instance type")
        };
        (declarations, frame)
    }
}

impl<'b, 'a> Exports<'b, 'a> {
    pub(super) fn push(&mut self, name: &str, item: Item<'b, 'a>) {
        self.by_name.insert(name.into(), self.items.len());
        self.items.push((name.into(), item));
    }

    pub(super) fn item(&self, name: &str) -> &Item<'b, 'a> {
        match self.by_name.get(name) {
            Some(index) => &self.items[*index].1,
            None => unreachable!("the validator checks that `{name}` is exported"),
        }
    }
}

impl CoreInstance {
    pub(super) fn export(&self, name: &str) -> CoreDef {
        match self {
            CoreInstance::Instantiated(index) => CoreDef::Export(*index, name.into()),
            CoreInstance::FromExports(exports) => match exports.get(name) {
                Some(def) => def.clone(),
                None => unreachable!("the validator checks that `{name}` is exported"),
            },
        }
    }
}
