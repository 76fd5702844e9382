//! The root's imports as symbols (`Explainer.md#import-and-export-definitions`).

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use wasmparser::{ComponentTypeRef, InstanceTypeDeclaration, TypeBounds};

use super::frame::{Closure, DecodedArgument, DecodedComponent, Exports, FrameIndex, FuncSymbol, Item, TypeSymbol};
use super::{Inliner, Stop};
use crate::component::decode::values;
use crate::component::plan::{
    FuncDef, ImportFunc, ImportIndex, ImportItem, ImportPath, ImportedType, ResourceDef, Unresolved,
};
use crate::mismatch::Sort;

impl<'b, 'a> Inliner<'b, 'a, '_> {
    /// An import of a type; `outer` are the names of the instances that hold it.
    pub(super) fn import(
        &mut self,
        frame: FrameIndex,
        ty: ComponentTypeRef,
        outer: &[String],
        name: &str,
    ) -> Result<(Item<'b, 'a>, ImportItem), Stop> {
        self.count_definition()?;
        match ty {
            ComponentTypeRef::Func(index) => {
                let ty = self.frame(frame).func_type(index);
                let import = ImportIndex(self.plan.import_funcs.len() as u32);
                let interface = ImportPath::new(outer, name).interface();
                self.plan.import_funcs.push(ImportFunc { interface, name: name.into(), ty });
                Ok((Item::Func(FuncSymbol { def: FuncDef::Import(import), ty }), ImportItem::Func(import)))
            }
            ComponentTypeRef::Type(TypeBounds::Eq(index)) => {
                let ty = self.frame(frame).types[index as usize];
                let imported = match ty {
                    TypeSymbol::Val(ty) => ImportedType::Val(ty),
                    TypeSymbol::Resource(slot) => ImportedType::Resource(slot),
                    TypeSymbol::Func(_) | TypeSymbol::Instance(..) | TypeSymbol::Component => ImportedType::Other,
                };
                Ok((Item::Type(ty), ImportItem::Type(imported)))
            }
            ComponentTypeRef::Type(TypeBounds::SubResource) => {
                let slot = self.define_resource(name, ResourceDef::Imported);
                Ok((Item::Type(TypeSymbol::Resource(slot)), ImportItem::Resource(slot)))
            }
            ComponentTypeRef::Instance(index) => {
                let (declarations, parent) = self.frame(frame).instance_type(index);
                let path = ImportPath::new(outer, name);
                let (exports, items) = self.import_instance(declarations, parent, &path.0)?;
                Ok((Item::Instance(Rc::new(exports)), ImportItem::Instance(items)))
            }
            ComponentTypeRef::Component(_) => {
                let path = ImportPath::new(outer, name);
                let component = match self.arguments.get(&path) {
                    Some(DecodedArgument::Component(component)) => Some(self.closure(component)?),
                    Some(DecodedArgument::Module(_)) | None => self.unresolved(path, Sort::Component),
                };
                Ok((Item::Component(component), ImportItem::Definition))
            }
            ComponentTypeRef::Module(_) => {
                let path = ImportPath::new(outer, name);
                let module = match self.arguments.get(&path) {
                    Some(DecodedArgument::Module(module)) => Some(*module),
                    Some(DecodedArgument::Component(_)) | None => self.unresolved(path, Sort::Module),
                };
                Ok((Item::Module(module), ImportItem::Definition))
            }
            ComponentTypeRef::Value(_) => Err(values().into()),
        }
    }

    /// A component and the frame that it closes over.
    ///
    /// A component that a binary exports closes over core modules, components and types of those around it. To find these,
    /// the definitions around it are run aside.
    pub(super) fn closure(&mut self, component: &'b DecodedComponent<'a>) -> Result<Closure<'b, 'a>, Stop> {
        let mut closure = Closure { body: &component.root, frame: None };
        for (arguments, path) in &component.outer {
            let exports = self.aside(arguments, |inliner| inliner.component(closure.body, closure.frame, None))?;
            closure = exported_component(exports, path);
        }
        Ok(closure)
    }

    fn unresolved<T>(&mut self, path: ImportPath, sort: Sort) -> Option<T> {
        self.plan.unresolved.push(Unresolved { path, sort });
        None
    }

    fn import_instance(
        &mut self,
        declarations: &'b [InstanceTypeDeclaration<'a>],
        parent: FrameIndex,
        path: &[String],
    ) -> Result<(Exports<'b, 'a>, Vec<(String, ImportItem)>), Stop> {
        self.descend()?;
        let frame = self.open(Some(parent), None);
        let mut exports = Exports::default();
        let mut items = Vec::new();
        for declaration in declarations {
            self.count_definition()?;
            match declaration {
                InstanceTypeDeclaration::CoreType(_) => {}
                InstanceTypeDeclaration::Type(ty) => {
                    let ty = self.define_type(frame, ty)?;
                    self.frame(frame).types.push(ty);
                }
                InstanceTypeDeclaration::Alias(alias) => self.alias(frame, alias)?,
                InstanceTypeDeclaration::Export { name, ty } => {
                    let name = name.full_name();
                    let (item, import) = self.import(frame, *ty, path, &name)?;
                    exports.push(&name, item.clone());
                    items.push((name.into(), import));
                    self.frame(frame).push(item);
                }
            }
        }
        self.depth -= 1;
        Ok((exports, items))
    }
}

/// The component that names lead to, through instances.
fn exported_component<'b, 'a>(mut exports: Rc<Exports<'b, 'a>>, path: &[String]) -> Closure<'b, 'a> {
    for name in path {
        match exports.item(name).clone() {
            Item::Instance(inner) => exports = inner,
            Item::Component(Some(closure)) => return closure,
            Item::Component(None) | Item::Func(_) | Item::Type(_) | Item::Module(_) => break,
        }
    }
    unreachable!("the names come from the exports of a complete plan")
}
